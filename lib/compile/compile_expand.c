/* A phrase's form multiplied out: (你|您)是谁(呀)? becomes 你是谁, 您是谁, 你是谁呀, 您是谁呀. A gap stays in the text as three
 * bytes \1 min max, which YAML text cannot contain. Multiplying out is simple and exact; its cost is bounded by `most`. */
#include "compile/compile.h"

static int push(const jy__mem *mem, jy__paths *paths, jy_str text)
{
    if (!JY__VEC_ROOM(mem, paths))
        return JY_E_NOMEM;
    paths->items[paths->count++] = text;
    return JY_OK;
}

static int join(jy__arena *arena, jy_str a, jy_str b, jy_str *out)
{
    char *both = jy__arena_alloc(arena, a.len + b.len + 1);
    if (!both)
        return JY_E_NOMEM;
    if (a.len) memcpy(both, a.ptr, a.len);
    if (b.len) memcpy(both + a.len, b.ptr, b.len);
    *out = (jy_str){ both, a.len + b.len };
    return JY_OK;
}

static int product(const jy__mem *mem, jy__arena *arena, jy__paths *left, const jy__paths *right, size_t most)
{
    jy__paths both = { NULL, 0, 0 };
    int status = left->count * right->count > most ? JY_E_LIMIT : JY_OK;
    for (size_t i = 0; status == JY_OK && i < left->count; i++)
        for (size_t k = 0; status == JY_OK && k < right->count; k++) {
            jy_str text;
            if ((status = join(arena, left->items[i], right->items[k], &text)) == JY_OK)
                status = push(mem, &both, text);
        }
    JY__VEC_FREE(mem, left);
    *left = both;
    return status;
}

static int expand_seq(const jy__mem *mem, jy__arena *arena, const jy__wording *form, size_t most, jy__paths *out)
{
    int status = push(mem, out, (jy_str){ NULL, 0 });
    for (size_t i = 0; status == JY_OK && i < form->kid_count; i++) {
        jy__paths kid = { NULL, 0, 0 };
        if ((status = jy__compile_expand(mem, arena, form->kids[i], most, &kid)) == JY_OK)
            status = product(mem, arena, out, &kid, most);
        JY__VEC_FREE(mem, &kid);
    }
    return status;
}

static int expand_any(const jy__mem *mem, jy__arena *arena, const jy__wording *form, size_t most, jy__paths *out)
{
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < form->kid_count; i++) {
        status = jy__compile_expand(mem, arena, form->kids[i], most, out);
        if (status == JY_OK && out->count > most)
            status = JY_E_LIMIT;
    }
    return status;
}

static int expand_gap(const jy__mem *mem, jy__arena *arena, uint32_t least, uint32_t most, jy__paths *out)
{
    char *bytes = jy__arena_alloc(arena, 3);
    if (!bytes)
        return JY_E_NOMEM;
    bytes[0] = JY__PATH_GAP;
    bytes[1] = (char)(unsigned char)(least > 255 ? 255 : least);
    bytes[2] = (char)(unsigned char)(most > 255 ? 255 : most);
    return push(mem, out, (jy_str){ bytes, 3 });
}

int jy__compile_expand(const jy__mem *mem, jy__arena *arena, const jy__wording *form, size_t most, jy__paths *out)
{
    int status;
    switch (form->kind) {
    case JY__WORDING_TEXT: return push(mem, out, form->text);
    case JY__WORDING_SEQ: {
        jy__paths own = { NULL, 0, 0 };
        status = expand_seq(mem, arena, form, most, &own);
        for (size_t i = 0; status == JY_OK && i < own.count; i++)
            status = push(mem, out, own.items[i]);
        JY__VEC_FREE(mem, &own);
        return status;
    }
    case JY__WORDING_OPT:
        if ((status = push(mem, out, (jy_str){ NULL, 0 })) != JY_OK)
            return status;
        return expand_any(mem, arena, form, most, out);
    case JY__WORDING_ALT:
    case JY__WORDING_LIST: return expand_any(mem, arena, form, most, out);
    case JY__WORDING_GAP: return expand_gap(mem, arena, form->gap_min, form->gap_max, out);
    case JY__WORDING_SLOT: return expand_gap(mem, arena, 0, JY__SLOT_CHARACTERS, out);
    }
    return JY_E_INTERNAL;
}

/* Most symbols that a text can fold to, so that the arena gives just that. */
static size_t folded_count(jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    uint32_t symbols[JY__FOLD_MOST];
    size_t count = 0;
    bool valid;
    while (p < end) {
        size_t own = jy__fold_char(jy__utf8_next(&p, end, &valid), symbols);
        count += own ? own : 1;
    }
    return count;
}

/* Marks and blanks of a phrase are dropped, because `gaps` allows them in the text anyway; a stop inside it is kept as
 * optional, because a gap never crosses one that the phrase does not have. Stops at the edges bind nothing. */
int jy__compile_fold(jy__arena *arena, jy_str text, jy__symbols *out)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    size_t room = folded_count(text) + 1, last = 0;
    bool valid;
    out->items = jy__arena_alloc(arena, room * sizeof(*out->items));
    out->optional = jy__arena_alloc(arena, room);
    out->count = 0;
    out->any_optional = false;
    if (!out->items || !out->optional)
        return JY_E_NOMEM;
    while (p < end) {
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        jy__kind kind = jy__fold_kind(cp);
        if (kind == JY__KIND_SYMBOL) {
            out->count += jy__fold_char(cp, out->items + out->count);
            last = out->count;
        } else if (kind == JY__KIND_STOP && out->count && !out->optional[out->count - 1]) {
            out->items[out->count] = jy__fold_one(cp) ? jy__fold_one(cp) : '!';
            out->optional[out->count++] = 1;
        }
    }
    out->count = last;
    for (size_t i = 0; i < last; i++)
        out->any_optional = out->any_optional || out->optional[i];
    return JY_OK;
}
