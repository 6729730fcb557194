/* Which bytes come next. Small files are left to the workers. A large file, or standard input, is looked at first: a script
 * (text without speaker labels) is handed out in blocks cut at line ends, so that a pipe of any length needs a few
 * megabytes and all threads can share one file. Anything else is calls: they are read here and handed out a few at a time, since
 * reading costs a tenth of judging. A call too long to be kept goes, with the reader and all that follows, to one worker.
 *
 *      file ....................|....................|........
 *           block 1 up to the last line end | carry + block 2 | …      line and offset of each block are counted here
 */
#include "scan.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool item_is_script(const jy_reader *reader, const jy_item *item)
{
    return item->kind == JY_ITEM_CALL && item->call.has_speakers == -1 && !strcmp(jy_reader_format(reader), "text") &&
           !strncmp(jy_reader_encoding(reader), "UTF-8", 5);
}

size_t bom_length(jy_str bytes) { return bytes.len >= 3 && !memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) ? 3 : 0; }

bool is_packed(jy_str bytes)
{
    return (bytes.len >= 2 && !memcmp(bytes.ptr, "\x1f\x8b", 2)) || (bytes.len >= 4 && !memcmp(bytes.ptr, "\x28\xb5\x2f\xfd", 4));
}

static bool looks_like_script(const scan_plan *plan, const char *path, jy_str bytes)
{
    jy_str labels[2 * MAX_LABELS];
    jy_read_options how;
    jy_reader *reader = NULL;
    jy_item item = JY_ITEM_INIT;
    bool script;
    read_options_fill(plan->options, path, labels, &how);
    script = !is_packed(bytes) && jy_reader_open_text(&reader, bytes, &how, NULL) == JY_OK && jy_reader_next(reader, &item) == JY_OK &&
             item_is_script(reader, &item);
    jy_reader_free(reader);
    return script;
}

void source_init(source *from, const scan_plan *plan)
{
    *from = (source){ .plan = plan, .fd = -1 };
}

static void close_script(source *from)
{
    if (from->fd > 0)
        close(from->fd);
    from->fd = -1;
}

void source_free(source *from)
{
    close_script(from);
    jy_reader_free(from->reader);
    feed_free(from->feed);
    text_free(&from->carry);
}

/* A pipe may be silent for ever: Ctrl-C must be seen while waiting for it. */
static bool wait_for_bytes(int fd)
{
    struct pollfd one = { .fd = fd, .events = POLLIN };
    while (poll(&one, 1, 200) == 0)
        if (scan_stop_asked())
            return false;
    return true;
}

/* Reads until `out` holds `want` bytes, or the end. */
static int read_some(source *from, text *out, size_t want)
{
    text_room(out, want > out->len ? want - out->len : 0);
    while (out->len < want && !from->at_end && (from->rereadable || wait_for_bytes(from->fd))) {
        ssize_t got = read(from->fd, out->ptr + out->len, want - out->len);
        if (got < 0 && errno != EINTR)
            return errno;
        if (got == 0)
            from->at_end = true;
        if (got > 0)
            out->len += (size_t)got;
    }
    return 0;
}

static size_t after_last_line(const text *bytes)
{
    size_t at = bytes->len;
    while (at && bytes->ptr[at - 1] != '\n')
        at--;
    return at;
}

/* Where a line that is too long may be cut: before the character that the end would break. */
static size_t before_broken_character(const text *bytes)
{
    size_t at = bytes->len;
    for (int back = 0; back < 4 && at > 1; back++) {
        unsigned char c = (unsigned char)bytes->ptr[at - 1];
        if (c < 0x80)
            return at;
        at--;
        if (c >= 0xC0)
            return at;
    }
    return bytes->len;
}

/* Sums of a byte each, so that the compiler can add many at a time. */
static uint32_t count_lines(jy_str bytes)
{
    enum { MOST = 128 };
    const char *at = bytes.ptr, *end = bytes.ptr + bytes.len;
    uint32_t lines = 0;
    for (; end - at >= MOST; at += MOST) {
        uint8_t own = 0;
        for (int i = 0; i < MOST; i++)
            own = (uint8_t)(own + (at[i] == '\n'));
        lines += own;
    }
    for (; at < end; at++)
        lines += *at == '\n';
    return lines;
}

/* Cuts what was read at its last line end; the rest waits for the next block. A line may need more than one read. */
static void cut_block(source *from, ticket *out)
{
    size_t keep = after_last_line(&out->bytes), want = out->bytes.len;
    while (!keep && !from->at_end && !out->error && want < MAX_LINE && !scan_stop_asked()) {
        size_t before = out->bytes.len;
        want *= 2;
        out->error = read_some(from, &out->bytes, want < MAX_LINE ? want : MAX_LINE);
        for (size_t i = out->bytes.len; i > before && !keep; i--)
            if (out->bytes.ptr[i - 1] == '\n')
                keep = i;
    }
    if (from->at_end) {
        keep = out->bytes.len;
    } else if (!keep) {
        keep = before_broken_character(&out->bytes);
        out->cut = true;
    }
    from->carry.len = 0;
    text_add(&from->carry, out->bytes.ptr + keep, out->bytes.len - keep);
    out->bytes.len = keep;
    out->line = from->line;
    out->offset = from->offset;
    from->line += count_lines(text_view(&out->bytes));
    from->offset += keep;
}

static void next_block(source *from, ticket *out)
{
    out->kind = TICKET_BLOCK;
    out->input = from->next - 1;
    text_str(&out->bytes, text_view(&from->carry));
    out->error = read_some(from, &out->bytes, out->bytes.len > SCRIPT_BYTES ? out->bytes.len + 1 : SCRIPT_BYTES);
    if (!out->bytes.len || out->error) {
        out->kind = TICKET_CLOSE;
        out->last = true;
        close_script(from);
        return;
    }
    cut_block(from, out);
    out->size = out->bytes.len;
}

