/* Standard layout of a rule file: the YAML nodes are written anew in their own order, and the comments, which YAML forgets, are
 * picked up from the source between them. Two blanks a level, one blank line between rules, none at line ends; a list or mapping
 * written on one line stays on one line, one over several lines becomes a block. At the end the result is read again and
 * compared node by node: a formatter must never change what a file says. */
#include "rules/rules_inside.h"

typedef struct layout {
    jy__text *out;
    jy_str source;
    size_t at;              /* the source up to here has been written */
    bool line_open;         /* the last line written has no line end yet */
    bool block_opened;      /* nothing stands yet below the last `key:` */
} layout;

static void write_node(layout *l, const jy__node *node, size_t indent, bool spaced);

static void end_line(layout *l)
{
    if (l->line_open)
        jy__text_char(l->out, '\n');
    l->line_open = false;
}

static void add_blanks(layout *l, size_t count)
{
    while (count-- > 0)
        jy__text_char(l->out, ' ');
    l->line_open = true;
}

static jy_str comment_at(const layout *l, size_t from)
{
    size_t to = from;
    while (to < l->source.len && l->source.ptr[to] != '\n' && l->source.ptr[to] != '\r')
        to++;
    while (to > from && (l->source.ptr[to - 1] == ' ' || l->source.ptr[to - 1] == '\t'))
        to--;
    return (jy_str){ l->source.ptr + from, to - from };
}

static void blank_line(layout *l)
{
    if (!l->block_opened && l->out->len)
        jy__text_char(l->out, '\n');
}

/* Writes the comments that stand in the source before `upto`: behind the open line, or on lines of their own at `indent`. Ends
 * the line. blank: a blank line is due before whatever comes first; the answer is whether one is due now. */
static bool write_comments(layout *l, size_t upto, size_t indent, bool blank)
{
    size_t lines = l->line_open ? 0 : 1;
    for (size_t at = l->at; at < upto; at++) {
        char byte = l->source.ptr[at];
        jy_str comment;
        lines += byte == '\n';
        if (byte != '#')
            continue;
        comment = comment_at(l, at);
        if (lines == 0) {
            jy__text_c(l->out, "  ");
        } else {
            end_line(l);
            if (lines > 1 || blank)
                blank_line(l);
            add_blanks(l, indent);
            blank = false;
            l->block_opened = false;
        }
        jy__text_str(l->out, comment);
        l->line_open = true;
        at += comment.len - 1;
        lines = 0;
    }
    end_line(l);
    l->at = upto > l->at ? upto : l->at;
    return lines > 1 || blank;
}

static void write_gap(layout *l, size_t upto, size_t indent, bool blank)
{
    if (write_comments(l, upto, indent, blank))
        blank_line(l);
}

static size_t end_of(const jy__node *node) { return node->pos.offset + node->pos.length; }

/* Where the first thing that is written of a node stands. */
static size_t start_of(const jy__node *node)
{
    return node->kind == JY__NODE_MAP && !node->flow && node->first ? node->first->key->pos.offset : node->pos.offset;
}

static bool on_one_line(const layout *l, const jy__node *node)
{
    return node->flow && !memchr(l->source.ptr + node->pos.offset, '\n', node->pos.length);
}

/* ---- on one line */
static void write_flow(layout *l, const jy__node *node)
{
    bool list = node->kind == JY__NODE_LIST, bare = !list && l->source.ptr[node->pos.offset] != '{';
    if (node->kind == JY__NODE_SCALAR) {
        jy__layout_scalar(l->out, node, true);
        return;
    }
    jy__text_c(l->out, list ? "[" : bare ? "" : "{");
    for (const jy__node *kid = node->first; kid; kid = kid->next) {
        if (!list) {
            jy__layout_scalar(l->out, kid->key, true);
            jy__text_c(l->out, ": ");
        }
        write_flow(l, kid);
        jy__text_c(l->out, kid->next ? ", " : "");
    }
    jy__text_c(l->out, list ? "]" : bare ? "" : "}");
}

/* ---- blocks */
static void write_scalar(layout *l, const jy__node *node, size_t indent)
{
    jy_str source = { l->source.ptr + node->pos.offset, node->pos.length };
    if (node->style >= JY__STYLE_LITERAL) {
        jy__layout_block(l->out, node, source, indent);
        l->line_open = false;
    } else {
        jy__layout_scalar(l->out, node, false);
    }
    l->at = end_of(node);
}

