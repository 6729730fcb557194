/* Patterns taken apart. In: a pattern of branches side by side; out: its branches, each to be compiled by itself when it is first run.
 *
 *   (不好|别)意思|对不起[,,]?我|…      a line with 对不起 and 我: of all branches the second alone may match, and is run alone
 *
 * What the pattern finds from a place on is what its branches find that begins first, and of those that begin together what the first of them finds: so it
 * is for the pattern as it is for each of them. References to groups go by number, and numbers change: such a pattern stays as it is. */
#include "match/patterns/match_branches.h"
#include "match/patterns/match_pattern_read.h"

/* From where the reader stands to the next | outside of groups and classes; the reader then stands behind it. */
static jy_str next_branch(jy__pattern_reader *reader)
{
    const char *begin = reader->p, *end;
    uint32_t depth = 0;
    while (reader->p < reader->end && (depth || *reader->p != '|')) {
        const uint32_t cp = jy__pattern_next(reader);
        jy__pattern_class ignored;
        if (cp == '\\')
            jy__pattern_next(reader);
        else if (cp == '[')
            jy__pattern_class_read(reader, &ignored);
        else
            depth += cp == '(' ? 1 : cp == ')' ? -1u : 0;
    }
    end = reader->p;
    reader->p += reader->p < reader->end;
    return (jy_str){ begin, (size_t)(end - begin) };
}

/* \1, and \G, which asks where the search began. */
static bool refers(jy_str folded)
{
    const char *p = folded.ptr, *end = p + folded.len;
    for (; (p = memchr(p, '\\', (size_t)(end - p))) && p + 1 < end; p += 2)
        if ((p[1] >= '1' && p[1] <= '9') || p[1] == 'G')
            return true;
    return false;
}

uint32_t jy__branches_of(jy_str folded, const jy__needs *needs)
{
    jy__pattern_reader reader = { folded.ptr, folded.ptr + folded.len, false };
    const uint32_t count = jy__needs_alternatives(needs->words, needs->count);
    uint32_t own = 0;
    if (count < 2 || refers(folded))
        return 0;
    for (bool more = true; more; own++) {
        const jy_str branch = next_branch(&reader);
        more = branch.ptr + branch.len < reader.end;
    }
    return own == count ? count : 0;
}

static jy__branch *take_apart(const jy__mem *mem, const jy__regex_pattern *pattern)
{
    jy__pattern_reader reader = { pattern->folded.ptr, pattern->folded.ptr + pattern->folded.len, false };
    jy__branch *made = jy__mem_alloc(mem, pattern->branch_count * sizeof(*made));
    for (uint32_t i = 0; made && i < pattern->branch_count; i++)
        made[i] = (jy__branch){ NULL, next_branch(&reader) };
    return made;
}

/* Of threads that come to it at once, one's work is kept. */
jy__branch *jy__branches_get(const jy__regexes *regexes, uint32_t number)
{
    jy__regex_pattern *pattern = &regexes->list.items[number];
    jy__branch *own = __atomic_load_n(&pattern->branches, __ATOMIC_ACQUIRE), *other = NULL;
    if (own || !(own = take_apart(&regexes->mem, pattern)))
        return own;
    if (__atomic_compare_exchange_n(&pattern->branches, &other, own, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
        return own;
    jy__mem_free(&regexes->mem, own, pattern->branch_count * sizeof(*own));
    return other;
}

void jy__branches_free(const jy__mem *mem, jy__regex_pattern *pattern)
{
    for (uint32_t i = 0; pattern->branches && i < pattern->branch_count; i++)
        pcre2_code_free(pattern->branches[i].code);
    jy__mem_free(mem, pattern->branches, pattern->branch_count * sizeof(*pattern->branches));
    pattern->branches = NULL;
}
