/* Patterns: PCRE2 behind four of its functions. In: patterns, then turns. Out: spans in the original text. A turn is first searched, as it
 * is, for the literals that the patterns need (match_required.c); only when one of them may be there, or a pattern needs none, is the
 * turn folded and the patterns concerned are run on the folded text. Limits make any pattern end: one that reaches a limit is named in
 * `aborted`, its matches so far are kept. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "match/match_inside.h"
#include "match/match_pattern.h"
#include "match/match_required.h"
#include <pcre2.h>
#include <stdio.h>

#define STRING_OF_(x) #x
#define STRING_OF(x) STRING_OF_(x)
#define HEAP_LIMIT_KIB 20000
#define PLACES_MOST (1u << 20) /* with more, every turn is worth a look */

typedef struct regex_pattern {
    pcre2_code *code;        /* NULL: compiled when it is first run */
    jy_str folded;           /* the pattern as PCRE2 sees it */
    int64_t match_limit;     /* 0: the scan's */
    jy__required_literal *required;
    uint32_t required_count; /* 0: always run */
    jy__besides besides;
} regex_pattern;

struct jy__regexes {
    jy__mem mem;
    pcre2_general_context *general;
    pcre2_compile_context *compile;
    bool jit;
    struct { regex_pattern *items; size_t count, capacity; } list;
    jy__matcher *filter;     /* of all required literals */
    uint32_t *owner;         /* literal -> pattern */
    size_t literal_count;
    bool always;             /* some pattern needs no literal */
};

struct jy__regex_scratch {
    const jy__mem *mem;
    pcre2_general_context *general;
    pcre2_match_data *data;
    pcre2_match_context *context;
    jy__match_scratch keys;
    jy__folded folded;
    bool is_folded;          /* folded is of the turn at hand */
    bool *wanted;
    size_t wanted_count;
};

/* ---- memory: PCRE2 frees without a size, so each block carries its own */

static void *give(size_t size, void *mem)
{
    size_t *block = size > SIZE_MAX - 16 ? NULL : jy__mem_resize(mem, NULL, 0, size + 16);
    if (!block)
        return NULL;
    *block = size + 16;
    return (char *)block + 16;
}

static void take_back(void *ptr, void *mem)
{
    size_t *block = ptr ? (size_t *)(void *)((char *)ptr - 16) : NULL;
    if (block)
        jy__mem_free(mem, block, *block);
}

/* ---- the set of patterns */

int jy__regexes_new(const jy__mem *mem, bool jit, jy__regexes **out)
{
    jy__regexes *regexes = jy__mem_alloc(mem, sizeof(*regexes));
    *out = NULL;
    if (!regexes)
        return JY_E_NOMEM;
    regexes->mem = *mem;
    regexes->jit = jit;
    regexes->general = pcre2_general_context_create(give, take_back, &regexes->mem);
    regexes->compile = regexes->general ? pcre2_compile_context_create(regexes->general) : NULL;
    if (!regexes->compile) {
        jy__regexes_free(regexes);
        return JY_E_NOMEM;
    }
    *out = regexes;
    return JY_OK;
}

static void free_pattern(jy__regexes *regexes, regex_pattern *pattern)
{
    pcre2_code_free(pattern->code);
    jy__mem_free(&regexes->mem, (char *)pattern->folded.ptr, pattern->folded.len + 1);
    jy__mem_free(&regexes->mem, pattern->required, pattern->required_count * sizeof(*pattern->required));
}

void jy__regexes_free(jy__regexes *regexes)
{
    jy__mem mem;
    if (!regexes)
        return;
    mem = regexes->mem;
    for (size_t i = 0; i < regexes->list.count; i++)
        free_pattern(regexes, &regexes->list.items[i]);
    JY__VEC_FREE(&mem, &regexes->list);
    jy__matcher_free(regexes->filter);
    jy__mem_free(&mem, regexes->owner, regexes->literal_count * sizeof(*regexes->owner));
    pcre2_compile_context_free(regexes->compile);
    pcre2_general_context_free(regexes->general);
    jy__mem_free(&mem, regexes, sizeof(*regexes));
}

