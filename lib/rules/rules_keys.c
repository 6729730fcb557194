/* Keys: takes a mapping apart by its key table. What comes out is an array of values under the table's own numbers; every
 * unknown, missing or superfluous key has then been reported, with the nearest known one. */
#include "rules/rules_inside.h"

#define KEY_ROW(number, key_name, shape, need, english, chinese) \
    { { key_name, sizeof(key_name) - 1 }, JY__SHAPE_##shape, JY__NEED_##need, english, chinese },
#define KEY_ROWS(table, english, chinese) static const jy__key table##_keys[] = { JY__KEYS_##table(KEY_ROW) };
JY__TABLES(KEY_ROWS)

static const jy__table tables[] = {
#define TABLE_ROW(table, english, chinese) { #table, english, chinese, table##_keys, JY__COUNT(table##_keys) },
    JY__TABLES(TABLE_ROW)
};

const jy__table *jy__rules_table(jy__table_id id) { return &tables[id]; }

/* What people write, and the word of the format for it: only ever proposed, never taken. */
static const char *const synonyms[][2] = {
    { "forbidden", "forbid" }, { "forbids", "forbid" }, { "deny", "forbid" }, { "禁止", "forbid" }, { "严禁", "forbid" }, { "忌语", "forbid" },
    { "禁语", "forbid" }, { "禁用语", "forbid" },
    { "must", "require" }, { "required", "require" }, { "必须", "require" }, { "要求", "require" },
    { "exception", "except" }, { "exceptions", "except" }, { "allow", "except" }, { "例外", "except" }, { "除外", "except" },
    { "suggestion", "suggest" }, { "suggestions", "suggest" }, { "approve", "suggest" }, { "建议", "suggest" }, { "规范用语", "suggest" },
    { "fix", "replace" }, { "replacement", "replace" }, { "替换", "replace" },
    { "name", "id" }, { "rule", "id" }, { "编号", "id" }, { "source", "clause" }, { "条款", "clause" }, { "scene", "situation" }, { "情境", "situation" },
    { "场景", "situation" }, { "level", "severity" }, { "严重程度", "severity" }, { "points", "score" }, { "扣分", "score" }, { "分数", "score" },
    { "veto", "fatal" }, { "一票否决", "fatal" }, { "who", "speaker" }, { "role", "speaker" }, { "说话人", "speaker" }, { "disabled", "enabled" },
    { "启用", "enabled" }, { "since", "from" }, { "start-date", "from" }, { "to", "until" }, { "expires", "until" }, { "comment", "note" },
    { "description", "note" }, { "备注", "note" }, { "标签", "tags" }, { "tag", "tags" }, { "test", "tests" }, { "用例", "tests" }, { "测试", "tests" },
    { "positive", "bad" }, { "fail", "bad" }, { "negative", "good" }, { "pass", "good" }, { "if", "when" }, { "after", "when" }, { "anchor", "when" },
    { "window", "where" }, { "within", "where" }, { "range", "where" }, { "max", "limit" }, { "most", "limit" }, { "words", "lists" }, { "list", "lists" },
    { "wordlists", "lists" }, { "词表", "lists" }, { "列表", "lists" }, { "规则", "rules" }, { "标题", "title" }, { "版本", "version" }, { "default", "defaults" },
    { "format", "jinyu" }, { "text", "phrase" }, { "word", "phrase" }, { "短语", "phrase" }, { "pattern", "regex" }, { "正则", "regex" }, { "regexp", "regex" },
    { "or", "any" }, { "and", "all" }, { "folds", "fold" }, { "folding", "fold" }, { "pinyin", "sound" }, { "homophone", "sound" }, { "同音", "sound" },
    { "case", "width" }, { "compatibility", "width" }, { "traditional", "script" }, { "繁体", "script" }, { "space", "gaps" }, { "stutter", "repeats" },
    { "客服", "agent" }, { "座席", "agent" }, { "坐席", "agent" }, { "客户", "customer" }, { "用户", "customer" }, { "both", "any" }, { "all", "any" },
    { "任何人", "any" }, { "warn", "warning" }, { "警告", "warning" }, { "错误", "error" }, { "fatal", "critical" }, { "严重", "critical" }, { "提示", "info" },
    { "entire", "whole" }, { "exact", "whole" }, { "分句", "clause" }, { "句子", "sentence" }, { "utterance", "turn" }, { "整句", "sentence" },
    { "hang-up", "hangup" }, { "挂机", "hangup" }, { "hold", "hold-start" }, { "unhold", "hold-end" }, { "ringing", "ring" }, { "answered", "answer" },
    { "mute-start", "mute" }, { "mute-end", "unmute" }, { "speed", "rate" }, { "语速", "rate" }, { "沉默", "silence" }, { "抢话", "overlap" },
};

static bool has_name(const char *name, const char *(*name_at)(const void *ctx, size_t index), const void *ctx)
{
    const char *known;
    for (size_t i = 0; (known = name_at(ctx, i)); i++)
        if (strcmp(known, name) == 0)
            return true;
    return false;
}

static size_t most_distance(size_t len) { return len <= 3 ? 1 : len <= 6 ? 2 : 3; }

const char *jy__rules_nearest(jy_str word, const char *(*name_at)(const void *ctx, size_t index), const void *ctx)
{
    size_t least = most_distance(word.len) + 1;
    const char *nearest = NULL, *known;
    for (size_t i = 0; i < JY__COUNT(synonyms); i++)
        if (jy__str_is(word, synonyms[i][0]) && has_name(synonyms[i][1], name_at, ctx))
            return synonyms[i][1];
    for (size_t i = 0; (known = name_at(ctx, i)); i++) {
        size_t distance = jy__str_distance(word, jy__str_of(known), least);
        if (distance < least && distance < strlen(known)) {
            least = distance;
            nearest = known;
        }
    }
    return nearest;
}

static const char *key_name_at(const void *ctx, size_t index)
{
    const jy__table *table = ctx;
    return index < table->count ? table->keys[index].name.ptr : NULL;
}

/* "a, b, c" of a table's keys; `need` chooses, JY__NEED_MAY is all. */
static jy__arg key_names(jy__load *load, const jy__table *table, jy__need need)
{
    jy__text out;
    jy_str kept = { NULL, 0 };
    jy__text_init(&out, load->mem);
    for (size_t i = 0; i < table->count; i++) {
        if (need != JY__NEED_MAY && table->keys[i].need != need)
            continue;
        jy__text_c(&out, out.len ? ", " : "");
        jy__text_str(&out, table->keys[i].name);
    }
    if (out.failed || !jy__arena_str(&load->nodes, jy__text_view(&out), &kept))
        load->nomem = true;
    jy__text_free(&out);
    return (jy__arg){ { kept, kept } };
}

/* `id：x` and `id:x` are texts to YAML's eyes. */
bool jy__rules_lacks_colon(jy_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == ':' || (i + 2 < text.len && memcmp(text.ptr + i, "：", 3) == 0))
            return true;
    return false;
}

