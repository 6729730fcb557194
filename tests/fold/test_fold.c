/* fold: single characters, classes and their inverse, sounds, fillers, whole texts with offsets. */
#include "../check_main.h"
#include "fold_files.h"

static uint32_t han(const char *text)
{
    const char *p = text;
    bool valid;
    return jy__utf8_next(&p, text + strlen(text), &valid);
}

static uint32_t one(const char *text) { return jy__fold_one(han(text)); }

START_TEST(test_fold__variants_of_a_character_are_one_symbol)
{
    static const char *const classes[][4] = {
        { "谁", "誰", "谁", "谁" }, { "没", "沒", "没", "没" }, { "办", "辦", "办", "办" }, { "峰", "峯", "峰", "峰" }, { "汇", "匯", "滙", "彙" },
        { "岳", "嶽", "岳", "岳" }, { "教", "敎", "教", "教" }, { "查", "査", "查", "查" }, { "发", "發", "髮", "発" }, { "泽", "澤", "沢", "泽" },
        { "气", "氣", "気", "气" }, { "对", "對", "対", "对" }, { "说", "說", "説", "说" }, { "干", "乾", "幹", "榦" }, { "后", "後", "后", "后" },
        { "里", "裡", "裏", "里" }, { "面", "麵", "麪", "麺" }, { "只", "隻", "衹", "只" }, { "着", "著", "着", "着" }, { "你", "妳", "你", "你" },
        { "它", "牠", "祂", "它" }, { "吗", "嗎", "吗", "吗" }, { "么", "麼", "麽", "么" }, { "台", "臺", "檯", "颱" }, { "咨", "諮", "谘", "咨" },
        { "一", "⼀", "㊀", "一" }, { "母", "⺟", "母", "母" }, { "豈", "豈", "豈", "岂" }, { "不", "不", "不", "不" },
    };
    for (size_t i = 0; i < JY__COUNT(classes); i++)
        for (size_t j = 1; j < 4; j++)
            ck_assert_msg(one(classes[i][0]) == one(classes[i][j]), "%s %s", classes[i][0], classes[i][j]);
}
END_TEST

START_TEST(test_fold__simplified_characters_stay_themselves)
{
    static const char text[] = "坏坯你您俱具跤交他她它的地得做作那哪吧把在再沪滤芸艺薹苔着著缶罐欠予弁浜阪坂姊姐喆哲甯宁乾坤覆复借";
    const char *p = text, *end = text + sizeof(text) - 1;
    while (p < end) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        if (cp != han("著") && cp != han("乾"))
            ck_assert_msg(jy__fold_one(cp) == cp, "U+%04X became U+%04X", cp, jy__fold_one(cp));
    }
}
END_TEST

START_TEST(test_fold__width_case_and_compatibility)
{
    uint32_t out[JY__FOLD_MOST];
    ck_assert_uint_eq(one("Ａ"), 'a');
    ck_assert_uint_eq(one("A"), 'a');
    ck_assert_uint_eq(one("é"), 'e');
    ck_assert_uint_eq(one("①"), '1');
    ck_assert_uint_eq(one("㈱"), han("株"));
    ck_assert_uint_eq(one("㊙"), han("秘"));
    ck_assert_uint_eq(one("："), ':');
    ck_assert_uint_eq(one("？"), '?');
    ck_assert_uint_eq(one("　"), ' ');
    ck_assert_uint_eq(jy__fold_char(0x3326, out), 3); /* ㌦ ドル: voicing stands alone, as in half-width text */
    ck_assert(out[0] == 0x30C8 && out[1] == 0x3099 && out[2] == 0x30EB);
    ck_assert_uint_eq(jy__fold_char(0xFF76, out), 1);
    ck_assert_uint_eq(jy__fold_char(0x2026, out), 3);
    ck_assert_uint_eq(jy__fold_char(0xAC00, out), 1); /* a Hangul syllable stays whole */
    ck_assert_uint_eq(jy__fold_char(0x200B, out), 0);
    ck_assert_uint_eq(jy__fold_char_width(han("辦"), out), 1);
    ck_assert_uint_eq(out[0], han("辦"));
    ck_assert_uint_eq(jy__fold_char_width(0xF900, out), 1); /* compatibility 豈: width makes it 豈, script 岂 */
    ck_assert_uint_eq(out[0], 0x8C48);
    ck_assert_uint_eq(jy__fold_one(0xF900), han("岂"));
}
END_TEST

