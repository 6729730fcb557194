/* In the place of dialogue_office.c where minizip or expat is missing: docx and xlsx are refused by name. */
#include "dialogue/dialogue_office.h"

int jy__office_open(jy_reader *reader)
{
    return jy__reader_fail(reader, JY_E_MISSING, JY__SAY_NOT_OFFICE, (jy__pos){ 0, 0, 0, 0 }, NULL, 0);
}

void jy__office_damage(jy_reader *reader) {}
int jy__office_next(jy_reader *reader) { return JY_DONE; }
