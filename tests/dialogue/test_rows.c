/* Subtitles, tables and JSON Lines: what their forms allow beyond the plain case. */
#include "dialogue_files.h"

START_TEST(test_rows__a_wrapped_cue_is_one_turn_and_a_voice_begins_another)
{
    CHECK_DUMP(dump_text("1\r\n00:00:01,000 --> 00:00:03,500\r\n客服：您好，请\r\n讲话 is\r\nit ok\r\n\r\n2\r\n00:00:04,000 --> 00:00:05,000\r\n<i>坏</i>了\r\n客服:嗯\r\n",
                         DUMP_TIMES | DUMP_PLACES),
               "agent 1000-3500 3:4 您好，请讲话 is it ok\n? 4000-5000 9:4 坏了\nagent 4000-5000 10:4 嗯\n");
    CHECK_DUMP(dump_text("WEBVTT - x\n\nSTYLE\n::cue { }\n\nid\n00:01.000 --> 00:02.000\n<v.loud Agent>a &lt; b &amp; c\n<v Customer>d\n", DUMP_TIMES),
               "agent 1000-2000 a < b & c\ncustomer 1000-2000 d\n");
}
END_TEST

START_TEST(test_rows__places_in_a_cue_pass_over_tags_entities_and_wraps)
{
    static const char file[] = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Agent>a&amp;您<b>好</b>\n没\n";
    static const struct { size_t at; uint32_t line, column; const char *there; } places[] = {
        { 0, 4, 10, "a&" }, { 1, 4, 11, "&amp;" }, { 2, 4, 16, "您" }, { 5, 4, 20, "好" }, { 8, 5, 1, "没" }
    };
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    ck_assert_int_eq(jy_reader_open_text(&reader, jy__str_of(file), NULL, NULL), JY_OK);
    jy_reader_next(reader, &item);
    jy_reader_next(reader, &item);
    ck_assert(jy__str_is(item.turn.text, "a&您好没"));
    for (size_t i = 0; i < JY__COUNT(places); i++) {
        uint32_t line, column;
        size_t offset;
        ck_assert_int_eq(jy_place_locate(&item.turn.place, item.turn.text, places[i].at, &line, &column, &offset), JY_OK);
        ck_assert_msg(line == places[i].line && column == places[i].column, "byte %zu: %u:%u", places[i].at, line, column);
        ck_assert_int_eq(strncmp(file + offset, places[i].there, strlen(places[i].there)), 0);
    }
    jy_reader_free(reader);
}
END_TEST

START_TEST(test_rows__a_cue_without_a_time_is_named_and_its_text_kept)
{
    CHECK_DUMP(dump_text("1\n00:00:01,000 --> 00:00:02,000\n客服:您好\n\n2\n00:0x --> y\n客户:坏了\n", DUMP_TIMES),
               "agent 1000-2000 您好\nbroken 2043 6:1\ncustomer -1--1 坏了\n");
}
END_TEST

START_TEST(test_rows__several_calls_in_one_table)
{
    CHECK_DUMP(dump_text("说话人,内容,时间\n客服,您好,2024-05-01 10:00\n客户,坏了,2024-05-01 10:03\n客服,好,10:04\n", DUMP_TIMES),
               "agent -1--1 您好\ncustomer -1--1 坏了\nagent -1--1 好\n");
    CHECK_DUMP(dump_text("流水号,说话人,内容,时间\nA,客服,您好,2024-05-01 10:00:05\nA,客户,坏了,2024-05-01 10:00:08\nB,客服,您好,2024-05-01 11:00:00\n", DUMP_CALLS | DUMP_TIMES),
               "call A speakers 1\nagent 0--1 您好\ncustomer 3000--1 坏了\nend\ncall B speakers 1\nagent 0--1 您好\nend\n");
}
END_TEST

