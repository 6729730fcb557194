/* fold: whole texts. Random texts made of what folding must get right: offsets at every prefix, folding twice, no memory. */
#include "../check_main.h"
#include "fold_files.h"

static uint64_t state = 0x9E3779B97F4A7C15u;

static uint32_t random_below(uint32_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 20) % limit);
}

/* One in eight characters is any code point, one in sixteen a bad byte; the rest is from what calls hold. */
static size_t random_text(char *out, size_t characters)
{
    static const uint32_t pool[] = { 0x4F60, 0x8AB0, 0x8FA6, 0x6C92, 0x5463, ' ', ' ', 0x3000, '\t', 0x200B, 0xFEFF, 0xAD, 0xFF0C, 0x3002, '?', '!',
                                     'a', 'Z', 0xFF21, '1', 0x2460, 0x3231, 0x2026, 0x3326, 0xFDFA, 0x304C, 0xFF76, 0xFF9E, 0xE9, 0x301, 0xF900,
                                     0x2F00, 0x1F600, 0x20000, 0x2F800, '\n', 0x2028, '*', 0xFFFD, 0xE0100, 0xAC00, 0 };
    size_t len = 0;
    for (size_t i = 0; i < characters; i++) {
        uint32_t roll = random_below(16);
        if (roll == 0)
            out[len++] = (char)(0x80 + random_below(128));
        else
            len += jy__utf8_put(roll < 3 ? random_below(0x110000) : pool[random_below(JY__COUNT(pool))], out + len);
    }
    return len;
}

START_TEST(test_fold__prefixes_of_the_original_fold_to_prefixes)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__folded whole = { 0 }, part = { 0 };
    char text[256];
    size_t prefixes = 0;
    for (int round = 0; round < 20000; round++) {
        jy_str all = { text, random_text(text, 1 + random_below(24)) };
        EXPECT((jy__fold_text(&mem, all, &whole)) == JY_OK, "");
        for (size_t i = 0; i < whole.len; i++) {
            EXPECT(whole.begins[i] < whole.ends[i] && whole.ends[i] <= all.len && whole.begins[i] <= whole.begins[i + 1], "");
            if (whole.begins[i + 1] == whole.begins[i] && i + 1 < whole.len)
                continue;
            EXPECT((jy__fold_text(&mem, (jy_str){ text, whole.ends[i] }, &part)) == JY_OK, "");
            EXPECT((part.len) == (i + 1), "");
            EXPECT(memcmp(part.text, whole.text, part.len) == 0, "");
            prefixes++;
        }
    }
    ck_assert_uint_gt(prefixes, 100000);
    jy__folded_free(&mem, &whole);
    jy__folded_free(&mem, &part);
}
END_TEST

START_TEST(test_fold__folding_a_folded_text_changes_nothing)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__folded once = { 0 }, twice = { 0 };
    char text[256];
    for (int round = 0; round < 50000; round++) {
        jy_str all = { text, random_text(text, random_below(24)) };
        EXPECT((jy__fold_text(&mem, all, &once)) == JY_OK, "");
        EXPECT((jy__fold_text(&mem, (jy_str){ once.text, once.len }, &twice)) == JY_OK, "");
        EXPECT(once.len == twice.len && memcmp(once.text, twice.text, once.len) == 0, "");
        for (size_t i = 0; i < twice.len; i++)
            EXPECT(twice.begins[i] <= i && i < twice.ends[i], ""); /* every character maps to itself */
        EXPECT((jy__utf8_bad((jy_str){ once.text, once.len }, NULL)) == (0), "");
    }
    jy__folded_free(&mem, &once);
    jy__folded_free(&mem, &twice);
}
END_TEST

