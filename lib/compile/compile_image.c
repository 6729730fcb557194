/* A rule set out of an image: in the library's bytes; out a rule set like a compiled one. compile_image.h has the layout. zstd's own memory comes from
 * libc (dialogue_bytes.c says why). */
#include "compile/compile_image.h"
#include <sys/mman.h>
#include <zstd.h>

static bool wake_sets(jy_rules *rules)
{
    bool done = true;
    for (int i = 0; done && i < JY__SET_COUNT; i++) {
        jy__set *set = &rules->sets[i];
        done = (!set->matcher || jy__matcher_wake(set->matcher, &rules->mem)) && (!set->rest || jy__matcher_wake(set->rest, &rules->mem)) &&
               (!set->regexes || jy__regexes_wake(set->regexes, &rules->mem));
    }
    return done;
}

void jy__image_rest(jy_rules *rules)
{
    for (int i = 0; i < JY__SET_COUNT; i++) {
        jy__set *set = &rules->sets[i];
        if (set->matcher)
            jy__matcher_rest(set->matcher);
        if (set->rest)
            jy__matcher_rest(set->rest);
        if (set->regexes)
            jy__regexes_rest(set->regexes);
    }
    jy__arena_forget(&rules->arena);
    memset(&rules->mem, 0, sizeof(rules->mem));
}

static void set_links(unsigned char *own, const unsigned char *plain, const jy__image_link *links, size_t count)
{
    uint64_t *words = (uint64_t *)(void *)own;
    for (size_t i = 0; i < count; i++) {
        uintptr_t base = links[i].to & JY__IMAGE_OWN ? (uintptr_t)own : (uintptr_t)plain;
        words[links[i].at] = base + (links[i].to & ~JY__IMAGE_OWN);
    }
}

static const jy__image *find(jy_str packs)
{
    const jy__images_head *head = (const jy__images_head *)(const void *)jy__images;
    const jy__image *image = (const jy__image *)(const void *)(jy__images + JY__IMAGE_ALIGN + head->plain);
    while (image->links && !jy__str_is(packs, image->packs))
        image = (const jy__image *)(const void *)((const unsigned char *)image + jy__image_bytes(image));
    return image->links ? image : NULL;
}

/* So many bytes before it, it may refer to. */
static size_t bytes_before(const jy__image *image)
{
    const unsigned char *first = jy__images + JY__IMAGE_ALIGN + ((const jy__images_head *)(const void *)jy__images)->plain, *own = (const unsigned char *)image;
    return own == first ? 0 : (size_t)(own - jy__images);
}

static bool unpack(const jy__image *image, unsigned char *to)
{
    const unsigned char *head = (const unsigned char *)image;
    size_t size = jy__image_unpacked(image), got = 0;
    ZSTD_DCtx *zstd = ZSTD_createDCtx();
    if (zstd && !ZSTD_isError(ZSTD_DCtx_refPrefix(zstd, jy__images, bytes_before(image))))
        got = ZSTD_decompressDCtx(zstd, to, size, head + JY__IMAGE_ALIGN, image->packed);
    ZSTD_freeDCtx(zstd);
    return got == size;
}

#define PAGE ((uintptr_t)4096)

/* Has the pages made at once: one by one, as they are written, takes longer. Where the system has other pages or cannot, it says no. */
static void make_pages(unsigned char *block, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    uintptr_t begin = ((uintptr_t)block + PAGE - 1) / PAGE * PAGE, end = ((uintptr_t)block + size) / PAGE * PAGE;
    if (begin < end)
        madvise((void *)begin, end - begin, MADV_POPULATE_WRITE);
#endif
}

static jy_rules *wake(const jy__image *image, const jy__mem *mem, unsigned char *block, size_t size)
{
    unsigned char *own = (unsigned char *)(((uintptr_t)block + JY__IMAGE_ALIGN - 1) / JY__IMAGE_ALIGN * JY__IMAGE_ALIGN);
    jy_rules *rules = (jy_rules *)(void *)own;
    make_pages(block, size);
    if (!unpack(image, own))
        return NULL;
    set_links(own, jy__images + JY__IMAGE_ALIGN, (const jy__image_link *)(const void *)(own + image->own), image->links);
    rules->mem = *mem;
    rules->image = block;
    rules->image_size = size;
    return rules;
}

int jy__image_wake(jy_str packs, const jy__mem *mem, jy_rules **out)
{
    const jy__image *image = find(packs);
    size_t size = image ? jy__image_unpacked(image) + JY__IMAGE_ALIGN : 0;
    unsigned char *block;
    jy_rules *rules;
    if (!image)
        return JY_E_MISSING;
    block = jy__mem_resize(mem, NULL, 0, size);
    rules = block ? wake(image, mem, block, size) : NULL;
    if (rules && wake_sets(rules)) {
        *out = rules;
        return JY_OK;
    }
    if (rules)
        jy__image_free(rules);
    else
        jy__mem_free(mem, block, size);
    return JY_E_NOMEM;
}

void jy__image_free(jy_rules *rules)
{
    jy__mem mem = rules->mem;
    for (int i = 0; i < JY__SET_COUNT; i++) {
        const jy__set *set = &rules->sets[i];
        if (set->matcher)
            jy__matcher_drop(set->matcher);
        if (set->rest)
            jy__matcher_drop(set->rest);
        if (set->regexes)
            jy__regexes_drop(set->regexes);
    }
    jy__mem_free(&mem, rules->image, rules->image_size);
}
