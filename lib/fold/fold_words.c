/* In: an original text and a byte offset. Out: whether a word of ICU's dictionary begins or ends there. Few hits need it, and opening
 * ICU's iterator costs more than scanning many turns: so it is opened, and given the text, when the first question comes. */
#include "fold/fold.h"
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#include <unicode/uversion.h>

struct jy__words {
    const jy__mem *mem;
    UBreakIterator *breaks;
    UText utext;
    jy_str text;
    bool attached; /* the iterator has this text */
    int status;
};

int jy__words_new(const jy__mem *mem, jy__words **out)
{
    static const UText empty = UTEXT_INITIALIZER;
    jy__words *words = jy__mem_alloc(mem, sizeof(*words));
    if (!words)
        return JY_E_NOMEM;
    words->mem = mem;
    words->utext = empty;
    *out = words;
    return JY_OK;
}

int jy__words_set(jy__words *words, jy_str text)
{
    if (!words || (!text.ptr && text.len))
        return JY_E_INVALID;
    words->text = text;
    words->attached = false;
    words->status = JY_OK;
    return JY_OK;
}

static bool attach(jy__words *words)
{
    UErrorCode status = U_ZERO_ERROR;
    if (words->attached || words->status != JY_OK)
        return words->attached;
    utext_openUTF8(&words->utext, words->text.len ? words->text.ptr : "", (int64_t)words->text.len, &status);
    if (!words->breaks)
        words->breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    if (U_SUCCESS(status))
        ubrk_setUText(words->breaks, &words->utext, &status);
    words->attached = U_SUCCESS(status);
    words->status = words->attached ? JY_OK : status == U_MEMORY_ALLOCATION_ERROR ? JY_E_NOMEM : JY_E_INTERNAL;
    return words->attached;
}

bool jy__words_boundary(jy__words *words, size_t byte)
{
    if (!words || byte == 0 || byte >= words->text.len)
        return true;
    if (words->text.len > INT32_MAX) {
        words->status = JY_E_LIMIT; /* ICU counts in int32 */
        return true;
    }
    return !attach(words) || ubrk_isBoundary(words->breaks, (int32_t)byte);
}

int jy__words_status(const jy__words *words)
{
    return words ? words->status : JY_E_INVALID;
}

void jy__words_free(jy__words *words)
{
    if (!words)
        return;
    if (words->breaks)
        ubrk_close(words->breaks);
    utext_close(&words->utext);
    jy__mem_free(words->mem, words, sizeof(*words));
}

const char *jy__fold_icu_version(void)
{
    return U_ICU_VERSION;
}
