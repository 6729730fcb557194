/* dialogue — text that looks like call-centre talk, and phrases to look for in it. The same seed gives the same bytes everywhere. */
#ifndef BENCH_DIALOGUE_H
#define BENCH_DIALOGUE_H

#include "match/match.h"

#define DIALOGUE_WORDS 20000
#define DIALOGUE_LONGEST 16 /* symbols of a phrase */

typedef struct dialogue_word { uint32_t symbols[3]; uint32_t count; } dialogue_word;
typedef struct dialogue_phrase { uint32_t symbols[DIALOGUE_LONGEST]; uint32_t count; } dialogue_phrase;
typedef struct dialogue {
    uint64_t state;                      /* of the random numbers */
    uint32_t *characters, *sums;         /* Han by weight: sums of weights up to and with it */
    size_t character_count;
    dialogue_word *words;
    uint32_t *word_sums;
    dialogue_phrase *phrases;
    jy__literal *literals;
    size_t phrase_count;
} dialogue;

bool dialogue_open(dialogue *talk, uint64_t seed, size_t phrase_count, uint32_t folds);
void dialogue_close(dialogue *talk);
/* Fills text[0..size) with whole lines of about 70 bytes; a phrase, disguised one time in three, about every `hit_every` bytes (0: none). */
size_t dialogue_write(dialogue *talk, char *text, size_t size, size_t hit_every);

#endif