size_t jy__regexes_count(const jy__regexes *regexes) { return regexes ? regexes->list.count : 0; }

static bool keep_required(jy__regexes *regexes, regex_pattern *pattern, const jy__text *folded)
{
    jy__required required;
    jy__required_of(jy__text_view(folded), &required, &pattern->besides);
    if (!required.count)
        return true;
    pattern->required = jy__mem_alloc(&regexes->mem, required.count * sizeof(*pattern->required));
    if (!pattern->required)
        return false;
    for (uint32_t i = 0; i < required.count; i++) { /* and nothing behind the last symbol: the bytes may be kept as an image */
        memcpy(pattern->required[i].symbols, required.items[i].symbols, required.items[i].count * sizeof(uint32_t));
        pattern->required[i].count = required.items[i].count;
    }
    pattern->required_count = required.count;
    return true;
}

static bool keep_folded(jy__regexes *regexes, regex_pattern *pattern, const jy__text *folded)
{
    char *copy = jy__mem_alloc(&regexes->mem, folded->len + 1);
    if (copy && folded->len)
        memcpy(copy, folded->ptr, folded->len);
    pattern->folded = (jy_str){ copy, copy ? folded->len : 0 };
    return copy != NULL;
}

static int refuse(jy__regex_error *error, int code, size_t offset, const char *message)
{
    error->code = code;
    error->offset = offset;
    snprintf(error->message, sizeof(error->message), "%s", message);
    return JY_E_RULES;
}

#define OPTIONS (PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C)

static int compile(jy__regexes *regexes, jy_str written, const jy__text *folded, regex_pattern *pattern, jy__regex_error *error)
{
    unsigned char message[128];
    int code;
    PCRE2_SIZE offset;
    pattern->code = pcre2_compile((PCRE2_SPTR)(folded->ptr ? folded->ptr : ""), folded->len, OPTIONS, &code, &offset, regexes->compile);
    if (pattern->code)
        return JY_OK;
    if (code == PCRE2_ERROR_HEAP_FAILED)
        return JY_E_NOMEM;
    pcre2_get_error_message(code, message, sizeof(message));
    return refuse(error, code, jy__pattern_place(&regexes->mem, written, offset), (const char *)message);
}

/* A pattern that matches the empty text would match everywhere. */
static int refuse_empty(jy__regexes *regexes, const regex_pattern *pattern, jy__regex_error *error)
{
    pcre2_match_data *data = pcre2_match_data_create(1, regexes->general);
    int found;
    if (!data)
        return JY_E_NOMEM;
    found = pcre2_match(pattern->code, (PCRE2_SPTR) "", 0, 0, 0, data, NULL);
    pcre2_match_data_free(data);
    return found >= 0 ? refuse(error, 0, 0, "matches the empty text") : JY_OK;
}

static int make_pattern(jy__regexes *regexes, jy_str written, regex_pattern *made, jy__regex_error *error)
{
    jy__text folded;
    int status;
    jy__text_init(&folded, &regexes->mem);
    jy__pattern_fold(written, &folded);
    status = folded.failed ? JY_E_NOMEM : compile(regexes, written, &folded, made, error);
    if (status == JY_OK)
        status = refuse_empty(regexes, made, error);
    if (status == JY_OK && (!keep_required(regexes, made, &folded) || !keep_folded(regexes, made, &folded)))
        status = JY_E_NOMEM;
    jy__text_free(&folded);
    return status;
}

int jy__regexes_add(jy__regexes *regexes, jy_str written, uint32_t folds, int64_t match_limit, uint32_t *index_out, jy__regex_error *error)
{
    regex_pattern made;
    int status;
    memset(&made, 0, sizeof(made)); /* padding too: the bytes may be kept as an image */
    made.match_limit = match_limit;
    status = make_pattern(regexes, written, &made, error);
    if (status == JY_OK && !JY__VEC_ROOM(&regexes->mem, &regexes->list))
        status = JY_E_NOMEM;
    if (status != JY_OK) {
        free_pattern(regexes, &made);
        return status;
    }
    if (regexes->jit)
        pcre2_jit_compile(made.code, PCRE2_JIT_COMPLETE); /* when it cannot, the interpreter runs */
    *index_out = (uint32_t)regexes->list.count;
    regexes->list.items[regexes->list.count++] = made;
    return JY_OK;
}

