/* What a rule requires to be said, for people. Comes in: the node of its wording; goes out: the phrases as they are written, `a / b` where one is
 * enough, `a + b` where each must be said. What must not be said beside them, and what only repeats the customer, is left out. */
#include "compile/compile.h"

#define PHRASES_SHOWN 6 /* of those of which one is enough; the rule file has the others */

static void put_node(const jy_rules *rules, uint32_t number, bool inside, jy__text *out);

static void put_atoms(const jy_rules *rules, const jy__node *node, jy__text *out)
{
    for (uint32_t i = 0; i < node->atom_count; i++) {
        if (i == PHRASES_SHOWN) {
            jy__text_c(out, " / …");
            return;
        }
        jy__text_c(out, i ? " / " : "");
        jy__text_str(out, jy__atom_written(rules, node->first_atom + i));
    }
}

static bool is_shown(const jy_rules *rules, uint32_t number)
{
    return rules->nodes[number].kind != JY__EXPR_NOT && rules->nodes[number].kind != JY__EXPR_ECHO;
}

static void put_kids(const jy_rules *rules, const jy__node *node, jy__text *out)
{
    const char *between = "";
    for (uint32_t i = 0, shown = 0; i < node->kid_count; i++) {
        uint32_t kid = jy__node_kid(rules, node, i);
        if (!is_shown(rules, kid))
            continue;
        jy__text_c(out, between);
        if (node->kind == JY__EXPR_ANY && shown++ == PHRASES_SHOWN) {
            jy__text_c(out, "…");
            return;
        }
        put_node(rules, kid, true, out);
        between = node->kind == JY__EXPR_ANY ? " / " : " + ";
    }
}

static void put_node(const jy_rules *rules, uint32_t number, bool inside, jy__text *out)
{
    const jy__node *node = &rules->nodes[number];
    bool group = inside && (node->atom_count > 1 || node->kid_count > 1);
    jy__text_c(out, group ? "(" : "");
    if (node->kid_count)
        put_kids(rules, node, out);
    else if (is_shown(rules, number))
        put_atoms(rules, node, out);
    jy__text_c(out, group ? ")" : "");
}

int jy_rules_required(const jy_rules *rules, size_t index, jy_buf *out)
{
    jy__text text;
    int status;
    if (!rules || !out || index >= rules->rule_count)
        return JY_E_INVALID;
    jy__text_init(&text, &rules->mem);
    if (rules->rules[index].require != JY__NONE)
        put_node(rules, rules->rules[index].require, false, &text);
    status = jy__text_give(&text, out);
    jy__text_free(&text);
    return status;
}
