/* Plain and labelled scripts: labels, times, places. */
#include "dialogue/dialogue_read.h"
#include "dialogue_dump.h"

START_TEST(test_text__every_line_of_a_script_is_a_turn)
{
    CHECK_DUMP(dump_text("您好\n\n  没办法\r\n", DUMP_PLACES | DUMP_CALLS), "call  speakers -1\n? 1:1 您好\n? 3:3 没办法\nend\n");
    CHECK_DUMP(dump_text("", DUMP_CALLS), "call  speakers -1\nend\n");
}
END_TEST

START_TEST(test_text__a_bracket_in_front_makes_no_json)
{
    CHECK_DUMP(dump_text("{笑}您好\n没办法\n", 0), "? {笑}您好\n? 没办法\n");
    CHECK_DUMP(dump_text("[00:12] 客服:您好\n", DUMP_TIMES), "agent 12000--1 您好\n");
    CHECK_DUMP(dump_text("{\"a\":1}", 0), "JY_E_TRANSCRIPT 2023\n");
    CHECK_DUMP(dump_text("{x\"a\":1}", 0), "JY_E_TRANSCRIPT 2030\n");
}
END_TEST

START_TEST(test_text__labels_of_either_width_and_form)
{
    CHECK_DUMP(dump_text("客服：您好\n客户:坏了\n【坐席001】请讲\nAgent_2: ok\n  用户(张) ：好\n", DUMP_PLACES | DUMP_CALLS),
               "call  speakers 1\nagent 1:4 您好\ncustomer 2:4 坏了\nagent 3:8 请讲\nagent 4:10 ok\ncustomer 5:10 好\nend\n");
}
END_TEST

START_TEST(test_text__a_word_with_a_colon_is_no_label)
{
    CHECK_DUMP(dump_text("客服:请记一下\n注意:先断电\n网址 http://a.cn\n客户:好\n", DUMP_PLACES),
               "agent 1:4 请记一下\nagent 2:1 注意:先断电\nagent 3:1 网址 http://a.cn\ncustomer 4:4 好\n");
    CHECK_DUMP(dump_text("注意:先断电\n然后再打给我们\n谢谢\n", DUMP_CALLS), "call  speakers -1\n? 注意:先断电\n? 然后再打给我们\n? 谢谢\nend\n");
}
END_TEST

START_TEST(test_text__names_that_come_back_are_labels_of_unknown_speakers)
{
    CHECK_DUMP(dump_text("张三:您好\n李四:坏了\n张三:请讲\n李四:好\n", DUMP_CALLS | DUMP_LABELS),
               "call  speakers 0\n?[张三] 您好\n?[李四] 坏了\n?[张三] 请讲\n?[李四] 好\nend\n");
    CHECK_DUMP(dump_text("SPEAKER_00: 您好\nSPEAKER_01: 坏了\n", DUMP_CALLS | DUMP_LABELS),
               "call  speakers 0\n?[SPEAKER_00] 您好\n?[SPEAKER_01] 坏了\nend\n");
}
END_TEST

START_TEST(test_text__times_in_front_behind_and_above)
{
    CHECK_DUMP(dump_text("[00:12] 客服:您好\n00:14 客户:坏了\n客服 00:20:请讲\n(00:00:25.500) 客户:好\n[00:30,00:31] 客服:再见\n", DUMP_TIMES),
               "agent 12000--1 您好\ncustomer 14000--1 坏了\nagent 20000--1 请讲\ncustomer 25500--1 好\nagent 30000-31000 再见\n");
    CHECK_DUMP(dump_text("说话人1 00:12\n您好\n说话人2 00:15\n坏了\n停电\n", DUMP_TIMES | DUMP_LABELS),
               "?[说话人1] 12000--1 您好\n?[说话人2] 15000--1 坏了\n?[说话人2] -1--1 停电\n");
    CHECK_DUMP(dump_text("2024-05-01 10:00:00 客服:您好\n2024-05-01 10:00:12 客户:坏了\n", DUMP_TIMES),
               "agent 0--1 您好\ncustomer 12000--1 坏了\n");
}
END_TEST

