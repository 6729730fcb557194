/* base: UTF-8 with offsets, text, maps, arenas, settings. */
#include "../check_main.h"
#include "base/base.h"
#include <errno.h>

START_TEST(test_base__utf8_round_trips_every_code_point)
{
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        const char *p = bytes;
        size_t len;
        bool valid, same;
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        len = jy__utf8_put(cp, bytes);
        same = jy__utf8_next(&p, bytes + len, &valid) == cp;
        if (!same || !valid || p != bytes + len || jy__utf8_before(bytes, len) != 0) /* a macro of Check a million times takes long */
            ck_abort_msg("U+%04X", cp);
    }
}
END_TEST

START_TEST(test_base__utf8_bad_subparts_follow_unicode_table_3_8)
{
    /* Unicode 15 table 3-11: 61 F1 80 80 E1 80 C2 62 80 63 80 BF 64 */
    const char text[] = "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64";
    jy_str str = { text, sizeof(text) - 1 };
    size_t first;
    ck_assert_uint_eq(jy__utf8_count(str), 10);
    ck_assert_uint_eq(jy__utf8_bad(str, &first), 9);
    ck_assert_uint_eq(first, 1);
    ck_assert_uint_eq(jy__utf8_bad(JY__STR("\xED\xA0\x80\xC0\xAF"), NULL), 5);
}
END_TEST

/* By one step at a time, of the slow way alone. */
static void count_slowly(jy_str text, size_t *count, size_t *bad, size_t *first)
{
    *count = *bad = 0;
    *first = SIZE_MAX;
    for (const char *p = text.ptr, *end = p + text.len; p < end; (*count)++) {
        const char *begin = p;
        bool valid;
        jy__utf8_other(&p, end, &valid);
        if (!valid && *first == SIZE_MAX)
            *first = (size_t)(begin - text.ptr);
        *bad += valid ? 0 : (size_t)(p - begin);
    }
}

START_TEST(test_base__utf8_is_counted_in_any_mixture_as_it_is_step_by_step)
{
    static const char *const pieces[] = { "a", "12345678", "你", "好吗", "，", "。", "é", "\xF0\x9F\x98\x80", "\xED\xA0\x80", "\xED\x9F\xBF", "\xE0\x80\x80",
                                          "\xE0\xA0\x80", "\xEF\xBF\xBF", "\xE4\xBD", "\xE4", "\x80", "\xC0", "\xFF" };
    uint32_t chance = 1;
    for (int round = 0; round < 20000; round++) {
        char bytes[96];
        jy_str text = { bytes, 0 };
        size_t count, bad, first, first_found;
        for (int i = 0; i < 12; i++) {
            const size_t of = round & 1 ? 6 : JY__COUNT(pieces); /* good ones follow one another for long */
            const char *piece = pieces[((chance = chance * 1664525 + 1013904223) >> 16) % of];
            memcpy(bytes + text.len, piece, strlen(piece));
            text.len += strlen(piece);
        }
        count_slowly(text, &count, &bad, &first);
        if (jy__utf8_count(text) != count || jy__utf8_bad(text, &first_found) != bad || first_found != first)
            ck_abort_msg("%.*s", (int)text.len, bytes);
    }
}
END_TEST

START_TEST(test_base__units_count_code_points_and_utf16)
{
    jy_str text = JY__STR("a你𠀀b");
    jy__units units;
    jy__units_init(&units, text, JY_UNIT_CODEPOINT);
    ck_assert_uint_eq(jy__units_at(&units, 8), 3);
    ck_assert_uint_eq(jy__units_at(&units, 4), 2);
    jy__units_init(&units, text, JY_UNIT_UTF16);
    ck_assert_uint_eq(jy__units_at(&units, 8), 4);
    ck_assert_uint_eq(jy__units_at(&units, 9), 5);
}
END_TEST

/* The line around each `step`th byte as the map has it, `most` at a time, and as it is found byte by byte. */
static void check_around(jy__lines_way way, jy__lines_map *map, jy_str text, size_t step, size_t most)
{
    size_t number = 0, begin = 0, places[640], count = 0;
    jy__line_at lines[640];
    for (size_t at = 0; at < text.len; at += step)
        places[count++] = at;
    for (size_t at = 0; at < count; at += most)
        jy__lines_around_by(way, map, places + at, count - at < most ? count - at : most, lines + at);
    for (size_t at = 0; at < text.len; at++) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '\n')
            end++;
        if (at % step == 0)
            ck_assert(lines[at / step].begin == begin && lines[at / step].end == end && lines[at / step].before == number);
        if (text.ptr[at] == '\n') {
            begin = at + 1;
            number++;
        }
    }
    ck_assert_uint_eq(jy__lines_of(map), number);
    if (text.len) {
        jy__lines_around_by(way, map, (size_t[]){ 0 }, 1, lines); /* back again */
        ck_assert(lines[0].begin == 0 && lines[0].before == 0);
    }
}

