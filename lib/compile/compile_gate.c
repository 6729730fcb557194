/* Whether a turn in which the key of a phrase with gaps stands can have the other parts too. In: the parts' literals; out: for each part the marks
 * with which one of its literals must begin. A literal that may be heard alike begins with a sound, any other with its first symbol; a mark
 * may be shared, so a gate that opens says nothing, one that stays shut is sure.
 *
 *   (找|问)*{1,5}去     key 找|问, gate [1: 去]     the turn 请问贵姓 has no 去: nothing more is looked for                */
#include "compile/compile_set.h"

#define PART_MOST 32   /* literals of a part: a gate with more is open anyway */
#define GATE_MOST 1024

static uint16_t mark_of_symbol(uint32_t symbol) { return (uint16_t)(symbol * 0x9E3779B1u >> 21); }
static uint16_t mark_of_sound(uint16_t class) { return (uint16_t)((class + 0x20000u) * 0x85EBCA6Bu >> 21); }

static void set(jy__gate_marks *marks, uint16_t mark) { marks->bits[mark / 64] |= (uint64_t)1 << (mark % 64); }
static bool is_set(const jy__gate_marks *marks, uint16_t mark) { return marks->bits[mark / 64] >> (mark % 64) & 1; }

void jy__gate_mark_text(jy__gate_marks *marks, jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    bool valid;
    memset(marks, 0, sizeof(*marks));
    while (p < end) {
        uint32_t symbols[JY__FOLD_MOST], count = jy__fold_char(jy__utf8_next(&p, end, &valid), symbols);
        for (uint32_t i = 0; i < count; i++) {
            uint16_t sounds[JY__SOUND_MOST];
            size_t sound_count = jy__fold_sounds(symbols[i], sounds);
            set(marks, mark_of_symbol(symbols[i]));
            for (size_t k = 0; k < sound_count; k++)
                set(marks, mark_of_sound(jy__fold_sound_class(sounds[k])));
        }
    }
}

/* count, marks, count, marks, …, 0 */
bool jy__gate_opens(const uint16_t *gate, const jy__gate_marks *marks)
{
    while (*gate) {
        const uint16_t *behind = gate + 1 + *gate;
        bool open = false;
        for (gate++; gate < behind && !open; gate++)
            open = is_set(marks, *gate);
        if (!open)
            return false;
        gate = behind;
    }
    return true;
}

/* False: the literal may begin with anything. */
static bool add_literal(uint16_t *part, const jy__set_literal *literal)
{
    uint16_t sounds[JY__SOUND_MOST];
    size_t first = 0, count = 0;
    while (first < literal->symbols.count && literal->symbols.optional[first])
        first++;
    if (first == literal->symbols.count || part[0] + JY__SOUND_MOST > PART_MOST)
        return false;
    if (literal->folds >> JY_FOLD_SOUND & 1)
        count = jy__fold_sounds(literal->symbols.items[first], sounds);
    for (size_t i = 0; i < count; i++)
        part[++part[0]] = mark_of_sound(jy__fold_sound_class(sounds[i]));
    if (count == 0)
        part[++part[0]] = mark_of_symbol(literal->symbols.items[first]);
    return true;
}

int jy__set_builder_gate(const jy__set_builder *builder, jy__gates *gates, size_t from, size_t to, uint32_t key, jy__chain *chain)
{
    const jy__set_use *uses = builder->uses.items;
    uint16_t gate[GATE_MOST];
    size_t len = 0;
    for (size_t at = from; at < to;) {
        uint32_t segment = uses[at].use.segment;
        uint16_t part[PART_MOST + 1] = { 0 };
        bool known = segment != key;
        for (; at < to && uses[at].use.segment == segment; at++)
            known = known && add_literal(part, &builder->literals.items[uses[at].literal]);
        if (!known || len + part[0] + 2 > GATE_MOST)
            continue;
        memcpy(gate + len, part, (part[0] + 1u) * sizeof(*part));
        len += part[0] + 1u;
    }
    gate[len++] = 0;
    if (!jy__mem_grow(builder->mem, &gates->items, &gates->capacity, gates->count + len, sizeof(*gate)))
        return JY_E_NOMEM;
    memcpy(gates->items + gates->count, gate, len * sizeof(*gate));
    chain->gate = (uint32_t)gates->count;
    gates->count += len;
    return JY_OK;
}
