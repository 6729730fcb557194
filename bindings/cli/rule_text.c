/* A rule as its author wrote it. Comes in: what the rule set says of its place; goes out: the lines of its file from there to the next
 * rule, so that nothing a rule may have is missing from what is shown of it. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* A name in the library may be that of a file, too: the user's files come first where the user named some. */
static bool read_source(const cli_options *options, jy_str source, text *out)
{
    char *path = mem_copy(source.ptr, source.len);
    jy_str inside = { NULL, 0 };
    bool known = jy_builtin_text(source, &inside) == JY_OK, found = false;
    if (option_value(options, OPT_RULES, NULL) || !known)
        found = file_read(path, out) == 0;
    if (!found && known)
        text_str(out, inside);
    free(path);
    return found || known;
}

static jy_str line_at(jy_str from, size_t at)
{
    const char *feed = memchr(from.ptr + at, '\n', from.len - at);
    return (jy_str){ from.ptr + at, feed ? (size_t)(feed - from.ptr) - at : from.len - at };
}

static size_t indent_of(jy_str line)
{
    size_t indent = 0;
    while (indent < line.len && line.ptr[indent] == ' ')
        indent++;
    return indent;
}

/* Whether a line that is indented so far begins what comes behind the rule. */
static bool begins_next(jy_str line, size_t indent, size_t first)
{
    return indent < first || (indent == first && line.ptr[indent] == '-');
}

static size_t place_of_line(jy_str from, uint32_t number)
{
    size_t at = 0;
    while (number > 1 && at < from.len) {
        at += line_at(from, at).len + 1;
        number--;
    }
    return at;
}

bool rule_text(const cli_options *options, const jy_rule *rule, text *out)
{
    text file = { 0 }, held = { 0 }; /* remarks and empty lines: they are the rule's when more of it comes behind them */
    bool known = rule->line && read_source(options, rule->source, &file);
    jy_str all = text_view(&file);
    size_t begin = place_of_line(all, rule->line), first = begin < all.len ? indent_of(line_at(all, begin)) : 0;
    for (size_t at = begin; at < all.len;) {
        jy_str line = line_at(all, at);
        size_t indent = indent_of(line), len = line.len && line.ptr[line.len - 1] == '\r' ? line.len - 1 : line.len;
        bool empty = indent >= len, remark = !empty && line.ptr[indent] == '#';
        if (!empty && !remark && at > begin && begins_next(line, indent, first))
            break;
        text_c(&held, "    ");
        text_add(&held, line.ptr + (indent < first ? indent : first), len - (indent < first ? indent : first));
        text_c(&held, "\n");
        if (!empty && !remark) {
            text_str(out, text_view(&held));
            held.len = 0;
        }
        at += line.len + 1;
    }
    text_free(&held);
    text_free(&file);
    return known && out->len;
}
