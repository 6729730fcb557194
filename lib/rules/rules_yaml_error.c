/* libyaml's errors, made useful. libyaml tells what its grammar missed; a supervisor needs to know what to change. The error's
 * wording and the characters at its place choose one of our messages, which names the remedy. */
#include "rules/rules_inside.h"
#include <yaml.h>

typedef struct trouble {
    jy__load *load;
    const char *problem, *context;
    jy__pos problem_pos, context_pos;
    char at, before;        /* the byte at the problem, and the last one before it that is no blank */
} trouble;

static jy__pos mark_pos(const jy__load *load, yaml_mark_t mark)
{
    jy__cursor cursor;
    jy__cursor_init(&cursor, load->text);
    jy__cursor_to(&cursor, mark.index);
    return jy__cursor_pos(&cursor, cursor.byte < load->text.len);
}

static char byte_at(const jy__load *load, size_t offset)
{
    return offset < load->text.len ? load->text.ptr[offset] : 0;
}

static bool says(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static jy__arg character(trouble *t, jy__pos pos)
{
    const char *p = t->load->text.ptr + pos.offset, *start = p;
    bool valid;
    if (pos.offset >= t->load->text.len)
        return jy__arg_both("the end of the file", "文件结尾");
    jy__utf8_next(&p, t->load->text.ptr + t->load->text.len, &valid);
    return jy__arg_text(t->load, (jy_str){ start, (size_t)(p - start) });
}

/* The text of the last line before `offset` that has one, without what begins it. */
static jy_str line_above(const jy__load *load, size_t offset)
{
    const char *text = load->text.ptr;
    size_t begin = offset, end;
    while (begin > 0 && text[begin - 1] != '\n')
        begin--;
    for (end = begin; end > 0 && strchr(" \t\r\n", text[end - 1]);)
        end--;
    for (begin = end; begin > 0 && text[begin - 1] != '\n';)
        begin--;
    while (begin < end && strchr(" -", text[begin]))
        begin++;
    return (jy_str){ text + begin, end - begin };
}

/* `forbid：没办法` in the line above is a text in YAML's eyes, and goes on into this line: what is wrong stands there. */
static void colon_trouble(trouble *t)
{
    jy_str line = line_above(t->load, t->problem_pos.offset);
    size_t len = 0;
    while (len < line.len && line.ptr[len] != ':' && memcmp(line.ptr + len, "：", line.len - len < 3 ? line.len - len : 3) != 0)
        len++;
    if (len + 1 >= line.len || (line.ptr[len] == ':' && line.ptr[len + 1] == ' ') || !jy__rules_is_key((jy_str){ line.ptr, len }))
        JY__SAY0(t->load, YAML_COLON, t->problem_pos);
    else
        JY__SAY(t->load, KEY_COLON, jy__rules_place(t->load->text, (size_t)(line.ptr - t->load->text.ptr), line.len), jy__arg_text(t->load, line));
}

/* Characters that libyaml's scanner stumbles over. */
static bool scanner_trouble(trouble *t)
{
    jy__load *load = t->load;
    if (says(t->problem, "tab") || (says(t->problem, "cannot start any token") && t->at == '\t'))
        JY__SAY0(load, YAML_TAB, t->problem_pos);
    else if (says(t->problem, "cannot start any token"))
        JY__SAY(load, YAML_START, t->problem_pos, character(t, t->problem_pos));
    else if (says(t->context, "quoted scalar") && says(t->problem, "unexpected"))
        JY__SAY(load, YAML_QUOTE, t->context_pos, character(t, t->context_pos));
    else if (says(t->context, "quoted scalar"))
        JY__SAY0(load, YAML_ESCAPE, t->problem_pos);
    else if (says(t->context, "anchor") || says(t->context, "alias"))
        JY__SAY0(load, YAML_ANCHOR, t->context_pos);
    else if (says(t->context, "tag") || says(t->problem, "tag"))
        JY__SAY0(load, YAML_TAG, t->context_pos);
    else if (says(t->context, "directive"))
        JY__SAY0(load, YAML_DIRECTIVE, t->context_pos);
    else if (says(t->context, "block scalar"))
        JY__SAY(load, YAML_START, t->context_pos, character(t, t->context_pos));
    else if (says(t->problem, "could not find expected ':'"))
        JY__SAY0(load, YAML_NO_COLON, t->context_pos);
    else if (says(t->problem, "mapping keys are not allowed"))
        JY__SAY(load, YAML_START, t->problem_pos, character(t, t->problem_pos));
    else if (says(t->problem, "mapping values are not allowed") || says(t->problem, "unexpected ':'"))
        colon_trouble(t);
    else if (says(t->problem, "block sequence entries"))
        JY__SAY0(load, YAML_DASH, t->problem_pos);
    else
        return false;
    return true;
}

/* Behind what stands before `offset`, blanks left out. */
static size_t behind_last(const jy__load *load, size_t offset)
{
    while (offset > 0 && (load->text.ptr[offset - 1] == ' ' || load->text.ptr[offset - 1] == '\t'))
        offset--;
    return offset;
}

static char last_before(const jy__load *load, size_t offset)
{
    size_t behind = behind_last(load, offset);
    return behind > 0 ? load->text.ptr[behind - 1] : '\n';
}

static bool closes_text(char byte)
{
    return byte == '"' || byte == '\'' || byte == ']' || byte == '}';
}

static void bracket_trouble(trouble *t)
{
    bool list = says(t->problem, "']'");
    JY__SAY(t->load, YAML_BRACKET, t->problem_pos, jy__arg_c(list ? "[" : "{"), jy__arg_int(t->load, t->context_pos.line), jy__arg_c(list ? "]" : "}"));
}

/* Tokens that libyaml's parser did not expect. */
static bool parser_trouble(trouble *t)
{
    jy__load *load = t->load;
    bool same_line = t->before != '\n';
    if ((t->at == ']' || t->at == '}') && !says(t->problem, t->at == ']' ? "']'" : "'}'"))
        JY__SAY(load, YAML_CLOSER, t->problem_pos, character(t, t->problem_pos));
    else if ((says(t->problem, "']'") || says(t->problem, "'}'")) && !(same_line && closes_text(t->before)))
        bracket_trouble(t);
    else if (same_line && closes_text(t->before) && !says(t->problem, "document start"))
        JY__SAY(load, YAML_AFTER_QUOTE, t->problem_pos, character(t, (jy__pos){ 0, 0, behind_last(load, t->problem_pos.offset) - 1, 1 }));
    else if (says(t->problem, "expected key") || says(t->problem, "'-' indicator"))
        JY__SAY0(load, YAML_INDENT, t->problem_pos);
    else if (says(t->problem, "document start"))
        JY__SAY0(load, YAML_DOCUMENTS, t->problem_pos);
    else if (says(t->problem, "node content"))
        JY__SAY0(load, YAML_NOTHING, t->problem_pos);
    else if (says(t->problem, "tag"))
        JY__SAY0(load, YAML_TAG, t->problem_pos);
    else
        return false;
    return true;
}

void jy__rules_yaml_error(jy__load *load, const yaml_parser_t *parser)
{
    trouble t = { .load = load, .problem = parser->problem ? parser->problem : "", .context = parser->context ? parser->context : "" };
    t.problem_pos = mark_pos(load, parser->problem_mark);
    t.context_pos = parser->context ? mark_pos(load, parser->context_mark) : t.problem_pos;
    t.at = byte_at(load, t.problem_pos.offset);
    t.before = last_before(load, t.problem_pos.offset);
    if (parser->error == YAML_SCANNER_ERROR ? scanner_trouble(&t) : parser_trouble(&t))
        return;
    JY__SAY(load, YAML_OTHER, t.problem_pos, jy__arg_c(t.problem));
}
