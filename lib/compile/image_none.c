/* In the place of the images: in the program that makes them, and where nothing built here can run. */
#include "compile/compile_image.h"

_Alignas(JY__IMAGE_ALIGN) const unsigned char jy__images[2 * JY__IMAGE_ALIGN] = { 0 }; /* no bytes of a plain part, no image */
