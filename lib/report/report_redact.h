/* report — one line of text being masked, and the three searches over it. Each answers how many characters it marked. */
#ifndef JY_REPORT_REDACT_H
#define JY_REPORT_REDACT_H

#include "report/report.h"

typedef struct jy__line {
    uint32_t *cps; size_t cps_capacity, count;
    uint8_t *marked; size_t marked_capacity;
    bool any;
} jy__line;
size_t jy__redact_numbers(jy__line *line); /* phones, identity cards, bank cards */
size_t jy__redact_plates(jy__line *line);
size_t jy__redact_emails(jy__line *line);

/* ASCII of a full-width or ASCII character, as it is otherwise. */
static inline uint32_t jy__half_width(uint32_t cp) { return cp >= 0xFF01 && cp <= 0xFF5E ? cp - 0xFEE0 : cp; }
static inline bool jy__is_digit(uint32_t cp) { return cp >= '0' && cp <= '9'; }
static inline bool jy__is_letter(uint32_t cp) { return (cp | 32) >= 'a' && (cp | 32) <= 'z'; }
static inline size_t jy__mark(jy__line *line, size_t begin, size_t end)
{
    memset(line->marked + begin, 1, end - begin);
    return end - begin;
}
#endif
