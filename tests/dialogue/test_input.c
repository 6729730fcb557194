/* Bytes to text: encodings, compression and its limits, files that are no text. */
#include "dialogue_files.h"
#include <unicode/ucnv.h>
#include <zlib.h>
#include <zstd.h>
#include <unistd.h>

static jy_str coded(const char *text, const char *charset, char *out, size_t room)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t len = ucnv_convert(charset, "UTF-8", out, (int32_t)room, text, (int32_t)strlen(text), &error);
    ck_assert(U_SUCCESS(error) || error == U_STRING_NOT_TERMINATED_WARNING);
    return (jy_str){ out, (size_t)len };
}

static const char script[] = "客服：您好，请讲\r\n客户：我家〇二号的报警器，一直响 ABC\n客服：没办法。\n";
static const char script_dump[] = "agent 1:4 您好，请讲\ncustomer 2:4 我家〇二号的报警器，一直响 ABC\nagent 3:4 没办法。\n";

START_TEST(test_input__twins_in_every_charset_give_the_same_lines_and_columns)
{
    static const struct { const char *charset, *option, *told; } twins[] = {
        { "UTF-8", "", "UTF-8" }, { "GB18030", "", "GB18030" }, { "GBK", "", "GB18030" }, { "UTF-16LE", "", "UTF-16LE" },
        { "UTF-16BE", "", "UTF-16BE" }, { "UTF-16LE", "utf-16le", "UTF-16LE" }, { "GB18030", "gbk", "GB18030" }
    };
    for (size_t i = 0; i < JY__COUNT(twins); i++) {
        char room[1024];
        jy_read_options options = JY_READ_OPTIONS_INIT;
        jy_reader *reader;
        jy_str text = coded(script, twins[i].charset, room, sizeof(room));
        options.encoding = jy__str_of(twins[i].option);
        ck_assert_int_eq(jy_reader_open_text(&reader, text, &options, NULL), JY_OK);
        ck_assert_str_eq(jy_reader_encoding(reader), twins[i].told);
        CHECK_DUMP(dump_reader(reader, JY_OK, DUMP_PLACES), script_dump);
    }
}
END_TEST

START_TEST(test_input__marks_and_big5_on_request)
{
    char room[1024];
    jy_read_options options = JY_READ_OPTIONS_INIT;
    jy_str text = coded("\xEF\xBB\xBF客服：您好\n", "UTF-16BE", room, sizeof(room));
    CHECK_DUMP(dump_text_with(text, NULL, DUMP_PLACES), "agent 1:4 您好\n");
    CHECK_DUMP(dump_text("\xEF\xBB\xBF客服：您好\n", DUMP_PLACES), "agent 1:4 您好\n");
    options.encoding = JY__STR("big5");
    CHECK_DUMP(dump_text_with(coded("客服:請講\n", "Big5", room, sizeof(room)), &options, DUMP_PLACES), "agent 1:4 請講\n");
    options.encoding = JY__STR("klingon");
    CHECK_DUMP(dump_text_with(JY__STR("x"), &options, 0), "JY_E_INVALID 2022\n");
}
END_TEST

START_TEST(test_input__a_damaged_byte_does_not_change_the_charset)
{
    char room[1024], utf8[sizeof(script)];
    jy_reader *reader;
    jy_str text;
    size_t first;
    memcpy(utf8, script, sizeof(script));
    utf8[14] = 'A'; /* the character's last byte: what is left of it is a valid GB18030 pair */
    ck_assert_int_eq(jy_reader_open_text(&reader, (jy_str){ utf8, sizeof(script) - 1 }, NULL, NULL), JY_OK);
    ck_assert_str_eq(jy_reader_encoding(reader), "UTF-8");
    ck_assert_uint_gt(jy_reader_bad_bytes(reader, &first), 0);
    ck_assert_uint_ge(first, 12);
    ck_assert_uint_le(first, 16);
    jy_reader_free(reader);
    text = coded(script, "GB18030", room, sizeof(room));
    room[10] = (char)0xFF;
    ck_assert_int_eq(jy_reader_open_text(&reader, text, NULL, NULL), JY_OK);
    ck_assert_str_eq(jy_reader_encoding(reader), "GB18030");
    ck_assert_uint_gt(jy_reader_bad_bytes(reader, NULL), 0);
    jy_reader_free(reader);
}
END_TEST

