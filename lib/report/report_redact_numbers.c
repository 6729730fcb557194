/* Numbers that tell who someone is. Comes in: a line; goes out: marks on phone numbers, identity cards and bank cards. A run of digit
 * groups is tried from each group on, longest first; a match is whole groups, so that no piece of a longer number is masked. Cards
 * written in fours and failing Luhn are passed over whole: their pieces are not phone numbers either. Work is bounded by a
 * number's greatest length at every group, so it grows linearly with the text. */
#include "report/report_redact.h"

#define DIGITS_MOST 22 /* 0086 and 11 digits, 19 of a card; more is no number we know */
#define GAP_MOST    3  /* separators between two groups: " - " */

/* Up to DIGITS_MOST digits from a group's start, with where groups end. */
typedef struct run {
    char digit[DIGITS_MOST + 1];    /* '0'..'9', or 'X' as the last of an identity card */
    size_t at[DIGITS_MOST + 1];     /* character of each digit */
    bool ends[DIGITS_MOST + 1];     /* a group ends after digit i */
    size_t count;
} run;

static int digit_of(uint32_t cp)
{
    static const uint32_t chinese[10] = { 0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };
    cp = jy__half_width(cp);
    if (jy__is_digit(cp))
        return (int)(cp - '0');
    if (cp == 0x3007) return 0; /* 〇 */
    if (cp == 0x5E7A) return 1; /* 幺 */
    if (cp == 0x4E24) return 2; /* 两 */
    for (int i = 0; i < 10; i++)
        if (chinese[i] == cp)
            return i;
    return -1;
}

static bool separates(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || cp == 0x3000 || cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0xFF0D || cp == 0x2212 ||
           cp == '(' || cp == ')' || cp == 0xFF08 || cp == 0xFF09;
}

static bool is_x(uint32_t cp) { return (jy__half_width(cp) | 32) == 'x'; }

static void add_digit(run *found, char digit, size_t at)
{
    found->digit[found->count] = digit;
    found->at[found->count] = at;
    found->ends[found->count++] = false;
}

static void read_run(const jy__line *line, size_t begin, run *found)
{
    size_t at = begin;
    found->count = 0;
    while (at < line->count && found->count < DIGITS_MOST) {
        size_t next = at + 1;
        add_digit(found, (char)('0' + digit_of(line->cps[at])), at);
        if (found->count == 17 && next < line->count && is_x(line->cps[next])) {
            add_digit(found, 'X', next);
            found->ends[17] = true;
            return;
        }
        if (next < line->count && digit_of(line->cps[next]) >= 0) {
            at = next;
            continue;
        }
        found->ends[found->count - 1] = true;
        for (at = next; at < line->count && at < next + GAP_MOST && separates(line->cps[at]);)
            at++;
        if (at == next || at >= line->count || digit_of(line->cps[at]) < 0)
            return;
    }
}

static bool luhn(const char *digits, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        int value = digits[count - 1 - i] - '0';
        if (i % 2)
            value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

static int number_at(const char *digits, size_t count)
{
    int number = 0;
    while (count--)
        number = number * 10 + (*digits++ - '0');
    return number;
}

static bool is_date(const char *month_day)
{
    int month = number_at(month_day, 2), day = number_at(month_day + 2, 2);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* First digits of an address code: the provinces of GB/T 2260, and residents of Hong Kong, Macao and Taiwan. */
static bool is_province(const char *digits)
{
    static const char known[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91 ";
    for (const char *p = known; *p; p += 3)
        if (p[0] == digits[0] && p[1] == digits[1])
            return true;
    return false;
}

/* GB 11643: eighteen characters with a check digit modulo 11; the fifteen digits before 1999 have none. */
static bool is_identity(const char *digits, size_t count)
{
    static const int weight[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0, century;
    if (!is_province(digits))
        return false;
    if (count == 15)
        return is_date(digits + 8);
    if (count != 18)
        return false;
    century = number_at(digits + 6, 2);
    for (int i = 0; i < 17; i++)
        sum += (digits[i] - '0') * weight[i];
    return (century == 18 || century == 19 || century == 20) && is_date(digits + 10) && "10X98765432"[sum % 11] == digits[17];
}

static bool in_fours(const run *found, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++)
        if (found->ends[i] != (i % 4 == 3))
            return false;
    return true;
}

static bool unbroken(const run *found, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++)
        if (found->ends[i])
            return false;
    return true;
}

static bool card_shaped(const run *found, size_t count)
{
    return count >= 13 && count <= 19 && (unbroken(found, count) || in_fours(found, count));
}

static bool is_card(const run *found, size_t count)
{
    char first = found->digit[0];
    return card_shaped(found, count) && found->digit[count - 1] != 'X' && first >= '2' && first <= '9' && first != '7' &&
           luhn(found->digit, count);
}

static bool is_mobile(const char *digits, size_t count)
{
    return count == 11 && digits[0] == '1' && digits[1] >= '3';
}

/* 010 and 02x with eight digits, other areas with seven or eight. */
static bool is_landline(const char *digits, size_t count)
{
    if (digits[0] != '0' || digits[1] == '0')
        return false;
    if (digits[1] <= '2')
        return count == 11 && digits[3] >= '2' && (digits[1] == '2' || digits[2] == '0');
    return (count == 11 || count == 12) && digits[4] >= '2';
}

static bool is_phone(const char *digits, size_t count, bool plus)
{
    if (plus && digits[0] == '8' && digits[1] == '6')
        return count == 12 || count == 13;
    if (plus)
        return count >= 8 && count <= 15; /* E.164 */
    if (count > 11 && digits[0] == '0' && digits[1] == '0' && digits[2] == '8' && digits[3] == '6')
        return is_phone(digits + 4, count - 4, false);
    if (count > 11 && digits[0] == '8' && digits[1] == '6')
        return is_mobile(digits + 2, count - 2);
    return is_mobile(digits, count) || is_landline(digits, count);
}

/* How many digits from the run's start make a number to mask; 0: none. *pass: that many are no number for sure. */
static size_t match_run(const run *found, bool plus, size_t *pass)
{
    *pass = 0;
    for (size_t count = found->count; count >= 8; count--) {
        bool x = found->digit[count - 1] == 'X';
        if (*pass && count < 16)
            return 0;
        if (!found->ends[count - 1])
            continue;
        if (is_identity(found->digit, count) || is_card(found, count) || (!x && is_phone(found->digit, count, plus)))
            return count;
        if (*pass == 0 && count >= 16 && card_shaped(found, count))
            *pass = count;
    }
    return 0;
}

static size_t group_end(const jy__line *line, size_t at)
{
    while (at < line->count && digit_of(line->cps[at]) >= 0)
        at++;
    return at;
}

static bool after_plus(const jy__line *line, size_t at)
{
    return at > 0 && jy__half_width(line->cps[at - 1]) == '+';
}

size_t jy__redact_numbers(jy__line *line)
{
    size_t marked = 0;
    for (size_t at = 0; at < line->count;) {
        size_t length, pass, last;
        run found;
        if (digit_of(line->cps[at]) < 0 || line->marked[at]) {
            at++;
            continue;
        }
        read_run(line, at, &found);
        length = match_run(&found, after_plus(line, at), &pass);
        last = length ? found.at[length - 1] : pass ? found.at[pass - 1] : 0;
        if (length)
            marked += jy__mark(line, at, last + 1);
        at = last ? last + 1 : group_end(line, at);
    }
    return marked;
}