START_TEST(test_text__head_lines_tell_about_the_call)
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR("通话编号:A-17\n工号:1001\n开始时间:2024-05-01 10:00:00\n客服:您好\n客户:坏了\n"), NULL, NULL), JY_OK);
    ck_assert_int_eq(jy_reader_next(reader, &item), JY_OK);
    ck_assert(jy__str_is(item.call.id, "A-17"));
    ck_assert(jy__str_is(item.call.agent, "1001"));
    ck_assert(jy__str_is(item.call.start, "2024-05-01 10:00:00"));
    ck_assert_int_eq(jy_reader_next(reader, &item), JY_OK);
    ck_assert(jy__str_is(item.turn.text, "您好"));
    jy_reader_free(reader);
}
END_TEST

START_TEST(test_text__the_agent_is_chosen_by_label_number_or_greeting)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    jy_str text = JY__STR("spk0: 喂\nspk1: 您好，很高兴为您服务\nspk0: 坏了\n");
    options.agent = JY__STR("1");
    CHECK_DUMP(dump_text_with(text, &options, DUMP_CALLS), "call  speakers 1\ncustomer 喂\nagent 您好，很高兴为您服务\ncustomer 坏了\nend\n");
    options.agent = JY__STR("SPK0");
    CHECK_DUMP(dump_text_with(text, &options, 0), "agent 喂\ncustomer 您好，很高兴为您服务\nagent 坏了\n");
    options.agent = JY__STR("auto");
    CHECK_DUMP(dump_text_with(text, &options, 0), "customer 喂\nagent 您好，很高兴为您服务\ncustomer 坏了\n");
    options.agent = JY__STR("李四");
    CHECK_DUMP(dump_text_with(JY__STR("李四:您好\n客户:喂\n李四:请讲\n"), &options, 0), "agent 您好\ncustomer 喂\nagent 请讲\n");
    CHECK_DUMP(dump_text_with(JY__STR("李四:您好\n请讲\n"), &options, 0), "agent 您好\nagent 请讲\n");
    options.agent = JY__STR("7");
    CHECK_DUMP(dump_text_with(text, &options, DUMP_CALLS), "call  speakers 0\n? 喂\n? 您好，很高兴为您服务\n? 坏了\nend\n");
}
END_TEST

START_TEST(test_text__the_users_labels_come_first)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    jy_str labels[] = { JY__STR("小美"), JY__STR("agent"), JY__STR("客户"), JY__STR("agent"), JY__STR("bad"), JY__STR("boss") };
    options.labels = labels;
    options.label_count = 2;
    CHECK_DUMP(dump_text_with(JY__STR("小美:您好\n客户:嗯\n用户:好\n"), &options, 0), "agent 您好\nagent 嗯\ncustomer 好\n");
    options.label_count = 3;
    CHECK_DUMP(dump_text_with(JY__STR("小美:您好\n"), &options, 0), "JY_E_INVALID 2025\n");
}
END_TEST

/* Copied out of tables and chats: nearly every line begins with a role, but no colon follows. The roles of both sides make it a dialogue. */
START_TEST(test_text__roles_without_a_colon)
{
    static const char *const forms[] = { "客服 您好\n客户　你是谁\n", "客服\t您好\n客户001\t你是谁\n", "客服，您好\n客户,你是谁\n", "客服 | 您好\n客户|你是谁\n",
                                         "客服>您好\n客户 - 你是谁\n", "(客服)您好\n（客户） 你是谁\n", "客服\n您好\n客户\n你是谁\n",
                                         "张三(客服)：您好\n李四（客户）：你是谁\n", "<agent> 您好\n<customer> 你是谁\n" };
    for (size_t i = 0; i < JY__COUNT(forms); i++)
        CHECK_DUMP(dump_text(forms[i], 0), "agent 您好\ncustomer 你是谁\n");
    CHECK_DUMP(dump_text("00:01 客服 您好\n00:03 客户 你 是谁\n", DUMP_TIMES | DUMP_PLACES), "agent 1000--1 1:10 您好\ncustomer 3000--1 2:10 你 是谁\n");
    /* one side alone, or a word here and there: a script */
    CHECK_DUMP(dump_text("客户 您好\n客户 再见\n", DUMP_CALLS), "call  speakers -1\n? 客户 您好\n? 客户 再见\nend\n");
    CHECK_DUMP(dump_text("客户,您好\n请讲\n稍等\n员工,再见\n", 0), "? 客户,您好\n? 请讲\n? 稍等\n? 员工,再见\n");
}
END_TEST