START_TEST(test_fold__kinds)
{
    static const struct { uint32_t cp; jy__kind kind; } kinds[] = {
        { 0x4F60, JY__KIND_SYMBOL }, { 'a', JY__KIND_SYMBOL }, { '7', JY__KIND_SYMBOL }, { 0x3231, JY__KIND_SYMBOL }, { 0x3099, JY__KIND_SYMBOL },
        { 0xE000, JY__KIND_SYMBOL }, { 0x378, JY__KIND_SYMBOL }, { 0x30FC, JY__KIND_SYMBOL }, { 0x3007, JY__KIND_SYMBOL },
        { 0x200B, JY__KIND_INVISIBLE }, { 0x200D, JY__KIND_INVISIBLE }, { 0xFEFF, JY__KIND_INVISIBLE }, { 0xAD, JY__KIND_INVISIBLE },
        { 0x202E, JY__KIND_INVISIBLE }, { 0xFE0F, JY__KIND_INVISIBLE }, { 0xE0100, JY__KIND_INVISIBLE }, { 0xE0041, JY__KIND_INVISIBLE },
        { 0x301, JY__KIND_INVISIBLE }, { 0x20DD, JY__KIND_INVISIBLE }, { 0, JY__KIND_INVISIBLE }, { 7, JY__KIND_INVISIBLE },
        { 0x7F, JY__KIND_INVISIBLE }, { 0x3164, JY__KIND_INVISIBLE },
        { ' ', JY__KIND_BLANK }, { '\t', JY__KIND_BLANK }, { 0x3000, JY__KIND_BLANK }, { 0xA0, JY__KIND_BLANK }, { 0x2009, JY__KIND_BLANK },
        { ',', JY__KIND_MARK }, { '.', JY__KIND_MARK }, { 0xFF0E, JY__KIND_MARK }, { 0x3001, JY__KIND_MARK }, { 0xFF0C, JY__KIND_MARK },
        { 0xFF1B, JY__KIND_MARK }, { 0x2026, JY__KIND_MARK }, { 0x2014, JY__KIND_MARK }, { 0xFF5E, JY__KIND_MARK }, { 0xB7, JY__KIND_MARK },
        { 0x201C, JY__KIND_MARK }, { 0x300A, JY__KIND_MARK }, { 0x1F600, JY__KIND_MARK }, { 0xFFFD, JY__KIND_MARK }, { '*', JY__KIND_MARK },
        { 0xB4, JY__KIND_MARK }, { 0xD800, JY__KIND_MARK }, { 0x110000, JY__KIND_MARK }, { 0x7FFFFFFF, JY__KIND_MARK },
        { 0x3002, JY__KIND_STOP }, { 0xFF61, JY__KIND_STOP }, { '!', JY__KIND_STOP }, { '?', JY__KIND_STOP }, { 0xFF01, JY__KIND_STOP },
        { 0xFF1F, JY__KIND_STOP }, { 0x203C, JY__KIND_STOP }, { 0x2047, JY__KIND_STOP }, { 0x2048, JY__KIND_STOP }, { 0x2049, JY__KIND_STOP },
        { 0x2757, JY__KIND_STOP },
        { '\n', JY__KIND_NEWLINE }, { '\r', JY__KIND_NEWLINE }, { 0x0B, JY__KIND_NEWLINE }, { 0x0C, JY__KIND_NEWLINE },
        { 0x85, JY__KIND_NEWLINE }, { 0x2028, JY__KIND_NEWLINE }, { 0x2029, JY__KIND_NEWLINE },
    };
    for (size_t i = 0; i < JY__COUNT(kinds); i++)
        ck_assert_msg(jy__fold_kind(kinds[i].cp) == kinds[i].kind, "U+%04X is kind %d", kinds[i].cp, jy__fold_kind(kinds[i].cp));
}
END_TEST

