/* report — the HTML report: counters by name, and the pieces of the page. */
#ifndef JY_REPORT_HTML_H
#define JY_REPORT_HTML_H

#include "report/report.h"

/* ---- counters by day, rule, clause, team and agent */
typedef struct jy__group { jy_str key, label; uint64_t calls, findings[JY_CRITICAL + 1], all; uint32_t number; jy_str say; } jy__group;
typedef struct jy__groups {
    jy__arena *arena;
    jy__map at;
    struct { jy__group *items; size_t count, capacity; } list;
} jy__groups;
void jy__groups_init(jy__groups *groups, jy__arena *arena);
jy__group *jy__groups_get(jy__groups *groups, jy_str key); /* made when new; NULL: no memory. Lives until the next get */
void jy__groups_sort(jy__groups *groups, bool by_key);     /* else most findings first; no get after it */
void jy__groups_free(jy__groups *groups);
static inline void jy__group_count(jy__group *group, int severity)
{
    group->all++;
    if (severity >= JY_INFO && severity <= JY_CRITICAL)
        group->findings[severity]++;
}

typedef struct jy__html {
    jy__arena names;
    jy__groups days, rules, clauses, teams, agents;
    uint64_t calls_with, undated;
    size_t block;         /* bytes of data in the open <script> */
    bool open;
    jy__text rules_json, skipped, notes, scratch;
    jy__json rules_writer;
    jy__units at;         /* the last place asked for in this call */
} jy__html;

/* ---- the page */
void jy__html_head(jy_report *report);
void jy__html_foot(jy_report *report);
void jy__html_tag(jy__text *out, const char *name, jy_str inside);           /* <name>inside</name> */
void jy__html_word(jy__text *out, const jy_report *report, const char *name, jy__word word);
void jy__html_rest(jy_report *report);  /* what was not read and not checked */
/* ---- the data of one call */
void jy__html_finding(jy__json *json, const jy__view *view); /* counts it by rule, too */
void jy__html_turns(jy__json *json, const jy__view *view);
/* ---- charts */
void jy__html_trend(jy_report *report);
typedef struct jy__bars { jy__word title, name; const char *filter; bool rates; } jy__bars;
void jy__html_bars(jy_report *report, const jy__groups *groups, const jy__bars *how);
#endif
