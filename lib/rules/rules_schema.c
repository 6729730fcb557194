/* The JSON Schema (draft 2020-12) of format 1, for completion and checking in editors. Made from the loader's own key tables and
 * word lists, so that the two cannot drift apart; only how each shape of value looks is said here. A schema sees less than the
 * loader (not the phrase language, not what belongs together), so it accepts whatever the loader accepts, and a little more. */
#include "rules/rules_inside.h"

/* In the order of jy__shape. Names in capitals are key tables. */
static const char *const shapes[] = {
    [JY__SHAPE_FORMAT] = "\"const\": 1",
    [JY__SHAPE_NAME] = "\"type\": [\"string\", \"number\"], \"pattern\": \"^[^\\\\s!-,/:-@\\\\[-^`{-~]+$\"",
    [JY__SHAPE_TEXT] = "\"$ref\": \"#/$defs/text\"",
    [JY__SHAPE_TEXTS] = "\"$ref\": \"#/$defs/texts\"",
    [JY__SHAPE_BOOL] = "\"enum\": [true, false, \"yes\", \"no\", \"Yes\", \"No\"]",
    [JY__SHAPE_DATE] = "\"type\": \"string\", \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"",
    [JY__SHAPE_TIME] = "\"type\": \"string\", \"pattern\": \"^[0-9]+([.][0-9]{1,3})?(ms|s|min)$\"",
    [JY__SHAPE_SCORE] = "\"type\": \"integer\", \"maximum\": 0, \"minimum\": -10000",
    [JY__SHAPE_POINTS] = "\"type\": \"integer\"",
    [JY__SHAPE_STEPS] = "\"type\": \"integer\", \"minimum\": 100",
    [JY__SHAPE_CHARACTERS] = "\"type\": \"integer\", \"minimum\": 0, \"maximum\": 200",
    [JY__SHAPE_COUNT] = "\"type\": \"integer\", \"minimum\": 1, \"maximum\": 1000",
    [JY__SHAPE_RATE] = "\"type\": \"string\", \"pattern\": \"^[1-9][0-9]*/min$\"",
    [JY__SHAPE_TURNS] = "\"type\": \"string\", \"pattern\": \"^[1-9][0-9]* turns?$\"",
    [JY__SHAPE_SHARE] = "\"type\": \"number\", \"minimum\": 0, \"maximum\": 1",
    [JY__SHAPE_WHERE] = "\"type\": \"string\", \"pattern\": \"^(turn|call|(next|previous|first|last) +([0-9]+ +turns?( +of +(agent|customer|any))?"
                       "|[0-9]+([.][0-9]{1,3})?(ms|s|min)))$\", \"examples\": [\"turn\", \"call\", \"next 1 turn of agent\", \"first 10s\"]",
    [JY__SHAPE_SPEAKER] = "\"$ref\": \"#/$defs/speaker\"",
    [JY__SHAPE_PARTY] = "\"$ref\": \"#/$defs/party\"",
    [JY__SHAPE_SEVERITY] = "\"$ref\": \"#/$defs/severity\"",
    [JY__SHAPE_JUDGED] = "\"$ref\": \"#/$defs/judged\"",
    [JY__SHAPE_WHOLE] = "\"$ref\": \"#/$defs/whole\"",
    [JY__SHAPE_SPAN] = "\"$ref\": \"#/$defs/span\"",
    [JY__SHAPE_EVENT] = "\"$ref\": \"#/$defs/event\"",
    [JY__SHAPE_VIA] = "\"anyOf\": [{\"$ref\": \"#/$defs/via\"}, {\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/via\"}}]",
    [JY__SHAPE_FOLDS] = "\"anyOf\": [{\"enum\": [\"all\", \"none\"]}, {\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/fold-name\"}}, "
                       "{\"$ref\": \"#/$defs/FOLD\"}]",
    [JY__SHAPE_PHRASES] = "\"$ref\": \"#/$defs/phrases\"",
    [JY__SHAPE_ITEMS] = "\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/phrases\"}",
    [JY__SHAPE_NEAR] = "\"$ref\": \"#/$defs/NEAR\"",
    [JY__SHAPE_ECHO] = "\"$ref\": \"#/$defs/ECHO\"",
    [JY__SHAPE_WHEN] = "\"$ref\": \"#/$defs/anchor\"",
    [JY__SHAPE_ANCHORS] = "\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/anchor\"}",
    [JY__SHAPE_LIMIT] = "\"$ref\": \"#/$defs/LIMIT\"",
    [JY__SHAPE_REPEAT] = "\"$ref\": \"#/$defs/REPEAT\"",
    [JY__SHAPE_REPLACE] = "\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"$ref\": \"#/$defs/REPLACE\"}]",
    [JY__SHAPE_DEFAULTS] = "\"$ref\": \"#/$defs/DEFAULTS\"",
    [JY__SHAPE_LISTS] = "\"type\": \"object\", \"additionalProperties\": {\"$ref\": \"#/$defs/texts\"}",
    [JY__SHAPE_CLAUSES] = "\"type\": \"object\", \"minProperties\": 1, \"additionalProperties\": {\"$ref\": \"#/$defs/text\"}",
    [JY__SHAPE_SCORECARD] = "\"$ref\": \"#/$defs/SCORECARD\"",
    [JY__SHAPE_RULES] = "\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/RULE\"}",
    [JY__SHAPE_TESTS] = "\"$ref\": \"#/$defs/TESTS\"",
    [JY__SHAPE_CASES] = "\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"type\": \"array\", \"minItems\": 1, \"items\": {\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, "
                       "{\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/TURN\"}}]}}]",
    [JY__SHAPE_FIXES] = "\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/FIX\"}",
    [JY__SHAPE_KNOWN] = "\"$ref\": \"#/$defs/KNOWN\"",
};
_Static_assert(JY__COUNT(shapes) == JY__SHAPE_END, "every shape is said");