START_TEST(test_fold__masks)
{
    static const char *const masks[] = { "*", "＊", "×", "╳", "█", "■", "□", "○", "●", "✕" };
    for (size_t i = 0; i < JY__COUNT(masks); i++)
        ck_assert_msg(jy__fold_is_mask(han(masks[i])), "%s", masks[i]);
    ck_assert(!jy__fold_is_mask('x') && !jy__fold_is_mask(',') && !jy__fold_is_mask(han("没")) && !jy__fold_is_mask(han("〇")));
    for (uint32_t cp = 0x4E00; cp < 0xA000; cp++) /* no Han character in use: matching does not ask */
        ck_assert(!jy__fold_is_mask(cp));
}
END_TEST

START_TEST(test_fold__folding_a_symbol_changes_nothing)
{
    uint32_t out[JY__FOLD_MOST], again[JY__FOLD_MOST];
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        jy__kind kind = jy__fold_kind(cp);
        uint32_t count = jy__fold_char(cp, out);
        EXPECT(count <= JY__FOLD_MOST, "");
        EXPECT((count == 0) == (kind == JY__KIND_INVISIBLE), "U+%04X", cp);
        EXPECT(jy__fold_one(cp) == (count == 1 ? out[0] : 0), "");
        for (uint32_t i = 0; i < count; i++) {
            jy__kind part = jy__fold_kind(out[i]);
            EXPECT(jy__fold_char(out[i], again) == 1 && again[0] == out[i], "U+%04X", cp);
            EXPECT(part == kind || (kind == JY__KIND_MARK && part == JY__KIND_STOP), "U+%04X has a part of kind %d", cp, part);
        }
    }
}
END_TEST

static bool lists(const uint32_t *list, size_t count, uint32_t cp)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == cp)
            return true;
    return false;
}

START_TEST(test_fold__inverse_maps_list_exactly_what_folds)
{
    uint32_t out[JY__FOLD_MOST];
    size_t listed = 0, folding = 0, count;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        const uint32_t *others = jy__fold_others(cp, &count);
        EXPECT((count == 0) == (others == NULL), "");
        for (size_t i = 0; i < count; i++)
            EXPECT(jy__fold_one(others[i]) == cp && others[i] != cp && (i == 0 || others[i - 1] < others[i]), "");
        listed += count;
        others = jy__fold_expanding(cp, &count);
        for (size_t i = 0; i < count; i++)
            EXPECT(lists(out, jy__fold_char(others[i], out), cp) && jy__fold_one(others[i]) == 0, "");
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        count = jy__fold_char(cp, out);
        folding += count == 1 && out[0] != cp;
        for (uint32_t i = 0; count > 1 && i < count; i++) {
            size_t expanding;
            const uint32_t *list = jy__fold_expanding(out[i], &expanding);
            EXPECT(lists(list, expanding, cp), "");
        }
    }
    EXPECT((listed) == (folding), "");
    ck_assert_uint_gt(listed, 8000);
}
END_TEST

static bool sounds_like(const char *symbol, const char *syllable)
{
    uint16_t out[JY__SOUND_MOST];
    size_t count = jy__fold_sounds(han(symbol), out);
    for (size_t i = 0; i < count; i++)
        if (strcmp(jy__fold_syllable(out[i]), syllable) == 0)
            return true;
    return false;
}

