/* match_inside — what the files of this floor call of each other; where a call is one of very many, its usual case is here. */
#ifndef JY_MATCH_INSIDE_H
#define JY_MATCH_INSIDE_H

#include "match/match_scan.h"

/* match_sound.c */
#define JY__SOUND_NONE 0xFFu
unsigned jy__sound_cost(uint32_t heard, uint32_t symbol); /* JY__SOUND_NONE: not alike */
unsigned jy__sound_confidence(unsigned differing, unsigned price, unsigned symbols);
size_t jy__match_sound_classes(uint32_t symbol, uint16_t out[JY__SOUND_MOST]);
uint32_t jy__sound_weight(uint32_t symbol); /* how common what sounds like it is; 0: no Han symbol with a reading */
/* match_walker.c: the scratch's, with room for the matcher's forms; NULL: no memory */
jy__walker *jy__walker_of(jy__match_scratch *scratch, const jy__matcher *matcher, size_t len /* of the text that is scanned */);
/* match_walk.c, match_marks.c */
void jy__walk_open(jy__walker *walker, const jy__segment *segment, size_t start);
bool jy__walk_form(jy__walker *walker, const jy__matcher *matcher, uint32_t number, int mode, jy__match *out);
bool jy__walk_marks(const jy__segment *segment, size_t start, const jy__matcher *matcher, uint32_t number, jy__match *out);
/* match_reach.c: whether the form may end, begun there; and when not, up to where no start does. Never: neither as it is written nor by sound. */
typedef enum jy__end { JY__END_MAYBE, JY__END_NOT_SO, JY__END_NEVER } jy__end;
jy__end jy__match_may_end(const jy__matcher *matcher, const jy__segment *segment, uint32_t number, int mode, size_t start, size_t *dead);
/* match_verify.c: looks at the character at `at` as the first of a key */
void jy__match_verify(jy__scan *scan, size_t at);
void jy__match_single(jy__scan *scan, size_t at, uint32_t code, uint32_t before);
/* The same of the first of three characters as they are seen one behind the other; heard: a key by sound may begin there. False: it is not so simple. */
bool jy__match_verify_sights(jy__scan *scan, const jy__sight *const three[3], bool heard);
void jy__match_verify_form(jy__scan *scan, uint32_t number, int mode, size_t at);
void jy__match_verify_far(jy__scan *scan, uint32_t number, size_t at);
/* Makes the segment that which `at` is in; false: it is behind the text. */
bool jy__match_segment_far(jy__scan *scan, size_t at);
static inline bool jy__match_segment(jy__scan *scan, size_t at)
{
    return (at >= scan->segment.begin && at < scan->segment.end) || jy__match_segment_far(scan, at);
}
/* match_starts.c: walks the form from every start that could lead to its key at `at` */
void jy__match_try_starts(jy__scan *scan, uint32_t number, int mode, size_t at);
/* Whether a walk of the form from there ends, as it is written or by sound. Where starts lead nowhere is kept, as it is there. */
bool jy__match_leads_on(jy__scan *scan, uint32_t number, int mode, size_t start);
/* Whether all is known that a key of the form at `at` may lead to. */
bool jy__match_tried_there(const jy__scan *scan, uint32_t number, int mode, size_t at);
static inline bool jy__match_tried(const jy__scan *scan, uint32_t number, int mode, size_t at)
{
    return at < scan->tried_upto && jy__match_tried_there(scan, number, mode, at);
}
/* match_rounds.c: at most JY__BATCH places of keys of two codes; codes from JY__ROUND_BEFORE before each (or the first of all) to JY__STREAM_AHEAD
 * behind are read; place() gives the byte where codes[index] stood */
#define JY__ROUND_BEFORE 32u
#define JY__BATCH 512u
typedef struct jy__rounds {
    jy__scan *scan;
    const uint16_t *codes;
    void *look;
    size_t (*place)(void *look, size_t index);
    const uint16_t *offsets; /* NULL, or of codes from `listed` on where they stand, from base on */
    size_t listed, base;
} jy__rounds;
static inline size_t jy__round_place(const jy__rounds *rounds, size_t index)
{
    return rounds->offsets && index >= rounds->listed ? rounds->base + rounds->offsets[index] : rounds->place(rounds->look, index);
}
/* Of places of keys, in their order, the forms that stand there symbol by symbol, alone: where the key's first code is, and in the high half where the phrase
 * begins, counted from rounds->base on, with a sign; how many bytes it has (16 bits), how many codes, and how many of these are variants (8 bits each); 0: none is known,
 * JY__WHOLE_NONE: nothing comes of the place. marks: gaps, fillers and repeats, which are among the codes, and what is invisible (8 bits each); between: bytes
 * between its codes of which that is known. */
