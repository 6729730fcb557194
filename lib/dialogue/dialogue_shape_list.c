/* Lists of turns in JSON: which unit their times have, where a document has them, and dialogues that are a string in place of a list. */
#include "dialogue/dialogue_line.h"
#include "dialogue/dialogue_shape.h"

/* ---- seconds or milliseconds? A fraction anywhere means seconds, also where a number is written as a string. Whole numbers are milliseconds, unless that would have people
 * say more than a hundred characters a second. */
static double characters_of(const jy__json_doc *json, const jy__shape *shape, uint32_t list)
{
    double characters = 0;
    jy__turn_fields at = { .node = JY__JSON_NONE };
    for (uint32_t node = jy__json_child(json, list); node != JY__JSON_NONE; node = jy__json_next(json, node)) {
        jy__shape_find_next(json, shape, node, &at);
        characters += (double)jy__utf8_count(jy__json_raw(json, at.text));
    }
    return characters;
}

static void tell_unit(jy__shape_state *state, const jy__shape *shape, uint32_t list)
{
    const jy__json_doc *json = &state->json;
    double most = 0, value;
    jy__turn_fields at = { .node = JY__JSON_NONE };
    state->unit = shape->unit;
    if (shape->unit != JY__TELL)
        return;
    state->unit = JY__MS;
    for (uint32_t node = jy__json_child(json, list); node != JY__JSON_NONE; node = jy__json_next(json, node)) {
        jy__shape_find_next(json, shape, node, &at);
        state->unit = jy__shape_unit(json, at.begin, jy__shape_unit(json, at.end, JY__MS));
        if (state->unit == JY__SECONDS)
            return;
        if (jy__json_number(json, at.end, &value) && value > most)
            most = value;
    }
    if (most > 0 && characters_of(json, shape, list) / most > 0.1)
        state->unit = JY__SECONDS;
}

/* A stray bracket makes a list in the list: its objects are still turns. */
static bool is_list_in_list(const jy__json_doc *json, uint32_t node)
{
    return jy__json_is(json, node, JY__JSON_ARRAY) && jy__json_is(json, jy__json_child(json, node), JY__JSON_OBJECT);
}

static int list_of_turns(jy_reader *reader, jy__shape_state *state, const jy__shape *shape, uint32_t list)
{
    const jy__json_doc *json = &state->json;
    jy__turn_fields at = { .node = JY__JSON_NONE };
    int status = JY_OK;
    for (uint32_t node = jy__json_child(json, list); node != JY__JSON_NONE && status == JY_OK; node = jy__json_next(json, node))
        status = is_list_in_list(json, node) ? list_of_turns(reader, state, shape, node) : jy__shape_turn(reader, state, shape, node, &at);
    return status;
}

/* "dialogue": "客服:您好\n客户:…", or a list of such lines */
int jy__shape_words(jy_reader *reader, jy__shape_state *state, uint32_t node)
{
    jy_turn turn = JY_TURN_INIT;
    return jy__shape_text(reader, state, node, &turn) ? jy__batch_told(reader, &turn) : JY_E_NOMEM;
}

int jy__shape_list(jy_reader *reader, jy__shape_state *state, const jy__shape *shape, uint32_t list)
{
    tell_unit(state, shape, list);
    if (jy__json_is(&state->json, list, JY__JSON_STRING))
        return jy__shape_words(reader, state, list);
    if (jy__json_is(&state->json, list, JY__JSON_ARRAY))
        return list_of_turns(reader, state, shape, list);
    return list == JY__JSON_NONE || (jy__json_at(&state->json, list)->flags & JY__JSON_TORN) ? JY_OK
                                                                                              : jy__shape_broken(reader, state, list, JY__SAY_NO_SPEECH);
}

/* Objects, of which at least half have a text, and who spoke or when. */
static bool is_list_of_turns(const jy__json_doc *json, const jy__shape *shape, uint32_t list)
{
    size_t turns = 0, others = 0;
    jy__turn_fields at = { .node = JY__JSON_NONE };
    if (!jy__json_is(json, list, JY__JSON_ARRAY))
        return false;
    for (uint32_t node = jy__json_child(json, list); node != JY__JSON_NONE; node = jy__json_next(json, node)) {
        bool is_turn;
        jy__shape_find_next(json, shape, node, &at);
        is_turn = jy__json_is(json, at.text, JY__JSON_STRING) && (at.speaker != JY__JSON_NONE || at.begin != JY__JSON_NONE);
        turns += is_turn;
        others += !is_turn;
    }
    return turns && turns >= others;
}

/* Nodes stand in the order of the document: behind a list come the nodes inside it, which are no lists of their own. */
uint32_t jy__shape_next_list(const jy__json_doc *json, const jy__shape *shape, uint32_t behind)
{
    uint32_t at = behind == JY__JSON_NONE ? 0 : behind;
    if (behind != JY__JSON_NONE) {
        while (at && jy__json_next(json, at) == JY__JSON_NONE)
            at = jy__json_at(json, at)->parent;
        at = at ? jy__json_next(json, at) : (uint32_t)json->nodes.count;
    }
    while (at < json->nodes.count && !is_list_of_turns(json, shape, at))
        at++;
    return at < json->nodes.count ? at : JY__JSON_NONE;
}
