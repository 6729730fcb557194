/* What comes after damage in a JSON text: the innermost open list whose elements are objects goes on at the next `, {`, or between
 * two elements at the next `{`. A string that lost its quote has run into what follows, so the search begins at the last string. */
#include "dialogue/dialogue_json_parse.h"

static bool is_blank(char byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

/* `"name":` or what is left of it. */
static bool is_member(const char *p, const char *end)
{
    const char *quote;
    p += p < end && *p == '"';
    quote = p < end ? memchr(p, '"', (size_t)(end - p)) : NULL;
    if (!quote || quote - p > 64)
        return false;
    for (quote++; quote < end && is_blank(*quote); quote++) {}
    return quote < end && *quote == ':';
}

/* A list of objects, by its first element — or by what the first has become that lost its brace:
 * `[ "name":`, `[ x "name":`, `[ [ "name":`, `[ ""name":`, `[ 6"name":` */
static bool begins_objects(const jy__json_parser *in, uint32_t list)
{
    const jy__json_doc *json = in->json;
    const char *p = in->fault_at;
    uint32_t count = jy__json_at(json, list)->count;
    if (count > 0 && jy__json_is(json, list + 1, JY__JSON_OBJECT))
        return true;
    if (count > 0 && list + 1 == in->parent && jy__json_is(json, list + 1, JY__JSON_ARRAY))
        return p < in->end && *p == ':';
    if (list != in->parent || count > 1 || p >= in->end)
        return false;
    if (count == 1 && jy__json_is(json, list + 1, JY__JSON_STRING) && *p == ':')
        return true;
    if (count == 1 && memchr(in->start + jy__json_at(json, list + 1)->offset, '{', jy__json_at(json, list + 1)->length))
        return false; /* a stray quote has swallowed an object of another list */
    if (count == 0)
        for (p++; p < in->end && is_blank(*p); p++) {}
    return is_member(p, in->end);
}

static uint32_t list_of_objects(const jy__json_parser *in)
{
    for (uint32_t node = in->parent; node != JY__JSON_NONE; node = jy__json_at(in->json, node)->parent)
        if (jy__json_is(in->json, node, JY__JSON_ARRAY) && begins_objects(in, node))
            return node;
    return JY__JSON_NONE;
}

static const char *next_object(const jy__json_parser *in, bool between)
{
    const jy__json_node *last = in->last ? jy__json_at(in->json, in->last) : NULL;
    const char *p = in->fault_at, *at;
    if (in->string && in->string < p && in->fault != JY__JSON_VALUE && (!last || in->string == in->start + last->offset || in->string > in->start + last->offset + last->length))
        p = in->string;
    if (p < in->end && *p == '{' && in->fault != JY__JSON_VALUE)
        return p;
    if (between)
        return p < in->end ? memchr(p, '{', (size_t)(in->end - p)) : NULL;
    for (; p < in->end && (p = memchr(p, ',', (size_t)(in->end - p))) != NULL; p++) {
        for (at = p + 1; at < in->end && is_blank(*at); at++) {}
        if (at < in->end && *at == '{')
            return at;
    }
    return NULL;
}

/* A list's last object with the damage in it is marked; the values read before stay. */
bool jy__json_go_on(jy__json_parser *in)
{
    jy__json_node *nodes = in->json->nodes.items;
    uint32_t list = list_of_objects(in);
    const char *at = list == JY__JSON_NONE ? NULL : next_object(in, in->parent == list);
    for (uint32_t node = in->parent; node != JY__JSON_NONE; node = nodes[node].parent)
        nodes[node].flags |= JY__JSON_TORN;
    if (!at)
        return false;
    while (in->parent != list) {
        in->p = in->fault_at;
        jy__json_close_container(in);
    }
    in->p = at;
    in->string = NULL;
    return true;
}
