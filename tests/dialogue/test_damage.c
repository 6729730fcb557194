/* Damaged files: no crash, the damage named, everything intact read. JINYU_DAMAGE=N sets how many files (suite slow: 1,000 a form). */
#include "dialogue_files.h"

static uint32_t seed = 20240501;
static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * sides) >> 32);
}

static size_t rounds(void)
{
    const char *wanted = getenv("JINYU_DAMAGE");
    return wanted ? (size_t)strtoul(wanted, NULL, 10) : 40;
}

static char any_byte(void)
{
    static const char likely[] = "\"\\{}[],:\n\0 <>&;-\xFF\xE5x0";
    return dice(2) ? likely[dice(sizeof(likely) - 1)] : (char)dice(256);
}

/* Changes, deletes, doubles or cuts; a few times over. */
static size_t harm(char *text, size_t len, size_t room)
{
    for (uint32_t times = 1 + dice(4); times && len > 2; times--) {
        size_t at = dice((uint32_t)len), size = 1 + dice(24);
        if (size > len - at) size = len - at;
        switch (dice(5)) {
        case 0: text[at] = any_byte(); break;
        case 1: memmove(text + at, text + at + size, len - at - size); len -= size; break;
        case 2:
            if (len + size > room) break;
            memmove(text + at + size, text + at, len - at);
            len += size;
            break;
        case 3: if (dice(4) == 0) len = at + 1; break;
        default: for (size_t i = 0; i < size; i++) text[at + i] = any_byte(); break;
        }
    }
    return len;
}

static void read_all(jy_str text, const char *file)
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    jy_diag diag = JY_DIAG_INIT;
    int status = jy_reader_open_text(&reader, text, NULL, NULL);
    size_t calls = 0, ends = 0, total = 0;
    while (status == JY_OK && (status = jy_reader_next(reader, &item)) == JY_OK) {
        calls += item.kind == JY_ITEM_CALL;
        ends += item.kind == JY_ITEM_END;
        if (item.kind == JY_ITEM_TURN) {
            size_t at = item.turn.text.len ? dice((uint32_t)item.turn.text.len) : 0, offset;
            ck_assert_int_eq(jy_place_locate(&item.turn.place, item.turn.text, at, NULL, NULL, &offset), JY_OK);
            total += item.turn.text.len;
        }
        if (item.kind == JY_ITEM_BROKEN) {
            ck_assert_int_ge(item.diag.code, 2000);
            ck_assert_uint_gt(item.diag.message.len, 0);
        }
    }
    ck_assert_msg(status == JY_DONE || status == JY_E_TRANSCRIPT || status == JY_E_LIMIT, "%s: %s", file, jy_status_name(status));
    ck_assert_msg(status == JY_DONE || (jy_reader_diag(reader, &diag) == JY_OK && diag.code >= 2000), "%s: refused without a reason", file);
    ck_assert_uint_eq(calls, ends);
    ck_assert_uint_le(total, 16 * text.len + 64);
    jy_reader_free(reader);
}

START_TEST(test_damage__no_damage_is_a_crash)
{
    for (size_t i = 0; i < JY__COUNT(samples); i++) {
        char path[512], *file, *copy;
        size_t len;
        sample_path(samples[i].file, path, sizeof(path));
        file = read_whole(path, &len);
        for (size_t k = 0; k < rounds(); k++) {
            size_t now;
            copy = malloc(len + 256);
            memcpy(copy, file, len);
            now = harm(copy, len, len + 256);
            copy = realloc(copy, now); /* so that a sanitizer sees the first byte too many */
            read_all((jy_str){ copy, now }, samples[i].file);
            free(copy);
        }
        free(file);
    }
}
END_TEST

#define MOST_TURNS 12
/* Where each record lies: from its first byte to the next record's. */
static size_t records(const char *file, size_t len, jy_str texts[MOST_TURNS], size_t begin[MOST_TURNS + 1])
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    size_t count = 0;
    ck_assert_int_eq(jy_reader_open_text(&reader, (jy_str){ file, len }, NULL, NULL), JY_OK);
    while (jy_reader_next(reader, &item) == JY_OK)
        if (item.kind == JY_ITEM_TURN && count < MOST_TURNS) {
            size_t at = item.turn.place.offset;
            char *copy = malloc(item.turn.text.len);
            memcpy(copy, item.turn.text.ptr, item.turn.text.len);
            texts[count] = (jy_str){ copy, item.turn.text.len };
            while (file[at] != '{') at--;
            begin[count++] = at;
        }
    jy_reader_free(reader);
    return count;
}