/* ---- the filter */

static size_t count_literals(jy__regexes *regexes)
{
    size_t count = 0;
    regexes->always = false;
    for (size_t i = 0; i < regexes->list.count; i++) {
        count += regexes->list.items[i].required_count;
        regexes->always |= regexes->list.items[i].required_count == 0;
    }
    return count;
}

static void list_literals(const jy__regexes *regexes, jy__literal *literals)
{
    size_t at = 0;
    for (size_t i = 0; i < regexes->list.count; i++)
        for (uint32_t k = 0; k < regexes->list.items[i].required_count; k++) {
            const jy__required_literal *required = &regexes->list.items[i].required[k];
            regexes->owner[at] = (uint32_t)i;
            literals[at++] = (jy__literal){ required->symbols, NULL, required->count, 0 };
        }
}

int jy__regexes_seal(jy__regexes *regexes)
{
    jy__literal *literals;
    size_t count = count_literals(regexes);
    int status;
    if (!count || regexes->filter)
        return JY_OK;
    literals = jy__mem_alloc(&regexes->mem, count * sizeof(*literals));
    regexes->owner = jy__mem_alloc(&regexes->mem, count * sizeof(*regexes->owner));
    regexes->literal_count = count;
    status = JY_E_NOMEM;
    if (literals && regexes->owner) {
        list_literals(regexes, literals);
        status = jy__matcher_new_keys(&regexes->mem, literals, count, &regexes->filter);
    }
    jy__mem_free(&regexes->mem, literals, count * sizeof(*literals));
    return status;
}

/* ---- at rest (compile_image.c): the patterns without what PCRE2 made of them */

void jy__regexes_rest(jy__regexes *regexes)
{
    for (size_t i = 0; i < regexes->list.count; i++) {
        pcre2_code_free(regexes->list.items[i].code);
        regexes->list.items[i].code = NULL;
    }
    pcre2_compile_context_free(regexes->compile);
    pcre2_general_context_free(regexes->general);
    regexes->compile = NULL;
    regexes->general = NULL;
    if (regexes->filter)
        jy__matcher_rest(regexes->filter);
    memset(&regexes->mem, 0, sizeof(regexes->mem));
}

void jy__regexes_wake(jy__regexes *regexes, const jy__mem *mem)
{
    regexes->mem = *mem;
    if (regexes->filter)
        jy__matcher_wake(regexes->filter, mem);
}

void jy__regexes_drop(jy__regexes *regexes)
{
    for (size_t i = 0; i < regexes->list.count; i++)
        pcre2_code_free(regexes->list.items[i].code);
}

static pcre2_code *compile_late(const jy__regexes *regexes, jy_str folded)
{
    pcre2_general_context *general = pcre2_general_context_create(give, take_back, (void *)&regexes->mem);
    pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
    pcre2_code *made = NULL;
    PCRE2_SIZE offset;
    int code;
    if (context)
        made = pcre2_compile((PCRE2_SPTR)folded.ptr, folded.len, OPTIONS, &code, &offset, context);
    if (made && regexes->jit)
        pcre2_jit_compile(made, PCRE2_JIT_COMPLETE);
    pcre2_compile_context_free(context);
    pcre2_general_context_free(general);
    return made;
}

