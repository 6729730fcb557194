/* Sets of numbers below a known one (atoms, rules): begun anew for every turn, so they keep their memory. */
#include "judge/judge.h"

bool jy__marks_begin(const jy__mem *mem, jy__marks *marks, size_t count)
{
    size_t known = marks->capacity;
    if (!jy__mem_grow(mem, &marks->items, &marks->capacity, count, sizeof(*marks->items)))
        return false;
    if (marks->capacity > known)
        memset(marks->items + known, 0, (marks->capacity - known) * sizeof(*marks->items));
    if (++marks->round == 0) { /* all numbers were used */
        memset(marks->items, 0, marks->capacity * sizeof(*marks->items));
        marks->round = 1;
    }
    return true;
}

bool jy__flags_begin(const jy__mem *mem, jy__flags *flags, size_t count)
{
    size_t words = (count + 63) / 64;
    if (!jy__mem_grow(mem, &flags->items, &flags->capacity, words, sizeof(*flags->items)))
        return false;
    if (words)
        memset(flags->items, 0, words * sizeof(*flags->items));
    return true;
}

void jy__flags_free(const jy__mem *mem, jy__flags *flags) { jy__mem_free(mem, flags->items, flags->capacity * sizeof(*flags->items)); }

void jy__flags_join(jy__flags *flags, const jy__flags *others, size_t count)
{
    for (size_t i = 0; i < (count + 63) / 64; i++)
        flags->items[i] |= others->items[i];
}

bool jy__flags_any(const jy__flags *flags, uint32_t first, uint32_t count)
{
    uint32_t last = first + count - 1;
    uint64_t from = ~(uint64_t)0 << first % 64, to = ~(uint64_t)0 >> (63 - last % 64);
    if (!count)
        return false;
    if (first / 64 == last / 64)
        return (flags->items[first / 64] & from & to) != 0;
    if (flags->items[first / 64] & from || flags->items[last / 64] & to)
        return true;
    for (uint32_t i = first / 64 + 1; i < last / 64; i++)
        if (flags->items[i])
            return true;
    return false;
}

uint32_t jy__flags_next(const jy__flags *flags, uint32_t from, uint32_t count)
{
    uint64_t left;
    if (from >= count)
        return count;
    for (left = flags->items[from / 64] & ~(uint64_t)0 << from % 64; !left; left = flags->items[from / 64])
        if ((from = (from / 64 + 1) * 64) >= count)
            return count;
    return from / 64 * 64 + (uint32_t)__builtin_ctzll(left);
}
