/* Recognisers whose results a table of names does not describe: WeNet and FunASR's live messages, Tencent's text lines, iFlytek's
 * lattices of JSON in strings. */
#include "dialogue/dialogue_vendors.h"
#include "dialogue/dialogue_line.h"
#include "dialogue/dialogue_place.h"

/* ---- FunASR */
static int call_named(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    uint32_t key = jy__json_path(&state->json, call, "key|wav_name");
    if (reader->call.id.len || !jy__json_is(&state->json, key, JY__JSON_STRING))
        return JY_OK;
    return jy__json_string(&state->json, key, &reader->call_arena, &reader->call.id) &&
           jy__arena_str(&reader->call_arena, reader->call.id, &reader->call.id) ? JY_OK : JY_E_NOMEM;
}

int jy__gather_funasr(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    int status = call_named(reader, state, call);
    return status ? status : jy__shape_gather_call(reader, state, call);
}

/* A live hypothesis carries the number of the final text that will replace it. */
static int live_turn(jy_reader *reader, jy__shape_state *state, jy_turn *turn, bool partial)
{
    jy__text id;
    bool kept;
    jy__text_init(&id, &reader->mem);
    jy__text_int(&id, (int64_t)state->utterance);
    turn->flags = partial ? JY_TURN_PARTIAL : 0;
    kept = !id.failed && jy__batch_copy(reader, jy__text_view(&id), &turn->id);
    jy__text_free(&id);
    state->utterance += !partial;
    return kept ? jy__batch_turn(reader, turn) : JY_E_NOMEM;
}

/* [[b,e],[b,e]…], from the runtime a string that holds it. */
static int span_of(jy_reader *reader, jy__shape_state *state, uint32_t stamps, jy_turn *turn)
{
    jy__shape_state inner, *at = state;
    uint32_t last, node = stamps;
    int status = JY_OK;
    inner.json.mem = NULL;
    if (jy__json_is(&state->json, stamps, JY__JSON_STRING)) {
        status = jy__shape_open_string(reader, state, stamps, &inner);
        at = &inner;
        node = 0;
    }
    last = jy__json_child(&at->json, node);
    turn->begin_ms = jy__shape_time(reader, &at->json, jy__json_path(&at->json, last, "0"), JY__MS);
    while (jy__json_next(&at->json, last) != JY__JSON_NONE)
        last = jy__json_next(&at->json, last);
    turn->end_ms = jy__shape_time(reader, &at->json, jy__json_path(&at->json, last, "1"), JY__MS);
    if (at == &inner)
        jy__shape_free(&inner);
    return status;
}

int jy__gather_funasr_text(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    const jy__json_doc *json = &state->json;
    uint32_t text = jy__json_member(json, call, "text"), mode = jy__json_member(json, call, "mode");
    bool live = jy__json_is(json, mode, JY__JSON_STRING);
    jy_turn turn = JY_TURN_INIT;
    int status = state->shape ? call_named(reader, state, call) : JY_OK;
    if (status)
        return status;
    if (!jy__json_is(json, text, JY__JSON_STRING))
        return jy__shape_broken(reader, state, call, JY__SAY_NO_TEXT);
    status = span_of(reader, state, jy__json_member(json, call, "timestamp"), &turn);
    if (status)
        return status;
    if (!jy__shape_label(reader, json, jy__json_path(json, call, "spk|spk_name"), &turn.label) || !jy__shape_text(reader, state, text, &turn))
        return JY_E_NOMEM;
    if (live)
        return live_turn(reader, state, &turn, jy__str_is(jy__json_raw(json, mode), "2pass-online"));
    return jy__batch_turn(reader, &turn);
}

/* ---- WeNet: the best hypothesis; from its server the list is a string that holds it */
static int wenet_best(jy_reader *reader, jy__shape_state *at, uint32_t best, jy__shape_state *outer, bool partial)
{
    const jy__json_doc *json = &at->json;
    uint32_t text = jy__json_member(json, best, "sentence"), piece = jy__json_child(json, jy__json_member(json, best, "word_pieces"));
    jy_turn turn = JY_TURN_INIT;
    if (!jy__json_is(json, text, JY__JSON_STRING))
        return jy__shape_broken(reader, outer, 0, JY__SAY_NO_TEXT);
    if (!jy__shape_text(reader, at, text, &turn))
        return JY_E_NOMEM;
    turn.begin_ms = jy__shape_time(reader, json, jy__json_member(json, piece, "start"), JY__MS);
    while (jy__json_next(json, piece) != JY__JSON_NONE)
        piece = jy__json_next(json, piece);
    turn.end_ms = jy__shape_time(reader, json, jy__json_member(json, piece, "end"), JY__MS);
    return live_turn(reader, outer, &turn, partial);
}