#define JY__WHOLE_NONE 1
typedef struct jy__wholes { uint32_t forms[JY__BATCH + 16], places[JY__BATCH + 16], sizes[JY__BATCH + 16], marks[JY__BATCH + 16], between[JY__BATCH + 16]; size_t count, known; } jy__wholes;
/* wholes: NULL, or what is known of other places and not listed; known: of so many places it was. */
void jy__match_rounds(const jy__rounds *rounds, const uint32_t *found, size_t count, const jy__wholes *wholes);
typedef struct jy__fit { uint32_t form; uint16_t index; bool stands, written; } jy__fit;
/* Forms whose key's first symbol codes[index] may be: each from there on, in whatever way it stands there. */
void jy__match_settle_fits(const jy__rounds *rounds, const jy__fit *items, size_t count);
/* match_settle.c: a form whose key's first symbol codes[index] may be; stands: so do the codes around it, each as the form's symbol or a variant
 * of it; written: and none is a variant. Of many, where each stands symbol by symbol, with nothing around that may be part of it, and how many variants it
 * has; a begin of SIZE_MAX: that is not so, or not known. Such a one is settled when nothing stands between but what may be skipped. */
typedef struct jy__spot { size_t begin, end; uint32_t variants; } jy__spot;
void jy__match_find_plain(const jy__rounds *rounds, const jy__fit *fits, size_t count, jy__spot *spots);
bool jy__match_settle_plain(const jy__rounds *rounds, const jy__fit *fit, const jy__spot *spot);
/* Both of one, when it stands there as it is written: whether it does is looked at here. */
bool jy__match_settle_written(const jy__rounds *rounds, uint32_t number, size_t index);
/* The same of a form of which that is known, with its codes from `first` on; open: it may go on over what is behind, as its context has it. */
typedef struct jy__match_whole { uint32_t form; uint16_t first; uint8_t count, variants; bool open; } jy__match_whole;
bool jy__match_settle_whole(const jy__rounds *rounds, const jy__match_whole *whole);
/* The plain form whose key's first symbol codes[index] may be, when it stands around it symbol by symbol (written: and none is a variant);
 * false: it does not simply so. */
bool jy__match_settle(const jy__rounds *rounds, uint32_t number, size_t index, bool written);
/* match_gaps.c: whether nothing stands between codes[first .. end), from match->begin on, but what the form may skip; it is counted. */
bool jy__match_count_gaps(const jy__rounds *rounds, const jy__form *form, size_t first, size_t end, jy__match *match);
/* What is between two codes, from `at` on; not empty. */
const jy__gap *jy__match_gap(const jy__scan *scan, size_t at, size_t length);
/* match_ways.c: the same form in whatever way it stands there */
void jy__match_verify_around(const jy__rounds *rounds, uint32_t number, size_t index);
/* match_rare.c: characters that the stream does not carry, a bit for each byte from `at` on */
void jy__match_verify_rare(jy__scan *scan, size_t at, uint64_t bits);
/* match_glance.c: from `begin` on to where more is to be asked; of the characters from `end` on *behind are left */
size_t jy__match_glance(const jy__scan *scan, size_t begin, size_t end, size_t *behind);
/* match_direct.c: whether a character may be part of the form (or what sounds like it); the form from its key at `at`, when it simply stands there
 * (plain: as it is written, behind this code of the stream) */
