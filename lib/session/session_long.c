/* A line so long that no call holds it: hours of talk without a line end, a dump of a data base. It is matched block by block and judged
 * piece by piece, each with what stands around it, so that the memory stays flat and the time linear:
 *
 *   line    ──────────────────────────────────────────────────────
 *   block     ├ around ┤├────────────── own ──────────────┤├ around ┤
 *   piece                  ├ around ┤├ own ┤├ around ┤               a finding is told by the piece in which it begins
 *
 * Pieces in which and around which nothing was matched are passed over. What a piece cannot see: `all`, `not` and `whole: turn` look at
 * the piece and what is around it, not at the whole line, and a match of a pattern that reaches further is cut there. */
#include "session/session_scan.h"

#define PIECE ((size_t)4 << 10)
#define AROUND ((size_t)1 << 10) /* beside the longest phrase */

size_t jy__session_cut_at(jy_str text, size_t most)
{
    size_t at = most;
    if (text.len <= most)
        return text.len;
    while (at > 0 && most - at < 3 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
        at--;
    return ((unsigned char)text.ptr[at] & 0xC0) == 0x80 ? most : at;
}

/* A block, as it was matched: text is the block with what is around it, and begins at `base` of the line. */
typedef struct block { jy__text_scan *s; const jy__line *line; jy_str text; size_t base, around; bool *kept; } block;

static jy_span around(jy_str text, jy_span own, size_t most)
{
    return (jy_span){ jy__session_cut_at(text, own.begin > most ? own.begin - most : 0),
                      text.len - own.end > most ? jy__session_cut_at(text, own.end + most) : text.len };
}

/* The first match that begins at or behind `from`. */
static size_t first_match(const jy_scanner *scanner, size_t from)
{
    size_t low = 0;
    JY__FIRST_NOT(low, scanner->taken.count, i, scanner->taken.items[i].begin < from);
    return low;
}

/* The first place of a pattern at or behind `from`. */
static size_t first_place(const jy_scanner *scanner, size_t from)
{
    size_t low = 0;
    JY__FIRST_NOT(low, scanner->places.count, i, scanner->places.items[i].begin < from);
    return low;
}

/* Where something was found next; SIZE_MAX: nowhere. */
static size_t next_found(const block *b, size_t from)
{
    const jy_scanner *scanner = b->s->scanner;
    size_t number = first_match(scanner, from), place_number = first_place(scanner, from);
    size_t match = number < scanner->taken.count ? scanner->taken.items[number].begin : SIZE_MAX;
    size_t place = place_number < scanner->places.count ? scanner->places.items[place_number].begin : SIZE_MAX;
    return b->s->every ? from : match < place ? match : place;
}

/* A match that begins in the window must end in it too. */
static jy__scan_turn take(const block *b, jy_span *window)
{
    const jy_scanner *scanner = b->s->scanner;
    jy__scan_turn found = { first_match(scanner, window->begin), first_match(scanner, window->end), first_place(scanner, window->begin),
                            first_place(scanner, window->end) };
    for (size_t i = found.first; i < found.last; i++)
        if (jy__match_end(&scanner->taken.items[i]) > window->end)
            window->end = jy__match_end(&scanner->taken.items[i]);
    return found;
}

/* own: in the block's text */
static int judge_piece(const block *b, jy_span own)
{
    jy_span window = around(b->text, own, b->around);
    jy__scan_turn found = take(b, &window);
    int status = jy__scan_words(b->s, (jy_str){ b->text.ptr + window.begin, window.end - window.begin }, &found, window.begin);
    for (size_t i = 0; status == JY_OK && i < b->s->scanner->candidates.count; i++) {
        size_t at = window.begin + b->s->scanner->candidates.items[i].hit.begin;
        if (at < own.begin || at >= own.end)
            continue;
        if (!*b->kept)
            status = jy__result_add_line(b->s->result, b->line);
        *b->kept = true;
        if (status == JY_OK)
            status = jy__scan_tell(b->s, i, b->base + window.begin);
    }
    return status;
}

/* own: in the line */
static int judge_block(jy__text_scan *s, const jy__line *line, jy_span own, bool *kept)
{
    size_t reach = s->rules->longest_phrase + AROUND;
    jy_span window = around(line->text, own, reach);
    block b = { s, line, { line->text.ptr + window.begin, window.end - window.begin }, window.begin, reach, kept };
    size_t end = own.end - window.begin, from = own.begin - window.begin;
    int status = jy__scan_match(s, b.text, line->offset + window.begin, (jy_span){ from, end }, NULL, 0);
    while (status == JY_OK && from < end) {
        size_t at = next_found(&b, from), to;
        if (at == SIZE_MAX || at > end + reach)
            break;
        if (at > from + reach)
            from = jy__session_cut_at(b.text, at - reach);
        if (from >= end)
            break;
        to = end - from > PIECE ? jy__session_cut_at(b.text, from + PIECE) : end;
        status = judge_piece(&b, (jy_span){ from, to });
        from = to;
    }
    return status;
}

static int judge_blocks(jy__text_scan *s, const jy__line *line)
{
    bool kept = false;
    int status = JY_OK;
    for (size_t from = 0, end; status == JY_OK && from < line->text.len && !s->full; from = end) {
        end = jy__session_cut_at(line->text, from + JY__SCAN_BLOCK);
        status = judge_block(s, line, (jy_span){ from, end }, &kept);
    }
    return status == JY_OK ? jy__session_take_limits(s->scanner, s->result, line->number) : status;
}

static int judge_whole(jy__text_scan *s, const jy__line *line)
{
    jy__scan_turn found;
    int status = jy__scan_match(s, line->text, line->offset, (jy_span){ 0, line->text.len }, NULL, 0);
    return status == JY_OK && jy__scan_take(s, line->text, 0, &found) ? jy__scan_judge(s, line, &found, 0) : status;
}

int jy__scan_apart(jy__text_scan *s, const jy__line *line)
{
    jy__line cut = *line;
    int status = JY_OK;
    if (cut.text.len > s->most) {
        cut.text.len = jy__session_cut_at(cut.text, s->most);
        s->scanner->limited = true;
        status = jy__result_add_unchecked(s->result, JY_RULE_ANY, JY_TURN_CUT, cut.number);
    }
    if (status != JY_OK)
        return status;
    return cut.text.len > JY__SCAN_BLOCK ? judge_blocks(s, &cut) : judge_whole(s, &cut);
}
