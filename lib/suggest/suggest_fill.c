/* Approved wording with its slots filled from what is known of the call; and the edit a rule's `replace` asks for. */
#include "suggest/suggest.h"

static jy_str slot_value(jy_str name, const jy_call *call)
{
    const struct { const char *english, *chinese; jy_str value; } slots[] = {
        { "agent", "座席", call->agent }, { "customer", "客户", call->customer }, { "team", "班组", call->team },
        { "queue", "队列", call->queue }, { "agent", "工号", call->agent }, { "customer", "姓名", call->customer },
    };
    for (size_t i = 0; i < JY__COUNT(slots); i++)
        if (slots[i].value.len && (jy__str_is(name, slots[i].english) || jy__str_is(name, slots[i].chinese)))
            return slots[i].value;
    return (jy_str){ NULL, 0 };
}

static void fill(jy_str wording, const jy_call *call, bool keep_unknown, jy__text *out)
{
    for (size_t at = 0; at < wording.len;) {
        const char *close = wording.ptr[at] == '{' ? memchr(wording.ptr + at, '}', wording.len - at) : NULL;
        jy_str value = { NULL, 0 };
        if (close && call)
            value = slot_value((jy_str){ wording.ptr + at + 1, (size_t)(close - wording.ptr) - at - 1 }, call);
        if (value.len || (close && !keep_unknown)) {
            jy__text_str(out, value);
            at = (size_t)(close - wording.ptr) + 1;
        } else {
            jy__text_char(out, wording.ptr[at++]);
        }
    }
}

void jy__suggest_fill(jy_str wording, const jy_call *call, jy__text *out) { fill(wording, call, true, out); }

/* What is written into a script must read as talk: a slot that nobody can fill is left out there. */
bool jy__suggest_edit(const jy__compiled *rule, const jy_call *call, jy_str text, jy_span span, jy_span *edit_out, jy__text *replacement_out)
{
    *edit_out = span;
    if (!rule->has_replace || !jy__judge_around(text, rule->replace_span, edit_out))
        return false;
    fill(rule->replace, call, false, replacement_out);
    return true;
}
