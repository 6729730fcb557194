/* match_scan — one scan's state: what is kept of the text while it is gone through, and the engine that goes. */
#ifndef JY_MATCH_SCAN_H
#define JY_MATCH_SCAN_H

#include "match/match_text.h"

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
#define JY__TRIED_A_BYTE 8u /* in a short text there is little to try, and it costs more to clear than to ask */
/* About one for each form and mode, so that few need the same. */
static inline size_t jy__tried_wanted(size_t form_count, size_t len)
{
    const size_t forms = 2 * form_count, tries = len < JY__TRIED_MOST ? JY__TRIED_A_BYTE * len : JY__TRIED_MOST, wanted = forms < tries ? forms : tries;
    return wanted < JY__TRIED_MOST ? wanted : JY__TRIED_MOST;
}

/* The bits of at, at + 1 … before end, 64 of them at most. */
static inline uint64_t jy__until(size_t at, size_t end) { return end - at >= 64 ? UINT64_MAX : ((uint64_t)1 << (end - at)) - 1; }

/* The stream of one chunk of text: Han codes and where they stood. Room for what the last chunk hands over. */
#define JY__CHUNK (32u << 10)
#define JY__HALF_CHUNK (JY__CHUNK / 2) /* the chunk of engines but AVX-512, which has hardly anything to wait for once a chunk */
#define JY__STREAM_BACK 48
/* codes behind one that its key and context may need */
#define JY__STREAM_AHEAD (1 + (JY__MATCH_MOST_FILLERS + JY__CONTEXT_DETOURS) * JY__FILLER_LONGEST + JY__CONTEXT)
#define JY__STREAM_PAD JY__FILLER_LONGEST /* codes before the first one that may be read */
#define JY__STREAM_ROOM_OF(chunk) ((chunk) / 3 + 2 * JY__STREAM_BACK + 192)
#define JY__STREAM_ROOM JY__STREAM_ROOM_OF(JY__CHUNK)
#define JY__HALF_ROOM JY__STREAM_ROOM_OF(JY__HALF_CHUNK)
#define JY__LINE 64 /* bytes of a line of the cache: 64 codes in two of them take as long as twice as many */
typedef struct jy__stream {
    _Alignas(JY__LINE) uint16_t codes[JY__STREAM_ROOM];
    int32_t offsets[JY__STREAM_ROOM]; /* from the chunk's begin; negative: handed over from the last one */
    size_t count, looked;             /* codes there, codes looked at as the first of a key */
} jy__stream;

/* Lists of a chunk's places, and of where its codes stood: on the stack they would be more than a thread of little stack has. */
#define JY__PLACES_ROOM (JY__STREAM_ROOM + 64)
typedef struct jy__place_lists { uint16_t fillers[JY__PLACES_ROOM], found[JY__PLACES_ROOM], near[JY__PLACES_ROOM], far[JY__PLACES_ROOM], offsets[JY__PLACES_ROOM]; } jy__place_lists;

/* How keys by sound end that begin with two classes; more than there is room for are not kept. */
#define JY__BEGUN_KEYS 64u
#define JY__BEGUN_THIRDS 56u
typedef struct jy__begun_key { uint64_t scan; uint16_t a, b, count, thirds[JY__BEGUN_THIRDS]; } jy__begun_key;

/* So many of the symbols from `first` on stand at `begin` as codes side by side, the first of them as they are written, and from
 * `varied` on again; how many are variants, of which kind. They may be more than those of the form that was asked for. */
typedef struct jy__stood { uint64_t scan; size_t begin; uint32_t first, count, written, varied; uint16_t script, width; } jy__stood;

/* What is asked of the codes of a stream: what they sound like, a byte of each; and words of 64 bits for each row of 64 codes (match_avx512_rows.c,
 * match_avx2_rows.h): where a key by sound may begin, the first bit being that of the code `first`; where a filler may; with few keys by sound also which
 * code may be a key's first, and which with the next one its first two, one word behind. Of few keys as they are written the same, and which code may be one
 * alone; of many, sieved: which two codes may be one, 16 bits each for those that begin at even places of the row's first half and of its second, and at odd
 * ones, of each eight codes the first four, and the others; of very many, one word behind, with which three a key may stand, which the next one says again,
 * and of all that which may be the first of a key. */
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
    size_t count, lettered; /* lettered: the codes from there on are all in the walker's alphabet */
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

