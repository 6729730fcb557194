/* Totals of a report. Comes in: each result once; goes out: the counters every format ends with, the rules that could not be
 * checked (counted by rule and reason) and the scores by pack. Memory grows with the number of rules, never with the calls.
 *
 *   (rule 7, needs-clock) ─seen[7*16+3]─▶ tally      while results share one rule set: no look-up by name
 *   pack ␟ id ␟ why ─unchecked_at─▶ tally            when the rule set changes                              */
#include "report/report.h"

#define WHYS 16

void jy__totals_init(jy__totals *totals, const jy__mem *mem)
{
    memset(totals, 0, sizeof(*totals));
    jy__arena_init(&totals->arena, mem);
    jy__text_init(&totals->last_source, mem);
    jy__map_init(&totals->unchecked_at, mem);
}

void jy__totals_free(jy__totals *totals)
{
    const jy__mem *mem = totals->arena.mem;
    JY__VEC_FREE(mem, &totals->unchecked);
    JY__VEC_FREE(mem, &totals->scores);
    jy__map_free(&totals->unchecked_at);
    jy__mem_free(mem, totals->seen, totals->seen_size * sizeof(*totals->seen));
    jy__text_free(&totals->last_source);
    jy_rules_unref(totals->rules);
    jy__arena_free(&totals->arena);
}

uint64_t jy__totals_findings(const jy__totals *totals)
{
    uint64_t all = 0;
    for (int severity = JY_INFO; severity <= JY_CRITICAL; severity++)
        all += totals->findings[severity];
    return all;
}

/* Several calls of one file, or blocks of one text, follow each other: a file is counted when the source changes. */
static bool count_source(jy__totals *totals, jy_str source)
{
    if (totals->files && jy__str_eq(source, jy__text_view(&totals->last_source)))
        return true;
    totals->files++;
    jy__text_clear(&totals->last_source);
    jy__text_str(&totals->last_source, source);
    return !totals->last_source.failed;
}

static bool use_rules(jy__totals *totals, jy_rules *rules)
{
    const jy__mem *mem = totals->arena.mem;
    size_t size = rules ? jy_rules_count(rules) * WHYS : 0;
    if (totals->rules == rules && totals->seen_size == size)
        return true;
    jy__mem_free(mem, totals->seen, totals->seen_size * sizeof(*totals->seen));
    totals->seen = size ? jy__mem_alloc(mem, size * sizeof(*totals->seen)) : NULL;
    totals->seen_size = totals->seen ? size : 0;
    jy_rules_unref(totals->rules);
    totals->rules = rules ? jy_rules_ref(rules) : NULL;
    return totals->seen || size == 0;
}

static void name_rule(jy__totals *totals, uint32_t number, jy_rule *rule, jy__text *key)
{
    if (totals->rules && jy_rules_get(totals->rules, number, rule) == JY_OK) {
        jy__text_str(key, rule->pack);
        jy__text_char(key, 0x1F);
        jy__text_str(key, rule->id);
    } else if (number == JY_RULE_ANY) {
        jy__text_char(key, '*');
        rule->id = jy__text_view(key);
    } else {
        jy__text_char(key, '#');
        jy__text_int(key, number);
        rule->id = jy__text_view(key);
    }
}

/* Number of the tally of a rule and a reason, made when it is new; UINT32_MAX on no memory. */
static uint32_t find_tally(jy__totals *totals, const jy_unchecked *unchecked)
{
    const jy__mem *mem = totals->arena.mem;
    jy_rule rule = JY_RULE_INIT;
    jy__unchecked_tally tally = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, unchecked->why, 0 };
    jy__text key;
    jy_str kept;
    uint32_t found = UINT32_MAX;
    jy__text_init(&key, mem);
    name_rule(totals, unchecked->rule, &rule, &key);
    if (!jy__arena_str(&totals->arena, rule.id, &tally.rule) || !jy__arena_str(&totals->arena, rule.pack, &tally.pack) ||
        !jy__arena_str(&totals->arena, rule.clause, &tally.clause))
        key.failed = true;
    jy__text_char(&key, 0x1F);
    jy__text_int(&key, unchecked->why);
    if (!key.failed && !jy__map_get(&totals->unchecked_at, jy__text_view(&key), &found) &&
        JY__VEC_ROOM(mem, &totals->unchecked) && jy__arena_str(&totals->arena, jy__text_view(&key), &kept) &&
        jy__map_put(&totals->unchecked_at, kept, (uint32_t)totals->unchecked.count)) {
        found = (uint32_t)totals->unchecked.count;
        totals->unchecked.items[totals->unchecked.count++] = tally;
    }
    jy__text_free(&key);
    return found;
}

static bool count_unchecked(jy__totals *totals, const jy_unchecked *unchecked)
{
    size_t slot = (size_t)unchecked->rule * WHYS + (size_t)unchecked->why;
    bool fits = unchecked->why >= 0 && unchecked->why < WHYS && slot < totals->seen_size;
    uint32_t number = fits && totals->seen[slot] ? totals->seen[slot] - 1 : find_tally(totals, unchecked);
    if (number == UINT32_MAX)
        return false;
    if (fits)
        totals->seen[slot] = number + 1;
    totals->unchecked.items[number].calls++;
    return true;
}

static bool count_score(jy__totals *totals, const jy_score *score)
{
    size_t at = 0;
    while (at < totals->scores.count && !jy__str_eq(totals->scores.items[at].pack, score->pack))
        at++;
    if (at == totals->scores.count) {
        jy__score_tally fresh = { { NULL, 0 }, 0, 0, 0, 0 };
        if (!JY__VEC_ROOM(totals->arena.mem, &totals->scores) || !jy__arena_str(&totals->arena, score->pack, &fresh.pack))
            return false;
        totals->scores.items[totals->scores.count++] = fresh;
    }
    totals->scores.items[at].calls++;
    totals->scores.items[at].failed += !score->passed;
    totals->scores.items[at].fatal += score->fatal != 0;
    totals->scores.items[at].points += score->points;
    return true;
}

bool jy__totals_add(jy__totals *totals, const jy_result *result)
{
    jy_call call = JY_CALL_INIT;
    if (jy_result_call(result, &call) != JY_OK || !count_source(totals, call.source) || !use_rules(totals, jy_result_rules(result)))
        return false;
    totals->calls += call.first_turn == 0; /* later pieces of a text are no calls of their own */
    totals->turns += jy_result_turn_count(result) - call.first_turn;
    totals->limited += jy_result_complete(result) != JY_OK;
    totals->bad_bytes += jy_result_bad_bytes(result, NULL);
    for (size_t i = 0; i < jy_result_unchecked_count(result); i++) {
        jy_unchecked unchecked = JY_UNCHECKED_INIT;
        if (jy_result_unchecked(result, i, &unchecked) == JY_OK && !count_unchecked(totals, &unchecked))
            return false;
    }
    for (size_t i = 0; i < jy_result_score_count(result); i++) {
        jy_score score = JY_SCORE_INIT;
        if (jy_result_score(result, i, &score) == JY_OK && !count_score(totals, &score))
            return false;
    }
    return true;
}
