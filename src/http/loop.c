/*
 * One loop thread: waits for events, gives them to listeners and connections, looks at deadlines a
 * few times per second, and takes what workers post.
 */
#include "http/server_private.h"

#include "base/heap.h"
#include "base/log.h"

#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum
{
    EVENTS = 256,
    BACKLOG_MAX = 65536,
    ACCEPTS = 64, /* per turn, so that those who are in are served too */
    BODY_READ_BYTES = 64 * 1024,
    ACCEPT_PAUSE_US = 100 * 1000,
    STOP_SWEEP_US = 20 * 1000,
    STOP_FRESH_MS = 1000 /* at a stop, for a connection that has not asked anything yet */
};

/* --- Lists and spares ----------------------------------------------------------------------- */

static ConnectionList *
list_of(Connection *connection)
{
    return connection->state == CONNECTION_HEAD ? &connection->loop->waiting
                                                : &connection->loop->busy;
}

/* Links are closed off at both ends, so that it does not matter which list it was in. */
void
loop_delist(Connection *connection)
{
    Loop *loop = connection->loop;

    if (connection->prev != NULL)
        connection->prev->next = connection->next;
    if (connection->next != NULL)
        connection->next->prev = connection->prev;
    if (loop->waiting.first == connection)
        loop->waiting.first = connection->next;
    if (loop->waiting.last == connection)
        loop->waiting.last = connection->prev;
    if (loop->busy.first == connection)
        loop->busy.first = connection->next;
    if (loop->busy.last == connection)
        loop->busy.last = connection->prev;
    connection->next = connection->prev = NULL;
}

void
loop_enlist(Connection *connection)
{
    ConnectionList *list = list_of(connection);

    loop_delist(connection);
    connection->prev = list->last;
    if (list->last != NULL)
        list->last->next = connection;
    else
        list->first = connection;
    list->last = connection;
}

void
loop_mark_ready(Connection *connection)
{
    if (connection->in_ready)
        return;
    connection->in_ready = true;
    connection->next_ready = connection->loop->ready;
    connection->loop->ready = connection;
}

SpareArena
loop_take_arena(Loop *loop)
{
    SpareArena spare;

    if (loop->spare_count > 0)
        return loop->spares[--loop->spare_count];
    spare.arena = arena_new();
    spare.mark = arena_mark(spare.arena);
    return spare;
}

void
loop_give_arena(Loop *loop, Arena *arena, ArenaMark mark)
{
    if (loop->spare_count == SPARE_ARENAS || arena_bytes(arena) > SPARE_ARENA_BYTES)
    {
        arena_free(&arena);
        return;
    }
    arena_rewind(arena, mark);
    loop->spares[loop->spare_count++] = (SpareArena){ .arena = arena, .mark = mark };
}

/* --- Posts from workers --------------------------------------------------------------------- */

void
loop_wake(Loop *loop)
{
    const uint64_t one = 1;

    /* It fails only when a wake is under way already. */
    if (write(loop->wake.fd, &one, sizeof(one)) < 0)
        return;
}

void
loop_post(Exchange *exchange, bool done)
{
    Loop *loop = exchange->loop;

    (void) pthread_mutex_lock(&loop->post_lock);
    exchange->done = exchange->done || done;
    if (!exchange->posted)
    {
        /* With the lock held: once the loop has seen the last exchange it may be taken down. */
        if (loop->posted == NULL)
            loop_wake(loop);
        exchange->posted = true;
        exchange->next_posted = NULL;
        *loop->posted_last = exchange;
        loop->posted_last = &exchange->next_posted;
    }
    (void) pthread_mutex_unlock(&loop->post_lock);
}

static Exchange *
take_post(Loop *loop, bool *done)
{
    Exchange *exchange;

    (void) pthread_mutex_lock(&loop->post_lock);
    exchange = loop->posted;
    if (exchange != NULL)
    {
        loop->posted = exchange->next_posted;
        if (loop->posted == NULL)
            loop->posted_last = &loop->posted;
        exchange->posted = false;
        *done = exchange->done;
    }
    (void) pthread_mutex_unlock(&loop->post_lock);
    return exchange;
}

