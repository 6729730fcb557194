/* match_sound — how keys by sound are looked for in a chunk's codes or in text, and the forms that have them are settled: for the files match_sound_*.c
 * and the engines. */
#ifndef JY_MATCH_SOUND_H
#define JY_MATCH_SOUND_H

#include "match/match_inside.h"

/* match_sound_rounds.c: keys by sound that may begin at places of one chunk, and forms that have one, are looked at some at a time. A key: its hash, and
 * where its first symbol stands; its second, and its third, so far behind that one, or JY__HEARD_FAR: not known. A form, where its key
 * begins, and the same of it. */
#define JY__HEARD_FAR UINT8_MAX
#define JY__HEARD_KEYS 576u
#define JY__HEARD_FORMS 512u
typedef struct jy__heard_key { uint32_t key; uint16_t index; uint8_t second, third; } jy__heard_key;
typedef struct jy__heard_form { uint32_t form; uint16_t index; uint8_t second, third; } jy__heard_form;
static inline bool jy__heard_beside(const jy__heard_form *item) { return item->second == 1 && item->third == 1; }
typedef struct jy__hearing {
    jy__rounds rounds;
    const uint8_t *bytes; /* of the codes (fold.h) */
    uint32_t key_count, form_count;
    uint32_t asked, said; /* places with forms; of these those that jy__said_at() settles */
    void (*find_forms)(struct jy__hearing *hearing); /* of all keys so far, those whose neighbours are there */
    jy__heard_key keys[JY__HEARD_KEYS];
    jy__heard_form forms[JY__HEARD_FORMS + 16]; /* as many are written at once */
} jy__hearing;
void jy__hearing_open(jy__hearing *hearing, const jy__rounds *rounds, const uint8_t *bytes);
void jy__hearing_close(jy__hearing *hearing);
void jy__sound_places(jy__hearing *hearing, const uint32_t *found, size_t count);
/* A key in codes[at], the next one, and one behind: for codes[at + 2] may say the second again. */
void jy__sound_again_at(jy__hearing *hearing, size_t at);
void jy__sound_settle(jy__hearing *hearing); /* all keys so far */
static inline void jy__sound_add(jy__hearing *hearing, jy__heard_key item)
{
    if (!jy__sound_has(&hearing->rounds.scan->matcher->sound_keys, item.key))
        return;
    if (hearing->key_count == JY__HEARD_KEYS)
        jy__sound_settle(hearing);
    hearing->keys[hearing->key_count++] = item;
}
/* match_sound_said.c: marks the forms. Whether one of them is all that is heard at codes[at], and settled; of places those that are left, when most were
 * so in the last chunk. */
void jy__said_build(jy__matcher *matcher);
bool jy__said_usual(const jy__sound_keys *index, const jy__heard_set *const sets[3]); /* what is said of a key's three codes */
bool jy__said_at(jy__hearing *hearing, size_t at);
size_t jy__said_leave(jy__hearing *hearing, uint32_t *found, size_t count);
/* The same of those where an engine has found what stands there whole, or NULL; out may be where the places are. */
size_t jy__said_leave_wholes(jy__hearing *hearing, const uint16_t *found, size_t count, const jy__wholes *wholes, uint16_t *out);
/* match_sound_kin.c: finds the forms that have a key of their own together. Whether all of them are settled that have theirs at codes[index]: those that
 * stand there as they are, and none else does, by sound either. */
void jy__sound_kin_build(jy__matcher *matcher);
bool jy__sound_kin_settle(const jy__rounds *rounds, uint32_t number, size_t index);
/* match_sound_forms.c: all forms so far */
void jy__sound_settle_forms(jy__hearing *hearing);
/* match_sound_itself.c: forms as they are written whose key was found by sound. At one place, as far as their symbols stand there side by side; which of
 * them were looked at, and of which nothing is left to be asked for by sound. And one in whatever way: whether it was. */
typedef enum jy__written { JY__WRITTEN_NOT, JY__WRITTEN, JY__WRITTEN_ONLY } jy__written;
void jy__sound_written(const jy__rounds *rounds, const jy__heard_form *items, size_t count, jy__written *out);
bool jy__sound_written_only(const jy__rounds *rounds, const jy__heard_form *item); /* the same of one, when it is most simple */
bool jy__sound_itself(const jy__rounds *rounds, const jy__heard_form *item);
/* match_sound_settle.c: the form whose key by sound begins at codes[index], one symbol right behind the other. Settled: by a match or by none, in any way.
 * Itself: the form stands there as it is written, and none by sound. */
typedef enum jy__settled { JY__OPEN, JY__SETTLED, JY__ITSELF } jy__settled;
jy__settled jy__sound_settle_form(const jy__rounds *rounds, uint32_t number, size_t index);
/* match_sound_ways.c: whether no way through the form's key there says the form; and where all of it is heard from codes[first] on, whether no way from
 * there ends elsewhere, and whether none that ends with it begins elsewhere. False: some do, or it is not known. */
bool jy__sound_leads_nowhere(const jy__rounds *rounds, const jy__form *form, const jy__heard_form *item);
bool jy__sound_ends_there_only(const jy__rounds *rounds, const jy__form *form, size_t first);
bool jy__sound_begins_there_only(const jy__rounds *rounds, const jy__form *form, size_t first);
/* match_sound_stream.c: the keys whose first two symbols codes[at] and the next one may be; where a filler may begin behind codes[at], those that go on
 * behind it and begin in [from, end) */
void jy__sound_place(jy__hearing *hearing, size_t at);
/* The same of codes[at] and codes[second]; of three codes whose bytes are of some key, with fillers between. */
void jy__sound_two(jy__hearing *hearing, size_t at, size_t second);
void jy__sound_three(jy__hearing *hearing, size_t at, size_t second, size_t third);
void jy__sound_around(jy__hearing *hearing, size_t at, size_t from, size_t end);
/* match_sound_text.c: all forms whose key by sound may begin with the two symbols, at the byte `at`; what is behind the second begins at `from` or
 * further on. The same of three characters, as they are seen one behind the other. */
void jy__sound_pair(jy__scan *scan, uint32_t a, uint32_t b, size_t at, size_t from);
/* The classes with which a key may end that begins with these two; returns how many. Of those that the text around has, when that is known, the bits as
 * in jy__heard_set's bloom. */
uint64_t jy__sound_thirds_there(jy__scan *scan, uint32_t a, uint32_t b);
size_t jy__sound_thirds(jy__scan *scan, uint32_t a, uint32_t b, uint16_t out[JY__SOUND_CLASSES]);
void jy__sound_sights(jy__scan *scan, const jy__sight *const three[3]);

#endif
