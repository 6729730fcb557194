/* session_scan — what one text and many texts in one call share: some of it is matched at once, then the turns are judged in which
 * something was found. */
#ifndef JY_SESSION_SESSION_SCAN_H
#define JY_SESSION_SESSION_SCAN_H

#include "session/session.h"

#define JY__SCAN_BLOCK ((size_t)256 << 10) /* what is matched at once: stays in the cache until it is judged */

typedef struct jy__text_scan {
    jy_scanner *scanner;
    const jy_rules *rules;
    jy_result *result;
    size_t offset;                    /* of the text in its file */
    uint64_t number;                  /* of the line at hand, from 0 */
    size_t matches_done, places_done; /* of scanner->taken, scanner->places: those of turns already judged */
    size_t standing;                  /* of scanner->taken: all before come to nothing */
    bool matched;                     /* what is judged first was matched already */
    bool every;                       /* some pattern may match anywhere: every turn is judged */
    bool full;                        /* max-hits was reached: nothing more is looked for */
    bool first_piece;                 /* of the whole text */
    size_t hits_left;                 /* of max-hits */
    size_t most;                      /* max-turn-bytes */
    size_t bad_bytes, first_bad;
    const uint8_t *validity;          /* of a batch, or NULL */
    size_t first_text;                /* of those matched together, number in the batch */
} jy__text_scan;

/* Bit of Arrow's bitmap. */
static inline bool jy__is_null(const uint8_t *validity, size_t i) { return validity && !(validity[i / 8] >> (i % 8) & 1); }

/* What was found in one turn: scanner->taken[first, last), and scanner->places[first_place, last_place), where patterns may match. */
typedef struct jy__scan_turn { size_t first, last, first_place, last_place; } jy__scan_turn;

int  jy__scan_begin(jy__text_scan *s, jy_scanner *scanner, jy_rules *rules, const jy_call *call, const jy_place *at);
/* Matches text, whose first byte is number `offset` of all; what it finds waits in the scanner. Bytes that are no text are counted in
 * `own`. */
int  jy__scan_match(jy__text_scan *s, jy_str text, size_t offset, jy_span own, const size_t *bounds, size_t bound_count);
/* The lines of a block that begins at `offset` of the text, judged. (session_lines.c) */
int  jy__scan_block(jy__text_scan *s, jy_str text, size_t offset);
size_t jy__scan_lines(jy_str text, size_t from); /* line ends from there on */

/* Whether anything was found in what was matched last. */
static inline bool jy__scan_any(const jy__text_scan *s) { return s->every || s->scanner->taken.count || s->scanner->places.count; }

/* ---- turns, in order (session_words.c) */
/* Passes over matches before number `last` that come to nothing in `text`, which begins at `base`. Short words that must be a clause of
 * their own (喂, 谁) stand in every fourth line, and mostly something stands beside them. */
static inline void jy__scan_pass(jy__text_scan *s, jy_str text, size_t base, size_t last)
{
    while (s->standing < last && !jy__judge_may_stand(s->rules, text, &s->scanner->taken.items[s->standing], base))
        s->standing++;
}
/* Where the next place of a pattern is; SIZE_MAX: there is none. */
static inline size_t jy__scan_next_place(const jy__text_scan *s)
{
    return s->places_done < s->scanner->places.count ? s->scanner->places.items[s->places_done].begin : SIZE_MAX;
}
/* Where match number `match` or the next place of a pattern is, whichever comes first. */
static inline size_t jy__scan_next_from(const jy__text_scan *s, size_t from, size_t match)
{
    size_t at = match < s->scanner->taken.count ? s->scanner->taken.items[match].begin : SIZE_MAX, place = jy__scan_next_place(s);
    return s->every ? from : at < place ? at : place;
}
/* Where the next turn begins or goes on in which there is something; SIZE_MAX: there is none. */
static inline size_t jy__scan_next(const jy__text_scan *s, size_t from) { return jy__scan_next_from(s, from, s->matches_done); }
/* What was found in the turn, which begins at `base` of what was matched; false: it comes to nothing. */
bool jy__scan_take(jy__text_scan *s, jy_str text, size_t base, jy__scan_turn *found);
/* Judges text, which begins at `base` of what was matched; what counts is in scanner->candidates. */
int  jy__scan_words(jy__text_scan *s, jy_str text, const jy__scan_turn *found, size_t base);
/* Judges one turn and tells what it says. */
int  jy__scan_judge(jy__text_scan *s, const jy__line *line, const jy__scan_turn *found, size_t base);
/* Matches [first, last) that need no judging where no pattern may match; of [first, apart) it is known that none overlaps with another of these; unsure: some of
 * them were heard alike or are masked. (session_alone.c) */
typedef struct jy__scan_alone { size_t first, last, apart; bool unsure; } jy__scan_alone;
/* Whether match number `last`, in text, which begins at `base`, is one more. */
static inline bool jy__scan_is_alone(const jy__text_scan *s, jy__scan_alone *alone, jy_str text, size_t base)
{
    const jy__match *match = &s->scanner->taken.items[alone->last];
    if (!jy__judge_alone(s->rules, match, text, base))
        return false;
    alone->unsure |= (match->count[JY_FOLD_SOUND] | match->count[JY_FOLD_MASKED]) != 0;
    alone->last++;
    return true;
}
/* Adds the matches before `end` of which each is certainly alone, whatever is around it. (session_plain.c) */
void jy__scan_pass_plain(const jy__text_scan *s, jy__scan_alone *alone, size_t end);
/* Some matches that are findings as they are, from the first that does not come to nothing on; *count: how many. Of those that are near one another, where the
 * first and where the last of them begins, and how many were before. passed: a bit for each match that is no finding, since one before it of its rule
 * overlaps with it and is. Returns how many such rows there are. */
#define JY__SCAN_SOME 64
typedef struct jy__near_ones { size_t first[JY__SCAN_SOME], last[JY__SCAN_SOME], before[JY__SCAN_SOME + 1]; uint64_t passed; } jy__near_ones;
size_t jy__scan_plain(const jy__text_scan *s, jy__near_ones *out, size_t *count);
int  jy__scan_tell_alone(jy__text_scan *s, const jy__line *line, const jy__scan_alone *alone, size_t base);
/* Tells candidate number i of a turn, which was judged from `base` on. */
int  jy__scan_tell(jy__text_scan *s, size_t i, size_t base);
/* Matches and judges one turn that is too long to be matched together with others: longer than a block, or than max-turn-bytes; what is
 * more than that is cut, and the result says so. (session_long.c) */
int  jy__scan_apart(jy__text_scan *s, const jy__line *line);
int  jy__scan_end(jy__text_scan *s, int status, uint64_t turns, jy_result **out);

#endif
