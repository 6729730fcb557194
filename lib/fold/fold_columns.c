/* How many terminal columns a character takes: 0 (combining, invisible, control), 1 or 2. Comes in: a code point; goes out: columns by
 * Unicode's East Asian Width, from ICU. It is asked for the few characters of lines that are shown, so no table is made of it. */
#include "fold/fold.h"
#include <unicode/uchar.h>

int jy__fold_columns(uint32_t cp, bool wide_ambiguous)
{
    UChar32 c = (UChar32)cp;
    int8_t category = u_charType(c);
    if (cp >= 0x20 && cp < 0x7F)
        return 1;
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_CONTROL_CHAR ||
        category == U_FORMAT_CHAR || cp == 0x2028 || cp == 0x2029 || (cp >= 0x1160 && cp <= 0x11FF) ||
        u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        return 0;
    switch (u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_FULLWIDTH: case U_EA_WIDE: return 2;
    case U_EA_AMBIGUOUS: return wide_ambiguous ? 2 : 1;
    default: return 1;
    }
}