/* A whole dialogue on one line, as tables keep it; a word with a colon that is no role of either side is text. */
START_TEST(test_text__several_turns_on_a_line)
{
    CHECK_DUMP(dump_text("客服:您好 客户:你是谁　客服: 没办法\n", DUMP_PLACES), "agent 1:4 您好\ncustomer 1:10 你是谁\nagent 1:18 没办法\n");
    CHECK_DUMP(dump_text("客服：您好。客户：你是谁？客服：没办法！\n再见\n", 0), "agent 您好。\ncustomer 你是谁？\nagent 没办法！\nagent 再见\n");
    CHECK_DUMP(dump_text("00:01 客服:您好 00:03 客户:你是谁 客服:再见\n", DUMP_TIMES), "agent 1000--1 您好\ncustomer 3000--1 你是谁\nagent -1--1 再见\n");
    CHECK_DUMP(dump_text("客服:您好\r客户:你是谁\r客服:没办法\r", DUMP_PLACES), "agent 1:4 您好\ncustomer 1:10 你是谁\nagent 1:17 没办法\n");
    CHECK_DUMP(dump_text("客服:请看 系统:设置,再看 注意:事项 客户:\n", 0), "agent 请看 系统:设置,再看 注意:事项 客户:\n");
    CHECK_DUMP(dump_text("客服:我问客户:您好吗\n", 0), "agent 我问客户:您好吗\n");
}
END_TEST

/* What the customer says is the agent's where a label is not told. */
START_TEST(test_text__names_behind_a_role)
{
    static const char *const forms[] = { "客服小王:您好\n客户李女士:你是谁\n", "坐席张三：您好\n客户欧先生：你是谁\n", "客服代表王芳:您好\n客户A:你是谁\n",
                                         "客户服务:您好\n客户:你是谁\n", "Customer Service: 您好\nCustomer: 你是谁\n", "customer_service_1: 您好\ncaller 2: 你是谁\n",
                                         "**客服:** 您好\n**客户：** 你是谁\n", "👤客服:您好\n👩‍💼客户:你是谁\n", "坐席侧:您好\n客户侧:你是谁\n" };
    for (size_t i = 0; i < JY__COUNT(forms); i++)
        if (i != 6)
            CHECK_DUMP(dump_text(forms[i], 0), "agent 您好\ncustomer 你是谁\n");
    CHECK_DUMP(dump_text(forms[6], 0), "agent ** 您好\ncustomer ** 你是谁\n");
    /* what makes another word of the role is no name */
    CHECK_DUMP(dump_text("客服:请看\n用户名:填手机号\n客户电话:填座机\n客户:好\n", 0), "agent 请看\nagent 用户名:填手机号\nagent 客户电话:填座机\ncustomer 好\n");
}
END_TEST

/* Where each line begins with a label, a name that comes once is one: its words are not those of the speaker before it. */
START_TEST(test_text__a_name_that_comes_once)
{
    CHECK_DUMP(dump_text("客服：您好\n王芳：你是谁\n客服：我是101号\n", DUMP_CALLS), "call  speakers 1\nagent 您好\n? 你是谁\nagent 我是101号\nend\n");
    CHECK_DUMP(dump_text("客服主管:您好\n客户:你好\n物业客服:稍等\n在线客服:没办法\n", 0), "agent 您好\ncustomer 你好\nagent 稍等\nagent 没办法\n");
    CHECK_DUMP(dump_text("客服:您好\n客户:你好\n客服:稍等\n班长(88):不知道\n客户:嗯\nSupervisor: 没办法\n", 0),
               "agent 您好\ncustomer 你好\nagent 稍等\n? 不知道\ncustomer 嗯\n? 没办法\n");
    /* what is read out has a colon, too, and so has what stands above a call */
    CHECK_DUMP(dump_text("客服:请记一下\n我的地址是:北京\n客服电话:110\n注意:别动\n客户:好\n客服:嗯\n客户:再见\n客服:再见\n", 0),
               "agent 请记一下\nagent 我的地址是:北京\nagent 客服电话:110\nagent 注意:别动\ncustomer 好\nagent 嗯\ncustomer 再见\nagent 再见\n");
    CHECK_DUMP(dump_text("质检员:李四\n班组:一组\n客服:您好\n客户:你好\n", 0), "? 质检员:李四\nagent 您好\ncustomer 你好\n");
}
END_TEST

