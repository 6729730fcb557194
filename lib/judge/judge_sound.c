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

/* The entry of this word, or NULL. */
static const jy__ordinary_entry *ordinary_entry(const char *word, size_t len)
{
    size_t low = 0, high = jy__ordinary_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = jy__str_cmp(jy__str_of(jy__ordinary[middle].word), (jy_str){ word, len });
        if (order == 0)
            return &jy__ordinary[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_symbol_at(jy_str text, size_t at)
{
    const char *p = text.ptr + at;
    bool valid;
    return at < text.len && jy__fold_kind(jy__utf8_next(&p, text.ptr + text.len, &valid)) == JY__KIND_SYMBOL;
}

/* Whether a final particle stands at the place: it ends an utterance and is never the rest of a word (找水|啊, 什么是|呀). */
static bool is_particle_at(jy_str text, size_t at)
{
    static const char *const particles[] = { "啊", "呀", "呢", "吧", "嘛", "哦", "啦", "哪" };
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (text.len - at >= strlen(particles[i]) && !memcmp(text.ptr + at, particles[i], strlen(particles[i])))
            return true;
    return false;
}

/* Whether what stands in text[begin, end) can be the entry: a piece of a word needs the rest of it (家|里等着, but not 里等着 alone). */
static bool can_stand(jy_str text, size_t begin, size_t end, const jy__ordinary_entry *entry)
{
    if (entry->cut == JY__ORDINARY_END)
        return begin > 0 && is_symbol_at(text, jy__utf8_before(text.ptr, begin));
    while (end < text.len && text.ptr[end] == ' ') /* 不再 提醒您: a blank does not cut the word short */
        end++;
    return entry->cut == JY__ORDINARY_WORD || (is_symbol_at(text, end) && !is_particle_at(text, end));
}

#define AROUND_MOST 64 /* symbols looked at: the longest entry before, the hit, the longest entry behind */

/* The folded characters around a hit, each with its place. */
typedef struct around {
    char text[AROUND_MOST * 4];
    uint32_t symbols[AROUND_MOST];
    size_t at[AROUND_MOST + 1], begin[AROUND_MOST], end[AROUND_MOST], count;
} around;

/* The symbol that stands at *p, which moves behind it; 0: none does. */
static uint32_t next_symbol(const char **p, const char *end)
{
    bool valid;
    uint32_t symbol = jy__fold_one(jy__utf8_next(p, end, &valid));
    return symbol && jy__fold_kind(symbol) == JY__KIND_SYMBOL ? symbol : 0;
}

/* False: no entry is around the hit, for none has the hit's first two symbols side by side. */
static bool may_be_inside(jy_str text, const jy__hit *hit)
{
    const char *p = text.ptr + hit->begin, *end = text.ptr + hit->end;
    uint32_t first = 0, second = 0;
    while (p < end && !second) {
        uint32_t symbol = next_symbol(&p, end);
        *(first ? &second : &first) = symbol;
    }
    return !second || is_ordinary_pair(first, second);
}

static void look_around(jy_str text, const jy__hit *hit, around *out)
{
    size_t begin = hit->begin, end = text.len;
    for (size_t i = 0; i < jy__ordinary_longest && begin > 0; i++)
        begin = jy__utf8_before(text.ptr, begin);
    out->count = out->at[0] = 0;
    for (const char *p = text.ptr + begin; p < text.ptr + end && out->count < AROUND_MOST;) {
        size_t place = (size_t)(p - text.ptr);
        uint32_t symbol = next_symbol(&p, text.ptr + end);
        if (place >= hit->end + jy__ordinary_longest * 4)
            break;
        if (!symbol)
            continue;
        out->symbols[out->count] = symbol;
        out->begin[out->count] = place;
        out->end[out->count] = (size_t)(p - text.ptr);
        out->at[out->count + 1] = out->at[out->count] + jy__utf8_put(symbol, out->text + out->at[out->count]);
        out->count++;
    }
}

/* Whether an entry stands from symbol number `first` on that ends at or behind the hit. */
static bool is_ordinary_from(jy_str text, const jy__hit *hit, const around *near, size_t first)
{
    for (size_t length = 2; length <= jy__ordinary_longest && first + length <= near->count; length++) {
        const jy__ordinary_entry *entry;
        if (first + length < near->count && near->begin[first + length] < hit->end)
            continue;
        entry = ordinary_entry(near->text + near->at[first], near->at[first + length] - near->at[first]);
        if (entry && can_stand(text, near->begin[first], near->end[first + length - 1], entry))
            return true;
    }
    return false;
}

/* Every entry that begins at or before the hit and ends at or behind it. */
static bool inside_ordinary(jy_str text, const jy__hit *hit)
{
    around near;
    if (!may_be_inside(text, hit))
        return false;
    look_around(text, hit, &near);
    for (size_t i = 0; i + 1 < near.count && near.begin[i] <= hit->begin; i++)
        if (is_ordinary_pair(near.symbols[i], near.symbols[i + 1]) && is_ordinary_from(text, hit, &near, i))
            return true;
    return false;
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

bool jy__judge_heard_alone(const jy_rules *rules, const jy__match *match, jy_str text, size_t base)
{
    const jy__set *set = &rules->sets[JY__SET_FORBID];
    uint32_t pack = rules->pack_count == 1 ? 0 : rules->rules[jy__atom_rule(rules, jy__use_of(set, match->literal).atom)].pack;
    const char *p = text.ptr + (match->begin - base), *end = text.ptr + (match->end - base);
    bool valid;
    while (p < end) {
        uint32_t han = jy__fold_han(jy__utf8_next(&p, end, &valid));
        if (han && !may_be_approved(&rules->packs[pack], han))
            return true;
    }
    return false;
}

size_t jy__judge_drop_ordinary(jy_scanner *scanner, const jy_rules *rules, jy_str text, jy__match *matches, size_t count, size_t base)
{
    jy__judge judge = { .scanner = scanner, .rules = rules, .text = text };
    size_t kept = 0;
    scanner->words_set = false;
    for (size_t i = 0; i < count; i++) {
        const jy__match *match = &matches[i];
        jy__hit hit = { .confidence = match->confidence, .begin = match->begin - base, .end = match->end - base };
        if (match->count[JY_FOLD_SOUND]) {
            hit.form = jy__rules_text(rules, rules->sets[JY__SET_FORBID].forms[match->literal]);
            memcpy(hit.count, match->count, sizeof(hit.count));
            if (jy__judge_ordinary(&judge, &hit))
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
