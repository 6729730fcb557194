/* What a form is looked for by, by sound. In: its symbols. Out: which of them are its key, and from where on it can be said by sound in one way only
 * when it stands there itself: then what stands there needs not to be walked by sound.
 *
 *   form   上 海 商 行      the ways that 上 海 商 leaves: all three said, or (商 as 上 again) the first one; 行 ends the second */
#include "match/tables/match_build.h"
#include "match/match_limits.h"

/* How many characters sound like those of a key decides, not how common they are themselves: a syllable's weight is counted over all
 * symbols that have it. */
static bool choose_sound(const jy__matcher *matcher, jy__form *form, uint32_t count)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    uint64_t best = UINT64_MAX;
    for (uint32_t i = 0; i + count <= form->count; i++) {
        uint64_t weight = 1;
        for (uint32_t k = 0; k < count; k++)
            weight *= jy__sound_weight(symbols[i + k]);
        if (!weight || weight >= best)
            continue;
        best = weight;
        form->sound_key = (uint8_t)i;
    }
    return best < UINT64_MAX;
}

/* ---- ways to say its own symbols */

static bool alike(uint32_t a, uint32_t b)
{
    if (jy__is_code(a) && jy__is_code(b) && a != b && !(jy__heard_set_of(a)->bloom & jy__heard_set_of(b)->bloom))
        return false;
    return a == b || jy__sound_cost(a, b) != JY__SOUND_NONE;
}

#define MOST_WAYS 8
typedef struct ways { uint32_t at[MOST_WAYS], count; bool many; } ways; /* how many symbols are said on each */

static void add_way(ways *all, uint32_t at)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (all->at[i] == at)
            return;
    if (all->count < MOST_WAYS)
        all->at[all->count++] = at;
    else
        all->many = true;
}

static ways say(const uint32_t *symbols, uint32_t symbol, const ways *now)
{
    ways next = { { 0 }, 0, now->many };
    for (uint32_t k = 0; k < now->count; k++)
        for (uint32_t back = 0; back <= JY__MATCH_REPEAT_LONGEST && back <= now->at[k]; back++)
            if (alike(symbol, symbols[now->at[k] - back]))
                add_way(&next, now->at[k] - back + 1);
    return next;
}

/* Follows the form by sound over its own symbols, from the first one of its key on. Behind how many of them there is last more than one way. */
static uint32_t last_fork(const jy__matcher *matcher, const jy__form *form)
{
    const uint32_t *symbols = matcher->symbols + form->first;
    uint32_t last = 0, i = form->sound_key + 1u;
    ways now = { { i }, 1, false };
    for (; i < form->count && !now.many; i++) {
        now = say(symbols, symbols[i], &now);
        if (now.count > 1)
            last = i + 1;
    }
    return now.many ? form->count : last;
}

void jy__form_choose_sound(const jy__matcher *matcher, jy__form *form)
{
    if (!(jy__form_may(form, JY_FOLD_SOUND)) || (form->flags & JY__FORM_MARKS))
        return;
    if (choose_sound(matcher, form, 3))
        form->flags |= JY__FORM_SOUND | JY__FORM_SOUND_TRIPLE;
    else if (choose_sound(matcher, form, 2))
        form->flags |= JY__FORM_SOUND;
    form->sound_fork = form->count;
    if ((form->flags & JY__FORM_SOUND) && (form->flags & JY__FORM_ONE_WAY))
        form->sound_fork = (uint8_t)last_fork(matcher, form);
}