/* As it is made at once, and with words that begin where the text does. */
static void check_map(jy__lines_way way, jy_str text, size_t count)
{
    uint64_t room[JY__LINES_ROOM(640)], own[JY__LINES_ROOM(640)] = { 0 };
    const size_t skew = (uintptr_t)text.ptr % JY__LINES_BLOCK, words = (text.len + skew + JY__LINES_BLOCK - 1) / JY__LINES_BLOCK;
    jy__lines_map map = { .ends = room, .text = text, .skew = skew }, other = { .ends = own, .text = text };
    jy__lines_map_by(way, text.ptr, text.ptr + text.len, room);
    ck_assert_uint_eq(jy__lines_sum_by(way, room, text.len ? words : 0), count);
    if (text.len % 16)
        return;
    check_around(way, &map, text, 1, 640);
    check_around(way, &map, text, 7, 3);
    check_around(way, &map, text, 150, 1);
    for (size_t i = 0; i < text.len; i++)
        own[i / JY__LINES_BLOCK] |= (uint64_t)(text.ptr[i] == '\n') << i % JY__LINES_BLOCK;
    check_around(way, &other, text, 1, 1);
}

/* Every length up to some blocks of each way, begun anywhere, with line ends that lie close, far apart, at both edges and nowhere. */
START_TEST(test_base__lines_are_counted_alike_by_every_way)
{
    enum { MOST = 640 };
    char text[MOST];
    uint32_t random = 1;
    for (unsigned apart = 1; apart < 400; apart = apart * 3 / 2 + 1) {
        for (size_t i = 0; i < sizeof(text); i++) {
            random = random * 1664525 + 1013904223;
            text[i] = (random >> 16) % apart ? (char)(random >> 24) : '\n';
        }
        for (size_t from = 0; from < 70; from += 3)
            for (size_t to = from; to < sizeof(text); to += to < 200 ? 1 : 7) {
                size_t count = 0;
                for (size_t i = from; i < to; i++)
                    count += text[i] == '\n';
                for (jy__lines_way way = JY__LINES_PLAIN; way <= JY__LINES_512; way++) {
                    if (!jy__lines_can(way))
                        continue;
                    if (jy__lines_by(way, text + from, text + to) != count)
                        ck_abort_msg("way %d, apart %u, [%zu, %zu)", way, apart, from, to);
                    check_map(way, (jy_str){ text + from, to - from }, count);
                }
            }
    }
}
END_TEST

START_TEST(test_base__units_go_back_as_they_went)
{
    jy_str text = JY__STR("你\xff\xe4\xbd好𠀀\xf0\x90\x80 b𠀀再见");
    static const int of[] = { JY_UNIT_BYTE, JY_UNIT_CODEPOINT, JY_UNIT_UTF16 };
    for (size_t u = 0; u < JY__COUNT(of); u++)
        for (size_t from = 0; from <= text.len; from++)
            for (size_t to = 0; to <= text.len; to++) {
                jy__units moved, fresh;
                jy__units_init(&moved, text, of[u]);
                jy__units_init(&fresh, text, of[u]);
                jy__units_at(&moved, from);
                ck_assert_uint_eq(jy__units_at(&moved, to), jy__units_at(&fresh, to));
                ck_assert_uint_eq(jy__units_byte(&moved, jy__units_at(&fresh, from)), jy__units_byte(&fresh, jy__units_at(&fresh, from)));
            }
}
END_TEST

START_TEST(test_base__map_keeps_what_was_put)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__map map;
    char keys[500][8];
    uint32_t value;
    jy__map_init(&map, &mem);
    for (uint32_t i = 0; i < 500; i++) {
        snprintf(keys[i], sizeof(keys[i]), "k%u", i);
        ck_assert(jy__map_put(&map, jy__str_of(keys[i]), i));
    }
    for (uint32_t i = 0; i < 500; i++)
        ck_assert(jy__map_get(&map, jy__str_of(keys[i]), &value) && value == i);
    ck_assert(!jy__map_get(&map, JY__STR("none"), &value));
    jy__map_free(&map);
}
END_TEST

START_TEST(test_base__params_have_bounds_and_names)
{
    jy__params params;
    jy_param param;
    int64_t least, most, usual;
    jy__params_init(&params);
    ck_assert_int_eq(jy_param_by_name(JY__STR("regex-match-limit"), &param), JY_OK);
    ck_assert_int_eq(jy_param_bounds(param, &least, &most, &usual), JY_OK);
    ck_assert_int_eq(usual, 100000);
    ck_assert_int_eq(jy__params_set(&params, param, most + 1), JY_E_INVALID);
    ck_assert_int_eq(jy__params_set(&params, param, least), JY_OK);
    ck_assert_int_eq(jy__params_get(&params, param), least);
}
END_TEST