/* A customer may say what an agent must not: where people talk and it is not known who they are, nothing is the agent's. */
START_TEST(test_text__names_of_people_who_speak_once)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    CHECK_DUMP(dump_text("张三：你好\n李四：什么事\n", DUMP_CALLS | DUMP_LABELS), "call  speakers 0\n?[张三] 你好\n?[李四] 什么事\nend\n");
    CHECK_DUMP(dump_text("[00:01] 王小明：你好\n[00:05] 小李：什么事\n[00:09] 陈女士：等着\n", DUMP_CALLS | DUMP_TIMES),
               "call  speakers 0\n? 1000--1 你好\n? 5000--1 什么事\n? 9000--1 等着\nend\n");
    options.agent = JY__STR("李四");
    CHECK_DUMP(dump_text_with(JY__STR("张三：你好\n李四：什么事\n"), &options, 0), "customer 你好\nagent 什么事\n");
    /* items of a script, a name among other lines, a line alone */
    CHECK_DUMP(dump_text("开场：您好\n结束：再见\n", DUMP_CALLS), "call  speakers -1\n? 开场：您好\n? 结束：再见\nend\n");
    CHECK_DUMP(dump_text("高峰：请稍候\n白天：没办法\n", DUMP_CALLS), "call  speakers -1\n? 高峰：请稍候\n? 白天：没办法\nend\n");
    CHECK_DUMP(dump_text("张三：你好\n没办法\n", DUMP_CALLS), "call  speakers -1\n? 张三：你好\n? 没办法\nend\n");
    CHECK_DUMP(dump_text("张三：没办法\n", DUMP_CALLS), "call  speakers -1\n? 张三：没办法\nend\n");
}
END_TEST

START_TEST(test_text__who_is_behind_a_label)
{
    const jy_str own[] = { JY__STR("第三方"), JY__STR("customer"), JY__STR("客户"), JY__STR("system") }, wrong[] = { JY__STR("甲"), JY__STR("boss") };
    static const struct { const char *label; int32_t speaker; } known[] = { { "坐席01", JY_AGENT }, { "【客服】", JY_AGENT }, { "第三方", JY_CUSTOMER }, { "客户", JY_SYSTEM },
                                                                            { "Caller", JY_CUSTOMER }, { "甲", JY_SPEAKER_UNKNOWN }, { "", JY_SPEAKER_UNKNOWN } };
    int32_t speaker = 9;
    for (size_t i = 0; i < JY__COUNT(known); i++) {
        ck_assert_int_eq(jy_speaker_by_label(jy__str_of(known[i].label), own, 2, &speaker), JY_OK);
        ck_assert_int_eq(speaker, known[i].speaker);
    }
    ck_assert_int_eq(jy_speaker_by_label(JY__STR("客户"), NULL, 0, &speaker), JY_OK);
    ck_assert_int_eq(speaker, JY_CUSTOMER);
    ck_assert_int_eq(jy_speaker_by_label(JY__STR("客户"), wrong, 1, &speaker), JY_E_INVALID);
    ck_assert_int_eq(jy_speaker_by_label(JY__STR("客户"), NULL, 1, &speaker), JY_E_INVALID);
    ck_assert_int_eq(jy_speaker_by_label(JY__STR("客户"), NULL, 0, NULL), JY_E_INVALID);
}
END_TEST

START_TEST(test_text__letters_are_speakers)
{
    CHECK_DUMP(dump_text("A:喂\nB：你是谁\n", DUMP_CALLS), "call  speakers 0\n? 喂\n? 你是谁\nend\n");
    CHECK_DUMP(dump_text("甲方:喂\n乙方:你是谁\n", DUMP_CALLS), "call  speakers 0\n? 喂\n? 你是谁\nend\n");
}
END_TEST

