/* Patterns on a turn. In: the set of patterns and a turn; out: spans in the original text. The turn is first searched, as it is, for the
 * literals that the patterns need; of those that have one there, or need none, the turn is folded for such as have all they need there, and these are run on
 * the folded text. Limits make any pattern end: one that reaches a limit is named in `aborted`, its matches so far
 * are kept. */
#include "match/patterns/match_regex_search.h"

#define STRING_OF_(x) #x
#define STRING_OF(x) STRING_OF_(x)
#define HEAP_LIMIT_KIB 20000
#define PLACES_MOST (1u << 20) /* with more, every turn is worth a look */

/* ---- a thread's memory */

int jy__regex_scratch_new(const jy__mem *mem, jy__regex_scratch **out)
{
    jy__regex_scratch *scratch = jy__mem_alloc(mem, sizeof(*scratch));
    *out = NULL;
    if (!scratch)
        return JY_E_NOMEM;
    scratch->mem = mem;
    jy__match_scratch_init(&scratch->keys, mem);
    scratch->general = jy__regex_memory(mem);
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

static void set_bit(uint64_t *bits, uint32_t number) { bits[number / 64] |= (uint64_t)1 << number % 64; }
static bool has_bit(const uint64_t *bits, size_t number) { return bits[number / 64] >> number % 64 & 1; }

int jy__regex_choose(const jy__regexes *regexes, jy__regex_scratch *scratch, jy_str text, uint64_t *wanted)
{
    int status;
    if (regexes->always_run)
        memcpy(wanted, regexes->always_run, jy__regexes_words(regexes) * sizeof(*wanted));
    else
        memset(wanted, 0xFF, jy__regexes_words(regexes) * sizeof(*wanted));
    if (!regexes->filter || !text.len)
        return JY_OK;
    status = jy__match_scan(regexes->filter, &scratch->keys, text, NULL, 0);
    for (size_t i = 0; status == JY_OK && i < scratch->keys.matches.count; i++)
        set_bit(wanted, regexes->owner[scratch->keys.matches.items[i].literal]);
    return status;
}

/* A place, of its pattern, where what else the pattern needs is near. */
static void keep_near(const jy__regexes *regexes, jy__regex_scratch *scratch, jy_str text)
{
    jy__matches *found = &scratch->keys.matches;
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        uint32_t owner = regexes->owner[found->items[i].literal];
        if (!jy__regex_near(regexes, owner, text, found->items[i].begin))
            continue;
        found->items[kept] = found->items[i];
        found->items[kept++].literal = owner;
    }
    found->count = kept;
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
    keep_near(regexes, scratch, text);
    *places = scratch->keys.matches.items;
    *count = scratch->keys.matches.count;
    return status;
}

/* False: it must be searched for. */
static bool find_easily(const jy__easy *easy, const jy__regex_scratch *scratch, uint32_t number, jy_str text, size_t most, jy__regex_hits *hits, int *status)
{
    size_t begin = 0, end = 0;
    jy__easy_found found;
    if (!easy || (most > 1 && !easy->line))
        return false;
    found = jy__easy_find(easy, text, &begin, &end);
    *status = found == JY__EASY_FOUND && most ? jy__regex_note_hit(scratch, hits, number, begin, end) : JY_OK;
    return found != JY__EASY_UNKNOWN;
}

static void set_limits(jy__regex_scratch *scratch, int64_t match_limit, int64_t own, int64_t depth_limit)
{
    int64_t limit = own > 0 && (match_limit <= 0 || own < match_limit) ? own : match_limit;
    pcre2_set_match_limit(scratch->context, limit > 0 && limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX);
    pcre2_set_depth_limit(scratch->context, depth_limit > 0 && depth_limit < UINT32_MAX ? (uint32_t)depth_limit : UINT32_MAX);
}

void jy__regex_forget(jy__regex_scratch *scratch) { scratch->is_folded = scratch->is_there = false; }

static int fold(jy__regex_scratch *scratch, jy_str text)
{
    int status = scratch->is_folded ? JY_OK : jy__fold_text(scratch->mem, text, &scratch->folded);
    scratch->is_folded = status == JY_OK;
    return status;
}

bool jy__regex_has(const jy__regexes *regexes, jy__regex_scratch *scratch, uint32_t number, jy_str text)
{
    const jy__regex_pattern *pattern = &regexes->list.items[number];
    if (!pattern->needs_count)
        return true;
    if (!scratch->is_there)
        jy__there_of(text, &scratch->there);
    scratch->is_there = true;
    return jy__needs_met(pattern->needs, pattern->needs_count, &scratch->there);
}

int jy__regex_one(const jy__regexes *regexes, jy__regex_scratch *scratch, uint32_t number, jy_str text, size_t most, const jy__regex_limits *limits,
                  jy__regex_hits *hits)
{
    int status;
    if (!text.len || !jy__regex_has(regexes, scratch, number, text))
        return JY_OK;
    if (find_easily(regexes->list.items[number].easy, scratch, number, text, most, hits, &status))
        return status;
    status = fold(scratch, text);
    if (status != JY_OK)
        return status;
    set_limits(scratch, limits->match, regexes->list.items[number].match_limit, limits->depth);
    return jy__regex_search(regexes, scratch, number, most, hits);
}

int jy__regex_scan(const jy__regexes *regexes, jy__regex_scratch *scratch, jy_str text, int64_t match_limit, int64_t depth_limit, jy__regex_hits *hits)
{
    const jy__regex_limits limits = { match_limit, depth_limit };
    size_t count = regexes->list.count;
    int status = JY_OK;
    hits->list.count = hits->aborted.count = 0;
    if (!jy__mem_grow(scratch->mem, &scratch->wanted, &scratch->wanted_count, jy__regexes_words(regexes), sizeof(*scratch->wanted)))
        return JY_E_NOMEM;
    jy__regex_forget(scratch);
    if (count)
        status = jy__regex_choose(regexes, scratch, text, scratch->wanted);
    for (size_t i = 0; i < count && status == JY_OK; i++)
        if (has_bit(scratch->wanted, i))
            status = jy__regex_one(regexes, scratch, (uint32_t)i, text, SIZE_MAX, &limits, hits);
    return status;
}

const char *jy__regex_version(void)
{
    uint32_t jit = 0;
    pcre2_config(PCRE2_CONFIG_JIT, &jit);
    return jit ? STRING_OF(PCRE2_MAJOR) "." STRING_OF(PCRE2_MINOR) " jit" : STRING_OF(PCRE2_MAJOR) "." STRING_OF(PCRE2_MINOR);
}