/* What several shapes refer to. */
static const char *const common[][2] = {
    { "text", "\"anyOf\": [{\"type\": \"string\", \"minLength\": 1}, {\"type\": [\"number\", \"boolean\"]}]" },
    { "texts", "\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"type\": \"array\", \"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/text\"}}]" },
    { "phrases", "\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"$ref\": \"#/$defs/EXPR\"}, {\"type\": \"array\", \"minItems\": 1, "
                 "\"items\": {\"$ref\": \"#/$defs/phrases\"}}]" },
    { "anchor", "\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"$ref\": \"#/$defs/WHEN\"}, {\"type\": \"array\", \"minItems\": 1, "
                "\"items\": {\"$ref\": \"#/$defs/anchor\"}}]" },
};

static const struct { jy__choices_id id; const char *name; } words[] = {
    { JY__CHOICES_SPEAKER, "speaker" }, { JY__CHOICES_PARTY, "party" }, { JY__CHOICES_SEVERITY, "severity" }, { JY__CHOICES_JUDGED, "judged" },
    { JY__CHOICES_WHOLE, "whole" }, { JY__CHOICES_SPAN, "span" }, { JY__CHOICES_EVENT, "event" }, { JY__CHOICES_VIA, "via" },
};
_Static_assert(JY__COUNT(words) == JY__CHOICES_COUNT, "every list of words is said");

/* Text inside a JSON string. */
static void add_escaped(jy__text *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\')
            jy__text_char(out, '\\');
        jy__text_char(out, *p);
    }
}

static void add_name(jy__text *out, const char *name, bool first)
{
    jy__text_c(out, first ? "\"" : ", \"");
    jy__text_c(out, name);
    jy__text_char(out, '"');
}

static void add_property(jy__text *out, const jy__key *key, bool first)
{
    jy__text_c(out, first ? "\n    " : ",\n    ");
    add_name(out, key->name.ptr, true);
    jy__text_c(out, ": {\"description\": \"");
    add_escaped(out, key->english);
    jy__text_c(out, " — ");
    add_escaped(out, key->chinese);
    jy__text_c(out, "\", ");
    jy__text_c(out, shapes[key->shape]);
    jy__text_char(out, '}');
}