START_TEST(test_input__bad_utf8_stays_and_is_counted)
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    size_t first;
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR("客服：没\xE5\x8A办法\xFF\n客户：好的谢谢你\n"), NULL, NULL), JY_OK);
    jy_reader_next(reader, &item);
    jy_reader_next(reader, &item);
    ck_assert(jy__str_is(item.turn.text, "没\xE5\x8A办法\xFF"));
    ck_assert_uint_eq(jy_reader_bad_bytes(reader, &first), 3);
    ck_assert_uint_eq(first, 12);
    jy_reader_free(reader);
}
END_TEST

START_TEST(test_input__nul_bytes_stay_in_the_text)
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    static const char text[] = "客服：没\0办法\n客户：好的，谢谢你，再见\n";
    ck_assert_int_eq(jy_reader_open_text(&reader, (jy_str){ text, sizeof(text) - 1 }, NULL, NULL), JY_OK);
    jy_reader_next(reader, &item);
    jy_reader_next(reader, &item);
    ck_assert_uint_eq(item.turn.text.len, 10);
    ck_assert_int_eq(item.turn.speaker, JY_AGENT);
    jy_reader_free(reader);
}
END_TEST

START_TEST(test_input__a_late_first_hanzi_decides_the_charset)
{
    size_t head = 700000;
    char *text = malloc(head + 64);
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    jy_str tail;
    for (size_t i = 0; i < head; i++)
        text[i] = i % 50 == 49 ? '\n' : 'a';
    tail = coded("没办法\n", "GB18030", text + head, 64);
    ck_assert_int_eq(jy_reader_open_text(&reader, (jy_str){ text, head + tail.len }, NULL, NULL), JY_OK);
    while (jy_reader_next(reader, &item) == JY_OK && (item.kind != JY_ITEM_TURN || item.turn.text.ptr[0] == 'a')) {}
    ck_assert(jy__str_is(item.turn.text, "没办法"));
    ck_assert_uint_eq(item.turn.place.line, head / 50 + 1);
    ck_assert_uint_eq(item.turn.place.offset, head);
    ck_assert_str_eq(jy_reader_encoding(reader), "GB18030");
    jy_reader_free(reader);
    free(text);
}
END_TEST

/* ---- compression */
static jy_str gzipped(jy_str text, char *out, size_t room)
{
    z_stream stream;
    memset(&stream, 0, sizeof(stream));
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (unsigned char *)(uintptr_t)text.ptr;
    stream.avail_in = (unsigned)text.len;
    stream.next_out = (unsigned char *)out;
    stream.avail_out = (unsigned)room;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    room = stream.total_out;
    deflateEnd(&stream);
    return (jy_str){ out, room };
}

START_TEST(test_input__gzip_and_zstd_are_undone)
{
    char one[1024], both[2048];
    jy_str text = jy__str_of(script), packed = gzipped(text, one, sizeof(one));
    size_t len;
    CHECK_DUMP(dump_text_with(packed, NULL, DUMP_PLACES), script_dump);
    memcpy(both, one, packed.len); /* members may follow each other */
    memcpy(both + packed.len, one, packed.len);
    CHECK_DUMP(dump_text_with((jy_str){ both, 2 * packed.len }, NULL, 0),
               "agent 您好，请讲\ncustomer 我家〇二号的报警器，一直响 ABC\nagent 没办法。\nagent 您好，请讲\ncustomer 我家〇二号的报警器，一直响 ABC\nagent 没办法。\n");
    len = ZSTD_compress(one, sizeof(one), text.ptr, text.len, 3);
    ck_assert(!ZSTD_isError(len));
    CHECK_DUMP(dump_text_with((jy_str){ one, len }, NULL, DUMP_PLACES), script_dump);
}
END_TEST

START_TEST(test_input__cut_or_damaged_compression_gives_what_came_before)
{
    size_t lines = 20000, len, at = 0;
    char *text = malloc(lines * 64), *packed = malloc(lines * 64), *got;
    for (size_t i = 0; i < lines; i++)
        at += (size_t)sprintf(text + at, "客服：第%zu句，%zx\n", i, i * 2654435761u);
    len = gzipped((jy_str){ text, at }, packed, lines * 64).len;
    got = dump_text_with((jy_str){ packed, len / 2 }, NULL, 0);
    ck_assert_int_eq(strncmp(got, "agent 第0句，0\n", strlen("agent 第0句，0\n")), 0);
    ck_assert_ptr_nonnull(strstr(got, "broken 2011"));
    free(got);
    memset(packed + len / 2, 0x55, 64);
    got = dump_text_with((jy_str){ packed, len }, NULL, 0);
    ck_assert_ptr_nonnull(strstr(got, "agent 第100句"));
    ck_assert_ptr_nonnull(strstr(got, "broken 2010"));
    free(got);
    free(text);
    free(packed);
}
END_TEST

