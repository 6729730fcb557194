/* Forbidden wordings that must wait: for the anchor that comes after them (previous N turns), or for the end of the call (last N
 * turns). Each keeps a copy of its turn. No more are kept than JY_PARAM_WINDOW_TURNS; when one has to go before its time, its rule
 * is listed as not checked. A few more wait bare: most of these are excused, so no other has to go for them. */
#include "judge/judge_situation.h"

#define BARE_MOST 16

static char *put(char *at, jy_str *string)
{
    if (string->len)
        memcpy(at, string->ptr, string->len);
    string->ptr = at;
    return at + string->len;
}

static size_t size_of(const jy_turn *turn)
{
    return sizeof(jy__turn_copy) + turn->text.len + turn->id.len + turn->label.len + turn->place.raw.len + turn->place.pointer.len;
}

static void fill(jy__turn_copy *copy, const jy_turn *turn)
{
    char *at;
    copy->turn = *turn;
    at = put(copy->bytes, &copy->turn.text);
    at = put(at, &copy->turn.id);
    at = put(at, &copy->turn.label);
    at = put(at, &copy->turn.place.raw);
    put(at, &copy->turn.place.pointer);
}

jy__turn_copy *jy__turn_copy_new(const jy__mem *mem, const jy_turn *turn)
{
    const size_t size = size_of(turn);
    jy__turn_copy *copy = jy__mem_resize(mem, NULL, 0, size);
    if (!copy)
        return NULL;
    copy->size = size;
    fill(copy, turn);
    return copy;
}

#define SPARE_MOST 1024 /* bytes: a long turn does not hold its memory for all that follow */

jy__turn_copy *jy__turn_copy_instead(const jy__mem *mem, jy__turn_copy *old, const jy_turn *turn)
{
    const size_t size = size_of(turn);
    jy__turn_copy *fresh;
    if (old && old->size >= size && old->size - size <= SPARE_MOST) {
        fill(old, turn);
        return old;
    }
    if ((fresh = jy__turn_copy_new(mem, turn)))
        jy__turn_copy_free(mem, old);
    return fresh;
}

void jy__turn_copy_free(const jy__mem *mem, jy__turn_copy *copy)
{
    if (copy)
        jy__mem_free(mem, copy, copy->size);
}

static void drop(jy__situation *situation, jy__kept *kept)
{
    jy__turn_copy_free(situation->mem, kept->copy);
    situation->bare_count -= kept->bare;
    kept->copy = NULL;
    kept->used = kept->bare = false;
}

static jy__kept *place_for(jy__situation *situation, bool bare)
{
    jy__kept *oldest = NULL, *empty = NULL;
    size_t count = 0;
    for (size_t i = 0; i < situation->kept.count; i++) {
        jy__kept *kept = &situation->kept.items[i];
        if (!kept->copy && !empty)
            empty = kept;
        if (!kept->copy || kept->bare)
            continue;
        count++;
        if (!oldest || kept->number < oldest->number)
            oldest = kept;
    }
    if (!bare && oldest && count >= situation->keep_most) {
        jy__situation_state(situation, oldest->candidate.rule)->cut = true;
        drop(situation, oldest);
        return oldest;
    }
    if (empty)
        return empty;
    if (!JY__VEC_ROOM(situation->mem, &situation->kept))
        return NULL;
    situation->kept.items[situation->kept.count].copy = NULL;
    return &situation->kept.items[situation->kept.count++];
}

bool jy__situation_keeps_bare(const jy__situation *situation, uint32_t rule)
{
    jy__window window = jy__situation_window(&situation->rules->rules[rule]);
    return window.kind == JY__WINDOW_PREVIOUS_TURNS && window.turns == 1 && situation->bare_count < BARE_MOST;
}

int jy__situation_keep(jy__situation *situation, const jy__candidate *candidate, const jy_turn *turn, uint64_t number, bool bare)
{
    jy__window window = jy__situation_window(&situation->rules->rules[candidate->rule]);
    jy__turn_copy *copy = jy__turn_copy_new(situation->mem, turn);
    jy__kept *kept = copy ? place_for(situation, bare) : NULL;
    if (!kept) {
        jy__turn_copy_free(situation->mem, copy);
        return JY_E_NOMEM;
    }
    *kept = (jy__kept){ *candidate, copy, number, jy__situation_ordinal(situation, window.of) + jy__window_counts(window.of, turn->speaker), false, bare };
    situation->bare_count += bare;
    return JY_OK;
}

static bool reached(const jy__kept *kept, const jy__window *window, uint64_t ordinal, int64_t ms)
{
    switch (window->kind) {
    case JY__WINDOW_PREVIOUS_TURNS:
    case JY__WINDOW_LAST_TURNS: return ordinal < kept->ordinal + window->turns;
    case JY__WINDOW_PREVIOUS_MS:
    case JY__WINDOW_LAST_MS: return ms != JY_TIME_UNKNOWN && kept->copy->turn.begin_ms != JY_TIME_UNKNOWN && ms - kept->copy->turn.begin_ms <= window->ms;
    default: return true;
    }
}

int jy__situation_release(jy__situation *situation, uint32_t rule, uint64_t ordinal, int64_t ms, uint64_t but)
{
    jy__window window = jy__situation_window(&situation->rules->rules[rule]);
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < situation->kept.count; i++) {
        jy__kept *kept = &situation->kept.items[i];
        if (!kept->copy || kept->used || kept->candidate.rule != rule || kept->number == but || !reached(kept, &window, ordinal, ms))
            continue;
        status = jy__situation_due(situation, (jy__due){ rule, (uint32_t)i, JY_FOUND_WORDING, kept->copy->turn.speaker, kept->number,
                                                         kept->copy->turn.begin_ms, 0, 0 });
        kept->used = status == JY_OK;
    }
    return status;
}

void jy__situation_forget(jy__situation *situation)
{
    for (size_t i = 0; i < situation->kept.count; i++) {
        jy__kept *kept = &situation->kept.items[i];
        jy__window window;
        if (!kept->copy)
            continue;
        window = jy__situation_window(&situation->rules->rules[kept->candidate.rule]);
        bool timed = window.kind == JY__WINDOW_PREVIOUS_MS || window.kind == JY__WINDOW_LAST_MS;
        bool knows = !timed || (situation->now_ms != JY_TIME_UNKNOWN && kept->copy->turn.begin_ms != JY_TIME_UNKNOWN);
        if (kept->used || (knows && !reached(kept, &window, jy__situation_ordinal(situation, window.of), situation->now_ms)))
            drop(situation, kept);
    }
}
