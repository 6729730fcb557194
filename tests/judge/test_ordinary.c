/* judge: every part of a reviewed look-alike that is heard as a taboo is an ordinary word, whatever shortcut leads there; and a part that is not inside
 * it any more is none. */
#include "../session/session_test.h"
#include "judge/judge.h"
#include "judge/judge_ordinary.h"

/* Whether [begin, end) of the text, heard without doubt, is passed over. */
static bool is_passed_over(const char *text, size_t begin, size_t end)
{
    jy__judge judge = { .text = str_of(text) };
    jy__hit hit = { .confidence = 100, .begin = begin, .end = end, .count = { [JY_FOLD_SOUND] = 1 } };
    return jy__judge_ordinary(&judge, &hit);
}

/* The entry between `before` and `behind`, with `inside` between its characters. */
static size_t write_entry(const jy__ordinary_entry *entry, const char *before, const char *inside, const char *behind, char *out, size_t *begins)
{
    size_t count = 0, len = strlen(strcpy(out, before));
    for (; count < entry->length; count++) {
        if (count)
            len += strlen(strcpy(out + len, inside));
        begins[count] = len;
        len += jy__utf8_put(entry->symbols[count], out + len);
    }
    strcpy(out + len, behind);
    return count;
}

START_TEST(test_ordinary__every_part_of_every_entry)
{
    static const char *const inside[] = { "", " ", "，" };
    for (size_t number = 0; number < jy__ordinary_firsts[JY__ORDINARY_BUCKETS]; number++)
        for (size_t i = 0; i < 3; i++) {
            const jy__ordinary_entry *entry = &jy__ordinary[number];
            char text[256];
            size_t begins[16], count = write_entry(entry, "其", inside[i], "其", text, begins);
            ck_assert_uint_ge(count, 2);
            for (size_t first = 0; first + 1 < count && (!i || 2 * first <= JY__ORDINARY_MOST); first++) /* so far is looked back */
                for (size_t last = first + 1; last < count; last++)
                    ck_assert_msg(is_passed_over(text, begins[first], begins[last] + 3), "%s %zu..%zu", text, first, last);
        }
}
END_TEST

START_TEST(test_ordinary__what_reaches_out_is_none)
{
    for (size_t number = 0; number < jy__ordinary_firsts[JY__ORDINARY_BUCKETS]; number++) {
        char text[256];
        size_t begins[16], count = write_entry(&jy__ordinary[number], "〇", "", "〇", text, begins);
        ck_assert_msg(!is_passed_over(text, 0, begins[count - 1] + 3) && !is_passed_over(text, begins[0], strlen(text)), "%s", text);
    }
}
END_TEST

/* Or else nothing is gained. */
START_TEST(test_ordinary__few_pairs_are_looked_at)
{
    size_t set = 0;
    for (size_t i = 0; i < JY__ORDINARY_PAIRS; i++)
        set += jy__ordinary_pairs[i / 64] >> (i % 64) & 1;
    ck_assert(set > jy__ordinary_firsts[JY__ORDINARY_BUCKETS] / 2 && set * 10 < JY__ORDINARY_PAIRS);
}
END_TEST

CHECK_MAIN("ordinary", test_ordinary__every_part_of_every_entry, test_ordinary__what_reaches_out_is_none, test_ordinary__few_pairs_are_looked_at)