START_TEST(test_input__bombs_are_stopped_by_size_and_by_ratio)
{
    size_t size = 24 << 20, len;
    char *zeros = calloc(1, size), *packed = malloc(1 << 20), *got;
    jy_read_options options = JY_READ_OPTIONS_INIT;
    memset(zeros, 'a', size);
    for (size_t i = 0; i < size; i += 100) zeros[i] = '\n';
    len = ZSTD_compress(packed, 1 << 20, zeros, size, 1);
    ck_assert(!ZSTD_isError(len));
    options.max_ratio = 100;
    got = dump_text_with((jy_str){ packed, len }, &options, 0);
    ck_assert_ptr_nonnull(strstr(got, "JY_E_LIMIT 2013"));
    ck_assert_uint_lt(strlen(got), size / 4);
    free(got);
    options.max_ratio = 1 << 30;
    options.max_bytes = 3 << 20;
    got = dump_text_with((jy_str){ packed, len }, &options, 0);
    ck_assert_ptr_nonnull(strstr(got, "JY_E_LIMIT 2012"));
    free(got);
    free(zeros);
    free(packed);
}
END_TEST

/* ---- files that cannot be read, and those that are no text */
START_TEST(test_input__what_cannot_be_read_is_named)
{
    static const struct { const char *path; int status, code; } paths[] = { { "/nonexistent/x", JY_E_IO, 2000 }, { "/", JY_E_IO, 2002 } };
    for (size_t i = 0; i < JY__COUNT(paths); i++) {
        jy_reader *reader = NULL;
        jy_diag diag = JY_DIAG_INIT;
        ck_assert_int_eq(jy_reader_open(&reader, paths[i].path, NULL, NULL), paths[i].status);
        ck_assert_int_eq(jy_reader_diag(reader, &diag), JY_OK);
        ck_assert_int_eq(diag.code, paths[i].code);
        ck_assert(jy__str_is(diag.source, paths[i].path));
        jy_reader_free(reader);
    }
}
END_TEST

