/* Other forms that the same services give their results in: live messages with their hypotheses and remarks, lists in lists, events
 * beside messages, later drafts. Each has 没办法 said by the agent, or by somebody whose role the form does not tell. */
#include "dialogue_files.h"

static const struct { const char *file, *format, *dump; } variants[] = {
    { "contact-lens-chat.json", "contact-lens", "agent 0--1 没办法\ncustomer 6000--1 哦\n" },
    { "contact-lens-realtime.json", "contact-lens", "agent 0-1000 没办法\ncustomer 1000-2000 啊\n" },
    { "funasr-2pass.jsonl", "jsonl", "? -1--1 ~喂你\n? -1--1 ~好没\n? -1--1 ~办法\n? 100-500 喂，你好，没办法。\n? -1--1 ~不知道\n? -1--1 不知道。\n" },
    { "huawei-live.jsonl", "jsonl", "? 100-1800 没办法\n" },
    { "iflytek-lattice2.json", "iflytek", "? 50-4950 您好，报警中心。\n? 5000-7000 我家响了\n? 7000-9000 没办法。\n" },
    { "iflytek-live.jsonl", "jsonl", "? 820-2000 没办法。\n? 820-2000 好的\n" },
    { "vcon-zones.json", "vcon", "agent 500-2000 您好，请讲\nevent answer 1000 agent\ncustomer 2000-3000 你好\nevent hold-start 5000 customer\n"
                                 "event hold-end 10000 customer\nagent 12000-13000 没办法\nevent hangup 25000 customer\n" },
    { "vcon-wtf.json", "vcon", "agent 500-2000 没办法\ncustomer 3500-4000 啊\n" },
    { "vcon-unread.json", "vcon", "broken 2035 1:1\n" },
    { "volcengine-list.json", "volcengine", "? 200-1200 没办法\n? 1400-2400 啊\n" },
    { "wenet-server.jsonl", "jsonl", "? -1--1 ~没办\n? 0-2400 没办法你自己等着\n" },
};

START_TEST(test_variants__turns_are_those_that_were_said)
{
    for (size_t i = 0; i < JY__COUNT(variants); i++) {
        char path[512];
        jy_reader *reader;
        sample_path(variants[i].file, path, sizeof(path));
        ck_assert_int_eq(jy_reader_open(&reader, path, NULL, NULL), JY_OK);
        ck_assert_str_eq(jy_reader_format(reader), variants[i].format);
        CHECK_DUMP(dump_reader(reader, JY_OK, DUMP_TIMES | DUMP_PARTIAL), variants[i].dump);
    }
}
END_TEST

START_TEST(test_variants__one_sided_recordings_are_all_the_agents)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    options.agent = JY__STR("all");
    CHECK_DUMP(dump_text_with(JY__STR("{\"type\":\"final_result\",\"nbest\":[{\"sentence\":\"没办法\"}]}\n{\"type\":\"speech_end\"}\n"), &options, DUMP_CALLS),
               "call  speakers 1\nagent 没办法\nend\n");
    CHECK_DUMP(dump_text_with(JY__STR("[00:01] 甲：没办法\n[00:02] 客户：好\n[00:03] 甲：不知道\n"), &options, 0), "agent 没办法\ncustomer 好\nagent 不知道\n");
}
END_TEST

START_TEST(test_variants__what_a_service_says_of_itself_is_no_turn)
{
    CHECK_DUMP(dump_text("{\"code\": 1001, \"message\": \"token expired\"}", 0), "JY_E_TRANSCRIPT 2023\n");
    CHECK_DUMP(dump_text("{\"code\": 0, \"message\": \"ok\"}\n{\"speaker\": \"agent\", \"text\": \"没办法\"}\n", 0), "broken 2031 1:1\nagent 没办法\n");
    CHECK_DUMP(dump_text("{\"code\": \"A1\", \"role\": \"客服\", \"message\": \"没办法\"}\n{\"message\": \"好\", \"from\": \"客户\"}\n", 0), "agent 没办法\ncustomer 好\n");
}
END_TEST

