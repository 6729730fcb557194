/* rules: the phrase language — every construct, its form, its places, and the folds that hold for it. */
#include "rules_test.h"
#include "tree_print.h"

static void with_phrase(loaded *l, const char *phrase, char *out, size_t room)
{
    jy__text shown;
    char file[2048];
    snprintf(file, sizeof(file), "jinyu: 1\nlists:\n  sorry: [对不起, 抱歉(啊)?]\n  both: ['{sorry}', 您好]\nrules:\n  - forbid: %s\n", phrase);
    load_good(l, file);
    jy__text_init(&shown, &l->mem);
    print_form(&shown, l->tree.pack.rules[0].forbid->form);
    snprintf(out, room, "%.*s", (int)shown.len, shown.ptr);
    jy__text_free(&shown);
}

static const char *const forms[][2] = {
    { "没办法", "没办法" },
    { "(你|您)是谁(呀)?", "SEQ(ALT(你,您),是谁,OPT(呀))" },
    { "(你|您|(他|她)们)", "ALT(你,您,SEQ(ALT(他,她),们))" },
    { "(你)是(谁|哪位)?啊", "SEQ(你,是,OPT(ALT(谁,哪位)),啊)" },
    { "我还没着急*你倒", "SEQ(我还没着急,GAP 0..10,你倒)" },
    { "'没*{0,4}办*{2,100}法'", "SEQ(没,GAP 0..4,办,GAP 2..100,法)" },
    { "'{sorry}等'", "SEQ(LIST sorry(对不起,SEQ(抱歉,OPT(啊))),等)" },
    { "'等{both}'", "SEQ(等,LIST both(LIST sorry(对不起,SEQ(抱歉,OPT(啊))),您好))" },
    { "'a*{sorry}'", "SEQ(a,GAP 0..10,LIST sorry(对不起,SEQ(抱歉,OPT(啊))))" },
    { "\\(24小时\\)\\*\\?\\{x\\}\\|\\\\好", "(24小时)*?{x}|\\好" },
    { "你是谁?", "你是谁?" },           /* ? is special behind ) only */
    { "\\)?好", ")?好" },
    { "（甲｜乙）？｛丙｝＊好", "（甲｜乙）？｛丙｝＊好" }, /* full-width forms are text */
    { "又不是,给您一个人用的。", "又不是,给您一个人用的。" },
    { "\"\\u6CA1办法\"", "没办法" },
};

START_TEST(test_rules__phrases_become_forms)
{
    for (size_t i = 0; i < JY__COUNT(forms); i++) {
        loaded l;
        char out[512];
        with_phrase(&l, forms[i][0], out, sizeof(out));
        ck_assert_str_eq(out, forms[i][1]);
        unload(&l);
    }
}
END_TEST

START_TEST(test_rules__forms_know_their_places)
{
    loaded l;
    const jy__wording *form;
    load_good(&l, "jinyu: 1\nrules:\n  - forbid: [好, '它''s(你|您)是\\谁', \"\\u6CA1(办法)?x\"]\n");
    form = l.tree.pack.rules[0].forbid->kids[1]->form;
    ck_assert_uint_eq(form->kids[1]->kids[1]->pos.column, 25);
    ck_assert_uint_eq(form->kids[1]->kids[1]->pos.offset, strlen("jinyu: 1\nrules:\n  - forbid: [好, '它''s(你|"));
    ck_assert_uint_eq(form->kids[2]->pos.column, 27);
    form = l.tree.pack.rules[0].forbid->kids[2]->form;
    ck_assert_int_eq(form->kids[1]->kind, JY__WORDING_OPT);
    ck_assert_uint_eq(form->kids[1]->pos.column, 40);
    ck_assert_uint_eq(form->kids[1]->pos.length, strlen("(办法)?"));
    unload(&l);
}
END_TEST

