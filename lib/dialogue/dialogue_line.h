/* dialogue, inside — one line of a script: `[00:12] 客服:您好` taken apart. */
#ifndef JY_DIALOGUE_LINE_H
#define JY_DIALOGUE_LINE_H
#include "dialogue/dialogue_read.h"

typedef struct jy__script_line {
    jy__time_kind time, end_time;
    int64_t begin_ms, end_ms;  /* of these kinds */
    jy_str time_text, label, text;
    int32_t number;            /* third number in the brackets (Tencent: the speaker), -1 none */
    bool colon;                /* the label ends in a colon or stands in 【】; else label is empty */
    bool header;               /* nothing but speaker and time: 说话人1 00:12, the text follows below */
    jy_str loose_label, loose_text; /* without either: the first word, or what stands in ( ), and the rest: 客服 您好 */
} jy__script_line;
void jy__script_split(jy_str line, jy__script_line *out);
/* Where the line goes on with another turn: a role of the agent or the customer with a colon, and words behind it. Its length: nowhere. */
size_t jy__script_inner(jy_reader *reader, jy_str text, jy__script_line *next);
int    jy__batch_told(jy_reader *reader, const jy_turn *turn); /* jy__batch_turn(), or a turn for each speaker that the text names itself */
#endif
