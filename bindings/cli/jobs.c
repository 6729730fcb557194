/* Threads between the inputs and the sink. Work is handed out as numbered tickets from a ring; workers fill tickets in any
 * order, the calling thread empties them in the order of their numbers, so the output is the same whatever the number of
 * threads, and the memory in use is that of the ring.
 *
 *     ring    [ 7 ][ 8 ][ 9 ][ 10 ] …        head = 7: being emptied while its worker still fills it
 *               ^head          ^next         8, 9: ready or being filled; a worker with more than WAITING units
 *                                            in a ticket that is not the head waits for its turn
 */
#include "scan.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAITING = 64 };

typedef struct pool {
    const scan_plan *plan;
    const scan_sink *sink;
    source from;
    pthread_mutex_t reading, lock; /* reading: the source; taken before lock */
    pthread_cond_t ready, room;    /* the calling thread waits for ready; workers wait for room, in the ring and in their tickets */
    ticket *ring;
    size_t size, head, next;       /* tickets head … next-1 are out; guarded by lock */
    bool finished, failed;         /* no more tickets; a sink refused, or no worker could start */
    size_t running;
    size_t inputs_done;
    bool bad_seen;                 /* a result of the input at hand told of bytes that are no text; the calling thread's */
} pool;

typedef struct post { pool *pool; ticket *ticket; size_t number; } post;

static volatile sig_atomic_t stop_asked;
static void on_interrupt(int number)
{
    (void)number;
    stop_asked = 1;
}
bool scan_stop_asked(void) { return stop_asked; }

/* What comes of calls in a file is there soon: one wake for many of them. What comes of a pipe may be waited for. */
static bool comes_at_once(const ticket *t) { return t->kind == TICKET_FILE || (t->kind == TICKET_CALLS && !t->feed); }

/* The worker's side of a ticket. */
static void give(void *ctx, unit *made)
{
    post *to = ctx;
    pool *p = to->pool;
    pthread_mutex_lock(&p->lock);
    while (to->ticket->waiting >= WAITING && !p->failed)
        pthread_cond_wait(&p->room, &p->lock);
    *to->ticket->end = made;
    to->ticket->end = &made->next;
    to->ticket->waiting++;
    if (to->number == p->head && (!comes_at_once(to->ticket) || to->ticket->waiting == WAITING / 2))
        pthread_cond_signal(&p->ready);
    pthread_mutex_unlock(&p->lock);
}

static void ticket_clear(ticket *t)
{
    text bytes = t->bytes; /* its memory is used again, and that of the parcel */
    parcel calls = t->calls;
    bytes.len = 0;
    parcel_clear(&calls);
    *t = (ticket){ .bytes = bytes, .calls = calls, .line = 1 };
    t->end = &t->first;
}

/* The next ticket, filled by the source; false when there is none. */
static bool take_ticket(pool *p, post *to)
{
    bool more = false;
    pthread_mutex_lock(&p->reading);
    pthread_mutex_lock(&p->lock);
    while (p->next - p->head == p->size && !p->failed)
        pthread_cond_wait(&p->room, &p->lock);
    if (!p->finished && !p->failed && !stop_asked) {
        to->number = p->next++;
        to->ticket = &p->ring[to->number % p->size];
        ticket_clear(to->ticket);
        more = true;
    }
    pthread_mutex_unlock(&p->lock);
    if (more)
        source_next(&p->from, to->ticket);
    if (!more || to->ticket->kind == TICKET_END) {
        pthread_mutex_lock(&p->lock);
        p->finished = true;
        if (more)
            p->next--; /* nobody else took one meanwhile: reading is held */
        more = false;
        pthread_cond_signal(&p->ready);
        pthread_mutex_unlock(&p->lock);
    }
    pthread_mutex_unlock(&p->reading);
    return more;
}

