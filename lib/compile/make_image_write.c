/* In: sets of packs, each compiled twice, with the blocks of its memory. Out: the file of images (compile_image.h). Blocks without pointers lie in one
 * part that all images share. There the largest comes first, and a block that is as another one begins lies in that one: the second set of packs has
 * nearly all of what the first has. */
#include "compile/make_image.h"

static size_t up(size_t size, size_t to) { return (size + to - 1) / to * to; }

/* ---- where each block lies */

/* jy_rules first, then the other linked blocks. */
static void lay_linked(image *own)
{
    region *r = &own->first;
    block *first = make_block_at(r, (size_t)((unsigned char *)r->rules - r->base));
    first->place = 0;
    own->head.linked = up(first->size, 16);
    for (size_t i = 0; i < r->count; i++) {
        block *other = &r->blocks[i];
        if (!other->live || !other->linked || other == first)
            continue;
        other->place = own->head.linked;
        own->head.linked = up(other->place + other->size, 16);
    }
    own->head.linked = up(own->head.linked, JY__IMAGE_ALIGN);
}

typedef struct plain { block *own; const unsigned char *bytes; size_t number; bool lies_in; } plain;

static int by_size(const void *a, const void *b)
{
    const plain *x = a, *y = b;
    if (x->own->size != y->own->size)
        return x->own->size > y->own->size ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static size_t list_plain(image *images, size_t count, plain *out)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < images[i].first.count; k++) {
            block *own = &images[i].first.blocks[k];
            if (own->live && !own->linked)
                out[found] = (plain){ own, images[i].first.base + own->begin, found, false }, found++;
        }
    qsort(out, found, sizeof(*out), by_size);
    return found;
}

/* One that has a place, does not itself lie in another one, and begins so. */
static const plain *find_like(const plain *all, size_t placed, const plain *own)
{
    for (size_t i = 0; i < placed; i++)
        if (!all[i].lies_in && memcmp(all[i].bytes, own->bytes, own->own->size) == 0)
            return &all[i];
    return NULL;
}

/* Returns how large the part is. */
static size_t lay_plain(plain *all, size_t count)
{
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        const plain *like = find_like(all, i, &all[i]);
        all[i].lies_in = like != NULL;
        all[i].own->place = like ? like->own->place : up(end, all[i].own->size < JY__IMAGE_ALIGN ? 16 : JY__IMAGE_ALIGN);
        if (!like)
            end = all[i].own->place + all[i].own->size;
    }
    return up(end, JY__IMAGE_ALIGN);
}

/* ---- what is to be set when the image is woken */

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

static bool list_links(image *own)
{
    const region *a = &own->first, *b = &own->second;
    for (size_t i = 0; i < a->count; i++) {
        const block *from = &a->blocks[i];
        for (size_t at = 0; from->live && from->linked && at + 8 <= from->size; at += 8) {
            uint64_t one = make_word_at(a, from->begin + at);
            if (!make_is_pointer(a, b, one, make_word_at(b, from->begin + at)))
                continue;
            const block *to = make_target(a, one);
            if (!add_link(&own->links, from->place + at, to->place + (size_t)(one - (uintptr_t)a->base - to->begin), to->linked))
                return false;
        }
    }
    own->head.links = own->links.count;
    return true;
}

/* ---- the file */

static bool write_rest(FILE *file, size_t size)
{
    static const unsigned char zeros[JY__IMAGE_ALIGN] = { 0 };
    size_t rest = up(size, JY__IMAGE_ALIGN) - size;
    return fwrite(zeros, 1, rest, file) == rest;
}

static bool write_plain(FILE *file, const plain *all, size_t count, size_t size)
{
    const jy__images_head head = { size };
    unsigned char *part = calloc(1, size + 1);
    bool done;
    for (size_t i = 0; part && i < count; i++)
        if (!all[i].lies_in)
            memcpy(part + all[i].own->place, all[i].bytes, all[i].own->size);
    done = part && fwrite(&head, sizeof(head), 1, file) == 1 && write_rest(file, sizeof(head)) && fwrite(part, 1, size, file) == size;
    free(part);
    return done;
}

static bool write_image(FILE *file, const image *own)
{
    const region *r = &own->first;
    unsigned char *part = calloc(1, own->head.linked + 1);
    bool done;
    for (size_t i = 0; part && i < r->count; i++)
        if (r->blocks[i].live && r->blocks[i].linked)
            memcpy(part + r->blocks[i].place, r->base + r->blocks[i].begin, r->blocks[i].size);
    done = part && fwrite(&own->head, sizeof(own->head), 1, file) == 1 && fwrite(part, 1, own->head.linked, file) == own->head.linked &&
           fwrite(own->links.items, sizeof(*own->links.items), own->links.count, file) == own->links.count &&
           write_rest(file, own->links.count * sizeof(*own->links.items));
    free(part);
    return done;
}

static bool write_all(FILE *file, image *images, size_t count, plain *all)
{
    static const jy__image last = { 0 };
    size_t plain_count = list_plain(images, count, all), size = lay_plain(all, plain_count);
    bool done = write_plain(file, all, plain_count, size);
    for (size_t i = 0; done && i < count; i++) {
        lay_linked(&images[i]);
        done = list_links(&images[i]) && write_image(file, &images[i]);
    }
    return done && fwrite(&last, sizeof(last), 1, file) == 1;
}

bool make_write_images(const char *path, image *images, size_t count)
{
    FILE *file = fopen(path, "wb");
    size_t most = 1;
    plain *all;
    bool done;
    for (size_t i = 0; i < count; i++)
        most += images[i].first.count;
    all = calloc(most, sizeof(*all));
    done = file && all && write_all(file, images, count, all);
    if (file && fclose(file))
        done = false;
    free(all);
    return done;
}
