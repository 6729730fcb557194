/* session — runs a small call through the rules of a compiler: for the rule files' own tests and for lint. */
#ifndef JY_SESSION_RUN_H
#define JY_SESSION_RUN_H

#include "session/session.h"

/* All turns and events of a test, then the end of the call; *out holds every turn. */
int jy__session_run(const jy__mem *mem, jy_rules *rules, jy_scanner *scanner, const jy__test_turn *turns, size_t count, jy_result **out);
/* First finding of the rule, from `from` on; SIZE_MAX when there is none. */
size_t jy__session_find_rule(const jy_result *result, uint32_t rule, size_t from);
/* Number of a rule in the rule set by pack and id. */
uint32_t jy__session_rule_number(const jy_rules *rules, jy_str pack, jy_str id);
void jy__session_say(jy_compiler *compiler, int code, jy_str source, jy_str rule, jy__pos pos, const jy_str *args, size_t arg_count);
const jy__message *jy__session_message_at(size_t index);
enum {
    JY__TEST_MISSED = 4000, JY__TEST_ALARM = 4001, JY__TEST_FIX_OTHER = 4002, JY__TEST_FIX_TWICE = 4003, JY__TEST_FIX_FLAGGED = 4004,
    JY__TEST_GAP_CLOSED = 4005, JY__TEST_DISGUISE_MISSED = 4006, JY__TEST_DISGUISE_ALARM = 4007,
    JY__LINT_SUGGESTION = 4100, JY__LINT_SAME_FORM = 4101, JY__LINT_SHADOWED = 4102, JY__LINT_SHORT = 4103, JY__LINT_NO_TEST = 4104,
    JY__LINT_NO_SUGGESTION = 4105, JY__LINT_CONTRADICTION = 4106, JY__LINT_CLAUSE = 4107, JY__LINT_OTHERS = 4108, JY__LINT_DATES = 4109,
    JY__LINT_WIDE = 4110, JY__LINT_PATTERN = 4111, JY__LINT_PARTS = 4112, JY__LINT_COMMON = 4113
};
/* A text in disguise by one fold, in [begin, end) only; false when the fold has nothing to disguise there. */
bool jy__session_disguise(int fold, jy_str text, size_t begin, size_t end, jy__text *out);

/* What of a phrase, as it is written, its author may have meant to be more than text: which code (WIDE, PATTERN, PARTS), and the part; 0: nothing. */
int jy__lint_words(jy_str written, jy_str *part_out);

#endif
