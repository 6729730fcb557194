/* How a result begins and ends. A scanner keeps one, so that an utterance costs no memory of its own: comes in, the place where the scanner has it;
 * goes out, a result that says nothing yet, that one or a new one. To whoever holds it there is no difference. */
#include "compile/compile_hold.h"
#include "judge/judge_record.h"

jy_result *jy__result_new(const jy__mem *mem, jy_rules *rules, int unit)
{
    jy_result *result = jy__mem_resize(mem, NULL, 0, sizeof(*result));
    if (!result)
        return NULL;
    memset(result, 0, offsetof(jy_result, placer));
    result->mem = *mem;
    result->arena.mem = &result->mem;
    result->rules = jy__rules_hold(rules);
    result->unit = unit;
    result->first_bad = SIZE_MAX;
    return result;
}

static bool is_empty(const jy_result *result)
{
    return !(result->turns.capacity | result->events.capacity | result->findings.capacity | result->unchecked.capacity | result->scores.capacity |
             result->excerpts.capacity | result->briefs.capacity | result->far.capacity | result->judged.capacity | result->altered.capacity |
             result->left.capacity | result->told_count) && !result->arena.head && !result->arena.spare;
}

static void free_told(jy_result *result)
{
    jy__mem_free(&result->mem, result->told, result->told_count * sizeof(*result->told));
    result->told = NULL;
    result->told_count = 0;
}

static void free_parts(jy_result *result)
{
    const jy__mem *mem = &result->mem;
    JY__VEC_FREE(mem, &result->turns);
    JY__VEC_FREE(mem, &result->events);
    JY__VEC_FREE(mem, &result->findings);
    JY__VEC_FREE(mem, &result->unchecked);
    JY__VEC_FREE(mem, &result->scores);
    JY__VEC_FREE(mem, &result->excerpts);
    JY__VEC_FREE(mem, &result->briefs);
    JY__VEC_FREE(mem, &result->far);
    JY__VEC_FREE(mem, &result->judged);
    JY__VEC_FREE(mem, &result->altered);
    JY__VEC_FREE(mem, &result->left);
    free_told(result);
    jy__arena_free(&result->arena);
}

static void destroy(jy_result *result)
{
    jy__mem mem = result->mem;
    if (!is_empty(result))
        free_parts(result);
    jy__mem_free(&mem, result, sizeof(*result));
}

/* ---- the result that a scanner keeps, with its room, to give it again. Whoever of the two is freed last, by whatever thread, frees it:
 *   FREE ──▶ LENT ──▶ FREE   while the scanner lives,   LENT ──▶ LEFT ──▶ freed   behind that.
 * A FREE one is as a new one but for room and what jy__result_nothing() says. */
enum { OWN, FREE, LENT, LEFT };

static __attribute__((noinline)) jy_result *take_new(jy_result **kept, const jy__mem *mem, jy_rules *rules, int unit)
{
    jy_result *result = jy__result_new(mem, rules, unit);
    if (result && !*kept) {
        *kept = result;
        result->kept = LENT;
    }
    return result;
}

static inline jy_result *lend(jy_result *result, jy_rules *rules, int unit)
{
    result->kept = LENT;
    result->rules = jy__rules_hold(rules);
    result->unit = unit;
    return result;
}

static inline jy_result *take(jy_result **kept, const jy__mem *mem, jy_rules *rules, int unit)
{
    jy_result *result = *kept;
    return !result || jy__shared_get(&result->kept) != FREE ? take_new(kept, mem, rules, unit) : lend(result, rules, unit);
}

jy_result *jy__result_take(jy_result **kept, const jy__mem *mem, jy_rules *rules, int unit)
{
    jy_result *result = take(kept, mem, rules, unit);
    if (result) {
        result->nothing = result->script = result->lists_call_rules = false;
        result->first_turn = result->turn_count = 0;
    }
    return result;
}