int jy__gather_wenet(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    const jy__json_doc *json = &state->json;
    uint32_t list = jy__json_member(json, call, "nbest");
    bool partial = jy__str_is(jy__json_raw(json, jy__json_member(json, call, "type")), "partial_result");
    jy__shape_state inner;
    int status;
    if (!jy__json_is(json, list, JY__JSON_STRING))
        return wenet_best(reader, state, jy__json_child(json, list), state, partial);
    status = jy__shape_open_string(reader, state, list, &inner);
    if (status == JY_OK && inner.json.nodes.count)
        status = wenet_best(reader, &inner, jy__json_child(&inner.json, 0), state, partial);
    jy__shape_free(&inner);
    return status;
}

/* ---- Tencent: "[0:0.020,0:2.380,0]  您好\n[0:2.500,…" in one string */
static int tencent_line(jy_reader *reader, jy__shape_state *string, jy_str line)
{
    jy__script_line parts;
    jy_turn turn = JY_TURN_INIT;
    const char *from, *to, *decoded = string->json.text.ptr;
    char *made;
    jy__pos pos;
    jy_str raw;
    jy__script_split(line, &parts);
    if (parts.colon)
        parts.text = (jy_str){ parts.label.ptr, (size_t)(parts.text.ptr + parts.text.len - parts.label.ptr) };
    if (!parts.text.len)
        return JY_OK;
    turn.begin_ms = parts.begin_ms;
    turn.end_ms = parts.end_ms;
    if (parts.number >= 0) {
        char digits[2] = { (char)('0' + parts.number % 10), 0 };
        if (!jy__batch_copy(reader, jy__str_of(digits), &turn.label))
            return JY_E_NOMEM;
    }
    from = jy__shape_outside(string, (size_t)(parts.text.ptr - decoded));
    to = jy__shape_outside(string, (size_t)(parts.text.ptr + parts.text.len - decoded));
    raw = (jy_str){ from, (size_t)(to - from) };
    pos = jy__shape_pos(string->outer, (size_t)(from - string->outer->json.text.ptr));
    turn.place.line = pos.line;
    turn.place.column = pos.column;
    turn.place.offset = pos.offset;
    turn.place.byte_column = (uint32_t)(pos.offset - string->outer->base - string->outer->ruler.line_start) + 1;
    turn.place.escape = JY__IN_JSON;
    made = jy__arena_alloc(&reader->batch.arena, raw.len + 1);
    if (!made || !jy__batch_copy(reader, raw, &turn.place.raw) ||
        !jy__json_pointer(&string->outer->json, string->outer_node, &reader->batch.arena, &turn.place.pointer))
        return JY_E_NOMEM;
    turn.text = (jy_str){ made, jy__json_unescape(raw, made) };
    return jy__batch_turn(reader, &turn);
}

int jy__gather_tencent_lines(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    jy__shape_state string = { .outer = state, .outer_node = jy__json_path(&state->json, call, state->shape->turns) };
    jy_str text;
    int status = jy__shape_meta(reader, state, jy__json_path(&state->json, call, state->shape->meta));
    if (!jy__json_string(&state->json, string.outer_node, &reader->batch.arena, &text))
        return JY_E_NOMEM;
    string.json.text = text;
    while (text.len && status == JY_OK) {
        jy_str line = jy__cut_line(&text);
        status = tencent_line(reader, &string, line);
    }
    reader->by_time = true;
    return status;
}

/* ---- iFlytek: content.orderResult is a string of JSON, each lattice[].json_1best in it another. A sentence is put together from
 * its words, so its place is where its lattice begins. */
static bool add_words(const jy__json_doc *json, uint32_t sentence, jy__text *out, jy__arena *arena)
{
    for (uint32_t rt = jy__json_child(json, jy__json_member(json, sentence, "rt")); rt != JY__JSON_NONE; rt = jy__json_next(json, rt))
        for (uint32_t ws = jy__json_child(json, jy__json_member(json, rt, "ws")); ws != JY__JSON_NONE; ws = jy__json_next(json, ws)) {
            jy_str word;
            if (!jy__json_string(json, jy__json_path(json, ws, "cw/0/w"), arena, &word))
                return false;
            jy__text_str(out, word);
        }
    return !out->failed;
}

