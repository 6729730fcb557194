/* Runs while the library is built: compiles sets of its packs and writes them as images (compile_image.h) and as an assembler file that puts
 * the images into the library.
 *
 * Where the pointers are is found by doing it twice. All memory of the compiler comes from a region of its own, in the second run at another
 * address; what differs between the two and points to the same place of the same block is a pointer:
 *
 *   run 1   block 7: 0000100000002a40 00000003      run 2   block 7: 0000200000002a40 00000003
 *                    └ block 9 + 0x40   plain                        └ block 9 + 0x40
 *
 * Memory that was not written yet differs, too, so that what nobody wrote is known; what of it is behind all else in a block is not kept.
 * The runs have other dates too, so that a pack whose rules depend on the day has no image. Without one, a pack is compiled when it is used. */
#include "compile/make_image.h"
#include <sys/mman.h>

#define REGION ((size_t)1 << 30)
#define BLOCKS 65536

static int fail(const char *why)
{
    fprintf(stderr, "make_image: no image: %s\n", why);
    return -1;
}

/* ---- memory that is never used twice */
static size_t place_of(const region *r, const void *ptr) { return (size_t)((const unsigned char *)ptr - r->base); }

block *make_block_at(const region *r, size_t place)
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
    block *old = ptr ? make_block_at(r, place_of(r, ptr)) : NULL;
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
    memset(r->base + fresh->begin, r->unwritten, size);
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

static int run(region *r, uintptr_t address, const char *packs, int64_t date, unsigned char unwritten)
{
    void *base = mmap((void *)address, REGION, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    *r = (region){ .base = base, .blocks = calloc(BLOCKS, sizeof(block)), .unwritten = unwritten };
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
uint64_t make_word_at(const region *r, size_t place)
{
    uint64_t word;
    memcpy(&word, r->base + place, sizeof(word));
    return word;
}

extern const char __executable_start[], end[]; /* of the linker */

static bool is_of_program(uint64_t word) { return word >= (uintptr_t)__executable_start && word < (uintptr_t)end; }

block *make_target(const region *r, uint64_t word)
{
    uint64_t base = (uintptr_t)r->base;
    block *found = word >= base && word < base + r->used ? make_block_at(r, (size_t)(word - base)) : NULL;
    return found && found->live ? found : NULL;
}

bool make_is_pointer(const region *a, const region *b, uint64_t one, uint64_t other)
{
    return one != other && make_target(a, one) && one - (uintptr_t)a->base == other - (uintptr_t)b->base;
}

/* What differs and is no pointer nobody wrote, as it lies between the members of a struct or in room to spare: nobody reads it, and it becomes zero, so
 * that the library is the same whenever it is built. Returns how many of so many bytes are kept. */
static size_t clear_between(region *a, const region *b, size_t place, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (a->base[place + i] == b->base[place + i])
            kept = i + 1;
        else
            a->base[place + i] = 0;
    return kept;
}

/* Marks the blocks with pointers. */
static int compare_block(region *a, const region *b, block *own)
{
    for (size_t at = 0; at < own->size; at += 8) {
        size_t count = own->size - at < 8 ? own->size - at : 8, kept;
        uint64_t one = count == 8 ? make_word_at(a, own->begin + at) : 0, other = count == 8 ? make_word_at(b, own->begin + at) : 0;
        if (is_of_program(one) || is_of_program(other))
            return fail("something points into the program");
        if (make_is_pointer(a, b, one, other)) {
            own->linked = true;
            kept = count;
        } else
            kept = clear_between(a, b, own->begin + at, count);
        own->kept = kept ? at + kept : own->kept;
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

/* ---- all sets */

#define SETS_MOST 16
#define ADDRESSES ((uintptr_t)1 << 42) /* between two regions */

/* False: the set can have no image; it is left out. */
static bool make_set(image *out, const char *packs, size_t number)
{
    uintptr_t address = ADDRESSES * (2 * number + 1);
    if (strlen(packs) >= sizeof(out->head.packs))
        return false;
    memcpy(out->head.packs, packs, strlen(packs));
    return run(&out->first, address, packs, 19000101, 0) == 0 && run(&out->second, address + ADDRESSES, packs, 29991231, 0xFF) == 0 &&
           compare(&out->first, &out->second) == 0;
}

static void end_set(image *set)
{
    end_run(&set->first);
    end_run(&set->second);
    free(set->links.items);
    memset(set, 0, sizeof(*set));
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
    static image sets[SETS_MOST];
    size_t count = 0;
    bool done;
    _Static_assert(sizeof(jy__image) == JY__IMAGE_ALIGN, "what follows the head is aligned too");
    if (argc < 4 || argc - 3 > SETS_MOST) {
        fprintf(stderr, "make_image IMAGES ASSEMBLER PACKS… (each: names with a blank between)\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        if (make_set(&sets[count], argv[i], count))
            count++;
        else
            end_set(&sets[count]);
    }
    done = make_write_images(argv[1], sets, count) && write_assembler(argv[2], argv[1]);
    if (!done)
        perror(argv[1]);
    for (size_t i = 0; i < count; i++)
        end_set(&sets[i]);
    return !done;
}
