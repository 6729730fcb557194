/* Completions for bash, zsh and fish, printed from the tables of commands and options. */
#include "cli.h"

#include <string.h>

/* Is the operand one of some words ("bash|zsh|fish")? Others are kinds: [FILE|DIR|-]... */
static bool takes_words(const cli_command *command) { return strchr(command->operands, '|') && !strchr(command->operands, '['); }

/* "a|b|c" with blanks in place of the bars. */
static void put_choices(const char *choices, FILE *to)
{
    for (; *choices; choices++)
        fputc(*choices == '|' ? ' ' : *choices, to);
}

/* The options of a command as "--a --b -c", for bash. */
static void bash_words(const cli_command *command, FILE *to)
{
    for (const opt_id *id = command->ids; *id != OPT_COUNT; id++) {
        const option_row *row = &option_table()[*id];
        fprintf(to, "--%s ", row->name);
        if (row->letter)
            fprintf(to, "-%c ", row->letter);
    }
}

static void bash_values(const cli_command *command, FILE *to)
{
    for (const opt_id *id = command->ids; *id != OPT_COUNT; id++) {
        const option_row *row = &option_table()[*id];
        if (!row->metavar)
            continue;
        fprintf(to, "        \"%s --%s\"", command->name, row->name);
        if (row->letter)
            fprintf(to, "|\"%s -%c\"", command->name, row->letter);
        fputs(") ", to);
        if (row->choices) {
            fputs("COMPREPLY=($(compgen -W \"", to);
            put_choices(row->choices, to);
            fputs("\" -- \"$cur\")); return;;\n", to);
        } else {
            fputs(row->flags & OPT_FILE ? "COMPREPLY=($(compgen -f -- \"$cur\")); return;;\n" : "COMPREPLY=(); return;;\n", to);
        }
    }
}

static void bash_command_words(const char *under, FILE *to)
{
    size_t count, len = strlen(under);
    const cli_command *commands = command_table(&count);
    for (size_t i = 0; i < count; i++) {
        const char *name = commands[i].name, *blank = strchr(name, ' ');
        if (len && !strncmp(name, under, len) && name[len] == ' ')
            fprintf(to, "%s ", name + len + 1);
        else if (!len && !blank)
            fprintf(to, "%s ", name);
    }
    if (!len)
        fputs("rules", to);
}

static void bash(FILE *to)
{
    size_t count;
    const cli_command *commands = command_table(&count);
    fputs("# bash completion of jinyu; made by: jinyu completions bash\n_jinyu() {\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} first=2\n"
          "    COMPREPLY=()\n"
          "    if [ \"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W \"", to);
    bash_command_words("", to);
    fputs("\" -- \"$cur\")); return; fi\n    if [ \"$command\" = rules ]; then\n"
          "        if [ \"$COMP_CWORD\" -eq 2 ]; then COMPREPLY=($(compgen -W \"", to);
    bash_command_words("rules", to);
    fputs("\" -- \"$cur\")); return; fi\n        command=\"rules ${COMP_WORDS[2]}\"\n    fi\n    case \"$command $prev\" in\n", to);
    for (size_t i = 0; i < count; i++)
        bash_values(&commands[i], to);
    fputs("    esac\n    case \"$command $cur\" in *\" -\"*) ;;\n", to);
    for (size_t i = 0; i < count; i++)
        if (takes_words(&commands[i])) {
            fprintf(to, "        \"%s \"*) COMPREPLY=($(compgen -W \"", commands[i].name);
            put_choices(commands[i].operands, to);
            fputs("\" -- \"$cur\")); return;;\n", to);
        }
    fputs("        *) COMPREPLY=($(compgen -f -- \"$cur\")); return;;\n    esac\n    case \"$command\" in\n", to);
    for (size_t i = 0; i < count; i++) {
        fprintf(to, "        \"%s\") COMPREPLY=($(compgen -W \"", commands[i].name);
        bash_words(&commands[i], to);
        fputs("\" -- \"$cur\"));;\n", to);
    }
    fputs("    esac\n}\ncomplete -o filenames -F _jinyu jinyu\n", to);
}

/* Inside single quotes of zsh's _arguments: no quote, no bracket, no colon. */
static void zsh_plain(const char *from, FILE *to)
{
    for (; *from; from++)
        fputs(*from == '\'' ? "’" : *from == '[' ? "\\[" : *from == ']' ? "\\]" : *from == ':' ? "\\:" : (char[]){ *from, 0 }, to);
}

