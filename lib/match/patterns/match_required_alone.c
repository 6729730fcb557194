/* Patterns that are looked for by one literal and nothing else. In: a pattern as it is written. Out: the literal, where it is so common that the pattern
 * is tried on very many texts; what lint says of it. */
#include "match/patterns/match_required.h"
#include "fold/fold.h"
#include "match/patterns/match_needs.h"
#include "match/patterns/match_pattern.h"

/* The literal alone, as a pattern, needs as little. */
static bool needs_more(const jy__needs *needs, const jy__text *literal)
{
    jy__needs alone;
    jy__besides none;
    jy__required itself;
    jy__required_of(jy__text_view(literal), &itself, &none, &alone);
    return needs->count != alone.count;
}

bool jy__required_is_common(jy_str pattern, jy__text *out)
{
    jy__needs needs;
    jy__besides besides;
    jy__required required;
    jy__text folded;
    bool common;
    jy__text_init(&folded, out->mem);
    jy__pattern_fold(pattern, &folded);
    jy__required_of(jy__text_view(&folded), &required, &besides, &needs);
    common = required.count == 1 && !besides.count && jy__fold_is_common(required.items[0].symbols, required.items[0].count);
    jy__text_clear(out);
    for (uint32_t i = 0; common && i < required.items[0].count; i++)
        jy__text_cp(out, required.items[0].symbols[i]);
    out->failed |= folded.failed;
    jy__text_free(&folded);
    return common && !out->failed && !needs_more(&needs, out);
}
