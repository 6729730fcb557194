/* Bytes of a file, a pipe, memory or the caller's own source, with gzip and zstd undone as told by their magic numbers. What comes
 * out is capped in size and in its ratio to what went in, so that a small bomb costs little. zstd's own memory comes from libc: its
 * interface for other allocators is not part of its stable ABI. */
#include "dialogue/dialogue.h"
#include "dialogue/dialogue_input.h"
#include "dialogue/dialogue_json.h"
#include "dialogue/dialogue_messages.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define RAW_SIZE ((size_t)256 << 10)
#define FREE_EXPANSION ((uint64_t)1 << 20) /* below this no ratio is asked for */
#define MOST_WINDOW_LOG 27                 /* 128 MB: what `zstd --long` makes */

static size_t stop(jy__bytes *bytes, int status, int32_t why)
{
    bytes->status = status;
    bytes->why = why;
    bytes->ended = true;
    return 0;
}

static void fetch(jy__bytes *bytes)
{
    ssize_t got;
    if ((bytes->fd < 0 && !bytes->read) || bytes->ended)
        return;
    if (bytes->begin == bytes->end)
        bytes->begin = bytes->end = 0;
    do {
        char *to = bytes->raw + bytes->end;
        size_t room = bytes->capacity - bytes->end;
        errno = 0; /* the caller's need not set it */
        got = bytes->read ? (ssize_t)bytes->read(bytes->read_ctx, to, room) : read(bytes->fd, to, room);
    } while (got < 0 && !bytes->read && errno == EINTR);
    if (got < 0) {
        bytes->errno_seen = errno;
        stop(bytes, JY_E_IO, errno == EISDIR ? JY__SAY_FOLDER : JY__SAY_READ);
    }
    bytes->ended = got <= 0;
    bytes->end += got > 0 ? (size_t)got : 0;
}

/* ---- gzip: zlib's memory through jy__mem, each piece with its size in front */
static void *zlib_alloc(void *ctx, unsigned items, unsigned size)
{
    size_t all = (size_t)items * size + 16;
    size_t *piece = jy__mem_alloc(ctx, all);
    if (!piece)
        return NULL;
    *piece = all;
    return (char *)piece + 16;
}

static void zlib_free(void *ctx, void *ptr)
{
    if (ptr) {
        size_t *piece = (size_t *)(void *)((char *)ptr - 16);
        jy__mem_free(ctx, piece, *piece);
    }
}

static int start_gzip(jy__bytes *bytes)
{
    z_stream *stream = jy__mem_alloc(bytes->mem, sizeof(*stream));
    if (!stream)
        return JY_E_NOMEM;
    stream->zalloc = zlib_alloc;
    stream->zfree = zlib_free;
    stream->opaque = (void *)(uintptr_t)bytes->mem;
    bytes->gzip = stream;
    if (inflateInit2(stream, 15 + 16) != Z_OK) {
        jy__mem_free(bytes->mem, stream, sizeof(*stream));
        bytes->gzip = NULL;
        return JY_E_NOMEM;
    }
    return JY_OK;
}

static size_t read_gzip(jy__bytes *bytes, char *to, size_t room)
{
    z_stream *stream = bytes->gzip;
    int answer;
    stream->next_in = (unsigned char *)bytes->raw + bytes->begin;
    stream->avail_in = (unsigned)(bytes->end - bytes->begin);
    stream->next_out = (unsigned char *)to;
    stream->avail_out = (unsigned)room;
    answer = inflate(stream, Z_NO_FLUSH);
    bytes->in += (bytes->end - bytes->begin) - stream->avail_in;
    bytes->begin = bytes->end - stream->avail_in;
    if (answer == Z_MEM_ERROR)
        return stop(bytes, JY_E_NOMEM, 0);
    if (answer != Z_OK && answer != Z_STREAM_END && answer != Z_BUF_ERROR)
        return stop(bytes, JY_E_TRANSCRIPT, JY__SAY_PACKED);
    if (answer == Z_STREAM_END && bytes->begin == bytes->end)
        fetch(bytes);
    if (answer == Z_STREAM_END && (bytes->end - bytes->begin < 2 || memcmp(bytes->raw + bytes->begin, "\x1f\x8b", 2) != 0))
        bytes->packing = JY__PLAIN, bytes->begin = bytes->end, bytes->ended = true; /* padding behind the last member */
    if (answer == Z_STREAM_END)
        inflateReset(stream);
    return room - stream->avail_out;
}

static size_t read_zstd(jy__bytes *bytes, char *to, size_t room)
{
    ZSTD_inBuffer in = { bytes->raw + bytes->begin, bytes->end - bytes->begin, 0 };
    ZSTD_outBuffer out = { to, room, 0 };
    size_t answer = ZSTD_decompressStream(bytes->zstd, &out, &in);
    bytes->in += in.pos;
    bytes->begin += in.pos;
    if (ZSTD_isError(answer))
        return stop(bytes, JY_E_TRANSCRIPT, JY__SAY_PACKED);
    if (answer == 0 && bytes->begin == bytes->end)
        fetch(bytes);
    if (answer == 0 && bytes->begin == bytes->end && bytes->ended)
        bytes->packing = JY__PLAIN; /* the last frame is whole */
    return out.pos;
}

