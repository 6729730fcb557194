/* report — pieces of SARIF that stand in several places of a log. */
#ifndef JY_REPORT_SARIF_H
#define JY_REPORT_SARIF_H

#include "report/report.h"

void jy__sarif_message(jy__json *json, const char *key, jy_str text);
void jy__sarif_artifact(jy_report *report, jy__json *json, jy_str source);
/* place: first line, first column, last line, column behind the last character; 0 unknown. Nothing without a line. */
void jy__sarif_region(jy__json *json, const char *key, const uint32_t place[4], jy_str snippet);
void jy__sarif_locations(const jy__view *view, jy__json *json);
void jy__sarif_fixes(const jy__view *view, jy__json *json);
#endif
