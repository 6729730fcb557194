/* Every sentence the program says, twice. The language is that of --lang, else Chinese when the environment's locale is;
 * the locale machinery itself is not used, so nothing depends on installed locales. */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *const sentences[WORD_COUNT][2] = {
#define WORD(name, english, chinese) { english, chinese },
#include "words.h"
#undef WORD
};

int words_language(const char *option)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    const char *from = option;
    for (size_t i = 0; !from && i < COUNT(names); i++) {
        from = getenv(names[i]);
        if (from && !*from)
            from = NULL;
    }
    return from && !strncmp(from, "zh", 2) ? JY_CHINESE : JY_ENGLISH;
}

const char *words_text(int language, word_id id) { return sentences[id][language == JY_CHINESE]; }

static void put(text *to, int language, word_id id, va_list list)
{
    const char *args[10] = { 0 }, *arg;
    size_t count = 0;
    while (count < COUNT(args) && (arg = va_arg(list, const char *)))
        args[count++] = arg;
    for (const char *at = words_text(language, id); *at; at++) {
        if (at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
            text_c(to, args[at[1] - '0'] ? args[at[1] - '0'] : "");
            at += 2;
        } else {
            text_add(to, at, 1);
        }
    }
}

void words_put(text *to, int language, word_id id, ...)
{
    va_list list;
    va_start(list, id);
    put(to, language, id, list);
    va_end(list);
}

void say(int language, word_id id, ...)
{
    text sentence = { 0 };
    va_list list;
    text_c(&sentence, "jinyu: ");
    va_start(list, id);
    put(&sentence, language, id, list);
    va_end(list);
    text_c(&sentence, "\n");
    fwrite(sentence.ptr, 1, sentence.len, stderr);
    text_free(&sentence);
}

const char *words_errno(int language, int error, char room[WHY_ROOM])
{
    static const struct { int number; word_id id; } known[] = {
        { ENOENT, W_ERRNO_NOENT }, { EACCES, W_ERRNO_ACCES }, { EPERM, W_ERRNO_ACCES }, { EISDIR, W_ERRNO_ISDIR }, { ENOTDIR, W_ERRNO_NOTDIR },
        { EEXIST, W_ERRNO_EXIST }, { ENOSPC, W_ERRNO_NOSPC }, { EDQUOT, W_ERRNO_NOSPC }, { EFBIG, W_ERRNO_FBIG }, { EROFS, W_ERRNO_ROFS },
        { ENAMETOOLONG, W_ERRNO_NAMETOOLONG }, { ELOOP, W_ERRNO_LOOP }, { EMFILE, W_ERRNO_MFILE }, { ENFILE, W_ERRNO_MFILE },
        { ENOMEM, W_ERRNO_NOMEM }, { EBADF, W_ERRNO_CLOSED }, { EIO, W_ERRNO_IO }, { EPIPE, W_ERRNO_PIPE }, { ENXIO, W_ERRNO_NXIO },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (known[i].number == error)
            return words_text(language, known[i].id);
    text sentence = { 0 };
    char number[16];
    snprintf(number, sizeof(number), "%d", error);
    words_put(&sentence, language, W_ERRNO_OTHER, number, NULL);
    snprintf(room, WHY_ROOM, "%s", sentence.ptr);
    text_free(&sentence);
    return room;
}
