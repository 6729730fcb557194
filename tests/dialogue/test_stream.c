/* Bytes from the caller's own source: whatever the pieces they come in, the items are those of the same text in memory. */
#include "dialogue_dump.h"

typedef struct pieces { jy_str text; size_t given, each; bool broken; } pieces;

static long give_piece(void *ctx, char *to, size_t room)
{
    pieces *from = ctx;
    size_t left = from->text.len - from->given, now = left < from->each ? left : from->each;
    if (from->broken && left == 0)
        return -1;
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
        pieces from = { jy__str_of(text), 0, each, false };
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
    pieces from = { jy__str_of("客服:您好\n客户:坏了\n"), 0, 5, true };
    jy_reader *reader = NULL;
    size_t turns = 0;
    int status = jy_reader_open_stream(&reader, give_piece, &from, NULL, NULL);
    if (status == JY_OK)
        status = count_items(reader, &turns);
    ck_assert_int_eq(status, JY_E_IO);
    jy_reader_free(reader);
    ck_assert_int_eq(jy_reader_open_stream(&reader, NULL, NULL, NULL, NULL), JY_E_INVALID);
}
END_TEST

CHECK_MAIN("dialogue_stream", test_stream__pieces_of_any_size, test_stream__a_source_that_fails_is_an_error)
