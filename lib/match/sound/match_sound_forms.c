/* Forms whose key by sound was found, to matches. In: forms and places of one chunk, as match_sound_rounds.c finds them. Out: matches, in the order of the
 * text: of forms that the filter does not have otherwise as they are written, and of all of them by sound. What no way by sound leads to, none leads to
 * that is as it is written.
 *
 *   all of one place ─▶ as they are written, side by side (match_sound_itself.c) ─▶ by sound, code by code (match_sound_settle.c) ─▶ whatever is left: the walk */
#include "match/sound/match_sound.h"

/* ---- in the order of the text */

#define ROW 64u /* codes */
#define ROWS (JY__STREAM_ROOM / ROW + 1)

/* They come in some runs that are each in order: by rows, and in each as they came. */
static void order_rows(jy__hearing *h)
{
    jy__heard_form forms[JY__HEARD_FORMS];
    uint16_t ends[ROWS + 1] = { 0 };
    memcpy(forms, h->forms, h->form_count * sizeof(*forms));
    for (uint32_t i = 0; i < h->form_count; i++)
        ends[forms[i].index / ROW + 1]++;
    for (uint32_t row = 1; row <= ROWS; row++)
        ends[row] = (uint16_t)(ends[row] + ends[row - 1]);
    for (uint32_t i = 0; i < h->form_count; i++)
        h->forms[ends[forms[i].index / ROW]++] = forms[i];
}

#define FEW 24u

static void order(jy__hearing *h)
{
    if (h->form_count > FEW)
        order_rows(h);
    for (uint32_t i = 1; i < h->form_count; i++) {
        const jy__heard_form item = h->forms[i];
        uint32_t at = i;
        for (; at > 0 && h->forms[at - 1].index > item.index; at--)
            h->forms[at] = h->forms[at - 1];
        h->forms[at] = item;
    }
}

/* ---- one */

/* As jy__match_stands_itself(), as far as what was just looked at tells: phrases that begin alike come one behind the other. */
static bool stood_itself(const jy__scan *scan, const jy__form *form, size_t at)
{
    return form->sound_fork < form->count && jy__match_stood(scan, form, form->sound_key, at);
}

/* Whether the form was looked at as it is written is in *written. */
static void settle(const jy__rounds *rounds, const jy__heard_form *item, jy__written *written)
{
    jy__scan *scan = rounds->scan;
    const jy__form *form = &scan->matcher->forms[item->form];
    jy__settled settled = JY__OPEN;
    size_t at;
    if (jy__lacks(rounds, item->form, JY__MODE_SOUND))
        return;
    if (jy__heard_beside(item))
        settled = jy__sound_settle_form(rounds, item->form, item->index);
    else if (!scan->matcher->keys_only && jy__sound_leads_nowhere(rounds, form, item))
        return;
    if (settled != JY__SETTLED && *written == JY__WRITTEN_NOT && form->flags & JY__FORM_BY_SOUND && jy__sound_itself(rounds, item))
        *written = JY__WRITTEN;
    if (settled != JY__OPEN)
        return;
    at = jy__round_place(rounds, item->index);
    if (!stood_itself(scan, form, at) && !jy__match_tried(scan, item->form, JY__MODE_SOUND, at))
        jy__match_verify_form(scan, item->form, JY__MODE_SOUND, at);
}

/* ---- those of one place */

/* Those of one key come in the order of the forms; a form may come again by another reading of its key, or where its symbols stand otherwise. */
static size_t count_first(const jy__heard_form *items, size_t count)
{
    size_t first = 1;
    while (first < count && items[first].form > items[first - 1].form)
        first++;
    return first;
}

static size_t drop_same(jy__heard_form *items, size_t first, size_t count)
{
    size_t kept = first;
    for (size_t i = first, k; i < count; i++) {
        const jy__heard_form item = items[i];
        for (k = 0; k < kept && !(items[k].form == item.form && items[k].second == item.second && items[k].third == item.third);)
            k++;
        items[kept] = item;
        kept += k == kept;
    }
    return kept;
}