/* Of threads that come to a sleeping pattern at once, one's work is kept. NULL: no memory, since it compiled before. */
static const pcre2_code *code_of(const jy__regexes *regexes, uint32_t number)
{
    pcre2_code **place = &regexes->list.items[number].code, *code = __atomic_load_n(place, __ATOMIC_ACQUIRE), *other = NULL;
    if (code || !(code = compile_late(regexes, regexes->list.items[number].folded)))
        return code;
    if (__atomic_compare_exchange_n(place, &other, code, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return code;
    pcre2_code_free(code);
    return other;
}

/* ---- a thread's memory */

int jy__regex_scratch_new(const jy__mem *mem, jy__regex_scratch **out)
{
    jy__regex_scratch *scratch = jy__mem_alloc(mem, sizeof(*scratch));
    *out = NULL;
    if (!scratch)
        return JY_E_NOMEM;
    scratch->mem = mem;
    jy__match_scratch_init(&scratch->keys, mem);
    scratch->general = pcre2_general_context_create(give, take_back, (void *)mem);
    scratch->data = scratch->general ? pcre2_match_data_create(1, scratch->general) : NULL;
    scratch->context = scratch->data ? pcre2_match_context_create(scratch->general) : NULL;
    if (!scratch->context) {
        jy__regex_scratch_free(scratch);
        return JY_E_NOMEM;
    }
    pcre2_set_heap_limit(scratch->context, HEAP_LIMIT_KIB);
    *out = scratch;
    return JY_OK;
}

void jy__regex_scratch_free(jy__regex_scratch *scratch)
{
    const jy__mem *mem;
    if (!scratch)
        return;
    mem = scratch->mem;
    jy__match_scratch_free(&scratch->keys);
    jy__folded_free(mem, &scratch->folded);
    jy__mem_free(mem, scratch->wanted, scratch->wanted_count * sizeof(*scratch->wanted));
    pcre2_match_context_free(scratch->context);
    pcre2_match_data_free(scratch->data);
    pcre2_general_context_free(scratch->general);
    jy__mem_free(mem, scratch, sizeof(*scratch));
}

/* ---- one turn */

bool jy__regex_may(const jy__regexes *regexes, uint32_t number, jy_str text)
{
    const jy__besides *besides = &regexes->list.items[number].besides;
    const char *p = text.ptr, *end = text.ptr + text.len;
    bool valid;
    while (besides->count && p < end) {
        uint32_t symbols[JY__FOLD_MOST], count = jy__fold_char(jy__utf8_next(&p, end, &valid), symbols);
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t k = 0; k < besides->count; k++)
                if (symbols[i] == besides->symbols[k])
                    return true;
    }
    return besides->count == 0;
}

int jy__regex_choose(const jy__regexes *regexes, jy__regex_scratch *scratch, jy_str text, bool *wanted)
{
    int status;
    for (size_t i = 0; i < regexes->list.count; i++)
        wanted[i] = !regexes->filter || regexes->list.items[i].required_count == 0;
    if (!regexes->filter || !text.len)
        return JY_OK;
    status = jy__match_scan(regexes->filter, &scratch->keys, text, NULL, 0);
    for (size_t i = 0; status == JY_OK && i < scratch->keys.matches.count; i++)
        wanted[regexes->owner[scratch->keys.matches.items[i].literal]] = true;
    return status;
}

int jy__regex_places(const jy__regexes *regexes, jy__regex_scratch *scratch, jy_str text, const size_t *bounds, size_t bound_count,
                     const jy__match **places, size_t *count, bool *every)
{
    int status;
    *every = regexes->always || !regexes->filter;
    *places = NULL;
    *count = 0;
    if (*every)
        return JY_OK;
    scratch->keys.max_matches = PLACES_MOST;
    status = jy__match_scan(regexes->filter, &scratch->keys, text, bounds, bound_count);
    scratch->keys.max_matches = 0;
    *every = scratch->keys.cut;
    if (*every)
        return status;
    for (size_t i = 0; i < scratch->keys.matches.count; i++)
        scratch->keys.matches.items[i].literal = regexes->owner[scratch->keys.matches.items[i].literal];
    *places = scratch->keys.matches.items;
    *count = scratch->keys.matches.count;
    return status;
}

static bool is_limit(int found)
{
    return found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_DEPTHLIMIT || found == PCRE2_ERROR_HEAPLIMIT ||
           found == PCRE2_ERROR_JIT_STACKLIMIT;
}

static int note_aborted(const jy__regex_scratch *scratch, jy__regex_hits *hits, uint32_t number)
{
    if (!JY__VEC_ROOM(scratch->mem, &hits->aborted))
        return JY_E_NOMEM;
    hits->aborted.items[hits->aborted.count++] = number;
    return JY_OK;
}

static int note_hit(const jy__regex_scratch *scratch, jy__regex_hits *hits, uint32_t number, size_t begin, size_t end)
{
    if (!JY__VEC_ROOM(scratch->mem, &hits->list))
        return JY_E_NOMEM;
    hits->list.items[hits->list.count++] = (jy__regex_hit){ number, scratch->folded.begins[begin], scratch->folded.ends[end - 1] };
    return JY_OK;
}

static int run(const jy__regexes *regexes, jy__regex_scratch *scratch, uint32_t number, size_t most, jy__regex_hits *hits)
{
    const pcre2_code *code = code_of(regexes, number);
    PCRE2_SPTR subject = (PCRE2_SPTR)(scratch->folded.text ? scratch->folded.text : "");
    size_t at = 0, end = most < SIZE_MAX - hits->list.count ? hits->list.count + most : SIZE_MAX;
    int status = code ? JY_OK : JY_E_NOMEM;
    while (status == JY_OK && at < scratch->folded.len && hits->list.count < end) {
        const PCRE2_SIZE *span = pcre2_get_ovector_pointer(scratch->data);
        int found = pcre2_match(code, subject, scratch->folded.len, at, PCRE2_NOTEMPTY | PCRE2_NO_UTF_CHECK, /* folding gives nothing else */
                                scratch->data, scratch->context);
        if (found == PCRE2_ERROR_NOMATCH)
            break;
        if (found == PCRE2_ERROR_NOMEMORY)
            return JY_E_NOMEM;
        if (found < 0)
            return is_limit(found) ? note_aborted(scratch, hits, number) : JY_E_INTERNAL;
        if (span[1] <= span[0]) /* \K inside a look-ahead may turn a span round */
            break;
        status = note_hit(scratch, hits, number, span[0], span[1]);
        at = span[1];
    }
    return status;
}

static void set_limits(jy__regex_scratch *scratch, int64_t match_limit, int64_t own, int64_t depth_limit)
{
    int64_t limit = own > 0 && (match_limit <= 0 || own < match_limit) ? own : match_limit;
    pcre2_set_match_limit(scratch->context, limit > 0 && limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX);
    pcre2_set_depth_limit(scratch->context, depth_limit > 0 && depth_limit < UINT32_MAX ? (uint32_t)depth_limit : UINT32_MAX);
}

void jy__regex_forget(jy__regex_scratch *scratch) { scratch->is_folded = false; }

int jy__regex_one(const jy__regexes *regexes, jy__regex_scratch *scratch, uint32_t number, jy_str text, size_t most, const jy__regex_limits *limits,
                  jy__regex_hits *hits)
{
    int status = scratch->is_folded || !text.len ? JY_OK : jy__fold_text(scratch->mem, text, &scratch->folded);
    if (status != JY_OK || !text.len)
        return status;
    scratch->is_folded = true;
    set_limits(scratch, limits->match, regexes->list.items[number].match_limit, limits->depth);
    return run(regexes, scratch, number, most, hits);
}

int jy__regex_scan(const jy__regexes *regexes, jy__regex_scratch *scratch, jy_str text, int64_t match_limit, int64_t depth_limit, jy__regex_hits *hits)
{
    const jy__regex_limits limits = { match_limit, depth_limit };
    size_t count = regexes->list.count;
    int status = JY_OK;
    hits->list.count = hits->aborted.count = 0;
    if (!jy__mem_grow(scratch->mem, &scratch->wanted, &scratch->wanted_count, count, sizeof(*scratch->wanted)))
        return JY_E_NOMEM;
    jy__regex_forget(scratch);
    if (count)
        status = jy__regex_choose(regexes, scratch, text, scratch->wanted);
    for (size_t i = 0; i < count && status == JY_OK; i++)
        if (scratch->wanted[i])
            status = jy__regex_one(regexes, scratch, (uint32_t)i, text, SIZE_MAX, &limits, hits);
    return status;
}

const char *jy__regex_version(void)
{
    uint32_t jit = 0;
    pcre2_config(PCRE2_CONFIG_JIT, &jit);
    return jit ? STRING_OF(PCRE2_MAJOR) "." STRING_OF(PCRE2_MINOR) " jit" : STRING_OF(PCRE2_MAJOR) "." STRING_OF(PCRE2_MINOR);
}
