/* compile — a rule set as bytes. The alarm-center pack is compiled while the library is built (make_image.c) and kept in it; to use it takes a copy
 * of the parts that have pointers, not ten thousand phrases to multiply out. Images are never read from anywhere else. */
#ifndef JY_COMPILE_IMAGE_H
#define JY_COMPILE_IMAGE_H

#include "compile/compile.h"

/* The head of an image; behind it: the plain part, the linked part, the links. Offsets in bytes from the part's begin.
 *
 *   plain    blocks without pointers                     stays where it is, shared by all processes
 *   linked   blocks with pointers; the first is jy_rules copied, and each link is set
 *   links    jy__image_link[links]                                                                      */
typedef struct jy__image { uint64_t plain, linked, links; } jy__image;
typedef struct jy__image_link { uint32_t at, to; } jy__image_link; /* at: word (8 bytes) of the linked part; to: byte of the plain part, or of the linked part + JY__IMAGE_LINKED */
#define JY__IMAGE_LINKED 0x80000000u
#define JY__IMAGE_ALIGN 64

extern const unsigned char jy__image_alarm_center[]; /* generated; no links: there is none */

/* JY_E_MISSING: there is no image. */
int  jy__image_wake(const unsigned char *bytes, const jy__mem *mem, jy_rules **out);
/* Takes out what belongs to this process. */
void jy__image_rest(jy_rules *rules);
/* Frees a rule set that was woken. */
void jy__image_free(jy_rules *rules);

#endif
