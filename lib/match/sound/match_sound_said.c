/* Phrases that simply stand there as they are written need not be asked for by sound, and nothing else does where such a phrase's key by sound is no
 * other's. In: a frozen matcher's forms, and later places where keys by sound may stand. Out: the phrases that do, and the places that are left. What is
 * asked for there would be settled so, too (match_sound_forms.c), but only behind all the tables on the way: where most of what is heard is written,
 * it is looked at before.
 *
 *   codes   … 没 办 法 …     没办法 is settled; its key by sound mei ban fa is that of no other form: nothing else is heard there */
#include "match/sound/match_sound.h"
#include "match/settle/match_whole.h"

/* Whether all entries of the key are the form's. */
static bool is_own(const jy__sound_keys *index, uint32_t key, uint32_t number)
{
    const jy__sound_start *start = &index->starts[jy__sound_start_of(index, key)];
    for (uint32_t i = start[0].first; i < start[1].first; i++)
        if (jy__sound_is_of(index, i, key) && index->entries[i].form != number)
            return false;
    return true;
}

/* Its three codes are of one or two classes each, and the third does not say the second again: then no key begins there but those of all three
 * (match_sound_rounds.c). */
bool jy__said_usual(const jy__sound_keys *index, const jy__heard_set *const sets[3])
{
    if (index->twos && jy__bit(index->twos, sets[0]->byte | (size_t)sets[1]->byte << 8))
        return false;
    for (int i = 0; i < 3; i++)
        if (sets[i]->count < 1 || sets[i]->count > 2)
            return false;
    for (size_t j = 0; j < sets[1]->count; j++)
        for (size_t k = 0; k < sets[2]->count; k++)
            if (jy__bit(index->again, jy__sound_again(sets[1]->classes[j], sets[2]->classes[k])))
                return false;
    return true;
}

static bool is_alone(const jy__matcher *matcher, uint32_t number)
{
    const jy__sound_keys *index = &matcher->sound_keys;
    const uint32_t *key = jy__form_heard_key(matcher, &matcher->forms[number]);
    const jy__heard_set *const sets[3] = { jy__heard_set_of(key[0]), jy__heard_set_of(key[1]), jy__heard_set_of(key[2]) };
    if (!jy__said_usual(index, sets))
        return false;
    for (size_t i = 0; i < sets[0]->count; i++)
        for (size_t j = 0; j < sets[1]->count; j++)
            for (size_t k = 0; k < sets[2]->count; k++)
                if (!is_own(index, jy__sound_key(sets[0]->classes[i], sets[1]->classes[j], sets[2]->classes[k]), number))
                    return false;
    return true;
}

/* As it is written it is settled by sound (jy__sound_settle_form). */
static bool is_settled(const jy__matcher *matcher, const jy__form *form)
{
    return jy__form_heard_triple(form) && form->flags & JY__FORM_SHORT && form->sound_fork < form->count && !matcher->has_stops;
}

void jy__said_build(jy__matcher *matcher)
{
    for (uint32_t i = 0; i < matcher->form_count; i++)
        if (is_settled(matcher, &matcher->forms[i]) && is_alone(matcher, i))
            matcher->forms[i].flags |= JY__FORM_SOUND_ALONE;
}

bool jy__said_at(jy__hearing *h, size_t at)
{
    const jy__matcher *matcher = h->rounds.scan->matcher;
    const uint16_t *codes = h->rounds.codes + at;
    const jy__context *context = jy__pair_look(&matcher->pair_index, (codes[0] + JY__PAIR_BY_SOUND) << 16 | codes[1]);
    for (; context; context = jy__context_next(context)) {
        const jy__heard_form item = { context->form, (uint16_t)at, 1, 1 };
        const jy__form *form = &matcher->forms[context->form];
        bool kin = form->kin && matcher->forms[form->kin - 1].count > form->count; /* the shortest asks for all of them */
        if (kin ? jy__sound_kin_settle(&h->rounds, item.form, at) : form->flags & JY__FORM_SOUND_ALONE && jy__sound_written_only(&h->rounds, &item)) {
            h->asked++;
            h->said++;
            return true;
        }
    }
    return false;
}

size_t jy__said_leave(jy__hearing *h, uint32_t *found, size_t count)
{
    size_t left = 0;
    if (!h->rounds.scan->said)
        return count;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = found[i];
        found[left] = at;
        left += h->rounds.scan->stop || !jy__said_at(h, at);
    }
    return left;
}

/* Not compiled for an engine: code without its instructions must not run where its registers are in use. */
size_t jy__said_leave_wholes(jy__hearing *h, const uint16_t *found, size_t count, const jy__wholes *wholes, uint16_t *out)
{
    const jy__scan *scan = h->rounds.scan;
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        uint16_t at = found[i];
        bool said = wholes && wholes->sizes[i] && !scan->stop && jy__whole_settle(&h->rounds, wholes, i);
        h->asked += said;
        h->said += said;
        out[left] = at;
        left += !said && (scan->stop || !jy__said_at(h, at));
    }
    return left;
}
