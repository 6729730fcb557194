/* What was only heard alike: the reading that is shown, and the veto where the characters heard are ordinary themselves — a
 * reviewed look-alike (不值得 for 不知道) that stands around the hit, or a dictionary word that reaches over the hit's border. */
#include "judge/judge.h"
#include <string.h>
#include "judge/judge_ordinary.h"

/* Whether any entry may have the two symbols side by side: nearly all that stands in a text has not. */
static bool is_ordinary_pair(uint32_t first, uint32_t second)
{
    uint32_t bit = jy__ordinary_pair(first, second);
    return jy__ordinary_pairs[bit / 64] >> (bit % 64) & 1;
}

/* The character at the place, when it is a symbol; else 0. */
static uint32_t char_at(jy_str text, size_t at)
{
    const char *p = text.ptr + at;
    uint32_t cp;
    bool valid;
    if (at >= text.len)
        return 0;
    cp = jy__utf8_next(&p, text.ptr + text.len, &valid);
    return jy__fold_kind(cp) == JY__KIND_SYMBOL ? cp : 0;
}

/* Whether it is a final particle: one ends an utterance and is never the rest of a word (找水|啊, 什么是|呀). */
bool jy__judge_is_particle(uint32_t cp)
{
    switch (cp) {
    case U'啊': case U'呀': case U'呢': case U'吧': case U'嘛': case U'哦': case U'啦': case U'哪': return true;
    default: return false;
    }
}

/* Whether what stands in text[begin, end) can be the entry: a piece of a word needs the rest of it (家|里等着, but not 里等着 alone). */
static bool can_stand(jy_str text, size_t begin, size_t end, const jy__ordinary_entry *entry)
{
    uint32_t behind;
    if (entry->cut == JY__ORDINARY_WORD)
        return true;
    if (entry->cut == JY__ORDINARY_END)
        return begin > 0 && char_at(text, jy__utf8_before(text.ptr, begin));
    while (end < text.len && text.ptr[end] == ' ') /* 不再 提醒您: a blank does not cut the word short */
        end++;
    behind = char_at(text, end);
    return behind && !jy__judge_is_particle(behind);
}

/* The symbol that stands at *p, which moves behind it; 0: none does. */
static uint32_t next_symbol(const char **p, const char *end)
{
    bool valid;
    uint32_t cp = jy__utf8_next(p, end, &valid), symbol = jy__fold_han(cp);
    if (symbol)
        return symbol;
    symbol = jy__fold_one(cp);
    return symbol && jy__fold_kind(symbol) == JY__KIND_SYMBOL ? symbol : 0;
}

/* A symbol of a text and where it stands; 0: there is none. */
typedef struct placed { uint32_t symbol; size_t begin, end; } placed;

/* The first from `at` on that begins before `limit`. */
static placed symbol_from(jy_str text, size_t at, size_t limit)
{
    const char *p = text.ptr + at;
    while (p < text.ptr + limit) {
        size_t begin = (size_t)(p - text.ptr);
        uint32_t symbol = next_symbol(&p, text.ptr + text.len);
        if (symbol)
            return (placed){ symbol, begin, (size_t)(p - text.ptr) };
    }
    return (placed){ 0, limit, limit };
}

/* Whether the entry stands in the text, as a word, with its first symbols there, and reaches to the end of the hit. */
static bool stands_around(jy_str text, const jy__hit *hit, const jy__ordinary_entry *entry, const placed begin[3], size_t limit)
{
    placed last = begin[entry->length > 2 ? 2 : 1];
    for (size_t i = 0; i < entry->length && i < 3; i++)
        if (entry->symbols[i] != begin[i].symbol)
            return false;
    for (size_t i = 3; i < entry->length; i++)
        if ((last = symbol_from(text, last.end, limit)).symbol != entry->symbols[i])
            return false;
    return !symbol_from(text, last.end, hit->end).symbol && can_stand(text, begin[0].begin, last.end, entry);
}

static bool is_any_around(jy_str text, const jy__hit *hit, const placed begin[3], uint32_t bucket, size_t limit)
{
    size_t i = jy__ordinary_firsts[bucket], behind = jy__ordinary_firsts[bucket + 1];
    while (i < behind && !stands_around(text, hit, &jy__ordinary[i], begin, limit))
        i++;
    return i < behind;
}

static bool is_ordinary_from(jy_str text, const jy__hit *hit, placed first, placed second, size_t limit)
{
    const placed begin[3] = { first, second, symbol_from(text, second.end, limit) };
    const uint32_t third = begin[2].symbol;
    return (third && is_any_around(text, hit, begin, jy__ordinary_bucket(first.symbol, second.symbol, third), limit)) ||
           is_any_around(text, hit, begin, jy__ordinary_bucket(first.symbol, second.symbol, 0), limit);
}

/* Whether an entry begins at or before the hit and ends at or behind it. */
static bool is_ordinary_from_afar(jy_str text, const jy__hit *hit, size_t limit)
{
    size_t begin = hit->begin;
    placed first, second;
    for (size_t i = 0; i < JY__ORDINARY_MOST && begin > 0; i++)
        begin = jy__utf8_before(text.ptr, begin);
    first = symbol_from(text, begin, limit);
    for (; first.symbol && first.begin <= hit->begin; first = second) {
        second = symbol_from(text, first.end, limit);
        if (is_ordinary_pair(first.symbol, second.symbol) && is_ordinary_from(text, hit, first, second, limit))
            return true;
    }
    return false;
}

