/* Phrases to atoms, chains and literals: multiplied out and folded once, here, so that scanning never folds a rule again.
 *
 *   (找|问)*{1,5}去   one atom, one chain of two parts: literals 找, 问 and 去          不知道   one atom, one literal                 */
#include "compile/compile_build.h"
#include "match/match_limits.h"
#include <stdio.h>

int jy__build_atom(jy__build *build, jy__set_kind set, jy_str written, uint32_t folds, jy__whole whole, bool regex, uint32_t *out)
{
    jy__manner manner;
    if (!JY__VEC_ROOM(build->mem, &build->atoms))
        return JY_E_NOMEM;
    memset(&manner, 0, sizeof(manner)); /* all of its bytes: equal ones are found by comparing them */
    manner.folds = folds;
    manner.rule = build->rule;
    manner.set = (uint8_t)set;
    manner.whole = (uint8_t)whole;
    manner.speakers = set != JY__SET_CALL || build->speaker == JY__SPEAKER_ANY ? UINT8_MAX : (uint8_t)(1u << build->speaker);
    manner.regex = regex;
    manner.situation = build->situation && build->rule != JY__NONE;
    *out = (uint32_t)build->atoms.count;
    build->atoms.items[build->atoms.count++] = (jy__built_atom){ written, manner };
    return JY_OK;
}

/* The pieces of a path between its gaps. Gaps at the edges bind nothing and are dropped. */
typedef struct piece { jy__symbols symbols; jy_str form; uint8_t least, most; } piece;

/* Where what stands between two gaps is missing they are one, of 255 characters at most. */
static uint8_t wider(uint8_t gap, char by) { return (uint8_t)((uint8_t)by > 255 - gap ? 255 : gap + (uint8_t)by); }

static int split_path(jy__build *build, jy_str path, piece **pieces_out, size_t *count_out)
{
    size_t room = 1, count = 0, begin = 0;
    uint8_t least = 0, most = 0;
    for (size_t i = 0; i < path.len; i++)
        room += path.ptr[i] == JY__PATH_GAP;
    piece *pieces = jy__arena_alloc(&build->scratch, room * sizeof(*pieces));
    if (!pieces)
        return JY_E_NOMEM;
    for (size_t at = 0; at <= path.len; at++) {
        if (at < path.len && path.ptr[at] != JY__PATH_GAP)
            continue;
        piece *own = &pieces[count];
        own->form = (jy_str){ path.ptr + begin, at - begin };
        if (jy__compile_fold(&build->scratch, own->form, &own->symbols) != JY_OK)
            return JY_E_NOMEM;
        if (own->symbols.count) {
            own->least = least;
            own->most = most;
            least = most = 0;
            count++;
        }
        if (at < path.len) {
            least = wider(least, path.ptr[at + 1]);
            most = wider(most, path.ptr[at + 2]);
            at += 2;
        }
        begin = at + 1;
    }
    *pieces_out = pieces;
    *count_out = count;
    return JY_OK;
}

/* Characters of a piece that is heard: all Han, but for marks of its own that may be missing; 0: another piece. */
static size_t heard_count(const jy__symbols *symbols)
{
    size_t han = 0;
    for (size_t i = 0; i < symbols->count; i++) {
        if (jy__fold_is_han(symbols->items[i]))
            han++;
        else if (!symbols->optional[i])
            return 0;
    }
    return han;
}

#define SOUND_LEAST 3 /* characters: shorter phrases sound like too much else */

/* What excuses a finding is heard alike too where nobody decided, else a misheard phrase would lose its misheard exception. */
static uint32_t folds_of(const jy__build *build, jy__set_kind set, const jy__symbols *symbols, uint32_t folds, jy__sound_said sound)
{
    const uint32_t heard = 1u << JY_FOLD_SOUND;
    const size_t count = heard_count(symbols), least = sound == JY__SOUND_OF_PHRASE ? 2 : SOUND_LEAST;
    const bool on = sound == JY__SOUND_UNSAID ? set == JY__SET_SHIELD : (folds & heard) != 0;
    return on && count >= least && jy__params_get(&build->compiler->params, JY_PARAM_FOLD_SOUND) ? folds | heard : folds & ~heard;
}