static bool gives(const char *dump, jy_str text)
{
    for (const char *p = dump; (p = strchr(p, ' ')) != NULL; p++)
        if (strncmp(p + 1, text.ptr, text.len) == 0 && p[1 + text.len] == '\n')
            return true;
    return false;
}

static bool is_named(const char *dump) { return strstr(dump, "broken") || strstr(dump, "JY_E_TRANSCRIPT"); }

static size_t texts_of(const char *dump)
{
    size_t count = 0;
    for (const char *line = dump; *line; line = strchr(line, '\n') + 1)
        count += *line != 'e' && *line != 'b';
    return count;
}

/* One byte of one record is changed: every other turn is still read, and what is lost is named. */
START_TEST(test_damage__one_broken_record_costs_no_other)
{
    static const char *const files[] = { "turns.jsonl", "tickets.json", "aliyun-quality.json", "funasr-sentence.json", "tencent.json", "contact-lens.json", "aliyun.json" };
    for (size_t i = 0; i < JY__COUNT(files); i++) {
        char path[512], *file, *copy;
        jy_str texts[MOST_TURNS];
        size_t len, begin[MOST_TURNS + 1], count;
        sample_path(files[i], path, sizeof(path));
        file = read_whole(path, &len);
        copy = malloc(len);
        count = records(file, len, texts, begin);
        ck_assert_uint_eq(count, 6);
        for (size_t k = 0; k < rounds() * 5; k++) {
            size_t hurt = dice((uint32_t)count - 1), at = begin[hurt] + dice((uint32_t)(begin[hurt + 1] - begin[hurt]));
            char *dump;
            if (file[at] == '\n')
                continue; /* joins two lines of JSON Lines: two records are damaged */
            if (at && file[at - 1] == '\\')
                continue; /* another escape: whole JSON that says something else */
            memcpy(copy, file, len);
            do copy[at] = any_byte(); while (copy[at] == file[at]);
            dump = dump_text_with((jy_str){ copy, len }, NULL, 0);
            /* a bracket put in may close or open a list for good: then it is enough that the damage is named */
            for (size_t t = 0; t < count && (!copy[at] || !strchr("[]{}", copy[at]) || !is_named(dump)); t++)
                ck_assert_msg(t == hurt || gives(dump, texts[t]), "%s: byte %zu (0x%02x for 0x%02x) of record %zu cost record %zu:\n%s", files[i], at,
                              (unsigned char)copy[at], (unsigned char)file[at], hurt, t, dump);
            ck_assert_msg(is_named(dump) || gives(dump, texts[hurt]) || texts_of(dump) == count, "%s: byte %zu of record %zu is lost in silence:\n%s",
                          files[i], at, hurt, dump);
            free(dump);
        }
        for (size_t t = 0; t < count; t++)
            free((void *)(uintptr_t)texts[t].ptr);
        free(file);
        free(copy);
    }
}
END_TEST

START_TEST(test_damage__the_place_is_named_and_no_text_of_the_call)
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    size_t broken = 0;
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR("{\"role\":\"客服\",\"text\":\"您好\"}\n{\"role\":\"客户\",\"text\":\"秘密\n{\"text\":7}\n[1]\n"
                                                         "{\"role\":\"客户\",\"text\":\"好\"}\n"), NULL, NULL), JY_OK);
    while (jy_reader_next(reader, &item) == JY_OK)
        if (item.kind == JY_ITEM_BROKEN) {
            static const uint32_t lines[] = { 2, 3, 4 };
            ck_assert_uint_eq(item.diag.line, lines[broken++]);
            for (size_t i = 0; i + 6 <= item.diag.message.len; i++)
                ck_assert(memcmp(item.diag.message.ptr + i, "秘密", 6) != 0);
        }
    ck_assert_uint_eq(broken, 3);
    jy_reader_free(reader);
}
END_TEST

