/* In: a seed. Out: dialogue lines and phrases. How it is made, so that anyone may judge the figures:
 * - A vocabulary of 20,000 words: one in ten of one character, eight of two, one of three; characters are drawn by how common they are in Chinese
 *   (fold's table), words by rank: the r-th weighs 1/(r + 8). Characters and their neighbours so fall about as in talk.
 * - A line is 3 to 8 clauses' worth of words with a mark between clauses and at the end; one word in nine is ASCII (a number, a name), which makes
 *   about an eighth of the bytes ASCII with the blanks and line ends.
 * - The first 30 phrases are the rude ones of an alarm centre; the others are three to eight characters of rarely used words put together, or any two
 *   characters, so that they hardly come up by chance. Planted phrases are disguised one time in three: traditional characters, a blank, a filler or a stutter. */
#include "dialogue.h"
#include "fold/fold.h"
#include <math.h>
#include <stdlib.h>

static const char *const rude[30] = {
    "你是谁", "干什么的", "等会", "不知道", "没办法", "我不管", "讲话呀", "听不清你讲话", "大声点", "又不是给您一个人用的", "我还没着急", "你等着", "没有啊", "不用了",
    "不需要", "急什么呀", "跟我发什么火呀", "打错了", "你讲的什么话呀", "中国话会不会说", "找谁", "什么事", "不归我管", "关我什么事", "自己看", "你投诉去吧",
    "有完没完", "说了多少遍", "爱用不用", "烦不烦"
};

static uint32_t roll(dialogue *talk, uint32_t sides)
{
    talk->state = talk->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((talk->state >> 32) * (uint64_t)sides >> 32);
}

static size_t draw(dialogue *talk, const uint32_t *sums, size_t count)
{
    uint32_t at = roll(talk, sums[count - 1]);
    size_t low = 0, high = count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sums[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void weigh_characters(dialogue *talk)
{
    uint32_t sum = 0;
    for (uint32_t cp = 0x4E00; cp <= 0x9FFF; cp++) {
        uint8_t common = jy__fold_commonness(cp);
        if (!common || jy__fold_one(cp) != cp)
            continue;
        sum += (uint32_t)(exp(common * 0.0605) / 8) + 1;
        talk->characters[talk->character_count] = cp;
        talk->sums[talk->character_count++] = sum;
    }
}

static void make_words(dialogue *talk)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < DIALOGUE_WORDS; i++) {
        dialogue_word *word = &talk->words[i];
        uint32_t kind = roll(talk, 10);
        word->count = kind == 0 ? 1 : kind == 9 ? 3 : 2;
        for (uint32_t k = 0; k < word->count; k++)
            word->symbols[k] = talk->characters[draw(talk, talk->sums, talk->character_count)];
        sum += (uint32_t)(1e8 / (double)(i + 8) / 10);
        talk->word_sums[i] = sum;
    }
}

static void copy_rude(dialogue_phrase *phrase, const char *text)
{
    const char *end = text + strlen(text);
    bool valid;
    while (text < end)
        phrase->symbols[phrase->count++] = jy__fold_one(jy__utf8_next(&text, end, &valid));
}

static void make_phrase(dialogue *talk, dialogue_phrase *phrase)
{
    uint32_t length = 2 + roll(talk, 7);
    while (phrase->count < length) {
        const dialogue_word *word = &talk->words[200 + roll(talk, DIALOGUE_WORDS - 200)];
        if (length == 2)
            phrase->symbols[phrase->count++] = talk->characters[roll(talk, (uint32_t)talk->character_count)];
        for (uint32_t k = 0; length > 2 && word->count < 3 && k < word->count && phrase->count < length; k++)
            phrase->symbols[phrase->count++] = word->symbols[k];
    }
}

#define SOUND_LEAST 3 /* characters: of the phrases that a pack wants heard, shorter ones are not */