/* A chain and room for its gaps, when it has several parts; else *out is JY__NONE. */
static int add_chain(jy__build *build, uint32_t atom, size_t parts, uint32_t *out)
{
    *out = JY__NONE;
    if (parts < 2)
        return JY_OK;
    if (!JY__VEC_ROOM(build->mem, &build->chains) ||
        !jy__mem_grow(build->mem, &build->gaps.items, &build->gaps.capacity, build->gaps.count + parts, sizeof(*build->gaps.items)))
        return JY_E_NOMEM;
    *out = (uint32_t)build->chains.count;
    build->chains.items[build->chains.count++] = (jy__chain){ atom, (uint32_t)parts, (uint32_t)build->gaps.count, 0 };
    return JY_OK;
}

static void add_gap(jy__build *build, uint32_t chain, uint8_t least, uint8_t most)
{
    if (chain == JY__NONE)
        return;
    build->gaps.items[build->gaps.count][0] = least;
    build->gaps.items[build->gaps.count++][1] = most;
}

static int add_literal(jy__build *build, jy__set_kind set, const jy__symbols *symbols, jy_str form, uint32_t folds, jy__sound_said sound, jy__use use)
{
    if (symbols->count > JY__MATCH_MOST_SYMBOLS)
        return JY_E_LIMIT;
    return jy__set_builder_literal(&build->sets[set], symbols, folds_of(build, set, symbols, folds, sound), form, use);
}

static int add_pieces(jy__build *build, jy__set_kind set, uint32_t atom, const piece *pieces, size_t count, uint32_t folds, jy__sound_said sound)
{
    uint32_t chain;
    int status = add_chain(build, atom, count, &chain);
    for (size_t i = 0; status == JY_OK && i < count; i++) {
        add_gap(build, chain, pieces[i].least, pieces[i].most);
        status = add_literal(build, set, &pieces[i].symbols, pieces[i].form, folds, sound, (jy__use){ atom, chain, (uint32_t)i, false });
    }
    return status;
}

/* ---- a phrase whose gaps stand at its top: each part between gaps is multiplied out for itself, so that (甲|乙)*(丙|丁) is one
 * chain of 2 + 2 literals and not four of two. */
#define WALK_MOST 4096 /* forms share lists: a walk is bounded, and what is larger is multiplied out as a whole */

static bool has_gap(const jy__wording *form, size_t *budget)
{
    if (*budget == 0)
        return true;
    --*budget;
    if (form->kind == JY__WORDING_GAP || form->kind == JY__WORDING_SLOT)
        return true;
    for (size_t i = 0; i < form->kid_count; i++)
        if (has_gap(form->kids[i], budget))
            return true;
    return false;
}

static bool is_gap(const jy__wording *form) { return form->kind == JY__WORDING_GAP || form->kind == JY__WORDING_SLOT; }

static bool gaps_at_top(const jy__wording *form)
{
    size_t budget = WALK_MOST, gaps = 0;
    if (form->kind != JY__WORDING_SEQ)
        return false;
    for (size_t i = 0; i < form->kid_count; i++) {
        gaps += is_gap(form->kids[i]);
        if (!is_gap(form->kids[i]) && has_gap(form->kids[i], &budget))
            return false;
    }
    return gaps > 0;
}

typedef struct part { piece *pieces; size_t count; uint8_t least, most; } part;

/* The literal forms of kids[from, to); *whole_out false when one of them has no symbols, so that the part could be missing. */
static int expand_part(jy__build *build, const jy__wording *form, size_t from, size_t to, size_t most, part *out, bool *whole_out)
{
    jy__wording slice = *form;
    jy__paths paths = { NULL, 0, 0 };
    int status;
    slice.kids = form->kids + from;
    slice.kid_count = to - from;
    status = jy__compile_expand(build->mem, &build->scratch, &slice, most, &paths);
    out->pieces = status == JY_OK ? jy__arena_alloc(&build->scratch, paths.count * sizeof(piece)) : NULL;
    out->count = paths.count;
    if (status == JY_OK && !out->pieces)
        status = JY_E_NOMEM;
    for (size_t i = 0; status == JY_OK && i < paths.count; i++) {
        out->pieces[i].form = paths.items[i];
        status = jy__compile_fold(&build->scratch, paths.items[i], &out->pieces[i].symbols);
        *whole_out = *whole_out && status == JY_OK && out->pieces[i].symbols.count > 0;
    }
    JY__VEC_FREE(build->mem, &paths);
    return status;
}

