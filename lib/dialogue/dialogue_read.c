/* The reader: has the format chosen, and gives calls out item by item. What a format gathered in one go
 * is one batch; the state below says where the reader stands between two items.
 *
 *     ┌──────────────▶ gather ──(done)──▶ rest: damage at the end of the input, then JY_DONE
 *     │                  ▼
 *     │   CALL (if none is open), the batch's entries, more? ──yes──┐
 *     │                  ▼ no                                      │
 *     └─────────────── END ◀──────────────────────────────────────┘ */
#include "dialogue/dialogue_office.h"
#include <inttypes.h>
#include <stdio.h>

int jy__reader_fail(jy_reader *reader, int status, int32_t message, jy__pos pos, const jy_str *args, size_t arg_count)
{
    jy__diags_add(&reader->failure, jy__dialogue_message(message), reader->source, (jy_str){ NULL, 0 }, pos, args, arg_count);
    if (reader->failure.failed)
        return JY_E_NOMEM;
    reader->shown = (int32_t)reader->failure.list.count - 1;
    reader->status = status;
    return status;
}

/* What the messages about bytes are filled with: a number, or the system's reason in English and in Chinese. */
static int fail_bytes(jy_reader *reader, bool as_item)
{
    const jy__bytes *bytes = &reader->input.bytes;
    bool limit = bytes->why == JY__SAY_TOO_LONG || bytes->why == JY__SAY_RATIO;
    char room[2][JY__ERRNO_ROOM];
    jy_str args[] = { jy__errno_text(bytes->errno_seen, JY_ENGLISH, room[0]), jy__errno_text(bytes->errno_seen, JY_CHINESE, room[1]) };
    jy__pos pos = { 0, 0, reader->input.offset + (reader->input.end - reader->input.begin), 0 };
    if (bytes->status == JY_E_NOMEM)
        return JY_E_NOMEM;
    if (limit) {
        snprintf(room[0], sizeof(room[0]), "%" PRIu64, bytes->why == JY__SAY_RATIO ? bytes->max_ratio : bytes->max_bytes);
        args[0] = jy__str_of(room[0]);
    }
    return as_item ? jy__batch_broken(reader, bytes->why, pos, args, JY__COUNT(args))
                   : jy__reader_fail(reader, bytes->status, bytes->why, (jy__pos){ 0, 0, 0, 0 }, args, JY__COUNT(args));
}

int jy__reader_choose(jy_reader *reader)
{
    int status = reader->input.bytes.status ? fail_bytes(reader, false) : jy__reader_probe(reader);
    if (status == JY_OK && reader->format->open)
        status = reader->format->open(reader);
    if (status != JY_E_TRANSCRIPT || reader->sheets.count < 2)
        return status;
    reader->refused = reader->finished = true; /* one sheet of several: said, and the others go on */
    reader->status = JY_OK;
    return JY_OK;
}

static void clear_batch(jy_reader *reader)
{
    jy__batch *batch = &reader->batch;
    batch->turns.count = batch->events.count = batch->entries.count = batch->given = batch->bytes = 0;
    if (batch->diags.list.count) {
        jy__diags_free(&batch->diags);
        jy__diags_init(&batch->diags, &reader->mem);
    }
    jy__arena_clear(&batch->arena);
}

static void new_call(jy_reader *reader)
{
    jy_call call = JY_CALL_INIT;
    jy__arena_clear(&reader->call_arena);
    reader->call = call;
    reader->call.source = reader->source;
    reader->zero_ms = JY_TIME_UNKNOWN;
    reader->zero_is_minute = false;
    reader->clocks = JY__CLOCKS_UNSEEN;
    reader->agent_known = false;
    reader->agent_label = (jy_str){ NULL, 0 };
}

/* After the last call: what stopped the input early is said once, as an item when the rest was fine. */
static int after_last(jy_reader *reader)
{
    const jy__bytes *bytes = &reader->input.bytes;
    if (reader->finished || (bytes->status == JY_OK && !reader->input.like_big5))
        return JY_DONE;
    reader->finished = true;
    clear_batch(reader);
    if (reader->input.like_big5 && jy__batch_broken(reader, JY__SAY_LIKE_BIG5, (jy__pos){ 0, 0, 0, 0 }, NULL, 0))
        return JY_E_NOMEM;
    if (bytes->status == JY_OK)
        return JY_OK;
    if (bytes->status != JY_E_TRANSCRIPT)
        return fail_bytes(reader, false);
    return fail_bytes(reader, true);
}

static int gather(jy_reader *reader)
{
    int status;
    clear_batch(reader);
    if (!reader->call_open)
        new_call(reader);
    reader->more = reader->by_time = false;
    status = reader->finished ? JY_DONE : reader->format->gather(reader);
    if (status == JY_DONE)
        return after_last(reader);
    if (status == JY_OK) {
        jy__batch_finish(reader);
        status = reader->status;
    }
    return status;
}

