/* YAML: text goes in, a small tree of nodes with places comes out. libyaml's events are taken one by one and built up with an
 * explicit stack, so that depth is a number we check and not the C stack. Anchors, aliases, tags, merge keys, keys that are no
 * text, keys twice and second documents are refused here: every later stage sees plain lists, mappings and texts.
 * libyaml takes its own memory from malloc (it has no allocator of the caller's); what it hands out is copied and freed at once. */
#include "rules/rules_inside.h"
#include <yaml.h>

/* One open list or mapping. In a mapping a key waits for its value. */
typedef struct frame { jy__node *node, *last, *key; jy__map keys; bool mapped, warned; } frame;

typedef struct reader {
    jy__load *load;
    yaml_parser_t parser;
    jy__cursor cursor;
    struct { frame *items; size_t count, capacity; } stack;
    jy__node *root;
    size_t documents;
    bool stop;              /* an error after which the rest would only confuse */
} reader;

const char *jy__rules_yaml_version(void)
{
    return yaml_get_version_string();
}

#define MAP_FROM 16         /* a mapping with more keys than this finds duplicates by hash */

static jy__pos event_pos(reader *r, const yaml_event_t *event)
{
    jy__cursor end;
    jy__cursor_to(&r->cursor, event->start_mark.index);
    end = r->cursor;
    jy__cursor_to(&end, event->end_mark.index);
    return jy__cursor_pos(&r->cursor, end.byte - r->cursor.byte);
}

static jy__node *new_node(reader *r, jy__node_kind kind, jy__pos pos)
{
    jy__node *node = jy__load_scratch(r->load, sizeof(*node));
    if (node) {
        node->kind = (uint8_t)kind;
        node->pos = pos;
    }
    return node;
}

/* Line of the same key further up, 0 when there is none. */
static uint32_t earlier_line(const frame *top, const jy__node *key)
{
    uint32_t line = 0;
    if (top->mapped)
        return jy__map_get(&top->keys, key->text, &line) ? line : 0;
    for (const jy__node *kid = top->node->first; kid && !line; kid = kid->next)
        if (jy__str_eq(kid->key->text, key->text))
            line = kid->key->pos.line;
    return line;
}

static void remember_key(reader *r, frame *top, const jy__node *key)
{
    if (top->node->count == MAP_FROM && !top->mapped) {
        jy__map_init(&top->keys, r->load->mem);
        top->mapped = true;
        for (const jy__node *kid = top->node->first; kid; kid = kid->next)
            if (!jy__map_put(&top->keys, kid->key->text, kid->key->pos.line))
                r->load->nomem = true;
    }
    if (top->mapped && !jy__map_put(&top->keys, key->text, key->pos.line))
        r->load->nomem = true;
}

static void take_key(reader *r, frame *top, jy__node *node)
{
    uint32_t first;
    if (node->kind != JY__NODE_SCALAR) {
        JY__SAY0(r->load, YAML_KEY_KIND, node->pos);
        r->stop = true;
        return;
    }
    if (jy__str_is(node->text, "<<") && node->style == JY__STYLE_PLAIN)
        JY__SAY0(r->load, YAML_MERGE, node->pos);
    first = earlier_line(top, node);
    if (first)
        JY__SAY(r->load, YAML_DUPLICATE, node->pos, jy__arg_text(r->load, node->text), jy__arg_int(r->load, first));
    else
        remember_key(r, top, node);
    top->key = node;
}

/* [对不起,请稍候] is two items to YAML; whoever wrote it may have meant one text. */
static void warn_of_comma(reader *r, frame *top, const jy__node *node)
{
    const jy__node *last = top->last;
    const char *text = r->load->text.ptr;
    size_t comma = last->pos.offset + last->pos.length;
    if (top->warned || node->kind != JY__NODE_SCALAR || last->kind != JY__NODE_SCALAR || node->style || last->style ||
        node->pos.offset != comma + 1 || text[comma] != ',' || !((text[comma - 1] & text[comma + 1]) & 0x80))
        return;
    top->warned = true;
    JY__SAY0(r->load, YAML_COMMA, ((jy__pos){ last->pos.line, node->pos.column - 1, comma, 1 }));
}

/* Puts a node where it belongs: the root, an item, a key, or the value of the key that waits. */
static void place_node(reader *r, jy__node *node)
{
    frame *top = r->stack.count ? &r->stack.items[r->stack.count - 1] : NULL;
    if (!top) {
        r->root = node;
        return;
    }
    if (top->node->kind == JY__NODE_MAP && !top->key) {
        take_key(r, top, node);
        return;
    }
    node->key = top->node->kind == JY__NODE_MAP ? top->key : top->node->key;
    top->key = NULL;
    if (top->last && top->node->flow && top->node->kind == JY__NODE_LIST)
        warn_of_comma(r, top, node);
    if (top->last)
        top->last->next = node;
    else
        top->node->first = node;
    top->last = node;
    top->node->count++;
}