static void
handle_post(Loop *loop, Exchange *exchange, bool done)
{
    Connection *connection = exchange->connection;

    if (done)
    {
        exchange->lent = false;
        loop->lent--;
        COUNT(loop, running, -1);
    }
    if (connection == NULL)
    {
        if (done)
            exchange_end(exchange, true);
        else if (exchange->res.ring != NULL)
            ring_close(exchange->res.ring);
        return;
    }
    /* Given up before anything left. */
    if (exchange->res.head.ptr == NULL)
    {
        connection_close(connection);
        return;
    }
    if (connection->state == CONNECTION_HANDLING)
    {
        connection->state = CONNECTION_SENDING;
        connection->deadline = 0;
    }
    connection_advance(connection);
}

static void
take_posts(Loop *loop)
{
    Exchange *exchange;
    bool done = false;

    for (exchange = take_post(loop, &done); exchange != NULL; exchange = take_post(loop, &done))
        handle_post(loop, exchange, done);
}

/* --- Accepting ------------------------------------------------------------------------------ */

static bool
make_room(Loop *loop)
{
    Connection *oldest = loop->waiting.first;

    if (oldest == NULL)
        return false;
    COUNT(loop, evicted, 1);
    connection_close(oldest);
    return true;
}

static Listener *
own_listener(const Loop *loop, const ListenGroup *group)
{
    return &group->listeners[group->count == 1 ? 0 : loop->index];
}

static void
watch_listeners(Loop *loop, int operation, unsigned events)
{
    HttpServer *server = loop->server;

    for (size_t i = 0; i < server->group_count; i++)
    {
        ListenGroup *group = &server->groups[i];
        Listener *listener = own_listener(loop, group);
        struct epoll_event event = { .events = events, .data.ptr = listener };

        if (listener->shared && operation == EPOLL_CTL_ADD && events != 0)
            event.events |= EPOLLEXCLUSIVE;
        if (listener->fd >= 0 && epoll_ctl(loop->epoll, operation, listener->fd, &event) != 0 &&
            operation == EPOLL_CTL_ADD)
            log_error("listen", LOG_TEXT("address", group->address),
                      LOG_TEXT("reason", strerror(errno)));
    }
}

/* Out of descriptors: one that waits goes; without any, listeners rest for a moment. */
static void
out_of_descriptors(Loop *loop)
{
    if (make_room(loop) || loop->accept_again != 0)
        return;
    watch_listeners(loop, EPOLL_CTL_DEL, 0);
    loop->accept_again = loop->now + ACCEPT_PAUSE_US;
}

