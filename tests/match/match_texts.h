/* Literals and random texts made of exactly the hard cases; the same seed gives the same text everywhere. */
#ifndef MATCH_TEXTS_H
#define MATCH_TEXTS_H
#include "base/base.h"
#include "fold/fold.h"
#include "match/match.h"
#include <stdio.h>
#include <stdlib.h>

#define ALL_FOLDS 0xBFu /* but sound */
#define SOUND_TOO 0xFFu

typedef struct dice { uint64_t state; } dice;
static inline uint32_t roll(dice *from, uint32_t sides)
{
    from->state = from->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((from->state >> 33) % sides);
}

typedef struct phrases { jy__literal items[256]; uint32_t symbols[256][32]; uint8_t optional[256][32]; size_t count; } phrases;

/* "!" stands for an optional mark; none has any where no phrase of a matcher does, for that is looked for in a shorter way. Symbols are folded as compile does. */
static inline void add_phrase(phrases *to, const char *text, uint32_t folds)
{
    size_t at = to->count++, count = 0;
    const char *p = text, *end = text + strlen(text);
    bool any_optional = strchr(text, '!') != NULL;
    while (p < end) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid), folded[JY__FOLD_MOST];
        size_t n = jy__fold_char(cp, folded);
        for (size_t i = 0; i < n && count < 32; i++) {
            to->optional[at][count] = cp == '!';
            to->symbols[at][count++] = folded[i];
        }
    }
    to->items[at] = (jy__literal){ to->symbols[at], any_optional ? to->optional[at] : NULL, (uint32_t)count, folds };
}

static inline uint32_t variant(dice *from, uint32_t symbol)
{
    size_t count;
    const uint32_t *others = jy__fold_others(symbol, &count);
    return count && roll(from, 3) == 0 ? others[roll(from, (uint32_t)count)] : symbol;
}

static inline void put_noise(dice *from, jy__text *text)
{
    static const char *const noise[] = {
        " ", "  ", ",", "，", "、", "…", "-", "。", "！", "?", "\n", "\u200b", "\ufe0f", "\u00ad", "\u3000", "嗯", "啊", "呃", "额", "額",
        "那个", "那個", "这个", "就是", "就是说", "那什么", "怎么说呢", "嗯啊", "那", "就", "这", "个", "怎么", "*", "**", "＊", "×", "█", "a", "9", "Ａ", "か",
        "㈱", "㍿", "①", "㍻", "ﬁ", "\U00020000", "\U0001F600", "\U0001D552", "\xE4", "\xE4\xBD", "\xF0\x9F", "\x80", "\xC0\xAF", "\xED\xA0\x80",
        "\xEF\xBF\xBD", "知", "道", "办", "你", "我", "的", "是", "谁", "不", "没", "管", "好", "他", "泥", "誰", "說", "⼈", "豈", "vip", "V", "ok", "12",
        "\xF4\x90\x80\x80", "\xE0\x80\x80", "é", "e\u0301", "ｶﾞ", "；", "“", "·"
    };
    jy__text_c(text, noise[roll(from, JY__COUNT(noise))]);
}

static inline void put_phrase(dice *from, jy__text *text, const jy__literal *literal)
{
    uint32_t calm = roll(from, 4), mask = roll(from, 10) == 0 ? 1 + roll(from, literal->count) : 0;
    for (uint32_t i = 0; i < literal->count; i++) {
        if (literal->optional && literal->optional[i] && roll(from, 2))
            continue;
        if (mask && i > 0 && i >= mask && i < mask + 2) {
            jy__text_c(text, i % 2 ? "*" : "＊");
            continue;
        }
        jy__text_cp(text, calm == 0 ? literal->symbols[i] : variant(from, literal->symbols[i]));
        if (calm >= 2 && roll(from, 3) == 0)
            put_noise(from, text);
        if (roll(from, 24) == 0)
            return;
        if (calm == 3 && roll(from, 4) == 0)
            i -= roll(from, i + 1 < 5 ? i + 1 : 5); /* says the last ones again */
    }
}

static inline void random_text(dice *from, const phrases *list, size_t pieces, jy__text *out)
{
    jy__text_clear(out);
    while (pieces--) {
        uint32_t what = roll(from, 10);
        if (what < 4)
            put_phrase(from, out, &list->items[roll(from, (uint32_t)list->count)]);
        else if (what < 8)
            put_noise(from, out);
        else
            for (uint32_t i = roll(from, 30); i > 0; i--)
                jy__text_cp(out, 0x4E00 + roll(from, 0x5200));
    }
}

static inline void show(char *out, size_t size, const jy__match_scratch *scratch)
{
    size_t at = 0;
    out[0] = 0;
    for (size_t i = 0; i < scratch->matches.count && at + 120 < size; i++) {
        const jy__match *m = &scratch->matches.items[i];
        at += (size_t)snprintf(out + at, size - at, "%u[%zu,%zu)%d:", m->literal, m->begin, jy__match_end(m), (int)m->confidence);
        for (int k = 0; k < JY_FOLD_COUNT; k++)
            at += (size_t)snprintf(out + at, size - at, "%u", m->count[k]);
        at += (size_t)snprintf(out + at, size - at, " ");
    }
}

static inline bool same_match(const jy__match *a, const jy__match *b)
{
    return a->literal == b->literal && a->begin == b->begin && a->length == b->length && a->confidence == b->confidence &&
           memcmp(a->count, b->count, sizeof(a->count)) == 0;
}

static inline bool same_matches(const jy__match_scratch *a, const jy__match_scratch *b)
{
    if (a->matches.count != b->matches.count || a->bad_bytes != b->bad_bytes || a->first_bad != b->first_bad)
        return false;
    for (size_t i = 0; i < a->matches.count; i++)
        if (!same_match(&a->matches.items[i], &b->matches.items[i]))
            return false;
    return true;
}
#endif