/* What services wrap around their turns, and what teams call the members. */
START_TEST(test_variants__turns_are_found_wherever_they_hang)
{
    CHECK_DUMP(dump_text("{\"code\":0,\"message\":\"ok\",\"data\":{\"callId\":\"7\",\"list\":[{\"roleName\":\"坐席\",\"content\":\"您好\",\"startTime\":1.5},{\"roleName\":\"客户\",\"content\":\"没办法\"}]}}",
                         DUMP_CALLS | DUMP_TIMES), "call 7 speakers 1\nagent 1500--1 您好\ncustomer -1--1 没办法\nend\n");
    CHECK_DUMP(dump_text("{\"calls\":[{\"tid\":\"a\",\"s\":[{\"spk\":1,\"txt\":\"您好\"}]},{\"tid\":\"b\",\"s\":[{\"speaker\":{\"type\":\"agent\"},\"txt\":\"再见\"}]}]}", DUMP_CALLS),
               "call a speakers 0\n? 您好\nend\ncall b speakers 1\nagent 再见\nend\n");
    CHECK_DUMP(dump_text("[{\"onebest\":\"没办法\",\"bg\":100,\"ed\":2000}]", DUMP_TIMES), "? 100-2000 没办法\n");
    CHECK_DUMP(dump_text("{\"ok\":true,\"r\":[{\"role\":\"客服\",\"txt\":\"您好\"}]}\n{\"ok\":true,\"r\":[{\"role\":\"客户\",\"txt\":\"没办法\"}]}\n", DUMP_CALLS),
               "call  speakers 1\nagent 您好\nend\ncall  speakers 1\ncustomer 没办法\nend\n");
    CHECK_DUMP(dump_text("[{\"sentence\":\"您好\",\"speakerRole\":\"AGENT\"},{\"sentence\":\"没办法\",\"speakerRole\":\"CUSTOMER\"}]", 0), "agent 您好\ncustomer 没办法\n");
    CHECK_DUMP(dump_text("{\"messages\":[{\"role\":\"assistant\",\"content\":\"您好\"},{\"role\":\"user\",\"content\":\"没办法\"}]}", 0), "agent 您好\ncustomer 没办法\n");
    /* pieces of a turn are no turns, and other lists no dialogue */
    CHECK_DUMP(dump_text("{\"role\":\"客服\",\"text\":\"您好\",\"tokens\":[{\"text\":\"您\",\"begin\":0},{\"text\":\"好\",\"begin\":9}]}", 0), "agent 您好\n");
    CHECK_DUMP(dump_text("{\"errors\":[{\"message\":\"没办法\"}],\"data\":{\"x\":1}}", 0), "JY_E_TRANSCRIPT 2023\n");
}
END_TEST

/* An event among the turns or in one of them is of whom it names itself, not of who speaks there. */
START_TEST(test_variants__events_among_turns_and_in_them)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    CHECK_DUMP(dump_text("{\"dialogue\":[{\"role\":\"客服\",\"words\":\"您好\",\"begin\":0,\"end\":900},{\"role\":\"客户\",\"event\":\"hangup\",\"speaker\":\"客服\",\"at\":5000}]}", DUMP_TIMES),
               "agent 0-900 您好\nevent hangup 5000 agent\n");
    CHECK_DUMP(dump_text("[{\"role\":\"客户\",\"text\":\"喂\",\"begin\":1.5,\"events\":[{\"kind\":\"mute\",\"at\":2.5,\"speaker\":\"客服\"},{\"kind\":\"unmute\",\"at\":4}]}]", DUMP_TIMES),
               "customer 1500--1 喂\nevent mute 2500 agent\nevent unmute 4000\n");
    CHECK_DUMP(dump_text("{\"role\":\"客户\",\"text\":\"喂\",\"event\":null}\n{\"role\":\"客户\",\"text\":\"\",\"event\":\"保持\",\"who\":\"客服\",\"at\":700}\n"
                         "{\"role\":\"客户\",\"text\":null,\"event\":\"取回\",\"speaker\":\"客服\",\"at\":1.5}\n"
                         "{\"role\":\"客户\",\"text\":\"好\",\"events\":[{\"kind\":\"hangup\",\"at\":9000,\"by\":\"客户\"},1]}\n", DUMP_TIMES),
               "customer -1--1 喂\nevent hold-start 700 agent\nevent hold-end 1500 agent\ncustomer -1--1 好\nevent hangup 9000 customer\nbroken 2033 4:73\n");
    /* what a recogniser calls an event of its own is none of the call's, and an empty turn stays one */
    CHECK_DUMP(dump_text("{\"role\":\"客户\",\"text\":\"喂\",\"event\":\"end\"}\n{\"role\":\"客户\",\"text\":\"\",\"kind\":\"voice\"}\n", 0), "customer 喂\ncustomer \n");
    /* by numbers and names, where these are told apart by --agent alone */
    options.agent = JY__STR("1");
    CHECK_DUMP(dump_text_with(JY__STR("{\"dialogue\":[{\"spk\":\"1\",\"words\":\"您好\"},{\"spk\":\"2\",\"words\":\"喂\"}],\"events\":[{\"kind\":\"mute\",\"at\":1,\"who\":\"1\"},"
                                      "{\"kind\":\"hangup\",\"at\":2,\"who\":2},{\"kind\":\"transfer\",\"at\":3,\"who\":\"3\"}]}"), &options, 0),
               "agent 您好\ncustomer 喂\nevent mute 1 agent\nevent hangup 2 customer\nevent transfer 3\n");
}
END_TEST

