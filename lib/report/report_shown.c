/* Pieces that people read, in one form everywhere: escaped text, times, measures, why a phrase matched, and a sentence for a finding.
 * Comes in: values of a view; goes out: text without a line end, in the report's language. */
#include "report/report.h"
#include "fold/fold.h"

static void put_hex(jy__text *out, uint32_t cp)
{
    static const char digits[] = "0123456789abcdef";
    char code[12];
    size_t at = sizeof(code);
    do {
        code[--at] = digits[cp & 15];
        cp >>= 4;
    } while (cp || sizeof(code) - at < 4);
    jy__text_c(out, "\\u");
    if (sizeof(code) - at > 4)
        jy__text_char(out, '{');
    jy__text_add(out, code + at, sizeof(code) - at);
    if (sizeof(code) - at > 4)
        jy__text_char(out, '}');
}

void jy__shown_text(jy__text *out, jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    while (p < end) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        if (cp == '\n')
            jy__text_c(out, "\\n");
        else if (cp == '\t')
            jy__text_c(out, "\\t");
        else if (cp < 0x20 || jy__fold_columns(cp, false) == 0)
            put_hex(out, cp);
        else
            jy__text_cp(out, cp);
    }
}

static void put_json_escaped(jy__text *out, jy_str text)
{
    jy__text quoted;
    jy__json json;
    jy__text_init(&quoted, out->mem);
    json = jy__json_on(&quoted, false);
    jy__json_str(&json, text);
    if (!quoted.failed)
        jy__text_add(out, quoted.ptr + 1, quoted.len - 2);
    out->failed |= quoted.failed;
    jy__text_free(&quoted);
}

static void put_quotes_doubled(jy__text *out, jy_str text)
{
    for (size_t i = 0; i < text.len; i++)
        jy__text_add(out, text.ptr[i] == '"' ? "\"\"" : &text.ptr[i], text.ptr[i] == '"' ? 2 : 1);
}

/* Text to be put into a file again is written as that file writes it. A JSON string without any escape is told by its pointer. */
bool jy__shown_escaped(jy__text *out, jy_str text, const jy_place *place)
{
    switch (place->escape == 0 && place->pointer.len ? 1 : place->escape) {
    case 0: jy__text_str(out, text); return true;
    case 1: put_json_escaped(out, text); return true;
    case 2: jy__xml_put(out, text); return true;
    case 3: put_quotes_doubled(out, text); return true;
    default: return false;
    }
}

static void put_two(jy__text *out, int64_t number)
{
    if (number < 10)
        jy__text_char(out, '0');
    jy__text_int(out, number);
}

void jy__shown_time(jy__text *out, int64_t ms)
{
    int64_t seconds = ms / 1000;
    if (seconds >= 3600) {
        put_two(out, seconds / 3600);
        jy__text_char(out, ':');
    }
    put_two(out, seconds / 60 % 60);
    jy__text_char(out, ':');
    put_two(out, seconds % 60);
}

static void put_seconds(jy__text *out, int64_t ms)
{
    int64_t tenths = (ms + 50) / 100;
    jy__text_int(out, tenths / 10);
    if (tenths % 10) {
        jy__text_char(out, '.');
        jy__text_int(out, tenths % 10);
    }
}

void jy__shown_measure(jy__text *out, int measure, int64_t value, int language)
{
    switch (jy__word_measure(measure)) {
    case JY__WORD_MEASURE_ANSWER: case JY__WORD_MEASURE_SILENCE: case JY__WORD_MEASURE_HOLD:
    case JY__WORD_MEASURE_OVERLAP: case JY__WORD_MEASURE_TURN:
        put_seconds(out, value);
        jy__text_c(out, jy__word_text(JY__WORD_SECONDS, language));
        break;
    case JY__WORD_MEASURE_HANGUP:
        jy__text_c(out, jy__word_text(jy__word_speaker((int)value), language));
        break;
    default:
        jy__text_int(out, value);
        if (jy__word_measure(measure) == JY__WORD_MEASURE_RATE)
            jy__text_c(out, jy__word_text(JY__WORD_A_MINUTE, language));
        else if (jy__word_measure(measure) != JY__WORD_MEASURE)
            jy__text_c(out, jy__word_text(JY__WORD_TIMES, language));
    }
}

/* A phrase of many alternatives tells a reader no more than its beginning; the rule file has the whole. */
#define PHRASE_SHOWN 48
static size_t shown_part(jy_str phrase)
{
    size_t len = 0;
    for (int count = 0; count < PHRASE_SHOWN && len < phrase.len; count++)
        do
            len++;
        while (len < phrase.len && ((unsigned char)phrase.ptr[len] & 0xC0) == 0x80);
    return len;
}

static void put_phrase(jy__text *out, jy_str phrase)
{
    size_t len = shown_part(phrase);
    jy__shown_text(out, (jy_str){ phrase.ptr, len });
    if (len < phrase.len)
        jy__text_c(out, "…");
}

