/*
 * The server as a whole: limits, start, stop, figures. What loops and connections do is in loop.c,
 * connection.c and exchange.c.
 */
#include "http/server.h"

#include "base/heap.h"
#include "http/server_private.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum
{
    LOOPS_MAX = 64,
    LOOPS_DEFAULT_MAX = 4,
    SPARE_DESCRIPTORS = 200, /* for databases, files and the like */
    SWEEP_MIN_US = 10 * 1000,
    SWEEP_MAX_US = 1000 * 1000
};

const HttpLimits http_limits_default = {
    .uri_bytes = 16 * 1024,
    .header_count = 100,
    .header_bytes = 32 * 1024,
    .body_bytes = 8 * 1024 * 1024,
    .body_memory = 64 * 1024 * 1024,
    .header_ms = 10 * 1000,
    .body_ms = 20 * 1000,
    .body_rate = 1024,
    .idle_ms = 75 * 1000,
    .write_ms = 30 * 1000,
    .write_rate = 512,
    .handle_ms = 0,
    .linger_ms = 2 * 1000,
    .drain_ms = 25 * 1000,
    .abandon_ms = 3 * 1000,
    .connections = 16000,
    .requests = 100000,
};

typedef struct CancelTask
{
    struct CancelTask *next;
    Cancel *cancel;
} CancelTask;

/* --- Limits --------------------------------------------------------------------------------- */

#define DEFAULT(member)                                                                            \
    do                                                                                             \
    {                                                                                              \
        if (limits->member == 0)                                                                   \
            limits->member = http_limits_default.member;                                           \
    } while (0)

static void
fill_limits(HttpLimits *limits)
{
    DEFAULT(uri_bytes);
    DEFAULT(header_count);
    DEFAULT(header_bytes);
    DEFAULT(body_bytes);
    DEFAULT(body_memory);
    DEFAULT(header_ms);
    DEFAULT(body_ms);
    DEFAULT(body_rate);
    DEFAULT(idle_ms);
    DEFAULT(write_ms);
    DEFAULT(write_rate);
    DEFAULT(handle_ms);
    DEFAULT(linger_ms);
    DEFAULT(drain_ms);
    DEFAULT(abandon_ms);
    DEFAULT(connections);
    DEFAULT(requests);
    if (limits->header_count > HTTP_HEADERS_MAX)
        limits->header_count = HTTP_HEADERS_MAX;
}

#undef DEFAULT

/* As many descriptors as the system gives; fewer connections when these are too few. */
static void
fit_descriptors(HttpLimits *limits)
{
    struct rlimit files;

    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0 && getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    if (files.rlim_cur > SPARE_DESCRIPTORS * 2 &&
        limits->connections > files.rlim_cur - SPARE_DESCRIPTORS)
        limits->connections = (unsigned) files.rlim_cur - SPARE_DESCRIPTORS;
}

/* Often enough for the shortest deadline. */
static int64_t
sweep_step(const HttpLimits *limits)
{
    const unsigned times[] = { limits->header_ms, limits->body_ms,   limits->idle_ms,
                               limits->write_ms,  limits->linger_ms, limits->handle_ms };
    int64_t step = SWEEP_MAX_US;

    for (size_t i = 0; i < COUNT_OF(times); i++)
        if (times[i] > 0 && (int64_t) times[i] * 1000 / 8 < step)
            step = (int64_t) times[i] * 1000 / 8;
    return step < SWEEP_MIN_US ? SWEEP_MIN_US : step;
}

bool
server_hold(HttpServer *server, size_t bytes)
{
    if (atomic_fetch_add(&server->held, bytes) + bytes <= server->limits.body_memory)
        return true;
    server_release(server, bytes);
    return false;
}

void
server_release(HttpServer *server, size_t bytes)
{
    if (bytes > 0)
        (void) atomic_fetch_sub(&server->held, bytes);
}