/* A test's turn may have any of the speakers' labels as a key. */
static void add_labels(jy__text *out)
{
    const jy__choices *labels = jy__rules_labels();
    for (size_t i = 0; i < labels->count; i++) {
        jy__text_c(out, ",\n    ");
        add_name(out, labels->items[i].name, true);
        jy__text_c(out, ": {\"$ref\": \"#/$defs/text\"}");
    }
}

static bool has_need(const jy__table *table, jy__need need)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->keys[i].need == need)
            return true;
    return false;
}

/* "required": [every MUST], "oneOf": [{"required": [each ONE]}] */
static void add_needs(jy__text *out, const jy__table *table)
{
    bool first = true;
    if (has_need(table, JY__NEED_MUST)) {
        jy__text_c(out, ",\n    \"required\": [");
        for (size_t i = 0; i < table->count; i++)
            if (table->keys[i].need == JY__NEED_MUST) {
                add_name(out, table->keys[i].name.ptr, first);
                first = false;
            }
        jy__text_char(out, ']');
    }
    if (!has_need(table, JY__NEED_ONE))
        return;
    jy__text_c(out, ",\n    \"oneOf\": [");
    first = true;
    for (size_t i = 0; i < table->count; i++)
        if (table->keys[i].need == JY__NEED_ONE) {
            jy__text_c(out, first ? "{\"required\": [" : ", {\"required\": [");
            add_name(out, table->keys[i].name.ptr, true);
            jy__text_c(out, "]}");
            first = false;
        }
    jy__text_char(out, ']');
}

static void add_table(jy__text *out, jy__table_id id)
{
    const jy__table *table = jy__rules_table(id);
    jy__text_c(out, "\"type\": \"object\", \"additionalProperties\": false, \"properties\": {");
    for (size_t i = 0; i < table->count; i++)
        add_property(out, &table->keys[i], i == 0);
    if (id == JY__TABLE_TURN)
        add_labels(out);
    jy__text_char(out, '}');
    add_needs(out, table);
    if (id == JY__TABLE_FILE)
        jy__text_c(out, ",\n    \"anyOf\": [{\"required\": [\"rules\"]}, {\"required\": [\"approved\"]}]");
}

static void add_definition(jy__text *out, const char *name)
{
    jy__text_c(out, ",\n  ");
    add_name(out, name, true);
    jy__text_c(out, ": {");
}

static void add_words(jy__text *out, const char *name, const jy__choices *from)
{
    add_definition(out, name);
    jy__text_c(out, "\"enum\": [");
    for (size_t i = 0; i < from->count; i++)
        add_name(out, from->items[i].name, i == 0);
    jy__text_c(out, "]}");
}

static void add_fold_names(jy__text *out)
{
    const jy__table *folds = jy__rules_table(JY__TABLE_FOLD);
    jy__text_c(out, "  \"fold-name\": {\"enum\": [");
    for (size_t i = 0; i < folds->count; i++)
        add_name(out, folds->keys[i].name.ptr, i == 0);
    jy__text_c(out, "]}");
}

int jy__rules_schema(jy__text *out)
{
    jy__text_c(out, "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                    "\"title\": \"jinyu rule file, format 1\",\n");
    add_table(out, JY__TABLE_FILE);
    jy__text_c(out, ",\n\"$defs\": {\n");
    add_fold_names(out);
    for (size_t i = 0; i < JY__COUNT(common); i++) {
        add_definition(out, common[i][0]);
        jy__text_c(out, common[i][1]);
        jy__text_char(out, '}');
    }
    for (size_t i = 0; i < JY__COUNT(words); i++)
        add_words(out, words[i].name, jy__rules_choices(words[i].id));
    for (int id = JY__TABLE_FILE + 1; id < JY__TABLE_COUNT; id++) {
        add_definition(out, jy__rules_table((jy__table_id)id)->name);
        add_table(out, (jy__table_id)id);
        jy__text_char(out, '}');
    }
    jy__text_c(out, "}}\n");
    return out->failed ? JY_E_NOMEM : JY_OK;
}
