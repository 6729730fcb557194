/* The set of patterns. In: patterns as written; out: PCRE2's code of each, with the literals without which it cannot match, and one filter
 * of all of them (match_required.c). Patterns may rest as bytes, without code, and are compiled again when they are first run. */
#include "match/patterns/match_regex.h"
#include "match/tables/match_build.h"
#include "match/patterns/match_branches.h"
#include "match/patterns/match_pattern.h"

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

pcre2_general_context *jy__regex_memory(const jy__mem *mem)
{
    return pcre2_general_context_create(give, take_back, (void *)mem);
}

/* ---- the set */

int jy__regexes_new(const jy__mem *mem, bool jit, jy__regexes **out)
{
    jy__regexes *regexes = jy__mem_alloc(mem, sizeof(*regexes));
    *out = NULL;
    if (!regexes)
        return JY_E_NOMEM;
    regexes->mem = *mem;
    regexes->jit = jit;
    regexes->general = jy__regex_memory(&regexes->mem);
    regexes->compile = regexes->general ? pcre2_compile_context_create(regexes->general) : NULL;
    if (!regexes->compile) {
        jy__regexes_free(regexes);
        return JY_E_NOMEM;
    }
    *out = regexes;
    return JY_OK;
}

static void free_literals(jy__regexes *regexes, jy__regex_pattern *pattern)
{
    jy__mem_free(&regexes->mem, pattern->required, pattern->required_count * sizeof(*pattern->required));
    pattern->required = NULL;
}

static void free_pattern(jy__regexes *regexes, jy__regex_pattern *pattern)
{
    pcre2_code_free(pattern->code);
    jy__branches_free(&regexes->mem, pattern);
    jy__mem_free(&regexes->mem, (char *)pattern->folded.ptr, pattern->folded.len + 1);
    free_literals(regexes, pattern);
    jy__mem_free(&regexes->mem, pattern->easy, sizeof(*pattern->easy));
    jy__mem_free(&regexes->mem, pattern->needs, pattern->needs_count * sizeof(*pattern->needs));
}

void jy__regexes_free(jy__regexes *regexes)
{
    jy__mem mem;
    if (!regexes)
        return;
    mem = regexes->mem;
    for (size_t i = 0; i < regexes->list.count; i++)
        free_pattern(regexes, &regexes->list.items[i]);
    jy__mem_free(&mem, regexes->always_run, jy__regexes_words(regexes) * sizeof(*regexes->always_run));
    JY__VEC_FREE(&mem, &regexes->list);
    jy__matcher_free(regexes->filter);
    jy__mem_free(&mem, regexes->owner, regexes->literal_count * sizeof(*regexes->owner));
    pcre2_compile_context_free(regexes->compile);
    pcre2_general_context_free(regexes->general);
    jy__mem_free(&mem, regexes, sizeof(*regexes));
}

size_t jy__regexes_memory(const jy__regexes *regexes)
{
    size_t bytes;
    if (!regexes)
        return 0;
    bytes = sizeof(*regexes) + regexes->list.capacity * sizeof(*regexes->list.items) + regexes->literal_count * sizeof(*regexes->owner) +
            (regexes->always_run ? jy__regexes_words(regexes) * sizeof(*regexes->always_run) : 0) +
            jy__matcher_memory(regexes->filter);
    for (size_t i = 0; i < regexes->list.count; i++)
        bytes += regexes->list.items[i].folded.len + 1 + regexes->list.items[i].needs_count * sizeof(*regexes->list.items[i].needs) +
                 (regexes->list.items[i].easy ? sizeof(jy__easy) : 0);
    return bytes;
}

size_t jy__regexes_count(const jy__regexes *regexes) { return regexes ? regexes->list.count : 0; }
size_t jy__regexes_words(const jy__regexes *regexes) { return (jy__regexes_count(regexes) + 63) / 64; }

static bool keep_literals(jy__regexes *regexes, jy__regex_pattern *pattern, const jy__required *required)
{
    if (!required->count)
        return true;
    pattern->required = jy__mem_alloc(&regexes->mem, required->count * sizeof(*pattern->required));
    if (!pattern->required)
        return false;
    for (uint32_t i = 0; i < required->count; i++) { /* and nothing behind the last symbol: the bytes may be kept as an image */
        memcpy(pattern->required[i].symbols, required->items[i].symbols, required->items[i].count * sizeof(uint32_t));
        pattern->required[i].count = required->items[i].count;
    }
    pattern->required_count = required->count;
    return true;
}

static bool keep_needs(jy__regexes *regexes, jy__regex_pattern *pattern, const jy__needs *needs)
{
    if (!needs->count)
        return true;
    pattern->needs = jy__mem_alloc(&regexes->mem, needs->count * sizeof(*pattern->needs));
    if (!pattern->needs)
        return false;
    memcpy(pattern->needs, needs->words, needs->count * sizeof(*pattern->needs));
    pattern->needs_count = needs->count;
    return true;
}

static bool keep_required(jy__regexes *regexes, jy__regex_pattern *pattern, const jy__text *folded)
{
    jy__required required;
    jy__needs needs;
    jy__required_of(jy__text_view(folded), &required, &pattern->besides, &needs);
    jy__needles_of(&pattern->besides, &pattern->needles);
    pattern->branch_count = jy__branches_of(jy__text_view(folded), &needs);
    return keep_literals(regexes, pattern, &required) && keep_needs(regexes, pattern, &needs);
}

static bool keep_folded(jy__regexes *regexes, jy__regex_pattern *pattern, const jy__text *folded)
{
    char *copy = jy__mem_alloc(&regexes->mem, folded->len + 1);
    if (copy && folded->len)
        memcpy(copy, folded->ptr, folded->len);
    pattern->folded = (jy_str){ copy, copy ? folded->len : 0 };
    return copy != NULL;
}