/* --- The canceller -------------------------------------------------------------------------- */

void
server_cancel(HttpServer *server, Cancel *cancel)
{
    CancelTask *task = heap_new(1, sizeof(*task));

    task->cancel = cancel_ref(cancel);
    (void) pthread_mutex_lock(&server->cancel_lock);
    task->next = server->cancels;
    server->cancels = task;
    (void) pthread_cond_signal(&server->cancel_work);
    (void) pthread_mutex_unlock(&server->cancel_lock);
}

static void
run_cancels(CancelTask *task)
{
    while (task != NULL)
    {
        CancelTask *next = task->next;

        cancel_now(task->cancel);
        cancel_free(&task->cancel);
        heap_free(task);
        task = next;
    }
}

static void *
canceller_run(void *arg)
{
    HttpServer *server = arg;
    bool ending = false;

    while (!ending)
    {
        CancelTask *tasks;

        (void) pthread_mutex_lock(&server->cancel_lock);
        while (server->cancels == NULL && !server->cancel_ending)
            (void) pthread_cond_wait(&server->cancel_work, &server->cancel_lock);
        tasks = server->cancels;
        server->cancels = NULL;
        ending = server->cancel_ending;
        (void) pthread_mutex_unlock(&server->cancel_lock);
        run_cancels(tasks);
    }
    return NULL;
}

static void
stop_canceller(HttpServer *server)
{
    if (!server->canceller_started)
        return;
    (void) pthread_mutex_lock(&server->cancel_lock);
    server->cancel_ending = true;
    (void) pthread_cond_signal(&server->cancel_work);
    (void) pthread_mutex_unlock(&server->cancel_lock);
    (void) pthread_join(server->canceller, NULL);
    server->canceller_started = false;
}

/* --- Starting ------------------------------------------------------------------------------- */

static unsigned
loops_wanted(unsigned asked)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (asked > 0)
        return asked < LOOPS_MAX ? asked : LOOPS_MAX;
    if (processors < 1)
        return 1;
    return processors > LOOPS_DEFAULT_MAX ? LOOPS_DEFAULT_MAX : (unsigned) processors;
}

/* "" or "/a/b"; without a slash at the end. */
static bool
set_base_path(HttpServer *server, const char *path, Error *err)
{
    size_t len = path == NULL ? 0 : strlen(path);

    while (len > 0 && path[len - 1] == '/')
        len--;
    if (len > 0 && (path[0] != '/' || strpbrk(path, "?#%\\ ") != NULL || strstr(path, "//")))
        return error_set(err, ERR_CONFIG, "\"%s\" is not a base path such as /stats", path);
    server->base_path = arena_text_n(server->arena, path == NULL ? "" : path, len);
    return true;
}

static bool
open_listeners(HttpServer *server, const HttpServerOptions *options, Error *err)
{
    size_t inherited = options->inherit ? listener_inherited() : 0;

    server->groups = heap_new(options->listen_count + inherited + 1, sizeof(ListenGroup));
    for (size_t i = 0; i < options->listen_count; i++)
        if (!listener_open(server, &options->listens[i], &server->groups[server->group_count++],
                           err))
            return false;
    for (size_t i = 0; i < inherited; i++)
        if (!listener_inherit(i, options->inherit_planes, &server->groups[server->group_count++],
                              err))
            return false;
    if (server->group_count == 0)
        return error_set(err, ERR_CONFIG, "there is no address to listen on");
    return true;
}

static bool
start_threads(HttpServer *server, Error *err)
{
    if (pthread_create(&server->canceller, NULL, canceller_run, server) != 0)
        return error_set(err, ERR_INTERNAL, "cannot start a thread");
    server->canceller_started = true;
    for (unsigned i = 0; i < server->loop_count; i++)
        if (!loop_init(&server->loops[i], server, i, err))
            return false;
    for (unsigned i = 0; i < server->loop_count; i++)
        if (!loop_start(&server->loops[i], err))
            return false;
    return true;
}

