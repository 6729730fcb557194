/* A baseline is the set of findings that are known already, so that a gate fails on new ones only. It holds fingerprints, no
 * text: a hash of pack, rule, input, call, the matched words and their turn. Line numbers are left out on purpose: a line put in above must
 * not make old findings new. */
#include "cli.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char head[] = "jinyu baseline 1";

uint64_t finding_key(const jy_result *result, size_t index)
{
    jy_finding finding = JY_FINDING_INIT;
    jy_call call = JY_CALL_INIT;
    jy_turn turn = JY_TURN_INIT;
    uint64_t key = HASH_SEED;
    jy_result_get(result, index, &finding);
    jy_result_call(result, &call);
    key = str_hash(finding.pack, key);
    key = str_hash(finding.rule_id, key);
    key = str_hash(call.source, key);
    key = str_hash(call.id, key);
    key = str_hash(finding.text, key);
    if (finding.turn != JY_TURN_NONE && jy_result_turn(result, finding.turn, &turn) == JY_OK)
        key = str_hash(turn.text, key);
    return key;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void push(uint64_t **items, size_t *count, size_t *cap, uint64_t key)
{
    if (*count == *cap) {
        *cap = *cap ? *cap * 2 : 64;
        *items = mem_resize(*items, *cap * sizeof(**items));
    }
    (*items)[(*count)++] = key;
}

int baseline_read(baseline *base, const char *path, int language)
{
    text bytes = { 0 };
    int error = file_read(path, &bytes);
    if (error) {
        say(language, W_CANNOT_READ, path, why_errno(language, error), NULL);
    } else if (strncmp(bytes.ptr, head, sizeof(head) - 1) || bytes.ptr[sizeof(head) - 1] != '\n') {
        say(language, W_BAD_STATE_FILE, path, head, NULL);
        error = 1;
    } else {
        for (char *at = bytes.ptr + sizeof(head); *at; at += strcspn(at, "\n"), at += *at == '\n')
            push(&base->known, &base->known_count, &base->known_cap, strtoull(at, NULL, 16));
        if (base->known_count)
            qsort(base->known, base->known_count, sizeof(*base->known), by_value);
    }
    text_free(&bytes);
    return error ? EXIT_USAGE : EXIT_CLEAN;
}

/* Of equal findings as many are known as the baseline holds: a second 没办法 in the same line is new. met[] marks those
 * that were seen in this run. */
static bool take_known(baseline *base, uint64_t key)
{
    size_t low = 0, high = base->known_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (base->known[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < base->known_count && base->known[low] == key; low++)
        if (!base->met[low]) {
            base->met[low] = true;
            return true;
        }
    return false;
}

static int keep(void *ctx, const jy_result *result, size_t index)
{
    baseline *base = ctx;
    uint64_t key = finding_key(result, index);
    bool known;
    push(&base->seen, &base->seen_count, &base->seen_cap, key);
    known = take_known(base, key);
    base->dropped += known;
    return !known;
}

void baseline_filter(baseline *base, jy_result *result)
{
    if (!base->met) {
        base->met = mem_resize(NULL, base->known_count);
        memset(base->met, 0, base->known_count);
    }
    jy_result_keep(result, keep, base);
}

int baseline_write(const baseline *base, const char *path, int language)
{
    text out = { 0 };
    char line[24];
    int error;
    text_c(&out, head);
    text_c(&out, "\n");
    for (size_t i = 0; i < base->seen_count; i++)
        text_add(&out, line, (size_t)snprintf(line, sizeof(line), "%016" PRIx64 "\n", base->seen[i]));
    error = file_replace(path, text_view(&out), 0600);
    if (error)
        say(language, W_CANNOT_WRITE, path, why_errno(language, error), NULL);
    text_free(&out);
    return error ? EXIT_USAGE : EXIT_CLEAN;
}

void baseline_free(baseline *base)
{
    free(base->known);
    free(base->seen);
    free(base->met);
}
