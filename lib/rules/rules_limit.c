/* Limits: exactly one measure and its bound go in, a jy__limit comes out. */
#include "rules/rules_inside.h"

#define REPEAT_WITHIN_USUAL 5
#define REPEAT_ALIKE_USUAL 0.8
#define TURNS_MOST 10000

/* In the order of JY__KEYS_LIMIT. */
static const jy__measure measures[] = {
    [JY__KEY_LIMIT_ANSWER] = JY__MEASURE_ANSWER, [JY__KEY_LIMIT_RINGS] = JY__MEASURE_RINGS, [JY__KEY_LIMIT_SILENCE] = JY__MEASURE_SILENCE,
    [JY__KEY_LIMIT_HOLD] = JY__MEASURE_HOLD, [JY__KEY_LIMIT_OVERLAP] = JY__MEASURE_OVERLAP, [JY__KEY_LIMIT_RATE] = JY__MEASURE_RATE,
    [JY__KEY_LIMIT_REPEAT] = JY__MEASURE_REPEAT, [JY__KEY_LIMIT_TURN] = JY__MEASURE_TURN, [JY__KEY_LIMIT_HANGUP] = JY__MEASURE_HANGUP,
};
_Static_assert(JY__COUNT(measures) == JY__KEY_LIMIT_COUNT, "every key of limit has its measure");

static bool read_time(jy__load *load, const jy__node *node, jy__limit *limit)
{
    if (!jy__rules_time(load, node, &limit->most))
        return false;
    if (limit->most > 0)
        return true;
    JY__SAY(load, LIMIT_ZERO, node->pos, jy__arg_key(node));
    return false;
}

static bool read_rate(jy__load *load, const jy__node *node, jy__limit *limit)
{
    static const char unit[] = "/min";
    size_t len = sizeof(unit) - 1;
    jy_str text = node->text;
    if (node->kind == JY__NODE_SCALAR && text.len > len && memcmp(text.ptr + text.len - len, unit, len) == 0 &&
        jy__int_parse((jy_str){ text.ptr, text.len - len }, &limit->most) && limit->most > 0 && limit->most <= 100000)
        return true;
    JY__SAY(load, LIMIT_RATE, node->pos, jy__arg_found(load, node));
    return false;
}

/* "5 turns" */
static bool read_turns(jy__load *load, const jy__node *node, uint32_t *out)
{
    const char *blank = node->kind == JY__NODE_SCALAR && node->text.len ? memchr(node->text.ptr, ' ', node->text.len) : NULL;
    size_t at = blank ? (size_t)(blank - node->text.ptr) : 0;
    jy_str unit = { node->text.ptr + at + 1, node->text.len - at - 1 };
    int64_t turns = 0;
    if (blank && jy__int_parse((jy_str){ node->text.ptr, at }, &turns) && turns > 0 && turns <= TURNS_MOST &&
        (jy__str_is(unit, "turns") || jy__str_is(unit, "turn"))) {
        *out = (uint32_t)turns;
        return true;
    }
    JY__SAY(load, LIMIT_TURNS, node->pos, jy__arg_key(node), jy__arg_found(load, node));
    return false;
}

static bool read_repeat(jy__load *load, const jy__node *node, jy__limit *limit)
{
    jy__node *found[JY__KEY_REPEAT_COUNT];
    bool good = true;
    limit->within_turns = REPEAT_WITHIN_USUAL;
    limit->alike = REPEAT_ALIKE_USUAL;
    if (!jy__rules_take(load, node, JY__TABLE_REPEAT, found) || !found[JY__KEY_REPEAT_TIMES])
        return false;
    good = jy__rules_number(load, found[JY__KEY_REPEAT_TIMES], 2, 1000, &limit->most);
    if (found[JY__KEY_REPEAT_WITHIN])
        good = read_turns(load, found[JY__KEY_REPEAT_WITHIN], &limit->within_turns) && good;
    if (found[JY__KEY_REPEAT_ALIKE])
        good = jy__rules_decimal(load, found[JY__KEY_REPEAT_ALIKE], 0, 1, &limit->alike) && good;
    if (good && limit->within_turns < limit->most) {
        JY__SAY(load, LIMIT_REPEAT, node->pos, jy__arg_int(load, limit->most), jy__arg_int(load, limit->within_turns));
        return false;
    }
    return good;
}

static bool read_measure(jy__load *load, int key, const jy__node *value, jy__limit *limit)
{
    switch (key) {
    case JY__KEY_LIMIT_RINGS: return jy__rules_number(load, value, 1, 1000, &limit->most);
    case JY__KEY_LIMIT_RATE: return read_rate(load, value, limit);
    case JY__KEY_LIMIT_REPEAT: return read_repeat(load, value, limit);
    case JY__KEY_LIMIT_HANGUP: return jy__rules_choose(load, value, JY__CHOICES_PARTY, &limit->speaker);
    default: return read_time(load, value, limit);
    }
}

jy__limit *jy__rules_limit(jy__load *load, const jy__node *node, int32_t speaker)
{
    jy__node *found[JY__KEY_LIMIT_COUNT];
    jy__limit *limit;
    int key;
    if (!jy__rules_take(load, node, JY__TABLE_LIMIT, found))
        return NULL;
    key = jy__rules_take_one(load, node, JY__TABLE_LIMIT, found);
    limit = key >= 0 ? jy__load_alloc(load, sizeof(*limit)) : NULL;
    if (!limit)
        return NULL;
    limit->measure = measures[key];
    limit->pos = node->pos;
    limit->speaker = speaker;
    return read_measure(load, key, found[key], limit) ? limit : NULL;
}
