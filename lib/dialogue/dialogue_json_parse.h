/* dialogue, inside — a JSON text while it is parsed; shared by the parser and by what goes on after damage. */
#ifndef JY_DIALOGUE_JSON_PARSE_H
#define JY_DIALOGUE_JSON_PARSE_H
#include "dialogue/dialogue_json.h"

typedef struct jy__json_parser {
    jy__json_doc *json;
    const char *start, *p, *end;
    uint32_t parent, last;  /* open container, its last child so far */
    uint32_t depth;
    jy__json_fault fault;
    const char *fault_at, *string; /* the last string began there: a lost quote shows only behind it */
    bool no_memory;
} jy__json_parser;

void jy__json_close_container(jy__json_parser *in);
/* After damage: marks the open containers and moves to where reading can go on; false: nowhere. */
bool jy__json_go_on(jy__json_parser *in);

#endif