/* A day stands beside the first time only, or above all of them. */
START_TEST(test_text__clocks_behind_a_day)
{
    CHECK_DUMP(dump_text("客服小王 2024/5/1 10:00:01\n您好\n客户 2024/5/1 10:00:05\n喂\n客服小王 10:00:09\n请讲\n", DUMP_TIMES),
               "agent 0--1 您好\ncustomer 4000--1 喂\nagent 8000--1 请讲\n");
    CHECK_DUMP(dump_text("开始时间:2024-05-01 10:00:00\n[00:01] 客服:您好\n[00:05] 客户:喂\n", DUMP_TIMES), "agent 1000--1 您好\ncustomer 5000--1 喂\n");
    CHECK_DUMP(dump_text("开始时间:2024-05-01 10:00:00\n[10:00:01] 客服:您好\n[10:00:05] 客户:喂\n", DUMP_TIMES), "agent 1000--1 您好\ncustomer 5000--1 喂\n");
}
END_TEST

/* Copied out of a chat: who, and below what was said. */
START_TEST(test_text__names_above_what_is_said)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    options.agent = JY__STR("小王");
    CHECK_DUMP(dump_text("小王:\n您好\n\n李姐:\n你是谁\n\n小王:\n不知道\n", DUMP_CALLS), "call  speakers 0\n? 您好\n? 你是谁\n? 不知道\nend\n");
    CHECK_DUMP(dump_text_with(JY__STR("小王:\n您好\n\n李姐:\n你是谁\n\n小王:\n不知道\n"), &options, 0), "agent 您好\ncustomer 你是谁\nagent 不知道\n");
    CHECK_DUMP(dump_text("小王：您好\n李姐：你是谁\n小王：不知道\n", DUMP_CALLS), "call  speakers 0\n? 您好\n? 你是谁\n? 不知道\nend\n");
}
END_TEST

START_TEST(test_text__clocks_of_twelve_hours)
{
    static const struct { const char *text; int64_t ms; } times[] = { { "12:30:15 AM", 1815000 }, { "12:30:15 PM", 45015000 }, { "1:05 pm", 47100000 }, { "1:05", 65000 },
                                                                      { "00:01:05", 65000 }, { "下午1:05:00", 47100000 }, { "上午 12:00:01", 1000 }, { "11:59:59PM", 86399000 } };
    int64_t ms;
    size_t used;
    for (size_t i = 0; i < JY__COUNT(times); i++) {
        jy_str text = jy__str_of(times[i].text);
        ck_assert(jy__time_is_clock(jy__time_read(text, &ms, &used)));
        ck_assert_int_eq(ms, times[i].ms);
        ck_assert_uint_eq(used, text.len);
    }
    ck_assert_int_eq(jy__time_read(JY__STR("2024/5/1 下午 1:05:00"), &ms, &used), JY__WALL);
    ck_assert_int_eq(ms % 86400000, 47100000);
    ck_assert_int_eq(jy__time_read(JY__STR("00:12 amount"), &ms, &used), JY__CLOCK_OF_TWO);
    ck_assert_uint_eq(used, 5);
    CHECK_DUMP(dump_text("[12:30:15 AM] 客服: 您好\n[12:30:20 AM] 客户: 喂\n", DUMP_TIMES), "agent 1815000--1 您好\ncustomer 1820000--1 喂\n");
}
END_TEST

