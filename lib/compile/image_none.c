/* In the place of the image: in the program that makes it, and where nothing built here can run. */
#include "compile/compile_image.h"

_Alignas(JY__IMAGE_ALIGN) const unsigned char jy__image_alarm_center[JY__IMAGE_ALIGN] = { 0 };