/* The codes of texts of few characters, each with a number by its place among all codes: 0: it is not there. */
#define JY__LETTERS_MOST 64u
typedef struct jy__alphabet { uint8_t numbers[JY__CODE_COUNT + 4]; uint16_t codes[JY__LETTERS_MOST]; uint32_t count; } jy__alphabet;

/* A character that the stream does not carry: the first of its symbols and the last, which may be the same one; 0: they are no codes, or a key is among them. */
#define JY__SPELLED 16u
typedef struct jy__spelled { uint64_t scan; uint32_t cp, first, last; bool several; } jy__spelled;

/* What stands between two codes, and so many of these bytes: how much of it is skipped, and how much is invisible; open: nothing else is there. */
#define JY__GAP_LONGEST 16u
#define JY__GAPS_KEPT 16u
typedef struct jy__gap { uint64_t bytes[JY__GAP_LONGEST / 8]; uint8_t length, skipped, invisible; bool open; } jy__gap;

/* How the last long text ended, for that of the next block: jy__scan */
typedef struct jy__ended { const jy__matcher *matcher; bool crowded, filled, said; } jy__ended;

typedef struct jy__walker {
    const jy__mem *mem;
    jy__ended ended;
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
    struct { uint32_t *items; size_t count, capacity; } ends; /* room to tell matches with the same end (match_order.c) */
    uint64_t scan;              /* number of this scan, for tried */
    bool failed;                /* no memory */
    jy__stream stream;
    _Alignas(JY__LINE) uint8_t low[JY__STREAM_ROOM];  /* the stream as match_avx512.h draws it; without vectors: what its codes may do to a key */
    _Alignas(JY__LINE) uint8_t high[JY__STREAM_ROOM];
    jy__asked_rows asked_rows;
    bool leads_open;            /* leads are those of the stream's codes */
    uint16_t lead_one[JY__STREAM_ROOM + 64], lead_all[JY__STREAM_ROOM + 64]; /* where one filler leads, and one to three in a row: bit n for n codes on */
    jy__begun_key begun[JY__BEGUN_KEYS];
    jy__present present;
    jy__alphabet alphabet;
    jy__spelled spelled[JY__SPELLED];
    jy__gap gaps[JY__GAPS_KEPT]; /* those that came last */
    void *room;                 /* what was allocated for the walker */
    jy__place_lists lists;      /* last: of a new walker all before is cleared */
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
    bool was_crowded;   /* … that were looked at when these were last enough to say so */
    bool filled;        /* half of the keys that fillers stood in last were phrases' */
    bool said;          /* nearly all phrases that were heard last stand as they are written */
    bool stop;          /* enough matches, or no memory */
} jy__scan;

/* A text that is to be scanned: where there is nothing, and most utterances have nothing, no more is made of it. */
typedef struct jy__asked_text { const jy__matcher *matcher; jy__match_scratch *scratch; jy_str text; const size_t *bounds; size_t bound_count; } jy__asked_text;
int jy__match_open(jy__scan *scan, const jy__asked_text *asked); /* match_scan.c */
static inline int jy__match_close(const jy__scan *scan) { return scan->walker->failed ? JY_E_NOMEM : JY_OK; }

/* An engine proposes places to jy__match_verify and counts the bytes that are no UTF-8. */
typedef struct jy__engine {
    const char *name;
    bool (*can_run)(void);
    void (*scan)(jy__scan *scan);
    bool by_rows;                                   /* reads the filter's rows (match_rows.h) */
    bool (*suits)(void);                            /* NULL, or whether it is the best of those with the same instructions; others run it when forced */
    int (*scan_short)(const jy__asked_text *asked); /* NULL: short texts have no way of their own. JY_DONE: it goes the usual way, nothing was done */
} jy__engine;
extern const jy__engine jy__engine_scalar, jy__engine_avx512, jy__engine_avx512_buckets, jy__engine_avx2, jy__engine_sse42, jy__engine_neon;

#endif
