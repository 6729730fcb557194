/* A candidate to a finding: who, where, why it matched, what to say instead. */
#include "session/session.h"

void jy__turn_walk_init(jy__turn_walk *walk, const jy_turn *turn, jy_str text, int unit)
{
    jy__place_walk_init(&walk->placer, &turn->place, text);
    jy__units_init(&walk->units, text, unit);
}

/* The next finding may begin before this one ends, so what is behind is asked of a copy. */
static void fill_places(jy__turn_walk *walk, jy__finding_record *record)
{
    jy_finding *finding = &record->finding;
    jy__turn_walk behind;
    jy__place_walk_to(&walk->placer, finding->span.begin, &finding->line, &finding->column, NULL);
    record->shown.begin = jy__units_at(&walk->units, finding->span.begin);
    behind = *walk;
    jy__place_walk_to(&behind.placer, finding->span.end, &finding->end_line, &finding->end_column, NULL);
    record->shown.end = jy__units_at(&behind.units, finding->span.end);
}

/* What has no slots is the rules' own, and is not copied. */
static int add_suggestions(const jy_rules *rules, const jy_call *call, jy__arena *arena, jy__finding_record *record)
{
    const jy__compiled *rule = &rules->rules[record->finding.rule];
    jy__text filled;
    record->suggestion_count = rule->info.suggestion_count;
    record->suggestions_borrowed = !rule->has_slots;
    record->suggestions = rule->suggestions;
    if (!rule->has_slots)
        return JY_OK;
    record->suggestions = jy__arena_alloc(arena, record->suggestion_count * sizeof(jy_str) + 1);
    if (!record->suggestions)
        return JY_E_NOMEM;
    jy__text_init(&filled, arena->mem);
    for (size_t i = 0; i < record->suggestion_count; i++) {
        jy__text_clear(&filled);
        jy__suggest_fill(rule->suggestions[i], call, &filled);
        if (filled.failed || !jy__arena_str(arena, jy__text_view(&filled), &record->suggestions[i])) {
            jy__text_free(&filled);
            return JY_E_NOMEM;
        }
    }
    jy__text_free(&filled);
    return JY_OK;
}

static int add_edit(const jy_rules *rules, const jy__standing *standing, jy__arena *arena, jy__finding_record *record)
{
    jy_edit *edit = jy__arena_alloc(arena, sizeof(*edit));
    jy__text text;
    int status = edit ? JY_OK : JY_E_NOMEM;
    jy__text_init(&text, arena->mem);
    if (edit && jy__suggest_edit(&rules->rules[record->finding.rule], standing->call, standing->turn->text, record->finding.span, &edit->span, &text)) {
        edit->size = sizeof(*edit);
        edit->turn = standing->number;
        if (text.failed || !jy__arena_str(arena, jy__text_view(&text), &edit->replacement))
            status = JY_E_NOMEM;
        record->edits = edit;
        record->edit_count = 1;
    }
    jy__text_free(&text);
    return status;
}

static int add_hit_record(jy__judge *judge, const jy__hit *hit, uint64_t turn, jy__arena *arena, jy__finding_record *record)
{
    jy__hit_record *out = jy__arena_alloc(arena, sizeof(*out));
    jy__text reading;
    bool done;
    if (!out)
        return JY_E_NOMEM;
    *out = (jy__hit_record){ turn, hit->begin, hit->end, jy__atom_written(judge->rules, hit->atom), hit->form, { NULL, 0 }, { 0 }, hit->confidence };
    memcpy(out->count, hit->count, sizeof(out->count));
    jy__text_init(&reading, arena->mem);
    if (hit->count[JY_FOLD_SOUND])
        jy__judge_reading((jy_str){ judge->text.ptr + hit->begin, hit->end - hit->begin }, &reading);
    done = !reading.failed && jy__arena_str(arena, jy__text_view(&reading), &out->reading);
    jy__text_free(&reading);
    record->hits = out;
    record->hit_count = 1;
    return done ? JY_OK : JY_E_NOMEM;
}

int jy__session_add_wording(jy__judge *judge, const jy__standing *standing, const jy__candidate *candidate, jy_result *result)
{
    const jy__hit *hit = &candidate->hit;
    jy__finding_record record;
    jy_finding *finding = &record.finding;
    jy__arena arena;
    int status;
    memset(&record, 0, sizeof(record));
    *finding = (jy_finding)JY_FINDING_INIT;
    jy__judge_fill_rule(judge->rules, candidate->rule, finding);
    jy__judge_fill_hit(judge->rules, hit, finding);
    finding->id = standing->id;
    finding->kind = JY_FOUND_WORDING;
    finding->state = standing->state;
    finding->turn = finding->turn_end = standing->number;
    finding->turn_id = standing->turn->id;
    finding->speaker = judge->speaker;
    finding->text = (jy_str){ judge->text.ptr + hit->begin, hit->end - hit->begin };
    finding->at_ms = standing->turn->begin_ms;
    fill_places(standing->walk, &record);
    jy__arena_init(&arena, jy__result_mem(result));
    status = add_suggestions(judge->rules, standing->call, &arena, &record);
    if (status == JY_OK)
        status = add_edit(judge->rules, standing, &arena, &record);
    if (status == JY_OK)
        status = add_hit_record(judge, hit, standing->number, &arena, &record);
    if (status == JY_OK)
        status = standing->again == SIZE_MAX ? jy__result_add_finding(result, &record) : jy__result_set_finding(result, standing->again, &record);
    jy__arena_free(&arena);
    return status;
}

int jy__session_add_other(const jy_rules *rules, const jy_call *call, const jy_turn *turn, const jy_finding *found, jy_result *result)
{
    jy__finding_record record;
    jy_finding *finding = &record.finding;
    jy__turn_walk walk;
    jy__arena arena;
    int status;
    memset(&record, 0, sizeof(record));
    *finding = *found;
    jy__judge_fill_rule(rules, found->rule, finding);
    if (turn) {
        finding->turn_id = turn->id;
        jy__turn_walk_init(&walk, turn, turn->text, JY_UNIT_BYTE);
        fill_places(&walk, &record);
        record.shown = (jy_span){ 0, 0 };
    }
    jy__arena_init(&arena, jy__result_mem(result));
    status = add_suggestions(rules, call, &arena, &record);
    if (status == JY_OK)
        status = jy__result_add_finding(result, &record);
    jy__arena_free(&arena);
    return status;
}
