/* Growing text, string helpers, and the string map. A failed jy__text stays failed: callers check once, at the end. */
#include "base/base.h"

void jy__text_init(jy__text *text, const jy__mem *mem)
{
    *text = (jy__text){ mem, NULL, 0, 0, false };
}

void jy__text_add(jy__text *text, const char *ptr, size_t len)
{
    if (text->failed || len == 0)
        return;
    if (text->cap - text->len <= len && (len > SIZE_MAX - text->len - 1 || !jy__mem_grow(text->mem, &text->ptr, &text->cap, text->len + len + 1, 1))) {
        text->failed = true;
        return;
    }
    memcpy(text->ptr + text->len, ptr, len);
    text->len += len;
    text->ptr[text->len] = 0;
}

void jy__text_str(jy__text *text, jy_str piece) { jy__text_add(text, piece.ptr, piece.len); }
void jy__text_c(jy__text *text, const char *zero_terminated) { jy__text_add(text, zero_terminated, strlen(zero_terminated)); }

void jy__text_cp(jy__text *text, uint32_t cp)
{
    char bytes[4];
    jy__text_add(text, bytes, jy__utf8_put(cp, bytes));
}

void jy__text_int(jy__text *text, int64_t number)
{
    char digits[24];
    size_t at = sizeof(digits);
    uint64_t rest = number < 0 ? (uint64_t)0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (number < 0)
        digits[--at] = '-';
    jy__text_add(text, digits + at, sizeof(digits) - at);
}

void jy__text_clear(jy__text *text)
{
    text->len = 0;
    text->failed = false;
}

void jy__text_free(jy__text *text)
{
    jy__mem_free(text->mem, text->ptr, text->cap);
    jy__text_init(text, text->mem);
}

/* A public buffer must outlive its maker, so it carries its own copy of the allocator in front of the bytes. */
typedef struct buf_owner { jy__mem mem; size_t size; } buf_owner;

int jy__text_give(jy__text *text, jy_buf *out)
{
    buf_owner *owner;
    if (text->failed)
        return JY_E_NOMEM;
    owner = jy__mem_alloc(text->mem, sizeof(*owner) + text->len + 1);
    if (!owner)
        return JY_E_NOMEM;
    *owner = (buf_owner){ *text->mem, sizeof(*owner) + text->len + 1 };
    *out = (jy_buf){ (char *)(owner + 1), text->len, owner };
    if (text->len)
        memcpy(out->ptr, text->ptr, text->len);
    return JY_OK;
}

void jy_buf_free(jy_buf *buf)
{
    if (buf && buf->owner) {
        buf_owner *owner = buf->owner;
        jy__mem mem = owner->mem;
        jy__mem_free(&mem, owner, owner->size);
        *buf = (jy_buf)JY_BUF_INIT;
    }
}

int jy__str_cmp(jy_str a, jy_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

jy_str jy__str_of(const char *zero_terminated)
{
    return (jy_str){ zero_terminated, zero_terminated ? strlen(zero_terminated) : 0 };
}

uint64_t jy__hash(const void *bytes, size_t len)
{
    const char *p = bytes;
    uint64_t hash = len * 0x9E3779B97F4A7C15u, word;
    for (; len >= sizeof(word); p += sizeof(word), len -= sizeof(word)) {
        memcpy(&word, p, sizeof(word));
        hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    if (len) {
        word = 0;
        memcpy(&word, p, len);
        hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
    }
    hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93u; /* a byte at the end of a word reaches the top bits alone: bring it down */
    return hash ^ (hash >> 32);
}

#define DISTANCE_LONGEST 64

size_t jy__str_distance(jy_str a, jy_str b, size_t most)
{
    size_t row[DISTANCE_LONGEST + 1];
    if (a.len > DISTANCE_LONGEST || b.len > DISTANCE_LONGEST)
        return most + 1;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < change) change = row[j] + 1;
            if (row[j - 1] + 1 < change) change = row[j - 1] + 1;
            row[j] = change;
        }
    }
    return row[b.len];
}

void jy__map_init(jy__map *map, const jy__mem *mem)
{
    *map = (jy__map){ mem, NULL, 0, 0 };
}

/* What a slot keeps of a key's hash: never 0, which is an empty slot. */
static uint32_t mark_of(jy_str key) { return (uint32_t)jy__hash(key.ptr, key.len) | 1; }

static jy__map_slot *find_slot(const jy__map *map, jy_str key, uint32_t mark)
{
    size_t mask = map->capacity - 1;
    for (size_t at = mark >> 1 & mask;; at = (at + 1) & mask)
        if (!map->slots[at].used || (map->slots[at].used == mark && jy__str_eq(map->slots[at].key, key)))
            return &map->slots[at];
}

bool jy__map_get(const jy__map *map, jy_str key, uint32_t *out)
{
    jy__map_slot *slot = map->capacity ? find_slot(map, key, mark_of(key)) : NULL;
    if (!slot || !slot->used)
        return false;
    *out = slot->value;
    return true;
}

static bool grow_map(jy__map *map)
{
    jy__map bigger = *map;
    bigger.capacity = map->capacity ? map->capacity * 4 : 16;
    bigger.slots = jy__mem_alloc(map->mem, bigger.capacity * sizeof(*bigger.slots));
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].used)
            *find_slot(&bigger, map->slots[i].key, map->slots[i].used) = map->slots[i];
    jy__map_free(map);
    *map = bigger;
    return true;
}

/* The slot of a key, which may be empty; NULL: no memory. */
static jy__map_slot *slot_for(jy__map *map, jy_str key, uint32_t mark)
{
    if ((map->count + 1) * 2 > map->capacity && !grow_map(map))
        return NULL;
    return find_slot(map, key, mark);
}

bool jy__map_put(jy__map *map, jy_str key, uint32_t value)
{
    uint32_t mark = mark_of(key);
    jy__map_slot *slot = slot_for(map, key, mark);
    if (!slot)
        return false;
    map->count += !slot->used;
    *slot = (jy__map_slot){ key, value, mark };
    return true;
}

bool jy__map_intern(jy__map *map, jy_str key, uint32_t fresh, uint32_t *out)
{
    uint32_t mark = mark_of(key);
    jy__map_slot *slot = slot_for(map, key, mark);
    if (!slot)
        return false;
    if (!slot->used) {
        *slot = (jy__map_slot){ key, fresh, mark };
        map->count++;
    }
    *out = slot->value;
    return true;
}

void jy__map_free(jy__map *map)
{
    jy__mem_free(map->mem, map->slots, map->capacity * sizeof(*map->slots));
    map->slots = NULL;
    map->capacity = 0;
}

/* Eight bytes at a time: a byte is zero where the difference borrows and the byte itself had no top bit. */
const char *jy__memrchr(const char *text, char byte, size_t len)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    while (len >= 8) {
        uint64_t word;
        memcpy(&word, text + len - 8, 8);
        word ^= ones * (unsigned char)byte;
        if ((word - ones) & ~word & tops)
            break;
        len -= 8;
    }
    while (len > 0)
        if (text[--len] == byte)
            return text + len;
    return NULL;
}
