/* What folding makes of a text, for people and tests; versions of what jinyu stands on. */
#include "session/session.h"

int jy_fold(jy_scanner *scanner, jy_str text, jy_buf *out)
{
    jy__text folded;
    int status;
    if (!scanner || !out || jy__str_lost(text))
        return JY_E_INVALID;
    jy__text_init(&folded, &scanner->mem);
    status = jy__fold_display(&scanner->mem, text, &folded);
    if (status == JY_OK)
        status = jy__text_give(&folded, out);
    jy__text_free(&folded);
    return status;
}

int jy_fold_explain(jy_scanner *scanner, jy_str text, jy_buf *out)
{
    jy__text lines;
    int status;
    if (!scanner || !out || jy__str_lost(text))
        return JY_E_INVALID;
    jy__text_init(&lines, &scanner->mem);
    status = jy__fold_explain(&scanner->mem, text, (int)jy__params_get(&scanner->params, JY_PARAM_LANGUAGE), &lines);
    if (status == JY_OK)
        status = jy__text_give(&lines, out);
    jy__text_free(&lines);
    return status;
}