START_TEST(test_rows__delimiters_quotes_and_units)
{
    CHECK_DUMP(dump_text("sep=;\r\nRole;Start (s);Content\r\n客服;1.5;\"您好;\r\n请\"\"讲\"\"\"\r\n客户;2;好\r\n", DUMP_TIMES | DUMP_PLACES),
               "agent 1500--1 3:9 您好;\r\n请\"讲\"\ncustomer 2000--1 5:6 好\n");
    CHECK_DUMP(dump_text("role\ttext\tstart_ms\n客服\t您\"好\t1500\n", DUMP_TIMES), "agent 1500--1 您\"好\n");
}
END_TEST

/* As a script all of it would be the agent's. */
START_TEST(test_rows__a_table_is_told_by_its_columns)
{
    CHECK_DUMP(dump_text("1,坐席,您好\n2,客户,没办法\n", DUMP_PLACES), "agent 1:6 您好\ncustomer 2:6 没办法\n");
    CHECK_DUMP(dump_text("00:00:01|坐席|您好\n00:00:03|客户|没办法|真的\n", DUMP_TIMES), "agent 1000--1 您好\ncustomer 3000--1 没办法|真的\n");
    CHECK_DUMP(dump_text("号,谁,说了什么\n1,坐席8001,您好,请讲\n2,客户,没办法\n", 0), "agent 您好,请讲\ncustomer 没办法\n");
    CHECK_DUMP(dump_text("类型,内容,备注\n客服,您好,\n客户,没办法,x\n", 0), "agent 您好\ncustomer 没办法\n");
    /* two columns of text; who spoke first in a row is who stands first */
    CHECK_DUMP(dump_text("通话ID,坐席文本,客户文本\n1,您好,\n1,,我不知道\n2,你是谁,\"没,办法\"\n", DUMP_CALLS | DUMP_LABELS | DUMP_PLACES),
               "call 1 speakers 1\nagent[坐席文本] 2:3 您好\ncustomer[客户文本] 3:4 我不知道\nend\n"
               "call 2 speakers 1\nagent[坐席文本] 4:3 你是谁\ncustomer[客户文本] 4:8 没,办法\nend\n");
    CHECK_DUMP(dump_text("时间\t客户\t客服\n00:01\t我不知道\t您好\n", DUMP_TIMES), "customer 1000--1 我不知道\nagent -1--1 您好\n");
    CHECK_DUMP(dump_text("客户问题,客服回复\n你是谁,我是小王\n", 0), "customer 你是谁\nagent 我是小王\n");
    CHECK_DUMP(dump_text("日期,客服说,客户说\n2024-1-1,您好,没办法\n", 0), "agent 您好\ncustomer 没办法\n");
    CHECK_DUMP(dump_text("时间,主叫,被叫,录音内容\n2024-01-01,138,955,客服:您好 客户:没办法\n", 0), "agent 您好\ncustomer 没办法\n");
    CHECK_DUMP(dump_text("录音编号,角色类型,语句\n1,客服,您好\n1,客户,没办法\n", 0), "agent 您好\ncustomer 没办法\n");
    /* one side alone, or two columns: no such table */
    CHECK_DUMP(dump_text("1,坐席,您好\n2,坐席,稍等\n", 0), "? 1,坐席,您好\n? 2,坐席,稍等\n");
}
END_TEST

/* A workbook's title, its day, its team: the customer's words below them are still the customer's. */
START_TEST(test_rows__a_table_below_its_title)
{
    CHECK_DUMP(dump_text("质检记录,,\r\n,,\r\n序号,说话人,通话内容\r\n1,客服,您好\r\n2,客户,没办法\r\n", DUMP_PLACES), "agent 4:6 您好\ncustomer 5:6 没办法\n");
    CHECK_DUMP(dump_text("质检记录\n班组\t一组\n时间\t客服\t客户\n00:01\t您好\t\n00:02\t\t不知道\n", 0), "agent 您好\ncustomer 不知道\n");
    CHECK_DUMP(dump_text("sep=;\n质检\n角色;内容\n客服;您好\n", DUMP_PLACES), "agent 4:4 您好\n");
    /* scripts that talk of a table, or have one that names nobody */
    CHECK_DUMP(dump_text("您好,请讲,请说\n角色,内容\n没办法\n", 0), "? 您好,请讲,请说\n? 角色,内容\n? 没办法\n");
    CHECK_DUMP(dump_text("话术\n时间,内容\n没办法\n", 0), "? 话术\n? 时间,内容\n? 没办法\n");
}
END_TEST

