/* A rule set out of an image: in the library's bytes; out a rule set like a compiled one. compile_image.h has the layout. */
#include "compile/compile_image.h"

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

static void set_links(uint64_t *linked, const unsigned char *plain, const jy__image_link *links, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uintptr_t base = links[i].to & JY__IMAGE_LINKED ? (uintptr_t)linked : (uintptr_t)plain;
        linked[links[i].at] = base + (links[i].to & ~JY__IMAGE_LINKED);
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

int jy__image_wake(jy_str packs, const jy__mem *mem, jy_rules **out)
{
    const jy__image *image = find(packs);
    const unsigned char *linked;
    jy_rules *rules;
    if (!image)
        return JY_E_MISSING;
    linked = (const unsigned char *)image + JY__IMAGE_ALIGN;
    rules = jy__mem_resize(mem, NULL, 0, image->linked);
    if (!rules)
        return JY_E_NOMEM;
    memcpy(rules, linked, image->linked);
    set_links((uint64_t *)(void *)rules, jy__images + JY__IMAGE_ALIGN, (const jy__image_link *)(const void *)(linked + image->linked), image->links);
    rules->mem = *mem;
    rules->woken = true;
    rules->image_size = image->linked;
    if (!wake_sets(rules)) {
        jy__image_free(rules);
        return JY_E_NOMEM;
    }
    *out = rules;
    return JY_OK;
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
    jy__mem_free(&mem, rules, rules->image_size);
}
