/* Scripts kept as docx and xlsx: the same turns, damage, bombs, other archives. */
#include "dialogue_files.h"
#include <zlib.h>

static const char talk[] = "agent 您好，报警服务中心，请讲\ncustomer 我家的报警器一直响\nagent 请问您的地址是哪里？\n"
                           "customer 人民路12号 \"康宁\" 小区\nagent 没办法，您自己等着吧\ncustomer 好吧\n";

START_TEST(test_office__documents_give_the_turns_of_the_plain_form)
{
    static const struct { const char *file, *format; uint32_t first_line; } files[] = {
        { "script.docx", "docx", 1 }, { "table.docx", "docx", 2 }, { "script.xlsx", "xlsx", 2 }
    };
    for (size_t i = 0; i < JY__COUNT(files); i++) {
        jy_read_options options = JY_READ_OPTIONS_INIT;
        jy_reader *reader;
        jy_item item = JY_ITEM_INIT;
        char path[512];
        sample_path(files[i].file, path, sizeof(path));
        options.format = jy__str_of(files[i].format);
        ck_assert_int_eq(jy_reader_open(&reader, path, &options, NULL), JY_OK);
        ck_assert_str_eq(jy_reader_format(reader), files[i].format);
        CHECK_DUMP(dump_reader(reader, JY_OK, 0), talk);
        ck_assert_int_eq(jy_reader_open(&reader, path, NULL, NULL), JY_OK);
        jy_reader_next(reader, &item);
        jy_reader_next(reader, &item);
        ck_assert_uint_eq(item.turn.place.line, files[i].first_line);
        jy_reader_free(reader);
    }
}
END_TEST

/* sheets.xlsx lists its sheets in another order than that of their files; one is empty, one is missing. */
START_TEST(test_office__all_sheets_of_a_workbook_are_read)
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    char path[512], csv[512];
    const char *sources[] = { "book#5月1日", "book#5月1日", "book#话术 & 说明" };
    size_t calls = 0;
    jy_read_options options = JY_READ_OPTIONS_INIT;
    sample_path("sheets.xlsx", path, sizeof(path));
    ck_assert_int_eq(jy_reader_open(&reader, path, NULL, NULL), JY_OK);
    CHECK_DUMP(dump_reader(reader, JY_OK, DUMP_PLACES | DUMP_CALLS),
               "call A1 speakers 1\nagent 2:7 您好，报警服务中心，请讲\ncustomer 3:7 好\nend\ncall A2 speakers 1\nagent 4:7 你是谁\nend\n"
               "broken 2055 0:0\n"
               "call  speakers 1\nagent 1:4 您好\ncustomer 2:4 我家的报警器一直响\nagent 3:4 没办法，您自己等着吧\nend\n");
    options.source = JY__STR("book");
    ck_assert_int_eq(jy_reader_open(&reader, path, &options, NULL), JY_OK);
    while (jy_reader_next(reader, &item) == JY_OK)
        if (item.kind == JY_ITEM_CALL)
            ck_assert_msg(calls < 3 && jy__str_is(item.call.source, sources[calls]), "call %zu: %.*s", calls, (int)item.call.source.len, item.call.source.ptr), calls++;
    ck_assert_uint_eq(calls, 3);
    jy_reader_free(reader);
    /* a sheet that is not of the format asked for is named, and the others are read */
    options.format = JY__STR("csv");
    snprintf(csv, sizeof(csv), "%s", "call A1 speakers 1\nagent 2:7 您好，报警服务中心，请讲\ncustomer 3:7 好\nend\ncall A2 speakers 1\nagent 4:7 你是谁\nend\n"
             "broken 2055 0:0\nbroken 2040 1:1\n");
    ck_assert_int_eq(jy_reader_open(&reader, path, &options, NULL), JY_OK);
    CHECK_DUMP(dump_reader(reader, JY_OK, DUMP_PLACES | DUMP_CALLS), csv);
}
END_TEST

/* An archive of stored or deflated members, made by hand so that it may lie. */
static void put(jy__text *out, uint32_t value, int bytes)
{
    for (; bytes--; value >>= 8)
        jy__text_char(out, (char)(value & 0xFF));
}

static void make_archive(jy__text *out, const char *name, jy_str content)
{
    uLong room = compressBound((uLong)content.len) + 64, packed;
    char *bytes = malloc(room);
    z_stream stream;
    uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)content.ptr, (uInt)content.len);
    size_t central;
    memset(&stream, 0, sizeof(stream));
    deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
    stream.next_in = (unsigned char *)(uintptr_t)content.ptr;
    stream.avail_in = (uInt)content.len;
    stream.next_out = (unsigned char *)bytes;
    stream.avail_out = (uInt)room;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed = stream.total_out;
    deflateEnd(&stream);
    put(out, 0x04034b50, 4); put(out, 20, 2); put(out, 0, 2); put(out, 8, 2); put(out, 0, 4); put(out, crc, 4);
    put(out, (uint32_t)packed, 4); put(out, (uint32_t)content.len, 4); put(out, (uint32_t)strlen(name), 2); put(out, 0, 2);
    jy__text_c(out, name);
    jy__text_add(out, bytes, packed);
    central = out->len;
    put(out, 0x02014b50, 4); put(out, 20, 2); put(out, 20, 2); put(out, 0, 2); put(out, 8, 2); put(out, 0, 4); put(out, crc, 4);
    put(out, (uint32_t)packed, 4); put(out, (uint32_t)content.len, 4); put(out, (uint32_t)strlen(name), 2); put(out, 0, 2); put(out, 0, 2);
    put(out, 0, 2); put(out, 0, 2); put(out, 0, 4); put(out, 0, 4);
    jy__text_c(out, name);
    put(out, 0x06054b50, 4); put(out, 0, 4); put(out, 1, 2); put(out, 1, 2); put(out, (uint32_t)(out->len - 12 - central), 4);
    put(out, (uint32_t)central, 4); put(out, 0, 2);
    free(bytes);
}