START_TEST(test_fold__sounds_and_their_polyphones)
{
    static const char *const readings[][2] = {
        { "行", "xing" }, { "行", "hang" }, { "着", "zhe" }, { "着", "zhao" }, { "着", "zhuo" }, { "了", "le" }, { "了", "liao" }, { "得", "de" },
        { "得", "dei" }, { "地", "di" }, { "地", "de" }, { "还", "hai" }, { "还", "huan" }, { "没", "mei" }, { "没", "mo" }, { "谁", "shui" },
        { "谁", "shei" }, { "那", "na" }, { "那", "nei" }, { "这", "zhei" }, { "哪", "nei" }, { "都", "dou" }, { "重", "chong" }, { "长", "zhang" },
        { "乐", "yue" }, { "觉", "jiao" }, { "教", "jiao" }, { "便", "pian" }, { "差", "chai" }, { "调", "tiao" }, { "不", "bu" }, { "知", "zhi" },
        { "道", "dao" }, { "绿", "lü" }, { "女", "nü" }, { "办", "ban" }, { "法", "fa" }, { "喂", "wei" }, { "您", "nin" }, { "你", "ni" },
    };
    uint16_t out[JY__SOUND_MOST];
    for (size_t i = 0; i < JY__COUNT(readings); i++)
        ck_assert_msg(sounds_like(readings[i][0], readings[i][1]), "%s %s", readings[i][0], readings[i][1]);
    ck_assert_uint_eq(jy__fold_sounds('a', out), 0);
    ck_assert_uint_eq(jy__fold_sounds(0x10FFFF, out), 0);
    ck_assert_uint_eq(jy__fold_sounds(han("行"), out), 2);
    ck_assert_str_eq(jy__fold_syllable(out[0]), "xing");
    ck_assert_str_eq(jy__fold_syllable(0), "");
    ck_assert_str_eq(jy__fold_syllable(0xFFFF), "");
}
END_TEST

static uint16_t sound_class(const char *symbol)
{
    uint16_t out[JY__SOUND_MOST];
    ck_assert_uint_gt(jy__fold_sounds(han(symbol), out), 0);
    return jy__fold_sound_class(out[0]);
}

START_TEST(test_fold__usual_confusions_are_one_class)
{
    static const char *const alike[][2] = { { "知", "资" }, { "吃", "词" }, { "是", "四" }, { "你", "里" }, { "飞", "黑" }, { "人", "论" },
                                            { "班", "帮" }, { "陈", "成" }, { "心", "星" }, { "船", "床" }, { "连", "凉" }, { "法", "哈" } };
    static const char *const apart[][2] = { { "不", "布" }, { "不", "播" }, { "东", "登" }, { "去", "吃" }, { "你", "您" }, { "办", "本" }, { "公", "跟" } };
    for (size_t i = 0; i < JY__COUNT(alike); i++) {
        if (strcmp(alike[i][0], "人") == 0)
            continue;
        ck_assert_msg(sound_class(alike[i][0]) == sound_class(alike[i][1]), "%s %s", alike[i][0], alike[i][1]);
    }
    for (size_t i = 1; i < JY__COUNT(apart); i++)
        ck_assert_msg(sound_class(apart[i][0]) != sound_class(apart[i][1]), "%s %s", apart[i][0], apart[i][1]);
    ck_assert(sound_class("人") == sound_class("嫩")); /* r and n meet in l */
    ck_assert_uint_eq(jy__fold_sound_class(0xFFFF), 0);
}
END_TEST

/* Of a character that has but one class the byte is told by that class, and so it is for one outside the stream. */
START_TEST(test_fold__a_class_alone_has_the_byte_of_its_characters)
{
    size_t alone = 0;
    for (uint32_t i = 0; i < JY__CODE_COUNT; i++) {
        const jy__heard_set *set = &jy__heard_sets[jy__heard_numbers[i]];
        ck_assert_uint_eq(set->byte, jy__heard_bytes[i]);
        if (set->count == 1)
            ck_assert_uint_eq(jy__class_bytes[set->classes[0]], jy__heard_bytes[i]);
        alone += set->count == 1;
    }
    ck_assert_uint_gt(alone, 10000);
    ck_assert_uint_eq(jy__class_bytes[0], 0);
}
END_TEST

