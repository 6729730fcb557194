/* rules — what the parser of phrases and the parser of wordings share. */
#ifndef JY_RULES_PHRASE_H
#define JY_RULES_PHRASE_H

#include "rules/rules_inside.h"

typedef struct jy__phrase { jy__load *load; const jy__node *node; jy__placer placer; jy_str text; size_t at; bool failed; } jy__phrase;

/* Parts of a sequence or branches of a group, until their number is known. */
typedef struct jy__part { jy__formed formed; struct jy__part *next; } jy__part;
typedef struct jy__parts { jy__part *first, *last; size_t count; } jy__parts;

#define JY__FAIL(p, code, pos, ...) (JY__SAY((p)->load, code, pos, __VA_ARGS__), (p)->failed = true)
#define JY__FAIL0(p, code, pos) (JY__SAY0((p)->load, code, pos), (p)->failed = true)

bool jy__phrase_start(jy__phrase *p);                          /* takes the node's text; false after a message */
jy__pos jy__phrase_here(jy__phrase *p);                        /* where p stands; length 1 */
jy__wording *jy__phrase_form(jy__phrase *p, jy__wording_kind kind, jy__pos from); /* a form from there to where p stands */
void jy__phrase_add(jy__phrase *p, jy__parts *to, jy__formed formed);
void jy__phrase_kids(jy__phrase *p, jy__wording *form, const jy__parts *from);
void jy__phrase_measure(jy_str text, jy__formed *formed);      /* adds a text's length */
bool jy__phrase_name(jy__phrase *p, bool slot, jy_str *name);  /* {name}: its name, and p behind it; false after a message */

#endif