/* What tells only the minute is no time of a turn: asked are seconds, and 10:00 and 10:03 are no three of them. */
START_TEST(test_text__days_with_hours_and_minutes)
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    int64_t ms;
    size_t used;
    ck_assert_int_eq(jy__time_read(JY__STR("2024-05-01 10:03"), &ms, &used), JY__WALL_MINUTE);
    ck_assert_int_eq(ms % 86400000, 36180000);
    ck_assert_uint_eq(used, 16);
    ck_assert_int_eq(jy__time_read(JY__STR("2024/5/1 下午1:05"), &ms, &used), JY__WALL_MINUTE);
    ck_assert_int_eq(ms % 86400000, 47100000);
    ck_assert_int_eq(jy__time_read(JY__STR("2024-05-01T10:03+08:00"), &ms, &used), JY__WALL_MINUTE);
    CHECK_DUMP(dump_text("2024-05-01 10:00 客服:您好\n2024-05-01 10:03 客户:坏了\n", DUMP_TIMES), "agent -1--1 您好\ncustomer -1--1 坏了\n");
    CHECK_DUMP(dump_text("2024-05-01 10:00 客服:您好\n10:03 客户:坏了\n10:04 客服:好\n", DUMP_TIMES), "agent -1--1 您好\ncustomer -1--1 坏了\nagent -1--1 好\n");
    CHECK_DUMP(dump_text("开始时间:2024-05-01 10:00\n[00:01] 客服:您好\n[10:05] 客户:喂\n", DUMP_TIMES), "agent 1000--1 您好\ncustomer 605000--1 喂\n");
    CHECK_DUMP(dump_text("开始时间:2024-05-01 10:00\n[10:00:01] 客服:您好\n[10:00:05] 客户:喂\n", DUMP_TIMES), "agent 1000--1 您好\ncustomer 5000--1 喂\n");
    CHECK_DUMP(dump_text("开始时间:2024-05-01 10:00\n[10:00] 客服:您好\n[10:05:02] 客户:喂\n", DUMP_TIMES), "agent -1--1 您好\ncustomer 302000--1 喂\n");
    CHECK_DUMP(dump_text("开始时间:2024-05-01 10:00\n客服 10:00\n您好\n客户 10:05:02\n喂\n", DUMP_TIMES), "agent -1--1 您好\ncustomer 302000--1 喂\n");
    CHECK_DUMP(dump_text("开始时间:2024-05-01 10:00\n[10:00-10:01] 客服:您好\n[10:05-10:06] 客户:喂\n", DUMP_TIMES), "agent -1--1 您好\ncustomer -1--1 喂\n");
    CHECK_DUMP(dump_text("[59:58-1:00:01] 客服:您好\n", DUMP_TIMES), "agent 3598000-3601000 您好\n");
    CHECK_DUMP(dump_text("[2024-05-01 10:00 - 2024-05-01 10:05:30] 客服:您好\n", DUMP_TIMES), "agent -1--1 您好\n");
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR("2024-05-01 10:00 客服:您好\n2024-05-01 10:03 客户:坏了\n"), NULL, NULL), JY_OK);
    ck_assert_int_eq(jy_reader_next(reader, &item), JY_OK);
    ck_assert(jy__str_is(item.call.start, "2024-05-01 10:00"));
    jy_reader_free(reader);
}
END_TEST

/* Beside a time with seconds a clock of two parts is what it can be: 10:01 behind 10:00:05 is no ten minutes and one second, and its second is not known. */
START_TEST(test_text__ranges_of_which_one_end_tells_the_minute)
{
    static const struct { const char *times, *dump; } ranges[] = {
        { "10:00:05-10:01", "36005000--1" }, { "10:00:05.5-10:00", "36005500--1" }, { "0:00:05-0:12", "5000-12000" }, { "00:59:58-60:02", "3598000-3602000" },
        { "1:05-1:05:30", "-1--1" }, { "59:58-1:00:02", "3598000-3602000" }, { "0:05-0:00:09", "5000-9000" }, { "10:00-10:01", "600000-601000" },
        { "10:01.5-10:02.000", "601500-602000" }, { "1:05:02 PM-1:06 PM", "47102000--1" }, { "1:05 PM-1:06 PM", "-1--1" },
        { "2024-05-01 10:00:05 - 2024-05-01 10:01", "0--1" }, { "2024-05-01 10:00:05-2024-05-01 10:00:07", "0-2000" },
    };
    char text[128], wanted[128];
    for (size_t i = 0; i < JY__COUNT(ranges); i++) {
        snprintf(text, sizeof(text), "[%s] 客服:您好\n", ranges[i].times);
        snprintf(wanted, sizeof(wanted), "agent %s 您好\n", ranges[i].dump);
        CHECK_DUMP(dump_text(text, DUMP_TIMES), wanted);
    }
    CHECK_DUMP(dump_text("客服小王 10:00:05-10:01\n您好\n客户 10:01:00-10:01:02\n喂\n", DUMP_TIMES), "agent 36005000--1 您好\ncustomer 36060000-36062000 喂\n");
    CHECK_DUMP(dump_text("角色,内容,开始时间,结束时间\n客服,您好,10:00:05,10:01\n客户,喂,10:01:00,10:01:02\n", DUMP_TIMES),
               "agent 36005000--1 您好\ncustomer 36060000-36062000 喂\n");
    CHECK_DUMP(dump_text("[{\"role\":\"客服\",\"text\":\"您好\",\"begin\":\"10:00:05\",\"end\":\"10:01\"},{\"role\":\"客户\",\"text\":\"喂\",\"begin\":\"1:05\",\"end\":\"1:05:30\"}]", DUMP_TIMES),
               "agent 36005000--1 您好\ncustomer -1-3930000 喂\n");
    CHECK_DUMP(dump_text("1\n10:00:05 --> 10:01\n客服:您好\n", DUMP_TIMES), "agent 36005000--1 您好\n");
}
END_TEST

