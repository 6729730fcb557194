/* Times as transcripts write them: a number, a clock (0:12, 00:00:12,500), or a wall clock with its date. No locale. Only differences
 * within one call count: zones matter where two of its times name one each (a start in +08:00, events in Z). */
#include "dialogue/dialogue_read.h"

static size_t read_digits(const char *p, const char *end, int64_t *out)
{
    const char *at = p;
    *out = 0;
    while (at < end && *at >= '0' && *at <= '9' && at - p < 15)
        *out = *out * 10 + (*at++ - '0');
    return (size_t)(at - p);
}

/* ".5" or ",500" → ms; a comma with other than three digits parts two times, unless the text ends there, behind hours, minutes and seconds */
static size_t read_fraction(const char *p, const char *end, bool of_seconds, int64_t *ms)
{
    const char *at = p;
    int64_t unit = 100;
    *ms = 0;
    if (end - p < 2 || (*p != '.' && *p != ',') || p[1] < '0' || p[1] > '9')
        return 0;
    for (at = p + 1; at < end && *at >= '0' && *at <= '9'; at++, unit /= 10)
        *ms += (*at - '0') * unit;
    if (*p == ',' && !(of_seconds && at == end) && (at - p != 4 || (at < end && *at == ':'))) {
        *ms = 0;
        return 0;
    }
    return (size_t)(at - p);
}

static const char *read_clock(const char *p, const char *end, int64_t *ms)
{
    int64_t part, sum = 0, fraction;
    size_t len = read_digits(p, end, &part);
    int colons = 0;
    if (!len)
        return NULL;
    p += len;
    sum = part;
    while (p + 1 < end && *p == ':' && p[1] >= '0' && p[1] <= '9' && colons < 2) {
        len = read_digits(p + 1, end, &part);
        if (len > 2 || part > 59)
            break;
        p += 1 + len;
        sum = sum * 60 + part;
        colons++;
    }
    if (!colons)
        return NULL;
    p += read_fraction(p, end, colons == 2, &fraction);
    *ms = sum * 1000 + fraction;
    return p;
}

#define HALF_DAY INT64_C(43200000)

/* 1:05 PM and 下午1:05 are hours and minutes, whatever 1:05 is alone. */
static int64_t in_half(int64_t ms, bool seconds, bool afternoon)
{
    ms = seconds ? ms : ms * 60;
    if (ms >= HALF_DAY && ms < HALF_DAY + 3600000)
        ms -= HALF_DAY;
    return afternoon && ms < HALF_DAY ? ms + HALF_DAY : ms;
}

