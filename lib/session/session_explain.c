/* Why each rule did or did not fire on a text: every rule whose words stand there is followed through the steps of judging, and
 * the step at which it fell is said. Rules whose words do not stand there are counted. */
#include "report/report.h"
#include "session/session.h"

typedef enum fate { FIRED, NOT_WHOLE, SHIELDED, ORDINARY, GUESSED, NEEDS_CALL, OVERLAPPED, OTHER_SPEAKER, OFF, FATES } fate;

static const char *const fate_words[FATES][2] = {
    [FIRED] = { "fires", "命中" },
    [NOT_WHOLE] = { "does not fire: the words are only a part of their word, clause, sentence or turn (whole:)", "不命中：只是词、分句、句子或话轮的一部分（whole:）" },
    [SHIELDED] = { "does not fire: it stands inside an exception or an approved wording", "不命中：在例外或规范用语之内" },
    [ORDINARY] = { "does not fire: what was heard is an ordinary word of its own", "不命中：听到的是另一个普通词" },
    [GUESSED] = { "does not fire: too much of it is masked", "不命中：遮住的字太多，只能是猜" },
    [NEEDS_CALL] = { "is not checked here: it needs a call with turns (when, where)", "此处不检查：需要完整通话（when、where）" },
    [OVERLAPPED] = { "gives way to another finding at the same place", "让位于同一处的另一条" },
    [OTHER_SPEAKER] = { "does not fire: it is about another speaker", "不命中：针对另一方说话人" },
    [OFF] = { "is switched off, or not in its dates", "已停用，或不在有效日期内" },
};

typedef struct telling { jy_scanner *scanner; const jy_rules *rules; jy_str text; int language; jy__text *out; } telling;

/* As reports say it. */
static void tell_why(telling *t, const jy__hit *hit)
{
    const jy_str said = { t->text.ptr + hit->begin, hit->end - hit->begin };
    jy_hit shown = JY_HIT_INIT;
    jy__text reading;
    jy__text_init(&reading, t->out->mem);
    if (hit->count[JY_FOLD_SOUND])
        jy__judge_reading(said, &reading);
    shown.phrase = jy__atom_written(t->rules, hit->atom);
    shown.form = hit->form;
    shown.reading = jy__text_view(&reading);
    memcpy(shown.count, hit->count, sizeof(shown.count));
    jy__shown_why(t->out, t->language, &shown, said);
    t->out->failed |= reading.failed;
    jy__text_free(&reading);
}

static void tell(telling *t, const jy__candidate *candidate, fate why, uint32_t shield)
{
    const jy__compiled *rule = &t->rules->rules[candidate->rule];
    const jy__hit *hit = &candidate->hit;
    jy__text_str(t->out, rule->info.id);
    if (rule->info.clause.len) {
        jy__text_c(t->out, " (");
        jy__text_str(t->out, rule->info.clause);
        jy__text_char(t->out, ')');
    }
    jy__text_c(t->out, " 「");
    tell_why(t, hit);
    jy__text_c(t->out, "」 [");
    jy__text_int(t->out, (int64_t)hit->begin);
    jy__text_char(t->out, ',');
    jy__text_int(t->out, (int64_t)hit->end);
    jy__text_c(t->out, ") ");
    jy__text_c(t->out, fate_words[why][t->language == JY_CHINESE]);
    if (why == SHIELDED && shield != JY__NONE) {
        jy__text_c(t->out, ": ");
        jy__text_str(t->out, jy__atom_written(t->rules, shield));
    }
    jy__text_char(t->out, '\n');
}

static bool has(const jy__candidates *list, const jy__candidate *candidate)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].rule == candidate->rule && list->items[i].hit.begin == candidate->hit.begin && list->items[i].hit.end == candidate->hit.end)
            return true;
    return false;
}

/* A copy of the scanner's candidates after one step. */
static int snapshot(telling *t, jy__candidates *out)
{
    const jy__candidates *now = &t->scanner->candidates;
    if (!jy__mem_grow(&t->scanner->mem, &out->items, &out->capacity, now->count + 1, sizeof(*out->items)))
        return JY_E_NOMEM;
    if (now->count)
        memcpy(out->items, now->items, now->count * sizeof(*out->items));
    out->count = now->count;
    return JY_OK;
}

/* All words of all rules, `whole:` not asked, whoever speaks. */
static int all_words(telling *t, jy__candidates *out)
{
    jy__judge judge;
    int status = JY_OK;
    jy__hits found = { NULL, 0, 0 };
    jy__judge_begin(&judge, t->scanner, t->rules, t->text, JY_AGENT);
    judge.loose = true;
    status = jy__judge_collect(&judge, JY__SET_FORBID);
    if (status == JY_OK)
        status = jy__judge_collect(&judge, JY__SET_CALL);
    for (uint32_t i = 0; status == JY_OK && i < t->rules->rule_count; i++) {
        if (t->rules->rules[i].forbid == JY__NONE)
            continue;
        found.count = 0;
        status = jy__judge_eval(&judge, t->rules->rules[i].forbid, &found);
        for (size_t k = 0; status == JY_OK && k < found.count; k++) {
            if (!JY__VEC_ROOM(&t->scanner->mem, out))
                status = JY_E_NOMEM;
            else
                out->items[out->count++] = (jy__candidate){ .rule = i, .hit = found.items[k] };
        }
    }
    JY__VEC_FREE(&t->scanner->mem, &found);
    return status;
}

