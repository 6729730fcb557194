/* match_limits — how far a match may stretch. They keep hostile text linear; speech stays far below them. */
#ifndef JY_MATCH_LIMITS_H
#define JY_MATCH_LIMITS_H

#define JY__MATCH_MOST_SYMBOLS 255   /* of one literal */
#define JY__MATCH_MOST_GAP 10        /* blanks and marks in a row inside a match */
#define JY__MATCH_MOST_INVISIBLE 32  /* invisible characters in a row */
#define JY__MATCH_MOST_FILLERS 3     /* fillers between two symbols */
#define JY__MATCH_MOST_REPEATS 8     /* repeats in one match */
#define JY__MATCH_REPEAT_LONGEST 4   /* symbols that one repeat says again */
#define JY__MATCH_MASKED_LEAST 3     /* symbols of a literal that may be masked */

/* Confidence of a match by sound. */
#define JY__SOUND_COST_SAME 5        /* same syllable, other character */
#define JY__SOUND_COST_ALIKE 12      /* a syllable that is often taken for it */
#define JY__SOUND_COST_NONE 15       /* no character of the phrase stands there itself */

#endif