static inline jy_result *say_nothing(jy_result *result, uint64_t first_turn, uint64_t turn_count)
{
    result->nothing = result->script = true;
    result->lists_call_rules = first_turn == 0;
    result->first_turn = first_turn;
    result->turn_count = turn_count;
    return result;
}

static __attribute__((noinline)) jy_result *nothing_new(jy_result **kept, const jy__mem *mem, jy_rules *rules, int unit, uint64_t first_turn, uint64_t turn_count)
{
    jy_result *result = take_new(kept, mem, rules, unit);
    return result ? say_nothing(result, first_turn, turn_count) : NULL;
}

/* This and the way back to FREE are of nearly every utterance: what is seldom goes elsewhere and does not come back, so that nothing is to be saved. */
jy_result *jy__result_nothing(jy_result **kept, const jy__mem *mem, jy_rules *rules, int unit, uint64_t first_turn, uint64_t turn_count)
{
    jy_result *result = *kept;
    if (__builtin_expect(!result || jy__shared_get(&result->kept) != FREE, 0))
        return nothing_new(kept, mem, rules, unit, first_turn, turn_count);
    return say_nothing(lend(result, rules, unit), first_turn, turn_count);
}

static void keep_items(const jy__mem *mem, void *items_ptr, size_t *capacity, size_t item_size, size_t *most)
{
    size_t bytes = *capacity * item_size;
    void *items, *none = NULL;
    if (bytes <= *most) {
        *most -= bytes;
        return;
    }
    memcpy(&items, items_ptr, sizeof(items));
    jy__mem_free(mem, items, bytes);
    memcpy(items_ptr, &none, sizeof(none));
    *capacity = 0;
}

#define KEEP(vec) ((vec)->count = 0, keep_items(mem, &(vec)->items, &(vec)->capacity, sizeof(*(vec)->items), &most))

/* What there is room for is kept: a large text is read faster than the system gives the pages for what it comes to. */
static void keep_room(jy_result *result)
{
    const jy__mem *mem = &result->mem;
    size_t most = JY__RESULT_KEPT;
    KEEP(&result->turns);
    KEEP(&result->events);
    KEEP(&result->findings);
    KEEP(&result->unchecked);
    KEEP(&result->scores);
    KEEP(&result->left);
    KEEP(&result->far);
    KEEP(&result->judged);
    KEEP(&result->altered);
    KEEP(&result->briefs);
    KEEP(&result->excerpts);
    jy__arena_keep(&result->arena, most);
}

static void tidy(jy_result *result)
{
    if (result->altered.count) {
        memset(result->recent, 0, sizeof(result->recent));
        memset(result->recent_matches, 0, sizeof(result->recent_matches));
    }
    result->limited = result->has_call = result->has_placer = result->has_units = result->has_line = result->apart = result->thinned = result->text_stays = false;
    result->bad_bytes = 0;
    result->first_bad = SIZE_MAX;
    if (is_empty(result))
        return;
    free_told(result);
    keep_room(result);
}

void jy__result_leave(jy_result *kept)
{
    if (kept && jy__shared_swap(&kept->kept, LEFT) != LENT)
        destroy(kept);
}

static __attribute__((noinline)) void free_left(jy_result *result, jy_rules *rules)
{
    destroy(result);
    jy__rules_leave(rules);
}

static __attribute__((noinline)) void free_some(jy_result *result)
{
    jy__rules_leave(result->rules);
    if (jy__shared_get(&result->kept)) { /* the scanner may be leaving it at this moment */
        tidy(result);
        if (jy__shared_swap(&result->kept, FREE) == LENT)
            return;
    }
    destroy(result);
}

void jy_result_free(jy_result *result)
{
    jy_rules *rules = result ? result->rules : NULL;
    if (!result)
        return;
    if (!result->nothing || !jy__shared_get(&result->kept))
        free_some(result);
    else if (jy__shared_swap(&result->kept, FREE) == LENT)
        jy__rules_leave(rules);
    else
        free_left(result, rules);
}