static int find_key(const jy__table *table, jy_str name)
{
    for (size_t i = 0; i < table->count; i++)
        if (jy__str_eq(table->keys[i].name, name))
            return (int)i;
    return -1;
}

static void unknown_key(jy__load *load, const jy__table *table, const jy__node *key, bool lone)
{
    jy__arg what = jy__arg_both(table->english, table->chinese), name;
    const char *nearest;
    if (load->errors > JY__RULES_MOST_ERRORS) /* nobody sees it, so do not look for the nearest */
        return;
    name = jy__arg_text(load, key->text);
    nearest = jy__rules_nearest(key->text, key_name_at, table);
    if (table == &tables[JY__TABLE_RULE] && find_key(&tables[JY__TABLE_EXPR], key->text) >= 0)
        JY__SAY(load, KEY_INSIDE, key->pos, name, what);
    else if (nearest)
        JY__SAY(load, KEY_NEAREST, key->pos, name, what, jy__arg_c(nearest));
    else if (jy__rules_lacks_colon(key->text))
        JY__SAY(load, KEY_COLON, key->pos, name);
    else if (lone && (table == &tables[JY__TABLE_EXPR] || table == &tables[JY__TABLE_WHEN]))
        JY__SAY(load, KEY_TEXT, key->pos, name);
    else
        JY__SAY(load, KEY_UNKNOWN, key->pos, name, what, key_names(load, table, JY__NEED_MAY));
}

bool jy__rules_is_key(jy_str word)
{
    for (size_t i = 0; i < JY__COUNT(tables); i++)
        if (find_key(&tables[i], word) >= 0)
            return true;
    return false;
}

bool jy__rules_take(jy__load *load, const jy__node *node, jy__table_id id, jy__node **found)
{
    const jy__table *table = &tables[id];
    memset(found, 0, table->count * sizeof(*found));
    if (node->kind != JY__NODE_MAP) {
        if (node->kind == JY__NODE_SCALAR && jy__rules_lacks_colon(node->text))
            JY__SAY(load, KEY_COLON, node->pos, jy__arg_text(load, node->text));
        else
            JY__SAY(load, WANT_MAP, node->pos, jy__arg_key(node), jy__arg_found(load, node));
        return false;
    }
    for (jy__node *kid = node->first; kid; kid = kid->next) {
        int at = find_key(table, kid->key->text);
        if (at < 0)
            unknown_key(load, table, kid->key, node->count == 1);
        else if (!found[at])
            found[at] = kid;
    }
    for (size_t i = 0; i < table->count; i++)
        if (table->keys[i].need == JY__NEED_MUST && !found[i] && id != JY__TABLE_FILE) /* the file's format was asked for first */
            JY__SAY(load, KEY_MISSING, node->pos, jy__arg_both(table->english, table->chinese), jy__arg_c(table->keys[i].name.ptr));
    return true;
}

int jy__rules_take_one(jy__load *load, const jy__node *node, jy__table_id id, jy__node **found)
{
    const jy__table *table = &tables[id];
    size_t known = 0;
    int one = -1;
    for (size_t i = 0; i < table->count; i++) {
        known += found[i] != NULL;
        if (table->keys[i].need != JY__NEED_ONE || !found[i])
            continue;
        if (one >= 0) {
            JY__SAY(load, KEY_MORE_OF, found[i]->key->pos, jy__arg_both(table->english, table->chinese), key_names(load, table, JY__NEED_ONE),
                    jy__arg_c(table->keys[i].name.ptr), jy__arg_c(table->keys[one].name.ptr));
            return -1;
        }
        one = (int)i;
    }
    if (one < 0 && known == node->count) /* a misspelt key may be the one that is missing */
        JY__SAY(load, KEY_NONE_OF, node->pos, jy__arg_both(table->english, table->chinese), key_names(load, table, JY__NEED_ONE));
    return one;
}