/* 下午1:05 is no second of a call. */
START_TEST(test_text__clocks_of_half_a_day_without_seconds)
{
    CHECK_DUMP(dump_text("[1:05 PM] 客服: 您好\n[1:06 PM] 客户: 喂\n[下午1:06:07] 客服: 请讲\n", DUMP_TIMES), "agent -1--1 您好\ncustomer -1--1 喂\nagent 47167000--1 请讲\n");
    CHECK_DUMP(dump_text("{\"role\":\"客服\",\"text\":\"您好\",\"begin\":\"1:05 PM\"}\n", DUMP_TIMES), "agent -1--1 您好\n");
}
END_TEST

START_TEST(test_text__items_of_a_list)
{
    static const char *const forms[] = { "1. 客服:您好\n2. 客户:你是谁\n", "1、客服：您好\n2、客户：你是谁\n", "(1)客服:您好\n（2）客户:你是谁\n", "- 客服:您好\n- 客户:你是谁\n",
                                         "1) [00:01] 客服:您好\n2) [00:02] 客户:你是谁\n", "0.5s-1.2s 客服: 您好\n1.5s-3s 客户: 你是谁\n", "1.客服:您好\n2.客户:你是谁\n" };
    for (size_t i = 0; i < JY__COUNT(forms); i++)
        CHECK_DUMP(dump_text(forms[i], 0), "agent 您好\ncustomer 你是谁\n");
    CHECK_DUMP(dump_text("[1.5s-3.25s] 客服: 您好\n3.5s-4秒 客户: 你是谁\n", DUMP_TIMES | DUMP_PLACES), "agent 1500-3250 1:18 您好\ncustomer 3500-4000 2:13 你是谁\n");
    CHECK_DUMP(dump_text("客服:分两步\n1. 拔电源\n2、再打给我们\n30秒 后就好\n1.5 公里\n客户:好\n", 0),
               "agent 分两步\nagent 1. 拔电源\nagent 2、再打给我们\nagent 30秒 后就好\nagent 1.5 公里\ncustomer 好\n");
}
END_TEST

/* Minutes and chats: who and when on a line of its own, either way round, and below what was said, in one line or several. */
START_TEST(test_text__names_and_times_above_what_is_said)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    options.agent = JY__STR("auto");
    CHECK_DUMP(dump_text_with(JY__STR("王小明 00:01\n您好,报警中心\n李女士 00:05\n我不知道\n停电了\n王小明 00:09\n请讲\n李女士 00:12\n好\n"), &options, DUMP_TIMES),
               "agent 1000--1 您好,报警中心\ncustomer 5000--1 我不知道\ncustomer -1--1 停电了\nagent 9000--1 请讲\ncustomer 12000--1 好\n");
    CHECK_DUMP(dump_text_with(JY__STR("2024-05-31 09:12:03 王小明\n您好,报警中心\n2024-05-31 09:12:05 李女士\n我不知道\n\n停电了\n2024-05-31 09:12:09 王小明\n请讲\n"), &options,
                              DUMP_TIMES), "agent 0--1 您好,报警中心\ncustomer 2000--1 我不知道\ncustomer -1--1 停电了\nagent 6000--1 请讲\n");
    CHECK_DUMP(dump_text("2024-05-31 09:12:03 客服小王\n您好\n2024-05-31 09:12:05 客户\n我不知道\n", 0), "agent 您好\ncustomer 我不知道\n");
    /* what stands behind a time is what was said, where nothing stands below */
    CHECK_DUMP(dump_text("00:01 您好\n00:05 稍等\n00:09 您好\n00:12 再见\n", 0), "? 00:01 您好\n? 00:05 稍等\n? 00:09 您好\n? 00:12 再见\n");
}
END_TEST

