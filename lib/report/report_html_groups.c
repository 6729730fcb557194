/* Counters by name. Comes in: a key, each time something is counted; goes out: lists in order, for the charts. Memory grows with the
 * number of different names only. */
#include "report/report_html.h"
#include <stdlib.h>

void jy__groups_init(jy__groups *groups, jy__arena *arena)
{
    memset(groups, 0, sizeof(*groups));
    groups->arena = arena;
    jy__map_init(&groups->at, arena->mem);
}

void jy__groups_free(jy__groups *groups)
{
    JY__VEC_FREE(groups->arena->mem, &groups->list);
    jy__map_free(&groups->at);
}

jy__group *jy__groups_get(jy__groups *groups, jy_str key)
{
    jy__group fresh;
    uint32_t number;
    if (jy__map_get(&groups->at, key, &number))
        return &groups->list.items[number];
    memset(&fresh, 0, sizeof(fresh));
    fresh.number = (uint32_t)groups->list.count;
    if (!jy__arena_str(groups->arena, key, &fresh.key) || !JY__VEC_ROOM(groups->arena->mem, &groups->list) ||
        !jy__map_put(&groups->at, fresh.key, fresh.number))
        return NULL;
    fresh.label = fresh.key;
    groups->list.items[groups->list.count] = fresh;
    return &groups->list.items[groups->list.count++];
}

static int by_key_order(const void *a, const void *b)
{
    return jy__str_cmp(((const jy__group *)a)->key, ((const jy__group *)b)->key);
}

static int by_count_order(const void *a, const void *b)
{
    const jy__group *x = a, *y = b;
    if (x->all != y->all)
        return x->all < y->all ? 1 : -1;
    return by_key_order(a, b);
}

void jy__groups_sort(jy__groups *groups, bool by_key)
{
    if (groups->list.count)
        qsort(groups->list.items, groups->list.count, sizeof(*groups->list.items), by_key ? by_key_order : by_count_order);
}