/* Nothing was found there because nothing was read. */
START_TEST(test_variants__a_call_whose_turns_are_no_list)
{
    CHECK_DUMP(dump_text("{\"dialogue\":\"客服:您好\\n客户:没办法\"}", DUMP_PLACES), "agent 1:17 您好\ncustomer 1:24 没办法\n");
    CHECK_DUMP(dump_text("{\"dialogue\":[\"客服:您好\",\"客户:没办法\"]}", 0), "agent 您好\ncustomer 没办法\n");
    CHECK_DUMP(dump_text("{\"dialogue\":{\"0\":{\"role\":\"客服\",\"text\":\"您好\"}}}", 0), "broken 2035 1:13\n");
    CHECK_DUMP(dump_text("{\"tickets\":[{\"tid\":\"1\"},{\"tid\":\"2\",\"dialogue\":[]},{\"tid\":\"3\",\"events\":[]}]}", DUMP_CALLS),
               "call 1 speakers 1\nbroken 2035 1:13\nend\ncall 2 speakers 1\nend\ncall 3 speakers 1\nend\n");
    CHECK_DUMP(dump_text("{\"code\":0,\"data\":{\"x\":[]}}", 0), "JY_E_TRANSCRIPT 2023\n");
}
END_TEST

START_TEST(test_variants__zones_count_where_both_times_name_one)
{
    static const struct { const char *first, *second; int64_t ms; } pairs[] = {
        { "2024-05-01T10:00:00+08:00", "2024-05-01T02:00:05Z", 5000 }, { "2024-05-01T02:00:00Z", "2024-05-01T10:00:05.5+0800", 5500 },
        { "2024-05-01T02:00:00Z", "2024-05-01T10:00:06+08", 6000 }, { "2024-05-01T02:00:00-03:30", "2024-05-01T05:30:07Z", 7000 },
        { "2024-05-01T10:00:00+08:00", "2024-05-01 10:00:08", 8000 }, { "2024-05-01 10:00:00", "2024-05-01T10:00:09Z", 9000 },
        { "2024-05-01 10:00:00", "2024-05-01 10:00:01", 1000 }, { "2024-05-01T10:00:00Z", "2024-05-01T10:00:00+08:00", -1 },
    };
    for (size_t i = 0; i < JY__COUNT(pairs); i++) {
        char text[256], want[64];
        snprintf(text, sizeof(text), "{\"speaker\":\"agent\",\"text\":\"a\",\"begin\":\"%s\"}\n{\"speaker\":\"agent\",\"text\":\"b\",\"begin\":\"%s\"}\n", pairs[i].first,
                 pairs[i].second);
        snprintf(want, sizeof(want), "agent 0--1 a\nagent %lld--1 b\n", (long long)pairs[i].ms);
        CHECK_DUMP(dump_text(text, DUMP_TIMES), want);
    }
}
END_TEST

CHECK_MAIN("variants", test_variants__turns_are_found_wherever_they_hang, test_variants__events_among_turns_and_in_them, test_variants__a_call_whose_turns_are_no_list, test_variants__what_a_service_says_of_itself_is_no_turn, test_variants__one_sided_recordings_are_all_the_agents,
           test_variants__turns_are_those_that_were_said, test_variants__zones_count_where_both_times_name_one)
