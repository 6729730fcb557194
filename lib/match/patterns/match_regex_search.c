/* A pattern is run on a folded turn. In: its number; out: spans in the original text. Where few of its branches have what they need there, these are run in
 * place of all (match_branches.c): of each the next match is known, and the one that begins first is told. */
#include "match/patterns/match_branches.h"
#include "match/patterns/match_regex_search.h"

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

int jy__regex_note_hit(const jy__regex_scratch *scratch, jy__regex_hits *hits, uint32_t number, size_t begin, size_t end)
{
    if (!JY__VEC_ROOM(scratch->mem, &hits->list))
        return JY_E_NOMEM;
    hits->list.items[hits->list.count++] = (jy__regex_hit){ number, begin, end };
    return JY_OK;
}

/* What is run: all of the pattern, or a branch, and its next match in the folded text; end 0: not known yet, begin SIZE_MAX: there is none. */
typedef struct search { const pcre2_code *code; size_t begin, end; } search;

/* JY_E_LIMIT: a limit was reached. */
static int find_from(const jy__regex_scratch *scratch, search *own, size_t at)
{
    const PCRE2_SIZE *span = pcre2_get_ovector_pointer(scratch->data);
    PCRE2_SPTR subject = (PCRE2_SPTR)(scratch->folded.text ? scratch->folded.text : "");
    const int found = pcre2_match(own->code, subject, scratch->folded.len, at, PCRE2_NOTEMPTY | PCRE2_NO_UTF_CHECK, /* folding gives nothing else */
                                  scratch->data, scratch->context);
    own->begin = SIZE_MAX;
    if (found == PCRE2_ERROR_NOMATCH)
        return JY_OK;
    if (found == PCRE2_ERROR_NOMEMORY)
        return JY_E_NOMEM;
    if (found < 0)
        return is_limit(found) ? JY_E_LIMIT : JY_E_INTERNAL;
    if (span[1] > span[0]) { /* \K inside a look-ahead may turn a span round */
        own->begin = span[0];
        own->end = span[1];
    }
    return JY_OK;
}

/* From `at` on; of those that begin together the first is the one. A branch without a match is dropped. */
static int find_first(const jy__regex_scratch *scratch, search *all, uint32_t *count, size_t at, search *out)
{
    uint32_t kept = 0;
    int status = JY_OK;
    out->begin = SIZE_MAX;
    for (uint32_t i = 0; status == JY_OK && i < *count; i++) {
        search own = all[i];
        if (own.begin < at || !own.end)
            status = find_from(scratch, &own, at);
        if (own.begin == SIZE_MAX)
            continue;
        if (own.begin < out->begin)
            *out = own;
        all[kept++] = own;
    }
    *count = kept;
    return status;
}

static int find_all(const jy__regex_scratch *scratch, search *all, uint32_t count, uint32_t number, size_t most, jy__regex_hits *hits)
{
    size_t at = 0;
    int status = JY_OK;
    for (; status == JY_OK && most && at < scratch->folded.len; most--) {
        search first;
        status = find_first(scratch, all, &count, at, &first);
        if (status != JY_OK || first.begin == SIZE_MAX)
            break;
        status = jy__regex_note_hit(scratch, hits, number, scratch->folded.begins[first.begin], scratch->folded.ends[first.end - 1]);
        at = first.end;
    }
    return status == JY_E_LIMIT ? note_aborted(scratch, hits, number) : status;
}

/* Branches that may match, by what the turn has; none: all of the pattern is to be run. NULL as the code of one: no memory. */
static uint32_t choose(const jy__regexes *regexes, const jy__regex_scratch *scratch, uint32_t number, search *out)
{
    const jy__regex_pattern *pattern = &regexes->list.items[number];
    uint32_t met[JY__BRANCHES_MOST], count;
    jy__branch *branches;
    if (!pattern->branch_count)
        return 0;
    count = jy__needs_alternatives_met(pattern->needs, &scratch->there, met, JY__BRANCHES_MOST);
    if (count > JY__BRANCHES_MOST || count == pattern->branch_count)
        return 0;
    branches = jy__branches_get(regexes, number);
    for (uint32_t i = 0; i < count; i++)
        out[i].code = branches ? jy__regex_code(regexes, &branches[met[i]].code, branches[met[i]].folded) : NULL;
    return count;
}

int jy__regex_search(const jy__regexes *regexes, jy__regex_scratch *scratch, uint32_t number, size_t most, jy__regex_hits *hits)
{
    jy__regex_pattern *pattern = &regexes->list.items[number];
    search all[JY__BRANCHES_MOST] = { { NULL, 0, 0 } };
    uint32_t count = choose(regexes, scratch, number, all);
    if (!count)
        all[count++].code = jy__regex_code(regexes, &pattern->code, pattern->folded);
    for (uint32_t i = 0; i < count; i++)
        if (!all[i].code)
            return JY_E_NOMEM;
    return find_all(scratch, all, count, number, most, hits);
}