/* What nobody quoted is not cut off. */
START_TEST(test_rows__delimiters_and_quotes_inside_a_text)
{
    CHECK_DUMP(dump_text("角色,内容\n客服,您好,没办法\n客户,好,,\n", DUMP_PLACES), "agent 2:4 您好,没办法\ncustomer 3:4 好\n");
    CHECK_DUMP(dump_text("内容,角色\n您好,没办法,客服\n好,客户\n", 0), "agent 您好,没办法\ncustomer 好\n");
    CHECK_DUMP(dump_text("角色,内容\n客服,\"您好\"没办法\n客户,\"a,b\" c\n客服,\"请讲\" \n", 0), "agent \"您好\"没办法\ncustomer \"a,b\" c\nagent 请讲\n");
}
END_TEST

START_TEST(test_rows__a_row_too_short_and_a_quote_left_open_cost_their_row_alone)
{
    char table[20000] = "角色,内容\n客服\n客户,\"坏了\n", want[20000] = "broken 2041 2:1\nbroken 2042 3:4\n";
    for (int i = 0; i < 300; i++) {
        sprintf(table + strlen(table), "客服,第%d句\n", i);
        sprintf(want + strlen(want), "agent %d:4 第%d句\n", i + 4, i);
    }
    CHECK_DUMP(dump_text(table, DUMP_PLACES), want);
    CHECK_DUMP(dump_text("角色,内容\n客服,\"没有结束\n客户,好\n", 0), "broken 2042 2:4\ncustomer 好\n");
}
END_TEST

START_TEST(test_rows__a_named_table_without_a_header_is_refused)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    options.format = JY__STR("csv");
    CHECK_DUMP(dump_text_with(JY__STR("a,b\n1,2\n"), &options, 0), "JY_E_TRANSCRIPT 2040\n");
}
END_TEST

/* Else the words of a customer, or remarks, were judged as what the agent said. */
START_TEST(test_rows__a_header_without_a_text_is_refused)
{
    const char refused[] = "JY_E_TRANSCRIPT 2040\n";
    CHECK_DUMP(dump_text("说话人,备注\n客服,没办法\n客户,好的\n", 0), refused);
    CHECK_DUMP(dump_text("说话人,备注\n张三,没办法,真的\n李四,好的\n", 0), refused);
    CHECK_DUMP(dump_text("通话编号\t角色\t开始时间\n1\t客服\t0\n1\t客户\t2\n", 0), refused);
    CHECK_DUMP(dump_text("sep=;\nspeaker;duration\nagent;12\n", 0), refused);
    CHECK_DUMP(dump_text("说话人,备注\n", 0), "? 说话人,备注\n"); /* a line of a script, and what follows it no rows of the table */
    CHECK_DUMP(dump_text("说话人,备注\n您好\n再见\n", 0), "? 说话人,备注\n? 您好\n? 再见\n");
    CHECK_DUMP(dump_text("备注,其他\n您好,张三\n再见,李四\n", 0), "? 备注,其他\n? 您好,张三\n? 再见,李四\n");
}
END_TEST

START_TEST(test_rows__lines_hold_turns_events_and_calls)
{
    CHECK_DUMP(dump_text("{\"call\":\"1\",\"role\":\"客服\",\"text\":\"您好\",\"start\":0.5}\n\n{\"call\":\"1\",\"event\":\"挂机\",\"at\":900,\"who\":\"客户\"}\n"
                         "{\"call\":\"2\",\"role\":\"客户\",\"text\":\"喂\"}\n{\"id\":\"3\",\"turns\":[{\"speaker\":\"agent\",\"text\":\"好\"}]}\n"
                         "{\"tickets\":[{\"tid\":\"4\",\"dialogue\":[{\"role\":\"客服\",\"words\":\"嗯\"}]},{\"tid\":\"5\",\"dialogue\":[]}]}\n", DUMP_CALLS | DUMP_TIMES),
               "call 1 speakers 1\nagent 500--1 您好\nevent hangup 900 customer\nend\ncall 2 speakers 1\ncustomer -1--1 喂\nend\n"
               "call 3 speakers 1\nagent -1--1 好\nend\ncall 4 speakers 1\nagent -1--1 嗯\nend\ncall 5 speakers 1\nend\n");
    CHECK_DUMP(dump_text("{\"role\":\"客服\",\"text\":\"您好\"}", DUMP_CALLS), "call  speakers 1\nagent 您好\nend\n");
}
END_TEST

