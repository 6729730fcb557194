/* Repetition: whether a speaker says much the same again. A turn is remembered by its pairs of neighbouring folded characters;
 * two turns are alike by Dice's measure, twice the common pairs over all pairs. Nearly all turns are unlike all others, and every turn of a call
 * is compared with those before it: so each has a mark of its pairs, which tells that without a look at them. */
#include "judge/judge_situation.h"
#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
    uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;
    return x < y ? -1 : x > y;
}

#define REPEAT_LEAST 4 /* pairs: 「好的」 said five times is no repetition worth a finding */

static void add_pair(jy__repeat_turn *turn, uint16_t pair)
{
    turn->pairs[turn->count++] = pair;
    turn->mark[pair / 64 % JY__COUNT(turn->mark)] |= (uint64_t)1 << pair % 64;
}

/* That both have. */
static uint32_t bits_of(const jy__repeat_turn *a, const jy__repeat_turn *b)
{
    uint32_t count = 0;
    for (size_t i = 0; i < JY__COUNT(a->mark); i++)
        count += (uint32_t)jy__bits(a->mark[i] & b->mark[i]);
    return count;
}

static void take_pairs(jy_str text, jy__repeat_turn *out)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    uint32_t before = 0;
    bool valid;
    out->count = 0;
    out->sorted = false;
    memset(out->mark, 0, sizeof(out->mark));
    while (p < end && out->count < JY__REPEAT_PAIRS) {
        uint32_t cp = jy__utf8_next(&p, end, &valid), han = jy__fold_han(cp), symbol = han ? han : jy__fold_one(cp);
        if (!han && (!symbol || jy__fold_kind(symbol) != JY__KIND_SYMBOL))
            continue;
        if (before)
            add_pair(out, (uint16_t)((before * 31 + symbol) * 0x9E3779B1u >> 16));
        before = symbol;
    }
    out->bits = (uint8_t)bits_of(out, out);
}

static double dice(const jy__repeat_turn *a, const jy__repeat_turn *b, uint32_t common)
{
    return a->count + b->count ? 2.0 * common / (a->count + b->count) : 0;
}

/* No less than the likeness: a bit of one that the other has not is at least one pair that they have not in common. */
static double likeness_most(const jy__repeat_turn *a, const jy__repeat_turn *b)
{
    uint32_t both = bits_of(a, b), of_a = a->count - (a->bits - both), of_b = b->count - (b->bits - both);
    return dice(a, b, of_a < of_b ? of_a : of_b);
}

static void sort_pairs(jy__repeat_turn *turn)
{
    if (!turn->sorted)
        qsort(turn->pairs, turn->count, sizeof(*turn->pairs), by_number);
    turn->sorted = true;
}

static double likeness(jy__repeat_turn *a, jy__repeat_turn *b)
{
    uint32_t i = 0, k = 0, common = 0;
    sort_pairs(a);
    sort_pairs(b);
    while (i < a->count && k < b->count) {
        if (a->pairs[i] == b->pairs[k]) {
            common++; i++; k++;
        } else if (a->pairs[i] < b->pairs[k]) {
            i++;
        } else {
            k++;
        }
    }
    return dice(a, b, common);
}

static bool are_alike(jy__repeat_turn *a, jy__repeat_turn *b, double least)
{
    return likeness_most(a, b) >= least && likeness(a, b) >= least;
}

/* How often the speaker has said it, this turn and the `within` - 1 before it. */
static int64_t times_alike(const jy__situation *situation, const jy__limit *limit, jy__repeat_turn *own)
{
    uint32_t most = situation->repeat_count < situation->repeat_room ? situation->repeat_count : situation->repeat_room - 1;
    uint32_t seen = 1;
    int64_t times = 1;
    for (uint32_t back = 1; back <= most && seen < limit->within_turns; back++) {
        jy__repeat_turn *other = &situation->repeats[(situation->repeat_count - back) % situation->repeat_room];
        if (other->speaker != own->speaker)
            continue;
        seen++;
        times += other->count >= REPEAT_LEAST && are_alike(own, other, limit->alike);
    }
    return times;
}

/* Whether some rule counts what this speaker repeats. */
static bool is_counted(const jy_rules *rules, int32_t speaker)
{
    for (uint32_t i = 0; i < rules->limit_rule_count; i++) {
        const jy__limit *limit = &rules->rules[rules->limit_rules[i]].occasion->limit;
        if (limit->measure == JY__MEASURE_REPEAT && jy__window_counts(limit->speaker, speaker))
            return true;
    }
    return false;
}

int jy__situation_repeat(jy__situation *situation, const jy_turn *turn, uint64_t number)
{
    const jy_rules *rules = situation->rules;
    jy__repeat_turn *own;
    int status = JY_OK;
    if (!situation->repeats && !(situation->repeats = jy__mem_alloc(situation->mem, situation->repeat_room * sizeof(*situation->repeats))))
        return JY_E_NOMEM;
    own = &situation->repeats[situation->repeat_count % situation->repeat_room];
    own->count = 0;
    if (is_counted(rules, turn->speaker))
        take_pairs(turn->text, own);
    own->speaker = (uint8_t)turn->speaker;
    for (uint32_t i = 0; status == JY_OK && own->count >= REPEAT_LEAST && i < rules->limit_rule_count; i++) {
        uint32_t rule = rules->limit_rules[i];
        const jy__limit *limit = &rules->rules[rule].occasion->limit;
        if (limit->measure != JY__MEASURE_REPEAT || !jy__window_counts(limit->speaker, turn->speaker) || times_alike(situation, limit, own) != limit->most ||
            jy__situation_silenced(situation, rule, JY__SPEAKER_UNCOUNTED))
            continue;
        status = jy__situation_due(situation, (jy__due){ rule, JY__NONE, JY_FOUND_LIMIT, turn->speaker, number, turn->begin_ms, limit->most, limit->most });
    }
    situation->repeat_count++;
    return status;
}
