/* The findings of a text without a call. Comes in: lines in order, and what was found in each, as little as tells it from others; goes out:
 * the public structs, worked out when they are asked for. A text may have a finding in every line, and most are only counted. */
#include "judge/judge.h"
#include "judge/judge_record.h"

/* Field by field, as they came: a struct that was just put together from its fields cannot be read as one piece before it has reached the cache. */
int jy__result_add_line(jy_result *result, const jy__line *line)
{
    jy__excerpt *own;
    if (!JY__VEC_ROOM(&result->mem, &result->excerpts))
        return JY_E_NOMEM;
    own = &result->excerpts.items[result->excerpts.count];
    own->lines.text = line->text;
    if (!result->text_stays && !jy__arena_str(&result->arena, line->text, &own->lines.text))
        return JY_E_NOMEM;
    own->lines.number = line->number;
    own->lines.offset = line->offset;
    own->first = (uint32_t)result->briefs.count;
    own->one = true;
    result->excerpts.count++;
    return JY_OK;
}

/* What is asked for is put together only where it is added: it could not be read at once. */
uint32_t jy__altered_add(jy_result *result, int32_t confidence, const uint16_t count[JY_FOLD_COUNT])
{
    const int32_t doubt = 100 - confidence;
    jy__altered_recent *recent;
    uint64_t folds[2];
    bool differs;
    memcpy(folds, count, sizeof(folds));
    recent = jy__altered_recent_of(result, folds, doubt);
    differs = folds[0] | folds[1] | (uint32_t)doubt;
    if (differs) {
        if (!JY__VEC_ROOM(&result->mem, &result->altered))
            return JY__ALTERED_NONE;
        jy__altered *own = &result->altered.items[result->altered.count++];
        own->confidence = confidence;
        memcpy(own->count, count, sizeof(own->count));
    }
    *recent = (jy__altered_recent){ { folds[0], folds[1] }, doubt, differs ? (uint32_t)result->altered.count : 0 };
    return recent->number;
}

uint32_t jy__altered_of_match(jy_result *result, const jy__match *match, jy__match_recent *recent)
{
    uint16_t count[JY_FOLD_COUNT];
    uint32_t number;
    jy__match_counts(match, count);
    number = jy__altered_number(result, match->confidence, count);
    if (number != JY__ALTERED_NONE) {
        memcpy(&recent->counts, match->count, sizeof(recent->counts));
        recent->doubt = 100u - match->confidence;
        recent->number = number;
    }
    return number;
}

bool jy__brief_far(jy_result *result, jy__brief *own, jy_span span, uint32_t altered)
{
    if (altered == JY__ALTERED_NONE || !JY__VEC_ROOM(&result->mem, &result->far))
        return false;
    own->begin = (uint32_t)result->far.count;
    own->length = JY__BRIEF_FAR;
    result->far.items[result->far.count++] = (jy__far){ span, altered };
    return true;
}

int jy__result_add_matches(jy_result *result, const jy__match *first, const jy__match *last, size_t base)
{
    const size_t count = (size_t)(last - first);
    const bool done = jy__brief_room(result, count) && jy__brief_set_matches(result, result->briefs.items + result->briefs.count, first, count, base);
    result->briefs.count += done ? count : 0;
    return done ? JY_OK : JY_E_NOMEM;
}

int jy__result_add_judged(jy_result *result, jy__judged judged, jy_span span, int32_t confidence, const uint16_t count[JY_FOLD_COUNT])
{
    const uint32_t found = JY__BRIEF_JUDGED + (uint32_t)result->judged.count;
    if (!JY__VEC_ROOM(&result->mem, &result->judged) || !jy__brief_room(result, 1))
        return JY_E_NOMEM;
    result->judged.items[result->judged.count++] = judged;
    return jy__brief_put(result, found, span, confidence, count) ? JY_OK : JY_E_NOMEM;
}

/* What it is of the rules. */
static jy__judged judged_of(const jy_result *result, const jy__brief *brief)
{
    const jy__set *set = &result->rules->sets[JY__SET_FORBID];
    if (brief->found & JY__BRIEF_JUDGED)
        return result->judged.items[brief->found - JY__BRIEF_JUDGED];
    return (jy__judged){ jy__use_of(set, brief->found).atom, set->forms[brief->found] };
}

const jy__brief *jy__result_brief(const jy_result *result, size_t index)
{
    if (result->thinned)
        return index < result->left.count ? &result->briefs.items[result->left.items[index]] : NULL;
    return index < result->briefs.count ? &result->briefs.items[index] : NULL;
}

uint32_t jy__result_brief_rule(const jy_result *result, const jy__brief *brief) 
{
    return jy__atom_rule(result->rules, judged_of(result, brief).atom);
}

/* Reading is for one thread at a time, so what was worked out may be kept. */
jy__told *jy__result_told(const jy_result *result, const jy__brief *brief)
{
    jy_result *own = (jy_result *)result;
    const size_t place = (size_t)(brief - result->briefs.items);
    if (!own->told) {
        own->told = jy__mem_alloc(&own->mem, own->briefs.count * sizeof(*own->told));
        own->told_count = own->told ? own->briefs.count : 0;
    }
    if (!own->told)
        return NULL;
    if (!own->told[place])
        own->told[place] = jy__arena_alloc(&own->arena, sizeof(**own->told));
    return own->told[place];
}

bool jy__brief_thin(jy_result *result)
{
    if (result->thinned)
        return true;
    if (!jy__mem_grow(&result->mem, &result->left.items, &result->left.capacity, result->briefs.count, sizeof(*result->left.items)))
        return false;
    for (result->left.count = 0; result->left.count < result->briefs.count; result->left.count++)
        result->left.items[result->left.count] = (uint32_t)result->left.count;
    return result->thinned = true;
}