START_TEST(test_rows__live_results_carry_the_id_of_their_final)
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    static const struct { const char *text, *id; uint32_t flags; } want[] = { { "您", "0", JY_TURN_PARTIAL }, { "您好", "0", 0 }, { "喂", "1", 0 } };
    size_t seen = 0;
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR("{\"nbest\":[{\"sentence\":\"您\"}],\"type\":\"partial_result\"}\n{\"nbest\":[{\"sentence\":\"您好\"}],\"type\":\"final_result\"}\n"
                                                         "{\"nbest\":[{\"sentence\":\"喂\"}],\"type\":\"final_result\"}\n"), NULL, NULL), JY_OK);
    while (jy_reader_next(reader, &item) == JY_OK)
        if (item.kind == JY_ITEM_TURN) {
            ck_assert(jy__str_is(item.turn.text, want[seen].text) && jy__str_is(item.turn.id, want[seen].id));
            ck_assert_uint_eq(item.turn.flags, want[seen++].flags);
        }
    ck_assert_uint_eq(seen, 3);
    jy_reader_free(reader);
}
END_TEST

START_TEST(test_rows__the_runtime_of_funasr_writes_its_stamps_as_a_string)
{
    CHECK_DUMP(dump_text("{\"mode\":\"offline\",\"text\":\"您好请讲\",\"timestamp\":\"[[100,200],[200,300],[400,900]]\",\"stamp_sents\":"
                         "[{\"text_seg\":\"您 好\",\"punc\":\",\",\"start\":100,\"end\":300},{\"text_seg\":\"请 讲\",\"punc\":\"。\",\"start\":400,\"end\":900}]}", DUMP_TIMES),
               "? 100-300 您 好\n? 400-900 请 讲\n");
    CHECK_DUMP(dump_text("{\"text\":\"您好\",\"timestamp\":\"[[100,200],[200,300]]\",\"wav_name\":\"w\"}", DUMP_TIMES | DUMP_CALLS),
               "call w speakers 0\n? 100-300 您好\nend\n");
}
END_TEST

START_TEST(test_rows__segments_are_seconds_or_milliseconds_as_their_digits_say)
{
    CHECK_DUMP(dump_text("{\"segments\":[{\"start\":0.0,\"end\":2.4,\"text\":\"您好\"}]}", DUMP_TIMES), "? 0-2400 您好\n");
    CHECK_DUMP(dump_text("{\"segments\":[{\"start\":0,\"end\":2400,\"text\":\"您好\"}]}", DUMP_TIMES), "? 0-2400 您好\n");
    CHECK_DUMP(dump_text("{\"segments\":[{\"start\":0,\"end\":2,\"text\":\"您好，请讲\"}]}", DUMP_TIMES), "? 0-2000 您好，请讲\n");
    /* as numbers, so as strings of numbers */
    CHECK_DUMP(dump_text("{\"segments\":[{\"start\":\"0.0\",\"end\":\"2.4\",\"text\":\"您好\"}]}", DUMP_TIMES), "? 0-2400 您好\n");
    CHECK_DUMP(dump_text("{\"speaker\":\"客服\",\"begin\":\"62.5\",\"end\":\"64\",\"text\":\"您好\"}\n", DUMP_TIMES), "agent 62500-64000 您好\n");
    CHECK_DUMP(dump_text("{\"speaker\":\"客服\",\"begin\":\"00:01:02,5\",\"end\":\"00:01:03,25\",\"text\":\"您好\"}\n", DUMP_TIMES), "agent 62500-63250 您好\n");
}
END_TEST

