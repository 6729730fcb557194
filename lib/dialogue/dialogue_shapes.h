/* dialogue, inside — the JSON formats. */
#ifndef JY_DIALOGUE_SHAPES_H
#define JY_DIALOGUE_SHAPES_H
#include "dialogue/dialogue_shape.h"
extern const jy__format jy__format_json;     /* any document: the shape is told */
extern const jy__format jy__format_shapes[]; /* one shape each, by name */
extern const size_t jy__format_shape_count;
/* Is the object one turn, as a line of JSON Lines? */
bool jy__jsonl_is_turn(const jy__json_doc *json);
#endif