static void refuse_extras(reader *r, const yaml_char_t *anchor, const yaml_char_t *tag, jy__pos pos)
{
    if (anchor)
        JY__SAY0(r->load, YAML_ANCHOR, pos);
    if (tag)
        JY__SAY0(r->load, YAML_TAG, pos);
}

/* The line's end that YAML leaves behind a text written under `|` or `>` is nobody's. */
static jy_str text_of(const yaml_event_t *event, uint8_t style)
{
    jy_str text = { (const char *)event->data.scalar.value, event->data.scalar.length };
    while ((style == JY__STYLE_LITERAL || style == JY__STYLE_FOLDED) && text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    return text;
}

static void on_scalar(reader *r, const yaml_event_t *event)
{
    static const uint8_t styles[] = { JY__STYLE_PLAIN, JY__STYLE_PLAIN, JY__STYLE_SINGLE, JY__STYLE_DOUBLE, JY__STYLE_LITERAL, JY__STYLE_FOLDED };
    jy__pos pos = event_pos(r, event);
    jy__node *node;
    refuse_extras(r, event->data.scalar.anchor, event->data.scalar.tag, pos);
    node = new_node(r, JY__NODE_SCALAR, pos);
    if (!node)
        return;
    node->style = styles[event->data.scalar.style];
    if (!jy__arena_str(&r->load->tree->arena, text_of(event, node->style), &node->text))
        r->load->nomem = true;
    else
        place_node(r, node);
}

static void on_open(reader *r, jy__node_kind kind, bool flow, jy__pos pos)
{
    int64_t most = jy__params_get(r->load->params, JY_PARAM_MAX_NESTING);
    jy__node *node = new_node(r, kind, pos);
    if (!node)
        return;
    node->flow = flow;
    if (r->stack.count >= (size_t)most) {
        JY__SAY(r->load, YAML_DEEP, pos, jy__arg_int(r->load, most));
        r->stop = true;
        return;
    }
    place_node(r, node);
    if (r->stop)
        return;
    if (!JY__VEC_ROOM(r->load->mem, &r->stack)) {
        r->load->nomem = true;
        return;
    }
    r->stack.items[r->stack.count++] = (frame){ .node = node };
}

static void close_frame(frame *top)
{
    if (top->mapped)
        jy__map_free(&top->keys);
}

static void on_close(reader *r, const yaml_event_t *event)
{
    frame *top = &r->stack.items[--r->stack.count];
    if (top->node->flow) {
        jy__cursor end = r->cursor;
        jy__cursor_to(&end, event->end_mark.index);
        top->node->pos.length = end.byte - top->node->pos.offset;
    }
    close_frame(top);
}

static void on_document(reader *r, const yaml_event_t *event)
{
    if (r->documents++ == 0)
        return;
    JY__SAY0(r->load, YAML_DOCUMENTS, event_pos(r, event));
    r->stop = true;
}

static void on_event(reader *r, const yaml_event_t *event)
{
    jy__pos pos;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT: on_document(r, event); break;
    case YAML_SCALAR_EVENT: on_scalar(r, event); break;
    case YAML_SEQUENCE_START_EVENT:
        pos = event_pos(r, event);
        refuse_extras(r, event->data.sequence_start.anchor, event->data.sequence_start.tag, pos);
        on_open(r, JY__NODE_LIST, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE, pos);
        break;
    case YAML_MAPPING_START_EVENT:
        pos = event_pos(r, event);
        refuse_extras(r, event->data.mapping_start.anchor, event->data.mapping_start.tag, pos);
        on_open(r, JY__NODE_MAP, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, pos);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: on_close(r, event); break;
    case YAML_ALIAS_EVENT:
        JY__SAY0(r->load, YAML_ANCHOR, event_pos(r, event));
        r->stop = true;
        break;
    default: break;
    }
}

static void read_events(reader *r)
{
    bool more = true;
    while (more && !r->stop && !r->load->nomem) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event)) {
            if (r->parser.error == YAML_MEMORY_ERROR)
                r->load->nomem = true;
            else
                jy__rules_yaml_error(r->load, &r->parser);
            return;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        on_event(r, &event);
        yaml_event_delete(&event);
    }
}

bool jy__rules_yaml(jy__load *load, jy__node **root_out)
{
    reader r = { .load = load };
    if (!yaml_parser_initialize(&r.parser)) {
        load->nomem = true;
        return false;
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    jy__cursor_init(&r.cursor, load->text);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)load->text.ptr + r.cursor.byte, load->text.len - r.cursor.byte);
    read_events(&r);
    while (r.stack.count)
        close_frame(&r.stack.items[--r.stack.count]);
    JY__VEC_FREE(load->mem, &r.stack);
    yaml_parser_delete(&r.parser);
    *root_out = r.root;
    return load->errors == 0 && !load->nomem;
}
