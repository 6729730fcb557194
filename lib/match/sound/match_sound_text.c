/* Keys by sound where the stream does not carry a character. In: two characters that stand behind each other in the text. Out: calls of the verifier
 * for the forms whose key by sound may begin with the first. As in the stream (match_sound_stream.c) nothing stands between the key's second symbol and
 * its third but the second said again and fillers: whatever is reached so may be the third. */
#include "match/sound/match_sound.h"
#include "match/match_limits.h"

typedef struct classes { const uint16_t *items; size_t count; } classes;

#define MOST_THIRDS 96 /* more of them than text has: then any class may be the third */
typedef struct thirds { uint16_t items[MOST_THIRDS]; size_t count; bool any; } thirds;

static void verify_key(jy__scan *scan, uint32_t key, size_t at)
{
    const jy__sound_keys *index = &scan->matcher->sound_keys;
    const jy__sound_start *start = &index->starts[jy__sound_start_of(index, key)];
    if (!jy__sound_has(index, key))
        return;
    for (uint32_t i = start[0].first; i < start[1].first; i++)
        if (jy__sound_is_of(index, i, key))
            jy__match_verify_form(scan, index->entries[i].form, JY__MODE_SOUND, at);
}

static void verify_keys(jy__scan *scan, classes a, classes b, classes c, size_t at)
{
    for (size_t i = 0; i < a.count; i++)
        for (size_t j = 0; j < b.count; j++)
            for (size_t k = 0; k < c.count; k++)
                verify_key(scan, jy__sound_key(a.items[i], b.items[j], c.items[k]), at);
}

/* Keys of two classes. */
static void verify_pairs(jy__scan *scan, classes a, classes b, size_t at)
{
    const uint16_t none = 0;
    if (scan->matcher->sound_keys.twos)
        verify_keys(scan, a, b, (classes){ &none, 1 }, at);
}

static void verify_any(jy__scan *scan, classes a, classes b, size_t at)
{
    uint16_t items[JY__SOUND_CLASSES];
    for (size_t i = 0; i < a.count; i++)
        for (size_t j = 0; j < b.count; j++) {
            const classes first = { a.items + i, 1 }, second = { b.items + j, 1 };
            verify_keys(scan, first, second, (classes){ items, jy__sound_thirds(scan, a.items[i], b.items[j], items) }, at);
        }
}

static bool is_key(const jy__sound_keys *index, uint32_t key)
{
    const jy__sound_start *start = &index->starts[jy__sound_start_of(index, key)];
    bool found = false;
    for (uint32_t i = start[0].first; jy__sound_has(index, key) && i < start[1].first && !found; i++)
        found = jy__sound_is_of(index, i, key);
    return found;
}

/* Any class may be asked for; which are found is kept for some pairs, for text that needs this asks for few of them again and again. */
static void find_keys(const jy__sound_keys *index, jy__begun_key *out)
{
    out->count = 0;
    for (uint32_t class = 1; class < JY__SOUND_CLASSES; class++) {
        if (!is_key(index, jy__sound_key(out->a, out->b, class)))
            continue;
        if (out->count < JY__BEGUN_THIRDS)
            out->thirds[out->count] = (uint16_t)class;
        out->count++;
    }
}

static const jy__begun_key *begun_key(jy__scan *scan, uint32_t a, uint32_t b)
{
    jy__begun_key *known = &scan->walker->begun[(a * 31 + b) % JY__BEGUN_KEYS];
    if (known->scan != scan->walker->scan || known->a != a || known->b != b) {
        known->scan = scan->walker->scan;
        known->a = (uint16_t)a;
        known->b = (uint16_t)b;
        find_keys(&scan->matcher->sound_keys, known);
    }
    return known;
}

uint64_t jy__sound_thirds_there(jy__scan *scan, uint32_t a, uint32_t b)
{
    jy__present *present = &scan->walker->present;
    uint32_t at = jy__pair_hash(a, b, 32) % JY__PRESENT_PAIRS;
    if (present->begun[at].pair != (a << 16 | b)) {
        present->begun[at].pair = a << 16 | b;
        present->begun[at].thirds = 0;
        for (uint32_t i = 0; i < present->class_count; i++)
            if (is_key(&scan->matcher->sound_keys, jy__sound_key(a, b, present->class_list[i])))
                present->begun[at].thirds |= jy__symbol_bit(present->class_list[i]);
    }
    return present->begun[at].thirds;
}

size_t jy__sound_thirds(jy__scan *scan, uint32_t a, uint32_t b, uint16_t out[JY__SOUND_CLASSES])
{
    const jy__sound_keys *index = &scan->matcher->sound_keys;
    const jy__begun_key *known = begun_key(scan, a, b);
    size_t count = 0;
    if (known->count <= JY__BEGUN_THIRDS) {
        memcpy(out, known->thirds, known->count * sizeof(*out));
        return known->count;
    }
    for (uint32_t class = 1; class < JY__SOUND_CLASSES; class++) {
        out[count] = (uint16_t)class;
        count += jy__sound_has(index, jy__sound_key(a, b, class));
    }
    return count;
}

/* ---- what may be the third */

static size_t classes_of(uint32_t symbol, uint16_t out[JY__SOUND_MOST])
{
    const jy__heard_set *set;
    if (!jy__is_code(symbol))
        return jy__match_sound_classes(symbol, out);
    set = jy__heard_set_of(symbol);
    memcpy(out, set->classes, sizeof(set->classes));
    return set->count;
}

