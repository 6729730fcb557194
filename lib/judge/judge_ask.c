/* Hits of the sets that stand by: exceptions and approved wording, and what situations listen for. Their literals stand in nearly every turn, and
 * each in the phrases of thirty rules; few of these are ever asked for. So a collected set is its matches, and a list of the atoms that may have hits by
 * them, or by a pattern; hits are made of it (and patterns run) for the atoms that somebody asks for:
 *
 *   match 请您 ─▶ uses, in order of atoms: … 812 817 823 824 901 …  ─▶ noted … [823 824] …      asked: atoms 820..830
 *
 * Of what situations listen for only that is noted which means something in this speaker's mouth, and whose it is: in most turns nobody need ask. */
#include "judge/judge_join.h"

/* ---- noting what was said */

static bool means_something(const jy__judge *judge, const jy__meaning *meaning)
{
    return judge->loose ? meaning->speakers != 0 : meaning->speakers >> judge->speaker & 1;
}

static void note_meaning(jy_scanner *scanner, const jy__meaning *meaning)
{
    if (meaning->kind == JY__MEANS_SITUATION)
        jy__flag(&scanner->concerned, meaning->number);
    else if (meaning->kind == JY__MEANS_FORBIDDEN)
        jy__flag(&scanner->suspected, meaning->number);
}

static bool make_room(const jy_scanner *scanner, struct jy__noting *noting, size_t more)
{
    return jy__mem_grow(&scanner->mem, &noting->items, &noting->capacity, noting->count + more, sizeof(*noting->items));
}

static void note(struct jy__noting *noting, uint32_t atom, uint32_t match, uint32_t use)
{
    jy__flag(&noting->said, atom);
    noting->items[noting->count++] = (struct jy__noted){ atom, match, use };
}

static void note_shielding(const jy__set *set, struct jy__noting *noting, uint32_t match, jy__uses uses)
{
    for (uint32_t k = uses.first; k < uses.behind; k++) {
        const jy__use use = jy__use_of(set, k);
        if (use.chain == JY__NONE || use.key) /* a part of a phrase with gaps says nothing where the part that is its key is not there */
            note(noting, use.atom, match, k);
    }
}

static void note_meant(const jy__judge *judge, struct jy__noting *noting, uint32_t match, jy__uses uses)
{
    const jy__set *set = &judge->rules->sets[JY__SET_CALL];
    for (uint32_t k = uses.first; k < uses.behind; k++) {
        const jy__meaning *meaning = &set->meanings[k];
        if (!means_something(judge, meaning))
            continue;
        note(noting, meaning->atom, match, k);
        note_meaning(judge->scanner, meaning);
    }
}

static bool note_matches(const jy__judge *judge, jy__set_kind kind)
{
    jy_scanner *scanner = judge->scanner;
    struct jy__noting *noting = &scanner->noting[kind];
    const jy__set *set = &judge->rules->sets[kind];
    for (size_t i = 0; i < scanner->found[kind].count; i++) {
        const jy__uses uses = jy__uses_of(set, scanner->found[kind].items[i].literal);
        if (!make_room(scanner, noting, uses.behind - uses.first))
            return false;
        if (kind == JY__SET_CALL)
            note_meant(judge, noting, (uint32_t)i, uses);
        else
            note_shielding(set, noting, (uint32_t)i, uses);
    }
    return true;
}

/* Of the patterns of a situation those count that have all they need. What is forbidden in one is seldom asked for, and has what it needs looked for then. */
static bool pattern_means(const jy__judge *judge, uint32_t pattern, const jy__meaning *meaning)
{
    return means_something(judge, meaning) &&
           (meaning->kind == JY__MEANS_FORBIDDEN || jy__regex_has(judge->rules->sets[JY__SET_CALL].regexes, judge->scanner->regex, pattern, judge->text));
}

static bool note_pattern(const jy__judge *judge, jy__set_kind kind, uint32_t pattern)
{
    const jy__set *set = &judge->rules->sets[kind];
    struct jy__noting *noting = &judge->scanner->noting[kind];
    if (!make_room(judge->scanner, noting, set->regex_first[pattern + 1] - set->regex_first[pattern]))
        return false;
    for (uint32_t k = set->regex_first[pattern]; k < set->regex_first[pattern + 1]; k++) {
        if (kind == JY__SET_CALL && !pattern_means(judge, pattern, &set->regex_meanings[k]))
            continue;
        note(noting, set->regex_atoms[set->regex_uses[k]], JY__NONE, set->regex_uses[k]);
        if (kind == JY__SET_CALL)
            note_meaning(judge->scanner, &set->regex_meanings[k]);
    }
    return true;
}