static void *work(void *ctx)
{
    post to = { ctx, NULL, 0 };
    pool *p = ctx;
    worker w = { .give = give, .ctx = &to };
    int status = worker_init(&w, p->plan);
    if (status < 0)
        say(p->plan->options->language, W_LIBRARY, "jinyu", jy_status_text(status), NULL);
    while (status >= 0 && take_ticket(p, &to)) {
        worker_run(&w, to.ticket);
        pthread_mutex_lock(&p->lock);
        to.ticket->done = true;
        if (to.number == p->head)
            pthread_cond_signal(&p->ready);
        pthread_mutex_unlock(&p->lock);
    }
    worker_free(&w);
    pthread_mutex_lock(&p->lock);
    p->running--;
    pthread_cond_signal(&p->ready);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* ---- the calling thread's side */
static int hand_over(pool *p, unit *first)
{
    int refused = 0;
    for (unit *next; first; first = next) {
        next = first->next;
        if (first->result)
            p->bad_seen |= jy_result_bad_bytes(first->result, NULL) > 0;
        if (!refused && first->result)
            refused = p->sink->result(p->sink->ctx, first->result);
        else if (!refused && !(first->spare && p->bad_seen))
            refused = p->sink->skipped(p->sink->ctx, &first->diag);
        unit_free(first);
    }
    return refused;
}

/* Takes what the head ticket holds; called and left with the lock held. */
static void empty_head(pool *p, ticket *t)
{
    unit *first = t->first;
    bool done = t->done;
    t->first = NULL;
    t->end = &t->first;
    t->waiting = 0;
    pthread_cond_broadcast(&p->room);
    pthread_mutex_unlock(&p->lock);
    int refused = hand_over(p, first);
    p->bad_seen &= !(done && t->last);
    if (done && t->last && !t->stopped && !refused) {
        p->inputs_done++;
        if (p->sink->done)
            p->sink->done(p->sink->ctx, t->input, t->size);
    } else if (done && p->sink->done && !refused) {
        p->sink->done(p->sink->ctx, SIZE_MAX, t->size);
    }
    pthread_mutex_lock(&p->lock);
    p->failed |= refused != 0;
    if (done) {
        p->head++;
        pthread_cond_broadcast(&p->room);
    }
}

static void empty_all(pool *p)
{
    pthread_mutex_lock(&p->lock);
    while (!p->failed) {
        ticket *t = &p->ring[p->head % p->size];
        bool out = p->head != p->next;
        if (out && (t->done || t->first))
            empty_head(p, t);
        else if (!p->running && !out)
            break;
        else
            pthread_cond_wait(&p->ready, &p->lock);
    }
    pthread_cond_broadcast(&p->room);
    pthread_mutex_unlock(&p->lock);
}

static long thread_count(const cli_options *options)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN), jobs;
    option_number(options, OPT_JOBS, 1, 1024, cores > 0 ? cores : 1, &jobs);
    return jobs;
}

/* Files that are not small, and pipes, keep any number of threads busy; a small file one. */
static size_t useful_threads(const inputs *list, size_t most)
{
    struct stat stat_of;
    for (size_t i = 0; i < list->paths.count && list->paths.count < most; i++) {
        const char *path = list->paths.items[i];
        if (!strcmp(path, "-") || (!stat(path, &stat_of) && (!S_ISREG(stat_of.st_mode) || stat_of.st_size > SMALL_FILE)))
            return most;
    }
    return list->paths.count < most ? list->paths.count : most;
}

static size_t start(pool *p, pthread_t *threads, size_t count)
{
    size_t started = 0;
    p->running = count;
    while (started < count && !pthread_create(&threads[started], NULL, work, p))
        started++;
    pthread_mutex_lock(&p->lock);
    p->running -= count - started;
    pthread_mutex_unlock(&p->lock);
    return started;
}

void scan_catch_interrupt(void)
{
    struct sigaction action = { 0 };
    action.sa_handler = on_interrupt;
    action.sa_flags = (int)SA_RESETHAND; /* a second Ctrl-C ends at once */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static void pool_free(pool *p)
{
    for (size_t i = 0; i < p->size; i++) {
        for (unit *next, *left = p->ring[i].first; left; left = next) {
            next = left->next;
            unit_free(left);
        }
        text_free(&p->ring[i].bytes);
        parcel_free(&p->ring[i].calls);
        jy_reader_free(p->ring[i].reader);
        feed_free(p->ring[i].feed);
    }
    free(p->ring);
    source_free(&p->from);
    pthread_mutex_destroy(&p->reading);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->ready);
    pthread_cond_destroy(&p->room);
}

int scan_inputs(const scan_plan *plan, const scan_sink *sink, size_t *reached)
{
    pool p = { .plan = plan, .sink = sink };
    size_t count = useful_threads(plan->inputs, (size_t)thread_count(plan->options)), started;
    pthread_t *threads;
    if (!count)
        count = 1;
    threads = mem_resize(NULL, count * sizeof(*threads));
    p.size = count * 4;
    p.ring = mem_resize(NULL, p.size * sizeof(*p.ring));
    memset(p.ring, 0, p.size * sizeof(*p.ring));
    pthread_mutex_init(&p.reading, NULL);
    pthread_mutex_init(&p.lock, NULL);
    pthread_cond_init(&p.ready, NULL);
    pthread_cond_init(&p.room, NULL);
    source_init(&p.from, plan);
    scan_catch_interrupt();
    started = start(&p, threads, count);
    empty_all(&p);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    *reached = p.inputs_done;
    pool_free(&p);
    free(threads);
    return *reached == plan->inputs->paths.count ? EXIT_CLEAN : EXIT_PARTLY;
}
