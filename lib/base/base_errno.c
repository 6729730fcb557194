/* Why the system refused: an errno in, words in both languages out. Not strerror(): it follows the process's locale, which a library must not
 * depend on, knows one language at a time, and may hand one buffer to all threads. */
#include "base/base.h"
#include <errno.h>
#include <stdio.h>

static const struct { int error; const char *text[2]; } reasons[] = {
    { ENOENT, { "there is no such file or folder", "文件或文件夹不存在" } },
    { EACCES, { "permission denied", "没有权限" } },
    { EPERM, { "permission denied", "没有权限" } },
    { EISDIR, { "it is a folder", "这是文件夹" } },
    { ENOTDIR, { "a part of the path is no folder", "路径中有一段不是文件夹" } },
    { ENAMETOOLONG, { "the path is too long", "路径过长" } },
    { ELOOP, { "too many symbolic links behind each other", "符号链接层数过多" } },
    { EMFILE, { "too many files are open in this process", "本进程打开的文件过多" } },
    { ENFILE, { "too many files are open on this machine", "系统打开的文件过多" } },
    { ENOMEM, { "out of memory", "内存不足" } },
    { EBADF, { "it is closed", "已关闭" } }, /* standard input or output, by whoever started us */
    { EIO, { "the device failed", "设备读写出错" } },
    { ENXIO, { "there is no such device", "设备不存在" } },
    { EBUSY, { "it is in use", "正被占用" } },
    { EOVERFLOW, { "the file is too large for this system", "文件超出系统可处理的大小" } },
    { EFBIG, { "it is larger than any such file should be", "文件过大，超出此类文件应有的大小" } },
    { ESTALE, { "the file server no longer knows it", "文件服务器上已没有该文件" } },
    { 0, { "no reason was given", "未说明原因" } }, /* a reader of the caller's that left errno alone */
    { ETIMEDOUT, { "the file server did not answer in time", "文件服务器未及时响应" } },
};

jy_str jy__errno_text(int error, int language, char room[JY__ERRNO_ROOM])
{
    for (size_t i = 0; i < JY__COUNT(reasons); i++)
        if (reasons[i].error == error)
            return jy__str_of(reasons[i].text[language == JY_CHINESE]);
    snprintf(room, JY__ERRNO_ROOM, language == JY_CHINESE ? "系统错误 %d" : "system error %d", error);
    return jy__str_of(room);
}
