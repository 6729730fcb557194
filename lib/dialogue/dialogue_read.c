/* The reader: opens a file or a text, has its format chosen, and gives calls out item by item. What a format gathered in one go
 * is one batch; the state below says where the reader stands between two items.
 *
 *     ┌──────────────▶ gather ──(done)──▶ rest: damage at the end of the input, then JY_DONE
 *     │                  ▼
 *     │   CALL (if none is open), the batch's entries, more? ──yes──┐
 *     │                  ▼ no                                      │
 *     └─────────────── END ◀──────────────────────────────────────┘ */
#include "dialogue/dialogue_office.h"

#define USUAL_MAX_BYTES ((uint64_t)16 << 30)
#define USUAL_MAX_RATIO 1000u

int jy__reader_fail(jy_reader *reader, int status, int32_t message, jy__pos pos, const jy_str *args, size_t arg_count)
{
    jy__diags_add(&reader->failure, jy__dialogue_message(message), reader->source, (jy_str){ NULL, 0 }, pos, args, arg_count);
    if (reader->failure.failed)
        return JY_E_NOMEM;
    reader->shown = (int32_t)reader->failure.list.count - 1;
    reader->status = status;
    return status;
}

/* Numbers that the messages about bytes are filled with. */
static int fail_bytes(jy_reader *reader, bool as_item)
{
    const jy__bytes *bytes = &reader->input.bytes;
    jy__text number;
    jy_str arg;
    int status;
    jy__pos pos = { 0, 0, reader->input.offset + (reader->input.end - reader->input.begin), 0 };
    jy__text_init(&number, &reader->mem);
    jy__text_int(&number, bytes->why == JY__SAY_TOO_LONG ? (int64_t)bytes->max_bytes
                          : bytes->why == JY__SAY_RATIO ? (int64_t)bytes->max_ratio : bytes->errno_seen);
    arg = jy__text_view(&number);
    if (number.failed || bytes->status == JY_E_NOMEM)
        status = JY_E_NOMEM;
    else if (as_item)
        status = jy__batch_broken(reader, bytes->why, pos, &arg, 1);
    else
        status = jy__reader_fail(reader, bytes->status, bytes->why, (jy__pos){ 0, 0, 0, 0 }, &arg, 1);
    jy__text_free(&number);
    return status;
}

static jy_reader *new_reader(const jy_alloc *alloc)
{
    jy__mem mem = jy__mem_of(alloc);
    jy_reader *reader = jy__mem_alloc(&mem, sizeof(*reader));
    if (!reader)
        return NULL;
    reader->mem = mem;
    reader->shown = -1;
    jy__arena_init(&reader->arena, &reader->mem);
    jy__arena_init(&reader->call_arena, &reader->mem);
    jy__arena_init(&reader->batch.arena, &reader->mem);
    jy__diags_init(&reader->batch.diags, &reader->mem);
    jy__diags_init(&reader->failure, &reader->mem);
    jy__speakers_init(&reader->speakers, &reader->mem);
    jy__text_init(&reader->office, &reader->mem);
    return reader;
}

static int take_labels(jy_reader *reader, const jy_read_options *options)
{
    for (size_t i = 0; i < options->label_count; i++) {
        int status = jy__speakers_add(&reader->speakers, options->labels[2 * i], options->labels[2 * i + 1]);
        if (status == JY_E_INVALID)
            return jy__reader_fail(reader, status, JY__SAY_LABELS, (jy__pos){ 0, 0, 0, 0 }, &options->labels[2 * i], 2);
        if (status)
            return status;
    }
    return JY_OK;
}

static int unknown_format(jy_reader *reader, jy_str name)
{
    jy__text known;
    jy_str args[2];
    int status;
    jy__text_init(&known, &reader->mem);
    for (size_t i = 0; jy__format_at(i); i++) {
        if (i) jy__text_c(&known, ", ");
        jy__text_c(&known, jy__format_at(i)->name);
    }
    args[0] = name;
    args[1] = jy__text_view(&known);
    status = known.failed ? JY_E_NOMEM : jy__reader_fail(reader, JY_E_INVALID, JY__SAY_FORMAT, (jy__pos){ 0, 0, 0, 0 }, args, 2);
    jy__text_free(&known);
    return status;
}

