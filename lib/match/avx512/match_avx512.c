/* The engine for AVX-512 with VBMI, VBMI2, BITALG and GFNI. In: text. Out: places for the verifier, and the count of bytes that are no UTF-8. Two
 * steps per chunk of 32 KiB, of 16 for few forms. Step one (match_avx512_slots.c, _read.c) makes a row of the chunk's Han codes; step two (match_avx512_few.c, _many.c,
 * _sound.c) looks at the codes for what may begin a key. Where a code stood is found again from the blocks' masks. */
#include "match/avx512/match_avx512_row.h"

#define ALL(byte) ((byte) * 0x01010101u)
const jy__lanes jy__lanes_of = {
    .conts = ALL(0xC0), .han_first = ALL(0xE4), .han_count = ALL(5), .line_end = ALL('\n'), .highs = ALL(0xF0), .lows = ALL(0xC0), .middles = ALL(7),
    .keys = ALL(JY__BUCKET_KEYS), .one = ALL(JY__BUCKET_ONE), .more = ALL(JY__BUCKET_MORE), .of_one = ALL(JY__FILLERS_OF_ONE),
    .of_more = ALL(0xFFu & ~(unsigned)JY__FILLERS_OF_ONE), .lowest = 1, .flank = JY__MIX_FLANK,
};

#define BLOCK JY__BLOCK
#define GROUP 16 /* blocks */

static bool can_run(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bitalg") &&
           __builtin_cpu_supports("gfni") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

/* ---- where a code stood */

/* How many of 16 numbers in ascending order are no greater. */
static inline size_t up_to(const uint16_t *numbers, size_t number)
{
    return (size_t)__builtin_popcount(_mm256_cmple_epu16_mask(_mm256_loadu_si256((const void *)numbers), _mm256_set1_epi16((short)number)));
}

_Static_assert(JY__BLOCKS / GROUP == 32, "as many groups as a vector has numbers");
static inline size_t groups_up_to(const jy__look *look, size_t number)
{
    return (size_t)__builtin_popcount(_mm512_cmple_epu16_mask(_mm512_loadu_si512(look->groups), _mm512_set1_epi16((short)number)));
}

/* Without a branch: in which block the next place is, is as good as random. */
int32_t jy__avx512_offset(const jy__look *look, size_t index)
{
    const jy__blocks *blocks = look->blocks;
    size_t block;
    uint64_t nth;
    if (index < look->kept)
        return look->kept_at[index];
    block = (groups_up_to(look, index) - 1) * GROUP;
    block += up_to(blocks->first + block, index) - 1;
    nth = _pdep_u64((uint64_t)1 << (index - blocks->first[block]), blocks->han[block]);
    size_t bit = (size_t)__builtin_ctzll(nth), span = blocks->in_span[block];
    return (int32_t)(block * BLOCK + bit + (bit * 2 + (~blocks->han[block + 1] >> bit & 1) + 2 * (blocks->han[block + 2] >> bit & 1)) * span);
}

/* The first code of each group of blocks; behind the last of them UINT16_MAX. */
static void list_groups(jy__look *look, size_t blocks)
{
    for (size_t i = 0; i < JY__BLOCKS / GROUP; i++)
        look->groups[i] = i * GROUP <= blocks ? look->blocks->first[i * GROUP] : UINT16_MAX;
}

/* Where each bit of a block's word stands, or of a span's, from its begin. */
static inline __m512i places_in(const jy__blocks *blocks, size_t block)
{
    __m512i steps = jy__steps(), slots;
    if (!blocks->in_span[block])
        return steps;
    slots = _mm512_add_epi8(steps, _mm512_add_epi8(steps, steps));
    slots = _mm512_mask_sub_epi8(slots, ~blocks->han[block + 1], slots, _mm512_set1_epi8(-1));
    return _mm512_mask_add_epi8(slots, blocks->han[block + 2], slots, _mm512_set1_epi8(2));
}

static inline size_t blocks_of(const jy__blocks *blocks, size_t block) { return blocks->in_span[block] ? JY__SPAN_BLOCKS : 1; }

/* As numbers of 16 bits; the first code of a text has none before it. */
static void list_kept(jy__look *look, uint16_t *offsets)
{
    look->placed = look->kept;
    if (look->kept < JY__STREAM_BACK || look->kept_at[JY__KNOWN_BEFORE] < INT16_MIN)
        return;
    _Static_assert(JY__STREAM_BACK == 48, "three vectors have all that is kept");
    for (size_t i = 0; i < JY__STREAM_BACK; i += 16)
        _mm256_storeu_si256((void *)(offsets + i), _mm512_cvtepi32_epi16(_mm512_loadu_si512(look->kept_at + i)));
    look->placed = JY__KNOWN_BEFORE;
}

void jy__avx512_list_offsets(jy__look *look, uint16_t *offsets)
{
    const jy__blocks *blocks = look->blocks;
    list_kept(look, offsets);
    for (size_t block = 0; blocks->first[block] < look->last; block += blocks_of(blocks, block)) {
        __m512i set = _mm512_maskz_compress_epi8(blocks->han[block], places_in(blocks, block)), base = _mm512_set1_epi16((short)(block * BLOCK));
        uint16_t *out = offsets + blocks->first[block];
        _mm512_storeu_si512(out, _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(set)), base));
        if (blocks->in_span[block])
            _mm512_storeu_si512(out + 32, _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(set, 1)), base));
    }
    look->offsets = offsets;
}

