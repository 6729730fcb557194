/* Values: a node goes in, a text, number, date, length of time or one of a few words comes out. YAML's own guesses of types are
 * not used, so that a phrase `no` or `110` stays the text it is; every reader says itself what it takes. */
#include "rules/rules_inside.h"

static const jy__choice speakers[] = { { "agent", JY_AGENT }, { "customer", JY_CUSTOMER }, { "any", JY__SPEAKER_ANY } };
static const jy__choice parties[] = { { "agent", JY_AGENT }, { "customer", JY_CUSTOMER } };
static const jy__choice severities[] = { { "info", JY_INFO }, { "warning", JY_WARNING }, { "error", JY_ERROR }, { "critical", JY_CRITICAL } };
static const jy__choice judged[] = { { "live", JY__JUDGED_LIVE }, { "after", JY__JUDGED_AFTER }, { "both", JY__JUDGED_BOTH } };
static const jy__choice wholes[] = { { "word", JY__WHOLE_WORD }, { "clause", JY__WHOLE_CLAUSE }, { "sentence", JY__WHOLE_SENTENCE }, { "turn", JY__WHOLE_TURN },
                                     { "clause-end", JY__WHOLE_CLAUSE_END } };
static const jy__choice spans[] = { { "phrase", JY__SPAN_PHRASE }, { "clause", JY__SPAN_CLAUSE }, { "sentence", JY__SPAN_SENTENCE }, { "turn", JY__SPAN_TURN } };
static const jy__choice events[] = {
    { "call-start", JY_EVENT_CALL_START }, { "ring", JY_EVENT_RING }, { "answer", JY_EVENT_ANSWER }, { "hold-start", JY_EVENT_HOLD_START },
    { "hold-end", JY_EVENT_HOLD_END }, { "mute", JY_EVENT_MUTE }, { "unmute", JY_EVENT_UNMUTE }, { "transfer", JY_EVENT_TRANSFER }, { "hangup", JY_EVENT_HANGUP },
};
static const jy__choice vias[] = { { "sound", JY_FOLD_SOUND } };

/* In the order of jy__choices_id. */
static const jy__choices choices[] = {
    { speakers, JY__COUNT(speakers) }, { parties, JY__COUNT(parties) }, { severities, JY__COUNT(severities) }, { judged, JY__COUNT(judged) },
    { wholes, JY__COUNT(wholes) }, { spans, JY__COUNT(spans) }, { events, JY__COUNT(events) }, { vias, JY__COUNT(vias) },
};
_Static_assert(JY__COUNT(choices) == JY__CHOICES_COUNT, "every jy__choices_id has its words");

const jy__choices *jy__rules_choices(jy__choices_id id) { return &choices[id]; }

bool jy__rules_text(jy__load *load, const jy__node *node, jy_str *out)
{
    if (node->kind != JY__NODE_SCALAR)
        JY__SAY(load, WANT_TEXT, node->pos, jy__arg_key(node), jy__arg_found(load, node));
    else if (node->text.len == 0)
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
    else {
        *out = node->text;
        return true;
    }
    return false;
}

bool jy__rules_texts(jy__load *load, const jy__node *node, jy_str **out, size_t *count_out)
{
    bool good = true;
    size_t count = 0;
    if (node->kind == JY__NODE_MAP) {
        JY__SAY(load, WANT_TEXTS, node->pos, jy__arg_key(node), jy__arg_found(load, node));
        return false;
    }
    if (node->kind == JY__NODE_LIST && node->count == 0) {
        JY__SAY(load, WANT_SOME, node->pos, jy__arg_key(node));
        return false;
    }
    *out = jy__load_alloc(load, (node->kind == JY__NODE_LIST ? node->count : 1) * sizeof(**out));
    if (!*out)
        return false;
    if (node->kind == JY__NODE_SCALAR)
        good = jy__rules_text(load, node, &(*out)[count++]);
    else
        for (const jy__node *kid = node->first; kid; kid = kid->next)
            good = jy__rules_text(load, kid, &(*out)[count++]) && good;
    *count_out = good ? count : 0;
    return good;
}

static bool is_one_of(jy_str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (jy__str_is(text, words[i]))
            return true;
    return false;
}

bool jy__rules_bool(jy__load *load, const jy__node *node, bool *out)
{
    static const char *const yes[] = { "yes", "true", "Yes", "True" }, *const no[] = { "no", "false", "No", "False" };
    bool is_text = node->kind == JY__NODE_SCALAR;
    if (is_text && is_one_of(node->text, yes, JY__COUNT(yes)))
        *out = true;
    else if (is_text && is_one_of(node->text, no, JY__COUNT(no)))
        *out = false;
    else {
        JY__SAY(load, WANT_BOOL, node->pos, jy__arg_key(node), jy__arg_found(load, node));
        return false;
    }
    return true;
}

bool jy__int_parse(jy_str text, int64_t *out)
{
    size_t at = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
    int64_t number = 0;
    if (at == text.len || text.len - at > 15)
        return false;
    for (size_t i = at; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        number = number * 10 + (text.ptr[i] - '0');
    }
    *out = text.ptr[0] == '-' ? -number : number;
    return true;
}

bool jy__rules_number(jy__load *load, const jy__node *node, int64_t least, int64_t most, int64_t *out)
{
    int64_t number = 0;
    if (node->kind == JY__NODE_SCALAR && jy__int_parse(node->text, &number) && number >= least && number <= most) {
        *out = number;
        return true;
    }
    JY__SAY(load, WANT_NUMBER, node->pos, jy__arg_key(node), jy__arg_int(load, least), jy__arg_int(load, most), jy__arg_found(load, node));
    return false;
}

