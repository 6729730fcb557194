/* rules: the design's example, and what every key of a rule becomes in the tree. */
#include "rules_test.h"
#include "rules/rules_keys.h"
#include "tree_print.h"

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
    ck_assert_int_eq(pack->rules[1].forbid->with[1]->kind, JY__WORDING_ALT);
    ck_assert_int_eq(pack->rules[1].suggest[0].form->kids[0]->kind, JY__WORDING_SLOT);
    ck_assert_int_eq(pack->rules[2].when->event, JY_EVENT_HOLD_END);
    ck_assert_int_eq(pack->rules[2].where.kind, JY__WINDOW_NEXT_TURNS);
    ck_assert_int_eq(pack->rules[2].where.of, JY_AGENT);
    ck_assert_int_eq(pack->rules[2].require->form->kids[0]->kind, JY__WORDING_LIST);
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

START_TEST(test_rules__every_key_becomes_what_it_says)
{
    /* good/everything.yaml uses every key; good/everything.tree is its tree, read line by line when it was written */
    loaded l;
    size_t len;
    char *file = read_test_file("good/everything.yaml", &len), *expected = read_test_file("good/everything.tree", &len);
    jy__text shown;
    load_good(&l, file);
    jy__text_init(&shown, &l.mem);
    print_tree(&shown, &l.tree);
    jy__text_char(&shown, '\n');
    if (getenv("RULES_TEST_SHOW"))
        fputs(shown.ptr, stderr);
    compare_line_by_line(shown.ptr, expected);
    jy__text_free(&shown);
    unload(&l);
    free(file);
    free(expected);
}
END_TEST

START_TEST(test_rules__everything_file_has_every_key)
{
    size_t len;
    char *file = read_test_file("good/everything.yaml", &len), name[64];
    for (int id = 0; id < JY__TABLE_COUNT; id++) {
        const jy__table *table = jy__rules_table((jy__table_id)id);
        for (size_t i = 0; i < table->count; i++) {
            snprintf(name, sizeof(name), "%s:", table->keys[i].name.ptr);
            ck_assert_msg(strstr(file, name) || id == JY__TABLE_FOLD, "good/everything.yaml lacks the key %s of %s", table->keys[i].name.ptr, table->english);
        }
    }
    free(file);
}
END_TEST

START_TEST(test_rules__a_byte_order_mark_and_dos_lines_change_nothing)
{
    loaded l;
    load_good(&l, "\xEF\xBB\xBFjinyu: 1\r\nrules:\r\n  - id: a\r\n    forbid: 没办法\r\n");
    ck_assert_text(l.tree.pack.rules[0].forbid->written, "没办法");
    ck_assert_uint_eq(l.tree.pack.rules[0].id_pos.line, 3);
    ck_assert_uint_eq(l.tree.pack.rules[0].id_pos.column, 9);
    ck_assert_uint_eq(l.tree.pack.rules[0].id_pos.offset, 3 + 10 + 8 + 8);
    unload(&l);
}
END_TEST

/* Long wordings are written so; the line's end that YAML leaves behind them is no part of what is said. */
START_TEST(test_rules__a_text_on_lines_of_its_own_ends_with_its_last_character)
{
    loaded l;
    load_good(&l, "jinyu: 1\nrules:\n  - id: a\n    forbid: |\n      没办法\n    suggest: >\n      请稍等,\n      我查一下\n\n    note: |\n      一\n      二\n");
    ck_assert_text(l.tree.pack.rules[0].forbid->written, "没办法");
    ck_assert_text(l.tree.pack.rules[0].suggest[0].text, "请稍等, 我查一下");
    ck_assert_text(l.tree.pack.rules[0].note, "一\n二");
    unload(&l);
}
END_TEST

START_TEST(test_rules__limits_are_settings)
{
    loaded l;
    jy__mem mem = jy__mem_of(NULL);
    jy__params_init(&l.params);
    jy__diags_init(&l.diags, &mem);
    ck_assert_int_eq(jy__params_set(&l.params, JY_PARAM_MAX_PATTERN_BYTES, 16), JY_OK);
    ck_assert_int_eq(jy__params_set(&l.params, JY_PARAM_MAX_NESTING, 4), JY_OK);
    jy__rules_load(&mem, &l.params, JY__STR("a"), JY__STR("jinyu: 1\nrules:\n  - forbid: 一二三四五六\n  - forbid: ((((甲)乙)丙)丁)?戊\n"), &l.diags, &l.tree);
    ck_assert_uint_eq(l.diags.list.count, 2);
    ck_assert_int_eq(l.diags.list.items[0].code, 1216);
    ck_assert_int_eq(l.diags.list.items[1].code, 1216);
    unload(&l);
    jy__diags_init(&l.diags, &mem);
    jy__rules_load(&mem, &l.params, JY__STR("a"), JY__STR("jinyu: 1\nrules:\n  - forbid: [[甲]]\n"), &l.diags, &l.tree);
    ck_assert_int_eq(l.diags.list.items[0].code, 1024);
    unload(&l);
}
END_TEST

START_TEST(test_rules__diagnostics_of_several_files_stay_apart)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__params params;
    jy__diags diags;
    jy__tree first, second;
    jy__params_init(&params);
    jy__diags_init(&diags, &mem);
    jy__rules_load(&mem, &params, JY__STR("a.yaml"), JY__STR("jinyu: 1\nrules:\n  - forbid: (甲\n"), &diags, &first);
    jy__rules_load(&mem, &params, JY__STR("b.yaml"), JY__STR("jinyu: 1\nrules:\n  - forbid: 甲\n"), &diags, &second);
    ck_assert(!first.ok && second.ok);
    ck_assert_uint_eq(diags.list.count, 1);
    ck_assert_text(diags.list.items[0].source, "a.yaml");
    jy__rules_tree_free(&first);
    jy__rules_tree_free(&second);
    jy__diags_free(&diags);
}
END_TEST

CHECK_MAIN("rules", test_rules__example_of_the_design_loads, test_rules__one_phrase_and_one_wording_are_a_rule,
           test_rules__every_key_becomes_what_it_says, test_rules__everything_file_has_every_key,
           test_rules__a_byte_order_mark_and_dos_lines_change_nothing,
           test_rules__a_text_on_lines_of_its_own_ends_with_its_last_character, test_rules__limits_are_settings,
           test_rules__diagnostics_of_several_files_stay_apart)