START_TEST(test_rules__wordings_have_slots_and_nothing_else)
{
    loaded l;
    jy__text shown;
    load_good(&l, "jinyu: 1\nrules:\n  - forbid: 没办法\n    suggest: ['您好(a|b)*\\{agent}为您服务?', 请您拨打*咨询]\n");
    jy__text_init(&shown, &l.mem);
    print_form(&shown, l.tree.pack.rules[0].suggest[0].form);
    ck_assert_str_eq(shown.ptr, "SEQ(您好(a|b)*\\,SLOT agent,为您服务?)");
    ck_assert_text(l.tree.pack.rules[0].suggest[1].form->text, "请您拨打*咨询");
    jy__text_free(&shown);
    unload(&l);
}
END_TEST

#define BIT(fold) (1u << JY_FOLD_##fold)
#define USUAL (0xFFu & ~BIT(SOUND))
static const struct { const char *defaults, *rule, *phrase; uint32_t bits; jy__sound_said sound; } folds[] = {
    { "", "", "", USUAL, JY__SOUND_UNSAID },
    { "all", "", "", 0xFF, JY__SOUND_OF_RULES },
    { "none", "", "", 0, JY__SOUND_OF_RULES },
    { "[width, script]", "", "", BIT(WIDTH) | BIT(SCRIPT), JY__SOUND_OF_RULES },
    { "{fillers: no}", "", "", USUAL & ~BIT(FILLERS), JY__SOUND_UNSAID },
    { "{sound: yes}", "", "", 0xFF, JY__SOUND_OF_RULES },
    { "{sound: yes}", "{sound: no}", "", USUAL, JY__SOUND_OF_RULES },
    { "none", "{gaps: yes}", "", BIT(GAPS), JY__SOUND_OF_RULES },
    { "{sound: no}", "", ", fold: {sound: yes}", 0xFF, JY__SOUND_OF_PHRASE },
    { "{sound: yes}", "", ", fold: {gaps: no}", 0xFFu & ~BIT(GAPS), JY__SOUND_OF_RULES },
    { "none", "{gaps: yes}", ", via: [sound]", BIT(GAPS) | BIT(SOUND), JY__SOUND_OF_PHRASE },
    { "", "{masked: no}", ", fold: {repeats: no}", USUAL & ~BIT(MASKED) & ~BIT(REPEATS), JY__SOUND_UNSAID },
    { "all", "none", ", fold: [case-not]", 0, JY__SOUND_UNSAID }, /* an error: see below */
};

START_TEST(test_rules__folds_of_pack_rule_and_phrase_add_up)
{
    for (size_t i = 0; i < JY__COUNT(folds); i++) {
        loaded l;
        char file[512];
        const jy__expr *expr;
        snprintf(file, sizeof(file), "jinyu: 1\n%s%s%srules:\n  - forbid: {phrase: 没办法%s}\n%s%s\n", folds[i].defaults[0] ? "defaults: {fold: " : "",
                 folds[i].defaults, folds[i].defaults[0] ? "}\n" : "", folds[i].phrase, folds[i].rule[0] ? "    fold: " : "", folds[i].rule);
        load(&l, file);
        expr = l.tree.pack.rules[0].forbid;
        ck_assert_int_eq(expr != NULL, i + 1 < JY__COUNT(folds));
        if (expr) {
            ck_assert_msg(expr->folds == folds[i].bits && expr->sound == folds[i].sound, "row %zu: folds %x sound %d", i,
                          expr->folds, (int)expr->sound);
        }
        unload(&l);
    }
}
END_TEST

START_TEST(test_rules__lists_of_lists_stay_cheap)
{
    /* each list holds the one before twice: 2^25 forms if anybody multiplied them out while reading */
    loaded l;
    char file[4096];
    int len = snprintf(file, sizeof(file), "jinyu: 1\nlists:\n  l0: [好]\n");
    for (int i = 1; i <= 25; i++)
        len += snprintf(file + len, sizeof(file) - (size_t)len, "  l%d: ['{l%d}{l%d}', '{l%d}']\n", i, i - 1, i - 1, i - 1);
    snprintf(file + len, sizeof(file) - (size_t)len, "rules:\n  - forbid: '{l25}'\n");
    load_good(&l, file);
    unload(&l);
}
END_TEST

CHECK_MAIN("rules", test_rules__phrases_become_forms, test_rules__forms_know_their_places, test_rules__wordings_have_slots_and_nothing_else,
           test_rules__folds_of_pack_rule_and_phrase_add_up, test_rules__lists_of_lists_stay_cheap)
