/* match: every engine against the slow reference where three blocks are read at once, in slots of three bytes: whatever stands at whichever byte of
 * them. */
#include "compare_engines.h"
#include <sys/mman.h>
#include <unistd.h>

#define SPAN 192
#define CHUNK 16384

static const char *const list[] = { "不知道", "没办法", "你是谁" };
static const char *const odd[] = { "\x80", "\x80\x80", "\xE4", "\xE4\xBD", "\xE4\xE4\xE4", "\xC3", "\xF0\x9F\x98", "\xED\xA0\x80", "\xE0\x80\x80", "\xFF", "é", "𠀀", "😀", "豈",
                                  "\n", "\r\n", "*", "不知道", "没，办法" };

/* Usual talk up to a place, by characters of three bytes and ASCII, from whichever byte of a slot on; cut there. */
static void put_talk(bench *b, size_t end)
{
    static const char *const talk[] = { "道是，", "知道吗？", "办 ", "你是谁", "不知 道", "5G", "沒办法。", "\n" };
    while (b->text.len < end)
        jy__text_c(&b->text, talk[roll(&b->dice, JY__COUNT(talk))]);
    b->text.len = end;
}

static size_t compare_one(bench *b, size_t at, const char *piece, size_t end)
{
    jy__text_clear(&b->text);
    put_talk(b, at);
    jy__text_c(&b->text, piece);
    put_talk(b, end > b->text.len ? end : b->text.len);
    compare(b, NULL, 0);
    return b->expected.matches.count;
}

/* Of two spans, what stands before it being cut short or not. */
START_TEST(test_match__engines_agree_on_each_byte_of_a_span)
{
    bench b = { 0 };
    size_t number = 0, found = 0, compared = 0;
    set_up_with(&b, 51, list, JY__COUNT(list));
    for (size_t piece = 0; piece < JY__COUNT(odd); piece++)
        for (size_t at = SPAN - 4; at <= 2 * SPAN + 4; at++) {
            if (check_skips(number++))
                continue;
            found += compare_one(&b, at, odd[piece], 3 * SPAN + 10 + roll(&b.dice, 70));
            compared++;
        }
    ck_assert_uint_gt(found, 5 * compared);
    tear_down(&b);
}
END_TEST

/* A chunk is 85 spans and a block. */
START_TEST(test_match__engines_agree_where_spans_and_chunks_end)
{
    static const size_t ends[] = { CHUNK - 64, CHUNK };
    bench b = { 0 };
    size_t number = 0, found = 0, compared = 0;
    set_up_with(&b, 52, list, JY__COUNT(list));
    for (size_t piece = 0; piece < JY__COUNT(odd); piece++)
        for (size_t end = 0; end < JY__COUNT(ends); end++)
            for (size_t back = 0; back < 6; back++) {
                if (check_skips(number++))
                    continue;
                found += compare_one(&b, ends[end] + 1 - back, odd[piece], CHUNK + SPAN);
                compared++;
            }
    ck_assert_uint_gt(found, 100 * compared);
    tear_down(&b);
}
END_TEST

/* Where memory ends behind the last span, or soon. */
START_TEST(test_match__engines_stay_inside_the_last_span)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    bench b = { 0 };
    set_up_with(&b, 53, list, JY__COUNT(list));
    ck_assert_ptr_ne(pages, MAP_FAILED);
    ck_assert_int_eq(mprotect(pages + page, page, PROT_NONE), 0);
    for (size_t len = 2 * SPAN - 8; len < 3 * SPAN + 8; len++)
        for (size_t round = 0; round < 3; round++) {
            if (check_skips(len * 3 + round))
                continue;
            jy__text_clear(&b.text);
            jy__text_c(&b.text, round == 1 ? " " : round ? "  " : "");
            put_talk(&b, len);
            memcpy(pages + page - len, b.text.ptr, len);
            compare_engines(&b, (jy_str){ pages + page - len, len }, b.phrases.items, b.phrases.count, NULL, 0);
        }
    tear_down(&b);
    munmap(pages, 2 * page);
}
END_TEST

/* Nothing but leads, or what goes on with none: each byte is claimed by three, or by none. */
START_TEST(test_match__engines_agree_on_bytes_that_are_claimed_thrice)
{
    static const char *const bytes[] = { "\xE4", "\xBD", "\xE4\xE4\xBD", "\xE4\xBD", "\xE4\xBD\xA0\xBD", "\xEF\xBC\xE4\xBD\xA0", "a\xE4", "\xE4\x80\x80\x80" };
    bench b = { 0 };
    set_up_with(&b, 54, list, JY__COUNT(list));
    for (size_t i = 0; i < JY__COUNT(bytes); i++)
        for (size_t lead = 0; lead < SPAN + 3; lead += 7) {
            if (check_skips(lead * JY__COUNT(bytes) + i))
                continue;
            jy__text_clear(&b.text);
            put_talk(&b, lead);
            while (b.text.len < 3 * SPAN)
                jy__text_c(&b.text, bytes[i]);
            put_talk(&b, 4 * SPAN);
            compare(&b, NULL, 0);
        }
    tear_down(&b);
}
END_TEST

CHECK_MAIN("match engines spans", test_match__engines_agree_on_each_byte_of_a_span, test_match__engines_agree_where_spans_and_chunks_end,
           test_match__engines_stay_inside_the_last_span, test_match__engines_agree_on_bytes_that_are_claimed_thrice)
