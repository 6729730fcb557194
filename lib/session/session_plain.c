/* Which matches of a text are findings as they are, sixty-four at a time. In: matches, in order. Out: how many of them need no judging, and which of these are
 * near one another; what is asked of each is a bit, since how long a phrase is and how far from the last one is as good as random for a branch. */
#include "match/match_eight.h"
#include "session/session_scan.h"

#define SOME JY__SCAN_SOME
#define NEAR 192        /* bytes from match to match that are kept with what is between them: another excerpt would take as many */
#define AHEAD_LITERAL 8 /* what the rules say of its phrase may be far */

/* odd: more is to be asked of it; apart: none before it is near; over: it begins before the last one has ended. */
typedef struct marks { uint64_t odd, apart, over; } marks;

static uint64_t low_bits(size_t count) { return count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX; }

/* Folds after which more is to be asked of a match. */
static inline uint64_t asked_folds(void)
{
    static const uint8_t looked_at[JY_FOLD_COUNT] = { [JY_FOLD_SOUND] = UINT8_MAX, [JY_FOLD_MASKED] = UINT8_MAX };
    uint64_t mask;
    memcpy(&mask, looked_at, sizeof(mask));
    return mask;
}

/* Of so many from `at` on, of which `left` may be read. */
static marks mark_each(const uint32_t *stands, const jy__match *at, size_t count, size_t left)
{
    const jy__match *last = at + left - 1;
    const uint64_t mask = asked_folds();
    size_t begin = at->begin, end = 0;
    marks out = { 0, 0, 0 };
    uint64_t folds;
    for (size_t i = 0; i < count; i++, at++) {
        memcpy(&folds, at->count, sizeof(folds));
        __builtin_prefetch(&stands[(at + AHEAD_LITERAL < last ? at + AHEAD_LITERAL : last)->literal]);
        out.odd = out.odd >> 1 | (uint64_t)!((stands[at->literal] & JY__STANDS_ALONE) && !(folds & mask)) << 63;
        out.apart = out.apart >> 1 | (uint64_t)(at->begin - begin > NEAR) << 63;
        out.over = out.over >> 1 | (uint64_t)(at->begin < end) << 63;
        begin = at->begin;
        end = jy__match_end(at);
    }
    out.odd >>= 64 - count;
    out.apart = out.apart >> (64 - count) | 1;
    out.over >>= 64 - count;
    return out;
}

#ifdef JY__BY_EIGHTS
_Static_assert(SOME == 64, "eight times eight");

JY__WITH_EIGHTS static marks mark_eights(const uint32_t *stands, const jy__match *at)
{
    const __m512i mask = _mm512_set1_epi64((long long)asked_folds()), near = _mm512_set1_epi64(NEAR);
    const __m256i alone = _mm256_set1_epi32((int)JY__STANDS_ALONE);
    __m512i begins = _mm512_set1_epi64((long long)at->begin), ends = _mm512_setzero_si512();
    marks out = { 0, 0, 0 };
    for (unsigned i = 0; i < SOME; i += 8, at += 8) {
        const jy__eight own = jy__eight_of(at);
        const __m512i end = _mm512_add_epi64(own.begin, jy__eight_lengths(&own));
        const __m512i begin_before = _mm512_alignr_epi64(own.begin, begins, 7), end_before = _mm512_alignr_epi64(end, ends, 7);
        const __m256i stand = _mm256_i32gather_epi32((const int *)(const void *)stands, jy__eight_literals(&own), 4);
        const uint64_t odd = _mm256_testn_epi32_mask(stand, alone) | _mm512_test_epi64_mask(own.counts, mask);
        out.odd |= odd << i;
        out.apart |= (uint64_t)_mm512_cmpgt_epu64_mask(_mm512_sub_epi64(own.begin, begin_before), near) << i;
        out.over |= (uint64_t)_mm512_cmplt_epu64_mask(own.begin, end_before) << i;
        begins = own.begin;
        ends = end;
    }
    out.apart |= 1;
    return out;
}
#endif

