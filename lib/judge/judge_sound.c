/* What was only heard alike: the reading that is shown, and the veto where the characters heard are ordinary themselves — a
 * reviewed look-alike (不值得 for 不知道) that stands around the hit, or a dictionary word that reaches over the hit's border. */
#include "judge/judge.h"
#include <string.h>
#include "judge/judge_ordinary.h"

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
typedef struct around { char text[AROUND_MOST * 4]; size_t at[AROUND_MOST + 1], begin[AROUND_MOST], end[AROUND_MOST], count; } around;

static void look_around(jy_str text, const jy__hit *hit, around *out)
{
    size_t begin = hit->begin, end = text.len;
    bool valid;
    for (size_t i = 0; i < jy__ordinary_longest && begin > 0; i++)
        begin = jy__utf8_before(text.ptr, begin);
    out->count = out->at[0] = 0;
    for (const char *p = text.ptr + begin; p < text.ptr + end && out->count < AROUND_MOST;) {
        size_t place = (size_t)(p - text.ptr);
        uint32_t symbol = jy__fold_one(jy__utf8_next(&p, text.ptr + end, &valid));
        if (place >= hit->end + jy__ordinary_longest * 4)
            break;
        if (!symbol || jy__fold_kind(symbol) != JY__KIND_SYMBOL)
            continue;
        out->begin[out->count] = place;
        out->end[out->count] = (size_t)(p - text.ptr);
        out->at[out->count + 1] = out->at[out->count] + jy__utf8_put(symbol, out->text + out->at[out->count]);
        out->count++;
    }
}

/* Every entry that begins at or before the hit and ends at or behind it. */
static bool inside_ordinary(jy_str text, const jy__hit *hit)
{
    around near;
    look_around(text, hit, &near);
    for (size_t i = 0; i < near.count && near.begin[i] <= hit->begin; i++)
        for (size_t length = 2; length <= jy__ordinary_longest && i + length <= near.count; length++) {
            const jy__ordinary_entry *entry;
            if (i + length < near.count && near.begin[i + length] < hit->end)
                continue;
            entry = ordinary_entry(near.text + near.at[i], near.at[i + length] - near.at[i]);
            if (entry && can_stand(text, near.begin[i], near.end[i + length - 1], entry))
                return true;
        }
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