static bool within_limits(jy__bytes *bytes)
{
    if (bytes->out > bytes->max_bytes)
        stop(bytes, JY_E_LIMIT, JY__SAY_TOO_LONG);
    else if ((bytes->gzip || bytes->zstd) && bytes->out > FREE_EXPANSION && bytes->out / (bytes->in + 1) > bytes->max_ratio)
        stop(bytes, JY_E_LIMIT, JY__SAY_RATIO);
    return bytes->status == JY_OK;
}

static size_t unpack(jy__bytes *bytes, char *to, size_t room)
{
    for (;;) {
        size_t got = bytes->packing == JY__GZIP ? read_gzip(bytes, to, room) : read_zstd(bytes, to, room);
        if (got || bytes->status || bytes->packing == JY__PLAIN)
            return got;
        if (bytes->begin == bytes->end) {
            if (bytes->ended)
                return stop(bytes, JY_E_TRANSCRIPT, JY__SAY_PACKED_CUT);
            fetch(bytes);
        }
    }
}

static size_t copy_plain(jy__bytes *bytes, char *to, size_t room)
{
    size_t got;
    if (bytes->begin == bytes->end)
        fetch(bytes);
    got = bytes->end - bytes->begin < room ? bytes->end - bytes->begin : room;
    if (got)
        memcpy(to, bytes->raw + bytes->begin, got);
    bytes->begin += got;
    bytes->in += got;
    return got;
}

size_t jy__bytes_read(jy__bytes *bytes, char *to, size_t room)
{
    size_t got;
    if (bytes->status)
        return 0;
    if (room > (size_t)1 << 30)
        room = (size_t)1 << 30;
    got = bytes->packing == JY__PLAIN ? copy_plain(bytes, to, room) : unpack(bytes, to, room);
    bytes->out += got;
    return within_limits(bytes) || bytes->status == JY_E_TRANSCRIPT ? got : 0;
}

/* The first bytes are in raw: enough for the magic numbers. */
static int start(jy__bytes *bytes)
{
    size_t have = bytes->end - bytes->begin;
    const char *p = bytes->raw + bytes->begin;
    if (have >= 3 && memcmp(p, "\x1f\x8b\x08", 3) == 0) {
        bytes->packing = JY__GZIP;
        return start_gzip(bytes);
    }
    if (have >= 4 && memcmp(p, "\x28\xb5\x2f\xfd", 4) == 0) {
        bytes->packing = JY__ZSTD;
        bytes->zstd = ZSTD_createDStream();
        if (!bytes->zstd)
            return JY_E_NOMEM;
        ZSTD_DCtx_setParameter(bytes->zstd, ZSTD_d_windowLogMax, MOST_WINDOW_LOG);
    }
    return JY_OK;
}

int jy__bytes_of(jy__bytes *bytes, const jy__mem *mem, jy_str text)
{
    *bytes = (jy__bytes){ .mem = mem, .fd = -1, .ended = true, .max_bytes = UINT64_MAX, .max_ratio = UINT64_MAX };
    bytes->raw = (char *)(uintptr_t)text.ptr;
    bytes->end = text.len;
    return start(bytes);
}

static int open_failed(jy__bytes *bytes)
{
    bytes->errno_seen = errno;
    stop(bytes, JY_E_IO, errno == ENOENT ? JY__SAY_MISSING : errno == EACCES ? JY__SAY_DENIED : JY__SAY_READ);
    return JY_E_IO;
}

/* Room for what is read, and enough of it to tell how it is packed. */
static int begin(jy__bytes *bytes)
{
    bytes->raw = jy__mem_resize(bytes->mem, NULL, 0, RAW_SIZE);
    if (!bytes->raw)
        return JY_E_NOMEM;
    bytes->capacity = RAW_SIZE;
    while (bytes->end < 4 && !bytes->ended)
        fetch(bytes);
    return bytes->status ? bytes->status : start(bytes);
}

int jy__bytes_open(jy__bytes *bytes, const jy__mem *mem, const char *path)
{
    struct stat info;
    *bytes = (jy__bytes){ .mem = mem, .fd = -1, .max_bytes = UINT64_MAX, .max_ratio = UINT64_MAX };
    bytes->close_fd = strcmp(path, "-") != 0;
    bytes->fd = bytes->close_fd ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (bytes->fd < 0)
        return open_failed(bytes);
    if (fstat(bytes->fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        stop(bytes, JY_E_IO, JY__SAY_FOLDER);
        return JY_E_IO;
    }
    return begin(bytes);
}

int jy__bytes_from(jy__bytes *bytes, const jy__mem *mem, jy_read_fn read, void *ctx)
{
    *bytes = (jy__bytes){ .mem = mem, .fd = -1, .read = read, .read_ctx = ctx, .max_bytes = UINT64_MAX, .max_ratio = UINT64_MAX };
    return begin(bytes);
}

void jy__bytes_close(jy__bytes *bytes)
{
    if (bytes->gzip) {
        inflateEnd(bytes->gzip);
        jy__mem_free(bytes->mem, bytes->gzip, sizeof(z_stream));
    }
    ZSTD_freeDStream(bytes->zstd);
    if (bytes->capacity)
        jy__mem_free(bytes->mem, bytes->raw, bytes->capacity);
    if (bytes->close_fd && bytes->fd >= 0)
        close(bytes->fd);
}

const char *jy__dialogue_backend(const char *name)
{
    if (strcmp(name, "json") == 0) return jy__json_version();
    if (strcmp(name, "zlib") == 0) return zlibVersion();
    if (strcmp(name, "zstd") == 0) return ZSTD_versionString();
    return NULL;
}