/* *parts_out NULL: the phrase does not come apart at its gaps. */
static int take_apart(jy__build *build, const jy__wording *form, size_t most, part **parts_out, size_t *count_out)
{
    size_t count = 0, from = 0;
    uint32_t least = 0, widest = 0;
    bool whole = true;
    int status = JY_OK;
    part *parts;
    *parts_out = NULL;
    if (!gaps_at_top(form))
        return JY_OK;
    parts = jy__arena_alloc(&build->scratch, form->kid_count * sizeof(*parts));
    if (!parts)
        return JY_E_NOMEM;
    for (size_t at = 0; status == JY_OK && whole && at <= form->kid_count; at++) {
        if (at < form->kid_count && !is_gap(form->kids[at]))
            continue;
        if (at > from) {
            parts[count].least = (uint8_t)(least > 255 ? 255 : least);
            parts[count].most = (uint8_t)(widest > 255 ? 255 : widest);
            status = expand_part(build, form, from, at, most, &parts[count++], &whole);
            least = widest = 0;
        }
        if (at < form->kid_count) {
            least += form->kids[at]->kind == JY__WORDING_GAP ? form->kids[at]->gap_min : 0;
            widest += form->kids[at]->kind == JY__WORDING_GAP ? form->kids[at]->gap_max : JY__SLOT_CHARACTERS;
        }
        from = at + 1;
    }
    if (status == JY_OK && whole && count) {
        *parts_out = parts;
        *count_out = count;
    }
    return status;
}

static int add_parts(jy__build *build, jy__set_kind set, uint32_t atom, const part *parts, size_t count, uint32_t folds, jy__sound_said sound)
{
    uint32_t chain;
    int status = add_chain(build, atom, count, &chain);
    for (size_t i = 0; status == JY_OK && i < count; i++) {
        add_gap(build, chain, parts[i].least, parts[i].most);
        for (size_t k = 0; status == JY_OK && k < parts[i].count; k++)
            status = add_literal(build, set, &parts[i].pieces[k].symbols, parts[i].pieces[k].form, folds, sound, (jy__use){ atom, chain, (uint32_t)i, false });
    }
    return status;
}

static int add_paths(jy__build *build, jy__set_kind set, uint32_t atom, const jy__paths *paths, uint32_t folds, jy__sound_said sound, size_t *chains)
{
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < paths->count; i++) {
        piece *pieces;
        size_t count = 0;
        status = split_path(build, paths->items[i], &pieces, &count);
        *chains += count > 0;
        if (status == JY_OK && count)
            status = add_pieces(build, set, atom, pieces, count, folds, sound);
    }
    return status;
}

static int refuse_long(jy__build *build, jy_str written, jy__pos pos)
{
    char most[12];
    snprintf(most, sizeof(most), "%d", JY__MATCH_MOST_SYMBOLS);
    jy__build_error(build, JY__DIAG_TOO_LONG, pos, (jy_str[]){ written, jy__str_of(most) }, 2);
    return JY_OK;
}

int jy__build_phrase(jy__build *build, jy__set_kind set, const jy__wording *form, jy_str written, uint32_t folds, jy__sound_said sound,
                     jy__whole whole, jy__pos pos, uint32_t *atom_out)
{
    jy__paths paths = { NULL, 0, 0 };
    size_t most = (size_t)jy__params_get(&build->compiler->params, JY_PARAM_MAX_EXPANSION), chains = 0, count = 0;
    part *parts = NULL;
    int status = take_apart(build, form, most, &parts, &count);
    if (status == JY_OK && !parts)
        status = jy__compile_expand(build->mem, &build->scratch, form, most, &paths);
    if (status == JY_E_LIMIT) {
        jy__build_error(build, JY__DIAG_EXPANSION, pos, &written, 1);
        JY__VEC_FREE(build->mem, &paths);
        return JY_OK;
    }
    if (status == JY_OK)
        status = jy__build_atom(build, set, written, folds, whole, false, atom_out);
    if (status == JY_OK && parts)
        status = add_parts(build, set, *atom_out, parts, chains = count, folds, sound);
    else if (status == JY_OK)
        status = add_paths(build, set, *atom_out, &paths, folds, sound, &chains);
    if (status == JY_E_LIMIT)
        status = refuse_long(build, written, pos);
    if (status == JY_OK && !chains && !build->failed)
        jy__build_error(build, JY__DIAG_NO_SYMBOLS, pos, &written, 1);
    JY__VEC_FREE(build->mem, &paths);
    return status;
}