static bool keep_easy(jy__regexes *regexes, jy__regex_pattern *pattern, const jy__text *folded)
{
    jy__easy easy;
    if (!jy__easy_of(jy__text_view(folded), &easy))
        return true;
    pattern->easy = jy__mem_alloc(&regexes->mem, sizeof(easy));
    if (pattern->easy)
        *pattern->easy = easy;
    return pattern->easy != NULL;
}

static int refuse(jy__regex_error *error, int code, size_t offset)
{
    error->code = code;
    error->offset = offset;
    if (code)
        jy__regex_words(code, error);
    return JY_E_RULES;
}

static uint32_t options_of(jy_str folded)
{
    return PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | (jy__pattern_has_case(folded) ? PCRE2_CASELESS : 0);
}

static int compile(jy__regexes *regexes, jy_str written, const jy__text *folded, jy__regex_pattern *pattern, jy__regex_error *error)
{
    int code;
    PCRE2_SIZE offset;
    pattern->code = pcre2_compile((PCRE2_SPTR)(folded->ptr ? folded->ptr : ""), folded->len, options_of(jy__text_view(folded)), &code, &offset, regexes->compile);
    if (pattern->code)
        return JY_OK;
    if (code == PCRE2_ERROR_HEAP_FAILED)
        return JY_E_NOMEM;
    return refuse(error, code, jy__pattern_place(&regexes->mem, written, offset));
}

/* A pattern that matches the empty text would match everywhere. */
static int refuse_empty(jy__regexes *regexes, const jy__regex_pattern *pattern, jy__regex_error *error)
{
    pcre2_match_data *data = pcre2_match_data_create(1, regexes->general);
    int found;
    if (!data)
        return JY_E_NOMEM;
    found = pcre2_match(pattern->code, (PCRE2_SPTR) "", 0, 0, 0, data, NULL);
    pcre2_match_data_free(data);
    return found >= 0 ? refuse(error, 0, 0) : JY_OK;
}

static int make_pattern(jy__regexes *regexes, jy_str written, jy__regex_pattern *made, jy__regex_error *error)
{
    jy__text folded;
    int status;
    jy__text_init(&folded, &regexes->mem);
    jy__pattern_fold(written, &folded);
    status = folded.failed ? JY_E_NOMEM : compile(regexes, written, &folded, made, error);
    if (status == JY_OK)
        status = refuse_empty(regexes, made, error);
    if (status == JY_OK && (!keep_required(regexes, made, &folded) || !keep_easy(regexes, made, &folded) || !keep_folded(regexes, made, &folded)))
        status = JY_E_NOMEM;
    jy__text_free(&folded);
    return status;
}

int jy__regexes_add(jy__regexes *regexes, jy_str written, uint32_t folds, int64_t match_limit, uint32_t *index_out, jy__regex_error *error)
{
    jy__regex_pattern made;
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

static bool list_always(jy__regexes *regexes)
{
    if (!(regexes->always_run = jy__mem_alloc(&regexes->mem, jy__regexes_words(regexes) * sizeof(*regexes->always_run))))
        return false;
    for (size_t i = 0; i < regexes->list.count; i++)
        regexes->always_run[i / 64] |= (uint64_t)(regexes->list.items[i].required_count == 0) << i % 64;
    return true;
}

int jy__regexes_seal(jy__regexes *regexes)
{
    jy__literal *literals;
    size_t count = count_literals(regexes);
    int status;
    if (!regexes->always_run && !list_always(regexes))
        return JY_E_NOMEM;
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
    for (size_t i = 0; status == JY_OK && i < regexes->list.count; i++)
        free_literals(regexes, &regexes->list.items[i]); /* the filter has them */
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

bool jy__regexes_wake(jy__regexes *regexes, const jy__mem *mem)
{
    regexes->mem = *mem;
    return !regexes->filter || jy__matcher_wake(regexes->filter, mem);
}

void jy__regexes_drop(jy__regexes *regexes)
{
    for (size_t i = 0; i < regexes->list.count; i++) {
        pcre2_code_free(regexes->list.items[i].code);
        jy__branches_free(&regexes->mem, &regexes->list.items[i]);
    }
    if (regexes->filter)
        jy__matcher_drop(regexes->filter);
}

static pcre2_code *compile_late(const jy__regexes *regexes, jy_str folded)
{
    pcre2_general_context *general = jy__regex_memory(&regexes->mem);
    pcre2_compile_context *context = general ? pcre2_compile_context_create(general) : NULL;
    pcre2_code *made = NULL;
    PCRE2_SIZE offset;
    int code;
    if (context)
        made = pcre2_compile((PCRE2_SPTR)folded.ptr, folded.len, options_of(folded), &code, &offset, context);
    if (made && regexes->jit)
        pcre2_jit_compile(made, PCRE2_JIT_COMPLETE);
    pcre2_compile_context_free(context);
    pcre2_general_context_free(general);
    return made;
}

/* Of threads that come to a sleeping pattern at once, one's work is kept. NULL: no memory, since it compiled before. */
const pcre2_code *jy__regex_code(const jy__regexes *regexes, pcre2_code **place, jy_str folded)
{
    pcre2_code *code = __atomic_load_n(place, __ATOMIC_ACQUIRE), *other = NULL;
    if (code || !(code = compile_late(regexes, folded)))
        return code;
    if (__atomic_compare_exchange_n(place, &other, code, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return code;
    pcre2_code_free(code);
    return other;
}
