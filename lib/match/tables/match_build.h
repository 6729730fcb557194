/* match_build — what makes and frees a matcher's tables: called by match_build.c and by each other, never while text is scanned. */
#ifndef JY_MATCH_BUILD_H
#define JY_MATCH_BUILD_H

#include "match/match_inside.h"

/* match_filter.c, match_filter_rare.c, match_index.c */
bool jy__filter_build(jy__matcher *matcher);
void jy__filter_free(jy__matcher *matcher);
void jy__filter_share(jy__filter *filter); /* what all filters have in common */
void jy__filter_add_rare(jy__filter *filter, uint32_t cp);
bool jy__index_build(jy__matcher *matcher);
void jy__index_free(jy__matcher *matcher);
/* match_nibbles.c */
void jy__nibbles_build(jy__matcher *matcher);
/* match_rows.c */
bool jy__rows_build(jy__matcher *matcher); /* once the rest of the filter is there */
void jy__rows_free(jy__matcher *matcher);
/* match_pairs.c */
bool jy__pair_index_build(jy__matcher *matcher);
/* match_kin.c: of phrases that begin alike, the shortest one's key for all; then, of frozen keys, those that have one of their own together. */
void jy__kin_share_keys(jy__matcher *matcher);
void jy__kin_build(jy__matcher *matcher);
void jy__pair_index_free(jy__matcher *matcher);
/* match_lone.c */
void jy__lone_free(jy__matcher *matcher);
/* match_form_key.c: the keys of all forms, by sound too; false: no memory */
bool jy__keys_choose(jy__matcher *matcher);
/* match_sound_form.c: the key of a form by sound */
void jy__form_choose_sound(const jy__matcher *matcher, jy__form *form);
/* match_build.c: of a matcher at rest, gives back the room behind its symbols: whoever keeps it has something there that may be read */
void jy__symbols_close(jy__matcher *matcher);
/* match_build.c: for filters: finds where the literals' rarest parts may stand, however far apart */
int jy__matcher_new_keys(const jy__mem *mem, const jy__literal *literals, size_t count, jy__matcher **out);
/* match_mask_build.c */
bool jy__masks_build(jy__matcher *matcher);
void jy__masks_free(jy__matcher *matcher);
/* match_sound_keys.c */
bool jy__sound_keys_build(jy__matcher *matcher);
void jy__sound_keys_free(jy__matcher *matcher);
/* match_sound_bytes.c: the tables of bytes among jy__sound_keys */
bool jy__sound_bytes_build(jy__matcher *matcher);
void jy__sound_bytes_free(jy__matcher *matcher);
/* match_sound_few.c: adds a key to the bucket where it costs least; passed: of 2^48 places so many are let through, by the buckets' shares of talk */
typedef struct jy__sound_few { uint64_t shares[JY__SOUND_BUCKETS][3], passed; } jy__sound_few;
typedef struct jy__key_bytes { const uint8_t *bytes[3]; uint32_t counts[3]; } jy__key_bytes; /* of its first, second and third symbol */
void jy__sound_few_add(jy__sound_keys *index, jy__sound_few *few, const jy__key_bytes *key);

#endif
