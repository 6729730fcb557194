/* fold: what is said of a word boundary without ICU, or by ICU of the few characters around it, is what ICU says of the whole text. Random texts made of
 * common words, of characters that make words by chance, and of all that stands beside Han. */
#include "../check_main.h"
#include "fold/fold_near.h"
#include "fold_files.h"
#include <unicode/ubrk.h>
#include <unicode/utf16.h>
#include <unicode/uversion.h>

#define CHARACTERS 64

/* A text, and the same for ICU: in UTF-16 and without what is invisible. Each place of the one, with its place in the other. */
typedef struct sample {
    char bytes[CHARACTERS * 4];
    size_t len, count, at[CHARACTERS + 1];
    UChar units[CHARACTERS * 2];
    int32_t unit_count, unit_at[CHARACTERS + 1];
} sample;

static uint32_t words[4096][2], word_count, common[4096], common_count;

static uint32_t random_below(uint32_t limit)
{
    static uint64_t state = 0x9E3779B97F4A7C15u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 20) % limit);
}

static void add_char(sample *s, uint32_t cp)
{
    if (s->count == CHARACTERS)
        return;
    s->at[s->count] = s->len;
    s->unit_at[s->count++] = s->unit_count;
    s->len += jy__utf8_put(cp, s->bytes + s->len);
    if (jy__fold_kind(cp) != JY__KIND_INVISIBLE)
        U16_APPEND_UNSAFE(s->units, s->unit_count, cp);
    s->at[s->count] = s->len;
    s->unit_at[s->count] = s->unit_count;
}

static void read_words(void)
{
    char line[8192];
    FILE *file = fopen(FOLD_DIR "/common_words.tsv", "r");
    ck_assert(file != NULL);
    word_count = common_count = 0;
    while (fgets(line, sizeof(line), file)) {
        const char *p = strchr(line, '\t'), *end = line + strcspn(line, "\n");
        bool valid;
        while (*line != '#' && p && p + 6 < end && word_count < JY__COUNT(words)) {
            p++;
            words[word_count][0] = common[common_count++ % JY__COUNT(common)] = jy__utf8_next(&p, end, &valid);
            words[word_count++][1] = jy__utf8_next(&p, end, &valid);
        }
    }
    fclose(file);
    ck_assert_uint_gt(word_count, 1000);
}

/* Words of three and more, and such as begin like the end of others. */
static const char *const long_words[] = { "服务区", "办公室", "电话号码", "莫名其妙", "不知所措", "中华人民共和国", "人民大会堂", "自动售货机", "图书馆", "大学生", "研究生",
    "生命力", "一心一意", "意大利", "利用率", "不得不", "对不起", "起重机", "机关枪", "有意思", "没关系", "系统性", "性价比", "公安局", "局长", "派出所", "所有人", "人工智能",
    "能不能", "东西南北", "北京市", "市场经济", "经济学家", "家庭作业", "工作人员", "员工", "报警器", "无线电", "电视台", "台湾省", "省委书记", "记者招待会", "会议室",
    "三心二意", "意想不到", "到底", "不好意思", "思想家", "乌鲁木齐", "齐心协力", "力所能及", "差不多", "多媒体", "体育馆", "馆子", "天下太平", "平方米", "米老鼠", "百分之百",
    "九三军人节", "崗位責任制", "一九四九年", "平地一声雷", "拜倒石榴裙", "本四連絡橋", "リアス式海岸", "リトマス試験紙", "オウム真理教", "ガス会社前", "お釈迦様", "お客様", "お姫様", "お値下げ" };

/* What stands beside Han: marks at which it ends, and what may go on with it, be attached to it or be nothing. */
static const uint32_t beside[] = { ',', '.', '?', ' ', '_', 'a', '7', '\'', '~', '\t', 0xFF0C, 0x3002, 0xFF01, 0xFF1F, 0x3001, 0xFF1A, 0xFF1B, 0xFF10, 0x3000, 0x300A, 0x300B,
    0x300C, 0x300D, 0x300E, 0x3010, 0x3011, 0x201C, 0x201D, 0x2018, 0x2019, 0x2026, 0x2014, 0x3005, 0x3007, 0x30FC, 0x304C, 0x306E, 0x30AB, 0xFF76, 0xFF9E, 0x3099, 0x301,
    0xAC00, 0xF900, 0x3400, 0x20000, 0x9FA6, 0x1F600, 0x200B, 0x200D, 0xFEFF, 0xFE0F, 0xE0100, 0xAD, 0x2060, 0xB7, 0x30FB, 0x3003, 0x3012, 0xFF20, 0xFF21, 0xFF3F, 0x7F, 0x1F };

/* A long word, or what is left of it when it is cut; something invisible may be in it. */
static void add_long(sample *s)
{
    const char *p = long_words[random_below(JY__COUNT(long_words))], *end = p + strlen(p);
    bool valid;
    if (random_below(2))
        p += 3 * random_below((uint32_t)(end - p) / 3);
    if (random_below(2))
        end -= 3 * random_below((uint32_t)(end - p) / 3);
    while (p < end) {
        add_char(s, jy__utf8_next(&p, end, &valid));
        if (!random_below(16))
            add_char(s, 0x200B);
    }
}

