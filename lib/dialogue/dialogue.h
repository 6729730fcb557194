/* dialogue — what floors above may ask besides the public interface (include/jinyu/jinyu.h) and JSON trees (dialogue_json.h). */
#ifndef JY_DIALOGUE_DIALOGUE_H
#define JY_DIALOGUE_DIALOGUE_H

#include "base/base.h"

/* Version of "json", "zlib", "zstd"; NULL for another name. */
const char *jy__dialogue_backend(const char *name);
/* Whether it is known who speaks in a call of so many turns by jy_speaker. Where the customer is known and not the agent, while people speak who are
 * unknown, one of these is the agent. Nobody spoke: nothing is unknown. */
static inline bool jy__speakers_are_known(const uint64_t turns[4])
{
    return turns[JY_AGENT] || (turns[JY_CUSTOMER] && !turns[JY_SPEAKER_UNKNOWN]) || !(turns[JY_CUSTOMER] | turns[JY_SPEAKER_UNKNOWN] | turns[JY_SYSTEM]);
}

#endif