START_TEST(test_base__diags_keep_both_languages)
{
    static const jy__message message = { 1, JY_ERROR, "unknown key {0}, near {1}", "不认识的键 {0},想写 {1}?" };
    jy__mem mem = jy__mem_of(NULL);
    jy__diags diags;
    jy_diag diag = JY_DIAG_INIT;
    jy__diags_init(&diags, &mem);
    jy__diags_add(&diags, &message, JY__STR("f"), JY__STR("r"), (jy__pos){ 3, 4, 5, 6 },
                  (jy_str[]){ JY__STR("forbidd"), JY__STR("forbid") }, 2);
    jy__diags_give(&diags, 0, JY_CHINESE, &diag);
    ck_assert(jy__str_is(diag.message, "不认识的键 forbidd,想写 forbid?"));
    jy__diags_give(&diags, 0, JY_ENGLISH, &diag);
    ck_assert(jy__str_is(diag.message, "unknown key forbidd, near forbid"));
    ck_assert_uint_eq(diag.line, 3);
    jy__diags_free(&diags);
}
END_TEST

START_TEST(test_base__errno_is_told_in_both_languages)
{
    static const int common[] = { ENOENT, EACCES, EISDIR, ENOTDIR, EMFILE, ENFILE, ENOMEM, ELOOP, ENAMETOOLONG, EIO };
    char room[JY__ERRNO_ROOM] = "";
    for (size_t i = 0; i < JY__COUNT(common); i++) {
        jy_str english = jy__errno_text(common[i], JY_ENGLISH, room), chinese = jy__errno_text(common[i], JY_CHINESE, room);
        ck_assert_str_eq(room, "");
        ck_assert(english.len && (english.ptr[0] & 0x80) == 0);
        ck_assert(chinese.len && (chinese.ptr[0] & 0x80) != 0);
    }
    ck_assert(jy__str_is(jy__errno_text(-12345678, JY_ENGLISH, room), "system error -12345678"));
    ck_assert(jy__str_is(jy__errno_text(-2147483647 - 1, JY_CHINESE, room), "系统错误 -2147483648"));
}
END_TEST

/* Small pieces go on side by side whatever large ones come between them. */
START_TEST(test_base__a_large_piece_wastes_nothing)
{
    const size_t large = 100000;
    jy__mem mem = jy__mem_of(NULL);
    jy__arena arena;
    jy__arena_init(&arena, &mem);
    char *first = jy__arena_alloc(&arena, 16);
    for (size_t i = 0; i < 20; i++) {
        char *piece = jy__arena_alloc(&arena, large);
        ck_assert_ptr_nonnull(piece);
        memset(piece, 0x5A, large);
        ck_assert_ptr_eq((char *)jy__arena_alloc(&arena, 16), first + 16 * (i + 1));
    }
    ck_assert_uint_le(arena.bytes, 20 * large + 2048);
    ck_assert_int_eq(first[0], 0);
    jy__arena_clear(&arena);
    ck_assert_uint_le(arena.bytes, 2048);
    ck_assert_ptr_eq((char *)jy__arena_alloc(&arena, 16), first);
    jy__arena_free(&arena);
    ck_assert_uint_eq(arena.bytes, 0);
}
END_TEST

/* Blocks that are kept serve again, those of no more than was said. */
START_TEST(test_base__an_arena_keeps_what_it_may)
{
    const size_t most = 100000;
    jy__mem mem = jy__mem_of(NULL);
    jy__arena arena;
    jy__arena_init(&arena, &mem);
    for (int round = 0; round < 3; round++) {
        size_t kept = arena.bytes;
        for (size_t i = 0; i < 100 + 1000 * (size_t)round; i++) {
            jy_str own;
            size_t before = arena.bytes;
            ck_assert(jy__arena_str(&arena, (jy_str){ "0123456789", 1 + i % 10 }, &own));
            ck_assert(own.len == 1 + i % 10 && own.ptr[own.len] == 0);
            ck_assert(i > 0 || kept == 0 || arena.bytes == before);
        }
        ck_assert_int_eq(*(char *)jy__arena_alloc(&arena, 3000), 0);
        ck_assert_ptr_nonnull(jy__arena_alloc(&arena, 70000));
        jy__arena_keep(&arena, most);
        ck_assert_uint_gt(arena.bytes, 0);
        ck_assert_uint_le(arena.bytes, most);
        jy__arena_clear(&arena);
    }
    jy__arena_keep(&arena, 0);
    ck_assert_uint_eq(arena.bytes, 0);
    jy__arena_free(&arena);
}
END_TEST

CHECK_MAIN("base", test_base__a_large_piece_wastes_nothing, test_base__an_arena_keeps_what_it_may, test_base__utf8_round_trips_every_code_point, test_base__utf8_bad_subparts_follow_unicode_table_3_8,
           test_base__utf8_is_counted_in_any_mixture_as_it_is_step_by_step,
           test_base__units_count_code_points_and_utf16, test_base__units_go_back_as_they_went,
           test_base__lines_are_counted_alike_by_every_way, test_base__map_keeps_what_was_put,
           test_base__params_have_bounds_and_names, test_base__diags_keep_both_languages,
           test_base__errno_is_told_in_both_languages)
