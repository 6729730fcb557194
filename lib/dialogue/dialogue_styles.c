/* Times in a sheet's cells. Comes in: styles.xml, which says how numbers are shown, and a number; goes out: what the user sees, 0:01:05 of
 * 0.00075231, 2024-05-01 10:00:12 of 45413.41680556. A time without seconds is written without them: 1:05 is no hour and five minutes to
 * those who typed it, nor in the same sheet saved as CSV. */
#include "dialogue/dialogue_office.h"
#include "dialogue/dialogue_xml.h"
#include <inttypes.h>
#include <stdio.h>

typedef struct styling {
    jy__styles *styles;
    XML_Parser parser;
    bool in_cells, failed;
} styling;

static uint32_t number_of(const char *digits)
{
    uint32_t number = 0;
    for (; *digits >= '0' && *digits <= '9' && number < 1000000; digits++)
        number = number * 10 + (uint32_t)(*digits - '0');
    return number;
}

/* Behind what only looks like a letter of time: "…", \x, [red]; [h] is one. */
static const char *skip_literal(const char *p)
{
    const char *end = *p == '"' ? strchr(p + 1, '"') : *p == '[' && !strchr("hHmMsS", p[1]) ? strchr(p, ']') : NULL;
    if (*p == '\\' && p[1])
        return p + 2;
    return end ? end + 1 : p;
}

static jy__cell_kind kind_of_code(const char *code)
{
    bool day = false, hour = false, second = false, month = false;
    while (*code && *code != ';') {
        const char *next = skip_literal(code);
        char letter = (char)(*code | 0x20);
        if (next != code) {
            code = next;
            continue;
        }
        day |= letter == 'y' || letter == 'd';
        hour |= letter == 'h';
        second |= letter == 's';
        month |= letter == 'm';
        code++;
    }
    if (day || (month && !hour && !second))
        return hour ? JY__CELL_DAY_TIME : JY__CELL_DAY;
    return second ? JY__CELL_TIME : hour ? JY__CELL_MINUTES : JY__CELL_PLAIN;
}

