/* The filter's tables for keys by sound. In: the forms with such a key. Out: for each code of the stream whether some reading of it begins or
 * ends a key, and which two sound classes side by side are one. Characters are not enumerated here as the plain filter does: a
 * syllable has dozens, a pair of them thousands. */
#include "match/match_inside.h"

#define SOUND_BITS 16
#define SOUND_BYTES ((size_t)1 << SOUND_BITS >> 3)
#define CODE_BYTES ((size_t)JY__CODES / 8)

static uint32_t sound_hash(uint32_t a, uint32_t b) { return (a * 0x9E3779B1u ^ b * 0x85EBCA6Bu) * 0xC2B2AE35u >> (32 - SOUND_BITS); }

typedef struct ends { bool first[1024], second[1024]; } ends;

static void add_key(jy__filter *filter, const uint32_t *pair, ends *classes)
{
    uint16_t a[JY__SOUND_MOST], b[JY__SOUND_MOST];
    size_t a_count = jy__match_sound_classes(pair[0], a), b_count = jy__match_sound_classes(pair[1], b);
    for (size_t i = 0; i < a_count; i++)
        for (size_t j = 0; j < b_count; j++) {
            classes->first[a[i] & 1023] = classes->second[b[j] & 1023] = true;
            jy__bit_set(filter->sounds, sound_hash(a[i], b[j]));
        }
}

static void mark_codes(jy__filter *filter, const ends *classes)
{
    for (uint32_t cp = 0x4000; cp <= 0x9FFF; cp++) {
        uint16_t readings[JY__SOUND_MOST];
        size_t count = jy__match_sound_classes(jy__fold_one(cp), readings);
        for (size_t i = 0; i < count; i++) {
            if (classes->first[readings[i] & 1023])
                jy__bit_set(filter->sound_heads, cp);
            if (classes->second[readings[i] & 1023])
                jy__bit_set(filter->sound_tails, cp);
        }
    }
}

/* Han outside the stream may sound alike too: all of it is rare. */
static void mark_rare(jy__filter *filter)
{
    for (uint32_t cp = 0x3400; cp < 0x4000; cp++)
        jy__filter_add_rare(filter, cp);
    for (uint32_t cp = 0xF900; cp < 0xFB00; cp++)
        jy__filter_add_rare(filter, cp);
    for (uint32_t cp = 0x20000; cp < JY__HAN_END; cp += 64)
        jy__filter_add_rare(filter, cp);
}

bool jy__filter_build_sound(jy__matcher *matcher)
{
    jy__filter *filter = &matcher->filter;
    ends *classes = jy__mem_alloc(&matcher->mem, sizeof(*classes));
    filter->sounds = jy__mem_alloc(&matcher->mem, SOUND_BYTES);
    filter->sound_heads = jy__mem_alloc(&matcher->mem, CODE_BYTES);
    filter->sound_tails = jy__mem_alloc(&matcher->mem, CODE_BYTES);
    if (classes && filter->sounds && filter->sound_heads && filter->sound_tails) {
        for (uint32_t i = 0; i < matcher->form_count; i++)
            if (matcher->forms[i].flags & JY__FORM_SOUND)
                add_key(filter, matcher->symbols + matcher->forms[i].first + matcher->forms[i].sound_key, classes);
        mark_codes(filter, classes);
        mark_rare(filter);
    }
    jy__mem_free(&matcher->mem, classes, sizeof(*classes));
    matcher->memory += SOUND_BYTES + 2 * CODE_BYTES;
    return classes && filter->sounds && filter->sound_heads && filter->sound_tails;
}

void jy__filter_free_sound(jy__matcher *matcher)
{
    jy__mem_free(&matcher->mem, matcher->filter.sounds, SOUND_BYTES);
    jy__mem_free(&matcher->mem, matcher->filter.sound_heads, CODE_BYTES);
    jy__mem_free(&matcher->mem, matcher->filter.sound_tails, CODE_BYTES);
}

/* Whether two symbols side by side may sound like some key. */
bool jy__filter_sounds(const jy__filter *filter, uint32_t a, uint32_t b)
{
    uint16_t first[JY__SOUND_MOST], second[JY__SOUND_MOST];
    size_t first_count = jy__match_sound_classes(a, first), second_count = jy__match_sound_classes(b, second);
    for (size_t i = 0; i < first_count; i++)
        for (size_t j = 0; j < second_count; j++)
            if (jy__bit(filter->sounds, sound_hash(first[i], second[j])))
                return true;
    return false;
}