static void zsh_option(const option_row *row, FILE *to)
{
    const char *repeat = row->flags & OPT_REPEAT ? "*" : "";
    char forms[2][8] = { "", "" };
    if (row->letter)
        snprintf(forms[1], sizeof(forms[1]), "-%c", row->letter);
    for (int i = 0; i < (row->letter ? 2 : 1); i++) {
        fprintf(to, "            '%s", repeat);
        if (i)
            fputs(forms[1], to);
        else
            fprintf(to, "--%s", row->name);
        fputc('[', to);
        zsh_plain(row->english, to);
        fputc(']', to);
        if (row->choices) {
            fprintf(to, ":%s:(", row->metavar);
            put_choices(row->choices, to);
            fputc(')', to);
        } else if (row->metavar) {
            fprintf(to, ":%s:%s", row->metavar, row->flags & OPT_FILE ? "_files" : " ");
        }
        fputs("' \\\n", to);
    }
}

static void zsh(FILE *to)
{
    size_t count;
    const cli_command *commands = command_table(&count);
    fputs("#compdef jinyu\n# zsh completion of jinyu; made by: jinyu completions zsh\n_jinyu() {\n"
          "    local command=$words[2]\n    if (( CURRENT == 2 )); then compadd -- ", to);
    bash_command_words("", to);
    fputs("; return; fi\n    if [[ $command == rules ]]; then\n        if (( CURRENT == 3 )); then compadd -- ", to);
    bash_command_words("rules", to);
    fputs("; return; fi\n        command=\"rules $words[3]\"; shift words; (( CURRENT-- ))\n    fi\n"
          "    shift words; (( CURRENT-- ))\n    case $command in\n", to);
    for (size_t i = 0; i < count; i++) {
        fprintf(to, "        '%s') _arguments \\\n", commands[i].name);
        for (const opt_id *id = commands[i].ids; *id != OPT_COUNT; id++)
            zsh_option(&option_table()[*id], to);
        if (takes_words(&commands[i])) {
            fputs("            '1:word:(", to);
            put_choices(commands[i].operands, to);
            fputs(")' ;;\n", to);
        } else {
            fputs("            '*:file:_files' ;;\n", to);
        }
    }
    fputs("    esac\n}\n_jinyu \"$@\"\n", to);
}

static void fish_text(const char *from, FILE *to)
{
    for (; *from; from++) {
        if (*from == '\'' || *from == '\\')
            fputc('\\', to);
        fputc(*from, to);
    }
}

static void fish_condition(const char *name, FILE *to)
{
    const char *blank = strchr(name, ' ');
    fprintf(to, "complete -c jinyu -n '__fish_seen_subcommand_from %.*s", blank ? (int)(blank - name) : (int)strlen(name), name);
    if (blank)
        fprintf(to, "; and __fish_seen_subcommand_from %s", blank + 1);
    fputs("' ", to);
}

static void fish_option(const cli_command *command, const option_row *row, FILE *to)
{
    fish_condition(command->name, to);
    fprintf(to, "-l %s", row->name);
    if (row->letter)
        fprintf(to, " -s %c", row->letter);
    if (row->choices) {
        fputs(" -x -a '", to);
        put_choices(row->choices, to);
        fputc('\'', to);
    } else if (row->metavar) {
        fputs(row->flags & OPT_FILE ? " -r -F" : " -x", to);
    }
    fputs(" -d '", to);
    fish_text(row->english, to);
    fputs("'\n", to);
}

static void fish(FILE *to)
{
    size_t count;
    const cli_command *commands = command_table(&count);
    fputs("# fish completion of jinyu; made by: jinyu completions fish\n", to);
    for (size_t i = 0; i < count; i++) {
        const char *blank = strchr(commands[i].name, ' ');
        if (blank)
            fprintf(to, "complete -c jinyu -n '__fish_seen_subcommand_from rules' -a %s -d '", blank + 1);
        else
            fprintf(to, "complete -c jinyu -n __fish_use_subcommand -a %s -d '", commands[i].name);
        fish_text(commands[i].english, to);
        fputs("'\n", to);
        for (const opt_id *id = commands[i].ids; *id != OPT_COUNT; id++)
            fish_option(&commands[i], &option_table()[*id], to);
        if (takes_words(&commands[i])) {
            fish_condition(commands[i].name, to);
            fputs("-f -a '", to);
            put_choices(commands[i].operands, to);
            fputs("'\n", to);
        }
    }
    fputs("complete -c jinyu -n __fish_use_subcommand -a rules -d 'work on rules'\n", to);
}

bool help_completions(const char *shell, FILE *to)
{
    if (!strcmp(shell, "bash"))
        bash(to);
    else if (!strcmp(shell, "zsh"))
        zsh(to);
    else if (!strcmp(shell, "fish"))
        fish(to);
    else
        return false;
    return true;
}
