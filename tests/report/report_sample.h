/* Sample results for the tests of reports: a call with every kind of finding, one with hostile text and personal data, a clean one,
 * and any number of calls like those of a busy month. */
#ifndef REPORT_SAMPLE_H
#define REPORT_SAMPLE_H
#include "judge/judge_result.h"

/* Sample result number index, or NULL behind the last (3 of them). */
jy_result *sample_result(const jy__mem *mem, size_t index, int unit);
/* Call number index of many, with so many findings and a conversation of twelve turns. */
size_t sample_month_findings(size_t index);
jy_result *sample_month(const jy__mem *mem, size_t index);
/* A call of random words, bytes, places and counts: the same for the same seed. */
jy_result *sample_random(const jy__mem *mem, uint32_t seed);
void sample_skipped(jy_diag *out);
#endif
