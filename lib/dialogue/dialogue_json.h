/* dialogue — JSON text as a tree that remembers where everything stood. Also for other floors (label files, configuration).
 *
 * Nodes lie in one array in the order of the text; numbers below are indexes into it, 0 is the root:
 *
 *   {"turns":[{"text":"喂"},{"text":"您好"}]}
 *    0 object ─ 1 array "turns" ─ 2 object ─ 3 string "text"
 *                                 └next─▶ 4 object ─ 5 string "text"
 *
 * The first child of a node is the node behind it (count > 0); `next` leads to the following sibling, 0 after the last. */
#ifndef JY_DIALOGUE_JSON_H
#define JY_DIALOGUE_JSON_H

#include "base/base.h"

typedef enum jy__json_kind {
    JY__JSON_NULL, JY__JSON_FALSE, JY__JSON_TRUE, JY__JSON_NUMBER, JY__JSON_STRING, JY__JSON_ARRAY, JY__JSON_OBJECT
} jy__json_kind;

enum {
    JY__JSON_ESCAPED = 1,      /* the string has backslashes */
    JY__JSON_KEY_ESCAPED = 2,
    JY__JSON_TORN = 4          /* the text is damaged inside this node; its other children are right */
};

typedef struct jy__json_node {
    uint8_t kind, flags;
    uint16_t key_length;
    uint32_t key;              /* offset of the member's name, inside its quotes */
    uint32_t offset, length;   /* of the value; strings: inside their quotes */
    uint32_t count, next, parent;
} jy__json_node;

typedef enum jy__json_fault {
    JY__JSON_SOUND, JY__JSON_END, JY__JSON_VALUE, JY__JSON_COLON, JY__JSON_COMMA, JY__JSON_NAME, JY__JSON_ESCAPE,
    JY__JSON_CONTROL, JY__JSON_DEEP, JY__JSON_AFTER, JY__JSON_LONG
} jy__json_fault;
typedef struct jy__json_error { jy__json_fault fault; uint32_t offset; } jy__json_error;

typedef struct jy__json_doc {
    const jy__mem *mem;
    jy_str text;
    struct { jy__json_node *items; size_t count, capacity; } nodes;
    struct { jy__json_error *items; size_t count, capacity; } errors;
    struct { uint32_t list, node, index; } known[8]; /* by depth: the element that a pointer was last made for */
    jy__text pointer;          /* the last one: its memory is used again */
} jy__json_doc;

void jy__json_init(jy__json_doc *json, const jy__mem *mem);
/* Parses one value; text must stay. JY_OK, JY_E_TRANSCRIPT (errors says why and where; the nodes hold what was read before),
 * JY_E_LIMIT (more than 4 GiB), JY_E_NOMEM. */
int  jy__json_parse(jy__json_doc *json, jy_str text);
/* The same, but after damage it goes on with the next object of the innermost list of objects. */
int  jy__json_parse_torn(jy__json_doc *json, jy_str text);
void jy__json_free(jy__json_doc *json);
const char *jy__json_fault_text(int fault, int language);

#define JY__JSON_NONE UINT32_MAX
static inline const jy__json_node *jy__json_at(const jy__json_doc *json, uint32_t node) { return &json->nodes.items[node]; }
static inline bool jy__json_is(const jy__json_doc *json, uint32_t node, jy__json_kind kind)
{
    return node < json->nodes.count && json->nodes.items[node].kind == kind;
}
/* First child and following sibling; JY__JSON_NONE when there is none. */
uint32_t jy__json_child(const jy__json_doc *json, uint32_t node);
uint32_t jy__json_next(const jy__json_doc *json, uint32_t node);
/* Member of an object by name; of several with one name the last counts. Names in the text with escapes are understood. */
uint32_t jy__json_member(const jy__json_doc *json, uint32_t node, const char *name);
/* "a/b|c": member b of member a, else member c. A number picks an element of a list. */
uint32_t jy__json_path(const jy__json_doc *json, uint32_t node, const char *path);

/* Value as it stands: a string's inside, a number's digits. */
jy_str jy__json_raw(const jy__json_doc *json, uint32_t node);
/* A string decoded; borrowed from the text when it has no escapes, else made in the arena. false: no memory. Not a string: empty. */
bool   jy__json_string(const jy__json_doc *json, uint32_t node, jy__arena *arena, jy_str *out);
bool   jy__json_number(const jy__json_doc *json, uint32_t node, double *out);   /* a number, or a string that is one */
bool   jy__json_integer(const jy__json_doc *json, uint32_t node, int64_t *out); /* without a fraction, within 64 bits */
/* "/turns/0/text" (RFC 6901). */
bool   jy__json_pointer(jy__json_doc *json, uint32_t node, jy__arena *arena, jy_str *out);
/* Decodes the inside of a JSON string; what is no escape stays. Room needed: raw.len. Lone surrogates become U+FFFD. */
size_t jy__json_unescape(jy_str raw, char *out);
/* One character of the inside of a JSON string: moves *p behind it. */
uint32_t jy__json_unescape_next(const char **p, const char *end, bool *valid);
/* A decimal number without locale: digits, sign, fraction, exponent, nothing else around it. */
bool   jy__number_of(jy_str text, double *out);
/* Name and version of what reads JSON. */
const char *jy__json_version(void);

#endif
