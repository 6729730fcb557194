/* Where the bytes of a turn stand in its file. Comes in: spans of turns; goes out: line, column, and the column in bytes that some formats
 * want. A turn may be a whole file on one line with many findings: each begin is looked for from the last one, each end from its begin. */
#include "report/report.h"

/* Columns of bytes count from the line's first byte, which of the turn's first line only the source knows. */
static jy__spot spot_of(const jy__place_walk *walk, uint32_t line, uint32_t column, size_t offset)
{
    const jy_place *place = &walk->place;
    uint32_t first = place->column == 1 ? 1 : place->byte_column;
    if (!place->line)
        return (jy__spot){ 0, 0, 0 };
    if (line != place->line)
        return (jy__spot){ line, column, (uint32_t)(offset - walk->line_offset) + 1 };
    return (jy__spot){ line, column, first ? first + (uint32_t)(offset - place->offset) : 0 };
}

static jy__spot walk_to(jy__place_walk *walk, size_t at)
{
    uint32_t line, column;
    size_t offset;
    jy__place_walk_to(walk, at, &line, &column, &offset);
    return spot_of(walk, line, column, offset);
}

void jy__report_spots(jy__place_walk *last, const jy_turn *turn, jy_str original, jy_span span, jy__spot *begin, jy__spot *end)
{
    jy__place_walk behind;
    if (!last->text.ptr || last->text.ptr != original.ptr || last->text.len != original.len || last->place.offset != turn->place.offset)
        jy__place_walk_init(last, &turn->place, original);
    *begin = walk_to(last, span.begin);
    behind = *last;
    *end = walk_to(&behind, span.end);
}
