/* The live calls: found by id, kept in order of their last line.
 *
 *     buckets [hash]→ live → live            oldest ⇄ … ⇄ newest
 *
 * The one at the old end is ended when it has been silent too long or when there are too many; so memory is bounded
 * whatever the feeder forgets to end. Sessions of ended calls are used again. */
#include "stream.h"

#include <stdlib.h>
#include <string.h>

enum { SPARE = 64 };

static live **bucket(const stream *s, jy_str id) { return &s->buckets[str_hash(id, HASH_SEED) % s->bucket_count]; }

live *live_find(const stream *s, jy_str id)
{
    live *call = *bucket(s, id);
    while (call && !str_eq((jy_str){ call->id, call->id_len }, id))
        call = call->next;
    return call;
}

static void unlink_age(stream *s, live *call)
{
    *(call->older ? &call->older->newer : &s->oldest) = call->newer;
    *(call->newer ? &call->newer->older : &s->newest) = call->older;
}

static void link_newest(stream *s, live *call)
{
    call->older = s->newest;
    call->newer = NULL;
    *(s->newest ? &s->newest->newer : &s->oldest) = call;
    s->newest = call;
    call->touched = clock_seconds();
}

void live_touch(stream *s, live *call)
{
    unlink_age(s, call);
    link_newest(s, call);
}

static int open_session(stream *s, jy_session **out)
{
    int status;
    if (s->spare_count) {
        *out = s->spare[--s->spare_count];
        return JY_OK;
    }
    status = jy_session_new(out, s->rules, NULL);
    if (status >= 0)
        status = jy_session_set(*out, JY_PARAM_LIVE, 1);
    if (status >= 0)
        status = params_session(s->options, *out);
    if (status >= 0 && s->provisional)
        status = jy_session_set(*out, JY_PARAM_PROVISIONAL, 1);
    return status;
}

live *live_begin(stream *s, jy_str id, int *status)
{
    jy_call about = JY_CALL_INIT;
    jy_session *session = NULL;
    live *call, **place;
    if (s->count >= s->most)
        live_end(s, s->oldest, "max-calls");
    about.id = id;
    about.source = str_of("<stream>");
    *status = open_session(s, &session);
    if (*status >= 0)
        *status = jy_session_call(session, &about);
    if (*status < 0) {
        jy_session_free(session);
        return NULL;
    }
    call = mem_resize(NULL, sizeof(*call));
    *call = (live){ .id = mem_copy(id.ptr, id.len), .id_len = id.len, .session = session };
    place = bucket(s, id);
    call->next = *place;
    *place = call;
    link_newest(s, call);
    s->count++;
    return call;
}

static void forget(stream *s, live *call)
{
    live **place = bucket(s, (jy_str){ call->id, call->id_len });
    while (*place != call)
        place = &(*place)->next;
    *place = call->next;
    unlink_age(s, call);
    s->count--;
    if (s->spare_count < SPARE && jy_session_reset(call->session) >= 0)
        s->spare[s->spare_count++] = call->session;
    else
        jy_session_free(call->session);
    free(call->id);
    free(call);
}

void live_end(stream *s, live *call, const char *why)
{
    int status = jy_session_finish(call->session, s->scanner);
    if (status < 0)
        write_error(s, (jy_str){ call->id, call->id_len }, W_STREAM_LIBRARY, jy_status_text(status));
    write_findings(s, call, NULL);
    write_call_end(s, call, why);
    forget(s, call);
}

void live_end_idle(stream *s)
{
    double now = clock_seconds();
    while (s->idle > 0 && s->oldest && now - s->oldest->touched > s->idle)
        live_end(s, s->oldest, "idle");
}

void live_end_all(stream *s, const char *why)
{
    while (s->oldest) {
        live_end(s, s->oldest, why);
        stream_flush(s);
    }
}

void live_free_all(stream *s)
{
    while (s->spare_count)
        jy_session_free(s->spare[--s->spare_count]);
    free(s->spare);
    free(s->buckets);
}
