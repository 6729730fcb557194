/* Plates and e-mail addresses. Comes in: a line; goes out: marks. Both are found around a character that seldom stands elsewhere: the
 * short name of a province, and '@'. */
#include "report/report_redact.h"

/* 京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使 */
static bool is_province_name(uint32_t cp)
{
    static const uint16_t names[] = { 0x4EAC, 0x6D25, 0x6CAA, 0x6E1D, 0x5180, 0x8C6B, 0x4E91, 0x8FBD, 0x9ED1, 0x6E58, 0x7696,
                                      0x9C81, 0x65B0, 0x82CF, 0x6D59, 0x8D63, 0x9102, 0x6842, 0x7518, 0x664B, 0x8499, 0x9655,
                                      0x5409, 0x95FD, 0x8D35, 0x7CA4, 0x9752, 0x85CF, 0x5DDD, 0x5B81, 0x743C, 0x4F7F };
    for (size_t i = 0; i < JY__COUNT(names); i++)
        if (names[i] == cp)
            return true;
    return false;
}

/* 挂学警港澳领 stand at the end of some plates */
static bool is_plate_end(uint32_t cp)
{
    return cp == 0x6302 || cp == 0x5B66 || cp == 0x8B66 || cp == 0x6E2F || cp == 0x6FB3 || cp == 0x9886;
}

static uint32_t plate_char(const jy__line *line, size_t at)
{
    uint32_t cp = at < line->count ? jy__half_width(line->cps[at]) : 0;
    if (cp >= 'a' && cp <= 'z')
        cp -= 32;
    return jy__is_digit(cp) || (cp >= 'A' && cp <= 'Z') ? cp : 0;
}

static bool plate_gap(uint32_t cp) { return cp == ' ' || cp == 0xB7 || cp == 0x30FB || cp == 0x2022 || cp == '-' || cp == '.'; }

/* Serial of five (two letters at most) or of six with the letter of a new-energy car first or last; never I or O. 0: none. */
static size_t serial_length(const jy__line *line, size_t at)
{
    size_t length = 0, letters = 0, first_letters = 0;
    for (uint32_t cp; length < 7 && (cp = plate_char(line, at + length)) != 0; length++) {
        if (cp == 'I' || cp == 'O')
            return 0;
        letters += cp >= 'A';
        first_letters += cp >= 'A' && length < 2;
    }
    if (length == 4 && letters <= 1 && at + 4 < line->count && is_plate_end(line->cps[at + 4]))
        return 5;
    if (length == 5 && letters <= 2)
        return 5;
    if (length == 6 && letters >= 1 && plate_char(line, at) >= 'A' && plate_char(line, at) <= 'K' && letters == first_letters)
        return 6;
    if (length == 6 && letters == 1 && plate_char(line, at + 5) >= 'A' && plate_char(line, at + 5) <= 'K')
        return 6;
    return 0;
}

size_t jy__redact_plates(jy__line *line)
{
    size_t marked = 0;
    for (size_t at = 0; at + 6 < line->count; at++) {
        size_t serial = at + 2, length;
        uint32_t office = plate_char(line, at + 1);
        if (line->marked[at] || !is_province_name(line->cps[at]) || office < 'A' || office == 'I')
            continue;
        if (plate_gap(line->cps[serial]))
            serial++;
        length = serial_length(line, serial);
        if (length) {
            marked += jy__mark(line, at, serial + length);
            at = serial + length - 1;
        }
    }
    return marked;
}

static bool in_local_part(uint32_t cp)
{
    cp = jy__half_width(cp);
    return jy__is_digit(cp) || jy__is_letter(cp) || cp == '.' || cp == '_' || cp == '%' || cp == '+' || cp == '-';
}

static bool in_label(uint32_t cp)
{
    cp = jy__half_width(cp);
    return jy__is_digit(cp) || jy__is_letter(cp) || cp == '-';
}

/* End of a domain that begins at `at`: labels and dots, the last label two letters or more. `at` itself: none. */
static size_t domain_end(const jy__line *line, size_t at)
{
    size_t end = at, label = at;
    for (size_t p = at; p < line->count; p++) {
        if (jy__half_width(line->cps[p]) == '.' && p > label) {
            label = p + 1;
            continue;
        }
        if (!in_label(line->cps[p]))
            break;
        if (label > at && p >= label + 1 && jy__is_letter(jy__half_width(line->cps[label])))
            end = p + 1;
    }
    return end;
}

size_t jy__redact_emails(jy__line *line)
{
    size_t marked = 0, local = 0;
    for (size_t at = 0; at < line->count; at++) {
        if (jy__half_width(line->cps[at]) == '@') {
            size_t end = at > local ? domain_end(line, at + 1) : at + 1;
            if (end > at + 1) {
                marked += jy__mark(line, local, end);
                at = end - 1;
            }
            local = at + 1;
        } else if (!in_local_part(line->cps[at])) {
            local = at + 1;
        }
    }
    return marked;
}
