/* One call in every form there is: the same turns as its labelled plain text, and every byte of them found in the file. */
#include "dialogue_files.h"

static const char *const turns[] = {
    "agent 0-2400 您好，报警服务中心，请讲", "customer 2600-5200 我家的报警器一直响", "agent 5400-7600 请问您的地址是哪里？",
    "customer 7900-11000 人民路12号 \"康宁\" 小区", "agent 11200-13600 没办法，您自己等着吧", "customer 13900-14500 好吧",
};

/* What the sample is expected to give, from the list above less what its form does not know. */
static char *expected(const sample *form)
{
    char *out = calloc(1, 8192), *at = out;
    for (int call = 0; call < ((form->what & TWO_CALLS) ? 2 : 1); call++)
        for (size_t i = 0; i < JY__COUNT(turns); i++) {
            char speaker[16], text[128];
            long begin, end;
            ck_assert_int_eq(sscanf(turns[i], "%15s %ld-%ld %127[^\n]", speaker, &begin, &end, text), 4);
            at += sprintf(at, "%s %ld-%ld %s\n", (form->what & NO_SPEAKERS) ? "?" : speaker, (form->what & NO_TIMES) ? -1L : begin,
                          (form->what & (NO_TIMES | BEGINS_ONLY)) ? -1L : end, text);
        }
    return out;
}

static char *without_events(char *dump)
{
    char *from = dump, *to = dump;
    while (*from) {
        char *end = strchr(from, '\n') + 1;
        if (strncmp(from, "event ", 6) != 0) {
            memmove(to, from, (size_t)(end - from));
            to += end - from;
        }
        from = end;
    }
    *to = 0;
    return dump;
}

START_TEST(test_samples__every_form_gives_the_same_turns)
{
    for (size_t i = 0; i < JY__COUNT(samples); i++) {
        jy_read_options options = JY_READ_OPTIONS_INIT;
        char path[512], *want = expected(&samples[i]), *got;
        jy_reader *reader;
        int status;
        sample_path(samples[i].file, path, sizeof(path));
        options.agent = jy__str_of(samples[i].agent);
        status = jy_reader_open(&reader, path, &options, NULL);
        ck_assert_msg(status == JY_OK, "%s: %s", path, jy_status_name(status));
        ck_assert_msg(strcmp(jy_reader_format(reader), samples[i].format) == 0, "%s: format %s", path, jy_reader_format(reader));
        got = without_events(dump_reader(reader, status, DUMP_TIMES));
        ck_assert_msg(strcmp(got, want) == 0, "%s:\n%s", path, got);
        free(got);
        free(want);
    }
}
END_TEST

START_TEST(test_samples__events_come_in_their_order)
{
    static const struct { const char *file, *first, *last; } files[] = {
        { "tickets.json", "event ring 0\n", "event hangup 15000 customer\n" },
        { "vcon-old.json", "event answer 0 agent\n", "event hangup 15000 customer\n" },
        { "vcon.json", "event answer 0 agent\n", "event hangup 15000 customer\n" },
    };
    for (size_t i = 0; i < JY__COUNT(files); i++) {
        char path[512], *got;
        jy_reader *reader;
        sample_path(files[i].file, path, sizeof(path));
        got = dump_reader(reader, jy_reader_open(&reader, path, NULL, NULL), 0);
        ck_assert_msg(strncmp(got, files[i].first, strlen(files[i].first)) == 0, "%s: %s", path, got);
        ck_assert_str_eq(got + strlen(got) - strlen(files[i].last), files[i].last);
        free(got);
    }
}
END_TEST

/* Line and column of an offset, counted from the front of the file. */
static void count_to(const char *text, size_t offset, uint32_t *line, uint32_t *column)
{
    size_t start = 0;
    *line = 1;
    for (size_t i = 0; i < offset; i++)
        if (text[i] == '\n') {
            ++*line;
            start = i + 1;
        }
    if (start == 0 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        start = 3;
    *column = (uint32_t)jy__utf8_count((jy_str){ text + start, offset - start }) + 1;
}

static void check_places(const char *path, const char *file, const jy_turn *turn)
{
    const char *p = turn->text.ptr, *end = p + turn->text.len;
    while (p < end) {
        uint32_t line, column, want_line, want_column;
        size_t offset, at = (size_t)(p - turn->text.ptr);
        bool valid;
        ck_assert_int_eq(jy_place_locate(&turn->place, turn->text, at, &line, &column, &offset), JY_OK);
        count_to(file, offset, &want_line, &want_column);
        ck_assert_msg(line == want_line && column == want_column, "%s: byte %zu: %u:%u, by its offset %u:%u", path, at, line, column, want_line, want_column);
        if (turn->place.escape != 4)
            ck_assert_msg(file[offset] == *p || file[offset] == '\\', "%s %u:%u: another character stands there", path, line, column);
        if (at == 0 && turn->place.byte_column) {
            size_t start = offset;
            while (start && file[start - 1] != '\n') start--;
            ck_assert_uint_eq(turn->place.byte_column, offset - (start ? start : memcmp(file, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0) + 1);
        }
        jy__utf8_next(&p, end, &valid);
    }
}

START_TEST(test_samples__every_character_is_found_in_its_file)
{
    for (size_t i = 0; i < JY__COUNT(samples); i++) {
        jy_item item = JY_ITEM_INIT;
        jy_reader *reader;
        char path[512], *file;
        size_t len, seen = 0;
        sample_path(samples[i].file, path, sizeof(path));
        file = read_whole(path, &len);
        ck_assert_int_eq(jy_reader_open(&reader, path, NULL, NULL), JY_OK);
        while (jy_reader_next(reader, &item) == JY_OK)
            if (item.kind == JY_ITEM_TURN) {
                check_places(path, file, &item.turn);
                seen++;
            }
        ck_assert_uint_eq(seen, (samples[i].what & TWO_CALLS) ? 12 : 6);
        jy_reader_free(reader);
        free(file);
    }
}
END_TEST

START_TEST(test_samples__the_format_can_be_named_and_a_wrong_one_is_refused)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    jy_diag diag = JY_DIAG_INIT;
    jy_reader *reader;
    char path[512];
    for (size_t i = 0; i < JY__COUNT(samples); i++) {
        sample_path(samples[i].file, path, sizeof(path));
        options.format = jy__str_of(samples[i].format);
        ck_assert_msg(jy_reader_open(&reader, path, &options, NULL) == JY_OK, "%s as %s", path, samples[i].format);
        jy_reader_free(reader);
    }
    sample_path("tickets.json", path, sizeof(path));
    options.format = JY__STR("vcon");
    ck_assert_int_eq(jy_reader_open(&reader, path, &options, NULL), JY_E_TRANSCRIPT);
    ck_assert_int_eq(jy_reader_diag(reader, &diag), JY_OK);
    ck_assert_int_eq(diag.code, 2024);
    jy_reader_free(reader);
    options.format = JY__STR("vconn");
    ck_assert_int_eq(jy_reader_open(&reader, path, &options, NULL), JY_E_INVALID);
    ck_assert_int_eq(jy_reader_diag(reader, &diag), JY_OK);
    ck_assert_int_eq(diag.code, 2021);
    jy_reader_free(reader);
}
END_TEST

CHECK_MAIN("samples", test_samples__every_form_gives_the_same_turns, test_samples__events_come_in_their_order,
           test_samples__every_character_is_found_in_its_file, test_samples__the_format_can_be_named_and_a_wrong_one_is_refused)
