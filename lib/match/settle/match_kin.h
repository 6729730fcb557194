/* match_kin — phrases that begin alike and have one key: a ring of forms, and what of them stands at a place side by side. */
#ifndef JY_MATCH_KIN_H
#define JY_MATCH_KIN_H

#include "match/tables/match_build.h"
#include "match/match_limits.h"

#define JY__KIN_MOST JY__MATCH_MOST_SYMBOLS

static inline uint32_t jy__kin_count(const jy__matcher *matcher, uint32_t number) { return matcher->forms[number].count; }

/* The next shorter one, when there is one. */
static inline bool jy__kin_shorten(const jy__matcher *matcher, uint32_t *number)
{
    uint32_t next = matcher->forms[*number].kin - 1u;
    bool shorter = jy__kin_count(matcher, next) < jy__kin_count(matcher, *number);
    *number = shorter ? next : *number;
    return shorter;
}

uint32_t jy__kin_longest(const jy__matcher *matcher, uint32_t number);

/* Those next to a form among its kin, and the longest of all; `number` is the form, and before any is added the others are it, too. */
typedef struct jy__kinship { uint32_t number, count, shorter, longest; uint64_t lengths[4]; } jy__kinship;

/* False: that is no kin of the form's, or one too many. */
bool jy__kinship_add(const jy__matcher *matcher, uint32_t other, jy__kinship *out);
void jy__kinship_keep(jy__matcher *matcher, const jy__kinship *all);

/* No filler from before a form ends on its first symbols. */
bool jy__kin_begins_itself(const jy__matcher *matcher, const jy__form *form);

/* The symbols of the longest that stand side by side from `begin` on, and how many of the first of them are variants. */
typedef struct jy__kin_row { const uint32_t *symbols; size_t begin; uint32_t count; uint8_t variants[JY__KIN_MOST + 1]; } jy__kin_row;

/* False: no such place is in the segment. */
bool jy__kin_find_row(jy__scan *scan, const jy__form *longest, size_t key, jy__kin_row *out);

/* What stands beside a row: nothing that a way goes over, what any may go over, or one code, which tells by what it is. */
typedef enum jy__kin_beside { JY__KIN_SHUT, JY__KIN_OPEN, JY__KIN_CODE } jy__kin_beside;
jy__kin_beside jy__kin_before(const jy__scan *scan, const jy__kin_row *own, uint32_t *symbol);
jy__kin_beside jy__kin_behind(const jy__scan *scan, const jy__kin_row *own, uint32_t *symbol);

/* Lists those that stand there: each, or of those that may be left to it the longest alone. */
void jy__kin_list(jy__scan *scan, uint32_t longest, const jy__kin_row *own);

#endif
