/* In: a whole text. Out: its fold, and for every byte of it the original character it came from. Text that is not scanned by the
 * matcher goes through here: patterns, `jinyu fold`, explanations. A blank vanishes only when the Han character after it is
 * seen, so it is written first and taken back then:
 *
 *   没 _ 办      folded: 没 _ ◀── keep = where the run of blanks after a Han character began
 *                        没 办     …the next character is Han: the run is overwritten                                    */
#include "fold/fold.h"

typedef struct folder {
    const jy__mem *mem;
    jy__folded *out;
    bool after_han;    /* the last character that was written, blanks aside, is Han */
    size_t blanks;     /* where the run of blanks after it began */
} folder;

/* The two maps grow together or not at all: their sizes must stay those that the allocator is told. */
static bool grow_maps(const jy__mem *mem, jy__folded *out, size_t need)
{
    size_t *begins = NULL, *ends = NULL, begin_cap = 0, end_cap = 0;
    if (need <= out->map_cap)
        return true;
    if (need < out->map_cap + out->map_cap / 2)
        need = out->map_cap + out->map_cap / 2;
    if (!jy__mem_grow(mem, &begins, &begin_cap, need, sizeof(*begins)) || !jy__mem_grow(mem, &ends, &end_cap, need, sizeof(*ends))) {
        jy__mem_free(mem, begins, begin_cap * sizeof(*begins));
        return false;
    }
    if (out->len) {
        memcpy(begins, out->begins, out->len * sizeof(*begins));
        memcpy(ends, out->ends, out->len * sizeof(*ends));
    }
    jy__mem_free(mem, out->begins, out->map_cap * sizeof(*begins));
    jy__mem_free(mem, out->ends, out->map_cap * sizeof(*ends));
    out->begins = begins;
    out->ends = ends;
    out->map_cap = begin_cap;
    return true;
}

static bool make_room(const jy__mem *mem, jy__folded *out, size_t bytes)
{
    size_t need = out->len + bytes + 1;
    if (need <= out->cap && need <= out->map_cap && need > out->len)
        return true;
    return need > out->len && jy__mem_grow(mem, &out->text, &out->cap, need, 1) && grow_maps(mem, out, need);
}

static void put_symbol(jy__folded *out, uint32_t symbol, size_t begin, size_t end)
{
    char *to = out->text + out->len;
    size_t len = 3;
    if (symbol >= 0x1000 && symbol < 0xD000) { /* nearly all */
        to[0] = (char)(0xE0 | symbol >> 12);
        to[1] = (char)(0x80 | (symbol >> 6 & 0x3F));
        to[2] = (char)(0x80 | (symbol & 0x3F));
    } else {
        len = jy__utf8_put(symbol, to);
    }
    for (; len > 0; len--, out->len++) {
        out->begins[out->len] = begin;
        out->ends[out->len] = end;
    }
}

/* What a character gives, blanks between Han characters aside. */
static bool put_symbols(folder *self, const uint32_t *symbols, uint32_t count, bool blank, size_t begin, size_t end)
{
    jy__folded *out = self->out;
    if (!blank) {
        if (self->after_han && jy__fold_is_han(symbols[0]))
            out->len = self->blanks;
        self->after_han = jy__fold_is_han(symbols[count - 1]);
    }
    if (!make_room(self->mem, out, count * 4u))
        return false;
    for (uint32_t i = 0; i < count; i++)
        put_symbol(out, symbols[i], begin, end);
    if (!blank)
        self->blanks = out->len;
    return true;
}

static bool put_char(folder *self, uint32_t cp, size_t begin, size_t end)
{
    uint32_t symbols[JY__FOLD_MOST], count = 1;
    if ((symbols[0] = jy__fold_han(cp))) /* nearly always the whole answer */
        return put_symbols(self, symbols, 1, false, begin, end);
    symbols[0] = jy__fold_one(cp);
    if (symbols[0] == 0)
        count = jy__fold_char(cp, symbols);
    return count == 0 || put_symbols(self, symbols, count, jy__fold_kind(cp) == JY__KIND_BLANK, begin, end);
}

int jy__fold_text(const jy__mem *mem, jy_str text, jy__folded *out)
{
    folder self = { mem, out, false, 0 };
    const char *p = text.ptr, *end = text.ptr + text.len;
    bool valid;
    out->len = 0;
    if (!make_room(mem, out, text.len))
        return JY_E_NOMEM;
    while (p < end) {
        const char *start = p;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        if (!put_char(&self, cp, (size_t)(start - text.ptr), (size_t)(p - text.ptr)))
            return JY_E_NOMEM;
    }
    out->text[out->len] = 0;
    out->begins[out->len] = out->ends[out->len] = text.len;
    return JY_OK;
}

void jy__folded_free(const jy__mem *mem, jy__folded *folded)
{
    jy__mem_free(mem, folded->text, folded->cap);
    jy__mem_free(mem, folded->begins, folded->map_cap * sizeof(*folded->begins));
    jy__mem_free(mem, folded->ends, folded->map_cap * sizeof(*folded->ends));
    *folded = (jy__folded){ 0 };
}
