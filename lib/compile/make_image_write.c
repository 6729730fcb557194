/* In: sets of packs, each compiled twice, with the blocks of its memory. Out: the file of images (compile_image.h). Of the first set the blocks without
 * pointers lie in the plain part, the largest first, and a block that is as another one begins lies in that one. So do those of other sets that are some
 * block of the first and little more, in which that one then lies: packs are compiled to what the first of them are compiled to, and more behind it. What
 * else the other sets have lies there when it is found there, or else in their image's own part.
 *
 *   plain   texts of both packs           symbols of both            …
 *           └ of the first ┘└ more ┘      └ of the first ┘└ more ┘            */
#include "compile/make_image.h"
#include <zstd.h>

static size_t up(size_t size, size_t to) { return (size + to - 1) / to * to; }

/* A small block may share a line of the cache with others. */
static size_t behind(size_t end, const block *own) { return up(end, own->kept < JY__IMAGE_ALIGN ? 16 : JY__IMAGE_ALIGN); }

/* ---- the plain part */

typedef struct plain { block *own; const unsigned char *bytes; size_t number; bool lies_in; } plain;
typedef struct plains { plain *items; size_t count, size; /* in bytes, of the part */ } plains;

static int by_size(const void *a, const void *b)
{
    const plain *x = a, *y = b;
    if (x->own->kept != y->own->kept)
        return x->own->kept > y->own->kept ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void add_plain_block(plains *out, const region *r, block *own)
{
    out->items[out->count] = (plain){ own, r->base + own->begin, out->count, false };
    out->count++;
}

static void list_plain(image *first, plains *out)
{
    region *r = &first->first;
    for (size_t k = 0; k < r->count; k++)
        if (r->blocks[k].live && !r->blocks[k].linked)
            add_plain_block(out, r, &r->blocks[k]);
}

/* One of the first `placed` that does not itself lie in another one, is not shorter, and begins so. */
static const plain *find_like(const plains *all, size_t placed, const block *own, const unsigned char *bytes)
{
    for (size_t i = 0; i < placed && all->items[i].own->kept >= own->kept; i++)
        if (!all->items[i].lies_in && memcmp(all->items[i].bytes, bytes, own->kept) == 0)
            return &all->items[i];
    return NULL;
}

#define EXTENDED_LEAST ((size_t)1 << 10) /* bytes: of fewer little is won */

/* Whether the first set has a block of which it is what comes behind that is new, and not more than a third as much. */
static bool extends(const plains *all, size_t of_first, const block *own, const unsigned char *bytes)
{
    bool found = false;
    for (size_t i = 0; i < of_first && !found; i++) {
        size_t kept = all->items[i].own->kept;
        found = kept >= EXTENDED_LEAST && kept < own->kept && own->kept - kept <= kept / 3 && memcmp(all->items[i].bytes, bytes, kept) == 0;
    }
    return found;
}

static void list_extending(image *other, size_t of_first, plains *out)
{
    region *r = &other->first;
    for (size_t k = 0; k < r->count; k++)
        if (r->blocks[k].live && !r->blocks[k].linked && extends(out, of_first, &r->blocks[k], r->base + r->blocks[k].begin))
            add_plain_block(out, r, &r->blocks[k]);
}

static void lay_plain(plains *all)
{
    size_t end = 0;
    for (size_t i = 0; i < all->count; i++) {
        plain *one = &all->items[i];
        const plain *like = find_like(all, i, one->own, one->bytes);
        one->lies_in = like != NULL;
        one->own->place = like ? like->own->place : behind(end, one->own);
        if (!like)
            end = one->own->place + one->own->kept;
    }
    all->size = up(end, JY__IMAGE_ALIGN);
}

static void lay_in_plain(image *other, const plains *all)
{
    region *r = &other->first;
    for (size_t i = 0; i < r->count; i++) {
        block *own = &r->blocks[i];
        const plain *like;
        if (!own->live || own->linked)
            continue;
        like = find_like(all, all->count, own, r->base + own->begin);
        own->linked = like == NULL;
        own->place = like ? like->own->place : 0;
    }
}

/* ---- the own part: jy_rules first, then the other blocks */

static void lay_own(image *own)
{
    region *r = &own->first;
    block *first = make_block_at(r, (size_t)((unsigned char *)r->rules - r->base));
    first->place = 0;
    own->head.own = first->kept;
    for (size_t i = 0; i < r->count; i++) {
        block *other = &r->blocks[i];
        if (!other->live || !other->linked || other == first)
            continue;
        other->place = behind(own->head.own, other);
        own->head.own = other->place + other->kept;
    }
    own->head.own = up(own->head.own, JY__IMAGE_ALIGN);
}

/* ---- what is to be set when the image is woken */

static bool add_link(links *l, size_t at, size_t to, bool own)
{
    if (at / 8 > UINT32_MAX || to >= JY__IMAGE_OWN)
        return false;
    if (l->count == l->capacity) {
        l->capacity = l->capacity ? 2 * l->capacity : 1 << 16;
        l->items = realloc(l->items, l->capacity * sizeof(*l->items));
        if (!l->items)
            return false;
    }
    l->items[l->count++] = (jy__image_link){ (uint32_t)(at / 8), (uint32_t)to | (own ? JY__IMAGE_OWN : 0) };
    return true;
}

static bool list_links(image *own)
{
    const region *a = &own->first, *b = &own->second;
    for (size_t i = 0; i < a->count; i++) {
        const block *from = &a->blocks[i];
        for (size_t at = 0; from->live && from->linked && at + 8 <= from->kept; at += 8) {
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

/* ---- the file's bytes */

typedef struct bytes { unsigned char *items; size_t count; } bytes;

/* Zeros for so many more, and up to the next multiple of JY__IMAGE_ALIGN; NULL: no memory. */
static unsigned char *add_room(bytes *file, size_t size)
{
    size_t begin = file->count, count = up(begin + size, JY__IMAGE_ALIGN);
    unsigned char *items = realloc(file->items, count + 1);
    if (!items)
        return NULL;
    memset(items + begin, 0, count - begin + 1);
    *file = (bytes){ items, count };
    return items + begin;
}

static bool add_plain(bytes *file, const plains *all)
{
    unsigned char *head = add_room(file, JY__IMAGE_ALIGN + all->size);
    if (!head)
        return false;
    memcpy(head, &(jy__images_head){ all->size }, sizeof(jy__images_head));
    for (size_t i = 0; i < all->count; i++)
        if (!all->items[i].lies_in)
            memcpy(head + JY__IMAGE_ALIGN + all->items[i].own->place, all->items[i].bytes, all->items[i].own->kept);
    return true;
}

/* Its own part and its links. */
static bool draw_image(bytes *drawn, const image *own)
{
    const region *r = &own->first;
    unsigned char *part = add_room(drawn, jy__image_unpacked(&own->head));
    if (!part)
        return false;
    for (size_t i = 0; i < r->count; i++)
        if (r->blocks[i].live && r->blocks[i].linked)
            memcpy(part + r->blocks[i].place, r->base + r->blocks[i].begin, r->blocks[i].kept);
    memcpy(part + own->head.own, own->links.items, own->links.count * sizeof(*own->links.items));
    return true;
}

#define LEVEL 16      /* higher ones take longer to unpack, and give a sixth less */
#define LEAST_MATCH 6 /* bytes: shorter ones, too */
#define WINDOW_LOG 24 /* what is before the image is within reach */

/* Returns how many bytes it comes to; 0: no memory, or it does not become less. It may refer to so many bytes of the file. */
static size_t pack(const bytes *file, size_t before, unsigned char *to, size_t room, const unsigned char *part, size_t size)
{
    ZSTD_CCtx *zstd = ZSTD_createCCtx();
    size_t got = 0;
    if (zstd && !ZSTD_isError(ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, LEVEL)) &&
        !ZSTD_isError(ZSTD_CCtx_setParameter(zstd, ZSTD_c_windowLog, WINDOW_LOG)) &&
        !ZSTD_isError(ZSTD_CCtx_setParameter(zstd, ZSTD_c_minMatch, LEAST_MATCH)) &&
        !ZSTD_isError(ZSTD_CCtx_setParameter(zstd, ZSTD_c_enableLongDistanceMatching, 1)) &&
        !ZSTD_isError(ZSTD_CCtx_refPrefix(zstd, file->items, before)))
        got = ZSTD_compress2(zstd, to, room, part, size);
    ZSTD_freeCCtx(zstd);
    return ZSTD_isError(got) ? 0 : got;
}

static bool add_image(bytes *file, image *own, bool first)
{
    bytes drawn = { NULL, 0 };
    size_t begin = file->count, size = jy__image_unpacked(&own->head);
    unsigned char *packed = malloc(size);
    bool done = packed && draw_image(&drawn, own) && (own->head.packed = pack(file, first ? 0 : begin, packed, size, drawn.items, size)) > 0 &&
                add_room(file, jy__image_bytes(&own->head));
    if (done) {
        memcpy(file->items + begin, &own->head, sizeof(own->head));
        memcpy(file->items + begin + JY__IMAGE_ALIGN, packed, own->head.packed);
    }
    free(packed);
    free(drawn.items);
    return done;
}

static bool add_all(bytes *file, image *images, size_t count, plains *all)
{
    size_t of_first;
    bool done;
    if (count)
        list_plain(&images[0], all);
    of_first = all->count;
    for (size_t i = 1; i < count; i++)
        list_extending(&images[i], of_first, all);
    qsort(all->items, all->count, sizeof(*all->items), by_size);
    lay_plain(all);
    done = add_plain(file, all);
    for (size_t i = 0; done && i < count; i++) {
        if (i)
            lay_in_plain(&images[i], all);
        lay_own(&images[i]);
        done = list_links(&images[i]) && add_image(file, &images[i], i == 0);
    }
    return done && add_room(file, sizeof(jy__image)) != NULL;
}

static bool write_bytes(const char *path, const bytes *file)
{
    FILE *to = fopen(path, "wb");
    bool done = to && fwrite(file->items, 1, file->count, to) == file->count;
    if (to && fclose(to))
        done = false;
    return done;
}

bool make_write_images(const char *path, image *images, size_t count)
{
    bytes file = { NULL, 0 };
    plains all = { NULL, 0, 0 };
    size_t most = 1;
    bool done;
    for (size_t i = 0; i < count; i++)
        most += images[i].first.count;
    all.items = calloc(most, sizeof(plain));
    done = all.items && add_all(&file, images, count, &all) && write_bytes(path, &file);
    free(all.items);
    free(file.items);
    return done;
}
