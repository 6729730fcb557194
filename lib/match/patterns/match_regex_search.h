/* match_regex_search — a pattern is run on a folded turn. */
#ifndef JY_MATCH_REGEX_SEARCH_H
#define JY_MATCH_REGEX_SEARCH_H

#include "match/patterns/match_regex.h"

struct jy__regex_scratch {
    const jy__mem *mem;
    pcre2_general_context *general;
    pcre2_match_data *data;
    pcre2_match_context *context;
    jy__match_scratch keys;
    jy__folded folded;
    bool is_folded;          /* folded is of the turn at hand */
    bool is_there;           /* there is */
    jy__there there;
    uint64_t *wanted;
    size_t wanted_count;
};

/* The first `most` matches in the folded turn, which has all that the pattern needs, appended to hits. A pattern that reaches a limit is named in
 * hits->aborted, its matches so far are kept. */
int jy__regex_search(const jy__regexes *regexes, jy__regex_scratch *scratch, uint32_t number, size_t most, jy__regex_hits *hits);
/* Bytes of the original. */
int jy__regex_note_hit(const jy__regex_scratch *scratch, jy__regex_hits *hits, uint32_t number, size_t begin, size_t end);

#endif
