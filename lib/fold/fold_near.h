/* fold, inside — what is near a place decides whether a word ends there. */
#ifndef JY_FOLD_FOLD_NEAR_H
#define JY_FOLD_FOLD_NEAR_H

#include "fold/fold.h"

#define JY__NEAR_MOST 16 /* characters to either side: mostly it is one or two */
#define JY__NEAR_UNITS (2 * JY__NEAR_MOST + 2)

/* BOUNDARY: no word stands over the place. WORD: one of two characters does. DECIDES: what is between out->begin and out->end, all Han, is divided as it
 * would be alone, and has the place inside. UNKNOWN: all of the text must be looked at. */
typedef enum jy__near { JY__NEAR_BOUNDARY, JY__NEAR_WORD, JY__NEAR_DECIDES, JY__NEAR_UNKNOWN } jy__near;
jy__near jy__near_place(jy_str text, size_t at, jy_span *out);
/* Fetches what will be read for the place. */
void jy__near_fetch(jy_str text, size_t at);
/* Whether two characters in common use are a word; false where nothing is known of words. */
bool jy__near_is_word(uint32_t first, uint32_t second);
/* Those characters in UTF-16, one unit each; returns how many. */
size_t jy__near_units(jy_str text, jy_span span, uint16_t out[JY__NEAR_UNITS]);

#endif