/* Stops in a form say that there may be one, not that there is: 没！办！法 is shown as 没办法. */
static void put_form(jy__text *out, jy_str form)
{
    jy__text bare;
    jy__text_init(&bare, out->mem);
    for (const char *p = form.ptr, *end = p + form.len; p < end;) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        if (jy__fold_kind(cp) != JY__KIND_STOP)
            jy__text_cp(&bare, cp);
    }
    put_phrase(out, jy__text_view(&bare));
    out->failed |= bare.failed;
    jy__text_free(&bare);
}

static void put_extra(jy__text *out, bool *first, const char *word, jy_str value)
{
    jy__text_c(out, *first ? " (" : ", ");
    jy__text_c(out, word);
    put_phrase(out, value);
    *first = false;
}

/* 沒 办\u200b法 = 没办法 (phrase 没(办法|辙)): script 1, gaps 1, invisible 1 */
void jy__shown_why(jy__text *out, int language, const jy_hit *hit, jy_str said)
{
    bool first = true, counted = false;
    jy__shown_text(out, said);
    if (hit->form.len) {
        jy__text_c(out, " = ");
        put_form(out, hit->form);
    }
    if (hit->phrase.len && !jy__str_eq(hit->phrase, hit->form))
        put_extra(out, &first, jy__word_text(JY__WORD_PHRASE, language), hit->phrase);
    if (hit->reading.len)
        put_extra(out, &first, jy__word_text(JY__WORD_READING, language), hit->reading);
    if (!first)
        jy__text_char(out, ')');
    for (int fold = 0; fold < JY_FOLD_COUNT; fold++) {
        if (!hit->count[fold])
            continue;
        jy__text_c(out, counted ? ", " : ": ");
        jy__text_c(out, jy__word_text(jy__word_fold(fold), language));
        jy__text_char(out, ' ');
        jy__text_int(out, hit->count[fold]);
        counted = true;
    }
}

static void put_limit(jy__text *out, const jy__view *view)
{
    int language = view->report->language, measure = view->measure;
    jy__text measured, bound;
    if (jy__word_measure(measure) == JY__WORD_MEASURE_HANGUP) {
        jy_str who = jy__str_of(jy__word_text(jy__word_speaker((int)view->finding.measured), language));
        jy__message_fill(out, jy__report_word(view->report, JY__WORD_HUNG_UP_FIRST), &who, 1);
        return;
    }
    jy__text_init(&measured, out->mem);
    jy__text_init(&bound, out->mem);
    jy__shown_measure(&measured, measure, view->finding.measured, language);
    jy__shown_measure(&bound, measure, view->finding.bound, language);
    jy__message_fill(out, jy__report_word(view->report, JY__WORD_LIMIT_PASSED),
                     (jy_str[]){ jy__str_of(jy__report_word(view->report, jy__word_measure(measure))), jy__text_view(&measured),
                                 jy__text_view(&bound) }, 3);
    out->failed |= measured.failed || bound.failed;
    jy__text_free(&measured);
    jy__text_free(&bound);
}

static void put_wording(jy__text *out, const jy__view *view)
{
    jy__text said;
    if (view->report->show == JY_SHOW_NONE) {
        jy__text_c(out, jy__report_word(view->report, JY__WORD_FORBIDDEN_HIDDEN));
        return;
    }
    jy__text_init(&said, out->mem);
    jy__shown_text(&said, view->text);
    jy__message_fill(out, jy__report_word(view->report, JY__WORD_FORBIDDEN_SAID), (jy_str[]){ jy__text_view(&said) }, 1);
    out->failed |= said.failed;
    jy__text_free(&said);
}

/* With approved wording at hand, that is what to say; else what the rule listens for. */
static void put_missing(jy__text *out, const jy__view *view)
{
    jy_buf wording = JY_BUF_INIT;
    jy__text_c(out, jy__report_word(view->report, JY__WORD_REQUIRED_MISSING));
    if (view->finding.suggestion_count || !jy_result_rules(view->result))
        return;
    out->failed |= jy_rules_required(jy_result_rules(view->result), view->finding.rule, &wording) != JY_OK;
    if (wording.len) {
        jy__text_c(out, jy__report_word(view->report, JY__WORD_EXPECTED));
        jy__shown_text(out, (jy_str){ wording.ptr, wording.len });
    }
    jy_buf_free(&wording);
}

void jy__shown_fact(jy__text *out, const jy__view *view)
{
    if (view->finding.kind == JY_FOUND_LIMIT)
        put_limit(out, view);
    else if (view->finding.kind == JY_FOUND_MISSING)
        put_missing(out, view);
    else
        put_wording(out, view);
}

void jy__shown_message(jy__text *out, const jy__view *view)
{
    if (view->finding.situation.len) {
        jy__shown_text(out, view->finding.situation);
        jy__text_c(out, view->report->language == JY_CHINESE ? "：" : ": ");
    }
    jy__shown_fact(out, view);
}

void jy__shown_wordings(jy__text *out, const jy__view *view)
{
    for (size_t k = 0; k < view->finding.suggestion_count; k++) {
        jy__text_char(out, '\n');
        jy__text_c(out, jy__report_word(view->report, JY__WORD_SAY));
        jy__shown_text(out, jy__view_suggestion(view, k));
    }
}
