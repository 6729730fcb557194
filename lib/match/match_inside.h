/* match_inside — what the files of this folder share besides the tables: one scan's state, what they call of each other, how text is read. */
#ifndef JY_MATCH_INSIDE_H
#define JY_MATCH_INSIDE_H

#include "match/match_tables.h"

/* ---- one scan */
typedef struct jy__segment { const char *text; size_t begin, end; bool unbounded; } jy__segment; /* unbounded: gaps of any length */

/* One character with symbols, and how many without it stood before it. */
typedef struct jy__glyph {
    size_t begin, end;
    uint32_t cp, symbol;        /* its first symbol */
    uint8_t count;              /* of its symbols */
    uint8_t invisible, blanks, marks, stops;
    uint8_t fillers;            /* for the walk: bit n, a filler of n characters may begin here; bit 0: that is known */
} jy__glyph;

/* One with the sound classes of its symbol, none of them when it is several, and their byte (fold.h), 0 when it is not known. */
typedef struct jy__sight { jy__glyph glyph; const uint16_t *classes; uint16_t own[JY__SOUND_MOST]; uint8_t count, byte; bool there; } jy__sight;

/* Three that stand one behind the other, the first of them in room[first] and those behind it around the end. */
typedef struct jy__sights { uint64_t scan; jy__sight room[3]; uint8_t first; } jy__sights;

/* What a way through the text cost, so that two ways compare: repeats weigh most, invisible characters least. */
typedef struct jy__cost { uint64_t high, low; } jy__cost;
typedef struct jy__way { uint32_t at, fillers; jy__cost cost; } jy__way;
typedef struct jy__way_row { jy__way *items; uint32_t count; } jy__way_row;
#define JY__WAY_ROWS (JY__FILLER_LONGEST + 1)

/* Where the starts of a form were looked at already in this scan: [from, upto), and how many characters at the least those are. whole: nothing before
 * could lead there. Starts in [alive, dead) lead nowhere. */
typedef struct jy__tried { uint64_t scan; uint32_t form, count; uint8_t mode; bool whole; size_t from, upto, alive, dead; } jy__tried;
#define JY__TRIED_MOST 4096u

/* The bits of at, at + 1 … before end, 64 of them at most. */
static inline uint64_t jy__until(size_t at, size_t end) { return end - at >= 64 ? UINT64_MAX : ((uint64_t)1 << (end - at)) - 1; }

/* The stream of one chunk of text: Han codes and where they stood. Room for what the last chunk hands over. */
#define JY__CHUNK (16u << 10)
#define JY__STREAM_BACK 48
/* codes behind one that its key and context may need */
#define JY__STREAM_AHEAD (1 + (JY__MATCH_MOST_FILLERS + JY__CONTEXT_DETOURS) * JY__FILLER_LONGEST + JY__CONTEXT)
#define JY__STREAM_PAD JY__FILLER_LONGEST /* codes before the first one that may be read */
#define JY__STREAM_ROOM (JY__CHUNK / 3 + 2 * JY__STREAM_BACK + 192)
#define JY__LINE 64 /* bytes of a line of the cache: 64 codes in two of them take as long as twice as many */
typedef struct jy__stream {
    _Alignas(JY__LINE) uint16_t codes[JY__STREAM_ROOM];
    int32_t offsets[JY__STREAM_ROOM]; /* from the chunk's begin; negative: handed over from the last one */
    size_t count, looked;             /* codes there, codes looked at as the first of a key */
} jy__stream;

/* How keys by sound end that begin with two classes; more than there is room for are not kept. */
#define JY__BEGUN_KEYS 64u
#define JY__BEGUN_THIRDS 56u
typedef struct jy__begun_key { uint64_t scan; uint16_t a, b, count, thirds[JY__BEGUN_THIRDS]; } jy__begun_key;

/* So many of the symbols from `first` on stand at `begin` as codes side by side, the first of them as they are written, and from
 * `varied` on again; how many are variants, of which kind. They may be more than those of the form that was asked for. */
typedef struct jy__stood { uint64_t scan; size_t begin; uint32_t first, count, written, varied; uint16_t script, width; } jy__stood;

/* What is asked of the codes of a stream: what they sound like, a byte of each; and words of 64 bits for each row of 64 codes (match_avx512_rows.c): where a
 * key by sound may begin, the first bit being that of the code `first`; where a filler may; with few keys by sound also which code may be a key's first,
 * and which with the next one its first two, one word behind. Of few keys as they are written the same, and which code may be one alone; of many, sieved:
 * which two codes may be one, 16 bits each for those that begin at even places of the row's first half and of its second, and at odd ones, of each eight
 * codes the first four, and the others; of very many, one word behind, with which three a key may stand, which the next one says again, and of all that
 * which may be the first of a key. */