size_t jy__avx512_place_of(void *look, size_t index) { return jy__avx512_place(look, index); }

/* ---- step two */

void jy__avx512_join(jy__look *look)
{
    uint16_t *joined = look->scan->walker->stream.codes;
    __m512i words[2];
    for (size_t at = 0; at < look->joined_from; at += 64)
        jy__put_joined(joined + at, jy__row_at(look, at), words);
    for (size_t at = look->joined_to; at < look->last + JY__STREAM_AHEAD + 2; at += 64)
        jy__put_joined(joined + at, jy__row_at(look, at), words);
    look->joined = joined;
}

/* Places of the Han of a block, or of a span: the last of them, as many as there is room for. */
static size_t put_block(int32_t *places, size_t room, const jy__blocks *blocks, size_t block, int32_t base)
{
    uint64_t han = blocks->han[block];
    size_t count = (size_t)__builtin_popcountll(han), left = count < room ? count : room;
    __m512i set = _mm512_maskz_compress_epi8(_pdep_u64(~(uint64_t)0 << (count - left), han), places_in(blocks, block));
    const __m512i bases = _mm512_set1_epi32(base);
    uint64_t lanes = _bzhi_u64(~(uint64_t)0, (unsigned)left); /* JY__STREAM_BACK at most */
    places += room - left;
    _mm512_mask_storeu_epi32(places, (__mmask16)lanes, _mm512_add_epi32(bases, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(set))));
    _mm512_mask_storeu_epi32(places + 16, (__mmask16)(lanes >> 16), _mm512_add_epi32(bases, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(set, 1))));
    _mm512_mask_storeu_epi32(places + 32, (__mmask16)(lanes >> 32), _mm512_add_epi32(bases, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(set, 2))));
    return left;
}

/* Places of the last codes, counted from the next chunk on, found backwards through the blocks. */
static void keep_places(const jy__look *look, size_t count, size_t length, int32_t places[JY__STREAM_BACK])
{
    size_t kept = count < JY__STREAM_BACK ? count : JY__STREAM_BACK, left = kept;
    for (size_t block = length / BLOCK; left && block > 0;) {
        block -= blocks_of(look->blocks, block - 1);
        left -= put_block(places, left, look->blocks, block, (int32_t)(block * BLOCK) - (int32_t)length);
    }
    while (left--)
        places[left] = look->kept_at[count - kept + left] - (int32_t)length;
}

/* What the next chunk needs of this one goes to the begin of the stream. */
static void hand_over(const jy__look *look, jy__reader *r, jy__stream *stream, size_t length)
{
    size_t kept = r->count < JY__STREAM_BACK ? r->count : JY__STREAM_BACK, first = r->count - kept;
    int32_t places[JY__STREAM_BACK];
    keep_places(look, r->count, length, places);
    memmove(r->low, r->low + first, kept);
    memmove(r->high, r->high + first, kept);
    memcpy(stream->offsets, places, kept * sizeof(*places));
    r->count = kept;
    stream->looked -= first;
}

