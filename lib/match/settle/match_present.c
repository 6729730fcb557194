/* Which symbols a stretch of text has at all. In: the codes of a chunk, and the text around it as far as a match with a key of the chunk may reach. Out:
 * whether a form lacks one of its symbols there; then none of its keys leads to a match. Text that says few characters again and again has keys of many
 * forms, but not what else these have, and to follow each of them is far more than to ask that. It is found when a chunk has had many forms looked at,
 * and not where the chunk is as manifold as talk, which has some of everything. Characters that the stream does not carry do not count: around them all
 * is looked at anyway (match_rare.c).
 *
 *   text   听不清听不听不清 …   has 听 不 清 and what sounds like them; 听不清你讲话 lacks 你 讲 话 */
#include "match/match_inside.h"
#include "match/match_limits.h"

/* A match of a short form has so many symbols at the most, each with all fillers behind it. */
#define FAR ((JY__PLAIN_MOST + JY__MATCH_MOST_REPEATS * JY__MATCH_REPEAT_LONGEST) * (1 + JY__MATCH_MOST_FILLERS * JY__FILLER_LONGEST))
#define FAR_BYTES (8 * FAR) /* where gaps make more of it, it is not gone through */

static void note_sounds(jy__present *present, uint32_t code)
{
    const jy__heard_set *set = jy__heard_set_of(code);
    for (size_t i = 0; i < set->count; i++)
        if (!jy__bit(present->classes, set->classes[i])) {
            jy__bit_set(present->classes, set->classes[i]);
            present->class_list[present->class_count++] = set->classes[i];
        }
}

/* False: the code is no single symbol. */
static bool note(jy__present *present, uint32_t code)
{
    uint32_t symbol = jy__code_symbol(code);
    if (!symbol)
        return false;
    jy__bit_set(present->symbols, jy__code_place(symbol));
    note_sounds(present, code);
    note_sounds(present, symbol);
    return true;
}

/* What was said a short while ago is not noted again. */
typedef struct noting { jy__present *present; jy__segment segment; size_t fresh; } noting;

static inline bool note_new(noting *n, uint32_t code)
{
    uint16_t *last = &n->present->recent[code % JY__PRESENT_RECENT];
    if (*last == code)
        return true;
    *last = (uint16_t)code;
    n->fresh++;
    return note(n->present, code);
}

/* False when they are manifold. */
static bool note_codes(noting *n, const uint16_t *codes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!note_new(n, codes[i]) || n->fresh > JY__PRESENT_RECENT / 4 + i / 4)
            return false;
    return true;
}

static bool note_glyph(noting *n, const jy__glyph *glyph) { return glyph->count != 1 || !jy__is_code(glyph->symbol) || note_new(n, glyph->symbol); }

static bool note_behind(noting *n, size_t at)
{
    jy__glyph glyph;
    size_t end = at + FAR_BYTES;
    for (size_t i = 0; i < FAR && jy__match_glyph(&n->segment, at, &glyph); i++, at = glyph.end)
        if (at > end || !note_glyph(n, &glyph))
            return false;
    return true;
}

static bool note_before(noting *n, size_t at)
{
    jy__glyph glyph;
    size_t begin = at > FAR_BYTES ? at - FAR_BYTES : 0;
    for (size_t i = 0; i < FAR && jy__match_glyph_before(&n->segment, at, &glyph); i++, at = glyph.begin)
        if (at < begin || !note_glyph(n, &glyph))
            return false;
    return true;
}

/* No segment's bounds count: the next key may be in another one. */
static noting open_noting(const jy__rounds *rounds, jy__present *present)
{
    return (noting){ present, { rounds->scan->text.ptr, 0, rounds->scan->text.len, false }, 0 };
}

static void forget(jy__present *present)
{
    memset(present->symbols, 0, sizeof(present->symbols));
    memset(present->classes, 0, sizeof(present->classes));
    memset(present->forms, 0, sizeof(present->forms));
    memset(present->begun, 0, sizeof(present->begun));
    memset(present->pairs, 0, sizeof(present->pairs));
    memset(present->heard, 0, sizeof(present->heard));
    memset(present->recent, 0, sizeof(present->recent));
    present->class_count = 0;
}

/* 0: all of the codes were there before. */
static uint32_t differ(const jy__present *present, const uint16_t *codes, size_t count)
{
    uint32_t differ = 0;
    for (size_t i = 0; i < count; i++)
        differ |= present->recent[codes[i] % JY__PRESENT_RECENT] ^ codes[i];
    return differ;
}

/* The same of the chunk's, which may be a few letters again and again: then these are asked, though some may be of earlier chunks alone. */
static bool are_known(const jy__rounds *rounds, const jy__present *present, size_t first)
{
    const jy__alphabet *letters = &rounds->scan->walker->alphabet;
    const uint16_t *codes = rounds->codes;
    const size_t from = present->lettered > first ? present->lettered : first;
    if (from < present->count && !differ(present, letters->codes, letters->count))
        return !differ(present, codes + first, from - first);
    return !differ(present, codes + first, present->count - first);
}