/* Every folded byte is one of the symbols of the original character that the maps name: the slow and obvious fold. */
START_TEST(test_fold__every_byte_comes_from_its_character)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__folded folded = { 0 };
    char text[256];
    for (int round = 0; round < 20000; round++) {
        jy_str all = { text, random_text(text, random_below(24)) };
        size_t at = 0;
        EXPECT((jy__fold_text(&mem, all, &folded)) == JY_OK, "");
        while (at < folded.len) {
            const char *p = text + folded.begins[at];
            uint32_t symbols[JY__FOLD_MOST], count;
            char bytes[JY__FOLD_MOST * 4];
            size_t len = 0;
            bool valid;
            count = jy__fold_char(jy__utf8_next(&p, text + all.len, &valid), symbols);
            for (uint32_t i = 0; i < count; i++)
                len += jy__utf8_put(symbols[i], bytes + len);
            EXPECT(len > 0 && at + len <= folded.len && memcmp(folded.text + at, bytes, len) == 0, "");
            EXPECT((folded.ends[at + len - 1]) == ((size_t)(p - text)), "");
            at += len;
        }
    }
    jy__folded_free(&mem, &folded);
}
END_TEST

/* An allocator that fails at the nth request, and counts what is out. */
typedef struct fuse { size_t left, bytes; } fuse;

static void *fuse_realloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    fuse *self = ctx;
    void *grown;
    if (self->left == 0)
        return NULL;
    self->left--;
    grown = realloc(ptr, new_size);
    self->bytes += new_size - old_size;
    return grown;
}

static void fuse_free(void *ctx, void *ptr, size_t size)
{
    ((fuse *)ctx)->bytes -= size;
    free(ptr);
}

static int fold_everything(const jy__mem *mem, jy_str text)
{
    jy__folded folded = { 0 };
    jy__text shown;
    jy__words *words = NULL;
    int status;
    jy__text_init(&shown, mem);
    status = jy__fold_text(mem, (jy_str){ text.ptr, 10 }, &folded);
    if (status == JY_OK) status = jy__fold_text(mem, text, &folded);
    if (status == JY_OK) status = jy__fold_display(mem, text, &shown);
    if (status == JY_OK) status = jy__fold_explain(mem, text, JY_CHINESE, &shown);
    if (status == JY_OK) status = jy__words_new(mem, &words);
    jy__folded_free(mem, &folded);
    jy__text_free(&shown);
    jy__words_free(words);
    return status;
}

START_TEST(test_fold__no_memory_at_any_place)
{
    static const char text[] = "\xEF\xB7\xBA\xEF\xB7\xBA\xEF\xB7\xBA\xEF\xB7\xBA 你 是 誰呀，沒 辦 法 ㌦㌦㌦㌦㌦㌦㌦㌦";
    fuse ctx = { 0, 0 };
    jy_alloc alloc = { &ctx, fuse_realloc, fuse_free };
    jy__mem mem = jy__mem_of(&alloc);
    size_t failures = 0;
    for (size_t n = 0;; n++) {
        int status;
        ctx = (fuse){ n, 0 };
        status = fold_everything(&mem, JY__STR(text));
        ck_assert_uint_eq(ctx.bytes, 0);
        if (status == JY_OK)
            break;
        ck_assert_int_eq(status, JY_E_NOMEM);
        failures++;
    }
    ck_assert_uint_gt(failures, 8);
}
END_TEST

START_TEST(test_fold__cost_is_linear_in_long_runs)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__folded folded = { 0 };
    size_t len = (size_t)4 << 20;
    char *text = malloc(len);
    ck_assert(text != NULL);
    memset(text, ' ', len);
    memcpy(text, "你", 3);
    memcpy(text + len - 3, "好", 3);
    ck_assert_int_eq(jy__fold_text(&mem, (jy_str){ text, len }, &folded), JY_OK);
    ck_assert_uint_eq(folded.len, 6);
    ck_assert_uint_eq(folded.begins[3], len - 3);
    jy__folded_free(&mem, &folded);
    free(text);
}
END_TEST

CHECK_MAIN("fold-text", test_fold__prefixes_of_the_original_fold_to_prefixes, test_fold__folding_a_folded_text_changes_nothing,
           test_fold__every_byte_comes_from_its_character, test_fold__no_memory_at_any_place, test_fold__cost_is_linear_in_long_runs)