/* Whether one is around the hit: none is where none has the hit's first two symbols side by side, and mostly one begins with them. */
static bool inside_ordinary(jy_str text, const jy__hit *hit)
{
    const size_t room = JY__ORDINARY_MOST * 4, limit = text.len - hit->end > room ? hit->end + room : text.len;
    const placed first = symbol_from(text, hit->begin, hit->end), second = symbol_from(text, first.end, hit->end);
    if (second.symbol && !is_ordinary_pair(first.symbol, second.symbol))
        return false;
    return (second.symbol && is_ordinary_from(text, hit, first, second, limit)) || is_ordinary_from_afar(text, hit, limit);
}

#define SURE_LEAST 60  /* below it a phrase is heard into almost anything: 富力万丽 as 和你玩呢 has 37, 步只到 as 不知道 still 70 */
#define SURE_GAPS 90   /* and more is asked where commas or fillers had to be passed too: 看里，愿我 as 你怨我 */
#define SHORT_FORM 3   /* characters: a longer phrase does not come about by chance inside other words */

/* A short phrase that begins or ends inside a dictionary word was cut out of it: 心[理打电]话 as 你大点. */
static bool cuts_word(jy__judge *judge, const jy__hit *hit)
{
    if (!hit->form.len || jy__utf8_count(hit->form) > SHORT_FORM)
        return false;
    return !jy__judge_is_word(judge, hit->begin, hit->end);
}

bool jy__judge_ordinary(jy__judge *judge, const jy__hit *hit)
{
    bool passed = hit->count[JY_FOLD_GAPS] || hit->count[JY_FOLD_FILLERS];
    if (hit->count[JY_FOLD_SOUND] == 0)
        return false;
    return hit->confidence < (passed ? SURE_GAPS : SURE_LEAST) || inside_ordinary(judge->text, hit) || cuts_word(judge, hit);
}

/* ---- matches that need no judging but for this */

/* Whether the Han symbol may stand inside an approved wording, as it is or heard as another. */
static bool may_be_approved(const jy__compiled_pack *pack, uint32_t han)
{
    const jy__heard_set *heard = &jy__heard_sets[jy__heard_numbers[han - JY__CODE_FIRST]];
    bool may = jy__door_has(&pack->approved, jy__door_symbol(han));
    for (uint8_t i = 0; i < heard->count && !may; i++)
        may = jy__door_has(&pack->approved_heard, jy__door_sound(heard->classes[i]));
    return may;
}

bool jy__judge_shown_alone(const jy_rules *rules, const jy__match *match, jy_str text, size_t base)
{
    const jy__set *set = &rules->sets[JY__SET_FORBID];
    uint32_t pack = rules->pack_count == 1 ? 0 : rules->rules[jy__atom_rule(rules, jy__use_of(set, match->literal).atom)].pack;
    const char *p = text.ptr + (match->begin - base), *end = text.ptr + (jy__match_end(match) - base);
    bool valid;
    while (p < end) {
        uint32_t han = jy__fold_han(jy__utf8_next(&p, end, &valid));
        if (han && !may_be_approved(&rules->packs[pack], han))
            return true;
    }
    return false;
}

static uint32_t rule_of(const jy_rules *rules, const jy__match *match)
{
    return jy__atom_rule(rules, jy__use_of(&rules->sets[JY__SET_FORBID], match->literal).atom);
}

size_t jy__judge_drop_unsure(jy_scanner *scanner, const jy_rules *rules, jy_str text, jy__match *matches, size_t count, size_t base)
{
    jy__judge judge = { .scanner = scanner, .rules = rules, .text = text };
    size_t kept = 0;
    scanner->words_set = false;
    for (size_t i = 0; i < count; i++) {
        const jy__match *match = &matches[i];
        jy__hit hit = { .confidence = match->confidence, .begin = match->begin - base, .end = jy__match_end(match) - base };
        if (match->count[JY_FOLD_SOUND] | match->count[JY_FOLD_MASKED]) {
            hit.form = jy__rules_text(rules, rules->sets[JY__SET_FORBID].forms[match->literal]);
            jy__match_counts(match, hit.count);
            if (jy__judge_ordinary(&judge, &hit) || jy__judge_guessed(rules, text, rule_of(rules, match), &hit))
                continue;
        }
        if (kept++ != i)
            matches[kept - 1] = *match;
    }
    return kept;
}

void jy__judge_reading(jy_str heard, jy__text *out)
{
    const char *p = heard.ptr, *end = heard.ptr + heard.len;
    bool valid;
    while (p < end) {
        uint16_t sounds[JY__SOUND_MOST];
        uint32_t symbol = jy__fold_one(jy__utf8_next(&p, end, &valid));
        if (!symbol || !jy__fold_sounds(symbol, sounds))
            continue;
        if (out->len)
            jy__text_char(out, ' ');
        jy__text_c(out, jy__fold_syllable(sounds[0]));
    }
}