/* Those that may match in the turn. */
static int note_patterns(jy__judge *judge, jy__set_kind kind)
{
    const jy__flags *wanted = &judge->scanner->wanted[kind];
    const uint32_t count = (uint32_t)jy__regexes_count(judge->rules->sets[kind].regexes);
    int status = jy__judge_choose(judge, kind);
    for (uint32_t i = 0; status == JY_OK && (i = jy__flags_next(wanted, i, count)) < count; i++)
        status = note_pattern(judge, kind, i) ? JY_OK : JY_E_NOMEM;
    return status;
}

int jy__judge_note_said(jy__judge *judge, jy__set_kind kind)
{
    const jy_rules *rules = judge->rules;
    jy_scanner *scanner = judge->scanner;
    bool done = jy__flags_begin(&scanner->mem, &scanner->noting[kind].said, rules->atom_count);
    int status;
    if (kind == JY__SET_CALL)
        done = done && jy__flags_begin(&scanner->mem, &scanner->concerned, rules->call_rule_count) &&
               jy__flags_begin(&scanner->mem, &scanner->suspected, rules->rule_count);
    scanner->noting[kind].count = 0;
    status = done && note_matches(judge, kind) ? JY_OK : JY_E_NOMEM;
    return status == JY_OK && kind == JY__SET_CALL && rules->sets[kind].regexes ? note_patterns(judge, kind) : status;
}

/* ---- asking */

static bool has_pattern(const jy__set *set, uint32_t first, uint32_t count)
{
    size_t low = 0;
    JY__FIRST_NOT(low, set->regex_count, i, set->regex_atoms[i] < first);
    return low < set->regex_count && set->regex_atoms[low] - first < count;
}

/* *opened: it is the key of a phrase with gaps. */
static int take_use(const jy__joining *j, const jy__match *match, jy__use use, bool *opened)
{
    const jy_rules *rules = j->judge->rules;
    if (use.chain != JY__NONE) {
        *opened = true;
        return JY_OK;
    }
    jy__hit hit = { use.atom, match->confidence, match->begin, jy__match_end(match), jy__rules_text(rules, rules->sets[j->kind].forms[match->literal]), { 0 } };
    jy__match_counts(match, hit.count);
    return jy__judge_add_if_whole(j->judge, j->out, &hit);
}

static int take_noted(const jy__joining *j, bool *opened)
{
    const jy_scanner *scanner = j->judge->scanner;
    const struct jy__noting *noting = &scanner->noting[j->kind];
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < noting->count; i++) {
        const struct jy__noted noted = noting->items[i];
        if (noted.atom - j->first >= j->count)
            continue;
        status = noted.match == JY__NONE
                     ? jy__judge_pattern(j->judge, j->kind, noted.use, j->out)
                     : take_use(j, &scanner->found[j->kind].items[noted.match], jy__use_of(&j->judge->rules->sets[j->kind], noted.use), opened);
    }
    return status;
}

int jy__judge_ask(jy__judge *judge, jy__set_kind kind, uint32_t first, uint32_t count, jy__hits *out)
{
    jy_scanner *scanner = judge->scanner;
    const jy__joining j = { judge, kind, first, count, out };
    size_t begin = out->count;
    bool opened = false;
    int status = JY_OK;
    if (!scanner->chosen[kind] && has_pattern(&judge->rules->sets[kind], first, count))
        status = note_patterns(judge, kind);
    if (status != JY_OK || !jy__flags_any(&scanner->noting[kind].said, first, count))
        return status;
    status = take_noted(&j, &opened);
    if (status == JY_OK && opened)
        status = jy__judge_join(&j, scanner->found[kind].items, scanner->found[kind].count, 0);
    if (out->count > begin + 1) {
        jy__hits added = { out->items + begin, out->count - begin, out->count - begin };
        jy__hits_sort(&added, jy__hits_by_atom);
    }
    return status;
}