bool jy__match_belongs(const jy__form *form, const jy__glyph *glyph, int mode);
bool jy__match_plain(jy__scan *scan, uint32_t number, size_t at, uint32_t before);
/* No symbol of the form comes twice or begins a filler, or nothing behind `end` may: then the phrase that ends there goes on in no way. */
bool jy__match_ends(const jy__scan *scan, const jy__form *form, size_t end, int mode);
bool jy__match_try_direct(jy__scan *scan, uint32_t number, size_t at);
/* match_stands.c: whether a variant of the symbol is there, as the form allows; whether the form stands there, side by side, with its symbol `key` at
 * `at`; whether it begins there and stands, whatever is around it; whether it or the most of it stands there around its key by sound, so that none by
 * sound with that key is to be looked for */
bool jy__match_variant(const jy__form *form, uint32_t cp, uint32_t symbol, jy__match *match);
bool jy__match_stands_at(const jy__scan *scan, const jy__form *form, uint32_t key, size_t at, jy__match *match);
bool jy__match_stands(const jy__scan *scan, uint32_t number, size_t begin);
bool jy__match_stands_itself(const jy__scan *scan, uint32_t number, size_t at);
/* Whether the form may have the variants that stood there. */
static inline bool jy__stood_may(const jy__stood *stood, const jy__form *form)
{
    return form->count <= stood->written || ((!stood->script || jy__form_may(form, JY_FOLD_SCRIPT)) && (!stood->width || jy__form_may(form, JY_FOLD_WIDTH)));
}
/* As jy__match_stands_at(), as far as its last answer tells. */
static inline bool jy__match_stood(const jy__scan *scan, const jy__form *form, uint32_t key, size_t at)
{
    const jy__stood *last = &scan->walker->stood;
    return last->first == form->first && last->scan == scan->walker->scan && last->begin + 3u * key == at && form->count <= last->count &&
           (form->count <= last->written || form->count >= last->varied) && last->begin >= scan->segment.begin &&
           last->begin + 3u * form->count <= scan->segment.end && jy__stood_may(last, form);
}
/* match_ascii.c: an ASCII character that may begin a key */
void jy__match_try_ascii(jy__scan *scan, size_t at);
/* Of places in a text those where one of many such characters may begin a key; JY__ASCII_BEHIND bytes from each on are read. Returns how many. */
#define JY__ASCII_GAPS 3 /* characters are skipped: hardly ever there are more; where there are, all that is known is that another gap comes */
#define JY__ASCII_BEHIND (2u + 3 * JY__ASCII_GAPS + 2 * 3) /* two letters, gaps, and two Han characters */
size_t jy__match_keep_ascii(const jy__scan *scan, const unsigned char *text, uint16_t *places, size_t count);
/* match_stream.c */
void jy__stream_open(jy__stream *stream);
/* The symbols around a key, and whether a filler may end or begin there. */
typedef struct jy__near { uint32_t key[2], before, behind; bool filler_before, filler_behind; } jy__near;
/* Whether the nearest codes allow jy__stream_fits(): each the form's, or a filler's, or one that was just said (JY__MATCH_REPEAT_LONGEST is 4). */
static inline bool jy__near_allows(const jy__near *near, const jy__context *context)
{
    const uint16_t *before = context->sides, *after = context->sides + JY__CONTEXT;
    bool key_behind = near->behind == near->key[0] || near->behind == near->key[1];
    bool key_before = near->before == near->key[0] || near->before == near->key[1];
    return (near->filler_behind | key_behind | !after[0] | (near->behind == after[0]) | (near->behind == before[JY__CONTEXT - 1]) | (near->behind == before[JY__CONTEXT - 2])) &
           (near->filler_before | key_before | !before[JY__CONTEXT - 1] | (near->before == before[JY__CONTEXT - 1]) | (near->before == after[0]) | (near->before == after[1]));
}
/* match_present.c: of the next chunk's codes, all of them or none: to find what they have costs as much as to follow so many forms, but where the last
 * chunk was such a text this one will be. Whether what stands around the chunk lacks one of the form's symbols */
