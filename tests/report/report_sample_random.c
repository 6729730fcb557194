/* Random results. Comes in: a seed; goes out: a call whose text, names and wordings are made of pieces that break careless writers:
 * quotes, tags, control and direction characters, bytes that are no UTF-8, personal data, line ends. Spans are anywhere. */
#include "report_sample.h"

static const char *const pieces[] = {
    "你好", "没办法", "a", " ", "\"", "'", "\\", "<", "</script><!--", "]]>", "&amp;", ",", ";", "\n", "\r\n", "\t", "\x01", "\x1b[2J", "\x7f", "\x80",
    "\xff", "\xed\xa0\x80", "\xe4\xbd", "\xf4\x90\x80\x80", "\u202e", "\u2028", "\u200b", "\ufeff", "\ufffe", "😀", "e\u0301", "＝", "=1+1", "@", "-",
    "13812345678", "6222 0212 3456 7894", "11010519491231002X", "京A12345", "a@b.cn", "{0}", "%s", "http://x", "一二三四五六七八九十一二三四五六七八九十",
};

typedef struct random_dice { uint32_t state; jy__arena *arena; } random_dice;

static uint32_t roll(random_dice *dice, uint32_t below)
{
    dice->state = dice->state * 1664525u + 1013904223u;
    return (dice->state >> 8) % below;
}

static jy_str random_text(random_dice *dice, uint32_t most)
{
    char *text = jy__arena_alloc(dice->arena, (size_t)most * 64 + 1);
    size_t len = 0;
    for (uint32_t n = roll(dice, most + 1); text && n > 0; n--) {
        const char *piece = pieces[roll(dice, JY__COUNT(pieces))];
        memcpy(text + len, piece, strlen(piece));
        len += strlen(piece);
    }
    return (jy_str){ text, len };
}

static jy_turn random_turn(random_dice *dice, uint32_t line)
{
    jy_turn turn = JY_TURN_INIT;
    turn.text = random_text(dice, roll(dice, 8) ? 12 : 200);
    turn.label = random_text(dice, 2);
    turn.speaker = (int32_t)roll(dice, 4);
    turn.begin_ms = (int64_t)roll(dice, 9000000) - 1;
    turn.place.line = line;
    turn.place.column = 1 + roll(dice, 20);
    turn.place.escape = (int32_t)roll(dice, 3);
    return turn;
}

static jy_span random_span(random_dice *dice, size_t len)
{
    size_t begin = roll(dice, (uint32_t)len + 1), end = begin + roll(dice, (uint32_t)(len - begin) + 1);
    return (jy_span){ begin, end };
}

static void add_finding(jy_result *result, random_dice *dice, const jy_turn *turns, uint32_t count)
{
    jy__finding_record record;
    jy__hit_record hit = { 0, 0, 0, random_text(dice, 3), random_text(dice, 3), random_text(dice, 2), { 0 }, 90 };
    jy_str wordings[] = { random_text(dice, 6), random_text(dice, 6) };
    jy_edit edit = JY_EDIT_INIT;
    uint32_t turn = roll(dice, count);
    memset(&record, 0, sizeof(record));
    record.finding = (jy_finding)JY_FINDING_INIT;
    record.finding.kind = (int32_t)(1 + roll(dice, 3));
    record.finding.severity = (int32_t)(1 + roll(dice, 4));
    record.finding.state = JY_FINAL;
    record.finding.rule_id = random_text(dice, 2);
    record.finding.pack = random_text(dice, 2);
    record.finding.clause = random_text(dice, 3);
    record.finding.situation = random_text(dice, 3);
    record.finding.turn = record.finding.turn_end = roll(dice, 5) ? turn : JY_TURN_NONE;
    if (record.finding.turn != JY_TURN_NONE && record.finding.kind == JY_FOUND_WORDING) {
        record.finding.span = edit.span = random_span(dice, turns[turn].text.len);
        record.finding.text = (jy_str){ turns[turn].text.ptr + edit.span.begin, edit.span.end - edit.span.begin };
        record.finding.line = record.finding.end_line = turns[turn].place.line;
        record.finding.column = record.finding.end_column = 1 + roll(dice, 50);
        edit.turn = hit.turn = turn;
        hit.begin = edit.span.begin;
        hit.end = edit.span.end;
        record.edits = &edit;
        record.edit_count = 1;
    }
    edit.replacement = random_text(dice, 3);
    hit.count[roll(dice, JY_FOLD_COUNT)] = (uint16_t)roll(dice, 4);
    record.hits = &hit;
    record.hit_count = roll(dice, 2);
    record.suggestions = wordings;
    record.suggestion_count = roll(dice, 3);
    jy__result_add_finding(result, &record);
}

static jy_call random_call(random_dice *dice)
{
    jy_call call = JY_CALL_INIT;
    jy_str *const strings[] = { &call.id, &call.source, &call.agent, &call.team, &call.customer };
    for (size_t i = 0; i < JY__COUNT(strings); i++)
        *strings[i] = random_text(dice, 3);
    call.start = roll(dice, 2) ? JY__STR("2026-02-28T01:02:03Z") : random_text(dice, 3);
    return call;
}

jy_result *sample_random(const jy__mem *mem, uint32_t seed)
{
    jy_result *result = jy__result_new(mem, NULL, (int)(seed % 3));
    jy__arena arena;
    random_dice dice = { seed * 2654435761u + 1, &arena };
    uint32_t count;
    jy_turn turns[6];
    jy_call call;
    if (!result)
        return NULL;
    jy__arena_init(&arena, mem);
    count = 1 + roll(&dice, JY__COUNT(turns));
    call = random_call(&dice);
    jy__result_set_call(result, &call, count);
    for (uint32_t i = 0; i < count; i++) {
        turns[i] = random_turn(&dice, i + 1);
        jy__result_add_turn(result, i, &turns[i]);
    }
    for (uint32_t i = roll(&dice, 5); i > 0; i--)
        add_finding(result, &dice, turns, count);
    if (roll(&dice, 4) == 0)
        jy__result_set_bad(result, 1 + roll(&dice, 9), roll(&dice, 99));
    jy__arena_free(&arena);
    return result;
}
