/* Status codes, settings with their bounds, versions, and the structs that can grow. */
#include "base/base.h"

const char *jy_status_name(int status)
{
    switch (status) {
#define NAME(name, value, text) case value: return #name;
    JY_STATUS_MAP(NAME)
#undef NAME
    default: return "JY_E_UNKNOWN";
    }
}

const char *jy_status_text(int status)
{
    switch (status) {
#define TEXT(name, value, text) case value: return text;
    JY_STATUS_MAP(TEXT)
#undef TEXT
    default: return "unknown status";
    }
}

uint32_t jy_version(void) { return JY_VERSION; }

#define DIGITS_OF(number) #number
#define DIGITS(number) DIGITS_OF(number)
const char *jy_version_string(void)
{
    return DIGITS(JY_VERSION_MAJOR) "." DIGITS(JY_VERSION_MINOR) "." DIGITS(JY_VERSION_PATCH);
}

typedef struct setting { jy_param param; const char *name; int64_t least, most, usual; } setting;
static const setting settings[] = {
    { JY_PARAM_UNIT, "unit", 0, 2, 0 },
    { JY_PARAM_BAD_UTF8, "bad-utf8", 0, 1, 0 },
    { JY_PARAM_LANGUAGE, "language", 0, 1, 0 },
    { JY_PARAM_DATE, "date", 0, 99991231, 0 },
    { JY_PARAM_MAX_RULES, "max-rules", 1, 1000000, 100000 },
    { JY_PARAM_MAX_PATTERN_BYTES, "max-pattern-bytes", 16, 1 << 20, 4096 },
    { JY_PARAM_MAX_EXPANSION, "max-expansion", 1, 1000000, 20000 },
    { JY_PARAM_REGEX_JIT, "regex-jit", 0, 1, 1 },
    { JY_PARAM_MAX_NESTING, "max-nesting", 4, 1000, 32 },
    { JY_PARAM_FOLD_SOUND, "fold-sound", 0, 1, 1 },
    { JY_PARAM_TEXT_STAYS, "text-stays", 0, 1, 0 },
    { JY_PARAM_MAX_TURN_BYTES, "max-turn-bytes", 64, (int64_t)1 << 40, (int64_t)1 << 32 },
    { JY_PARAM_MAX_HITS, "max-hits", 1, (int64_t)1 << 32, 10000000 },
    { JY_PARAM_REGEX_MATCH_LIMIT, "regex-match-limit", 100, 1000000000, 100000 },
    { JY_PARAM_REGEX_DEPTH_LIMIT, "regex-depth-limit", 10, 1000000, 10000 },
    { JY_PARAM_WINDOW_TURNS, "window-turns", 1, 1000000, 200 },
    { JY_PARAM_PROVISIONAL, "provisional", 0, 1, 0 },
    { JY_PARAM_KEEP_TURNS, "keep-turns", 0, 1, 0 },
    { JY_PARAM_LIVE, "live", 0, 1, 0 },
    { JY_PARAM_RING_MS, "ring-ms", 500, 60000, 5000 },
};
_Static_assert(JY_PARAM_RING_MS == 303 && JY_PARAM_LIVE == 304 && sizeof(((jy__params *)0)->value) >= 32 * sizeof(int64_t), "jy__params has a slot for every setting");

static int find_setting(jy_param param)
{
    for (size_t i = 0; i < JY__COUNT(settings); i++)
        if (settings[i].param == param)
            return (int)i;
    return -1;
}

int jy_param_bounds(jy_param param, int64_t *min_out, int64_t *max_out, int64_t *default_out)
{
    int at = find_setting(param);
    if (at < 0)
        return JY_E_INVALID;
    if (min_out) *min_out = settings[at].least;
    if (max_out) *max_out = settings[at].most;
    if (default_out) *default_out = settings[at].usual;
    return JY_OK;
}

int jy_param_by_name(jy_str name, jy_param *out)
{
    if (jy__str_lost(name))
        return JY_E_INVALID;
    for (size_t i = 0; i < JY__COUNT(settings); i++)
        if (out && jy__str_is(name, settings[i].name)) {
            *out = settings[i].param;
            return JY_OK;
        }
    return JY_E_INVALID;
}

void jy__params_init(jy__params *params)
{
    for (size_t i = 0; i < JY__COUNT(settings); i++)
        params->value[jy__params_slot((jy_param)settings[i].param)] = settings[i].usual;
}

int jy__params_set(jy__params *params, jy_param param, int64_t value)
{
    int at = find_setting(param);
    if (at < 0 || value < settings[at].least || value > settings[at].most)
        return JY_E_INVALID;
    params->value[jy__params_slot(param)] = value;
    return JY_OK;
}

static size_t size_of(const void *sized)
{
    size_t size = 0;
    if (sized)
        memcpy(&size, sized, sizeof(size));
    return size;
}

bool jy__struct_fits(const void *out) { return size_of(out) >= sizeof(size_t); }

int jy__struct_give(void *out, const void *from, size_t from_size)
{
    size_t room = size_of(out);
    if (room > from_size)
        room = from_size;
    if (room < sizeof(room))
        return JY_E_INVALID;
    memcpy((char *)out + sizeof(room), (const char *)from + sizeof(room), room - sizeof(room));
    return JY_OK;
}