/* Whether the chunk goes on where the last one ended, and has nothing that was not there: then all that is known of that holds. */
static bool goes_on(const jy__rounds *rounds, jy__present *present, size_t first, size_t end)
{
    noting n = open_noting(rounds, present);
    if (present->scan != rounds->scan->walker->scan || jy__round_place(rounds, first) > present->until)
        return false;
    return are_known(rounds, present, first) && note_behind(&n, end) && !n.fresh;
}

static bool note_all(const jy__rounds *rounds, jy__present *present, size_t first, size_t end)
{
    noting n = open_noting(rounds, present);
    forget(present);
    return note_codes(&n, rounds->codes + first, present->count - first) && note_before(&n, jy__round_place(rounds, first)) && note_behind(&n, end);
}

static bool find(const jy__rounds *rounds, jy__present *present)
{
    size_t first = 0, last = present->count - 1, end;
    bool found;
    while (first < last && !rounds->codes[first])
        first++;
    end = rounds->codes[last] ? jy__round_place(rounds, last) + 3 : 0;
    found = end && (goes_on(rounds, present, first, end) || note_all(rounds, present, first, end));
    present->scan = found ? rounds->scan->walker->scan : 0;
    present->until = end;
    return found;
}

static bool is_there(const jy__present *present, uint32_t symbol, int mode)
{
    const jy__heard_set *set = jy__heard_set_of(symbol);
    bool there = jy__bit(present->symbols, jy__code_place(symbol));
    for (size_t i = 0; i < set->count && mode == JY__MODE_SOUND; i++)
        there |= jy__bit(present->classes, set->classes[i]);
    return there;
}

bool jy__present_find(const jy__rounds *rounds)
{
    jy__present *present = &rounds->scan->walker->present;
    if (!present->found && present->count) {
        present->found = find(rounds, present);
        present->count = present->found ? present->count : 0;
    }
    return present->found;
}

/* A call of its own: a compiler reads what it needs of the form first, which lies far away. */
static __attribute__((noinline)) bool lacks_one(const jy__rounds *rounds, uint32_t number, int mode)
{
    jy__present *present = &rounds->scan->walker->present;
    const jy__form *form = &rounds->scan->matcher->forms[number];
    const uint32_t *symbols = rounds->scan->matcher->symbols + form->first;
    uint32_t there = 0;
    if (!(form->flags & JY__FORM_SHORT) || rounds->scan->matcher->keys_only || !jy__present_find(rounds))
        return false;
    while (there < form->count && is_there(present, symbols[there], mode))
        there++;
    present->forms[number % JY__PRESENT_FORMS] = jy__present_form(number, mode) | (there < form->count);
    return there < form->count;
}

bool jy__present_lack(const jy__rounds *rounds, uint32_t number, int mode)
{
    jy__present *present = &rounds->scan->walker->present;
    return (present->found || present->asked++ >= JY__PRESENT_FROM) && lacks_one(rounds, number, mode);
}

/* ---- keys: what becomes of one is the same wherever it stands */

static bool lacks_pair(const jy__rounds *rounds, uint32_t a, uint32_t b)
{
    const jy__context *context = jy__pair_find(&rounds->scan->matcher->pair_index, a, b);
    for (; context; context = jy__context_next(context))
        if (!jy__lacks(rounds, context->form, JY__MODE_EXACT))
            return false;
    return true;
}

static bool lacks_heard(const jy__rounds *rounds, uint32_t key)
{
    const jy__sound_keys *index = &rounds->scan->matcher->sound_keys;
    const jy__sound_start *start = &index->starts[jy__sound_start_of(index, key)];
    for (uint32_t i = start[0].first; i < start[1].first; i++)
        if (jy__sound_is_of(index, i, key) && !jy__lacks(rounds, index->entries[i].form, JY__MODE_SOUND))
            return false;
    return true;
}

bool jy__present_idle_pair(const jy__rounds *rounds, uint32_t a, uint32_t b)
{
    jy__present *present = &rounds->scan->walker->present;
    uint32_t pair = a << 16 | b, at = jy__pair_hash(0, pair, 32) % JY__PRESENT_PAIRS;
    if (!present->found)
        return false;
    if (!present->pairs[at].known || present->pairs[at].key != pair) {
        present->pairs[at].key = pair;
        present->pairs[at].known = true;
        present->pairs[at].idle = lacks_pair(rounds, a, b);
    }
    return present->pairs[at].idle;
}

bool jy__present_idle_heard(const jy__rounds *rounds, uint32_t key)
{
    jy__present *present = &rounds->scan->walker->present;
    uint32_t at = (key >> 12) % JY__PRESENT_PAIRS;
    if (!present->found)
        return false;
    if (!present->heard[at].known || present->heard[at].key != key) {
        present->heard[at].key = key;
        present->heard[at].known = true;
        present->heard[at].idle = lacks_heard(rounds, key);
    }
    return present->heard[at].idle;
}