static char *dump_archive(const char *name, jy_str content, const jy_read_options *options)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text archive;
    char *dump;
    jy__text_init(&archive, &mem);
    make_archive(&archive, name, content);
    dump = dump_text_with(jy__text_view(&archive), options, 0);
    jy__text_free(&archive);
    return dump;
}

START_TEST(test_office__other_archives_bombs_and_torn_documents_are_named)
{
    size_t size = 40 << 20;
    char *spaces = malloc(size);
    jy_read_options options = JY_READ_OPTIONS_INIT;
    memset(spaces, ' ', size);
    CHECK_DUMP(dump_archive("readme.txt", JY__STR("x"), NULL), "JY_E_TRANSCRIPT 2056\n"); /* of transcripts, say: nothing is damaged */
    CHECK_DUMP(dump_archive("word/document.xml", JY__STR("<w:d xmlns:w='x'><w:p><w:t>客服：您好</w:t></w:p><w:p><w:t>客户：坏"), NULL),
               "agent 您好\ncustomer 坏\nbroken 2051 0:0\n");
    CHECK_DUMP(dump_archive("word/document.xml", JY__STR("<!DOCTYPE a [<!ENTITY b 'c'>]><w:d xmlns:w='x'><w:p><w:t>客服：&b;</w:t></w:p></w:d>"), NULL), "broken 2051 0:0\n");
    options.max_ratio = 20;
    CHECK_DUMP(dump_archive("word/document.xml", (jy_str){ spaces, size }, &options), "JY_E_LIMIT 2054\n");
    free(spaces);
}
END_TEST

/* Cells joined over several rows, days kept as numbers. */
START_TEST(test_office__joined_cells_name_the_speaker_of_all_their_rows)
{
    char path[512];
    jy_reader *reader;
    sample_path("joined.xlsx", path, sizeof(path));
    ck_assert_int_eq(jy_reader_open(&reader, path, NULL, NULL), JY_OK);
    CHECK_DUMP(dump_reader(reader, JY_OK, DUMP_CALLS | DUMP_TIMES),
               "call a speakers 1\nagent 0--1 您好\nagent 3000--1 请讲\ncustomer 6000--1 停电了\ncustomer 9000--1 没办法\nend\n"
               "call b speakers 1\n? 0--1 喂\nagent 1000--1 您好\nend\n");
}
END_TEST

/* Times that a workbook keeps as parts of a day are those that the user sees: h:mm:ss, h:mm (of which 1:05 is said to be a minute, as in a CSV), days
 * with a time, more hours than a day has. A number that is shown as one is seconds. */
START_TEST(test_office__times_are_those_that_are_shown)
{
    char path[512];
    jy_reader *reader;
    sample_path("times.xlsx", path, sizeof(path));
    ck_assert_int_eq(jy_reader_open(&reader, path, NULL, NULL), JY_OK);
    CHECK_DUMP(dump_reader(reader, JY_OK, DUMP_CALLS | DUMP_TIMES),
               "call 甲 speakers 1\nagent 1000-3000 您好\ncustomer 65000-70500 停电了\nend\ncall 乙 speakers 1\nagent 65000--1 您好\ncustomer 69000--1 喂\nend\n"
               "call 丙 speakers 1\nagent 0--1 您好\ncustomer 35250--1 喂\nend\ncall 丁 speakers 1\nagent 90061000-90062000 您好\nend\n"
               "call 戊 speakers 1\nagent 1500-2250 您好\nend\n");
}
END_TEST

START_TEST(test_office__a_format_that_the_file_is_not_is_refused)
{
    jy_read_options options = JY_READ_OPTIONS_INIT;
    options.format = JY__STR("docx");
    CHECK_DUMP(dump_text_with(JY__STR("客服：您好\n"), &options, 0), "JY_E_TRANSCRIPT 2024\n");
}
END_TEST

static uint32_t seed = 4;
static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * sides) >> 32);
}

START_TEST(test_office__damaged_archives_do_not_crash)
{
    static const char *const files[] = { "script.docx", "table.docx", "script.xlsx", "sheets.xlsx" };
    for (size_t i = 0; i < JY__COUNT(files); i++) {
        char path[512], *file, *copy;
        size_t len;
        sample_path(files[i], path, sizeof(path));
        file = read_whole(path, &len);
        for (int k = 0; k < 300; k++) {
            size_t now = dice(4) ? len : 1 + dice((uint32_t)len);
            copy = malloc(now);
            memcpy(copy, file, now);
            for (uint32_t times = 1 + dice(6); times; times--)
                copy[dice((uint32_t)now)] = (char)dice(256);
            char *dump = dump_text_with((jy_str){ copy, now }, NULL, DUMP_PLACES);
            ck_assert_msg(*dump, "%s, damage %d: lost in silence", files[i], k);
            free(dump);
            free(copy);
        }
        free(file);
    }
}
END_TEST

CHECK_MAIN("office", test_office__joined_cells_name_the_speaker_of_all_their_rows, test_office__times_are_those_that_are_shown, test_office__documents_give_the_turns_of_the_plain_form, test_office__all_sheets_of_a_workbook_are_read, test_office__other_archives_bombs_and_torn_documents_are_named,
           test_office__a_format_that_the_file_is_not_is_refused, test_office__damaged_archives_do_not_crash)
