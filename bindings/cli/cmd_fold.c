/* jinyu fold and jinyu explain: what the rules see of a text, and why each did or did not fire. */
#include "cli.h"

#include <string.h>

/* The operands joined by blanks, or standard input without its last line end. */
static int text_of(const cli_options *options, text *out)
{
    int error;
    if (!options->operand_count || (options->operand_count == 1 && !strcmp(options->operands[0], "-"))) {
        if ((error = file_read("-", out))) {
            say(options->language, W_CANNOT_READ, "<stdin>", why_errno(options->language, error), NULL);
            return EXIT_USAGE;
        }
        if (out->len && out->ptr[out->len - 1] == '\n')
            out->len--;
        return EXIT_CLEAN;
    }
    for (size_t i = 0; i < options->operand_count; i++) {
        text_c(out, i ? " " : "");
        text_c(out, options->operands[i]);
    }
    return EXIT_CLEAN;
}

/* Prints what the library made, with a line end; nothing for nothing, unless it is the answer itself. */
static int put(const cli_options *options, int status, jy_buf *made, bool even_empty)
{
    if (status < 0) {
        say(options->language, W_LIBRARY, options->command->name, jy_status_text(status), NULL);
    } else if (made->len || even_empty) {
        fwrite(made->ptr, 1, made->len, stdout);
        if (!made->len || made->ptr[made->len - 1] != '\n')
            fputc('\n', stdout);
    }
    jy_buf_free(made);
    *made = (jy_buf)JY_BUF_INIT;
    return status < 0 ? EXIT_USAGE : EXIT_CLEAN;
}

static int open_scanner(const cli_options *options, jy_scanner **scanner)
{
    int status = scanner_open(options, scanner);
    if (status < 0)
        say(options->language, W_LIBRARY, options->command->name, jy_status_text(status), NULL);
    return status < 0 ? EXIT_USAGE : EXIT_CLEAN;
}

int cmd_fold(cli_options *options)
{
    jy_scanner *scanner = NULL;
    jy_buf made = JY_BUF_INIT;
    text given = { 0 };
    int status = text_of(options, &given);
    if (status == EXIT_CLEAN && (status = open_scanner(options, &scanner)) == EXIT_CLEAN) {
        status = put(options, jy_fold(scanner, text_view(&given), &made), &made, true);
        if (status == EXIT_CLEAN)
            status = put(options, jy_fold_explain(scanner, text_view(&given), &made), &made, false);
    }
    jy_scanner_free(scanner);
    text_free(&given);
    return status;
}

int cmd_explain(cli_options *options)
{
    jy_scanner *scanner = NULL;
    jy_rules *rules = NULL;
    jy_buf made = JY_BUF_INIT;
    text given = { 0 };
    int status = packs_load(options, &rules);
    if (status == EXIT_CLEAN)
        status = text_of(options, &given);
    if (status == EXIT_CLEAN && (status = open_scanner(options, &scanner)) == EXIT_CLEAN)
        status = put(options, jy_explain(scanner, rules, text_view(&given), &made), &made, true);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    text_free(&given);
    return status;
}
