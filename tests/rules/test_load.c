/* rules: the design's example, and what every key of a rule becomes in the tree. */
#include "rules_test.h"

static const char example[] =
    "jinyu: 1                                  # rule-file format\n"
    "pack: alarm-center\n"
    "title: 安防报警运营服务中心行为规范\n"
    "version: 1.0.0\n"
    "defaults: {speaker: agent, severity: error}\n"
    "lists:\n"
    "  sorry: [对不起, 抱歉, 很抱歉, 不好意思]\n"
    "scorecard: {start: 100, floor: 0, pass: 80}\n"
    "rules:\n"
    "  - id: ask-identity\n"
    "    clause: 六-1\n"
    "    situation: 询问对方姓名、单位\n"
    "    forbid: [(你|您)是谁, 干什么的]\n"
    "    suggest: [请问您贵姓?能告诉我贵公司名称吗?]\n"
    "    score: -5\n"
    "    tests:\n"
    "      bad:  [你是谁呀, 你是誰?, 你 是 谁]\n"
    "      good: [请问您贵姓?, 您知道他是谁吗]\n"
    "  - id: absent-bare\n"
    "    clause: 六-4\n"
    "    situation: 电话找人\n"
    "    forbid: [{phrase: 不在, whole: clause, with: [他, (啊|呀)]}]\n"
    "    except: [他暂时不在]\n"
    "    suggest: ['{sorry}他暂时不在,需要转告吗?']\n"
    "  - id: thank-after-hold\n"
    "    clause: 六-12\n"
    "    situation: 取消静音后\n"
    "    when:  {event: hold-end}              # or {silence: 20s, speaker: agent}\n"
    "    require: {phrase: '{sorry}感谢您的(耐心)?等待'}\n"
    "    where: next 1 turn of agent\n"
    "    suggest: ['对不起,感谢您的耐心等待,情况是这样的']\n";

START_TEST(test_rules__example_of_the_design_loads)
{
    loaded l;
    const jy__pack *pack = &l.tree.pack;
    load_good(&l, example);
    ck_assert_uint_eq(l.diags.list.count, 0);
    ck_assert_text(pack->name, "alarm-center");
    ck_assert_text(pack->version, "1.0.0");
    ck_assert_int_eq(pack->scorecard.pass, 80);
    ck_assert_uint_eq(pack->rule_count, 3);
    ck_assert_text(pack->rules[0].id, "ask-identity");
    ck_assert_uint_eq(pack->rules[0].id_pos.line, 10);
    ck_assert_uint_eq(pack->rules[0].id_pos.column, 9);
    ck_assert_int_eq(pack->rules[0].score, -5);
    ck_assert_int_eq(pack->rules[0].speaker, JY_AGENT);
    ck_assert_int_eq(pack->rules[0].severity, JY_ERROR);
    ck_assert_int_eq(pack->rules[0].forbid->kind, JY__EXPR_ANY);
    ck_assert_uint_eq(pack->rules[0].test_count, 5);
    ck_assert_int_eq(pack->rules[1].forbid->whole, JY__WHOLE_CLAUSE);
    ck_assert_uint_eq(pack->rules[1].forbid->with_count, 2);
    ck_assert_int_eq(pack->rules[1].forbid->with[1]->kind, JY__FORM_ALT);
    ck_assert_int_eq(pack->rules[1].suggest[0].form->kids[0]->kind, JY__FORM_SLOT);
    ck_assert_int_eq(pack->rules[2].when->event, JY_EVENT_HOLD_END);
    ck_assert_int_eq(pack->rules[2].where.kind, JY__WINDOW_NEXT_TURNS);
    ck_assert_int_eq(pack->rules[2].where.of, JY_AGENT);
    ck_assert_int_eq(pack->rules[2].require->form->kids[0]->kind, JY__FORM_LIST);
    ck_assert_uint_eq(pack->rules[2].require->form->kids[0]->kid_count, 4);
    unload(&l);
}
END_TEST

START_TEST(test_rules__one_phrase_and_one_wording_are_a_rule)
{
    loaded l;
    load_good(&l, "jinyu: 1\nrules:\n  - forbid: 没办法\n    suggest: 我再帮您想想办法\n");
    ck_assert_text(l.tree.pack.name, "test");
    ck_assert_text(l.tree.pack.rules[0].id, "test-1");
    ck_assert_int_eq(l.tree.pack.rules[0].forbid->kind, JY__EXPR_PHRASE);
    ck_assert(l.tree.pack.rules[0].enabled && l.tree.pack.rules[0].live && l.tree.pack.rules[0].after);
    unload(&l);
}
END_TEST

CHECK_MAIN("rules", test_rules__example_of_the_design_loads, test_rules__one_phrase_and_one_wording_are_a_rule)
