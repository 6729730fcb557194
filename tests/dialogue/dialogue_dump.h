/* What a reader gives, as text that tests compare: one line an item. */
#ifndef DIALOGUE_DUMP_H
#define DIALOGUE_DUMP_H
#include "../check_main.h"
#include "base/base.h"

enum { DUMP_TIMES = 1, DUMP_PLACES = 2, DUMP_CALLS = 4, DUMP_LABELS = 8, DUMP_PARTIAL = 16 };

static jy__mem dump_mem;

static void dump_turn(jy__text *out, const jy_turn *turn, int what)
{
    static const char *const names[] = { "?", "agent", "customer", "system" };
    jy__text_c(out, names[turn->speaker]);
    if (what & DUMP_LABELS) {
        jy__text_char(out, '[');
        jy__text_str(out, turn->label);
        jy__text_char(out, ']');
    }
    if (what & DUMP_TIMES) {
        jy__text_char(out, ' ');
        jy__text_int(out, turn->begin_ms);
        jy__text_char(out, '-');
        jy__text_int(out, turn->end_ms);
    }
    if (what & DUMP_PLACES) {
        jy__text_char(out, ' ');
        jy__text_int(out, turn->place.line);
        jy__text_char(out, ':');
        jy__text_int(out, turn->place.column);
    }
    jy__text_c(out, what & DUMP_PARTIAL && turn->flags & JY_TURN_PARTIAL ? " ~" : " ");
    jy__text_str(out, turn->text);
}

static void dump_item(jy__text *out, const jy_item *item, int what)
{
    switch (item->kind) {
    case JY_ITEM_CALL:
        if (!(what & DUMP_CALLS)) return;
        jy__text_c(out, "call ");
        jy__text_str(out, item->call.id);
        jy__text_c(out, " speakers ");
        jy__text_int(out, item->call.has_speakers);
        break;
    case JY_ITEM_TURN: dump_turn(out, &item->turn, what); break;
    case JY_ITEM_EVENT:
        jy__text_c(out, "event ");
        jy__text_c(out, jy_event_name(item->event.kind));
        jy__text_char(out, ' ');
        jy__text_int(out, item->event.at_ms);
        jy__text_c(out, item->event.speaker == JY_AGENT ? " agent" : item->event.speaker == JY_CUSTOMER ? " customer" : "");
        break;
    case JY_ITEM_END:
        if (!(what & DUMP_CALLS)) return;
        jy__text_c(out, "end");
        break;
    case JY_ITEM_BROKEN:
        jy__text_c(out, "broken ");
        jy__text_int(out, item->diag.code);
        jy__text_char(out, ' ');
        jy__text_int(out, item->diag.line);
        jy__text_char(out, ':');
        jy__text_int(out, item->diag.column);
        break;
    }
    jy__text_char(out, '\n');
}

/* Reads to the end; the last line is the status when it is not JY_DONE. */
static char *dump_reader(jy_reader *reader, int opened, int what)
{
    jy__text out;
    jy_item item = JY_ITEM_INIT;
    char *text;
    int status = opened;
    dump_mem = jy__mem_of(NULL);
    jy__text_init(&out, &dump_mem);
    while (status == JY_OK && (status = jy_reader_next(reader, &item)) == JY_OK)
        dump_item(&out, &item, what);
    if (status != JY_DONE) {
        jy_diag diag = JY_DIAG_INIT;
        jy__text_c(&out, jy_status_name(status));
        if (jy_reader_diag(reader, &diag) == JY_OK) {
            jy__text_char(&out, ' ');
            jy__text_int(&out, diag.code);
        }
        jy__text_char(&out, '\n');
    }
    jy_reader_free(reader);
    text = calloc(1, out.len + 1);
    for (size_t i = 0; i < out.len; i++)
        text[i] = out.ptr[i] ? out.ptr[i] : '?'; /* NUL bytes of damaged texts */
    jy__text_free(&out);
    return text;
}

static char *dump_text_with(jy_str text, const jy_read_options *options, int what)
{
    jy_reader *reader = NULL;
    int status = jy_reader_open_text(&reader, text, options, NULL);
    return dump_reader(reader, status, what);
}

static inline char *dump_text(const char *text, int what) { return dump_text_with(jy__str_of(text), NULL, what); }

#define CHECK_DUMP(got_expression, expected)          \
    do {                                              \
        char *dump_got = (got_expression);            \
        ck_assert_str_eq(dump_got, (expected));       \
        free(dump_got);                               \
    } while (0)
#endif