/* Digits with at most one point, as thousandths: no locale, no floating point on the way. */
static bool parse_thousandths(jy_str text, int64_t *out)
{
    int64_t number = 0;
    int places = -1;
    if (text.len == 0 || text.len > 12 || text.ptr[0] == '.' || text.ptr[text.len - 1] == '.')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '.' && places < 0) {
            places = 0;
            continue;
        }
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || places == 3)
            return false;
        number = number * 10 + (text.ptr[i] - '0');
        places += places >= 0;
    }
    for (places = places < 0 ? 0 : places; places < 3; places++)
        number *= 10;
    *out = number;
    return true;
}

bool jy__rules_decimal(jy__load *load, const jy__node *node, double least, double most, double *out)
{
    int64_t thousandths;
    if (node->kind == JY__NODE_SCALAR && parse_thousandths(node->text, &thousandths) && (double)thousandths / 1000 >= least &&
        (double)thousandths / 1000 <= most) {
        *out = (double)thousandths / 1000;
        return true;
    }
    JY__SAY(load, WANT_DECIMAL, node->pos, jy__arg_key(node), jy__arg_int(load, (int64_t)least), jy__arg_int(load, (int64_t)most),
            jy__arg_found(load, node));
    return false;
}

static bool is_day(int64_t year, int64_t month, int64_t day)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] + (leap && month == 2);
}

bool jy__rules_date(jy__load *load, const jy__node *node, int32_t *out)
{
    jy_str text = node->text;
    int64_t year, month, day;
    if (node->kind == JY__NODE_SCALAR && text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-' &&
        text.ptr[5] != '+' && text.ptr[8] != '+' && jy__int_parse((jy_str){ text.ptr, 4 }, &year) &&
        jy__int_parse((jy_str){ text.ptr + 5, 2 }, &month) && jy__int_parse((jy_str){ text.ptr + 8, 2 }, &day) &&
        is_day(year, month, day)) {
        *out = (int32_t)(year * 10000 + month * 100 + day);
        return true;
    }
    JY__SAY(load, WANT_DATE, node->pos, jy__arg_key(node), jy__arg_found(load, node));
    return false;
}

bool jy__time_parse(jy_str text, int64_t *ms_out)
{
    static const struct { const char *name; int64_t ms; } units[] = { { "ms", 1 }, { "s", 1000 }, { "min", 60000 } };
    size_t digits = 0;
    int64_t thousandths;
    while (digits < text.len && ((text.ptr[digits] >= '0' && text.ptr[digits] <= '9') || text.ptr[digits] == '.'))
        digits++;
    if (!parse_thousandths((jy_str){ text.ptr, digits }, &thousandths))
        return false;
    for (size_t i = 0; i < JY__COUNT(units); i++)
        if (jy__str_is((jy_str){ text.ptr + digits, text.len - digits }, units[i].name)) {
            *ms_out = thousandths * units[i].ms / 1000;
            return thousandths * units[i].ms % 1000 == 0 && *ms_out <= (int64_t)1000 * 86400 * 365;
        }
    return false;
}

bool jy__rules_time(jy__load *load, const jy__node *node, int64_t *out)
{
    if (node->kind == JY__NODE_SCALAR && jy__time_parse(node->text, out))
        return true;
    JY__SAY(load, WANT_TIME, node->pos, jy__arg_key(node), jy__arg_found(load, node));
    return false;
}

static const char *choice_name_at(const void *ctx, size_t index)
{
    const jy__choices *from = ctx;
    return index < from->count ? from->items[index].name : NULL;
}

static jy__arg choice_names(jy__load *load, const jy__choices *from)
{
    char names[160];
    size_t len = 0;
    for (size_t i = 0; i < from->count; i++) {
        size_t name = strlen(from->items[i].name);
        memcpy(names + len, from->items[i].name, name);
        memcpy(names + len + name, ", ", 2);
        len += name + 2;
    }
    jy_str kept = { NULL, 0 };
    if (!jy__arena_str(&load->nodes, (jy_str){ names, len - 2 }, &kept))
        load->nomem = true;
    return (jy__arg){ { kept, kept } };
}

bool jy__rules_choose_of(jy__load *load, const jy__node *node, const jy__choices *from, int32_t *out)
{
    const char *nearest;
    for (size_t i = 0; i < from->count && node->kind == JY__NODE_SCALAR; i++)
        if (jy__str_is(node->text, from->items[i].name)) {
            *out = from->items[i].value;
            return true;
        }
    nearest = node->kind == JY__NODE_SCALAR ? jy__rules_nearest(node->text, choice_name_at, from) : NULL;
    if (nearest)
        JY__SAY(load, WANT_NEAREST, node->pos, jy__arg_key(node), choice_names(load, from), jy__arg_found(load, node), jy__arg_c(nearest));
    else
        JY__SAY(load, WANT_CHOICE, node->pos, jy__arg_key(node), choice_names(load, from), jy__arg_found(load, node));
    return false;
}

bool jy__rules_choose(jy__load *load, const jy__node *node, jy__choices_id id, int32_t *out)
{
    return jy__rules_choose_of(load, node, &choices[id], out);
}

bool jy__name_ok(jy_str name, bool dots)
{
    if (name.len == 0 || name.len > JY__NAME_MOST || (!dots && name.ptr[0] >= '0' && name.ptr[0] <= '9'))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
        if (!letter && c != '-' && c != '_' && !(dots && c == '.'))
            return false;
    }
    return true;
}