START_TEST(test_input__binary_files_are_named_in_both_languages)
{
    jy_reader *reader;
    jy_diag diag = JY_DIAG_INIT;
    jy_read_options options = JY_READ_OPTIONS_INIT, as_text = JY_READ_OPTIONS_INIT;
    char noise[4096];
    uint32_t seed = 7;
    for (size_t i = 0; i < sizeof(noise); i++)
        noise[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
    CHECK_DUMP(dump_text_with((jy_str){ noise, sizeof(noise) }, NULL, 0), "JY_E_TRANSCRIPT 2020\n");
    /* markup is told by its first characters, unless the format is named */
    CHECK_DUMP(dump_text("<html><p>客户:没办法</p></html>", 0), "JY_E_TRANSCRIPT 2020\n");
    CHECK_DUMP(dump_text("\n <!DOCTYPE HTML>\n没办法\n", 0), "JY_E_TRANSCRIPT 2020\n");
    CHECK_DUMP(dump_text("<?xml version=\"1.0\"?><turn>没办法</turn>", 0), "JY_E_TRANSCRIPT 2020\n");
    CHECK_DUMP(dump_text("{\\rtf1 abc}", 0), "JY_E_TRANSCRIPT 2020\n");
    CHECK_DUMP(dump_text("[Script Info]\nTitle: x\n", 0), "JY_E_TRANSCRIPT 2020\n");
    CHECK_DUMP(dump_text("<客服> 您好\n<客户> 没办法\n", 0), "agent 您好\ncustomer 没办法\n");
    as_text.format = JY__STR("text");
    CHECK_DUMP(dump_text_with(JY__STR("<html>没办法"), &as_text, 0), "? <html>没办法\n");
    CHECK_DUMP(dump_text_with(JY__STR("\x89PNG\r\n\x1a\n...."), NULL, 0), "JY_E_TRANSCRIPT 2020\n");
    options.language = JY_CHINESE;
    ck_assert_int_eq(jy_reader_open_text(&reader, JY__STR("%PDF-1.7 ..."), &options, NULL), JY_E_TRANSCRIPT);
    ck_assert_int_eq(jy_reader_diag(reader, &diag), JY_OK);
    ck_assert(jy__str_is(diag.message, "这不是文本：PDF 文档；请导出为文本"));
    jy_reader_free(reader);
}
END_TEST

START_TEST(test_input__long_lines_and_long_texts_are_read_whole)
{
    size_t size = 5 << 20;
    char *text = malloc(size);
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    size_t turns = 0, bytes = 0;
    memset(text, 'x', size);
    ck_assert_int_eq(jy_reader_open_text(&reader, (jy_str){ text, size }, NULL, NULL), JY_OK);
    jy_reader_next(reader, &item);
    ck_assert_int_eq(jy_reader_next(reader, &item), JY_OK);
    ck_assert_uint_eq(item.turn.text.len, size);
    jy_reader_free(reader);
    for (size_t i = 19; i < size; i += 20)
        text[i] = '\n';
    ck_assert_int_eq(jy_reader_open_text(&reader, (jy_str){ text, size }, NULL, NULL), JY_OK);
    while (jy_reader_next(reader, &item) == JY_OK)
        if (item.kind == JY_ITEM_TURN) {
            ck_assert_uint_eq(item.turn.place.line, ++turns);
            bytes += item.turn.text.len;
        }
    ck_assert_uint_eq(bytes, turns * 19 + (size % 20 ? size % 20 : 0) - (size % 20 ? 19 : 0));
    jy_reader_free(reader);
    free(text);
}
END_TEST

START_TEST(test_input__a_pipe_is_read_like_a_file)
{
    int ends[2], kept = dup(STDIN_FILENO);
    jy_reader *reader;
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq((int)write(ends[1], script, sizeof(script) - 1), (int)sizeof(script) - 1);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    CHECK_DUMP(dump_reader(reader, jy_reader_open(&reader, "-", NULL, NULL), DUMP_PLACES), script_dump);
    dup2(kept, STDIN_FILENO);
    close(ends[0]);
    close(kept);
}
END_TEST

/* What reads like Big5 is named, GBK of both scripts is not doubted. */
START_TEST(test_input__big5_that_was_not_named_is_doubted)
{
    static const char traditional[] = "客服：您好，報警服務中心，請講。\n客戶：我家的警報器一直響，你們什麼時候來\n客服：這個沒辦法，您可以等人\n";
    static const char simplified[] = "客服：您好，报警服务中心，请讲。\n客户：我家的警报器一直响，你们什么时候来\n客服：这个没办法，您可以等人\n";
    char room[512];
    char *dump = dump_text_with(coded(traditional, "Big5", room, sizeof(room)), NULL, 0);
    ck_assert_ptr_nonnull(strstr(dump, "broken 2026 0:0\n"));
    free(dump);
    dump = dump_text_with(coded(traditional, "GB18030", room, sizeof(room)), NULL, 0);
    ck_assert_ptr_null(strstr(dump, "broken"));
    free(dump);
    dump = dump_text_with(coded(simplified, "GB18030", room, sizeof(room)), NULL, 0);
    ck_assert_ptr_null(strstr(dump, "broken"));
    free(dump);
    static const char *const lines[] = { "客服:沒辦法,你是誰\n", "客服:不知道\n", "你打錯了", "稍等" };
    for (size_t i = 0; i < JY__COUNT(lines); i++) {
        dump = dump_text_with(coded(lines[i], "Big5", room, sizeof(room)), NULL, 0);
        ck_assert_msg((strstr(dump, "broken 2026 0:0\n") != NULL) == (i < 3), "%s: %s", lines[i], dump); /* two characters tell nothing */
        free(dump);
        dump = dump_text_with(coded(lines[i], "GB18030", room, sizeof(room)), NULL, 0);
        ck_assert_msg(!strstr(dump, "broken"), "%s: %s", lines[i], dump);
        free(dump);
    }
    jy_read_options named = JY_READ_OPTIONS_INIT;
    named.encoding = JY__STR("gbk");
    dump = dump_text_with(coded(traditional, "Big5", room, sizeof(room)), &named, 0);
    ck_assert_ptr_null(strstr(dump, "broken")); /* the user knows best */
    free(dump);
}
END_TEST

CHECK_MAIN("input", test_input__big5_that_was_not_named_is_doubted, test_input__twins_in_every_charset_give_the_same_lines_and_columns, test_input__marks_and_big5_on_request,
           test_input__a_damaged_byte_does_not_change_the_charset, test_input__bad_utf8_stays_and_is_counted,
           test_input__nul_bytes_stay_in_the_text, test_input__a_late_first_hanzi_decides_the_charset,
           test_input__gzip_and_zstd_are_undone, test_input__cut_or_damaged_compression_gives_what_came_before,
           test_input__bombs_are_stopped_by_size_and_by_ratio, test_input__what_cannot_be_read_is_named,
           test_input__binary_files_are_named_in_both_languages, test_input__long_lines_and_long_texts_are_read_whole,
           test_input__a_pipe_is_read_like_a_file)