#define JY__ASKED_ROWS (JY__STREAM_ROOM / 64 + 10)
typedef struct jy__asked_rows {
    _Alignas(JY__LINE) uint8_t bytes[JY__STREAM_ROOM];
    uint64_t places[JY__ASKED_ROWS], fillers[JY__ASKED_ROWS], heads[JY__ASKED_ROWS], begins[JY__ASKED_ROWS];
    uint64_t firsts[JY__ASKED_ROWS], pairs[JY__ASKED_ROWS], singles[JY__ASKED_ROWS];
    uint16_t sieved[JY__ASKED_ROWS][4];
    uint64_t keys[JY__ASKED_ROWS + 8], threes[JY__ASKED_ROWS + 8], again[JY__ASKED_ROWS + 8];
    size_t count, first;
} jy__asked_rows;

/* Which symbols the codes of a chunk and the text around them have, and which sound classes. count: of the codes; 0: it is not to be asked. */
#define JY__PRESENT_FORMS 256u
#define JY__PRESENT_PAIRS 512u
#define JY__PRESENT_RECENT 256u
typedef struct jy__present {
    size_t count;
    uint32_t asked;
    bool found;
    uint32_t forms[JY__PRESENT_FORMS]; /* that were asked for: jy__present_form(), and 1 more when they lack something */
    uint64_t symbols[JY__CODE_COUNT / 64 + 1], classes[JY__SOUND_CLASSES / 64];
    struct { uint32_t key; bool known, idle; } pairs[JY__PRESENT_PAIRS], heard[JY__PRESENT_PAIRS]; /* keys; idle: all forms that have it lack something */
    uint16_t class_list[JY__SOUND_CLASSES];
    uint32_t class_count;
    struct { uint32_t pair; uint64_t thirds; } begun[JY__PRESENT_PAIRS]; /* classes there that end a key which begins with these two: their bits */
    uint16_t recent[JY__PRESENT_RECENT]; /* codes that are known to be there, by their lowest bits */
    uint64_t scan;                       /* in which all this was found, of the text before `until` and what is behind it; 0: it was not */
    size_t until;
} jy__present;

typedef struct jy__walker {
    const jy__mem *mem;
    struct { jy__glyph *items; size_t count, capacity; } window; /* characters from the start on */
    bool window_ends;                                            /* nothing more can be read */
    jy__segment segment;
    size_t start;               /* where the window begins */
    size_t dead;                /* when a form was not walked from there: no start up to here leads to its end */
    bool dead_by_sound;         /* … neither as it is written nor by sound */
    jy__way *ways;
    size_t way_count;           /* room in ways */
    uint32_t fitted;            /* the longest form that rows are laid out for */
    jy__way_row rows[JY__WAY_ROWS];
    jy__tried *tried;
    uint32_t tried_count;       /* a power of two */
    jy__stood stood;
    jy__sights sights;
    struct { uint32_t *items; size_t count, capacity; } ends; /* room to tell matches with the same end (match_collect.c) */
    uint64_t scan;              /* number of this scan, for tried */
    bool failed;                /* no memory */
    jy__stream stream;
    _Alignas(JY__LINE) uint8_t low[JY__STREAM_ROOM];  /* the stream as match_avx512.h draws it */
    _Alignas(JY__LINE) uint8_t high[JY__STREAM_ROOM];
    jy__asked_rows asked_rows;
    bool leads_open;            /* leads are those of the stream's codes */
    uint16_t lead_one[JY__STREAM_ROOM + 64], lead_all[JY__STREAM_ROOM + 64]; /* where one filler leads, and one to three in a row: bit n for n codes on */
    jy__begun_key begun[JY__BEGUN_KEYS];
    jy__present present;
    void *room;                 /* what was allocated for the walker */
} jy__walker;

typedef struct jy__scan {
    const jy__matcher *matcher;
    jy__match_scratch *scratch;
    jy__walker *walker;
    jy_str text;
    const size_t *bounds;
    size_t bound_count;
    jy__segment segment;
    size_t bound;       /* the first behind the segment */
    size_t rare_done;   /* rare characters before here were looked at */
    size_t rare_end;    /* of the last of them */
    size_t torn;        /* from there on no match goes on: more stands there than one goes over; SIZE_MAX: that is known of none */
    size_t tried_upto;  /* the furthest that any form's starts were tried, ahead of its keys */
    size_t ordered;     /* matches before this one are in order, and of those with the same end the best */
    size_t longest;     /* bytes of any of them */
    size_t reached;     /* where the last of them end */
    bool crowded;       /* nearly all places that were looked at last had forms that stand there */
    bool said;          /* nearly all phrases that were heard last stand as they are written */
    bool stop;          /* enough matches, or no memory */
} jy__scan;

