/* One thread's scratch memory: kept between texts, so that a scan of ordinary text allocates nothing. */
#include "judge/judge.h"
#include "judge/judge_result.h"

int jy_scanner_new(jy_scanner **out, const jy_alloc *alloc)
{
    jy__mem mem = jy__mem_of(alloc);
    jy_scanner *scanner;
    int status;
    if (!out)
        return JY_E_INVALID;
    scanner = jy__mem_alloc(&mem, sizeof(*scanner));
    if (!scanner)
        return JY_E_NOMEM;
    scanner->mem = mem;
    jy__params_init(&scanner->params);
    status = jy__match_scratch_init(&scanner->match, &scanner->mem);
    if (status == JY_OK)
        status = jy__regex_scratch_new(&scanner->mem, &scanner->regex);
    if (status == JY_OK)
        status = jy__words_new(&scanner->mem, &scanner->words);
    if (status == JY_OK)
        *out = scanner;
    else
        jy_scanner_free(scanner);
    return status;
}

int jy_scanner_set(jy_scanner *scanner, jy_param param, int64_t value)
{
    return scanner ? jy__params_set(&scanner->params, param, value) : JY_E_INVALID;
}

void jy_scanner_free(jy_scanner *scanner)
{
    jy__mem mem;
    if (!scanner)
        return;
    mem = scanner->mem;
    jy__match_scratch_free(&scanner->match);
    jy__regex_scratch_free(scanner->regex);
    JY__VEC_FREE(&mem, &scanner->regex_hits.list);
    JY__VEC_FREE(&mem, &scanner->regex_hits.aborted);
    jy__words_free(scanner->words);
    for (int set = 0; set < JY__SET_COUNT; set++) {
        JY__VEC_FREE(&mem, &scanner->hits[set]);
        JY__VEC_FREE(&mem, &scanner->found[set]);
        JY__VEC_FREE(&mem, &scanner->rest[set]);
        jy__mem_free(&mem, scanner->ran[set], scanner->ran_count[set] * sizeof(*scanner->ran[set]));
        jy__flags_free(&mem, &scanner->wanted[set]);
        jy__flags_free(&mem, &scanner->noting[set].said);
        JY__VEC_FREE(&mem, &scanner->noting[set]);
    }
    JY__VEC_FREE(&mem, &scanner->parts);
    JY__VEC_FREE(&mem, &scanner->joined);
    JY__VEC_FREE(&mem, &scanner->approved);
    jy__mem_free(&mem, scanner->opened.items, scanner->opened.capacity * sizeof(*scanner->opened.items));
    jy__flags_free(&mem, &scanner->concerned);
    JY__VEC_FREE(&mem, &scanner->candidates);
    jy__flags_free(&mem, &scanner->suspected);
    jy__flags_free(&mem, &scanner->rules_hit);
    JY__VEC_FREE(&mem, &scanner->active);
    JY__VEC_FREE(&mem, &scanner->anchored);
    JY__VEC_FREE(&mem, &scanner->aborted);
    JY__VEC_FREE(&mem, &scanner->taken);
    JY__VEC_FREE(&mem, &scanner->places);
    jy__mem_free(&mem, scanner->lines.items, scanner->lines.capacity * sizeof(*scanner->lines.items));
    jy__result_leave(scanner->kept);
    jy__mem_free(&mem, scanner, sizeof(*scanner));
}
