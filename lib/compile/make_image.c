/* Runs while the library is built: compiles sets of its packs and writes them as images (compile_image.h) and as an assembler file that puts
 * the images into the library.
 *
 * Where the pointers are is found by doing it twice. All memory of the compiler comes from a region of its own, in the second run at another
 * address; what differs between the two and points to the same place of the same block is a pointer:
 *
 *   run 1   block 7: 0000100000002a40 00000003      run 2   block 7: 0000200000002a40 00000003
 *                    └ block 9 + 0x40   plain                        └ block 9 + 0x40
 *
 * The runs have other dates too, so that a pack whose rules depend on the day has no image. Without one, a pack is compiled when it is used. */
#include "compile/compile_image.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define REGION ((size_t)1 << 30)
#define BLOCKS 65536

typedef struct block { size_t begin, size, place; bool live, linked; } block;
typedef struct region { unsigned char *base; size_t used, count; block *blocks; jy_rules *rules; } region;
typedef struct links { jy__image_link *items; size_t count, capacity; } links;

static int fail(const char *why)
{
    fprintf(stderr, "make_image: no image: %s\n", why);
    return -1;
}

/* ---- memory that is never used twice */
static size_t place_of(const region *r, const void *ptr) { return (size_t)((const unsigned char *)ptr - r->base); }

static block *block_at(const region *r, size_t place)
{
    size_t low = 0, high = r->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->blocks[middle].begin + r->blocks[middle].size < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->count && r->blocks[low].begin <= place ? &r->blocks[low] : NULL;
}

static void take_back(void *ctx, void *ptr, size_t size)
{
    region *r = ctx;
    block *old = ptr ? block_at(r, place_of(r, ptr)) : NULL;
    (void)size;
    if (old)
        old->live = false;
}

static void *give(void *ctx, void *ptr, size_t old_size, size_t size)
{
    region *r = ctx;
    block *fresh;
    if (r->count == BLOCKS || size > REGION - r->used - 64)
        return NULL;
    fresh = &r->blocks[r->count++];
    *fresh = (block){ .begin = r->used, .size = size, .live = true };
    r->used += (size + 31) & ~(size_t)15; /* one past a block is not yet the next */
    if (ptr)
        memcpy(r->base + fresh->begin, ptr, old_size < size ? old_size : size);
    take_back(ctx, ptr, old_size);
    return r->base + fresh->begin;
}

/* ---- a run */
static int add_packs(jy_compiler *compiler, const char *packs)
{
    int status = JY_OK;
    for (size_t len; status == JY_OK && *packs; packs += len + (packs[len] == ' ')) {
        len = strcspn(packs, " ");
        status = jy_compiler_add_builtin(compiler, (jy_str){ packs, len });
    }
    return status;
}

static int compile(region *r, const char *packs, int64_t date)
{
    const jy_alloc alloc = { r, give, take_back };
    jy_compiler *compiler;
    int status = jy_compiler_new(&compiler, &alloc);
    if (status != JY_OK)
        return status;
    status = jy_compiler_set(compiler, JY_PARAM_DATE, date);
    if (status == JY_OK)
        status = add_packs(compiler, packs);
    if (status == JY_OK)
        status = jy_compiler_build(compiler, &r->rules);
    if (status == JY_OK && jy_compiler_diag_count(compiler))
        status = JY_E_RULES; /* who wakes an image gets no remarks */
    if (status == JY_OK)
        jy_rules_ref(r->rules); /* the compiler's goes with it */
    jy_compiler_free(compiler);
    if (status != JY_OK)
        return status;
    r->rules->references = 1;
    jy__image_rest(r->rules);
    return JY_OK;
}