static bool by_buckets(const jy__matcher *matcher) { return matcher->sound_keys.way == JY__BY_BUCKETS; }

static void look_chunk(jy__reader *r, jy__stream *stream, size_t base, size_t length, bool last)
{
    const jy__filter *filter = r->filter;
    jy__look look = { .scan = r->scan, .filter = filter, .blocks = r->blocks, .low = r->low, .high = r->high, .kept_at = stream->offsets,
                      .kept = r->blocks->first[0], .from = stream->looked, .end = r->count, .last = r->count, .base = base,
                      .ahead = (const char *)r->text + base + 2 * r->chunk, .chunk = r->chunk, .fillers = r->scan->walker->lists.fillers,
                      .bucketed = filter->many_groups && !r->scan->crowded && r->scan->matcher->engine == &jy__engine_avx512_buckets };
    list_groups(&look, length / BLOCK);
    memset(r->low + r->count, 0, JY__SPLIT_BEHIND);
    memset(r->high + r->count, 0, JY__SPLIT_BEHIND);
    if (!last)
        look.end -= look.end < JY__STREAM_AHEAD ? look.end : JY__STREAM_AHEAD;
    if (look.end > look.from) {
        bool idle = false, filled = false;
        if (filter->has_sound || filter->has_han || filter->many)
            jy__avx512_ask(&look);
        if (filter->many || (filter->has_sound && !by_buckets(r->scan->matcher))) {
            jy__avx512_join(&look);
            look.filler_count = jy__avx512_fillers(&look, look.fillers);
            filled = look.filler_count >= jy__many_fillers(&look);
        }
        jy__present_open(r->scan->walker, look.joined ? look.last : 0);
        idle = filled && filter->many && !jy__avx512_has_keys(&look);
        if (filled && (!idle || filter->has_sound))
            jy__avx512_leads(&look);
        if (filter->has_singles && (filter->many || !filter->has_han))
            jy__avx512_look_singles(&look);
        if (filter->many && !idle)
            jy__avx512_look_many(&look);
        else if (jy__looks_few(filter))
            jy__avx512_look_few(&look);
        if (filter->has_sound)
            jy__avx512_look_sound(&look);
        r->scan->walker->leads_open = false;
        stream->looked = look.end;
    }
    if (!last)
        hand_over(&look, r, stream, length);
}

/* ---- the whole text */

static void scan_text(jy__scan *scan)
{
    jy__stream *stream = &scan->walker->stream;
    jy__blocks blocks;
    jy__reader r;
    size_t last_base = 0;
    jy__avx512_open(&r, scan, &blocks);
    stream->looked = r.count;
    r.chunk = scan->matcher->filter.many ? JY__CHUNK : JY__HALF_CHUNK;
    for (size_t base = 0; base < r.len && !scan->stop; base += r.chunk) {
        size_t stop = r.len - base < r.chunk ? r.len : base + r.chunk;
        jy__avx512_read(&r, base, stop);
        look_chunk(&r, stream, base, stop - base, stop == r.len);
        jy__match_order(scan);
        if (scan->stop)
            scan->scratch->cut_at = last_base;
        last_base = base;
    }
    scan->scratch->lines_made = r.lines && !scan->stop;
    if (!scan->stop)
        jy__avx512_close(&r);
}

static int scan_short(const jy__asked_text *asked)
{
    const jy__filter *filter = &asked->matcher->filter;
    if (asked->text.len > JY__SHORT)
        return JY_DONE;
    return filter->has_ascii && !filter->ascii_one ? jy__avx512_scan_short_ascii(asked) : jy__avx512_scan_short(asked);
}

/* Where sixteen words are fetched one by one (Zen 4: 23 cycles from the first cache, Sapphire Rapids 9), as AMD's processors do: buckets for many keys. */
static bool fetches_one_by_one(void)
{
    __builtin_cpu_init();
    return __builtin_cpu_is("amd") != 0;
}

const jy__engine jy__engine_avx512 = { .name = "avx512", .can_run = can_run, .scan = scan_text, .scan_short = scan_short };
const jy__engine jy__engine_avx512_buckets = { .name = "avx512-buckets", .can_run = can_run, .scan = scan_text, .suits = fetches_one_by_one, .scan_short = scan_short };
