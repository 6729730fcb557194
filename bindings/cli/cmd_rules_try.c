/* jinyu rules try and diff: rules against a corpus. `try` counts what each rule hits and shows samples, surest first; `diff`
 * runs two rule sets over the same corpus and shows which findings come and which go. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* One finding, kept for comparison or as a sample. */
typedef struct kept { uint64_t key; int confidence; char *rule, *place, *words; bool matched; size_t order; } kept;
typedef struct harvest {
    const cli_options *options;
    jy_rules *rules;
    const char *only;            /* id of the one rule that is tried, or NULL */
    kept *items;
    size_t count, cap, calls, skipped;
} harvest;

static void put_words(const harvest *h, text *out, jy_str words) { text_shown(out, words, option_has(h->options, OPT_REDACT)); }

/* Recordings are often named after the caller: the name is masked like the words. */
static char *place_of(const harvest *h, const jy_result *result, const jy_finding *f)
{
    jy_call call = JY_CALL_INIT;
    text place = { 0 };
    jy_result_call(result, &call);
    put_words(h, &place, call.source);
    if (f->line) {
        text_c(&place, ":");
        text_int(&place, f->line);
        text_c(&place, ":");
        text_int(&place, f->column);
    } else if (call.id.len) {
        text_c(&place, " ");
        put_words(h, &place, call.id);
    }
    text_c(&place, "");
    return place.ptr;
}

/* The turn with the words marked: …「没办法」… */
static char *words_of(const harvest *h, const jy_result *result, const jy_finding *f)
{
    jy_turn turn = JY_TURN_INIT;
    text out = { 0 };
    text_c(&out, "");
    if (f->turn == JY_TURN_NONE || jy_result_turn(result, f->turn, &turn) != JY_OK)
        return out.ptr;
    size_t end = f->turn_end == f->turn ? f->span.end : turn.text.len;
    if (f->kind != JY_FOUND_WORDING || f->span.begin > end || end > turn.text.len) {
        put_words(h, &out, turn.text);
        return out.ptr;
    }
    text marked = { 0 };
    text_add(&marked, turn.text.ptr, f->span.begin);
    text_c(&marked, "「");
    text_add(&marked, turn.text.ptr + f->span.begin, end - f->span.begin);
    text_c(&marked, "」");
    text_add(&marked, turn.text.ptr + end, turn.text.len - end);
    put_words(h, &out, text_view(&marked));
    text_free(&marked);
    return out.ptr;
}

static int on_result(void *ctx, jy_result *result)
{
    harvest *h = ctx;
    h->calls++;
    for (size_t i = 0; i < jy_result_count(result); i++) {
        jy_finding f = JY_FINDING_INIT;
        if (jy_result_get(result, i, &f) < 0 || (h->only && !str_is(f.rule_id, h->only)))
            continue;
        if (h->count == h->cap) {
            h->cap = h->cap ? h->cap * 2 : 64;
            h->items = mem_resize(h->items, h->cap * sizeof(*h->items));
        }
        h->items[h->count] = (kept){ finding_key(result, i), f.confidence, mem_copy(f.rule_id.ptr, f.rule_id.len), place_of(h, result, &f),
                                     words_of(h, result, &f), false, h->count };
        h->count++;
    }
    return 0;
}

static int on_skipped(void *ctx, const jy_diag *diag)
{
    harvest *h = ctx;
    h->skipped++;
    say_diag(h->options->language, diag);
    return 0;
}

/* All findings of the rules in the files. EXIT_PARTLY when something could not be read. */
static int gather(harvest *h, const inputs *files)
{
    const scan_plan plan = { h->options, h->rules, files, false };
    const scan_sink sink = { h, on_result, on_skipped, NULL };
    size_t reached = 0;
    int status = scan_inputs(&plan, &sink, &reached);
    return h->skipped || files->missing.count ? EXIT_PARTLY : status;
}

static void harvest_free(harvest *h)
{
    for (size_t i = 0; i < h->count; i++) {
        free(h->items[i].rule);
        free(h->items[i].place);
        free(h->items[i].words);
    }
    free(h->items);
    jy_rules_unref(h->rules);
}

static int load(const cli_options *options, char *name, jy_rules **out)
{
    char *const one[] = { name };
    jy_compiler *compiler = NULL;
    int status = packs_compiler(options, one, 1, &compiler, out);
    jy_compiler_free(compiler);
    return status;
}

/* A name that is the id of a built-in rule tries that rule alone. */
static int load_to_try(harvest *h, char *name)
{
    static char prefix[] = "builtin:";
    jy_rule rule;
    size_t index;
    for (size_t i = 0; jy_builtin_name(i).len; i++) {
        text pack = { 0 };
        text_c(&pack, prefix);
        text_str(&pack, jy_builtin_name(i));
        int status = load(h->options, pack.ptr, &h->rules);
        text_free(&pack);
        if (status != EXIT_CLEAN)
            return status;
        if (rule_find(h->rules, name, &index, &rule)) {
            h->only = name;
            return EXIT_CLEAN;
        }
        jy_rules_unref(h->rules);
        h->rules = NULL;
    }
    return load(h->options, name, &h->rules);
}

static int collect(const cli_options *options, size_t first, inputs *files)
{
    if (options->operand_count <= first) {
        say(options->language, W_NO_OPERAND, options->command->name, options->command->operands, NULL);
        return EXIT_USAGE;
    }
    own_add(&files->own, options);
    for (size_t i = 0; i < first; i++)
        own_add_path(&files->own, options->operands[i]);
    inputs_collect(files, options->operands + first, options->operand_count - first, options->language);
    for (size_t i = 0; i < files->missing.count; i++)
        say(options->language, W_CANNOT_READ, files->missing.items[i], files->why.items[i], NULL);
    if (!files->paths.count) {
        say(options->language, W_NO_INPUT, NULL);
        return EXIT_USAGE;
    }
    return reading_options_check(options);
}