/* Behind `key:`; what goes below it is indented deeper. */
static void write_value(layout *l, const jy__node *node, size_t indent, bool spaced)
{
    if (node->kind == JY__NODE_SCALAR) {
        jy__text_c(l->out, node->text.len || node->style ? " " : "");
        write_scalar(l, node, indent + 2);
    } else if (on_one_line(l, node) || !node->first) {
        jy__text_char(l->out, ' ');
        write_flow(l, node);
        l->at = end_of(node);
    } else {
        l->block_opened = true;
        write_node(l, node, indent + 2, spaced);
    }
}

static void write_map(layout *l, const jy__node *node, size_t indent)
{
    for (const jy__node *kid = node->first; kid; kid = kid->next) {
        if (kid != node->first || l->block_opened)
            write_gap(l, kid->key->pos.offset, indent, false);
        if (!l->line_open)
            add_blanks(l, indent);
        l->block_opened = false;
        jy__layout_scalar(l->out, kid->key, false);
        jy__text_char(l->out, ':');
        l->at = end_of(kid->key);
        l->line_open = true;
        write_value(l, kid, indent, indent == 0 && jy__str_is(kid->key->text, "rules"));
    }
}

/* spaced: a blank line between items, but not between two that take one line each. */
static void write_list(layout *l, const jy__node *node, size_t indent, bool spaced)
{
    const jy__node *last = NULL;
    for (const jy__node *kid = node->first; kid; last = kid, kid = kid->next) {
        if (last || l->block_opened)
            write_gap(l, start_of(kid), indent, spaced && last && !(on_one_line(l, last) && on_one_line(l, kid)));
        if (!l->line_open)
            add_blanks(l, indent);
        l->block_opened = false;
        jy__text_c(l->out, "- ");
        l->at = start_of(kid);
        write_node(l, kid, indent + 2, false);
    }
}

static void write_node(layout *l, const jy__node *node, size_t indent, bool spaced)
{
    if (node->kind == JY__NODE_SCALAR) {
        write_scalar(l, node, indent);
    } else if (on_one_line(l, node) || !node->first) {
        write_flow(l, node);
        l->at = end_of(node);
        l->line_open = true;
    } else if (node->kind == JY__NODE_MAP) {
        write_map(l, node, indent);
    } else {
        write_list(l, node, indent, spaced);
    }
}

static void write_file(const jy__load *load, const jy__node *root, jy__text *out)
{
    layout l = { out, load->text, 0, false, true };
    write_gap(&l, start_of(root), 0, false);
    l.block_opened = false;
    write_node(&l, root, 0, false);
    write_comments(&l, load->text.len, 0, false);
}

static bool same_nodes(const jy__node *a, const jy__node *b)
{
    const jy__node *x = a->first, *y = b->first;
    if (a->kind != b->kind || !jy__str_eq(a->text, b->text) || a->count != b->count)
        return false;
    for (; x && y; x = x->next, y = y->next)
        if ((a->kind == JY__NODE_MAP && !jy__str_eq(x->key->text, y->key->text)) || !same_nodes(x, y))
            return false;
    return true;
}

/* Reads what was written and compares. */
static int check(jy__load *before, const jy__node *root, const jy__text *out)
{
    jy__tree tree;
    jy__diags diags;
    jy__load load = { .mem = before->mem, .params = before->params, .text = jy__text_view(out), .diags = &diags, .tree = &tree };
    const jy__node *again;
    int status;
    jy__diags_init(&diags, before->mem);
    again = jy__load_run(&load, before->source);
    status = load.nomem ? JY_E_NOMEM : load.errors || !again || !same_nodes(root, again) ? JY_E_INTERNAL : JY_OK;
    jy__load_end(&load);
    jy__rules_tree_free(&tree);
    jy__diags_free(&diags);
    return status;
}

int jy__rules_format(const jy__mem *mem, jy_str text, jy__text *out)
{
    jy__params params;
    jy__tree tree;
    jy__diags diags;
    jy__load load = { .mem = mem, .params = &params, .text = text, .diags = &diags, .tree = &tree };
    const jy__node *root;
    int status = JY_OK;
    jy__params_init(&params);
    jy__diags_init(&diags, mem);
    root = jy__load_run(&load, JY__STR("rules"));
    if (load.nomem)
        status = JY_E_NOMEM;
    else if (load.errors || !root)
        status = JY_E_RULES;
    else
        write_file(&load, root, out);
    if (status == JY_OK)
        status = out->failed ? JY_E_NOMEM : check(&load, root, out);
    jy__load_end(&load);
    jy__rules_tree_free(&tree);
    jy__diags_free(&diags);
    return status;
}
