/* Words of reports. Comes in: a word and a language; goes out: static text. One table in the header keeps both languages side
 * by side, so that neither can be forgotten; the machine names beside it never change with the language. */
#include "report/report.h"

static const char *const words[][2] = {
#define JY__WORD_X(name, english, chinese) { english, chinese },
    JY__WORD_MAP(JY__WORD_X)
#undef JY__WORD_X
};

static const char *const names[] = {
#define JY__WORD_X(name, english, chinese) #name,
    JY__WORD_MAP(JY__WORD_X)
#undef JY__WORD_X
};

const char *jy__word_name(jy__word word) { return names[word < JY__WORD_COUNT ? word : JY__WORD_NONE]; }

const char *jy__word_text(jy__word word, int language)
{
    return words[word < JY__WORD_COUNT ? word : JY__WORD_NONE][language == JY_CHINESE];
}

jy__word jy__word_severity(int severity)
{
    return severity >= JY_INFO && severity <= JY_CRITICAL ? (jy__word)(JY__WORD_INFO + (severity - JY_INFO)) : JY__WORD_UNKNOWN;
}

jy__word jy__word_speaker(int speaker)
{
    return speaker >= JY_AGENT && speaker <= JY_SYSTEM ? (jy__word)(JY__WORD_AGENT + (speaker - JY_AGENT)) : JY__WORD_UNKNOWN;
}

jy__word jy__word_fold(int fold)
{
    return fold >= 0 && fold < JY_FOLD_COUNT ? (jy__word)(JY__WORD_FOLD_WIDTH + fold) : JY__WORD_UNKNOWN;
}

jy__word jy__word_kind(int kind)
{
    return kind >= JY_FOUND_WORDING && kind <= JY_FOUND_LIMIT ? (jy__word)(JY__WORD_KIND_WORDING + (kind - JY_FOUND_WORDING))
                                                              : JY__WORD_UNKNOWN;
}

jy__word jy__word_measure(int measure)
{
    return measure > 0 && measure <= JY__WORD_MEASURE_HANGUP - JY__WORD_MEASURE ? (jy__word)(JY__WORD_MEASURE + measure)
                                                                                 : JY__WORD_MEASURE;
}

const char *jy__severity_name(int severity)
{
    return jy__word_text(jy__word_severity(severity), JY_ENGLISH);
}

const char *jy__speaker_name(int speaker)
{
    return jy__word_text(jy__word_speaker(speaker), JY_ENGLISH);
}

const char *jy__kind_name(int kind)
{
    return jy__word_text(jy__word_kind(kind), JY_ENGLISH);
}

const char *jy__state_name(int state)
{
    return state == JY_PROVISIONAL ? "provisional" : state == JY_WITHDRAWN ? "withdrawn" : "final";
}

const char *jy__measure_name(int measure)
{
    static const char *const measures[] = { "", "answer", "rings", "silence", "hold", "overlap", "rate", "repeat", "turn", "hangup" };
    return measure > 0 && (size_t)measure < JY__COUNT(measures) ? measures[measure] : "";
}
