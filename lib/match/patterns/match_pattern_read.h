/* match_pattern_read — a pattern's source, piece by piece: what those share that look for what every match must contain. */
#ifndef JY_MATCH_PATTERN_READ_H
#define JY_MATCH_PATTERN_READ_H

#include "base/base.h"

/* lost: something stands there that is not followed, and nothing is known of the pattern. */
typedef struct jy__pattern_reader { const char *p, *end; bool lost; } jy__pattern_reader;

uint32_t jy__pattern_next(jy__pattern_reader *reader);
static inline bool jy__pattern_at(const jy__pattern_reader *reader, char c) { return reader->p < reader->end && *reader->p == c; }

/* The quantifier that follows. OFTEN: at least once; PERHAPS: any number of times, none too. */
typedef enum jy__times { JY__ONCE, JY__AT_MOST_ONCE, JY__OFTEN, JY__PERHAPS } jy__times;
jy__times jy__pattern_times(jy__pattern_reader *reader);
static inline bool jy__times_sure(jy__times times) { return times == JY__ONCE || times == JY__OFTEN; }

/* Behind "[", to its end. known: its characters are all listed; else it may stand for any. */
#define JY__CLASS_MOST 32
typedef struct jy__pattern_class { uint32_t symbols[JY__CLASS_MOST], count; bool known; } jy__pattern_class;
void jy__pattern_class_read(jy__pattern_reader *reader, jy__pattern_class *out);

/* What stands behind "(": content that is in every match and takes part in it (PLAIN), content that is beside it in the line (NEAR: a look-ahead or
 * look-behind), content that may be in none (DENIED: what must not stand there), or something that is not followed. */
typedef enum jy__group { JY__GROUP_LOST, JY__GROUP_PLAIN, JY__GROUP_NEAR, JY__GROUP_DENIED } jy__group;
jy__group jy__pattern_open(jy__pattern_reader *reader);

/* Behind a backslash: the sign it stands for, or 0: some text, or a place. */
uint32_t jy__pattern_escaped(jy__pattern_reader *reader);

bool jy__pattern_is_word(uint32_t cp);

#endif
