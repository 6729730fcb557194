/* dialogue, inside — which words in front of a script's lines are labels. */
#ifndef JY_DIALOGUE_SURVEY_H
#define JY_DIALOGUE_SURVEY_H
#include "dialogue/dialogue_line.h"

#define JY__NAMES_MOST 32
typedef struct jy__name_seen { jy_str name; size_t count; } jy__name_seen;
/* headed: lines below one that names a speaker, with a time or a colon, and nothing else. alone: lines of a time and one word, with others below. persons:
 * lines with a label that is plainly somebody's name. */
typedef struct jy__survey {
    jy__name_seen names[JY__NAMES_MOST]; /* in no table; they borrow from the sample */
    size_t name_count, lines, known, numbered, marked, loose, loose_agent, headed, stamped, alone, persons;
    bool below, below_alone, agents, customers;
} jy__survey;
void jy__survey_look(jy_reader *reader, jy_str sample, jy__survey *seen);
bool jy__survey_is_script(const jy__survey *seen);     /* a script with labels at all */
bool jy__survey_is_loose(const jy__survey *seen);      /* its labels have no colon */
bool jy__survey_is_dense(const jy__survey *seen);      /* a label in front of nearly every line: each name there is one, also one that comes once */
bool jy__survey_is_label(const jy__survey *seen, size_t name); /* of a name that is in no table */
bool jy__survey_is_name(jy_str label);                 /* may be what somebody is called; not what people say in front of a colon */
#endif
