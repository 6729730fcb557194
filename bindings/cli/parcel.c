/* What a reader gave, kept: a few calls, copied, so that one thread can read an input and others judge it. A parcel is filled
 * again and again; its memory stays.
 *
 *     records  CALL ─▶ TURN ─▶ TURN ─▶ END ─▶ CALL ─▶ …     each with its strings behind it in the same blocks */
#include "scan.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM = 64 << 10 };

struct parcel_block { struct parcel_block *next; size_t used, size; };
struct parcel_record { struct parcel_record *next; int32_t kind; };

static size_t aligned(size_t size) { return (size + 15) & ~(size_t)15; }

static void *take(parcel *p, size_t size)
{
    struct parcel_block *block = p->block;
    size = aligned(size);
    if (!block || block->size - block->used < size) {
        struct parcel_block **link = block ? &block->next : &p->blocks;
        while ((block = *link) && block->size < size) { /* too small: a larger one takes its place */
            *link = block->next;
            free(block);
        }
        if (!block) {
            size_t room = size > ROOM ? size : ROOM;
            block = mem_resize(NULL, aligned(sizeof(*block)) + room);
            *block = (struct parcel_block){ .size = room };
            *link = block;
        }
        block->used = 0;
        p->block = block;
    }
    void *got = (char *)block + aligned(sizeof(*block)) + block->used;
    block->used += size;
    return got;
}

static void own(parcel *p, jy_str *piece)
{
    if (!piece->len)
        return;
    piece->ptr = memcpy(take(p, piece->len), piece->ptr, piece->len);
    p->bytes += piece->len;
}

static void own_place(parcel *p, jy_place *place)
{
    own(p, &place->pointer);
    own(p, &place->raw);
}

static void *add_record(parcel *p, int32_t kind, const void *what, size_t size)
{
    struct parcel_record *made = take(p, aligned(sizeof(*made)) + size);
    *made = (struct parcel_record){ .kind = kind };
    *(p->last ? &p->last->next : &p->first) = made;
    p->last = made;
    return size ? memcpy((char *)made + aligned(sizeof(*made)), what, size) : NULL;
}

static void own_all(parcel *p, jy_str *const *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++)
        own(p, pieces[i]);
}

void parcel_add(parcel *p, const jy_item *item)
{
    if (item->kind == JY_ITEM_TURN) {
        jy_turn *turn = add_record(p, item->kind, &item->turn, sizeof(*turn));
        own_all(p, (jy_str *const[]){ &turn->text, &turn->label, &turn->id }, 3);
        own_place(p, &turn->place);
    } else if (item->kind == JY_ITEM_EVENT) {
        jy_event *event = add_record(p, item->kind, &item->event, sizeof(*event));
        own_place(p, &event->place);
    } else if (item->kind == JY_ITEM_CALL) {
        jy_call *call = add_record(p, item->kind, &item->call, sizeof(*call));
        own_all(p, (jy_str *const[]){ &call->id, &call->source, &call->agent, &call->customer, &call->team, &call->queue, &call->start,
                                      &call->direction }, 8);
    } else if (item->kind == JY_ITEM_BROKEN) {
        jy_diag *diag = add_record(p, item->kind, &item->diag, sizeof(*diag));
        own_all(p, (jy_str *const[]){ &diag->source, &diag->rule, &diag->message }, 3);
    } else {
        add_record(p, item->kind, NULL, 0);
    }
    p->items++;
}

bool parcel_next(parcel *p, jy_item *item)
{
    struct parcel_record *record = p->first;
    if (!record)
        return false;
    const void *what = (const char *)record + aligned(sizeof(*record));
    p->first = record->next;
    *item = (jy_item)JY_ITEM_INIT;
    item->kind = record->kind;
    switch (record->kind) {
    case JY_ITEM_TURN: item->turn = *(const jy_turn *)what; break;
    case JY_ITEM_EVENT: item->event = *(const jy_event *)what; break;
    case JY_ITEM_CALL: item->call = *(const jy_call *)what; break;
    case JY_ITEM_BROKEN: item->diag = *(const jy_diag *)what; break;
    default: break;
    }
    return true;
}

void parcel_clear(parcel *p)
{
    p->first = p->last = NULL;
    p->items = p->bytes = 0;
    p->block = p->blocks;
    if (p->block)
        p->block->used = 0;
}

void parcel_free(parcel *p)
{
    for (struct parcel_block *next, *block = p->blocks; block; block = next) {
        next = block->next;
        free(block);
    }
    *p = (parcel){ 0 };
}