START_TEST(test_rows__a_documents_metadata_comes_with_the_call)
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR("{\"tickets\":[{\"duration_ms\":15000,\"tid\":7,\"team\":\"一班\",\"queue\":\"q\",\"customer\":\"李\",\"agent\":\"\\u738b\","
                                                         "\"calltype\":1,\"begintime\":\"2024-05-01 10:00:00\",\"size\":3,\"dialogue\":[]}]}"), NULL, NULL), JY_OK);
    ck_assert_int_eq(jy_reader_next(reader, &item), JY_OK);
    ck_assert(jy__str_is(item.call.id, "7") && jy__str_is(item.call.team, "一班") && jy__str_is(item.call.queue, "q"));
    ck_assert(jy__str_is(item.call.customer, "李") && jy__str_is(item.call.agent, "王") && jy__str_is(item.call.direction, "in"));
    ck_assert(jy__str_is(item.call.start, "2024-05-01 10:00:00"));
    ck_assert_int_eq(item.call.duration_ms, 15000);
    jy_reader_free(reader);
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR("{\"job_id\":\"j\",\"start_time\":\"2024-05-01T10:00:00Z\",\"segments\":[{\"start_time\":0,\"end_time\":5,\"result\":{\"text\":\"喂\"}}]}"),
                                         NULL, NULL), JY_OK);
    ck_assert_int_eq(jy_reader_next(reader, &item), JY_OK);
    ck_assert(jy__str_is(item.call.id, "j") && item.call.start.len == 0); /* when the recogniser ran is not when the call was */
    jy_reader_free(reader);
}
END_TEST

START_TEST(test_rows__event_names_go_both_ways)
{
    int32_t kind;
    for (int i = JY_EVENT_CALL_START; i <= JY_EVENT_HANGUP; i++) {
        ck_assert_int_eq(jy_event_by_name(jy__str_of(jy_event_name(i)), &kind), JY_OK);
        ck_assert_int_eq(kind, i);
    }
    ck_assert_str_eq(jy_event_name(99), "");
    ck_assert_int_eq(jy_event_by_name(JY__STR("sneeze"), &kind), JY_E_INVALID);
}
END_TEST

/* Text outside of every cue was said, too: it is read and named. Numbers, names of cues and notes are no text. */
START_TEST(test_rows__text_that_no_cue_has_is_not_lost)
{
    CHECK_DUMP(dump_text("1\n00:00:01,000 --> 00:00:02,000\n客服:您好\n\n2\n00:00:03,000 -> 00:00:04,000\n客服:坏了\n\n3\n00:00:05,000 --> 00:00:06,000\n客户:好\n",
                         DUMP_TIMES), "agent 1000-2000 您好\nbroken 2043 6:1\nagent -1--1 坏了\ncustomer 5000-6000 好\n");
    CHECK_DUMP(dump_text("1\n00:00:01,000 --> 00:00:02,000\n客服:您好\n\n  客服:没有\n办法\n\n2\n客户:好\n", DUMP_PLACES),
               "agent 3:4 您好\nbroken 2043 5:1\nagent 5:6 没有办法\nbroken 2043 9:1\ncustomer 9:4 好\n");
    CHECK_DUMP(dump_text("WEBVTT\nKind: captions\n\nNOTE 记\n一笔\n\nid-1\n00:01.000 --> 00:02.000\n客服:您好\n\n5\n\nid-2\n00:03.000\n客服:坏了\n\n7\n", DUMP_TIMES),
               "agent 1000-2000 您好\nbroken 2043 14:1\nagent -1--1 坏了\n");
    CHECK_DUMP(dump_text("WEBVTT\n\n客服:您好", 0), "broken 2043 3:1\nagent 您好\n");
}
END_TEST

