/* Hits of the sets that stand by: exceptions and approved wording, and what situations listen for. Their literals stand in nearly every turn, and
 * each in the phrases of thirty rules; few of these are ever asked for. So a collected set is its matches, and hits are made of them (and
 * patterns run) for the atoms that somebody asks for:
 *
 *   match 请您 ─▶ uses, in order of atoms: … 812 817 [823 824] 901 …      asked: atoms 820..830
 *
 * Situations ask in every turn, and mostly for what nobody said: that is told by the atoms that were noted when their set was collected. */
#include "judge/judge_join.h"

static int take_patterns(const jy__joining *j)
{
    const jy__set *set = &j->judge->rules->sets[j->kind];
    uint32_t low = 0, high = (uint32_t)set->regex_count;
    int status = JY_OK;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (set->regex_atoms[middle] < j->first)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < set->regex_count && set->regex_atoms[low] - j->first < j->count)
        status = jy__judge_choose(j->judge, j->kind);
    for (; status == JY_OK && low < set->regex_count && set->regex_atoms[low] - j->first < j->count; low++)
        if (jy__judge_pattern_wanted(j->judge->scanner, set, j->kind, low))
            status = jy__judge_pattern(j->judge, j->kind, low, j->out);
    return status;
}

/* *opened: it is the key of a phrase with gaps. */
static int take_use(const jy__joining *j, const jy__match *match, jy__use use, bool *opened)
{
    const jy_rules *rules = j->judge->rules;
    if (use.chain != JY__NONE) {
        *opened = *opened || use.key;
        return JY_OK;
    }
    jy__hit hit = { use.atom, match->confidence, match->begin, jy__match_end(match), jy__rules_text(rules, rules->sets[j->kind].forms[match->literal]), { 0 } };
    jy__match_counts(match, hit.count);
    return jy__judge_add_if_whole(j->judge, j->out, &hit);
}

static int take_match(const jy__joining *j, const jy__match *match, bool *opened)
{
    const jy__set *set = &j->judge->rules->sets[j->kind];
    const jy__uses uses = jy__judge_uses_from(set, match->literal, j->first);
    int status = JY_OK;
    for (uint32_t i = uses.first; status == JY_OK && i < uses.behind; i++) {
        const jy__use use = jy__use_of(set, i);
        if (use.atom - j->first >= j->count)
            break;
        status = take_use(j, match, use, opened);
    }
    return status;
}

static int take_matches(const jy__joining *j, bool *opened)
{
    const jy__found *found = &j->judge->scanner->found[j->kind];
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < found->count; i++)
        status = take_match(j, &found->items[i], opened);
    return status;
}

/* Noting what was said. */
static bool means_something(const jy__judge *judge, const jy__meaning *meaning)
{
    return judge->loose ? meaning->speakers != 0 : meaning->speakers >> judge->speaker & 1;
}

static void note_meaning(jy_scanner *scanner, const jy__meaning *meaning)
{
    jy__flag(&scanner->said, meaning->atom);
    if (meaning->kind == JY__MEANS_SITUATION)
        jy__flag(&scanner->concerned, meaning->number);
    else if (meaning->kind == JY__MEANS_FORBIDDEN)
        jy__flag(&scanner->suspected, meaning->number);
}

static bool note_match(const jy__judge *judge, uint32_t number)
{
    jy_scanner *scanner = judge->scanner;
    const jy__set *set = &judge->rules->sets[JY__SET_CALL];
    const jy__uses uses = jy__uses_of(set, scanner->found[JY__SET_CALL].items[number].literal);
    const size_t most = scanner->noted.count + uses.behind - uses.first;
    if (!jy__mem_grow(&scanner->mem, &scanner->noted.items, &scanner->noted.capacity, most, sizeof(*scanner->noted.items)))
        return false;
    for (uint32_t k = uses.first; k < uses.behind; k++) {
        const jy__meaning *meaning = &set->meanings[k];
        if (!means_something(judge, meaning))
            continue;
        note_meaning(scanner, meaning);
        jy__flag(&scanner->worded, meaning->atom);
        scanner->noted.items[scanner->noted.count++] = (struct jy__noted){ meaning->atom, number, k };
    }
    return true;
}

static int take_noted(const jy__joining *j, bool *opened)
{
    const jy_scanner *scanner = j->judge->scanner;
    const jy__set *set = &j->judge->rules->sets[JY__SET_CALL];
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < scanner->noted.count; i++) {
        const struct jy__noted *noted = &scanner->noted.items[i];
        if (noted->atom - j->first < j->count)
            status = take_use(j, &scanner->found[JY__SET_CALL].items[noted->match], jy__use_of(set, noted->use), opened);
    }
    return status;
}

/* Of the patterns of a situation those count that have all they need. What is forbidden in one is seldom asked for, and has what it needs looked for then. */
static void note_pattern(const jy__judge *judge, uint32_t pattern, const jy__meaning *meaning)
{
    if (means_something(judge, meaning) &&
        (meaning->kind == JY__MEANS_FORBIDDEN || jy__regex_has(judge->rules->sets[JY__SET_CALL].regexes, judge->scanner->regex, pattern, judge->text)))
        note_meaning(judge->scanner, meaning);
}

static void note_patterns(const jy__judge *judge)
{
    const jy__set *set = &judge->rules->sets[JY__SET_CALL];
    const jy__flags *wanted = &judge->scanner->wanted[JY__SET_CALL];
    const uint32_t count = (uint32_t)jy__regexes_count(set->regexes);
    for (uint32_t i = jy__flags_next(wanted, 0, count); i < count; i = jy__flags_next(wanted, i + 1, count))
        for (uint32_t k = set->regex_first[i]; k < set->regex_first[i + 1]; k++)
            note_pattern(judge, i, &set->regex_meanings[k]);
}

int jy__judge_note_said(jy__judge *judge)
{
    const jy_rules *rules = judge->rules;
    jy_scanner *scanner = judge->scanner;
    bool done = jy__flags_begin(&scanner->mem, &scanner->said, rules->atom_count) && jy__flags_begin(&scanner->mem, &scanner->worded, rules->atom_count) &&
                jy__flags_begin(&scanner->mem, &scanner->concerned, rules->call_rule_count) &&
                jy__flags_begin(&scanner->mem, &scanner->suspected, rules->rule_count);
    scanner->noted.count = 0;
    if (done)
        note_patterns(judge);
    for (size_t i = 0; done && i < scanner->found[JY__SET_CALL].count; i++)
        done = note_match(judge, (uint32_t)i);
    return done ? JY_OK : JY_E_NOMEM;
}

int jy__judge_ask(jy__judge *judge, jy__set_kind kind, uint32_t first, uint32_t count, jy__hits *out)
{
    const jy__found *found = &judge->scanner->found[kind];
    const jy__joining j = { judge, kind, first, count, out };
    size_t begin = out->count;
    bool opened = false;
    int status;
    if (kind == JY__SET_CALL && !jy__flags_any(&judge->scanner->said, first, count))
        return JY_OK;
    status = take_patterns(&j);
    if (status == JY_OK && kind != JY__SET_CALL)
        status = take_matches(&j, &opened);
    else if (status == JY_OK && jy__flags_any(&judge->scanner->worded, first, count))
        status = take_noted(&j, &opened);
    if (status == JY_OK && opened)
        status = jy__judge_join(&j, found->items, found->count, 0);
    if (out->count > begin + 1) {
        jy__hits added = { out->items + begin, out->count - begin, out->count - begin };
        jy__hits_sort(&added, jy__hits_by_atom);
    }
    return status;
}