static int iflytek_sentence(jy_reader *reader, jy__shape_state *at, uint32_t sentence, jy__pos pos)
{
    const jy__json_doc *json = &at->json;
    jy__shape_state *file = at;
    uint32_t outermost = sentence;
    jy_turn turn = JY_TURN_INIT;
    jy__text text;
    bool done;
    for (; file->outer; file = file->outer)
        outermost = file->outer_node;
    turn.begin_ms = jy__shape_time(reader, json, jy__json_member(json, sentence, "bg"), JY__MS);
    turn.end_ms = jy__shape_time(reader, json, jy__json_member(json, sentence, "ed"), JY__MS);
    turn.place = (jy_place){ pos.line, pos.column, pos.offset, { NULL, 0 }, { NULL, 0 }, JY__IN_PIECES, 0 };
    jy__text_init(&text, &reader->mem);
    done = add_words(json, sentence, &text, &reader->batch.arena) && jy__batch_copy(reader, jy__trim(jy__text_view(&text)), &turn.text) &&
           jy__shape_label(reader, json, jy__json_path(json, sentence, "rl"), &turn.label) &&
           jy__json_pointer(&file->json, outermost, &reader->batch.arena, &turn.place.pointer);
    jy__text_free(&text);
    return done ? jy__batch_turn(reader, &turn) : JY_E_NOMEM;
}

static int iflytek_lattice(jy_reader *reader, jy__shape_state *at, uint32_t lattice)
{
    const jy__json_doc *json = &at->json;
    uint32_t best = jy__json_member(json, lattice, "json_1best");
    jy__pos pos = jy__shape_pos(at, jy__json_at(json, lattice)->offset);
    jy__shape_state inner;
    int status;
    if (jy__json_at(json, lattice)->flags & JY__JSON_TORN)
        return JY_OK;
    if (jy__json_is(json, best, JY__JSON_OBJECT))
        return iflytek_sentence(reader, at, jy__json_member(json, best, "st"), pos);
    if (!jy__json_is(json, best, JY__JSON_STRING))
        return jy__shape_broken(reader, at, lattice, JY__SAY_NO_TEXT);
    status = jy__shape_open_string(reader, at, best, &inner);
    if (status == JY_OK && jy__json_member(&inner.json, 0, "st") != JY__JSON_NONE)
        status = iflytek_sentence(reader, &inner, jy__json_member(&inner.json, 0, "st"), pos);
    jy__shape_free(&inner);
    return status;
}

static const jy__shape onebest = {
    .turns = "", .text = "onebest", .begin = "bg", .end = "ed", .speaker = "speaker|rl", .unit = JY__MS
};

static int iflytek_result(jy_reader *reader, jy__shape_state *at, uint32_t root)
{
    const jy__json_doc *json = &at->json;
    uint32_t lattices = jy__json_path(json, root, "lattice|lattice2"); /* lattice: hesitations smoothed away; lattice2: as it was said */
    int status = JY_OK;
    if (lattices == JY__JSON_NONE)
        return jy__shape_list(reader, at, &onebest, root);
    for (uint32_t node = jy__json_child(json, lattices); node != JY__JSON_NONE && status == JY_OK; node = jy__json_next(json, node))
        status = iflytek_lattice(reader, at, node);
    return status;
}

int jy__gather_iflytek(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    uint32_t result = jy__json_path(&state->json, call, "content/orderResult|orderResult|data");
    jy__shape_state inner;
    int status = jy__shape_meta(reader, state, jy__json_path(&state->json, call, "content/orderInfo"));
    reader->by_time = true;
    if (status)
        return status;
    if (!jy__json_is(&state->json, result, JY__JSON_STRING))
        return iflytek_result(reader, state, result == JY__JSON_NONE ? call : result);
    status = jy__shape_open_string(reader, state, result, &inner);
    if (status == JY_OK && inner.json.nodes.count)
        status = iflytek_result(reader, &inner, 0);
    jy__shape_free(&inner);
    return status;
}

/* The live service: a message a sentence, its data a string of JSON; type "1" is a hypothesis, "0" the sentence. */
int jy__gather_iflytek_live(jy_reader *reader, jy__shape_state *state, uint32_t call)
{
    uint32_t data = jy__json_member(&state->json, call, "data"), sentence;
    jy__shape_state inner;
    int status;
    if (!jy__json_is(&state->json, data, JY__JSON_STRING))
        return jy__shape_broken(reader, state, call, JY__SAY_NO_TEXT);
    status = jy__shape_open_string(reader, state, data, &inner);
    sentence = jy__json_path(&inner.json, 0, "cn/st");
    if (status == JY_OK && inner.json.nodes.count && jy__str_is(jy__json_raw(&inner.json, jy__json_member(&inner.json, sentence, "type")), "0"))
        status = iflytek_sentence(reader, &inner, sentence, jy__shape_pos(state, jy__json_at(&state->json, data)->offset));
    jy__shape_free(&inner);
    return status;
}
