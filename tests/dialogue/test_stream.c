/* Bytes from the caller's own source: whatever the pieces they come in, the items are those of the same text in memory. */
#include "dialogue_dump.h"
#include <errno.h>

typedef struct pieces { jy_str text; size_t given, each; bool broken; int error; } pieces;

static long give_piece(void *ctx, char *to, size_t room)
{
    pieces *from = ctx;
    size_t left = from->text.len - from->given, now = left < from->each ? left : from->each;
    if (from->broken && left == 0) {
        errno = from->error;
        return -1;
    }
    now = now < room ? now : room;
    memcpy(to, from->text.ptr + from->given, now);
    from->given += now;
    return (long)now;
}

static int count_items(jy_reader *reader, size_t *turns)
{
    jy_item item = JY_ITEM_INIT;
    int status;
    *turns = 0;
    while ((status = jy_reader_next(reader, &item)) == JY_OK)
        *turns += item.kind == JY_ITEM_TURN;
    return status;
}

START_TEST(test_stream__pieces_of_any_size)
{
    static const char text[] = "客服:您好\n客户:坏了\n客服:请讲\n";
    for (size_t each = 1; each < sizeof(text); each++) {
        pieces from = { jy__str_of(text), 0, each, false, 0 };
        jy_reader *reader = NULL;
        size_t turns;
        ck_assert_int_eq(jy_reader_open_stream(&reader, give_piece, &from, NULL, NULL), JY_OK);
        ck_assert_str_eq(jy_reader_format(reader), "labelled");
        ck_assert_int_eq(count_items(reader, &turns), JY_DONE);
        ck_assert_uint_eq(turns, 3);
        jy_reader_free(reader);
    }
}
END_TEST

START_TEST(test_stream__a_source_that_fails_is_an_error)
{
    static const struct { int error; const char *message; } cases[] = {
        { EIO, "reading failed: the device failed" }, { 12345, "reading failed: system error 12345" }, { 0, "reading failed: no reason was given" } };
    jy_reader *reader = NULL;
    for (size_t i = 0; i < JY__COUNT(cases); i++) {
        pieces from = { jy__str_of("客服:您好\n客户:坏了\n"), 0, 5, true, cases[i].error };
        jy_diag diag = JY_DIAG_INIT;
        size_t turns = 0;
        int status = jy_reader_open_stream(&reader, give_piece, &from, NULL, NULL);
        if (status == JY_OK)
            status = count_items(reader, &turns);
        ck_assert_int_eq(status, JY_E_IO);
        ck_assert_int_eq(jy_reader_diag(reader, &diag), JY_OK);
        ck_assert(jy__str_is(diag.message, cases[i].message));
        jy_reader_free(reader);
    }
    reader = NULL;
    ck_assert_int_eq(jy_reader_open_stream(&reader, NULL, NULL, NULL, NULL), JY_E_INVALID);
    ck_assert_ptr_null(reader);
}
END_TEST

START_TEST(test_stream__the_format_is_known_to_the_end_and_no_item_is_lost)
{
    jy_item item = JY_ITEM_INIT;
    jy_reader *reader = NULL;
    size_t turns;
    ck_assert_int_eq(jy_reader_open_text(&reader, jy__str_of("客服:您好\n客户:坏了\n"), NULL, NULL), JY_OK);
    ck_assert_int_eq(jy_reader_next(reader, &item), JY_OK);
    item.size = 0;
    ck_assert_int_eq(jy_reader_next(reader, &item), JY_E_INVALID);
    ck_assert_int_eq(count_items(reader, &turns), JY_DONE);
    ck_assert_uint_eq(turns, 2);
    ck_assert_str_eq(jy_reader_format(reader), "labelled");
    jy_reader_free(reader);
}
END_TEST

START_TEST(test_stream__options_that_cannot_be_are_refused)
{
    jy_read_options none = JY_READ_OPTIONS_INIT, sizeless = JY_READ_OPTIONS_INIT, unnamed = JY_READ_OPTIONS_INIT;
    jy_diag sizeless_diag = JY_DIAG_INIT;
    jy_reader *reader = (jy_reader *)&none;
    none.label_count = 1; /* and no labels */
    sizeless.size = sizeless_diag.size = 0;
    unnamed.format = JY__STR("klingon");
    ck_assert_int_eq(jy_reader_open_text(&reader, jy__str_of("喂"), &none, NULL), JY_E_INVALID);
    ck_assert_ptr_null(reader);
    ck_assert_int_eq(jy_reader_open_text(&reader, jy__str_of("喂"), &sizeless, NULL), JY_E_INVALID);
    ck_assert_ptr_null(reader);
    ck_assert_int_eq(jy_reader_open_text(&reader, jy__str_of("喂"), &unnamed, NULL), JY_E_INVALID);
    ck_assert_int_eq(jy_reader_diag(reader, &sizeless_diag), JY_E_INVALID);
    jy_reader_free(reader);
}
END_TEST

CHECK_MAIN("dialogue_stream", test_stream__pieces_of_any_size, test_stream__a_source_that_fails_is_an_error,
           test_stream__the_format_is_known_to_the_end_and_no_item_is_lost, test_stream__options_that_cannot_be_are_refused)
