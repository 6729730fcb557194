/* dialogue, inside — JSON transcripts described by tables of field names. */
#ifndef JY_DIALOGUE_SHAPE_H
#define JY_DIALOGUE_SHAPE_H
#include "dialogue/dialogue_read.h"

typedef enum jy__unit_of_time { JY__MS, JY__SECONDS, JY__TELL } jy__unit_of_time; /* TELL: by whether any has a fraction */

/* Names of fields as teams and services have them; who speaks is first looked for under what names a role. */
#define JY__TEXT_NAMES "words|text|content|sentence|message|utterance"
#define JY__BEGIN_NAMES "begin|begin_ms|begin_time|beginTime|start|start_ms|start_time|startTime|at|bg"
#define JY__END_NAMES "end|end_ms|end_time|endTime|ed"
#define JY__SPEAKER_NAMES "role|speakerRole|speaker_role|roleName|role_name|speaker/role|speaker/type|role/name|角色|speaker|spk|label|who|from|roleType|role_type|" \
    "speakerType|speaker_type|senderType|sender_type|sender/type|sender/role|userType|user_type|identity|sender|party|speakerName|speaker_name|speaker/name|speakerId|speaker_id|说话人|发言人"

typedef struct jy__shape jy__shape;
typedef struct jy__shape_state jy__shape_state;
/* Paths as jy__json_path takes them; NULL: none. */
struct jy__shape {
    const char *format;
    const char *has[3];     /* all of these paths must lead somewhere from the root */
    const char *is[2];      /* and the string at this path begin so */
    const char *calls;      /* list of calls; NULL: the root is the call, or a list of calls */
    const char *groups;     /* list of objects in the call that hold the lists of turns (one a channel) */
    const char *turns;      /* in the call or group; "": it is the list */
    const char *text, *begin, *end, *speaker, *channel, *id, *confidence;
    const char *final;      /* a record where this is false is a hypothesis: a later one says it better */
    const char *other;      /* a record that has this and no text is of another kind (an event, a category), not damaged */
    const char *other_is;   /* and it is this */
    jy__unit_of_time unit;
    const char *meta;       /* object with what is known of the call; NULL: the call itself */
    bool start_of_job;      /* start_time beside the turns is the recogniser's, not the call's */
    bool anywhere;          /* the calls are the lists of turns, wherever they hang: jy__shape_next_list() */
    bool single;            /* the document is one turn: in JSON Lines it is a turn of the running call */
    /* Something of its own: gathers one call instead of the table. */
    int (*gather)(jy_reader *reader, jy__shape_state *state, uint32_t call);
};

struct jy__shape_state {
    const jy__shape *shape;
    jy__json_doc json;
    jy__ruler ruler;
    jy__shape_state *outer;    /* the text is the inside of a string of that document */
    uint32_t outer_node;
    const char *outer_at;      /* in its raw form: */
    size_t outer_done;         /* so many bytes of our text stand before it */
    size_t base;               /* offset and line of the text in the file */
    uint32_t base_line;
    uint32_t call;             /* the next one; JY__JSON_NONE: no more */
    bool list;
    jy__unit_of_time unit;
    size_t utterance;          /* live results: counts the final ones */
};
/* The shape that fits the parsed text; NULL: none. */
const jy__shape *jy__shape_tell(const jy__json_doc *json, const char *format);
/* Several formats share what follows. */
int  jy__shape_start(jy_reader *reader, jy__shape_state *state, jy_str text, size_t offset, uint32_t line);
int  jy__shape_gather_call(jy_reader *reader, jy__shape_state *state, uint32_t call);
/* Where the fields of a turn are. */
typedef struct jy__turn_fields { uint32_t node, text, begin, end, speaker, channel, id, confidence, final, other, event, events; } jy__turn_fields;
void jy__shape_find(const jy__json_doc *json, const jy__shape *shape, uint32_t node, jy__turn_fields *out);
/* The same of one list's nodes in turn, which mostly have the same members: out has the fields of the last, or JY__JSON_NONE for its node. */
void jy__shape_find_next(const jy__json_doc *json, const jy__shape *shape, uint32_t node, jy__turn_fields *out);
/* One turn by the table; a broken record is noted. fields: as of jy__shape_find_next(). */
int  jy__shape_turn(jy_reader *reader, jy__shape_state *state, const jy__shape *shape, uint32_t node, jy__turn_fields *fields);
/* The turn made of its fields. */
int  jy__shape_make(jy_reader *reader, jy__shape_state *state, uint32_t node, const jy__turn_fields *fields);
/* An event: in a list beside the turns, in a turn's own list, or among the turns, where it says nothing and names what happened. unit: of times
 * without a fraction. */
bool jy__shape_is_event(const jy__json_doc *json, const jy__turn_fields *fields);
int  jy__shape_event(jy_reader *reader, jy__shape_state *state, uint32_t node, jy__unit_of_time unit);
int  jy__shape_events(jy_reader *reader, jy__shape_state *state, uint32_t list, jy__unit_of_time unit);
/* Of a number with a fraction seconds: nobody writes milliseconds with one. */
jy__unit_of_time jy__shape_unit(const jy__json_doc *json, uint32_t node, jy__unit_of_time otherwise);
int  jy__shape_meta(jy_reader *reader, jy__shape_state *state, uint32_t object);
/* Fills text and place from a string node, trimmed; false: no memory. */
bool jy__shape_text(jy_reader *reader, jy__shape_state *state, uint32_t node, jy_turn *turn);
jy__pos jy__shape_pos(jy__shape_state *state, size_t offset);
int64_t jy__shape_time(jy_reader *reader, const jy__json_doc *json, uint32_t node, jy__unit_of_time unit);
/* Label from a string or number; copied into the batch. */
bool jy__shape_label(jy_reader *reader, const jy__json_doc *json, uint32_t node, jy_str *out);
/* Opens the JSON in a string of `outer`; its damage is noted. Close with jy__shape_free. */
int  jy__shape_open_string(jy_reader *reader, jy__shape_state *outer, uint32_t node, jy__shape_state *state);
/* Where byte `offset` of a nested text stands in the raw string around it. */
const char *jy__shape_outside(jy__shape_state *state, size_t offset);
/* A string that is a dialogue, in place of a list, or one of its lines. */
int  jy__shape_words(jy_reader *reader, jy__shape_state *state, uint32_t node);
/* The next list of turns behind one of them (JY__JSON_NONE: from the front); JY__JSON_NONE: there is none. */
uint32_t jy__shape_next_list(const jy__json_doc *json, const jy__shape *shape, uint32_t behind);
/* All turns of a list by the table; turns of which `call` is the call. */
int  jy__shape_list(jy_reader *reader, jy__shape_state *state, const jy__shape *shape, uint32_t list);
int  jy__shape_broken(jy_reader *reader, jy__shape_state *state, uint32_t node, int32_t message);
/* Notes the damage that stands before an offset. */
int  jy__shape_torn(jy_reader *reader, jy__shape_state *state, size_t before);
void jy__shape_free(jy__shape_state *state);

#endif
