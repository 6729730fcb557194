/* dialogue, inside — which speaker is the agent. */
#ifndef JY_DIALOGUE_AGENT_H
#define JY_DIALOGUE_AGENT_H
#include "dialogue/dialogue_read.h"
/* Whether a label is the one that --agent gives. */
bool jy__agent_is_label(const jy_reader *reader, jy_str label);
/* JY_OK or JY_E_NOMEM. */
int jy__agent_map(jy_reader *reader);
#endif