/* ---- findings */
static uint32_t folds_of(const uint16_t count[JY_FOLD_COUNT])
{
    uint32_t folds = 0;
    for (int fold = 0; fold < JY_FOLD_COUNT; fold++)
        folds |= count[fold] ? 1u << fold : 0;
    return folds;
}

static jy__hit hit_of(const jy_result *result, const jy__brief *brief, jy_span span)
{
    static const jy__altered as_written = { 100, { 0 } };
    const uint32_t altered = brief->length == JY__BRIEF_FAR ? result->far.items[brief->begin].altered : brief->altered;
    const jy__altered *as_said = altered ? &result->altered.items[altered - 1] : &as_written;
    const jy__judged judged = judged_of(result, brief);
    jy_str form = judged.form == JY__NONE ? (jy_str){ NULL, 0 } : jy__rules_text(result->rules, judged.form);
    jy__hit hit = { judged.atom, as_said->confidence, span.begin, span.end, form, { 0 } };
    memcpy(hit.count, as_said->count, sizeof(hit.count));
    return hit;
}

void jy__judge_fill_rule(const jy_rules *rules, uint32_t number, jy_finding *out)
{
    const jy__compiled *rule = &rules->rules[number];
    out->rule = number;
    out->rule_id = rule->info.id;
    out->pack = rule->info.pack;
    out->clause = rule->info.clause;
    out->situation = rule->info.situation;
    out->severity = rule->info.severity;
    out->score = rule->info.score;
    out->flags = rule->info.flags & JY_RULE_FATAL;
    out->confidence = 100;
}

void jy__judge_fill_hit(const jy_rules *rules, const jy__hit *hit, jy_finding *out)
{
    out->severity = jy__judge_severity(&rules->rules[out->rule], hit);
    if (hit->count[JY_FOLD_MASKED])
        out->flags &= ~(uint32_t)JY_RULE_FATAL;
    out->span = (jy_span){ hit->begin, hit->end };
    out->confidence = hit->confidence;
    out->folds = folds_of(hit->count);
}

static void show_place(const jy_result *result, const jy__line *line, jy_span span, jy_finding *out)
{
    jy_result *own = (jy_result *)result;
    jy__place_walk *walk = &own->placer, behind;
    if (!own->has_placer || walk->text.ptr != line->text.ptr || walk->text.len != line->text.len || walk->place.offset != line->offset)
        jy__place_walk_init(walk, &(jy_place){ .line = jy__line_shown(result, line), .column = 1, .byte_column = 1, .offset = line->offset }, line->text);
    own->has_placer = true;
    jy__place_walk_to(walk, span.begin, &out->line, &out->column, NULL);
    behind = *walk; /* the next finding may begin before this one ends */
    jy__place_walk_to(&behind, span.end, &out->end_line, &out->end_column, NULL);
}

void jy__brief_show(const jy_result *result, size_t index, jy_finding *out)
{
    const jy__brief *brief = jy__result_brief(result, index);
    jy_span span;
    const jy__line line = jy__result_line_of(result, brief, &span);
    uint32_t number = jy__result_brief_rule(result, brief);
    const jy__compiled *rule = &result->rules->rules[number];
    jy__hit hit = hit_of(result, brief, span);
    *out = (jy_finding)JY_FINDING_INIT;
    jy__judge_fill_rule(result->rules, number, out);
    jy__judge_fill_hit(result->rules, &hit, out);
    out->id = (uint64_t)(brief - result->briefs.items) + 1;
    out->kind = JY_FOUND_WORDING;
    out->state = JY_FINAL;
    out->turn = out->turn_end = line.number;
    out->speaker = JY_AGENT;
    out->text = (jy_str){ line.text.ptr + hit.begin, hit.end - hit.begin };
    out->hit_count = 1;
    out->suggestion_count = rule->info.suggestion_count;
    out->edit_count = rule->has_replace && jy__judge_around(line.text, rule->replace_span, &span);
    show_place(result, &line, (jy_span){ hit.begin, hit.end }, out);
}

static bool reading_of(const jy_result *result, const jy__brief *brief, jy_str heard, jy_str *out)
{
    jy__told *told = jy__result_told(result, brief);
    jy__text reading;
    if (told && !told->has_reading) {
        jy__text_init(&reading, &result->mem);
        jy__judge_reading(heard, &reading);
        told->has_reading = !reading.failed && jy__arena_str(&((jy_result *)result)->arena, jy__text_view(&reading), &told->reading);
        jy__text_free(&reading);
    }
    if (!told || !told->has_reading)
        return false;
    *out = told->reading;
    return true;
}

/* False: no memory for the reading. */
bool jy__brief_hit(const jy_result *result, size_t index, jy__hit_record *out)
{
    const jy__brief *brief = jy__result_brief(result, index);
    jy_span span;
    const jy__line line = jy__result_line_of(result, brief, &span);
    jy__hit hit = hit_of(result, brief, span);
    *out = (jy__hit_record){ .turn = line.number, .begin = hit.begin, .end = hit.end, .phrase = jy__atom_written(result->rules, hit.atom),
                             .form = hit.form, .confidence = hit.confidence };
    memcpy(out->count, hit.count, sizeof(out->count));
    return !hit.count[JY_FOLD_SOUND] || reading_of(result, brief, (jy_str){ line.text.ptr + hit.begin, hit.end - hit.begin }, &out->reading);
}