static marks mark(const uint32_t *stands, const jy__match *at, size_t count, size_t left)
{
#ifdef JY__BY_EIGHTS
    if (count == SOME && jy__has_eights())
        return mark_eights(stands, at);
#endif
    return mark_each(stands, at, count, left);
}

/* By many at once: of fewer each is asked as fast by itself. */
void jy__scan_pass_plain(const jy__text_scan *s, jy__scan_alone *alone, size_t end)
{
    const uint32_t *stands = s->rules->sets[JY__SET_FORBID].stands;
    const jy__matches *taken = &s->scanner->taken;
    size_t at = alone->last, reached = 0;
    while (taken->count - at >= SOME && taken->items[at + SOME - 1].begin < end) {
        const jy__match *some = &taken->items[at];
        const marks of = mark(stands, some, SOME, taken->count - at);
        if (!of.over && alone->apart == at && some->begin >= reached && !of.odd)
            alone->apart = at + SOME;
        reached = jy__match_end(&some[SOME - 1]);
        at += of.odd ? (size_t)__builtin_ctzll(of.odd) : SOME;
        if (of.odd)
            break;
    }
    alone->last = at;
}

static uint32_t rule_of(const jy__text_scan *s, const jy__match *match)
{
    return jy__atom_rule(s->rules, jy__use_of(&s->rules->sets[JY__SET_FORBID], match->literal).atom);
}

/* Whether a match that overlaps with those before it is of their rule; all that overlap so far are. Of two at one place it is asked which is written
 * first, and they are judged. */
static bool is_of_same_rule(const jy__text_scan *s, const jy__match *match)
{
    return rule_of(s, match) == rule_of(s, match - 1) && !(match->begin == match[-1].begin && match->length == match[-1].length);
}

/* From match number `own` on, which overlaps with the one before, those that overlap with some before them, as long as they are of one rule; of these the ones
 * are passed that overlap with one that is a finding. Answers the first behind them; one that is to be judged is odd then. */
static size_t pass_over(const jy__text_scan *s, const jy__match *all, size_t own, size_t count, marks *of, uint64_t *passed)
{
    size_t reached = jy__match_end(&all[own - 1]), spoken = reached;
    for (; own < count && all[own].begin < reached && !(of->odd >> own & 1); own++) {
        const size_t end = jy__match_end(&all[own]);
        if (!is_of_same_rule(s, &all[own])) {
            of->odd |= UINT64_C(1) << own;
            break;
        }
        if (all[own].begin < spoken)
            *passed |= UINT64_C(1) << own;
        else
            spoken = end;
        reached = reached > end ? reached : end;
    }
    return own;
}

/* How many of them need no judging. */
static size_t count_plain(const jy__text_scan *s, const jy__match *all, size_t count, marks *of, uint64_t *passed)
{
    size_t own = 0;
    while (own < count) {
        const uint64_t next = (of->odd | of->over) & ~low_bits(own);
        own = next ? (size_t)__builtin_ctzll(next) : count;
        if (own == count || of->odd >> own & 1)
            break;
        own = pass_over(s, all, own, count, of, passed);
    }
    return own;
}

size_t jy__scan_plain(const jy__text_scan *s, jy__near_ones *out, size_t *count)
{
    const uint32_t *stands = s->rules->sets[JY__SET_FORBID].stands;
    const jy__match *all = s->scanner->taken.items + s->standing;
    const size_t left = s->scanner->taken.count - s->standing, some = left < SOME ? left : SOME;
    marks of;
    size_t rows = 0;
    out->passed = *count = out->before[0] = 0;
    if (!left || mark(stands, all, 1, left).odd) /* nothing is told, and many need not be asked for that */
        return 0;
    of = mark(stands, all, some, left);
    *count = count_plain(s, all, some, &of, &out->passed);
    for (uint64_t apart = of.apart & low_bits(*count); apart; apart &= apart - 1, rows++) {
        const size_t first = (size_t)__builtin_ctzll(apart);
        out->before[rows] = first;
        out->first[rows] = all[first].begin;
        if (rows)
            out->last[rows - 1] = all[first - 1].begin;
    }
    if (rows)
        out->last[rows - 1] = all[*count - 1].begin;
    out->before[rows] = *count;
    return rows;
}
