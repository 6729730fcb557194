/* dialogue, inside — the JSON shapes that a table of names does not describe. */
#ifndef JY_DIALOGUE_VENDORS_H
#define JY_DIALOGUE_VENDORS_H
#include "dialogue/dialogue_shape.h"
int jy__gather_vcon(jy_reader *reader, jy__shape_state *state, uint32_t call);
int jy__gather_contact_lens(jy_reader *reader, jy__shape_state *state, uint32_t call);
int jy__gather_iflytek(jy_reader *reader, jy__shape_state *state, uint32_t call);
int jy__gather_iflytek_live(jy_reader *reader, jy__shape_state *state, uint32_t call);
int jy__gather_tencent_lines(jy_reader *reader, jy__shape_state *state, uint32_t call);
int jy__gather_funasr(jy_reader *reader, jy__shape_state *state, uint32_t call);
int jy__gather_funasr_text(jy_reader *reader, jy__shape_state *state, uint32_t call);
int jy__gather_wenet(jy_reader *reader, jy__shape_state *state, uint32_t call);
#endif
