/* match_regex — what the files of the patterns share: a pattern, the set of them, and PCRE2's memory. */
#ifndef JY_MATCH_REGEX_H
#define JY_MATCH_REGEX_H
#ifndef PCRE2_CODE_UNIT_WIDTH
#define PCRE2_CODE_UNIT_WIDTH 8
#endif
#include "match/match_inside.h"
#include "match/patterns/match_easy.h"
#include "match/patterns/match_needs.h"
#include <pcre2.h>

/* The characters that fold to a symbol of `besides`, as bytes; none when they are too many. */
#define JY__NEEDLES_MOST 16
typedef struct jy__needle { char bytes[4]; uint8_t count; } jy__needle;
typedef struct jy__needles { jy__needle items[JY__NEEDLES_MOST]; uint32_t count; } jy__needles;
void jy__needles_of(const jy__besides *besides, jy__needles *out); /* match_beside.c */
/* False: what the pattern needs besides its literal at `at` of the text is not near enough to it. */
bool jy__regex_near(const jy__regexes *regexes, uint32_t number, jy_str text, size_t at);

typedef struct jy__branch jy__branch; /* match_branches.h */
typedef struct jy__regex_pattern {
    pcre2_code *code;        /* NULL: compiled when it is first run */
    jy_str folded;           /* the pattern as PCRE2 sees it */
    int64_t match_limit;     /* 0: the scan's */
    jy__required_literal *required; /* until the filter has them */
    uint32_t required_count; /* 0: always run */
    jy__besides besides;
    jy__needles needles;
    jy__easy *easy;          /* NULL: a search must tell */
    uint16_t *needs;         /* of all that is known (match_needs.h) */
    uint32_t needs_count;
    uint32_t branch_count;   /* 0: it is not taken apart */
    jy__branch *branches;    /* NULL: taken apart when it is first run */
} jy__regex_pattern;

struct jy__regexes {
    jy__mem mem;
    pcre2_general_context *general;
    pcre2_compile_context *compile;
    bool jit;
    struct { jy__regex_pattern *items; size_t count, capacity; } list;
    jy__matcher *filter;     /* of all required literals */
    uint32_t *owner;         /* literal -> pattern */
    size_t literal_count;
    bool always;             /* some pattern needs no literal: */
    uint64_t *always_run;    /* a bit per pattern; NULL before they are sealed: all */
};

/* PCRE2's memory from ours, which must outlive it; NULL: there is none. */
pcre2_general_context *jy__regex_memory(const jy__mem *mem);
/* The compiled pattern, or a branch of one, which stands at `place`, compiled now when it slept; NULL: no memory. Any thread may ask. */
const pcre2_code *jy__regex_code(const jy__regexes *regexes, pcre2_code **place, jy_str folded);
/* What PCRE2's code for a bad pattern means, in both languages. */
void jy__regex_words(int code, jy__regex_error *error);

#endif
