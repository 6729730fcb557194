/* Sets of literals of which one stands at a place of the text: what a pattern's pieces come to when they are put side by side.
 *
 *   {吃} · 了? = {吃, 吃了} · {啥, 什么} = {吃啥, 吃什么, 吃了啥, 吃了什么} */
#include "match/patterns/match_required.h"

void jy__literals_empty(jy__required *out)
{
    out->count = 1;
    out->items[0].count = 0;
}

uint32_t jy__literals_longest(const jy__required *literals)
{
    uint32_t longest = 0;
    for (uint32_t i = 0; i < literals->count; i++)
        longest = literals->items[i].count > longest ? literals->items[i].count : longest;
    return longest;
}

static void put(jy__required_literal *to, const jy__required_literal *behind)
{
    memcpy(to->symbols + to->count, behind->symbols, behind->count * sizeof(*to->symbols));
    to->count += behind->count;
}

/* From the last on: each stands where it, or one behind it, stood. */
bool jy__literals_join(jy__required *first, const jy__required *behind, uint32_t most)
{
    uint32_t count = first->count * behind->count;
    if (count > JY__REQUIRED_MOST || (count > most && count > first->count) || jy__literals_longest(first) + jy__literals_longest(behind) > JY__REQUIRED_LONGEST)
        return false;
    for (uint32_t i = first->count; i-- > 0;) {
        const jy__required_literal own = first->items[i];
        for (uint32_t k = behind->count; k-- > 0;) {
            first->items[i * behind->count + k] = own;
            put(&first->items[i * behind->count + k], &behind->items[k]);
        }
    }
    first->count = count;
    return true;
}

bool jy__literals_add(jy__required *to, const jy__required *other)
{
    if (to->count + other->count > JY__REQUIRED_MOST)
        return false;
    memcpy(to->items + to->count, other->items, other->count * sizeof(*to->items));
    to->count += other->count;
    return true;
}

static bool is_in(const jy__required_literal *part, const jy__required_literal *whole)
{
    for (uint32_t at = 0; at + part->count <= whole->count; at++)
        if (!memcmp(whole->symbols + at, part->symbols, part->count * sizeof(*part->symbols)))
            return true;
    return false;
}

/* Of two alike the first stays. */
static bool has_another(const jy__required *literals, uint32_t number)
{
    const jy__required_literal *own = &literals->items[number];
    for (uint32_t i = 0; i < literals->count; i++)
        if (i != number && (literals->items[i].count < own->count || (literals->items[i].count == own->count && i < number)) && is_in(&literals->items[i], own))
            return true;
    return false;
}

void jy__literals_shorten(jy__required *literals)
{
    uint32_t kept = 0;
    bool dropped[JY__REQUIRED_MOST];
    for (uint32_t i = 0; i < literals->count; i++)
        dropped[i] = has_another(literals, i);
    for (uint32_t i = 0; i < literals->count; i++)
        if (!dropped[i])
            literals->items[kept++] = literals->items[i];
    literals->count = kept;
}

bool jy__literals_same(const jy__required *a, const jy__required *b)
{
    bool same = a->count == b->count && a->count > 0;
    for (uint32_t i = 0; same && i < a->count; i++)
        same = a->items[i].count == b->items[i].count && !memcmp(a->items[i].symbols, b->items[i].symbols, a->items[i].count * sizeof(uint32_t));
    return same;
}