/* A whole dialogue in one cell, or one string of JSON: its own labels part it, and every part has its own place, however the text is written. */
/* Who speaks in a row without a speaker is not known, unless the cells were joined: then that of the call is empty, too. */
START_TEST(test_rows__a_row_without_a_speaker)
{
    CHECK_DUMP(dump_text("call,speaker,text\n1,客服,您好\n1,,你是谁\n1,客服,请讲\n", 0), "agent 您好\n? 你是谁\nagent 请讲\n");
    CHECK_DUMP(dump_text("speaker,text\n客服,您好\n,你是谁\n客户,请讲\n", 0), "agent 您好\n? 你是谁\ncustomer 请讲\n");
    CHECK_DUMP(dump_text("call,speaker,text\n1,客服,您好\n,,请讲\n,客户,喂\n,,不知道\n2,,嗯\n", DUMP_CALLS),
               "call 1 speakers 1\nagent 您好\nagent 请讲\ncustomer 喂\ncustomer 不知道\nend\ncall 2 speakers 0\n? 嗯\nend\n");
    CHECK_DUMP(dump_text("call,speaker,text\n1,客服,您好\n,客服,请讲\n,,喂\n", DUMP_CALLS), "call 1 speakers 1\nagent 您好\nagent 请讲\n? 喂\nend\n");
}
END_TEST

START_TEST(test_rows__a_cell_that_names_its_speakers)
{
    CHECK_DUMP(dump_text("通话编号,对话内容\n1,\"客服:您好\n客户:你\"\"是谁 客服: 没\"\"办法\n再见\"\n2,客服：好\n3,没有\n", DUMP_PLACES | DUMP_CALLS),
               "call 1 speakers 1\nagent 2:7 您好\ncustomer 3:4 你\"是谁\nagent 3:14 没\"办法\nagent 4:1 再见\nend\n"
               "call 2 speakers 1\nagent 5:6 好\nend\ncall 3 speakers 0\n? 6:3 没有\nend\n");
    CHECK_DUMP(dump_text("{\"text\":\"客服:您\\u597d\\n客户:你是谁\",\"begin\":5,\"end\":9}\n{\"text\":\"客户:好\",\"role\":\"客服\"}\n", DUMP_PLACES | DUMP_TIMES),
               "agent 5--1 1:13 您好\ncustomer -1--1 1:25 你是谁\nagent -1--1 2:10 客户:好\n");
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    uint32_t line, column;
    size_t offset;
    static const char file[] = "{\"text\":\"客服:您好\\n客户:你\\u662f谁\"}\n{\"text\":\"好\"}\n";
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR(file), NULL, NULL), JY_OK);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(jy_reader_next(reader, &item), JY_OK);
    ck_assert_int_eq(jy_place_locate(&item.turn.place, item.turn.text, 6, &line, &column, &offset), JY_OK); /* 谁, behind what is escaped */
    ck_assert_msg(line == 1 && column == 27 && strncmp(file + offset, "谁", 3) == 0, "%u:%u %s", line, column, file + offset);
    ck_assert_uint_eq(item.turn.place.byte_column, (size_t)(strstr(file, "你") - file) + 1);
    jy_reader_free(reader);
}
END_TEST

CHECK_MAIN("rows", test_rows__a_table_below_its_title, test_rows__a_table_is_told_by_its_columns, test_rows__delimiters_and_quotes_inside_a_text, test_rows__a_row_without_a_speaker, test_rows__a_cell_that_names_its_speakers, test_rows__text_that_no_cue_has_is_not_lost, test_rows__a_wrapped_cue_is_one_turn_and_a_voice_begins_another, test_rows__places_in_a_cue_pass_over_tags_entities_and_wraps,
           test_rows__a_cue_without_a_time_is_named_and_its_text_kept, test_rows__several_calls_in_one_table, test_rows__delimiters_quotes_and_units,
           test_rows__a_row_too_short_and_a_quote_left_open_cost_their_row_alone, test_rows__a_named_table_without_a_header_is_refused, test_rows__a_header_without_a_text_is_refused,
           test_rows__lines_hold_turns_events_and_calls, test_rows__live_results_carry_the_id_of_their_final,
           test_rows__the_runtime_of_funasr_writes_its_stamps_as_a_string, test_rows__segments_are_seconds_or_milliseconds_as_their_digits_say,
           test_rows__a_documents_metadata_comes_with_the_call, test_rows__event_names_go_both_ways)
