/* The wording of this floor's diagnostics, by number. */
#include "dialogue/dialogue_messages.h"

static const jy__message messages[] = {
#define ROW(name, number, english, chinese) { number, JY_ERROR, english, chinese },
    JY__DIALOGUE_MESSAGES(ROW)
#undef ROW
};

const jy__message *jy__dialogue_message(int32_t number)
{
    for (size_t i = 0; i < JY__COUNT(messages); i++)
        if (messages[i].code == number)
            return &messages[i];
    return NULL;
}