/* ---- calls */
void feed_free(feed *from)
{
    if (!from)
        return;
    if (from->fd > 0)
        close(from->fd);
    text_free(&from->seen);
    free(from);
}

static long read_feed(void *ctx, char *to, size_t room)
{
    feed *from = ctx;
    size_t left = from->seen.len - from->taken;
    ssize_t got;
    if (left) {
        left = left < room ? left : room;
        memcpy(to, from->seen.ptr + from->taken, left);
        from->taken += left;
        return (long)left;
    }
    do {
        got = wait_for_bytes(from->fd) ? read(from->fd, to, room) : 0;
    } while (got < 0 && errno == EINTR);
    from->bytes += got > 0 ? (uint64_t)got : 0;
    return (long)got;
}

/* The rest of the input goes to one worker, which frees the reader. */
static void hand_reader(source *from, ticket *out)
{
    out->reader = from->reader;
    out->feed = from->feed;
    out->given = from->given;
    out->size = from->whole > from->given ? from->whole - from->given : 0;
    out->last = true;
    from->reader = NULL;
    from->feed = NULL;
}

/* The next calls of the input at hand. Its end, good or bad, is told by the reader to the worker that gets it. */
static void next_calls(source *from, ticket *out)
{
    jy_item item = JY_ITEM_INIT;
    size_t calls = 0;
    bool full = false, open = false;
    out->kind = TICKET_CALLS;
    out->input = from->next - 1;
    out->last = false;
    while (!full && !scan_stop_asked() && jy_reader_next(from->reader, &item) == JY_OK) {
        parcel_add(&out->calls, &item);
        open = item.kind == JY_ITEM_CALL || (open && item.kind != JY_ITEM_END);
        calls += item.kind != JY_ITEM_TURN && item.kind != JY_ITEM_EVENT && item.kind != JY_ITEM_CALL;
        full = open ? out->calls.bytes >= BLOCK_BYTES : out->calls.bytes >= PARCEL_BYTES || calls >= PARCEL_CALLS;
    }
    if (full && !open) {
        out->size = out->calls.bytes;
        from->given += out->size;
    } else {
        hand_reader(from, out);
    }
}

/* A regular file is opened anew; a pipe goes on where the look at it ended. */
static void begin_calls(source *from, ticket *out, const char *path)
{
    jy_str labels[2 * MAX_LABELS];
    jy_read_options how;
    read_options_fill(from->plan->options, path, labels, &how);
    from->given = 0;
    if (from->rereadable) {
        close_script(from);
        out->bytes.len = 0;
        out->status = jy_reader_open(&from->reader, path, &how, NULL);
    } else {
        from->whole = 0;
        from->feed = mem_resize(NULL, sizeof(*from->feed));
        *from->feed = (feed){ .fd = from->fd, .seen = out->bytes, .bytes = out->bytes.len };
        out->bytes = (text){ 0 };
        from->fd = -1;
        out->status = jy_reader_open_stream(&from->reader, read_feed, from->feed, &how, NULL);
    }
    if (out->status == JY_OK) {
        next_calls(from, out);
    } else {
        out->kind = TICKET_CALLS;
        hand_reader(from, out);
    }
}

static void begin_script(source *from, ticket *out)
{
    size_t bom = bom_length(text_view(&out->bytes));
    from->line = 1;
    from->offset = 0;
    cut_block(from, out);
    memmove(out->bytes.ptr, out->bytes.ptr + bom, out->bytes.len -= bom);
    out->offset = bom;
    out->kind = TICKET_BLOCK;
    out->size = out->bytes.len;
}

/* Standard input, or a file that is not small: looks at the first block to see what it is. */
static void look(source *from, ticket *out, const char *path)
{
    from->at_end = false;
    out->error = read_some(from, &out->bytes, BLOCK_BYTES);
    jy_str seen = { out->bytes.ptr, from->at_end ? out->bytes.len : after_last_line(&out->bytes) };
    if (!out->error && (seen.len || !out->bytes.len) && looks_like_script(from->plan, path, seen)) {
        begin_script(from, out);
        return;
    }
    if (!out->error && !seen.len && out->bytes.len && looks_like_script(from->plan, path, text_view(&out->bytes))) {
        begin_script(from, out); /* one line longer than a block */
        return;
    }
    if (!out->error) {
        begin_calls(from, out, path);
        return;
    }
    out->bytes.len = 0;
    close_script(from);
}

void source_next(source *from, ticket *out)
{
    struct stat stat_of;
    const char *path;
    if (from->fd >= 0) {
        next_block(from, out);
        return;
    }
    if (from->reader) {
        next_calls(from, out);
        return;
    }
    if (from->next == from->plan->inputs->paths.count) {
        out->kind = TICKET_END;
        return;
    }
    path = from->plan->inputs->paths.items[from->next];
    out->kind = TICKET_FILE;
    out->input = from->next++;
    out->last = true;
    if (!strcmp(path, "-")) {
        from->fd = 0;
        from->rereadable = false;
    } else if (stat(path, &stat_of) || (S_ISREG(stat_of.st_mode) && stat_of.st_size <= SMALL_FILE)) {
        return; /* the worker opens it, and says what is wrong with it */
    } else {
        from->whole = (uint64_t)stat_of.st_size;
        from->rereadable = S_ISREG(stat_of.st_mode);
        if ((from->fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
            return;
    }
    look(from, out, path);
    if (out->kind == TICKET_BLOCK)
        out->last = false;
}