/* With the customer alone known, what the agent said would pass for clean. */
START_TEST(test_text__an_unknown_beside_the_customer_may_be_the_agent)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    CHECK_DUMP(dump_text("张三:你是谁\n客户:没办法\n", DUMP_CALLS), "call  speakers 0\n? 你是谁\ncustomer 没办法\nend\n");
    CHECK_DUMP(dump_text("客户:没办法\n", DUMP_CALLS), "call  speakers 1\ncustomer 没办法\nend\n");
    CHECK_DUMP(dump_text("张三:喂\n客服:您好\n张三:停电了\n", DUMP_CALLS), "call  speakers 1\n? 喂\nagent 您好\n? 停电了\nend\n");
    /* what a name says that stands once, or many lines apart, is not the agent's */
    CHECK_DUMP(dump_text("客服:您好\n李先生:没办法\n", 0), "agent 您好\n? 没办法\n");
    CHECK_DUMP(dump_text("客服:您好\n请讲\n老周:停电了\n一早上\n没办法\n客服:好的\n请稍等\n老周:不知道\n", 0),
               "agent 您好\nagent 请讲\n? 停电了\n? 一早上\n? 没办法\nagent 好的\nagent 请稍等\n? 不知道\n");
    CHECK_DUMP(dump_text("客服:请记一下\n注意:先断电\n客服:还有\n注意:没办法退\n", 0), "agent 请记一下\nagent 注意:先断电\nagent 还有\nagent 注意:没办法退\n");
    /* nor is the customer who greets the agent */
    options.agent = JY__STR("auto");
    CHECK_DUMP(dump_text_with(JY__STR("客户:您好,这里是三号店\n张三:您好\n客户:喂\n张三:请讲\n"), &options, 0),
               "customer 您好,这里是三号店\nagent 您好\ncustomer 喂\nagent 请讲\n");
}
END_TEST

/* However far off the next colon is: lines are looked through 4 KiB at a time. */
START_TEST(test_text__another_turn_far_behind_on_a_line)
{
    static char body[4200], text[4400], expected[4400];
    for (size_t length = 4080; length < 4096; length++) {
        memset(body, 'a', length);
        snprintf(text, sizeof(text), "客服：%s。客户：你是谁\n", body);
        snprintf(expected, sizeof(expected), "agent %s。\ncustomer 你是谁\n", body);
        CHECK_DUMP(dump_text(text, 0), expected);
    }
}
END_TEST

CHECK_MAIN("text", test_text__names_behind_a_role, test_text__names_of_people_who_speak_once, test_text__items_of_a_list, test_text__ranges_of_which_one_end_tells_the_minute,
           test_text__clocks_of_half_a_day_without_seconds, test_text__names_and_times_above_what_is_said,
           test_text__an_unknown_beside_the_customer_may_be_the_agent, test_text__a_name_that_comes_once, test_text__letters_are_speakers, test_text__clocks_of_twelve_hours, test_text__days_with_hours_and_minutes, test_text__clocks_behind_a_day, test_text__names_above_what_is_said, test_text__who_is_behind_a_label,
           test_text__several_turns_on_a_line, test_text__another_turn_far_behind_on_a_line, test_text__roles_without_a_colon, test_text__every_line_of_a_script_is_a_turn, test_text__a_bracket_in_front_makes_no_json, test_text__labels_of_either_width_and_form,
           test_text__a_word_with_a_colon_is_no_label, test_text__names_that_come_back_are_labels_of_unknown_speakers,
           test_text__times_in_front_behind_and_above, test_text__head_lines_tell_about_the_call,
           test_text__the_agent_is_chosen_by_label_number_or_greeting, test_text__the_users_labels_come_first)