/* Formats that every workbook has without saying so; 27 to 58 are those of the Chinese Excel. */
static jy__cell_kind kind_of_usual(uint32_t id)
{
    static const uint32_t minutes[] = { 18, 20, 32, 34, 55 }, seconds[] = { 19, 21, 33, 35, 45, 46, 47, 56 };
    for (size_t i = 0; i < JY__COUNT(minutes); i++)
        if (id == minutes[i])
            return JY__CELL_MINUTES;
    for (size_t i = 0; i < JY__COUNT(seconds); i++)
        if (id == seconds[i])
            return JY__CELL_TIME;
    if (id == 22)
        return JY__CELL_DAY_TIME;
    return (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? JY__CELL_DAY : JY__CELL_PLAIN;
}

static uint8_t kind_of(const jy__styles *styles, uint32_t id)
{
    for (size_t i = 0; i < styles->own.count; i++)
        if (styles->own.items[i].id == id)
            return styles->own.items[i].kind;
    return (uint8_t)kind_of_usual(id);
}

static void XMLCALL begin(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    styling *at = ctx;
    jy__styles *styles = at->styles;
    name = jy__xml_local(name);
    if (strcmp(name, "cellXfs") == 0)
        at->in_cells = true;
    if (strcmp(name, "numFmt") == 0) {
        at->failed |= !JY__VEC_ROOM(styles->mem, &styles->own);
        if (!at->failed)
            styles->own.items[styles->own.count++] = (jy__own_style){ number_of(jy__xml_attribute(attributes, "numFmtId")),
                                                                      (uint8_t)kind_of_code(jy__xml_attribute(attributes, "formatCode")) };
    } else if (at->in_cells && strcmp(name, "xf") == 0) {
        at->failed |= !JY__VEC_ROOM(styles->mem, &styles->cells);
        if (!at->failed)
            styles->cells.items[styles->cells.count++] = kind_of(styles, number_of(jy__xml_attribute(attributes, "numFmtId")));
    }
    if (at->failed)
        XML_StopParser(at->parser, XML_FALSE);
}

static void XMLCALL end(void *ctx, const XML_Char *name)
{
    styling *at = ctx;
    if (strcmp(jy__xml_local(name), "cellXfs") == 0)
        at->in_cells = false;
}

static void XMLCALL refuse(void *ctx, const XML_Char *name, const XML_Char *system, const XML_Char *public_id, int internal)
{
    XML_StopParser(((styling *)ctx)->parser, XML_FALSE);
}

/* Damaged styles are styles up to there: the numbers stay as they are. */
int jy__styles_read(jy__styles *styles, jy_str xml)
{
    styling at = { .styles = styles };
    if (!xml.len || xml.len > INT32_MAX)
        return JY_OK;
    at.parser = XML_ParserCreate(NULL);
    if (!at.parser)
        return JY_E_NOMEM;
    XML_SetUserData(at.parser, &at);
    XML_SetElementHandler(at.parser, begin, end);
    XML_SetStartDoctypeDeclHandler(at.parser, refuse);
    XML_Parse(at.parser, xml.ptr, (int)xml.len, 1);
    at.failed |= XML_GetErrorCode(at.parser) == XML_ERROR_NO_MEMORY;
    XML_ParserFree(at.parser);
    return at.failed ? JY_E_NOMEM : JY_OK;
}

void jy__styles_free(jy__styles *styles)
{
    JY__VEC_FREE(styles->mem, &styles->own);
    JY__VEC_FREE(styles->mem, &styles->cells);
}

#define DAY_MS INT64_C(86400000)
#define EPOCH_DAYS 25569 /* from 1899-12-30 to 1970-01-01 */

/* Of the civil calendar, by Howard Hinnant's days_from_civil turned round. */
static size_t put_day(char *to, size_t room, int64_t days)
{
    int64_t shifted = days + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097, of_era = shifted - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100), month = (5 * of_year + 2) / 153;
    int64_t day = of_year - (153 * month + 2) / 5 + 1, civil = month < 10 ? month + 3 : month - 9;
    return (size_t)snprintf(to, room, "%04" PRId64 "-%02" PRId64 "-%02" PRId64, year_of_era + era * 400 + (civil <= 2), civil, day);
}

static size_t put_clock(char *to, size_t room, int64_t ms, bool seconds)
{
    int64_t minutes = ms / 60000;
    size_t len = (size_t)snprintf(to, room, "%" PRId64 ":%02" PRId64, minutes / 60, minutes % 60);
    if (seconds)
        len += (size_t)snprintf(to + len, room - len, ":%02" PRId64, ms / 1000 % 60);
    if (seconds && ms % 1000)
        len += (size_t)snprintf(to + len, room - len, ".%03" PRId64, ms % 1000);
    return len;
}

jy_str jy__styles_show(const jy__styles *styles, uint32_t style, jy_str number, char room[JY__CELL_ROOM])
{
    jy__cell_kind kind = style < styles->cells.count ? styles->cells.items[style] : JY__CELL_PLAIN;
    double value;
    int64_t ms;
    size_t len;
    if (kind == JY__CELL_PLAIN || !jy__number_of(number, &value) || !(value >= 0 && value < 1e6))
        return number;
    ms = (int64_t)(value * (double)DAY_MS + 0.5);
    if (kind == JY__CELL_TIME || kind == JY__CELL_MINUTES || ms < DAY_MS)
        return (jy_str){ room, put_clock(room, JY__CELL_ROOM, ms, kind != JY__CELL_MINUTES) };
    len = put_day(room, JY__CELL_ROOM, ms / DAY_MS - EPOCH_DAYS);
    if (kind == JY__CELL_DAY_TIME || ms % DAY_MS) {
        room[len++] = ' ';
        len += put_clock(room + len, JY__CELL_ROOM - len, ms % DAY_MS, true);
    }
    return (jy_str){ room, len };
}
