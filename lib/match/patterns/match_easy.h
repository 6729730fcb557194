/* match_easy — patterns whose first match any text tells without a search: one character of a set, `[一-龥]`, and all of the line around one, `.*[一-龥].*`. */
#ifndef JY_MATCH_EASY_H
#define JY_MATCH_EASY_H

#include "base/base.h"

#define JY__EASY_RANGES 6
typedef struct jy__easy {
    uint32_t ranges[JY__EASY_RANGES][2], count; /* of folded characters, both ends among them */
    bool any;  /* every one but a line's end is in it */
    bool line; /* the match is all of the line */
} jy__easy;

/* False: the folded pattern is none of them. */
bool jy__easy_of(jy_str folded, jy__easy *out);

/* In a text as it is; the match is its bytes from *begin to *end. UNKNOWN: it has several lines. */
typedef enum jy__easy_found { JY__EASY_NONE, JY__EASY_FOUND, JY__EASY_UNKNOWN } jy__easy_found;
jy__easy_found jy__easy_find(const jy__easy *easy, jy_str text, size_t *begin, size_t *end);

#endif
