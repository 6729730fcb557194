/* Messages: a code, a place and arguments go in; a diagnostic in both languages comes out. Arguments may differ by language
 * ("a list" / 「列表」), so the templates are filled here and handed to the diagnostics already whole. */
#include "rules/rules_inside.h"

#define QUOTED_MOST 30 /* code points of a value shown in a message */

static const jy__message messages[] = {
#define MESSAGE(name, code, severity, english, chinese) { code, JY_##severity, english, chinese },
    JY__RULES_MESSAGES(MESSAGE)
#undef MESSAGE
};

const jy__message *jy__rules_message(size_t index)
{
    return index < JY__COUNT(messages) ? &messages[index] : NULL;
}

static const jy__message *find_message(int code)
{
    size_t low = 0, high = JY__COUNT(messages);
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (messages[middle].code <= code)
            low = middle;
        else
            high = middle;
    }
    return &messages[low];
}

static void fill(jy__load *load, jy__text *out, const char *template_text, const jy__arg *args, size_t count, int language)
{
    jy_str words[4] = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };
    for (size_t i = 0; i < count && i < JY__COUNT(words); i++)
        words[i] = args[i].text[language];
    jy__text_init(out, load->mem);
    jy__message_fill(out, template_text, words, JY__COUNT(words));
}

static void add(jy__load *load, const jy__message *message, jy__pos pos, const jy__arg *args, size_t count)
{
    jy__message whole = { message->code, message->severity, "{0}", "{1}" };
    jy__text english, chinese;
    fill(load, &english, message->english, args, count, JY_ENGLISH);
    fill(load, &chinese, message->chinese, args, count, JY_CHINESE);
    if (english.failed || chinese.failed)
        load->nomem = true;
    else
        jy__diags_add(load->diags, &whole, load->source, load->rule, pos,
                      (jy_str[]){ jy__text_view(&english), jy__text_view(&chinese) }, 2);
    load->nomem = load->nomem || load->diags->failed;
    jy__text_free(&english);
    jy__text_free(&chinese);
}

void jy__rules_say(jy__load *load, int code, jy__pos pos, const jy__arg *args, size_t count)
{
    const jy__message *message = find_message(code);
    jy__arg most;
    if (load->nomem)
        return;
    if (message->severity < JY_ERROR) {
        add(load, message, pos, args, count);
        return;
    }
    load->errors++;
    if (load->errors <= JY__RULES_MOST_ERRORS) {
        add(load, message, pos, args, count);
    } else if (load->errors == JY__RULES_MOST_ERRORS + 1) {
        most = jy__arg_int(load, JY__RULES_MOST_ERRORS);
        add(load, find_message(JY__RULES_TOO_MANY), pos, &most, 1);
    }
}

static jy__arg same(jy_str text) { return (jy__arg){ { text, text } }; }
jy__arg jy__arg_c(const char *text) { return same(jy__str_of(text)); }
jy__arg jy__arg_both(const char *english, const char *chinese) { return (jy__arg){ { jy__str_of(english), jy__str_of(chinese) } }; }

static jy__arg keep(jy__load *load, jy__text *text)
{
    jy_str kept = { NULL, 0 };
    if (text->failed || !jy__arena_str(&load->nodes, jy__text_view(text), &kept))
        load->nomem = true;
    jy__text_free(text);
    return same(kept);
}

jy__arg jy__arg_text(jy__load *load, jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    jy__text out;
    size_t count = 0;
    jy__text_init(&out, load->mem);
    while (p < end && count++ < QUOTED_MOST) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        jy__text_cp(&out, cp < 0x20 || cp == 0x7F ? ' ' : cp);
    }
    if (p < end)
        jy__text_c(&out, "…");
    return keep(load, &out);
}

jy__arg jy__arg_int(jy__load *load, int64_t number)
{
    jy__text out;
    jy__text_init(&out, load->mem);
    jy__text_int(&out, number);
    return keep(load, &out);
}

jy__arg jy__arg_found(jy__load *load, const jy__node *node)
{
    jy__arg shown;
    jy__text english, chinese;
    if (node->kind == JY__NODE_LIST)
        return node->count ? jy__arg_both("a list", "列表") : jy__arg_both("an empty list", "空列表");
    if (node->kind == JY__NODE_MAP)
        return jy__arg_both("keys and values", "键值");
    if (node->text.len == 0)
        return jy__arg_both("nothing", "空值");
    shown = jy__arg_text(load, node->text);
    jy__text_init(&english, load->mem);
    jy__text_init(&chinese, load->mem);
    jy__message_fill(&english, "'{0}'", shown.text, 1);
    jy__message_fill(&chinese, "「{0}」", shown.text, 1);
    return (jy__arg){ { keep(load, &english).text[0], keep(load, &chinese).text[0] } };
}

jy__arg jy__arg_key(const jy__node *node)
{
    return node->key ? same(node->key->text) : jy__arg_both("the file", "文件");
}

void *jy__load_alloc(jy__load *load, size_t size)
{
    void *piece = jy__arena_alloc(&load->tree->arena, size);
    load->nomem = load->nomem || !piece;
    return piece;
}

void *jy__load_scratch(jy__load *load, size_t size)
{
    void *piece = jy__arena_alloc(&load->nodes, size);
    load->nomem = load->nomem || !piece;
    return piece;
}