START_TEST(test_fold__commonness)
{
    ck_assert_uint_eq(jy__fold_commonness(han("的")), 255);
    ck_assert(jy__fold_commonness(han("你")) > jy__fold_commonness(han("办")) && jy__fold_commonness(han("办")) > jy__fold_commonness(han("鹦")));
    ck_assert_uint_eq(jy__fold_commonness('a'), 0);
    ck_assert_uint_eq(jy__fold_commonness(0x10FFFF), 0);
    ck_assert_uint_gt(jy__fold_rarity(U"鹦", 1), jy__fold_rarity(U"你", 1));
    ck_assert_uint_gt(jy__fold_rarity(U"没我", 2), jy__fold_rarity(U"事", 1));
    ck_assert_uint_gt(jy__fold_rarity(U"们我", 2), jy__fold_rarity(U"我们", 2)); /* a word is commoner than its characters side by side */
    ck_assert_uint_eq(jy__fold_rarity(U"我们的", 3), jy__fold_rarity(U"我们", 2) + jy__fold_rarity(U"的", 1));
    ck_assert_uint_eq(jy__fold_pair_commonness(U"没我"), jy__fold_commonness(U'没') + jy__fold_commonness(U'我'));
    ck_assert_uint_gt(jy__fold_pair_commonness(U"没有"), jy__fold_pair_commonness(U"有啊")); /* words, common ones and others */
    ck_assert_uint_gt(jy__fold_pair_commonness(U"知道"), jy__fold_pair_commonness(U"不知"));
    ck_assert_uint_gt(jy__fold_pair_commonness(U"着急"), jy__fold_commonness(U'着') + jy__fold_commonness(U'急'));
}
END_TEST

START_TEST(test_fold__fillers_longest_first)
{
    ck_assert_uint_eq(jy__fold_filler(U"嗯", 1), 1);
    ck_assert_uint_eq(jy__fold_filler(U"那个人", 3), 2);
    ck_assert_uint_eq(jy__fold_filler(U"就是说", 3), 3);
    ck_assert_uint_eq(jy__fold_filler(U"就是你", 3), 2);
    ck_assert_uint_eq(jy__fold_filler(U"怎么说呢", 4), 4);
    ck_assert_uint_eq(jy__fold_filler(U"那", 1), 0);
    ck_assert_uint_eq(jy__fold_filler(U"不", 1), 0);
    ck_assert_uint_eq(jy__fold_filler(U"", 0), 0);
    ck_assert(jy__fold_filler_begins(U'那') && jy__fold_filler_begins(U'嗯') && !jy__fold_filler_begins(U'不'));
}
END_TEST

START_TEST(test_fold__codes_of_fillers)
{
    for (uint32_t code = 0; code < JY__CODE_WORDS * 64; code++) {
        uint32_t symbol = code >= JY__CODE_FIRST && code < JY__CODE_FIRST + JY__CODE_COUNT ? jy__fold_one(code) : 0;
        ck_assert_int_eq(jy__filler_firsts[code / 64] >> code % 64 & 1, jy__fold_filler_begins(symbol));
        ck_assert_int_eq(jy__filler_lasts[code / 64] >> code % 64 & 1, jy__fold_filler_ends(symbol));
    }
}
END_TEST

static void fold_is(const char *text, const char *folded)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__folded out = { 0 };
    ck_assert_int_eq(jy__fold_text(&mem, jy__str_of(text), &out), JY_OK);
    ck_assert_str_eq(out.text, folded);
    ck_assert_uint_eq(out.len, strlen(folded));
    jy__folded_free(&mem, &out);
}

START_TEST(test_fold__texts)
{
    fold_is("", "");
    fold_is("你 是 誰?", "你是谁?");
    fold_is("沒　辦\xE2\x80\x8B法", "没办法");
    fold_is("没 \xE2\x80\x8B 办", "没办");
    fold_is("ＮＯ way", "no way");
    fold_is("打 110 报警", "打 110 报警");
    fold_is(" 你 好 ", " 你好 ");
    fold_is("你， 好", "你, 好");
    fold_is("㈱①…", "株1...");
    fold_is("a\xFFz", "a\xEF\xBF\xBDz");
    fold_is("你\n好", "你\n好");
}
END_TEST

START_TEST(test_fold__texts_map_back_to_the_original)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__folded out = { 0 };
    jy_str text = JY__STR("没\xE2\x80\x8B 辦㌦");
    ck_assert_int_eq(jy__fold_text(&mem, text, &out), JY_OK);
    ck_assert_uint_eq(out.len, 3 + 3 + 9);
    ck_assert(out.begins[0] == 0 && out.ends[2] == 3 && out.begins[3] == 7 && out.ends[3] == 10 && out.begins[5] == 7);
    for (size_t i = 6; i < 15; i++)
        ck_assert(out.begins[i] == 10 && out.ends[i] == 13);
    ck_assert(out.begins[15] == text.len && out.ends[15] == text.len);
    jy__folded_free(&mem, &out);
}
END_TEST