static bool ends_word(const char *p, const char *end) { return p == end || !((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')); }

/* AM, PM, am, pm behind a clock; 0: neither, else the first letter. */
static char half_behind(const char **p, const char *end)
{
    const char *at = *p + (*p < end && **p == ' ');
    char half;
    if (end - at < 2 || !((at[1] == 'M' && (at[0] == 'A' || at[0] == 'P')) || (at[1] == 'm' && (at[0] == 'a' || at[0] == 'p'))) || !ends_word(at + 2, end))
        return 0;
    half = (char)(at[0] & ~0x20);
    *p = at + 2;
    return half;
}

static char half_before(const char **p, const char *end)
{
    static const char *const words[] = { "上午", "下午" };
    for (size_t i = 0; i < JY__COUNT(words); i++)
        if (end - *p > 6 && memcmp(*p, words[i], 6) == 0) {
            *p += 6 + ((*p)[6] == ' ');
            return i ? 'P' : 'A';
        }
    return 0;
}

static bool has_two_colons(const char *p, const char *end)
{
    const char *first = memchr(p, ':', (size_t)(end - p));
    return first && memchr(first + 1, ':', (size_t)(end - first - 1));
}

static bool has_fraction(const char *p, const char *end) { return memchr(p, '.', (size_t)(end - p)) || memchr(p, ',', (size_t)(end - p)); }

/* A clock of twenty-four hours or of twice twelve; of a day: hours and minutes come first, whether seconds follow or not. */
static const char *read_time(const char *p, const char *end, bool of_day, int64_t *ms, jy__time_kind *kind)
{
    char half = half_before(&p, end);
    const char *at = read_clock(p, end, ms);
    bool seconds;
    if (!at)
        return NULL;
    seconds = has_two_colons(p, at);
    *kind = seconds || has_fraction(p, at) ? JY__CLOCK : JY__CLOCK_OF_TWO;
    if (!half)
        half = half_behind(&at, end);
    half = *ms <= (seconds ? 13 * 3600000 : 13 * 60000) ? half : 0;
    if (half)
        *ms = in_half(*ms, seconds, half == 'P');
    else if (of_day && !seconds)
        *ms *= 60;
    if (!seconds && (half || of_day))
        *kind = JY__CLOCK_MINUTE;
    return at;
}

static int64_t days_since_1970(int64_t year, int64_t month, int64_t day)
{
    int64_t era, y = year - (month <= 2), yoe, doy;
    era = (y >= 0 ? y : y - 399) / 400;
    yoe = y - era * 400;
    doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static const char *read_date(const char *p, const char *end, int64_t *days)
{
    int64_t part[3];
    char separator = 0;
    for (int i = 0; i < 3; i++) {
        size_t len = read_digits(p, end, &part[i]);
        if (i == 0 ? len != 4 : len < 1 || len > 2)
            return NULL;
        p += len;
        if (i == 2)
            break;
        if (p >= end || (*p != '-' && *p != '/' && *p != '.') || (i && *p != separator))
            return NULL;
        separator = *p++;
    }
    if (part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > 31)
        return NULL;
    *days = days_since_1970(part[0], part[1], part[2]);
    return p;
}

static const char *skip_zone(const char *p, const char *end)
{
    const char *at = p;
    if (at < end && *at == 'Z')
        return at + 1;
    if (at < end && (*at == '+' || *at == '-')) {
        at++;
        while (at < end && ((*at >= '0' && *at <= '9') || *at == ':'))
            at++;
        return at - p >= 3 && (at == end || (*at != '-' && *at != '/')) ? at : p; /* no zone: the day behind a dash */
    }
    return p;
}

jy__time_kind jy__time_read(jy_str text, int64_t *ms_out, size_t *used)
{
    const char *p = text.ptr, *end = p + text.len, *at;
    int64_t days, ms, fraction;
    size_t len;
    jy__time_kind kind;
    if ((at = read_date(p, end, &days)) != NULL && at < end && (*at == ' ' || *at == 'T') && (at = read_time(at + 1, end, true, &ms, &kind)) != NULL) {
        *ms_out = days * 86400000 + ms;
        *used = (size_t)(skip_zone(at, end) - p);
        return kind == JY__CLOCK ? JY__WALL : JY__WALL_MINUTE;
    }
    if ((at = read_time(p, end, false, &ms, &kind)) != NULL) {
        *ms_out = ms;
        *used = (size_t)(at - p);
        return kind;
    }
    len = read_digits(p, end, &ms);
    if (!len)
        return JY__NO_TIME;
    *used = len + read_fraction(p + len, end, false, &fraction);
    *ms_out = ms * 1000 + (*used > len ? fraction : 0);
    return JY__NUMBER;
}

void jy__time_range(jy__time_kind *begin, int64_t begin_ms, jy__time_kind *end, int64_t end_ms)
{
    if (*begin == JY__CLOCK && *end == JY__CLOCK_OF_TWO && end_ms < begin_ms)
        *end = JY__CLOCK_MINUTE;
    else if (*begin == JY__CLOCK_OF_TWO && *end == JY__CLOCK && begin_ms > 0 && begin_ms * 60 <= end_ms)
        *begin = JY__CLOCK_MINUTE;
}

/* Minutes east of Greenwich that stand behind a wall clock; NO_ZONE: none. */
#define NO_ZONE INT32_MAX
static int32_t zone_of(jy_str written)
{
    const char *at = written.ptr + written.len, *end = at;
    int64_t digits = 0, unit = 1;
    if (written.len && at[-1] == 'Z')
        return 0;
    while (at > written.ptr && ((at[-1] >= '0' && at[-1] <= '9') || at[-1] == ':') && end - at < 6)
        if (*--at != ':') {
            digits += (*at - '0') * unit;
            unit *= 10;
        }
    if (at == written.ptr || (at[-1] != '+' && at[-1] != '-') || at - written.ptr < 12 || unit < 100)
        return NO_ZONE;
    if (unit == 100)
        digits *= 100; /* hours alone */
    return (int32_t)((digits / 100 * 60 + digits % 100) * (at[-1] == '-' ? -1 : 1));
}

int64_t jy__time_in_call(jy_reader *reader, jy__time_kind kind, int64_t wall_ms, jy_str as_written)
{
    if (reader->zero_ms == JY_TIME_UNKNOWN) {
        reader->zero_ms = wall_ms;
        reader->zero_is_minute = kind == JY__WALL_MINUTE;
        reader->zero_zone = zone_of(as_written);
        if (!reader->call.start.len && !jy__arena_str(&reader->call_arena, as_written, &reader->call.start))
            reader->status = JY_E_NOMEM;
    }
    if (kind == JY__WALL_MINUTE)
        return JY_TIME_UNKNOWN;
    int32_t zone = zone_of(as_written);
    if (zone != NO_ZONE && reader->zero_zone != NO_ZONE)
        wall_ms += (int64_t)(reader->zero_zone - zone) * 60000;
    return wall_ms >= reader->zero_ms ? wall_ms - reader->zero_ms : JY_TIME_UNKNOWN;
}

int64_t jy__clock_in_call(jy_reader *reader, jy__time_kind kind, int64_t clock_ms)
{
    const int64_t begun = reader->zero_ms == JY_TIME_UNKNOWN ? JY_TIME_UNKNOWN : reader->zero_ms % (2 * HALF_DAY);
    if (kind == JY__CLOCK_MINUTE)
        return JY_TIME_UNKNOWN;
    if (reader->zero_is_minute && reader->clocks == JY__CLOCKS_UNSEEN)
        reader->clocks = kind == JY__CLOCK_OF_TWO && clock_ms * 60 >= begun && clock_ms < begun ? JY__CLOCKS_OF_DAY : JY__CLOCKS_OF_CALL;
    if (reader->clocks == JY__CLOCKS_OF_DAY && kind == JY__CLOCK_OF_TWO)
        return JY_TIME_UNKNOWN;
    return begun > 0 && clock_ms >= begun ? clock_ms - begun : clock_ms;
}
