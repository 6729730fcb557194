/* match_places — what becomes of the places that an engine's first look lets through; compiled with the instructions of each engine. In:
 * indexes of codes. Out: calls of the verifier for what the neighbours leave of them. With many forms most places are chance, and whether
 * one passes is as good as random for a branch: they are gone through in turns, each of which writes down what passes without a branch and
 * fetches what the next one needs. */

static inline void look_single(jy__sweep *look, size_t index)
{
    const uint16_t *codes = look->codes + index;
    if (jy__bit(look->filter->singles, codes[0]))
        jy__match_single(look->scan, jy__sweep_offset(look, index), codes[0], codes[-1]);
}

/* ---- keys of two codes side by side */

#define BY_FILLER 0x80000000u /* in a list: passed only because of a code with which a filler may begin or end */

/* As jy__stream_triple(), but without a branch. Whether the neighbours do; fillers: whether one of them may be of a filler. */
static bool is_triple(const jy__filter *filter, const uint16_t *codes, bool *fillers)
{
    const uint8_t *kinds = filter->nibbles.rows->kinds;
    *fillers = ((kinds[codes[2]] & JY__ROLE_FILLER) | (kinds[codes[-1]] & JY__ROLE_END)) != 0;
    return jy__triple_has(filter, jy__code_symbol(codes[-1]), jy__code_symbol(codes[0]), jy__code_symbol(codes[1]), jy__code_symbol(codes[2]));
}

static size_t keep_triples(const jy__sweep *look, uint32_t *found, size_t count)
{
    size_t near = 0, kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool fillers, neighbours = is_triple(look->filter, look->codes + found[i], &fillers);
        found[near] = found[i] | (neighbours ? 0 : BY_FILLER);
        near += neighbours | fillers;
    }
    for (size_t i = 0; i < near; i++) {
        uint32_t index = found[i] & ~BY_FILLER;
        found[kept] = index;
        kept += !(found[i] & BY_FILLER) || jy__stream_triple(look->filter, look->codes, index, index + 1u);
    }
    return kept;
}

static size_t place_of(void *look, size_t index) { return jy__sweep_offset(look, index); }

static void look_up(jy__sweep *look, const uint32_t *found, size_t count)
{
    const jy__rounds rounds = { look->scan, look->codes, look, place_of, NULL, 0, 0 };
    if (count)
        jy__match_rounds(&rounds, found, count, NULL);
}

/* Many forms: found are places of pairs in the bitmap. */
static inline void look_pairs(jy__sweep *look, uint32_t *found, size_t count) { look_up(look, found, keep_triples(look, found, count)); }

/* ---- keys that a filler stands in */

/* Whether codes[0] may begin a key with one of the four codes behind a filler's first one, or more fillers come. */
static bool may_go_on(const jy__filter *filter, const uint16_t *codes)
{
    bool pass = false;
    for (size_t i = 2; i < 2 + JY__FILLER_LONGEST; i++)
        pass |= jy__pairs_have(filter, codes[0], codes[i]) | jy__bit(filter->fillers, codes[i]);
    return pass;
}

/* The same of the fillers that do stand there. */
static bool goes_on(const jy__filter *filter, const uint16_t *codes)
{
    unsigned lengths = jy__stream_fillers(filter, codes, 1);
    for (size_t count = 1; lengths >> count; count++)
        if ((lengths >> count & 1) && (jy__pairs_have(filter, codes[0], codes[1 + count]) || jy__bit(filter->fillers, codes[1 + count])))
            return true;
    return false;
}

static inline void look_fillers(jy__sweep *look, const uint32_t *places, size_t count, uint32_t *found)
{
    const jy__rounds rounds = { look->scan, look->codes, look, place_of, NULL, 0, 0 };
    size_t heads = 0, kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t index = places[i];
        found[heads] = index;
        heads += jy__bit(look->filter->heads, look->codes[index]) & jy__filler_may_begin(look->filter, look->codes[index + 1], look->codes[index + 2]);
    }
    for (size_t i = 0; i < heads; i++) {
        uint32_t index = found[i];
        found[kept] = index;
        kept += may_go_on(look->filter, look->codes + index);
    }
    for (size_t i = 0; i < kept && !look->scan->stop; i++)
        if (goes_on(look->filter, look->codes + found[i]))
            jy__stream_filler(&rounds, found[i]);
}

/* Few forms: of the places found those of a key's two codes are kept; fillers: those of a key's first before a code with which a filler may begin. */
static inline size_t keep_near(const jy__sweep *look, uint32_t *found, size_t count, uint32_t *fillers, size_t *filler_count)
{
    const jy__filter *filter = look->filter;
    const uint64_t *heads = filter->heads, *firsts = filter->fillers; /* what is written may be anything to a compiler, so all would be loaded again */
    const uint32_t *set = filter->pairs, words = (uint32_t)1 << filter->pair_bits;
    const uint16_t *all = look->codes;
    size_t pairs = 0, behind = 0;
    for (size_t i = 0; i < count; i++) {
        const uint16_t *codes = all + found[i];
        found[pairs] = fillers[behind] = found[i];
        pairs += jy__mix_in(set, words, codes[0], codes[1]);
        behind += jy__bit(firsts, codes[1]) & jy__bit(heads, codes[0]);
    }
    *filler_count = behind;
    return pairs;
}
