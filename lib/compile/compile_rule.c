/* One rule of a tree to its frozen form: strings copied, wording compiled, flags worked out. */
#include "compile/compile_build.h"
#include <time.h>

/* Much of what a rule says of itself is nothing, or what the rule before it says (its file, its pack): that is not copied again. */
static bool copy(jy__build *build, jy_str from, jy_str before, jy_str *to)
{
    *to = from.len ? before : build->nothing;
    return jy__str_eq(*to, from) || jy__arena_str(&build->rules->arena, from, to);
}

static const jy__compiled *rule_before(const jy__build *build)
{
    static const jy__compiled none;
    return build->compiled.count ? &build->compiled.items[build->compiled.count - 1] : &none;
}

static bool copy_joined(jy__build *build, const jy_str *parts, size_t count, jy_str before, jy_str *to)
{
    jy__text text;
    bool done;
    jy__text_init(&text, build->mem);
    for (size_t i = 0; i < count; i++) {
        if (i) jy__text_char(&text, ' ');
        jy__text_str(&text, parts[i]);
    }
    done = !text.failed && copy(build, jy__text_view(&text), before, to);
    jy__text_free(&text);
    return done;
}

static int32_t today(const jy__params *params)
{
    int32_t date = (int32_t)jy__params_get(params, JY_PARAM_DATE);
    time_t now = time(NULL);
    struct tm local;
    if (date || !localtime_r(&now, &local))
        return date;
    return (local.tm_year + 1900) * 10000 + (local.tm_mon + 1) * 100 + local.tm_mday;
}

bool jy__compile_in_force(const jy_compiler *compiler, const jy__rule *rule)
{
    int32_t date = today(&compiler->params);
    return (!rule->from || rule->from <= date) && (!rule->until || date <= rule->until);
}

static bool anchor_has(const jy__when *when, jy__when_kind kind)
{
    if (when->kind == kind)
        return true;
    for (size_t i = 0; i < when->kid_count; i++)
        if (anchor_has(when->kids[i], kind))
            return true;
    return false;
}

static uint32_t flags_of(const jy__rule *rule)
{
    uint32_t flags = (rule->fatal ? JY_RULE_FATAL : 0) | (rule->live ? JY_RULE_LIVE : 0) | (rule->after ? JY_RULE_AFTER : 0);
    bool clock = rule->where.kind >= JY__WINDOW_NEXT_MS && rule->where.kind <= JY__WINDOW_LAST_MS;
    bool events = rule->when && anchor_has(rule->when, JY__WHEN_EVENT);
    clock = clock || (rule->when && anchor_has(rule->when, JY__WHEN_SILENCE));
    if (rule->limit) {
        jy__measure measure = rule->limit->measure;
        events = events || measure == JY__MEASURE_ANSWER || measure == JY__MEASURE_RINGS || measure == JY__MEASURE_HOLD || measure == JY__MEASURE_HANGUP;
        clock = clock || (measure != JY__MEASURE_REPEAT && measure != JY__MEASURE_HANGUP && measure != JY__MEASURE_RINGS);
    }
    if (rule->when || rule->where.kind > JY__WINDOW_TURN || rule->require || rule->limit)
        flags |= JY_RULE_NEEDS_CALL;
    return flags | (clock ? JY_RULE_NEEDS_CLOCK : 0) | (events ? JY_RULE_NEEDS_EVENTS : 0);
}

static bool copy_texts(jy__build *build, const jy__tree *tree, const jy__rule *rule, jy_rule *info)
{
    const jy_rule *before = &rule_before(build)->info;
    return copy(build, rule->id, before->id, &info->id) && copy(build, tree->pack.name, before->pack, &info->pack) &&
           copy(build, rule->situation, before->situation, &info->situation) && copy(build, rule->note, before->note, &info->note) &&
           copy(build, tree->pack.source, before->source, &info->source) &&
           copy_joined(build, rule->clauses, rule->clause_count, before->clause, &info->clause) &&
           copy_joined(build, rule->tags, rule->tag_count, before->tags, &info->tags);
}

static bool fill_info(jy__build *build, const jy__tree *tree, const jy__rule *rule, jy__compiled *out)
{
    jy_rule *info = &out->info;
    info->size = sizeof(*info);
    info->line = rule->id_pos.line ? rule->id_pos.line : rule->pos.line;
    info->kind = rule->forbid ? JY_RULE_FORBID : rule->require ? JY_RULE_REQUIRE : JY_RULE_LIMIT;
    info->severity = rule->severity;
    info->speaker = rule->speaker;
    info->score = rule->score;
    info->flags = flags_of(rule);
    info->suggestion_count = (uint32_t)rule->suggest_count;
    for (size_t i = 0; i < rule->test_count; i++) {
        info->test_bad_count += rule->tests[i].kind == JY__TEST_BAD;
        info->test_good_count += rule->tests[i].kind == JY__TEST_GOOD;
    }
    return copy_texts(build, tree, rule, info);
}

