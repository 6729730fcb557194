/* A labelled text and its findings -> counts: by rule or clause, by variant, by span alone, by text. */
#include "eval.h"

#include <stdlib.h>
#include <string.h>

static bool before(point a, point b) { return a.turn < b.turn || (a.turn == b.turn && a.at < b.at); }

static bool overlap(const label *l, const found *f)
{
    if (!f->said) /* what was not said has no span: it lies in its turn */
        return l->begin.turn <= f->begin.turn && f->begin.turn <= l->end.turn;
    return before(l->begin, f->end) && before(f->begin, l->end);
}

static bool same_key(const label *l, const found *f)
{
    return l->is_rule ? str_eq(l->key, f->rule_id) : clause_cites(f->clause, l->key);
}

static figures *row(table *rows, jy_str key)
{
    for (size_t i = 0; i < rows->count; i++)
        if (str_is(key, rows->rows[i].key))
            return &rows->rows[i];
    rows->rows = mem_resize(rows->rows, (rows->count + 1) * sizeof(*rows->rows));
    rows->rows[rows->count] = (figures){ .key = mem_copy(key.ptr, key.len) };
    return &rows->rows[rows->count++];
}

static jy_str first_clause(jy_str clause)
{
    const char *blank = clause.len ? memchr(clause.ptr, ' ', clause.len) : NULL;
    return blank ? (jy_str){ clause.ptr, (size_t)(blank - clause.ptr) } : clause;
}

static jy_str key_of(const evaluation *e, const labelled *one, const found *f)
{
    for (size_t i = 0; f->right && i < one->label_count; i++)
        if (same_key(&one->labels[i], f) && overlap(&one->labels[i], f))
            return one->labels[i].key;
    return e->rule_labels || !f->clause.len ? f->rule_id : first_clause(f->clause);
}

static void compare(labelled *one)
{
    for (size_t i = 0; i < one->label_count; i++)
        for (size_t k = 0; k < one->found_count; k++) {
            label *l = &one->labels[i];
            found *f = &one->founds[k];
            if (!overlap(l, f))
                continue;
            l->spotted = f->on_label = true;
            if (same_key(l, f))
                l->found = f->right = true;
        }
}

static bool counts(const labelled *one, const found *f)
{
    if (f->said || one->whole)
        return true;
    for (size_t i = 0; i < one->label_count; i++)
        if (same_key(&one->labels[i], f))
            return true;
    return false;
}

/* Findings of what was not said need the whole call; elsewhere they are left out before anything is counted. */
static void drop_uncounted(labelled *one)
{
    size_t kept = 0;
    for (size_t k = 0; k < one->found_count; k++)
        if (counts(one, &one->founds[k]))
            one->founds[kept++] = one->founds[k];
    one->found_count = kept;
}

static void sample(const evaluation *e, strings *list, const labelled *one, jy_str key, jy_str words)
{
    text line = { 0 }, shown = { 0 };
    if (list->count >= e->most_samples)
        return;
    text_str(&line, key);
    text_c(&line, "\t");
    text_str(&line, one->variant);
    text_c(&line, "\t");
    text_str(&line, one->id);
    text_c(&line, "\t");
    text_str(&line, one->shown);
    if (words.len) {
        text_c(&line, "\t「");
        text_str(&line, words);
        text_c(&line, "」");
    }
    text_shown(&shown, text_view(&line), option_has(e->options, OPT_REDACT));
    if (shown.len)
        strings_add(list, shown.ptr, shown.len);
    text_free(&shown);
    text_free(&line);
}

static void count_labels(evaluation *e, const labelled *one, figures *variant)
{
    for (size_t i = 0; i < one->label_count; i++) {
        const label *l = &one->labels[i];
        figures *key = row(&e->by_key, l->key);
        key->labels++, key->hit += l->found;
        variant->labels++, variant->hit += l->found;
        e->all.labels++, e->all.hit += l->found;
        e->spans.labels++, e->spans.hit += l->spotted;
        if (!l->found)
            sample(e, &e->missed, one, l->key, (jy_str){ NULL, 0 });
    }
}

static void count_findings(evaluation *e, const labelled *one, figures *variant)
{
    for (size_t k = 0; k < one->found_count; k++) {
        const found *f = &one->founds[k];
        figures *key = row(&e->by_key, key_of(e, one, f));
        key->findings++, key->right += f->right;
        variant->findings++, variant->right += f->right;
        e->all.findings++, e->all.right += f->right;
        e->spans.findings++, e->spans.right += f->on_label;
        if (!f->right)
            sample(e, &e->wrong, one, f->rule_id, f->text);
    }
}

void eval_count(evaluation *e, labelled *one)
{
    drop_uncounted(one);
    compare(one);
    figures *variant = row(&e->by_variant, one->variant.len ? one->variant : str_of("-"));
    figures *const both[] = { variant, &e->all };
    for (size_t i = 0; i < COUNT(both); i++) {
        both[i]->texts++;
        both[i]->should += one->label_count > 0;
        both[i]->flagged += one->found_count > 0;
        both[i]->flagged_right += one->label_count && one->found_count;
    }
    count_labels(e, one, variant);
    count_findings(e, one, variant);
}

void eval_free(evaluation *e)
{
    table *const tables[] = { &e->by_key, &e->by_variant };
    for (size_t i = 0; i < COUNT(tables); i++) {
        for (size_t k = 0; k < tables[i]->count; k++)
            free(tables[i]->rows[k].key);
        free(tables[i]->rows);
    }
    strings_free(&e->missed);
    strings_free(&e->wrong);
}
