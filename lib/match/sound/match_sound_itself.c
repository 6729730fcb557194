/* A form as it is written where its key was found by sound. In: the place of the key and its form. Out: a match, when the phrase stands there in some way
 * without another sound (match_settle.c, match_ways.c). What sounds like a key is mostly other characters: those are seen at once.
 *
 *   key by sound   不 知 道        codes  不 知 到 …  no      不 知 道 …  the codes around are looked at       不 知 那 个 道 …  the ways are followed */
#include "match/sound/match_sound.h"
#include "match/match_limits.h"

/* ---- one, in whatever way */

/* Whether a code is the symbol, or one of those right behind it that sound as it does: of these but the first was looked at. */
static bool is_third(const uint16_t *code, uint32_t symbol)
{
    uint32_t number = jy__heard_number(*code);
    bool found = false;
    for (unsigned i = 0; i <= JY__MATCH_MOST_REPEATS && jy__heard_number(code[i]) == number && !found; i++)
        found = jy__code_symbol(code[i]) == symbol;
    return found;
}

/* Whether the key's symbols are there themselves. */
static bool is_key(const uint16_t *codes, const uint32_t *key, const jy__heard_form *item, bool triple)
{
    const uint16_t *second = codes + item->second;
    return jy__code_symbol(codes[0]) == key[0] && jy__code_symbol(second[0]) == key[1] &&
           (!triple || item->third == JY__HEARD_FAR || is_third(second + item->third, key[2]));
}

/* Whether all symbols are there side by side; written: and none by a variant. */
static bool stands(const uint16_t *codes, const uint32_t *symbols, uint32_t count, bool *written)
{
    uint32_t others = 0, variants = 0;
    for (uint32_t i = 0; i < count; i++) {
        variants |= codes[i] ^ symbols[i];
        others |= jy__code_symbol(codes[i]) ^ symbols[i];
    }
    *written = variants == 0;
    return others == 0;
}

static bool is_whole(const jy__form *form, const jy__heard_form *item)
{
    return (form->flags & JY__FORM_SHORT) && item->index >= form->key + (size_t)JY__STREAM_PAD;
}

static bool fits(const jy__rounds *rounds, const jy__form *form, const jy__heard_form *item)
{
    const uint32_t *symbols = rounds->scan->matcher->symbols + form->first;
    jy__context context = { .form = item->form, .last = 1 };
    for (int i = 0; i < JY__CONTEXT && (form->flags & JY__FORM_CODES); i++) {
        int before = form->key - JY__CONTEXT + i, behind = form->key + 2 + i;
        context.sides[i] = before >= 0 ? (uint16_t)symbols[before] : 0;
        context.sides[JY__CONTEXT + i] = behind < form->count ? (uint16_t)symbols[behind] : 0;
    }
    return jy__stream_fits(&rounds->scan->matcher->filter, &context, rounds->codes, item->index, (size_t)item->index + item->second);
}

static bool is_tried(const jy__rounds *rounds, const jy__heard_form *item)
{
    jy__scan *scan = rounds->scan;
    return scan->tried_upto > rounds->base && jy__match_tried(scan, item->form, JY__MODE_EXACT, jy__round_place(rounds, item->index));
}

bool jy__sound_itself(const jy__rounds *rounds, const jy__heard_form *item)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    const jy__form *form = &matcher->forms[item->form];
    const uint32_t *symbols = matcher->symbols + form->first;
    const uint16_t *codes = rounds->codes + item->index;
    jy__fit fit = { item->form, item->index, false, false };
    if (!is_key(codes, symbols + form->key, item, jy__form_heard_triple(form)) || is_tried(rounds, item))
        return false;
    if (is_whole(form, item))
        fit.stands = stands(codes - form->key, symbols, form->count, &fit.written);
    if (!fit.stands && !fits(rounds, form, item))
        return false;
    jy__match_settle_fits(rounds, &fit, 1);
    return true;
}

/* ---- at one place, side by side */

/* Symbols before a key and from there on: of a long form no more are looked at here. */
#define BEFORE JY__CONTEXT
#define FROM (2 + JY__CONTEXT)

/* Whether the symbols stand there; of a long form those around its key. */
static bool stand(const jy__matcher *matcher, const jy__form *form, const uint16_t *key, bool *as_written)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    bool whole = (form->flags & JY__FORM_SHORT) != 0;
    int first = whole || form->key < BEFORE ? 0 : form->key - BEFORE, end = whole || form->count < form->key + FROM ? form->count : form->key + FROM;
    if (jy__code_symbol(key[0]) != symbols[form->key] || jy__code_symbol(key[1]) != symbols[form->key + 1])
        return false;
    return stands(key + first - form->key, symbols + first, (uint32_t)(end - first), as_written);
}

/* Most of what is there is its own symbols, and there is one way to say them. */
static jy__written look(const jy__rounds *rounds, const jy__heard_form *item, jy__fit *fit)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    const jy__form *form = &matcher->forms[item->form];
    *fit = (jy__fit){ item->form, item->index, true, false };
    if (!(form->flags & JY__FORM_BY_SOUND) || !jy__heard_beside(item) || item->index < (form->flags & JY__FORM_SHORT ? form->key : 0u) + JY__STREAM_PAD)
        return JY__WRITTEN_NOT;
    if (!stand(matcher, form, rounds->codes + item->index, &fit->written))
        return JY__WRITTEN_NOT;
    return fit->written && form->flags & JY__FORM_SHORT && form->sound_fork < form->count && !matcher->has_stops ? JY__WRITTEN_ONLY : JY__WRITTEN;
}

bool jy__sound_written_only(const jy__rounds *rounds, const jy__heard_form *item)
{
    const jy__matcher *matcher = rounds->scan->matcher;
    const jy__form *form = &matcher->forms[item->form];
    const uint32_t *symbols = matcher->symbols + form->first;
    const uint16_t *key = rounds->codes + item->index;
    bool written;
    if (!(form->flags & JY__FORM_BY_SOUND) || !jy__heard_beside(item) || !is_whole(form, item) || form->sound_fork >= form->count || matcher->has_stops)
        return false;
    if (key[0] != symbols[form->key] || key[1] != symbols[form->key + 1])
        return false;
    if (jy__match_settle_written(rounds, item->form, item->index))
        return true;
    return form->flags & JY__FORM_PLAIN && stands(key - form->key, symbols, form->count, &written) && written &&
           jy__match_settle(rounds, item->form, item->index, true);
}

void jy__sound_written(const jy__rounds *rounds, const jy__heard_form *items, size_t count, jy__written *out)
{
    jy__fit fits[JY__HEARD_FORMS];
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = look(rounds, &items[i], &fits[found]);
        found += out[i] != JY__WRITTEN_NOT;
    }
    if (found)
        jy__match_settle_fits(rounds, fits, found);
}
