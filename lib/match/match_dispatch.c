/* Which engine runs: the best that was compiled in and that this machine can run, chosen once per matcher. */
#include "match/match_engines.h"
#include "match/tables/match_build.h"

static const jy__engine *const engines[] = {
#ifdef JY__HAVE_AVX512
    &jy__engine_avx512_buckets,
    &jy__engine_avx512,
#endif
#ifdef JY__HAVE_AVX2
    &jy__engine_avx2,
#endif
#ifdef JY__HAVE_SSE42
    &jy__engine_sse42,
#endif
#ifdef JY__HAVE_NEON
    &jy__engine_neon,
#endif
    &jy__engine_scalar
};

static bool is_wanted(const jy__engine *engine, const char *name)
{
    return name ? strcmp(engine->name, name) == 0 : !engine->suits || engine->suits();
}

static const jy__engine *find(const char *name)
{
    for (size_t i = 0; i < JY__COUNT(engines); i++)
        if (engines[i]->can_run() && is_wanted(engines[i], name))
            return engines[i];
    return NULL;
}

const char *jy__match_engine(void) { return find(NULL)->name; }

bool jy__match_force(jy__matcher *matcher, const char *engine)
{
    const jy__engine *found = find(engine);
    if (!found || (found->by_rows && !jy__rows_build(matcher)))
        return false;
    matcher->engine = found;
    return true;
}

void jy__matcher_rest(jy__matcher *matcher)
{
    jy__rows_free(matcher);
    jy__symbols_close(matcher);
    matcher->filter.fillers = matcher->filter.ends = NULL;
    matcher->engine = NULL;
    memset(&matcher->mem, 0, sizeof(matcher->mem));
}

bool jy__matcher_wake(jy__matcher *matcher, const jy__mem *mem)
{
    matcher->mem = *mem;
    jy__filter_share(&matcher->filter);
    return jy__match_force(matcher, NULL);
}

void jy__matcher_drop(jy__matcher *matcher) { jy__rows_free(matcher); }
