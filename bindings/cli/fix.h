/* fix — between cmd_fix.c (files, diff, writing) and fix_rounds.c (a text -> the text with approved wording). */
#ifndef JINYU_CLI_FIX_H
#define JINYU_CLI_FIX_H

#include "scan.h"

typedef struct patch { size_t at, len; char *put; size_t put_len; } patch;
typedef struct fix { /* one run of the command; the lower half is of the file at hand */
    const cli_options *options;
    jy_rules *rules;
    jy_scanner *scanner;
    jy_session *session;
    const char *path;
    jy_str bytes;             /* of this round */
    patch *patches;
    size_t patch_count, patch_cap;
    size_t left, unplaced, skipped; /* of this round: findings without replacement, edits with no place, remarks */
    bool refused;             /* the file cannot be fixed; why was said */
    char *format;
} fix;

/* Judges and rewrites until no rule has anything left to replace; false when that never happens, or the text cannot be read (then
 * why was said). */
bool fix_settle(fix *f, jy_str before, text *after);
void fix_drop_patches(fix *f);

#endif
