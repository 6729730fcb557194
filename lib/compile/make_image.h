/* make_image — what its files share: a set of packs that was compiled twice, and what its memory's blocks are. */
#ifndef JY_COMPILE_MAKE_IMAGE_H
#define JY_COMPILE_MAKE_IMAGE_H

#include "compile/compile_image.h"
#include <stdio.h>
#include <stdlib.h>

/* kept: so many of its bytes; behind them nobody wrote. linked: it has pointers; or, of images behind the first, it is not in the plain part */
typedef struct block { size_t begin, size, kept, place; bool live, linked; } block;
/* unwritten: what is in memory that was only asked for */
typedef struct region { unsigned char *base; size_t used, count; block *blocks; jy_rules *rules; unsigned char unwritten; } region;
typedef struct links { jy__image_link *items; size_t count, capacity; } links;
typedef struct image { jy__image head; region first, second; links links; } image;

/* The block at a place of the region; the live one that a word points into; NULL: none. */
block *make_block_at(const region *r, size_t place);
block *make_target(const region *r, uint64_t word);
uint64_t make_word_at(const region *r, size_t place);
/* Whether what stands at one place in the two runs is a pointer. */
bool make_is_pointer(const region *a, const region *b, uint64_t one, uint64_t other);

/* make_image_write.c */
bool make_write_images(const char *path, image *images, size_t count);

#endif