/* An engine proposes places to jy__match_verify and counts the bytes that are no UTF-8. */
/* … and may read the filter's rows (match_nibbles.h). */
typedef struct jy__engine { const char *name; bool (*can_run)(void); void (*scan)(jy__scan *scan); bool by_rows; } jy__engine;
extern const jy__engine jy__engine_scalar, jy__engine_avx512, jy__engine_avx2, jy__engine_sse42, jy__engine_neon;

/* match_text.c */
bool jy__match_glyph_far(const jy__segment *segment, size_t at, jy__glyph *out);
bool jy__match_glyph_far_before(const jy__segment *segment, size_t at, jy__glyph *out);
/* match_sound.c */
#define JY__SOUND_NONE 0xFFu
unsigned jy__sound_cost(uint32_t heard, uint32_t symbol); /* JY__SOUND_NONE: not alike */
unsigned jy__sound_confidence(unsigned differing, unsigned price, unsigned symbols);
size_t jy__match_sound_classes(uint32_t symbol, uint16_t out[JY__SOUND_MOST]);
uint32_t jy__sound_weight(uint32_t symbol); /* how common what sounds like it is; 0: no Han symbol with a reading */
/* match_walker.c: the scratch's, with room for the matcher's forms; NULL: no memory */
jy__walker *jy__walker_of(jy__match_scratch *scratch, const jy__matcher *matcher);
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
 * begins, counted from rounds->base on; how many bytes it has (16 bits), how many codes, and how many of these are variants (8 bits each); 0: none is known,
 * JY__WHOLE_NONE: nothing comes of the place. marks: single blanks between, fillers and repeats, which are among the codes (8 bits each). */
#define JY__WHOLE_NONE 1
typedef struct jy__wholes { uint32_t forms[JY__BATCH + 16], places[JY__BATCH + 16], sizes[JY__BATCH + 16], marks[JY__BATCH + 16]; size_t count; } jy__wholes;
/* wholes: NULL, or of these places and others: those that have one are not among these. */
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
/* The same of a form of which that is known, with its codes from `first` on. */
typedef struct jy__match_whole { uint32_t form; uint16_t first; uint8_t count, variants; } jy__match_whole;
bool jy__match_settle_whole(const jy__rounds *rounds, const jy__match_whole *whole);
/* The plain form whose key's first symbol codes[index] may be, when it stands around it symbol by symbol (written: and none is a variant);
 * false: it does not simply so. Whether nothing stands between codes[first .. end), from match->begin on, but what the form may skip; it is counted. */
bool jy__match_settle(const jy__rounds *rounds, uint32_t number, size_t index, bool written);
bool jy__match_count_gaps(const jy__rounds *rounds, const jy__form *form, size_t first, size_t end, jy__match *match);
/* match_ways.c: the same form in whatever way it stands there */
void jy__match_verify_around(const jy__rounds *rounds, uint32_t number, size_t index);
/* match_rare.c: characters that the stream does not carry, a bit for each byte from `at` on */
void jy__match_verify_rare(jy__scan *scan, size_t at, uint64_t bits);
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
    walker->present.asked = walker->present.found ? JY__PRESENT_FROM : 0;
    walker->present.found = false;
}
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
void jy__match_add_plain(jy__scan *scan, uint32_t literal, size_t begin, size_t end, uint32_t variants);
void jy__match_add_marked(jy__scan *scan, uint32_t literal, size_t begin, size_t end, uint32_t variants, uint32_t marks); /* marks: jy__wholes */
void jy__match_order(jy__scan *scan);

/* Four codes, the first one lowest. */
static inline uint64_t jy__four_codes(const uint16_t *codes)
{
    uint64_t four;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&four, codes, sizeof(four));
#else
    four = codes[0] | (uint64_t)codes[1] << 16 | (uint64_t)codes[2] << 32 | (uint64_t)codes[3] << 48;
#endif
    return four;
}

/* What stands at `text`, and a code as it is written, as one number. */
static inline uint32_t jy__three_bytes(const unsigned char *text) { return text[0] | (uint32_t)text[1] << 8 | (uint32_t)text[2] << 16; }
static inline uint32_t jy__code_bytes(uint32_t code) { return 0x8080E0u | code >> 12 | (code >> 6 & 0x3F) << 8 | (code & 0x3F) << 16; }
/* Three bytes as one character, and whether that is a code. */
static inline uint32_t jy__code_at(const unsigned char *s) { return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu); }
static inline bool jy__is_code_at(const unsigned char *s) { return s[0] >= 0xE4 && s[0] <= 0xE9 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80; }
/* The symbol as it is written or by a variant; *written: as it is. */
static inline bool jy__stands_at(const unsigned char *s, uint32_t symbol, bool *written)
{
    *written = jy__three_bytes(s) == jy__code_bytes(symbol);
    return *written || (jy__is_code_at(s) && jy__code_symbol(jy__code_at(s)) == symbol);
}