#define JY__PRESENT_FROM 64u
static inline void jy__present_open(jy__walker *walker, size_t count)
{
    walker->present.count = count;
    walker->present.lettered = SIZE_MAX;
    walker->present.asked = walker->present.found ? JY__PRESENT_FROM : 0;
    walker->present.found = false;
}
/* Finds what is there, unless that was done; false: the chunk is not to be asked. */
bool jy__present_find(const jy__rounds *rounds);
bool jy__present_lack(const jy__rounds *rounds, uint32_t form, int mode);
static inline uint32_t jy__present_form(uint32_t form, int mode) { return form * 4 + (uint32_t)mode * 2 + 2; }
static inline bool jy__lacks(const jy__rounds *rounds, uint32_t form, int mode)
{
    const jy__present *present = &rounds->scan->walker->present;
    if (!present->count)
        return false;
    uint32_t asked = jy__present_form(form, mode), known = present->forms[form % JY__PRESENT_FORMS];
    return present->found && (known & ~1u) == asked ? known & 1 : jy__present_lack(rounds, form, mode);
}
/* Where that is known: whether all forms with a key of two codes, or with one by sound, lack something. */
bool jy__present_idle_pair(const jy__rounds *rounds, uint32_t a, uint32_t b);
bool jy__present_idle_heard(const jy__rounds *rounds, uint32_t key);
bool jy__stream_fits(const jy__filter *filter, const jy__context *context, const uint16_t *codes, size_t at, size_t next);
void jy__stream_filler(const jy__rounds *rounds, size_t at);
/* The key codes[at], codes[next], with fillers between. */
void jy__stream_over(const jy__rounds *rounds, size_t at, size_t next);
/* match_leads.c: lengths of the fillers that may begin at codes[at], twice, and where up to JY__MATCH_MOST_FILLERS in a row lead: bit n for n codes. Where
 * an engine has found that of all codes, it is looked up. */
unsigned jy__stream_fillers(const jy__filter *filter, const uint16_t *codes, size_t at);
unsigned jy__leads_of(const jy__rounds *rounds, size_t at);
unsigned jy__leads_find(const jy__rounds *rounds, size_t at);
static inline unsigned jy__leads_over(const jy__rounds *rounds, size_t at)
{
    const jy__walker *walker = rounds->scan->walker;
    return walker->leads_open ? walker->lead_all[at] : jy__leads_find(rounds, at);
}
bool jy__stream_triple(const jy__filter *filter, const uint16_t *codes, size_t at, size_t next);
/* match_index.c */
const jy__key_slot *jy__index_find(const jy__key_index *index, uint32_t a, uint32_t b);
bool jy__index_has(const jy__key_index *index, uint32_t cp); /* whether any of the character's symbols is a key alone */
/* match_kin.c: whether all forms are settled that have their key, which is that form's, at codes[index]: those that stand there as they are. */
bool jy__kin_settle(const struct jy__rounds *rounds, uint32_t number, size_t index);
/* match_pairs.c: the contexts of a key's forms; NULL: it is no key. The same of the two codes in one word, where many are asked one behind the other. */
const jy__context *jy__pair_find(const jy__pair_index *index, uint32_t a, uint32_t b);
static inline const jy__context *jy__pair_look(const jy__pair_index *index, uint32_t pair)
{
    uint32_t at = jy__pair_hash(0, pair, index->slot_bits), mask = ((uint32_t)1 << index->slot_bits) - 1;
    at = (at + (index->slots[at].pair != pair)) & mask; /* in the first or the second: which of them is as good as random for a branch */
    for (; index->slots[at].first_one; at = (at + 1) & mask)
        if (index->slots[at].pair == pair)
            return &index->contexts[index->slots[at].first_one - 1];
    return NULL;
}
/* match_lone.c: whether nothing comes of the key that stands at `at` alone, for what stands beside it */
bool jy__lone_falls(jy__scan *scan, const jy__key_slot *slot, size_t at);
/* match_mask.c: the character at `at` is a mask */
void jy__match_masked(jy__scan *scan, size_t at);
/* match_collect.c */
void jy__match_add(jy__scan *scan, const jy__match *match);
static inline void jy__match_count(jy__match *match, int fold, size_t more) { match->count[fold] = jy__match_counted(match->count[fold] + more); }
static inline void jy__match_end_at(jy__match *match, size_t end) { match->length = (uint32_t)(end - match->begin); }
void jy__match_add_plain(jy__scan *scan, uint32_t literal, size_t begin, size_t end, uint32_t variants);
void jy__match_add_marked(jy__scan *scan, uint32_t literal, size_t begin, size_t end, uint32_t variants, uint32_t marks); /* marks: jy__wholes */
void jy__match_order(jy__scan *scan);

#endif