static int take_options(jy_reader *reader, const jy_read_options *options, jy_str source)
{
    jy__charset charset = JY__UNDECIDED;
    jy__bytes *bytes = &reader->input.bytes;
    if (options->source.len)
        source = options->source;
    if (!jy__arena_str(&reader->arena, source, &reader->file) ||
        !jy__arena_str(&reader->arena, jy__trim(options->agent), &reader->agent))
        return JY_E_NOMEM;
    reader->source = reader->file;
    reader->language = options->language;
    bytes->max_bytes = options->max_bytes > 0 ? (uint64_t)options->max_bytes : USUAL_MAX_BYTES;
    bytes->max_ratio = options->max_ratio > 0 ? (uint64_t)options->max_ratio : USUAL_MAX_RATIO;
    if (options->encoding.len && !jy__charset_by_name(options->encoding, &charset))
        return jy__reader_fail(reader, JY_E_INVALID, JY__SAY_ENCODING, (jy__pos){ 0, 0, 0, 0 }, &options->encoding, 1);
    jy__input_init(&reader->input, &reader->mem, charset);
    if (options->format.len && !(reader->asked = reader->format = jy__format_by_name(options->format)))
        return unknown_format(reader, options->format);
    return take_labels(reader, options);
}

static int choose_format(jy_reader *reader)
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

/* Where the bytes come from: a path, the caller's function, or memory. */
typedef struct origin { const char *path; jy_read_fn read; void *ctx; jy_str text; } origin;

static int open_bytes(jy_reader *reader, const origin *from)
{
    jy__bytes *bytes = &reader->input.bytes;
    if (from->path)
        return jy__bytes_open(bytes, &reader->mem, from->path);
    if (from->read)
        return jy__bytes_from(bytes, &reader->mem, from->read, from->ctx);
    return jy__bytes_of(bytes, &reader->mem, from->text.ptr ? from->text : (jy_str){ "", 0 });
}

static int open_reader(jy_reader **out, const origin *from, const jy_read_options *options, const jy_alloc *alloc)
{
    jy_read_options usual = JY_READ_OPTIONS_INIT, given = JY_READ_OPTIONS_INIT;
    jy_reader *reader = new_reader(alloc);
    int opened, status;
    *out = reader;
    if (!reader)
        return JY_E_NOMEM;
    if (options) {
        size_t size = options->size < sizeof(given) ? options->size : sizeof(given);
        memcpy(&given, options, size);
    } else {
        given = usual;
    }
    opened = open_bytes(reader, from);
    status = take_options(reader, &given, from->path ? jy__str_of(from->path) : (jy_str){ NULL, 0 });
    if (status == JY_OK)
        status = opened == JY_E_NOMEM ? opened : choose_format(reader);
    reader->status = status;
    if (status == JY_E_NOMEM) {
        jy_reader_free(reader);
        *out = NULL;
    }
    return status;
}

int jy_reader_open(jy_reader **out, const char *path, const jy_read_options *options, const jy_alloc *alloc)
{
    if (!out || !path)
        return JY_E_INVALID;
    return open_reader(out, &(origin){ .path = path }, options, alloc);
}

int jy_reader_open_stream(jy_reader **out, jy_read_fn read, void *ctx, const jy_read_options *options, const jy_alloc *alloc)
{
    if (!out || !read)
        return JY_E_INVALID;
    return open_reader(out, &(origin){ .read = read, .ctx = ctx }, options, alloc);
}

int jy_reader_open_text(jy_reader **out, jy_str text, const jy_read_options *options, const jy_alloc *alloc)
{
    if (!out || (!text.ptr && text.len))
        return JY_E_INVALID;
    return open_reader(out, &(origin){ .text = text }, options, alloc);
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
    reader->agent_known = false;
    reader->agent_label = (jy_str){ NULL, 0 };
}

/* After the last call: what stopped the input early is said once, as an item when the rest was fine. */
static int after_last(jy_reader *reader)
{
    const jy__bytes *bytes = &reader->input.bytes;
    if (reader->finished || bytes->status == JY_OK)
        return JY_DONE;
    reader->finished = true;
    clear_batch(reader);
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
    reader->format = NULL;
    reader->state = NULL;
    status = jy__office_next(reader);
    if (status)
        return status;
    reader->format = reader->asked;
    reader->finished = false;
    reader->status = JY_OK;
    status = choose_format(reader);
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
        item->event = batch->events.items[entry.index];
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
    if (!reader || !item)
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
    jy__diags_give(&reader->failure, (size_t)reader->shown, reader->language, out);
    return JY_OK;
}

const char *jy_reader_format(const jy_reader *reader)
{
    return !reader ? "" : reader->container ? reader->container : reader->format ? reader->format->name : "";
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
