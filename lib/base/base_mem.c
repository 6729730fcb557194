/* Memory of an object family: libc or the caller's allocator. No function here aborts; NULL travels up as JY_E_NOMEM. */
#include "base/base.h"
#include <stdlib.h>

static void *libc_realloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    (void)ctx; (void)old_size;
    return ptr ? realloc(ptr, new_size) : malloc(new_size);
}

static void libc_free(void *ctx, void *ptr, size_t size)
{
    (void)ctx; (void)size;
    free(ptr);
}

jy__mem jy__mem_of(const jy_alloc *alloc)
{
    if (alloc && alloc->realloc && alloc->free)
        return (jy__mem){ *alloc };
    return (jy__mem){ { NULL, libc_realloc, libc_free } };
}

/* Of nothing there is a byte: an allocator may answer NULL when asked for none. */
static size_t real_size(size_t size) { return size ? size : 1; }

void *jy__mem_alloc(const jy__mem *mem, size_t size)
{
    void *ptr = mem->alloc.realloc(mem->alloc.ctx, NULL, 0, real_size(size));
    if (ptr)
        memset(ptr, 0, size);
    return ptr;
}

void *jy__mem_resize(const jy__mem *mem, void *ptr, size_t old_size, size_t new_size)
{
    return mem->alloc.realloc(mem->alloc.ctx, ptr, ptr ? real_size(old_size) : 0, real_size(new_size));
}

void jy__mem_free(const jy__mem *mem, void *ptr, size_t size)
{
    if (ptr)
        mem->alloc.free(mem->alloc.ctx, ptr, real_size(size));
}

bool jy__mem_grow(const jy__mem *mem, void *array_ptr, size_t *capacity, size_t need, size_t item_size)
{
    size_t wanted = *capacity ? *capacity : 8;
    void *old, *grown;
    if (need <= *capacity)
        return true;
    while (wanted < need) {
        if (wanted > SIZE_MAX / 2)
            return false;
        wanted *= 2;
    }
    if (wanted > SIZE_MAX / item_size)
        return false;
    memcpy(&old, array_ptr, sizeof(old));
    grown = jy__mem_resize(mem, old, *capacity * item_size, wanted * item_size);
    if (!grown)
        return false;
    memcpy(array_ptr, &grown, sizeof(grown));
    *capacity = wanted;
    return true;
}

/* ---- arena: blocks in a chain; pieces are taken from the first. A large piece has a block of its own behind it, so that what is left of the first
 * is not lost.
 *   head ─▶ [next|size|used|data…   ] ─▶ [next|size|used|large piece] ─▶ [next|size|used|data…] ─▶ NULL
 * Spare ones, in which there is nothing, are in a chain of their own. */
struct jy__arena_block { jy__arena_block *next; size_t size, used; };

/* Sizes of blocks and what is not a string are multiples of 16. */
#define BLOCK_HEADER ((sizeof(jy__arena_block) + 15) & ~(size_t)15)
#define BLOCK_LEAST  ((size_t)1 << 10) /* ten thousand sessions live at once: an arena begins small and doubles */
#define BLOCK_MOST   ((size_t)64 << 10)
#define LARGE        ((size_t)16 << 10)

void jy__arena_init(jy__arena *arena, const jy__mem *mem)
{
    *arena = (jy__arena){ mem, NULL, NULL, 0 };
}

static bool fits(const jy__arena_block *block, size_t need) { return block && block->size - block->used >= need; }
static size_t aligned(size_t size) { return (size + 15) & ~(size_t)15; }

static jy__arena_block *take_spare(jy__arena *arena)
{
    jy__arena_block *block = arena->spare;
    arena->spare = block->next;
    block->next = arena->head;
    return arena->head = block;
}

/* The block to take `need` bytes from. */
static jy__arena_block *add_block(jy__arena *arena, size_t need)
{
    size_t twice = arena->head ? 2 * arena->head->size : BLOCK_LEAST, size = twice > BLOCK_MOST ? BLOCK_MOST : twice;
    bool apart = arena->head && need >= LARGE;
    jy__arena_block *block, **link = apart ? &arena->head->next : &arena->head;
    if (!apart && fits(arena->spare, need))
        return take_spare(arena);
    if (aligned(need) < need || aligned(need) > SIZE_MAX - BLOCK_HEADER)
        return NULL;
    if (apart || size < need + BLOCK_HEADER)
        size = aligned(need) + BLOCK_HEADER;
    block = jy__mem_resize(arena->mem, NULL, 0, size);
    if (!block)
        return NULL;
    *block = (jy__arena_block){ *link, size, BLOCK_HEADER };
    *link = block;
    arena->bytes += size;
    return block;
}

static void *take(jy__arena *arena, size_t need)
{
    jy__arena_block *block = fits(arena->head, need) ? arena->head : add_block(arena, need);
    if (!block)
        return NULL;
    block->used += need;
    return (char *)block + block->used - need;
}

void *jy__arena_alloc(jy__arena *arena, size_t size)
{
    void *ptr;
    if (arena->head)
        arena->head->used = aligned(arena->head->used); /* strings lie side by side before it */
    ptr = aligned(size) < size ? NULL : take(arena, aligned(size));
    if (ptr)
        memset(ptr, 0, size);
    return ptr;
}

bool jy__arena_str(jy__arena *arena, jy_str text, jy_str *out)
{
    char *copy = take(arena, text.len + 1);
    if (!copy)
        return false;
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    copy[text.len] = 0;
    *out = (jy_str){ copy, text.len };
    return true;
}

char *jy__arena_open(jy__arena *arena, size_t least, size_t *room)
{
    jy__arena_block *block = fits(arena->head, least) ? arena->head : add_block(arena, least);
    *room = block ? block->size - block->used : 0;
    return block ? (char *)block + block->used : NULL;
}

void jy__arena_close(jy__arena *arena, size_t used) { arena->head->used += used; }

static void free_blocks(jy__arena *arena, jy__arena_block *block)
{
    while (block) {
        jy__arena_block *next = block->next;
        arena->bytes -= block->size;
        jy__mem_free(arena->mem, block, block->size);
        block = next;
    }
}

void jy__arena_clear(jy__arena *arena)
{
    if (!arena->head)
        return;
    free_blocks(arena, arena->head->next);
    arena->head->next = NULL;
    arena->head->used = BLOCK_HEADER;
}

/* Those that were added last are the largest. */
void jy__arena_keep(jy__arena *arena, size_t most)
{
    jy__arena_block *chains[] = { arena->head, arena->spare }, **link = &arena->spare;
    arena->head = arena->spare = NULL;
    for (size_t i = 0; i < JY__COUNT(chains); i++)
        for (jy__arena_block *block = chains[i], *next; block; block = next) {
            next = block->next;
            block->next = NULL;
            block->used = BLOCK_HEADER;
            if (block->size > most) {
                free_blocks(arena, block);
                continue;
            }
            most -= block->size;
            *link = block;
            link = &block->next;
        }
}

void jy__arena_forget(jy__arena *arena)
{
    for (jy__arena_block *block = arena->head, *next; block; block = next) {
        next = block->next;
        memset(block, 0, sizeof(*block)); /* what is kept of two that begin alike is the same */
    }
    arena->head = NULL;
}

void jy__arena_free(jy__arena *arena)
{
    free_blocks(arena, arena->head);
    free_blocks(arena, arena->spare);
    arena->head = arena->spare = NULL;
}
