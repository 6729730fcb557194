/* Named lists: their items are phrases themselves and may name other lists. A list is read when it is first named, so that
 * order in the file does not matter; a list met again while it is still open holds itself and is refused. */
#include "rules/rules_inside.h"

bool jy__rules_lists(jy__load *load, const jy__node *node)
{
    if (node->kind != JY__NODE_MAP) {
        JY__SAY(load, WANT_MAP, node->pos, jy__arg_key(node), jy__arg_found(load, node));
        return false;
    }
    load->lists = jy__load_scratch(load, (node->count + 1) * sizeof(*load->lists));
    for (jy__node *kid = node->first; kid && load->lists; kid = kid->next) {
        jy__list *list = &load->lists[load->list_count];
        if (!jy__name_ok(kid->key->text, false)) {
            JY__SAY(load, LIST_NAME, kid->key->pos, jy__arg_text(load, kid->key->text));
            continue;
        }
        list->name = kid->key->text;
        list->node = kid;
        if (!jy__map_put(&load->list_index, list->name, (uint32_t)load->list_count))
            load->nomem = true;
        load->list_count++;
    }
    return true;
}

static void add_item(jy__load *load, jy__list *list, const jy__node *node)
{
    jy__formed formed, *all = &list->formed;
    if (!jy__rules_phrase_formed(load, node, &formed))
        return;
    if (list->item_count == 0 || formed.least_chars < all->least_chars)
        all->least_chars = formed.least_chars;
    if (list->item_count == 0 || formed.least_symbols < all->least_symbols)
        all->least_symbols = formed.least_symbols;
    all->gap = all->gap || formed.gap;
    list->items[list->item_count++] = formed.form;
}

static void read_list(jy__load *load, jy__list *list)
{
    const jy__node *node = list->node;
    if (node->kind == JY__NODE_MAP) {
        JY__SAY(load, WANT_TEXTS, node->pos, jy__arg_key(node), jy__arg_found(load, node));
        return;
    }
    if (node->kind == JY__NODE_LIST && node->count == 0) {
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
        return;
    }
    jy__rules_wide_comma(load, node);
    list->items = jy__load_alloc(load, (node->kind == JY__NODE_LIST ? node->count : 1) * sizeof(*list->items));
    if (!list->items)
        return;
    if (node->kind == JY__NODE_SCALAR)
        add_item(load, list, node);
    else
        for (const jy__node *kid = node->first; kid; kid = kid->next)
            add_item(load, list, kid);
}

static void open_list(jy__load *load, jy__list *list)
{
    int64_t most = jy__params_get(load->params, JY_PARAM_MAX_NESTING);
    if (load->depth >= (uint64_t)most) {
        JY__SAY(load, PHRASE_DEEP, list->node->pos, jy__arg_int(load, most));
        return;
    }
    load->depth++;
    list->state = JY__LIST_OPEN;
    read_list(load, list);
    list->state = JY__LIST_DONE;
    load->depth--;
}

jy__list *jy__rules_list(jy__load *load, jy_str name)
{
    uint32_t index;
    jy__list *list;
    if (!jy__map_get(&load->list_index, name, &index))
        return NULL;
    list = &load->lists[index];
    list->used = true;
    if (list->state == JY__LIST_NEW)
        open_list(load, list);
    return list;
}

void jy__rules_lists_finish(jy__load *load)
{
    for (size_t i = 0; i < load->list_count; i++) {
        jy__list *list = &load->lists[i];
        if (list->state == JY__LIST_NEW)
            open_list(load, list);
    }
    for (size_t i = 0; i < load->list_count; i++)
        if (!load->lists[i].used)
            JY__SAY(load, LIST_UNUSED, load->lists[i].node->key->pos, jy__arg_text(load, load->lists[i].name));
}
