/* Where a report goes. On a full disk, or when the run is killed, no half of a report stands under the name that was asked for, and the one
 * of the last run is still there. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const char *output_path(const cli_options *options)
{
    const char *path = option_value(options, OPT_OUTPUT, NULL);
    return path && strcmp(path, "-") ? path : NULL;
}

/* A report is for its owner's eyes; a device or a pipe keeps its mode: /dev/null belongs to all. */
static int make_private(int fd)
{
    struct stat is;
    if (fstat(fd, &is))
        return -1;
    return S_ISREG(is.st_mode) ? fchmod(fd, 0600) : 0;
}

static int take(output_file *out, int fd)
{
    int error = 0;
    if (fd < 0 || make_private(fd) || !(out->to = fdopen(fd, "a")))
        error = errno;
    if (error && fd >= 0)
        close(fd);
    return error;
}

/* Whether the name is free, or a file's that may be written. Links are not: /dev/stdout is one, and must stay what it is. */
static bool can_be_replaced(const char *path)
{
    struct stat is;
    if (lstat(path, &is))
        return errno == ENOENT;
    return S_ISREG(is.st_mode) && !access(path, W_OK);
}

int output_open(output_file *out, const char *path)
{
    int fd = -1, error;
    *out = (output_file){ .to = path ? NULL : stdout };
    if (!path)
        return 0;
    if (can_be_replaced(path))
        fd = fresh_open(&out->fresh, path);
    if (fd < 0) /* a device, or a file that may be written in a folder that may not */
        fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_TRUNC, 0600);
    error = take(out, fd);
    if (error && out->fresh.beside.ptr)
        fresh_close(&out->fresh, false);
    return error;
}

int output_go_on(output_file *out, const char *path, bool continued, long long length)
{
    int fd, error;
    *out = (output_file){ .to = path ? NULL : stdout };
    if (!path)
        return 0;
    fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (continued ? O_APPEND : O_TRUNC), 0600);
    if (fd >= 0 && length >= 0 && lseek(fd, 0, SEEK_END) > length && ftruncate(fd, length)) {
        error = errno;
        close(fd);
        return error;
    }
    return take(out, fd);
}

int output_close(output_file *out, bool whole)
{
    int error = 0, unput = 0;
    if (!out->to)
        return 0;
    if (fflush(out->to) || ferror(out->to))
        error = errno ? errno : EIO;
    if (out->to != stdout && fclose(out->to) && !error)
        error = errno;
    if (out->fresh.beside.ptr)
        unput = fresh_close(&out->fresh, whole && !error);
    out->to = NULL;
    return error ? error : unput;
}