static bool
accept_one(Loop *loop, const Listener *listener)
{
    struct sockaddr_storage address = { .ss_family = AF_UNSPEC };
    socklen_t len = sizeof(address);
    Address peer = { .bytes = { 0 } };
    int fd =
        accept4(listener->fd, (struct sockaddr *) &address, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (fd < 0)
    {
        if (errno == EMFILE || errno == ENFILE)
            out_of_descriptors(loop);
        /* Others are of a client that left in between: the next may be fine. */
        return errno == ECONNABORTED || errno == EINTR;
    }
    if (atomic_load(&loop->server->connections) >= loop->server->limits.connections &&
        !make_room(loop))
    {
        COUNT(loop, overload, 1);
        (void) close(fd);
        return true;
    }
    (void) address_from_socket((struct sockaddr *) &address, &peer); /* a unix peer has none */
    connection_open(loop, listener, fd, &peer);
    return true;
}

static void
accept_some(Loop *loop, const Listener *listener, int most)
{
    int count = 0;

    while (count < most && accept_one(loop, listener))
        count++;
}

/* --- Deadlines and stopping ----------------------------------------------------------------- */

static void
sweep_list(Loop *loop, ConnectionList *list)
{
    Connection *next;

    for (Connection *connection = list->first; connection != NULL; connection = next)
    {
        Exchange *exchange = connection->exchange;

        next = connection->next;
        if (exchange != NULL && exchange->lent && !exchange->cancelled)
        {
            int64_t deadline = cancel_deadline(exchange->cancel);

            if (deadline != 0 && loop->now > deadline)
            {
                exchange->cancelled = true;
                server_cancel(loop->server, exchange->cancel);
            }
        }
        if (connection->deadline != 0 && loop->now >= connection->deadline)
            connection_timeout(connection);
    }
}

static void
stop_listening(Loop *loop)
{
    HttpServer *server = loop->server;

    /* Whoever the kernel let in already would be cut off by the close. */
    for (size_t i = 0; i < server->group_count; i++)
        accept_some(loop, own_listener(loop, &server->groups[i]), BACKLOG_MAX);
    watch_listeners(loop, EPOLL_CTL_DEL, 0);
    for (size_t i = 0; i < server->group_count; i++)
    {
        Listener *listener = own_listener(loop, &server->groups[i]);

        /* A shared one is closed by the server, after the last loop. */
        if (listener->shared)
            continue;
        (void) close(listener->fd);
        listener->fd = -1;
    }
    loop->accepting = false;
}

static void
stop_waiting(Loop *loop)
{
    Connection *next;

    for (Connection *connection = loop->waiting.first; connection != NULL; connection = next)
    {
        int64_t soon = loop->now + STOP_FRESH_MS * 1000;

        next = connection->next;
        if (connection->requests > 0 && connection->input_len == 0)
            connection_close(connection);
        else if (connection->deadline > soon)
            connection->deadline = soon;
    }
}

static void
cancel_all(Loop *loop)
{
    Connection *next;

    for (Connection *connection = loop->busy.first; connection != NULL; connection = next)
    {
        Exchange *exchange = connection->exchange;

        next = connection->next;
        if (exchange == NULL || !exchange->lent)
        {
            connection_close(connection);
            continue;
        }
        if (!exchange->cancelled)
            server_cancel(loop->server, exchange->cancel);
        exchange->cancelled = true;
    }
}

static void
close_all(Loop *loop)
{
    while (loop->waiting.first != NULL)
        connection_close(loop->waiting.first);
    while (loop->busy.first != NULL)
        connection_close(loop->busy.first);
}

/* True when the loop may end. */
static bool
stop_step(Loop *loop)
{
    HttpServer *server = loop->server;

    if (loop->accepting)
    {
        stop_listening(loop);
        stop_waiting(loop);
    }
    if (loop->now > atomic_load(&server->drain_deadline) && !loop->cancelled_all)
    {
        loop->cancelled_all = true;
        cancel_all(loop);
    }
    if (loop->now > atomic_load(&server->final_deadline))
    {
        close_all(loop);
        if (loop->lent > 0)
            atomic_store(&server->abandoned, true);
        return true;
    }
    return loop->waiting.first == NULL && loop->busy.first == NULL && loop->lent == 0;
}

/* --- The loop ------------------------------------------------------------------------------- */

static void
dispatch(Loop *loop, const struct epoll_event *event)
{
    const WatchKind *kind = event->data.ptr;
    uint64_t count;

    switch (*kind)
    {
        case WATCH_WAKE:
            /* Only the reset counts, not the number of wakes. */
            if (read(loop->wake.fd, &count, sizeof(count)) < 0)
                return;
            break;
        case WATCH_LISTENER:
            if (loop->accepting && loop->accept_again == 0)
                accept_some(loop, event->data.ptr, ACCEPTS);
            break;
        case WATCH_CONNECTION:
            connection_event(event->data.ptr, event->events);
            break;
    }
}

static void
run_ready(Loop *loop)
{
    Connection *connection = loop->ready;

    loop->ready = NULL;
    while (connection != NULL)
    {
        Connection *next = connection->next_ready;

        connection->in_ready = false;
        connection_advance(connection);
        connection = next;
    }
}

static void
free_closed(Loop *loop)
{
    Connection *connection = loop->closed;

    loop->closed = NULL;
    while (connection != NULL)
    {
        Connection *next = connection->next;

        if (connection->in_ready)
        {
            connection->next = loop->closed;
            loop->closed = connection;
        }
        else
            heap_free(connection);
        connection = next;
    }
}

static void
sweep(Loop *loop)
{
    int64_t step = loop->server->sweep_us;

    if (loop->accepting == false && step > STOP_SWEEP_US)
        step = STOP_SWEEP_US;
    if (loop->now < loop->next_sweep)
        return;
    loop->next_sweep = loop->now + step;
    sweep_list(loop, &loop->waiting);
    sweep_list(loop, &loop->busy);
    if (loop->accept_again != 0 && loop->now >= loop->accept_again && loop->accepting)
    {
        loop->accept_again = 0;
        watch_listeners(loop, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static void *
loop_run(void *arg)
{
    Loop *loop = arg;
    struct epoll_event events[EVENTS];
    bool ended = false;

    loop->now = time_monotonic();
    while (!ended)
    {
        int64_t wait_us = loop->next_sweep - loop->now;
        int count;

        if (wait_us < 0 || loop->ready != NULL)
            wait_us = 0;
        count = epoll_wait(loop->epoll, events, EVENTS, (int) ((wait_us + 999) / 1000));
        loop->now = time_monotonic();
        for (int i = 0; i < count; i++)
            dispatch(loop, &events[i]);
        take_posts(loop);
        run_ready(loop);
        sweep(loop);
        if (atomic_load_explicit(&loop->server->stopping, memory_order_relaxed))
            ended = stop_step(loop);
        free_closed(loop);
    }
    return NULL;
}

bool
loop_init(Loop *loop, HttpServer *server, unsigned index, Error *err)
{
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = &loop->wake };

    loop->server = server;
    loop->index = index;
    loop->posted_last = &loop->posted;
    loop->accepting = true;
    loop->wake.kind = WATCH_WAKE;
    loop->scratch_size =
        server->limits.header_bytes + server->limits.uri_bytes + 2 * BODY_READ_BYTES;
    loop->scratch = heap_new(loop->scratch_size, 1);
    (void) pthread_mutex_init(&loop->post_lock, NULL);
    loop->wake.fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (loop->wake.fd < 0 || loop->epoll < 0 ||
        epoll_ctl(loop->epoll, EPOLL_CTL_ADD, loop->wake.fd, &event) != 0)
        return error_set(err, ERR_INTERNAL, "cannot make an event loop: %s", strerror(errno));
    watch_listeners(loop, EPOLL_CTL_ADD, EPOLLIN);
    return true;
}

/* Signals belong to the main thread. */
bool
loop_start(Loop *loop, Error *err)
{
    sigset_t all;
    sigset_t before;
    int code;

    (void) sigfillset(&all);
    (void) pthread_sigmask(SIG_SETMASK, &all, &before);
    code = pthread_create(&loop->thread, NULL, loop_run, loop);
    (void) pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (code != 0)
        return error_set(err, ERR_INTERNAL, "cannot start a thread: %s", strerror(code));
    loop->started = true;
    return true;
}

/* The thread has ended. */
void
loop_dispose(Loop *loop)
{
    if (loop->server == NULL)
        return;
    close_all(loop);
    free_closed(loop);
    while (loop->spare_count > 0)
        arena_free(&loop->spares[--loop->spare_count].arena);
    if (loop->wake.fd >= 0)
        (void) close(loop->wake.fd);
    if (loop->epoll >= 0)
        (void) close(loop->epoll);
    (void) pthread_mutex_destroy(&loop->post_lock);
    heap_free(loop->scratch);
}