static fate fate_of(const telling *t, const jy__candidate *candidate, const jy__candidates *forbidden, const jy__candidates *shielded,
                    const jy__candidates *resolved, jy__judge *judge)
{
    const jy__compiled *rule = &t->rules->rules[candidate->rule];
    if (!rule->judged) return OFF;
    if (rule->info.speaker != JY__SPEAKER_ANY && rule->info.speaker != JY_AGENT) return OTHER_SPEAKER;
    if (!has(forbidden, candidate)) return NOT_WHOLE;
    if (!has(shielded, candidate)) {
        if (jy__judge_ordinary(judge, &candidate->hit)) return ORDINARY;
        return jy__judge_guessed(t->rules, t->text, candidate->rule, &candidate->hit) ? GUESSED : SHIELDED;
    }
    if (rule->info.flags & JY_RULE_NEEDS_CALL) return NEEDS_CALL;
    return has(resolved, candidate) ? FIRED : OVERLAPPED;
}

/* Two forms of one phrase may stand at one place. */
static bool is_told(const jy__candidates *words, size_t i)
{
    const jy__candidate *before = i ? &words->items[i - 1] : NULL, *now = &words->items[i];
    return before && before->rule == now->rule && before->hit.begin == now->hit.begin && before->hit.end == now->hit.end;
}

static void drop_call_rules(telling *t)
{
    jy__candidates *now = &t->scanner->candidates;
    size_t kept = 0;
    for (size_t i = 0; i < now->count; i++)
        if (!(t->rules->rules[now->items[i].rule].info.flags & JY_RULE_NEEDS_CALL))
            now->items[kept++] = now->items[i];
    now->count = kept;
}

static void tell_rest(telling *t, const jy__candidates *words)
{
    size_t silent = t->rules->rule_count;
    for (size_t i = 0; i < words->count; i++)
        silent -= i == 0 || words->items[i].rule != words->items[i - 1].rule;
    jy__text_int(t->out, (int64_t)silent);
    jy__text_c(t->out, t->language == JY_CHINESE ? " 条规则的词句没有出现\n" : " rule(s): their words do not stand here\n");
}

static int explain(telling *t)
{
    jy__candidates words = { NULL, 0, 0 }, forbidden = words, shielded = words, resolved = words;
    jy__judge judge;
    int status = all_words(t, &words);
    jy__judge_begin(&judge, t->scanner, t->rules, t->text, JY_AGENT);
    if (status == JY_OK) status = jy__judge_forbidden(&judge, true);
    if (status == JY_OK) status = snapshot(t, &forbidden);
    if (status == JY_OK) status = jy__judge_shield(&judge);
    if (status == JY_OK) status = snapshot(t, &shielded);
    drop_call_rules(t);
    if (status == JY_OK) status = jy__judge_resolve(&judge);
    if (status == JY_OK) status = snapshot(t, &resolved);
    for (size_t i = 0; status == JY_OK && i < words.count; i++) {
        uint32_t shield = JY__NONE;
        fate why;
        if (is_told(&words, i))
            continue;
        why = fate_of(t, &words.items[i], &forbidden, &shielded, &resolved, &judge);
        if (why == SHIELDED)
            status = jy__judge_shield_of(&judge, &words.items[i], &shield);
        tell(t, &words.items[i], why, shield);
    }
    if (status == JY_OK)
        tell_rest(t, &words);
    JY__VEC_FREE(&t->scanner->mem, &words);
    JY__VEC_FREE(&t->scanner->mem, &forbidden);
    JY__VEC_FREE(&t->scanner->mem, &shielded);
    JY__VEC_FREE(&t->scanner->mem, &resolved);
    return status;
}

int jy_explain(jy_scanner *scanner, jy_rules *rules, jy_str text, jy_buf *out)
{
    jy__text lines;
    telling t = { scanner, rules, text, 0, &lines };
    int status;
    if (!scanner || !rules || !out || jy__str_lost(text))
        return JY_E_INVALID;
    if (scanner->busy)
        return JY_E_BUSY;
    t.language = (int)jy__params_get(&scanner->params, JY_PARAM_LANGUAGE);
    jy__text_init(&lines, &scanner->mem);
    scanner->busy = true;
    status = explain(&t);
    scanner->busy = false;
    if (status == JY_OK)
        status = jy__text_give(&lines, out);
    jy__text_free(&lines);
    return status;
}
