/* compile — rule sets as bytes. The packs that are used most, alone or together, are compiled while the library is built (make_image.c) and kept in it;
 * to use one takes the unpacking of what has pointers, not ten thousand phrases to multiply out. Images are never read from anywhere else. */
#ifndef JY_COMPILE_IMAGE_H
#define JY_COMPILE_IMAGE_H

#include "compile/compile.h"

/* A head, the plain part, then the images, all at multiples of JY__IMAGE_ALIGN; behind the last stands a head without links. The head of an image is
 * followed by its own part and its links, packed by zstd. Offsets in bytes from the part's begin.
 *
 *   plain    blocks without pointers                     stays where it is, shared by all processes
 *   own      blocks with pointers; the first is jy_rules unpacked, and each link is set
 *   links    jy__image_link[links]
 *
 * The plain part is the first image's, and what other sets' blocks have behind one of its (packs are compiled to what the first of them are alone, and more
 * behind it). The images behind the first are asked for less often: what they do not find in the plain part is in their own part too, which may refer to all
 * bytes before the image. The first image's own part refers to nothing: it would be hardly smaller, and most of the plain part would be read at every
 * start. */
typedef struct jy__images_head { uint64_t plain; /* bytes */ } jy__images_head;
typedef struct jy__image { uint64_t own, links, packed /* bytes */; char packs[40]; /* their names as in jy_compiler.named, then zeros */ } jy__image;
/* at: word (8 bytes) of the own part; to: byte of the plain part, or of the own part + JY__IMAGE_OWN */
typedef struct jy__image_link { uint32_t at, to; } jy__image_link;
#define JY__IMAGE_OWN 0x80000000u
#define JY__IMAGE_ALIGN 64

extern const unsigned char jy__images[]; /* generated */

/* The rule set of these packs in this order; JY_E_MISSING: there is no image of it. */
int  jy__image_wake(jy_str packs, const jy__mem *mem, jy_rules **out);
/* Of its own part and its links, unpacked. */
static inline size_t jy__image_unpacked(const jy__image *image) { return image->own + image->links * sizeof(jy__image_link); }
/* Of all of it, with its head. */
static inline size_t jy__image_bytes(const jy__image *image)
{
    return (JY__IMAGE_ALIGN + image->packed + JY__IMAGE_ALIGN - 1) / JY__IMAGE_ALIGN * JY__IMAGE_ALIGN;
}
/* Takes out what belongs to this process. */
void jy__image_rest(jy_rules *rules);
/* Frees a rule set that was woken. */
void jy__image_free(jy_rules *rules);

#endif