/* The next sheet of a workbook, told anew what it is. */
static int next_sheet(jy_reader *reader)
{
    int status;
    if (reader->format && reader->format->close)
        reader->format->close(reader);
    reader->last = reader->format;
    reader->format = NULL;
    reader->state = NULL;
    status = jy__office_next(reader);
    if (status)
        return status;
    reader->format = reader->asked;
    reader->finished = false;
    reader->status = JY_OK;
    status = jy__reader_choose(reader);
    if (status == JY_OK && !reader->refused)
        jy__office_damage(reader);
    return status;
}

static int give_entry(jy_reader *reader, jy_item *item)
{
    jy__batch *batch = &reader->batch;
    jy__entry entry = batch->entries.items[batch->given++];
    item->kind = entry.kind;
    if (entry.kind == JY_ITEM_TURN)
        item->turn = batch->turns.items[entry.index];
    else if (entry.kind == JY_ITEM_EVENT)
        item->event = batch->events.items[entry.index].event;
    else
        jy__diags_give(&batch->diags, entry.index, reader->language, &item->diag);
    return JY_OK;
}

static int next_item(jy_reader *reader, jy_item *item)
{
    for (;;) {
        if (reader->refused) {
            reader->refused = false;
            item->kind = JY_ITEM_BROKEN;
            jy__diags_give(&reader->failure, (size_t)reader->shown, reader->language, &item->diag);
            return JY_OK;
        }
        if (reader->batch.given < reader->batch.entries.count)
            return give_entry(reader, item);
        if (reader->call_open && !reader->more) {
            reader->call_open = false;
            item->kind = JY_ITEM_END;
            item->call = reader->call;
            return JY_OK;
        }
        reader->status = gather(reader);
        if (reader->status == JY_DONE && !reader->call_open) {
            reader->status = next_sheet(reader);
            if (reader->status == JY_OK)
                continue;
        }
        if (reader->status)
            return reader->status;
        if (reader->finished || reader->call_open)
            continue;
        reader->call_open = true;
        item->kind = JY_ITEM_CALL;
        item->call = reader->call;
        return JY_OK;
    }
}

int jy_reader_next(jy_reader *reader, jy_item *item)
{
    jy_item made = JY_ITEM_INIT;
    int status;
    if (!reader || !jy__struct_fits(item))
        return JY_E_INVALID;
    if (reader->status)
        return reader->status;
    status = next_item(reader, &made);
    return status ? status : jy__struct_give(item, &made, sizeof(made));
}

int jy_reader_diag(const jy_reader *reader, jy_diag *out)
{
    if (!reader || !out)
        return JY_E_INVALID;
    if (reader->shown < 0)
        return JY_DONE;
    return jy__diags_give(&reader->failure, (size_t)reader->shown, reader->language, out);
}

const char *jy_reader_format(const jy_reader *reader)
{
    const jy__format *format = !reader ? NULL : reader->format ? reader->format : reader->last;
    return reader && reader->container ? reader->container : format ? format->name : "";
}

const char *jy_reader_encoding(const jy_reader *reader)
{
    return reader ? jy__charset_name(reader->input.charset) : "";
}

size_t jy_reader_bad_bytes(const jy_reader *reader, size_t *first_offset_out)
{
    if (first_offset_out)
        *first_offset_out = reader ? reader->input.first_bad : SIZE_MAX;
    return reader ? reader->input.bad_bytes : 0;
}

int jy__reader_whole(jy_reader *reader, jy_str *out)
{
    int status = jy__input_fill(&reader->input, (size_t)UINT32_MAX);
    *out = jy__input_window(&reader->input);
    return status;
}

void jy_reader_free(jy_reader *reader)
{
    if (!reader)
        return;
    if (reader->format && reader->format->close)
        reader->format->close(reader);
    jy__input_close(&reader->input);
    jy__text_free(&reader->office);
    JY__VEC_FREE(&reader->mem, &reader->sheets);
    jy__speakers_free(&reader->speakers);
    JY__VEC_FREE(&reader->mem, &reader->batch.turns);
    JY__VEC_FREE(&reader->mem, &reader->batch.events);
    JY__VEC_FREE(&reader->mem, &reader->batch.entries);
    jy__diags_free(&reader->batch.diags);
    jy__diags_free(&reader->failure);
    jy__arena_free(&reader->batch.arena);
    jy__arena_free(&reader->call_arena);
    jy__arena_free(&reader->arena);
    jy__mem mem = reader->mem;
    jy__mem_free(&mem, reader, sizeof(*reader));
}