/* Three bytes behind a lead that allows any are nearly all there is: the first branch. What is no character is U+FFFD. */
static inline uint32_t jy__match_code(const jy__segment *segment, size_t *at)
{
    const unsigned char *s = (const unsigned char *)segment->text + *at;
    const char *p = segment->text + *at;
    uint32_t cp;
    bool valid;
    if (segment->end - *at >= 3 && (unsigned)(s[0] - 0xE1) <= 0xEF - 0xE1 && s[0] != 0xED && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80) {
        *at += 3;
        return jy__code_at(s);
    }
    if (segment->end - *at >= 2 && (unsigned)(s[0] - 0xC2) <= 0xDF - 0xC2 && (s[1] & 0xC0) == 0x80) {
        *at += 2;
        return (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
    }
    cp = jy__utf8_next(&p, segment->text + segment->end, &valid);
    *at = (size_t)(p - segment->text);
    return cp;
}

/* Most are Han characters in use. */
static inline jy__kind jy__match_kind(uint32_t cp) { return cp >= 0x4E00 && cp <= 0x9FFF ? JY__KIND_SYMBOL : jy__fold_kind(cp); }

/* And its kind. */
static inline uint32_t jy__match_read(const jy__segment *segment, size_t *at, jy__kind *kind)
{
    uint32_t cp = jy__match_code(segment, at);
    *kind = jy__match_kind(cp);
    return cp;
}

/* The same of what stands before `at`, which comes to be where that begins; most of it is of one byte or of three. */
static inline uint32_t jy__match_code_before(const jy__segment *segment, size_t *at)
{
    const unsigned char *s = (const unsigned char *)segment->text + *at;
    size_t next;
    if (s[-1] < 0x80) {
        *at -= 1;
        return s[-1];
    }
    if (*at - segment->begin >= 3 && (unsigned)(s[-3] - 0xE1) <= 0xEF - 0xE1 && s[-3] != 0xED && (s[-2] & 0xC0) == 0x80 && (s[-1] & 0xC0) == 0x80)
        next = *at -= 3;
    else if (*at - segment->begin >= 2 && (unsigned)(s[-2] - 0xC2) <= 0xDF - 0xC2 && (s[-1] & 0xC0) == 0x80)
        next = *at -= 2;
    else
        next = *at = segment->begin + jy__utf8_before(segment->text + segment->begin, *at - segment->begin);
    return jy__match_code(segment, &next);
}
static inline uint32_t jy__match_read_before(const jy__segment *segment, size_t *at, jy__kind *kind)
{
    uint32_t cp = jy__match_code_before(segment, at);
    *kind = jy__match_kind(cp);
    return cp;
}

/* A Han character of four bytes at `at`; 0: there is none. */
static inline uint32_t jy__match_four(const jy__segment *segment, size_t at)
{
    const unsigned char *s = (const unsigned char *)segment->text + at;
    if (at + 4 > segment->end || s[0] != 0xF0 || s[1] < 0xA0 || s[1] > 0xBF || (s[2] & 0xC0) != 0x80 || (s[3] & 0xC0) != 0x80)
        return 0;
    return (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
}

/* A Han character in use that is one symbol, at `at`: the usual case of the two below. */
static inline bool jy__match_han(const jy__segment *segment, size_t at, jy__glyph *out)
{
    const unsigned char *s = (const unsigned char *)segment->text + at;
    uint32_t cp, symbol;
    if (!jy__is_code_at(s))
        return false;
    cp = jy__code_at(s);
    symbol = cp >= 0x4E00 ? jy__fold_codes[cp - JY__CODE_FIRST] : 0;
    *out = (jy__glyph){ .begin = at, .end = at + 3, .cp = cp, .symbol = symbol, .count = 1 };
    return symbol != 0;
}

/* The next character with symbols, and the one before `at`. False when the segment, the line or a gap's bound ends before one comes. */
static inline bool jy__match_glyph(const jy__segment *segment, size_t at, jy__glyph *out)
{
    return (at < segment->end && segment->end - at >= 3 && jy__match_han(segment, at, out)) || jy__match_glyph_far(segment, at, out);
}
static inline bool jy__match_glyph_before(const jy__segment *segment, size_t at, jy__glyph *out)
{
    return (at >= segment->begin + 3 && jy__match_han(segment, at - 3, out)) || jy__match_glyph_far_before(segment, at, out);
}

#endif
