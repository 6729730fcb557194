/* Opening a reader: the caller's options taken over, the bytes opened, the format chosen. What stands in the way is kept, so that
 * jy_reader_diag() can tell it. */
#include "dialogue/dialogue_read.h"

#define USUAL_MAX_BYTES ((uint64_t)16 << 30)
#define USUAL_MAX_RATIO 1000u

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

static bool names_lost(const jy_read_options *given)
{
    for (size_t i = 0; i < 2 * given->label_count; i++)
        if (jy__str_lost(given->labels[i]))
            return true;
    return jy__str_lost(given->source) || jy__str_lost(given->format) || jy__str_lost(given->encoding) || jy__str_lost(given->agent);
}

static int open_reader(jy_reader **out, const origin *from, const jy_read_options *options, const jy_alloc *alloc)
{
    jy_read_options given = JY_READ_OPTIONS_INIT;
    jy_reader *reader;
    int opened, status;
    if (options && (jy__struct_give(&given, options, options->size) != JY_OK || (given.label_count && !given.labels) || names_lost(&given)))
        return JY_E_INVALID;
    *out = reader = new_reader(alloc);
    if (!reader)
        return JY_E_NOMEM;
    opened = open_bytes(reader, from);
    status = take_options(reader, &given, from->path ? jy__str_of(from->path) : (jy_str){ NULL, 0 });
    if (status == JY_OK)
        status = opened == JY_E_NOMEM ? opened : jy__reader_choose(reader);
    reader->status = status;
    if (status == JY_E_NOMEM) {
        jy_reader_free(reader);
        *out = NULL;
    }
    return status;
}

int jy_reader_open(jy_reader **out, const char *path, const jy_read_options *options, const jy_alloc *alloc)
{
    if (out)
        *out = NULL;
    if (!out || !path)
        return JY_E_INVALID;
    return open_reader(out, &(origin){ .path = path }, options, alloc);
}

int jy_reader_open_stream(jy_reader **out, jy_read_fn read, void *ctx, const jy_read_options *options, const jy_alloc *alloc)
{
    if (out)
        *out = NULL;
    if (!out || !read)
        return JY_E_INVALID;
    return open_reader(out, &(origin){ .read = read, .ctx = ctx }, options, alloc);
}

int jy_reader_open_text(jy_reader **out, jy_str text, const jy_read_options *options, const jy_alloc *alloc)
{
    if (out)
        *out = NULL;
    if (!out || jy__str_lost(text))
        return JY_E_INVALID;
    return open_reader(out, &(origin){ .text = text }, options, alloc);
}