static bool says_again(const jy__scan *scan, classes second, classes third)
{
    bool again = false;
    for (size_t j = 0; j < second.count; j++)
        for (size_t k = 0; k < third.count; k++)
            again |= jy__bit(scan->matcher->sound_keys.again, jy__sound_again(second.items[j], third.items[k]));
    return again;
}

/* Adds the classes of all its symbols. Whether what is behind may be the third too: it is several, or says the second again. */
static bool add_thirds(const jy__scan *scan, const jy__glyph *glyph, classes second, thirds *out)
{
    uint32_t symbols[JY__FOLD_MOST] = { glyph->symbol };
    size_t count = glyph->count == 1 ? 1 : jy__fold_char(glyph->cp, symbols);
    bool again = count != 1;
    for (size_t i = 0; i < count; i++) {
        uint16_t items[JY__SOUND_MOST];
        const classes here = { items, classes_of(symbols[i], items) };
        again |= says_again(scan, second, here);
        out->any |= out->count + here.count > MOST_THIRDS;
        if (out->any)
            return false;
        memcpy(out->items + out->count, items, here.count * sizeof(*items));
        out->count += here.count;
    }
    return again;
}

#define FAR 32 /* characters */

/* Characters from some place on, as far as they were asked for; codes: those that are one of the stream. */
typedef struct view { const jy__segment *segment; size_t at, count; bool ends; jy__glyph glyphs[FAR + JY__FILLER_LONGEST]; uint16_t codes[FAR + 2 * JY__FILLER_LONGEST]; } view;

static const jy__glyph *view_at(view *v, size_t index)
{
    while (v->count <= index && !v->ends) {
        jy__glyph *next = &v->glyphs[v->count];
        v->ends = !jy__match_glyph(v->segment, v->at, next);
        if (v->ends)
            break;
        v->codes[v->count++] = next->count == 1 && jy__is_code(next->symbol) ? (uint16_t)next->symbol : 0;
        v->at = next->end;
    }
    return v->count > index ? &v->glyphs[index] : NULL;
}

static unsigned fillers_at(const jy__filter *filter, view *v, size_t index)
{
    if (!v->codes[index] || !jy__bit(filter->fillers, v->codes[index]))
        return 0;
    view_at(v, index + JY__FILLER_LONGEST - 1);
    memset(v->codes + v->count, 0, JY__FILLER_LONGEST * sizeof(*v->codes));
    return jy__stream_fillers(filter, v->codes, index);
}

/* ways: by how many fillers in a row each character is reached (bit n: n of them). */
static void find_thirds(const jy__scan *scan, classes second, size_t from, thirds *out)
{
    uint8_t ways[FAR + JY__FILLER_LONGEST + 1] = { 1 };
    const jy__glyph *glyph;
    view v;
    v.segment = &scan->segment;
    v.at = from;
    v.count = 0;
    v.ends = out->any = false;
    out->count = 0;
    for (size_t i = 0, last = 0; i <= last && !out->any; i++) {
        unsigned more = ways[i] << 1 & ((2u << JY__MATCH_MOST_FILLERS) - 1), lengths = 0;
        out->any |= i == FAR;
        if (!ways[i] || out->any)
            continue;
        glyph = view_at(&v, i);
        if (!glyph)
            return;
        lengths = add_thirds(scan, glyph, second, out) ? 2 : 0;
        ways[i + 1] |= (uint8_t)(lengths >> 1);
        if (more)
            lengths |= fillers_at(&scan->matcher->filter, &v, i);
        for (size_t count = 1; lengths >> count; count++) {
            ways[i + count] |= (uint8_t)(lengths >> count & 1 && more ? more : 0);
            last = lengths >> count & 1 && i + count > last ? i + count : last;
        }
    }
}

/* ---- two characters */

static void try_pair(jy__scan *scan, classes a, classes b, size_t at, size_t from)
{
    thirds all;
    if (!a.count || !b.count)
        return;
    verify_pairs(scan, a, b, at);
    find_thirds(scan, b, from, &all);
    if (all.any)
        verify_any(scan, a, b, at);
    else
        verify_keys(scan, a, b, (classes){ all.items, all.count }, at);
}

/* Whether no key begins with what the two sound like, as far as their bytes tell. */
static bool begins_none(const jy__scan *scan, uint32_t a, uint32_t b)
{
    const size_t bytes = jy__heard_byte(a) | (size_t)jy__heard_byte(b) << 8;
    return jy__is_code(a) && jy__is_code(b) && !jy__bit(scan->matcher->sound_keys.begins, bytes);
}

void jy__sound_pair(jy__scan *scan, uint32_t a, uint32_t b, size_t at, size_t from)
{
    uint16_t first[JY__SOUND_MOST], second[JY__SOUND_MOST];
    if (!begins_none(scan, a, b))
        try_pair(scan, (classes){ first, classes_of(a, first) }, (classes){ second, classes_of(b, second) }, at, from);
}

/* Mostly the third is all that may be. */
void jy__sound_sights(jy__scan *scan, const jy__sight *const three[3])
{
    const classes a = { three[0]->classes, three[0]->count }, b = { three[1]->classes, three[1]->count }, c = { three[2]->classes, three[2]->count };
    const jy__glyph *third = &three[2]->glyph;
    size_t at = three[0]->glyph.begin;
    if (three[2]->there && (third->count != 1 || jy__begins_filler(scan->matcher, third->symbol) || says_again(scan, b, c))) {
        try_pair(scan, a, b, at, three[1]->glyph.end);
        return;
    }
    verify_pairs(scan, a, b, at);
    verify_keys(scan, a, b, c, at);
}