static bool make_phrases(dialogue *talk, size_t count, uint32_t folds)
{
    talk->phrases = calloc(count, sizeof(*talk->phrases));
    talk->literals = calloc(count, sizeof(*talk->literals));
    if (!talk->phrases || !talk->literals)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (i < 30)
            copy_rude(&talk->phrases[i], rude[i]);
        else
            make_phrase(talk, &talk->phrases[i]);
        talk->literals[i] = (jy__literal){ talk->phrases[i].symbols, NULL, talk->phrases[i].count,
                                           talk->phrases[i].count >= SOUND_LEAST ? folds : folds & ~(1u << JY_FOLD_SOUND) };
    }
    talk->phrase_count = count;
    return true;
}

bool dialogue_open(dialogue *talk, uint64_t seed, size_t phrase_count, uint32_t folds)
{
    memset(talk, 0, sizeof(*talk));
    talk->state = seed;
    talk->characters = calloc(0x5200, sizeof(*talk->characters));
    talk->sums = calloc(0x5200, sizeof(*talk->sums));
    talk->words = calloc(DIALOGUE_WORDS, sizeof(*talk->words));
    talk->word_sums = calloc(DIALOGUE_WORDS, sizeof(*talk->word_sums));
    if (!talk->characters || !talk->sums || !talk->words || !talk->word_sums)
        return false;
    weigh_characters(talk);
    make_words(talk);
    return make_phrases(talk, phrase_count, folds);
}

void dialogue_close(dialogue *talk)
{
    free(talk->characters);
    free(talk->sums);
    free(talk->words);
    free(talk->word_sums);
    free(talk->phrases);
    free(talk->literals);
}

/* ---- writing */

static size_t put(char *out, uint32_t cp) { return jy__utf8_put(cp, out); }

static size_t put_text(char *out, const char *text)
{
    memcpy(out, text, strlen(text));
    return strlen(text);
}

static size_t write_word(dialogue *talk, char *out)
{
    static const char *const latin[] = { " app ", "400", "vip", "wifi", " 5G ", "12:30", "id", "1024", "13800", " pos ", "ok", "3" };
    const dialogue_word *word;
    size_t len = 0;
    if (roll(talk, 9) == 0)
        return put_text(out, latin[roll(talk, JY__COUNT(latin))]);
    word = &talk->words[draw(talk, talk->word_sums, DIALOGUE_WORDS)];
    for (uint32_t i = 0; i < word->count; i++)
        len += put(out + len, word->symbols[i]);
    return len;
}

/* The first other form of a character that is in common use: of its block, not a radical or a compatibility form. */
static uint32_t other_form(uint32_t symbol)
{
    size_t count;
    const uint32_t *others = jy__fold_others(symbol, &count);
    for (size_t i = 0; i < count; i++)
        if (others[i] >= 0x4E00 && others[i] <= 0x9FFF)
            return others[i];
    return symbol;
}

static size_t write_phrase(dialogue *talk, char *out)
{
    const dialogue_phrase *phrase = &talk->phrases[roll(talk, (uint32_t)talk->phrase_count)];
    uint32_t disguise = roll(talk, 12), place = roll(talk, phrase->count);
    size_t len = 0;
    for (uint32_t i = 0; i < phrase->count; i++) {
        uint32_t cp = phrase->symbols[i];
        len += put(out + len, disguise == 0 ? other_form(cp) : cp);
        if (i != place || i + 1 == phrase->count)
            continue;
        if (disguise == 1)
            len += put_text(out + len, " ");
        if (disguise == 2)
            len += put_text(out + len, "那个");
        if (disguise == 3)
            len += put(out + len, cp);
    }
    return len;
}

size_t dialogue_write(dialogue *talk, char *text, size_t size, size_t hit_every)
{
    static const char *const marks[] = { "，", "，", "，", ",", " ", "。", "？" };
    size_t at = 0, line = 0, next_hit = hit_every ? roll(talk, (uint32_t)hit_every * 2) : SIZE_MAX;
    while (at + 256 < size) {
        at += write_word(talk, text + at);
        if (at >= next_hit) {
            at += write_phrase(talk, text + at);
            next_hit = at + roll(talk, (uint32_t)hit_every * 2);
        }
        if (roll(talk, 4) == 0)
            at += put_text(text + at, marks[roll(talk, JY__COUNT(marks))]);
        if (at - line < 40 + roll(talk, 80))
            continue;
        text[at++] = '\n';
        line = at;
    }
    return at;
}