/* ---- try */
static int by_rule_then_sure(const void *a, const void *b)
{
    const kept *x = a, *y = b;
    int rule = strcmp(x->rule, y->rule);
    if (rule || x->confidence != y->confidence)
        return rule ? rule : y->confidence - x->confidence;
    return x->order < y->order ? -1 : 1;
}

/* The same words again tell an author nothing new: each is shown once, where it was surest, with how often it was said. */
static void print_samples(kept *items, size_t count, size_t most)
{
    size_t shown = 0;
    for (size_t k = 0; k < count && shown < most; k++) {
        size_t times = 1;
        if (items[k].matched)
            continue;
        for (size_t m = k + 1; m < count; m++)
            if (!items[m].matched && !strcmp(items[m].words, items[k].words)) {
                items[m].matched = true;
                times++;
            }
        shown++;
        printf(times > 1 ? "  %3d%%  %s  %s  ×%zu\n" : "  %3d%%  %s  %s\n", items[k].confidence, items[k].place, items[k].words, times);
    }
}

static void print_tried(const harvest *h, size_t most)
{
    for (size_t i = 0, j; i < h->count; i = j) {
        for (j = i; j < h->count && !strcmp(h->items[j].rule, h->items[i].rule); j++)
            ;
        printf("%s\t%zu\n", h->items[i].rule, j - i);
        print_samples(&h->items[i], j - i, most);
    }
}

int cmd_rules_try(cli_options *options)
{
    harvest h = { .options = options };
    inputs files = { 0 };
    long most;
    char count[2][24];
    int status = collect(options, 1, &files);
    if (status == EXIT_CLEAN && !option_number(options, OPT_SAMPLES, 0, 1000000, 5, &most))
        status = EXIT_USAGE;
    if (status == EXIT_CLEAN && (status = load_to_try(&h, options->operands[0])) == EXIT_CLEAN) {
        status = gather(&h, &files);
        if (h.count)
            qsort(h.items, h.count, sizeof(*h.items), by_rule_then_sure);
        print_tried(&h, (size_t)most);
        snprintf(count[0], sizeof(count[0]), "%zu", h.count);
        snprintf(count[1], sizeof(count[1]), "%zu", h.calls);
        say(options->language, W_TRY_COUNT, count[0], count[1], NULL);
    }
    harvest_free(&h);
    inputs_free(&files);
    return status;
}

/* ---- diff */
static int by_key(const void *a, const void *b)
{
    const kept *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* Marks, in two sorted lists, what stands in both. */
static void match(harvest *old, harvest *new)
{
    for (size_t i = 0, j = 0; i < old->count && j < new->count;) {
        uint64_t a = old->items[i].key, b = new->items[j].key;
        if (a == b)
            old->items[i].matched = new->items[j].matched = true;
        i += a <= b;
        j += b <= a;
    }
}

static int by_order(const void *a, const void *b)
{
    const kept *x = a, *y = b;
    return x->order < y->order ? -1 : 1;
}

static size_t print_changes(harvest *h, char sign, size_t most)
{
    size_t shown = 0, all = 0;
    if (h->count)
        qsort(h->items, h->count, sizeof(*h->items), by_order);
    for (size_t i = 0; i < h->count; i++) {
        if (h->items[i].matched)
            continue;
        all++;
        if (shown++ < most)
            printf("%c %s  %s  %s\n", sign, h->items[i].rule, h->items[i].place, h->items[i].words);
    }
    return all;
}

static int compare(harvest *old, harvest *new, const inputs *files, size_t most)
{
    char number[3][24];
    size_t gone, come;
    int status = gather(old, files);
    if (scan_stop_asked())
        return EXIT_PARTLY;
    new->skipped = 0;
    status = gather(new, files) == EXIT_PARTLY ? EXIT_PARTLY : status;
    if (old->count)
        qsort(old->items, old->count, sizeof(*old->items), by_key);
    if (new->count)
        qsort(new->items, new->count, sizeof(*new->items), by_key);
    match(old, new);
    gone = print_changes(old, '-', most);
    come = print_changes(new, '+', most);
    snprintf(number[0], sizeof(number[0]), "%zu", gone);
    snprintf(number[1], sizeof(number[1]), "%zu", come);
    snprintf(number[2], sizeof(number[2]), "%zu", old->count - gone);
    say(old->options->language, W_DIFF_COUNT, number[0], number[1], number[2], NULL);
    return status != EXIT_CLEAN ? status : gone || come ? EXIT_FOUND : EXIT_CLEAN;
}

int cmd_rules_diff(cli_options *options)
{
    harvest old = { .options = options }, new = { .options = options };
    inputs files = { 0 };
    long most;
    int status = collect(options, 2, &files);
    if (status == EXIT_CLEAN && !option_number(options, OPT_CHANGES, 0, 1000000, 1000000, &most))
        status = EXIT_USAGE;
    if (status == EXIT_CLEAN)
        status = load(options, options->operands[0], &old.rules);
    if (status == EXIT_CLEAN)
        status = load(options, options->operands[1], &new.rules);
    if (status == EXIT_CLEAN)
        status = compare(&old, &new, &files, (size_t)most);
    harvest_free(&old);
    harvest_free(&new);
    inputs_free(&files);
    return status;
}