/* As it is written, whatever its key's symbols stand apart. */
static bool was_looked_at(const jy__heard_form *items, size_t i, const jy__written *written)
{
    bool found = false;
    for (size_t k = 0; k < i; k++)
        found |= items[k].form == items[i].form && written[k] != JY__WRITTEN_NOT;
    return found;
}

/* Whether a character that the stream does not carry stands between the three codes that a key begins with: that can be no filler's. */
static bool find_between(const jy__rounds *rounds, size_t index, jy__glyph *out)
{
    jy__scan *scan = rounds->scan;
    size_t at = jy__round_place(rounds, index), end = jy__round_place(rounds, index + 2);
    if (end == at + 6 || !jy__match_segment(scan, at) || end >= scan->segment.end)
        return false;
    for (size_t i = 1; i <= 2; i++, at = out->begin)
        if (!jy__match_glyph(&scan->segment, at + 3, out) || out->cp != rounds->codes[index + i])
            return out->begin > at && out->begin < end && out->count == 1 && !jy__is_code(out->symbol);
    return false;
}

/* Forms that such a one is no part of have no way over it. Where none has a key of three codes side by side there may be no third. */
static size_t drop_parted(const jy__rounds *rounds, jy__heard_form *items, size_t count)
{
    size_t kept = 0, beside = 0;
    jy__glyph glyph = { 0 };
    while (beside < count && !jy__heard_beside(&items[beside]))
        beside++;
    if (beside == count || !find_between(rounds, items[0].index, &glyph))
        return count;
    for (size_t i = 0; i < count; i++) {
        const jy__heard_form item = items[i];
        items[kept] = item;
        kept += !jy__heard_beside(&item) || jy__match_belongs(&rounds->scan->matcher->forms[item.form], &glyph, JY__MODE_SOUND);
    }
    return kept;
}

/* Whether the first two symbols of the key are there themselves: else the form does not stand there as it is written, side by side. */
static bool is_key_there(const jy__rounds *rounds, const jy__heard_form *item)
{
    const uint16_t *codes = rounds->codes + item->index;
    const uint32_t *key = jy__form_heard_key(rounds->scan->matcher, &rounds->scan->matcher->forms[item->form]);
    return (jy__code_symbol(codes[0]) == key[0]) & (jy__code_symbol(codes[1]) == key[1]);
}

static void settle_place(jy__hearing *h, jy__heard_form *items, size_t count)
{
    const jy__rounds *rounds = &h->rounds;
    jy__written written[JY__HEARD_FORMS];
    size_t first;
    if (rounds->scan->rare_done > rounds->base && !(count = drop_parted(rounds, items, count)))
        return;
    first = count_first(items, count);
    count = drop_same(items, first, count);
    h->asked++;
    if (count == 1 && !is_key_there(rounds, items)) {
        settle(rounds, items, &(jy__written){ JY__WRITTEN_NOT });
        return;
    }
    if (count == 1 && jy__sound_written_only(rounds, items)) {
        h->said += (rounds->scan->matcher->forms[items[0].form].flags & JY__FORM_SOUND_ALONE) != 0;
        return;
    }
    if (rounds->scan->matcher->forms[items[0].form].kin && jy__heard_beside(items) && jy__sound_kin_settle(rounds, items[0].form, items[0].index)) {
        h->said++;
        return;
    }
    jy__sound_written(rounds, items, count, written);
    for (size_t i = 0; i < count && !rounds->scan->stop; i++) {
        if (i >= first && written[i] == JY__WRITTEN_NOT && was_looked_at(items, i, written))
            written[i] = JY__WRITTEN;
        if (written[i] != JY__WRITTEN_ONLY)
            settle(rounds, &items[i], &written[i]);
    }
}

void jy__sound_settle_forms(jy__hearing *h)
{
    const jy__matcher *matcher = h->rounds.scan->matcher;
    for (uint32_t i = 0; i < h->form_count; i++)
        __builtin_prefetch(matcher->symbols + matcher->forms[h->forms[i].form].first);
    order(h);
    for (uint32_t i = 0, count; i < h->form_count && !h->rounds.scan->stop; i += count) {
        for (count = 1; i + count < h->form_count && h->forms[i + count].index == h->forms[i].index;)
            count++;
        settle_place(h, h->forms + i, count);
    }
    h->form_count = 0;
}