static int run(region *r, uintptr_t address, const char *packs, int64_t date)
{
    void *base = mmap((void *)address, REGION, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    *r = (region){ .base = base, .blocks = calloc(BLOCKS, sizeof(block)) };
    if (base == MAP_FAILED || !r->blocks)
        return fail("no memory");
    return compile(r, packs, date) == JY_OK ? 0 : fail("the packs do not compile");
}

static void end_run(region *r)
{
    if (r->base && r->base != MAP_FAILED)
        munmap(r->base, REGION);
    free(r->blocks);
}

/* ---- what is a pointer */
static uint64_t word_at(const region *r, size_t place)
{
    uint64_t word;
    memcpy(&word, r->base + place, sizeof(word));
    return word;
}

extern const char __executable_start[], end[]; /* of the linker */

static bool is_of_program(uint64_t word) { return word >= (uintptr_t)__executable_start && word < (uintptr_t)end; }

static block *target(const region *r, uint64_t word)
{
    uint64_t base = (uintptr_t)r->base;
    block *found = word >= base && word < base + r->used ? block_at(r, (size_t)(word - base)) : NULL;
    return found && found->live ? found : NULL;
}

static bool is_pointer(const region *a, const region *b, uint64_t one, uint64_t other)
{
    return one != other && target(a, one) && one - (uintptr_t)a->base == other - (uintptr_t)b->base;
}

/* What differs and is no pointer lies between the members of a struct: nobody reads it, and it becomes zero, so that the library is the same
 * whenever it is built. */
static void clear_between(region *a, const region *b, size_t place)
{
    for (size_t i = 0; i < 8; i++)
        if (a->base[place + i] != b->base[place + i])
            a->base[place + i] = 0;
}

/* Marks the blocks with pointers. */
static int compare_block(region *a, const region *b, block *own)
{
    for (size_t at = 0; at + 8 <= own->size; at += 8) {
        uint64_t one = word_at(a, own->begin + at), other = word_at(b, own->begin + at);
        if (is_of_program(one) || is_of_program(other))
            return fail("something points into the program");
        if (is_pointer(a, b, one, other))
            own->linked = true;
        else if (one != other)
            clear_between(a, b, own->begin + at);
    }
    return 0;
}

/* The image is of any day: no rule may be for some days only. */
static int compare_rules(const region *a, const region *b)
{
    for (uint32_t i = 0; i < a->rules->rule_count; i++)
        if (a->rules->rules[i].judged != b->rules->rules[i].judged)
            return fail("a rule is not for every day");
    return 0;
}

static int compare(region *a, const region *b)
{
    int status = 0;
    if (a->count != b->count || a->used != b->used)
        return fail("two runs differ in their memory");
    for (size_t i = 0; status == 0 && i < a->count; i++) {
        block *own = &a->blocks[i];
        if (own->live != b->blocks[i].live || own->begin != b->blocks[i].begin || own->size != b->blocks[i].size)
            return fail("two runs differ in their memory");
        if (own->live)
            status = compare_block(a, b, own);
    }
    return status == 0 ? compare_rules(a, b) : status;
}

/* ---- the image */
static size_t up(size_t size, size_t to) { return (size + to - 1) / to * to; }

/* jy_rules first, then the other linked blocks; the plain ones have an order of their own. */
static void lay_out(region *r, jy__image *image)
{
    block *first = block_at(r, place_of(r, r->rules));
    first->place = 0;
    image->linked = up(first->size, 16);
    for (size_t i = 0; i < r->count; i++) {
        block *own = &r->blocks[i];
        if (!own->live || own == first)
            continue;
        uint64_t *size = own->linked ? &image->linked : &image->plain;
        own->place = up(*size, own->linked ? 16 : JY__IMAGE_ALIGN);
        *size = own->place + own->size;
    }
    image->plain = up(image->plain, JY__IMAGE_ALIGN);
    image->linked = up(image->linked, JY__IMAGE_ALIGN);
}

static bool add_link(links *l, size_t at, size_t to, bool linked)
{
    if (at / 8 > UINT32_MAX || to >= JY__IMAGE_LINKED)
        return false;
    if (l->count == l->capacity) {
        l->capacity = l->capacity ? 2 * l->capacity : 1 << 16;
        l->items = realloc(l->items, l->capacity * sizeof(*l->items));
        if (!l->items)
            return false;
    }
    l->items[l->count++] = (jy__image_link){ (uint32_t)(at / 8), (uint32_t)to | (linked ? JY__IMAGE_LINKED : 0) };
    return true;
}

static int list_links(const region *a, const region *b, links *l)
{
    for (size_t i = 0; i < a->count; i++) {
        const block *own = &a->blocks[i];
        for (size_t at = 0; own->live && own->linked && at + 8 <= own->size; at += 8) {
            uint64_t one = word_at(a, own->begin + at);
            if (!is_pointer(a, b, one, word_at(b, own->begin + at)))
                continue;
            const block *to = target(a, one);
            if (!add_link(l, own->place + at, to->place + (size_t)(one - (uintptr_t)a->base - to->begin), to->linked))
                return fail("it is too large");
        }
    }
    return 0;
}

static bool write_part(FILE *file, const region *r, bool linked, size_t size)
{
    unsigned char *part = calloc(1, size + 1);
    bool done;
    for (size_t i = 0; part && i < r->count; i++)
        if (r->blocks[i].live && r->blocks[i].linked == linked)
            memcpy(part + r->blocks[i].place, r->base + r->blocks[i].begin, r->blocks[i].size);
    done = part && fwrite(part, 1, size, file) == size;
    free(part);
    return done;
}

static bool write_image(FILE *file, const region *r, const jy__image *image, const links *l)
{
    static const unsigned char zeros[JY__IMAGE_ALIGN] = { 0 };
    size_t rest = jy__image_bytes(image) - (sizeof(*image) + image->plain + image->linked + image->links * sizeof(jy__image_link));
    return fwrite(image, 1, sizeof(*image), file) == sizeof(*image) && write_part(file, r, false, image->plain) &&
           write_part(file, r, true, image->linked) && fwrite(l->items, sizeof(*l->items), l->count, file) == l->count &&
           fwrite(zeros, 1, rest, file) == rest;
}

/* False: not written. A set that can have no image is left out. */
static bool add_image(FILE *file, const char *packs)
{
    region a = { 0 }, b = { 0 };
    jy__image image = { 0 };
    links l = { NULL, 0, 0 };
    bool done = strlen(packs) < sizeof(image.packs);
    if (done && run(&a, (uintptr_t)1 << 44, packs, 19000101) == 0 && run(&b, (uintptr_t)2 << 44, packs, 29991231) == 0 && compare(&a, &b) == 0) {
        memcpy(image.packs, packs, strlen(packs));
        lay_out(&a, &image);
        if (list_links(&a, &b, &l) == 0) {
            image.links = l.count;
            done = write_image(file, &a, &image, &l);
        }
    }
    end_run(&a);
    end_run(&b);
    free(l.items);
    return done;
}

static bool write_images(const char *path, char *const *sets, int count)
{
    static const jy__image last = { 0 };
    FILE *file = fopen(path, "wb");
    bool done = file != NULL;
    for (int i = 0; done && i < count; i++)
        done = add_image(file, sets[i]);
    done = done && fwrite(&last, 1, sizeof(last), file) == sizeof(last);
    if (file && fclose(file))
        done = false;
    return done;
}

static bool write_assembler(const char *path, const char *images)
{
    FILE *file = fopen(path, "w");
    bool done = file && fprintf(file, ".section .rodata\n.balign %d\n.globl jy__images\n.hidden jy__images\njy__images:\n.incbin \"%s\"\n"
                                      ".section .note.GNU-stack,\"\",%%progbits\n",
                                JY__IMAGE_ALIGN, images) > 0;
    if (file && fclose(file))
        done = false;
    return done;
}

int main(int argc, char **argv)
{
    _Static_assert(sizeof(jy__image) == JY__IMAGE_ALIGN, "what follows the head is aligned too");
    if (argc < 4) {
        fprintf(stderr, "make_image IMAGES ASSEMBLER PACKS… (each: names with a blank between)\n");
        return 2;
    }
    if (write_images(argv[1], argv + 3, argc - 3) && write_assembler(argv[2], argv[1]))
        return 0;
    perror(argv[1]);
    return 1;
}
