/* The figures of an evaluation, as a table for people or JSON for machines. Every percentage stands beside its counts. */
#include "eval.h"

#include <stdlib.h>
#include <string.h>

static int by_key(const void *a, const void *b) { return strcmp(((const figures *)a)->key, ((const figures *)b)->key); }

/* One cell, padded to its columns. */
static void cell(const char *words, int columns, bool last)
{
    fputs(words, stdout);
    for (columns -= text_columns(words); columns > 0 && !last; columns--)
        putchar(' ');
    fputs(last ? "\n" : "  ", stdout);
}

/* "95.2% (20/21)", or "-" where nothing was to be counted. */
static void percent(size_t part, size_t whole, bool last)
{
    char words[64] = "-";
    if (whole)
        snprintf(words, sizeof(words), "%.1f%% (%zu/%zu)", 100.0 * (double)part / (double)whole, part, whole);
    cell(words, 20, last);
}

static void line(const char *name, size_t right, size_t findings, size_t hit, size_t labels)
{
    cell(name, 24, false);
    percent(right, findings, false);
    percent(hit, labels, true);
}

static void samples(const char *title, const strings *list)
{
    if (list->count)
        printf("\n%s\n", title);
    for (size_t i = 0; i < list->count; i++)
        printf("  %s\n", list->items[i]);
}

void eval_print(const evaluation *e)
{
    bool chinese = e->options->language == JY_CHINESE;
    cell("", 24, false);
    cell(chinese ? "精确率" : "precision", 20, false);
    cell(chinese ? "召回率" : "recall", 20, true);
    line(chinese ? "按规则或条款" : "by rule or clause", e->all.right, e->all.findings, e->all.hit, e->all.labels);
    line(chinese ? "只看位置" : "by span alone", e->spans.right, e->spans.findings, e->spans.hit, e->spans.labels);
    line(chinese ? "按整条文本" : "by text", e->all.flagged_right, e->all.flagged, e->all.flagged_right, e->all.should);
    if (e->by_key.count)
        qsort(e->by_key.rows, e->by_key.count, sizeof(figures), by_key);
    if (e->by_variant.count)
        qsort(e->by_variant.rows, e->by_variant.count, sizeof(figures), by_key);
    puts(chinese ? "\n规则或条款" : "\nrule or clause");
    for (size_t i = 0; i < e->by_key.count; i++) {
        const figures *f = &e->by_key.rows[i];
        line(f->key, f->right, f->findings, f->hit, f->labels);
    }
    puts(chinese ? "\n变体（末列：无标注文本中的误报）" : "\nvariant (last column: clean texts that were flagged)");
    for (size_t i = 0; i < e->by_variant.count; i++) {
        const figures *f = &e->by_variant.rows[i];
        cell(f->key, 24, false);
        percent(f->right, f->findings, false);
        percent(f->hit, f->labels, false);
        percent(f->flagged - f->flagged_right, f->texts - f->should, true);
    }
    samples(chinese ? "漏报" : "missed", &e->missed);
    samples(chinese ? "误报" : "wrong", &e->wrong);
}

static void json_figures(text *out, const figures *f)
{
    json_member_int(out, "labels", (long long)f->labels);
    json_member_int(out, "found", (long long)f->hit);
    json_member_int(out, "findings", (long long)f->findings);
    json_member_int(out, "right", (long long)f->right);
}

static void json_texts(text *out, const figures *f)
{
    json_member_int(out, "texts", (long long)f->texts);
    json_member_int(out, "texts_with_labels", (long long)f->should);
    json_member_int(out, "texts_flagged", (long long)f->flagged);
    json_member_int(out, "texts_flagged_right", (long long)f->flagged_right);
}

static void json_table(text *out, const char *name, const char *key, const table *rows, bool texts)
{
    text_c(out, ",\"");
    text_c(out, name);
    text_c(out, "\":[");
    for (size_t i = 0; i < rows->count; i++) {
        text_c(out, i ? ",{" : "{");
        json_member(out, key, str_of(rows->rows[i].key));
        json_figures(out, &rows->rows[i]);
        if (texts)
            json_texts(out, &rows->rows[i]);
        text_c(out, "}");
    }
    text_c(out, "]");
}

static void json_samples(text *out, const char *name, const strings *list)
{
    text_c(out, ",\"");
    text_c(out, name);
    text_c(out, "\":[");
    for (size_t i = 0; i < list->count; i++) {
        text_c(out, i ? "," : "");
        json_write(out, str_of(list->items[i]));
    }
    text_c(out, "]");
}

void eval_print_json(const evaluation *e)
{
    text out = { 0 };
    if (e->by_key.count)
        qsort(e->by_key.rows, e->by_key.count, sizeof(figures), by_key);
    if (e->by_variant.count)
        qsort(e->by_variant.rows, e->by_variant.count, sizeof(figures), by_key);
    text_c(&out, "{\"all\":{");
    json_figures(&out, &e->all);
    json_texts(&out, &e->all);
    text_c(&out, "},\"spans\":{");
    json_figures(&out, &e->spans);
    text_c(&out, "}");
    json_table(&out, "keys", "key", &e->by_key, false);
    json_table(&out, "variants", "variant", &e->by_variant, true);
    json_samples(&out, "missed", &e->missed);
    json_samples(&out, "wrong", &e->wrong);
    text_c(&out, "}\n");
    fwrite(out.ptr, 1, out.len, stdout);
    text_free(&out);
}