START_TEST(test_damage__a_json_file_cut_in_the_middle_gives_what_was_there)
{
    CHECK_DUMP(dump_text("{\"tickets\":[{\"dialogue\":[{\"role\":\"客服\",\"words\":\"您好\"},{\"role\":\"客户\",\"words\":\"坏", 0), "agent 您好\nbroken 2030 1:76\n");
    CHECK_DUMP(dump_text("{\"tickets\":[{\"dialogue\":[\n{\"role\":\"客服\",\"words\":\"您好\"},\n{\"role\":\"客户\",words\":\"坏\"},\n{\"role\":\"客户\",\"words\":\"好\"}]},"
                         "{\"dialogue\":[{\"role\":\"客户\",\"words\":\"嗯\"}]}]}", DUMP_CALLS),
               "call  speakers 1\nagent 您好\ncustomer 好\nbroken 2030 3:14\nend\ncall  speakers 1\ncustomer 嗯\nend\n");
}
END_TEST

/* Of two lines one is enough to tell what they are, whichever is damaged and however. A document over several lines is none of it. */
START_TEST(test_damage__of_two_lines_the_whole_one_is_read)
{
    CHECK_DUMP(dump_text("{\"role\":\"客服\",\"text\":\"好\"}\n{bad\n", 0), "agent 好\nbroken 2030 2:2\n");
    CHECK_DUMP(dump_text("{\"role\":\"客服\",\"text\":\"好\"}\n\n{\"role\":\"客服\",\"text\":\"坏\n", 0), "agent 好\nbroken 2030 3:23\n");
    CHECK_DUMP(dump_text("{\"role\":\"客服\",\"text\":\"好\"}\nbad\n", 0), "agent 好\nbroken 2030 2:1\n");
    CHECK_DUMP(dump_text("{bad\n{\"role\":\"客服\",\"text\":\"好\"}\n", 0), "broken 2030 1:2\nagent 好\n");
    CHECK_DUMP(dump_text("{\"turns\":[{\"role\":\"客服\",\"text\":\"好\"}]}\n{\"turns\":[{\"ro\n", 0), "agent 好\nbroken 2030 2:15\n");
    CHECK_DUMP(dump_text("{\"dialogue\":[\n{\"role\":\"客服\",\"text\":\"好\"}\n]}\n", DUMP_PLACES), "agent 2:22 好\n");
    CHECK_DUMP(dump_text("{\"dialogue\":\n[\n{\"role\":\"客服\",\"text\":\"好\"}]}\n", DUMP_PLACES), "agent 3:22 好\n");
}
END_TEST

/* What stands in front of a document hides it: nothing is charged, and that is said. Quotation marks in talk are none, nor is what was named. */
START_TEST(test_damage__json_behind_something_is_refused)
{
    static const char text[] = "var calls = {\"dialogue\":[{\"role\":\"客服\",\"words\":\"好\"},\n{\"role\":\"客户\",\"words\":\"好\"}]}\n";
    jy_read_options named = JY_READ_OPTIONS_INIT;
    jy_diag diag = JY_DIAG_INIT;
    jy_reader *reader;
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR(text), NULL, NULL), JY_E_TRANSCRIPT);
    ck_assert_int_eq(jy_reader_diag(reader, &diag), JY_OK);
    ck_assert_int_eq(diag.code, 2027);
    jy_reader_free(reader);
    named.format = JY__STR("text");
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR(text), &named, NULL), JY_OK);
    jy_reader_free(reader);
    CHECK_DUMP(dump_text("客服:他说\"好\":好,\"行\":行,\"对\":对\n", 0), "agent 他说\"好\":好,\"行\":行,\"对\":对\n");
}
END_TEST

CHECK_MAIN("damage", test_damage__json_behind_something_is_refused, test_damage__of_two_lines_the_whole_one_is_read, test_damage__no_damage_is_a_crash, test_damage__one_broken_record_costs_no_other,
           test_damage__the_place_is_named_and_no_text_of_the_call, test_damage__a_json_file_cut_in_the_middle_gives_what_was_there)