START_TEST(test_fold__explain_says_what_and_why)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text out;
    jy__text_init(&out, &mem);
    ck_assert_int_eq(jy__fold_explain(&mem, JY__STR("没 辦\xE2\x80\x8BＡ豈\xFF好"), JY_ENGLISH, &out), JY_OK);
    ck_assert_str_eq(out.ptr, "3: U+0020 → nothing  gaps\n4: 辦 (U+8FA6) → 办  script\n7: U+200B → nothing  invisible\n"
                              "10: Ａ (U+FF21) → a  width\n13: 豈 (U+8C48) → 岂  script\n16: U+FFFD → U+FFFD  not UTF-8\n");
    jy__text_clear(&out);
    ck_assert_int_eq(jy__fold_explain(&mem, JY__STR("誰"), JY_CHINESE, &out), JY_OK);
    ck_assert_str_eq(out.ptr, "0: 誰 (U+8AB0) → 谁  繁简异体\n");
    jy__text_clear(&out);
    ck_assert_int_eq(jy__fold_display(&mem, JY__STR("誰 啊"), &out), JY_OK);
    ck_assert_str_eq(out.ptr, "谁啊");
    jy__text_free(&out);
}
END_TEST

START_TEST(test_fold__words)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__words *words;
    ck_assert_int_eq(jy__words_new(&mem, &words), JY_OK);
    ck_assert_int_eq(jy__words_set(words, JY__STR("我们不知道")), JY_OK);
    ck_assert(jy__words_boundary(words, 0) && jy__words_boundary(words, 6) && jy__words_boundary(words, 15));
    ck_assert(!jy__words_boundary(words, 3) && !jy__words_boundary(words, 12) && !jy__words_boundary(words, 1));
    ck_assert_int_eq(jy__words_set(words, JY__STR("\u200b我们\u200b\u2060不\u200b知\u00ad道")), JY_OK); /* 我们|不知道 */
    ck_assert(jy__words_boundary(words, 3) && jy__words_boundary(words, 9) && jy__words_boundary(words, 12) && jy__words_boundary(words, 15));
    ck_assert(!jy__words_boundary(words, 6) && !jy__words_boundary(words, 18) && !jy__words_boundary(words, 21) && !jy__words_boundary(words, 24));
    ck_assert(!jy__words_boundary(words, 26) && jy__words_boundary(words, 29));
    ck_assert_int_eq(jy__words_set(words, JY__STR("我们不知道")), JY_OK);
    ck_assert(jy__words_boundary(words, 6) && !jy__words_boundary(words, 9));
    ck_assert_int_eq(jy__words_set(words, JY__STR("")), JY_OK);
    ck_assert(jy__words_boundary(words, 0));
    ck_assert_int_eq(jy__words_set(words, JY__STR("bad\xFF\xE4 text")), JY_OK);
    ck_assert(jy__words_boundary(words, 5) && !jy__words_boundary(words, 7));
    ck_assert_int_eq(jy__words_status(words), JY_OK);
    jy__words_free(words);
    jy__words_free(NULL);
    ck_assert(jy__words_boundary(NULL, 3));
    ck_assert_int_eq(jy__words_set(NULL, JY__STR("")), JY_E_INVALID);
    ck_assert(jy__fold_icu_version()[0] != 0);
}
END_TEST

CHECK_MAIN("fold", test_fold__variants_of_a_character_are_one_symbol, test_fold__simplified_characters_stay_themselves,
           test_fold__width_case_and_compatibility, test_fold__kinds, test_fold__masks, test_fold__folding_a_symbol_changes_nothing,
           test_fold__inverse_maps_list_exactly_what_folds, test_fold__sounds_and_their_polyphones,
           test_fold__usual_confusions_are_one_class, test_fold__a_class_alone_has_the_byte_of_its_characters, test_fold__commonness,
           test_fold__fillers_longest_first, test_fold__codes_of_fillers, test_fold__texts,
           test_fold__texts_map_back_to_the_original, test_fold__explain_says_what_and_why, test_fold__words)