static void make_sample(sample *s, size_t characters)
{
    s->len = s->count = 0;
    s->unit_count = 0;
    while (s->count < characters) {
        uint32_t roll = random_below(20);
        const uint32_t *word = words[random_below(word_count)];
        if (roll < 5) {
            add_char(s, word[0]);
            add_char(s, word[1]);
        } else if (roll < 12) {
            add_char(s, common[random_below(common_count)]);
        } else if (roll < 13) {
            add_char(s, 0x4E00 + random_below(0x51A6));
        } else if (roll >= 16) {
            add_long(s);
        } else {
            add_char(s, beside[random_below(JY__COUNT(beside))]);
        }
    }
}

static void expect_all(const sample *s, UBreakIterator *breaks, jy__words *own)
{
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(breaks, s->units, s->unit_count, &status);
    EXPECT(U_SUCCESS(status), "");
    EXPECT(jy__words_set(own, (jy_str){ s->bytes, s->len }) == JY_OK, "");
    for (size_t i = 1; i < s->count; i++) { /* from somewhere in the middle on: what was asked before must not matter */
        size_t place = (i + s->count / 2) % s->count;
        bool expected = place == 0 || ubrk_isBoundary(breaks, s->unit_at[place]);
        EXPECT(jy__words_boundary(own, s->at[place]) == expected, "place %zu of %.*s", s->at[place], (int)s->len, s->bytes);
    }
}

START_TEST(test_near__boundaries_are_those_of_the_whole_text)
{
    jy__mem mem = jy__mem_of(NULL);
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    jy__words *own;
    sample s;
    ck_assert(U_SUCCESS(status));
    ck_assert_int_eq(jy__words_new(&mem, &own), JY_OK);
    read_words();
    for (int round = 0; round < 60000; round++) {
        make_sample(&s, 2 + random_below(round % 4 ? 12 : CHARACTERS - 4));
        expect_all(&s, breaks, own);
    }
    ck_assert_int_eq(jy__words_status(own), JY_OK);
    jy__words_free(own);
    ubrk_close(breaks);
}
END_TEST

/* Every character that may end what is near, before Han and behind it, at which a word must then end whatever comes next. */
START_TEST(test_near__marks_that_end_words)
{
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    size_t known = 0;
    ck_assert(U_SUCCESS(status));
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        sample s = { .len = 0 };
        jy_span near;
        if (U_IS_SURROGATE(cp) || (cp >= JY__NEAR_FIRST && cp <= JY__NEAR_LAST))
            continue;
        add_char(&s, cp);
        add_char(&s, 0x597D);
        add_char(&s, cp);
        if (jy__near_place((jy_str){ s.bytes, s.len }, s.at[1], &near) == JY__NEAR_UNKNOWN)
            continue;
        known++;
        EXPECT(jy__fold_kind(cp) != JY__KIND_INVISIBLE, "U+%04X", cp);
        EXPECT(jy__near_place((jy_str){ s.bytes, s.len }, s.at[2], &near) == JY__NEAR_BOUNDARY, "U+%04X", cp);
        ubrk_setText(breaks, s.units, s.unit_count, &status);
        EXPECT(ubrk_isBoundary(breaks, s.unit_at[1]) && ubrk_isBoundary(breaks, s.unit_at[2]), "U+%04X", cp);
    }
    ck_assert_uint_eq(known, 95 + 3 + 10 + 31 + 6);
    ubrk_close(breaks);
}
END_TEST

/* Or else nothing is gained: of talk nearly all is known from what is near, and most without ICU. */
START_TEST(test_near__talk_is_known)
{
    char line[4096];
    size_t counts[JY__NEAR_UNKNOWN + 1] = { 0 }, all = 0;
    FILE *file = fopen(TEST_DIR "/sentences.txt", "r");
    UVersionInfo icu;
    u_getVersion(icu);
    ck_assert_mem_eq(icu, jy__parts_of_icu, sizeof(icu));
    ck_assert(file != NULL);
    while (fgets(line, sizeof(line), file)) {
        jy_str text = { line, strcspn(line, "\n") };
        for (size_t at = 3; at < text.len; at++) {
            jy_span near;
            if (((unsigned char)line[at] & 0xC0) == 0x80)
                continue;
            counts[jy__near_place(text, at, &near)]++;
            all++;
        }
    }
    fclose(file);
    ck_assert_uint_gt(all, 800);
    ck_assert_uint_lt(counts[JY__NEAR_UNKNOWN] * 20, all);
    ck_assert_uint_gt(counts[JY__NEAR_BOUNDARY] * 2, all);
}
END_TEST

CHECK_MAIN("near", test_near__boundaries_are_those_of_the_whole_text, test_near__marks_that_end_words, test_near__talk_is_known)
