/* A live call: the recogniser sends hypotheses that grow and change; findings come while the agent is still speaking, as
 * provisional, and become final or are withdrawn. The customer may say what the agent must not. */
#include <jinyu/jinyu.h>
#include <stdio.h>
#include <string.h>

static jy_str str(const char *c)
{
    jy_str s;
    s.ptr = c;
    s.len = strlen(c);
    return s;
}

static void print_new(jy_session *session)
{
    static const char *const states[] = { "", "provisional", "final", "withdrawn" };
    jy_finding f = JY_FINDING_INIT;
    while (jy_session_next(session, &f) == JY_OK) {
        jy_str instead = { "", 0 };
        printf("%s %.*s turn %lu", states[f.state], (int)f.clause.len, f.clause.ptr, (unsigned long)f.turn);
        if (f.kind == JY_FOUND_WORDING)
            printf(" %.*s", (int)f.text.len, f.text.ptr);
        jy_session_suggestion(session, 0, &instead); /* ends the life of f's strings */
        printf(" -> %.*s\n", (int)instead.len, instead.ptr);
    }
}

static int say(jy_session *session, jy_scanner *scanner, int speaker, const char *id, int partial, const char *text)
{
    jy_turn turn = JY_TURN_INIT;
    int rc;
    turn.text = str(text);
    turn.id = str(id);
    turn.speaker = speaker;
    turn.flags = partial ? JY_TURN_PARTIAL : 0;
    if ((rc = jy_session_feed(session, scanner, &turn)) >= 0)
        print_new(session);
    return rc;
}

static int one_call(jy_session *session, jy_scanner *scanner)
{
    int rc;
    if ((rc = jy_session_set(session, JY_PARAM_PROVISIONAL, 1)) < 0 ||
        (rc = say(session, scanner, JY_AGENT, "1", 0, "您好,8号为您服务!")) < 0 ||
        (rc = say(session, scanner, JY_CUSTOMER, "2", 0, "你是谁?你们怎么没办法?")) < 0 ||
        (rc = say(session, scanner, JY_AGENT, "3", 1, "大声点")) < 0 ||
        (rc = say(session, scanner, JY_AGENT, "3", 0, "能大点声吗?")) < 0 ||
        (rc = say(session, scanner, JY_AGENT, "4", 1, "没办法")) < 0 ||
        (rc = say(session, scanner, JY_AGENT, "4", 0, "没办法。")) < 0 ||
        (rc = jy_session_finish(session, scanner)) < 0)
        return rc;
    print_new(session);
    return JY_OK;
}

int main(void)
{
    jy_rules *rules = NULL;
    jy_scanner *scanner = NULL;
    jy_session *session = NULL;
    int rc;
    if ((rc = jy_rules_builtin(&rules)) >= 0 && (rc = jy_scanner_new(&scanner, NULL)) >= 0 &&
        (rc = jy_session_new(&session, rules, NULL)) >= 0)
        rc = one_call(session, scanner);
    if (rc < 0)
        fprintf(stderr, "%s\n", jy_status_text(rc));
    jy_session_free(session);
    jy_scanner_free(scanner);
    jy_rules_unref(rules);
    return rc < 0;
}