static bool fill_wording(jy__build *build, const jy__rule *rule, jy__compiled *out)
{
    const jy__compiled *before = rule_before(build);
    out->suggestions = jy__arena_alloc(&build->rules->arena, rule->suggest_count * sizeof(*out->suggestions));
    if (!out->suggestions)
        return false;
    for (size_t i = 0; i < rule->suggest_count; i++)
        out->has_slots = out->has_slots || (rule->suggest[i].text.len && memchr(rule->suggest[i].text.ptr, '{', rule->suggest[i].text.len));
    for (size_t i = 0; i < rule->suggest_count; i++)
        if (!copy(build, rule->suggest[i].text, i < before->info.suggestion_count ? before->suggestions[i] : build->nothing, &out->suggestions[i]))
            return false;
    out->has_replace = rule->has_replace;
    out->replace_span = rule->replace_span;
    return !rule->has_replace || copy(build, rule->replace.text, build->nothing, &out->replace);
}

static int build_optional(jy__build *build, jy__set_kind set, const jy__expr *expr, uint32_t *node)
{
    *node = JY__NONE;
    return expr ? jy__build_expr(build, set, expr, node) : JY_OK;
}

/* What it forbids, what excuses, and what it goes by: phrases of the first and the last lead back to the rule. */
static int build_wording(jy__build *build, const jy__rule *rule, jy__compiled *out, jy__occasion *occasion)
{
    jy__set_kind forbid = out->info.flags & JY_RULE_NEEDS_CALL ? JY__SET_CALL : JY__SET_FORBID;
    int status;
    build->rule = (uint32_t)build->compiled.count;
    build->speaker = out->info.speaker;
    build->situation = false;
    status = build_optional(build, forbid, rule->forbid, &out->forbid);
    build->situation = true;
    if (status == JY_OK)
        status = build_optional(build, JY__SET_CALL, rule->require, &out->require);
    build->rule = JY__NONE;
    if (status == JY_OK)
        status = build_optional(build, JY__SET_SHIELD, rule->except, &out->except);
    build->rule = (uint32_t)build->compiled.count;
    if (status == JY_OK && rule->when)
        status = jy__build_when(build, rule->when, &occasion->when);
    if (status == JY_OK && rule->unless)
        status = jy__build_when(build, rule->unless, &occasion->unless);
    return status;
}

/* Of a rule that says when it counts; else the one of all that do not. */
static jy__occasion *occasion_of(jy__build *build, const jy__rule *rule)
{
    bool own = rule->when || rule->unless || rule->where.kind != JY__WINDOW_NONE || rule->limit;
    jy__occasion *occasion = own ? NULL : build->always;
    if (occasion)
        return occasion;
    occasion = jy__arena_alloc(&build->rules->arena, sizeof(*occasion));
    if (!occasion)
        return NULL;
    occasion->where = rule->where;
    if (rule->unless)
        occasion->unless_where = rule->unless_where;
    if (rule->limit)
        occasion->limit = *rule->limit;
    if (!own)
        build->always = occasion;
    return occasion;
}

int jy__build_rule(jy__build *build, const jy__tree *tree, const jy__rule *rule, uint32_t pack)
{
    jy__compiled out;
    jy__occasion *occasion;
    int status;
    memset(&out, 0, sizeof(out));
    build->source = tree->pack.source;
    build->rule_id = rule->id;
    out.pack = pack;
    out.occasion = occasion = occasion_of(build, rule);
    if (!occasion || !fill_info(build, tree, rule, &out) || !fill_wording(build, rule, &out))
        return JY_E_NOMEM;
    out.judged = rule->enabled && jy__compile_in_force(build->compiler, rule);
    if (!out.judged)
        out.info.flags |= JY_RULE_DISABLED;
    out.has_when = rule->when != NULL;
    out.has_unless = rule->unless != NULL;
    out.has_limit = rule->limit != NULL;
    if ((status = build_wording(build, rule, &out, occasion)) != JY_OK)
        return status;
    if (!JY__VEC_ROOM(build->mem, &build->compiled))
        return JY_E_NOMEM;
    build->compiled.items[build->compiled.count++] = out;
    return JY_OK;
}
