/* Whole files, in and out. What is written has its name only when all of it is there: it grows beside it, under a hidden name, which no
 * folder's walk takes for a transcript should the program be killed. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_ROOM ((size_t)1 << 16)
#define READ_LEAST ((size_t)1 << 12) /* with so much left there is room for more: what a small file is read into need not grow to see its end */

int file_read(const char *path, text *out)
{
    int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : dup(0), error = 0;
    if (fd < 0)
        return errno;
    for (;;) {
        if (out->cap < out->len + READ_LEAST)
            text_room(out, READ_ROOM);
        ssize_t got = read(fd, out->ptr + out->len, out->cap - out->len - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            error = errno;
        if (got <= 0)
            break;
        out->len += (size_t)got;
    }
    out->ptr[out->len] = 0;
    close(fd);
    return error;
}

static int write_all(int fd, jy_str bytes)
{
    while (bytes.len) {
        ssize_t put = write(fd, bytes.ptr, bytes.len);
        if (put < 0 && errno != EINTR)
            return errno;
        if (put > 0) {
            bytes.ptr += put;
            bytes.len -= (size_t)put;
        }
    }
    return 0;
}

/* A device or a pipe is not replaced: whoever reads it has this one open, and /dev/null must stay what it is. */
static int write_into(const char *path, jy_str bytes)
{
    int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC), error;
    if (fd < 0)
        return errno;
    error = write_all(fd, bytes);
    return close(fd) && !error ? errno : error;
}

static void fresh_free(fresh_file *file)
{
    text_free(&file->path);
    text_free(&file->beside);
}

/* "calls/.report.html.XXXXXX" */
static void name_beside(const char *path, text *out)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    text_add(out, path, (size_t)(name - path));
    text_c(out, ".");
    text_c(out, name);
    text_c(out, ".XXXXXX");
}

int fresh_open(fresh_file *file, const char *path)
{
    char *real = realpath(path, NULL); /* a link stays one: what it points to is replaced */
    int fd, error;
    *file = (fresh_file){ 0 };
    text_c(&file->path, real ? real : path);
    free(real);
    name_beside(file->path.ptr, &file->beside);
    fd = mkstemp(file->beside.ptr);
    error = errno;
    if (fd < 0)
        fresh_free(file);
    errno = error;
    return fd;
}

int fresh_close(fresh_file *file, bool whole)
{
    int error = whole && rename(file->beside.ptr, file->path.ptr) ? errno : 0;
    if (error == EBUSY) { /* it is mounted by itself, as a container's one file */
        text bytes = { 0 };
        error = file_read(file->beside.ptr, &bytes);
        error = error ? error : write_into(file->path.ptr, text_view(&bytes));
        text_free(&bytes);
        whole = false;
    }
    if (!whole || error)
        unlink(file->beside.ptr);
    fresh_free(file);
    return error;
}

int file_replace(const char *path, jy_str bytes, unsigned mode)
{
    struct stat is;
    fresh_file file;
    int fd, error, unput;
    if (!stat(path, &is) && !S_ISREG(is.st_mode))
        return write_into(path, bytes);
    if ((fd = fresh_open(&file, path)) < 0)
        return errno;
    error = write_all(fd, bytes);
    if (!error && (fchmod(fd, mode) || fsync(fd)))
        error = errno;
    if (close(fd) && !error)
        error = errno;
    unput = fresh_close(&file, !error);
    return error ? error : unput;
}