HttpServer *
server_open(const HttpServerOptions *options, Error *err)
{
    HttpServer *server = heap_new(1, sizeof(HttpServer));

    server->app = options->app;
    server->limits = options->limits;
    server->pool = options->pool;
    server->arena = arena_new();
    server->loop_count = loops_wanted(options->loops);
    server->loops = heap_new(server->loop_count, sizeof(Loop));
    (void) pthread_mutex_init(&server->cancel_lock, NULL);
    (void) pthread_cond_init(&server->cancel_work, NULL);
    fill_limits(&server->limits);
    fit_descriptors(&server->limits);
    server->sweep_us = sweep_step(&server->limits);
    if (!set_base_path(server, options->base_path, err) ||
        !networks_parse(server->arena,
                        options->trusted_proxies == NULL ? "" : options->trusted_proxies,
                        &server->trusted, err) ||
        !open_listeners(server, options, err) || !start_threads(server, err))
    {
        server_close(&server);
        return NULL;
    }
    return server;
}

const char *
server_address(const HttpServer *server, size_t index)
{
    return index < server->group_count ? server->groups[index].address : NULL;
}

/* --- Stopping ------------------------------------------------------------------------------- */

bool
server_stop(HttpServer *server)
{
    int64_t drained = time_monotonic() + (int64_t) server->limits.drain_ms * 1000;

    if (atomic_exchange(&server->stopped, true))
        return !atomic_load(&server->abandoned);
    atomic_store(&server->drain_deadline, drained);
    atomic_store(&server->final_deadline, drained + (int64_t) server->limits.abandon_ms * 1000);
    atomic_store(&server->stopping, true);
    for (unsigned i = 0; i < server->loop_count; i++)
        if (server->loops[i].started)
            loop_wake(&server->loops[i]);
    for (unsigned i = 0; i < server->loop_count; i++)
        if (server->loops[i].started)
            (void) pthread_join(server->loops[i].thread, NULL);
    for (size_t i = 0; i < server->group_count; i++)
        listener_close_group(&server->groups[i]);
    server->group_count = 0;
    if (!atomic_load(&server->abandoned))
        stop_canceller(server);
    return !atomic_load(&server->abandoned);
}

/* A handler that did not return still uses the server's memory: it is left to the process. */
void
server_close(HttpServer **server)
{
    HttpServer *s = *server;

    *server = NULL;
    if (s == NULL || !server_stop(s))
        return;
    for (unsigned i = 0; i < s->loop_count; i++)
        loop_dispose(&s->loops[i]);
    heap_free(s->loops);
    heap_free(s->groups);
    (void) pthread_mutex_destroy(&s->cancel_lock);
    (void) pthread_cond_destroy(&s->cancel_work);
    arena_free(&s->arena);
    heap_free(s);
}

/* --- Figures -------------------------------------------------------------------------------- */

HttpStats
server_stats(const HttpServer *server)
{
    HttpStats stats = { .connections = atomic_load(&server->connections) };
    int64_t running = 0;

    for (unsigned i = 0; i < server->loop_count; i++)
    {
        const LoopStats *loop = &server->loops[i].stats;

        stats.accepted += atomic_load(&loop->accepted);
        stats.evicted += atomic_load(&loop->evicted);
        stats.requests += atomic_load(&loop->requests);
        stats.bytes_in += atomic_load(&loop->bytes_in);
        stats.bytes_out += atomic_load(&loop->bytes_out);
        stats.refused += atomic_load(&loop->refused);
        stats.timeouts += atomic_load(&loop->timeouts);
        stats.overload += atomic_load(&loop->overload);
        stats.left += atomic_load(&loop->left);
        running += atomic_load(&loop->running);
    }
    stats.running = running < 0 ? 0 : (unsigned) running;
    return stats;
}
