/* What was read behind masks, and the veto where too little is seen of it: recordings are masked by machines, too, and what they mask are names and numbers
 * (您是**先生吗, 密码是******), of which a phrase must not be made. */
#include "judge/judge.h"

#define MASKS_MOST 2 /* for each symbol that is seen: 没** */

static size_t seen_symbols(jy_str text, const jy__hit *hit, bool *ends_masked)
{
    const char *p = text.ptr + hit->begin, *end = text.ptr + hit->end;
    size_t seen = 0;
    while (p < end) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        *ends_masked = jy__fold_is_mask(cp);
        seen += !*ends_masked && jy__fold_kind(cp) == JY__KIND_SYMBOL;
    }
    return seen;
}

/* A final particle ends what was said, it does not go on. */
static bool goes_on(jy_str text, size_t at)
{
    const char *p, *end = text.ptr + text.len;
    uint32_t cp;
    bool valid;
    while (at < text.len && text.ptr[at] == ' ')
        at++;
    if (at >= text.len)
        return false;
    p = text.ptr + at;
    cp = jy__utf8_next(&p, end, &valid);
    return jy__fold_kind(cp) == JY__KIND_SYMBOL && !jy__judge_is_particle(cp);
}

bool jy__judge_guessed(const jy_rules *rules, jy_str text, uint32_t rule, const jy__hit *hit)
{
    const size_t masks = hit->count[JY_FOLD_MASKED];
    bool ends_masked = false;
    size_t seen;
    if (!masks)
        return false;
    seen = seen_symbols(text, hit, &ends_masked);
    if (masks < seen)
        return false;
    return masks > seen * MASKS_MOST || rules->rules[rule].info.flags & JY_RULE_FATAL || (ends_masked && goes_on(text, hit->end));
}
