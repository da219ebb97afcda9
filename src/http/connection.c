/*
 * One connection, as a small machine: read a head, read a body, wait for the worker, send, again.
 * It goes as far as it can and then waits for an event; every wait has a deadline. Events are
 * edge-triggered: `readable` and `writable` remember what the kernel last said.
 */
#include "http/server_private.h"

#include "base/heap.h"

#include <errno.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum
{
    HEAD_READ_BYTES = 16 * 1024, /* per read, so that little is kept while a request runs */
    TURNS = 64                   /* steps before other connections have their turn */
};

static const HttpLimits *
limits_of(const Connection *connection)
{
    return &connection->loop->server->limits;
}

static void
set_deadline(Connection *connection, unsigned ms)
{
    connection->deadline = connection->loop->now + (int64_t) ms * 1000;
}

static void
set_state(Connection *connection, ConnectionState state)
{
    connection->state = state;
    connection->deadline = 0;
    loop_enlist(connection);
}

/* --- Opening and closing -------------------------------------------------------------------- */

void
connection_open(Loop *loop, const Listener *listener, int fd, const Address *peer)
{
    Connection *connection = heap_new(1, sizeof(Connection));
    struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                                 .data.ptr = connection };

    connection->kind = WATCH_CONNECTION;
    connection->loop = loop;
    connection->fd = fd;
    connection->is_unix = listener->is_unix;
    connection->plane_mask = listener->plane_mask;
    connection->writable = true;
    connection->peer = *peer;
    if (listener->is_unix)
        memcpy(connection->peer_text, "unix", 5);
    else
        address_format(peer, connection->peer_text);
    (void) atomic_fetch_add(&loop->server->connections, 1);
    COUNT(loop, accepted, 1);
    set_state(connection, CONNECTION_HEAD);
    set_deadline(connection, limits_of(connection)->header_ms);
    if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
        connection_close(connection);
}

static void
drop_input(Connection *connection)
{
    server_release(connection->loop->server, connection->input_len);
    heap_free(connection->input);
    connection->input = NULL;
    connection->input_len = 0;
}

/* The handler is told that nobody listens any more; the exchange ends when it has returned. */
static void
drop_exchange(Connection *connection)
{
    Exchange *exchange = connection->exchange;

    connection->exchange = NULL;
    if (exchange == NULL)
        return;
    exchange->connection = NULL;
    if (!exchange->lent)
    {
        exchange_end(exchange, true);
        return;
    }
    if (exchange->res.head.ptr != NULL && connection->state == CONNECTION_SENDING)
        ring_close(exchange->res.ring);
    if (!exchange->cancelled)
        server_cancel(connection->loop->server, exchange->cancel);
    exchange->cancelled = true;
}

void
connection_close(Connection *connection)
{
    Loop *loop = connection->loop;

    if (connection->state == CONNECTION_CLOSED)
        return;
    drop_exchange(connection);
    drop_input(connection);
    (void) close(connection->fd);
    (void) atomic_fetch_sub(&loop->server->connections, 1);
    loop_delist(connection);
    connection->state = CONNECTION_CLOSED;
    connection->next = loop->closed;
    loop->closed = connection;
}

/* Without a farewell, so that the client cannot take what it has for whole. */
static void
reset(Connection *connection)
{
    struct linger hard = { .l_onoff = 1, .l_linger = 0 };

    /* If it fails the client sees an end that comes too early instead. */
    (void) setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    connection_close(connection);
}

static void
left(Connection *connection)
{
    if (connection->exchange != NULL)
        COUNT(connection->loop, left, 1);
    connection_close(connection);
}

/* --- Input ---------------------------------------------------------------------------------- */

/* What was kept goes to the front of the scratch area. */
static Str
load_input(Connection *connection)
{
    Str view = { connection->loop->scratch, connection->input_len };

    if (connection->input_len > 0)
    {
        memcpy(connection->loop->scratch, connection->input, connection->input_len);
        drop_input(connection);
    }
    return view;
}

/* False when the memory for such things is used up; the connection is closed then. */
static bool
keep_input(Connection *connection, Str rest)
{
    if (rest.len == 0)
        return true;
    if (!server_hold(connection->loop->server, rest.len))
    {
        COUNT(connection->loop, overload, 1);
        connection_close(connection);
        return false;
    }
    connection->input = heap_grow(NULL, rest.len, 1);
    memcpy(connection->input, rest.ptr, rest.len);
    connection->input_len = rest.len;
    return true;
}

/*
 * Adds what the socket has to the view. False when there is nothing now, or the connection was
 * closed because its client has gone.
 */
static bool
receive(Connection *connection, Str *view, size_t max)
{
    Loop *loop = connection->loop;
    size_t room = loop->scratch_size - view->len;
    ssize_t got;

    if (!connection->readable || room == 0)
        return false;
    if (room > max)
        room = max;
    got = recv(connection->fd, loop->scratch + view->len, room, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
    {
        connection->readable = errno == EINTR;
        return false;
    }
    if (got <= 0)
    {
        left(connection);
        return false;
    }
    /* A short read means that the socket is empty, unless its end is still to be read. */
    if ((size_t) got < room && !connection->peer_closed)
        connection->readable = false;
    COUNT(loop, bytes_in, (uint64_t) got);
    view->len += (size_t) got;
    return true;
}

/* --- Requests ------------------------------------------------------------------------------- */

/* The answer is made: send it. */
static void
begin_sending(Connection *connection)
{
    set_state(connection, CONNECTION_SENDING);
}

static void
refuse(Connection *connection, int status, const char *reason)
{
    if (connection->exchange != NULL)
        exchange_refuse(connection->exchange, status, reason);
    else
        connection->exchange = exchange_refused(connection, status, reason);
    begin_sending(connection);
}

static void
run(Connection *connection)
{
    if (exchange_run(connection->exchange))
        begin_sending(connection);
    else if (connection->peer_closed)
        left(connection);
    else
        set_state(connection, CONNECTION_HANDLING);
}

/* 25 bytes fit in the socket; a client that does not get them sends its body all the same. */
static void
say_continue(Connection *connection)
{
    static const char words[] = "HTTP/1.1 100 Continue\r\n\r\n";

    if (connection->exchange->expect_continue && connection->input_len == 0 &&
        send(connection->fd, words, sizeof(words) - 1, MSG_NOSIGNAL) < (ssize_t) sizeof(words) - 1)
        connection->writable = false;
}

static void
start_request(Connection *connection, Str head)
{
    Exchange *exchange = exchange_new(connection, head);

    connection->exchange = exchange;
    connection->requests++;
    connection->scan = (HeadScan){ 0 };
    if (exchange->refusal.status == 0 && exchange_wants_body(exchange))
    {
        set_state(connection, CONNECTION_BODY);
        set_deadline(connection, limits_of(connection)->body_ms);
        connection->progress = 0;
        return;
    }
    if (exchange->refusal.status != 0)
        begin_sending(connection);
    else
        run(connection);
}

/* Each of these goes one step, and tells whether there may be another one now. */

static bool
advance_head(Connection *connection)
{
    const HttpLimits *limits = limits_of(connection);
    bool was_idle = connection->input_len == 0;
    Str view = load_input(connection);
    ParseResult result = PARSE_MORE;
    HttpRefusal refusal;
    size_t head_len = 0;
    Str head;

    if (view.len > 0)
        result = parser_find_head(&connection->scan, view, limits, &head_len, &refusal);
    if (result == PARSE_MORE && receive(connection, &view, HEAD_READ_BYTES))
        result = parser_find_head(&connection->scan, view, limits, &head_len, &refusal);
    if (connection->state == CONNECTION_CLOSED)
        return false;
    if (result == PARSE_REFUSED)
    {
        refuse(connection, refusal.status, refusal.reason);
        return true;
    }
    if (result == PARSE_MORE)
    {
        if (was_idle && view.len > 0 && connection->requests > 0)
            set_deadline(connection, limits->header_ms);
        return keep_input(connection, view) && connection->readable;
    }
    head = (Str){ view.ptr, head_len };
    if (!keep_input(connection, (Str){ view.ptr + head_len, view.len - head_len }))
        return false;
    start_request(connection, head);
    if (connection->state == CONNECTION_BODY)
        say_continue(connection);
    return connection->state != CONNECTION_CLOSED;
}

static bool
advance_body(Connection *connection)
{
    Exchange *exchange = connection->exchange;
    Str view = load_input(connection);
    ParseResult result;
    size_t used;

    if (view.len == 0 && !receive(connection, &view, connection->loop->scratch_size))
        return connection->state != CONNECTION_CLOSED && connection->readable;
    result = exchange_take_body(exchange, view, &used);
    if (result == PARSE_REFUSED)
    {
        begin_sending(connection);
        return true;
    }
    if (!keep_input(connection, (Str){ view.ptr + used, view.len - used }))
        return false;
    if (result == PARSE_DONE)
        run(connection);
    return connection->state != CONNECTION_CLOSED;
}

/* --- Answers -------------------------------------------------------------------------------- */

static void
begin_closing(Connection *connection, bool unread)
{
    if (!unread)
    {
        connection_close(connection);
        return;
    }
    /* To close now would reset the connection, and the client might never see the answer. */
    drop_input(connection);
    (void) shutdown(connection->fd, SHUT_WR);
    set_state(connection, CONNECTION_LINGER);
    set_deadline(connection, limits_of(connection)->linger_ms);
    connection->readable = true;
}

static void
end_answer(Connection *connection)
{
    Exchange *exchange = connection->exchange;
    bool closing = exchange->res.close || atomic_load(&connection->loop->server->stopping);
    bool unread =
        exchange->refusal.status != 0 || connection->input_len > 0 || connection->readable;

    connection->exchange = NULL;
    exchange_end(exchange, false);
    if (closing)
    {
        begin_closing(connection, unread);
        return;
    }
    set_state(connection, CONNECTION_HEAD);
    set_deadline(connection, connection->input_len > 0 ? limits_of(connection)->header_ms
                                                       : limits_of(connection)->idle_ms);
}

/* What can be sent now: the rest of the head, then the body or the pieces of a stream. */
static int
gather(const Exchange *exchange, struct iovec slices[2 + RING_PIECES])
{
    const Response *res = &exchange->res;
    Str parts[2] = { res->head, { NULL, 0 } };
    uint64_t skip = exchange->sent;
    int used = 0;

    if (res->ring == NULL)
        parts[1] = response_sent_body(res);
    for (int i = 0; i < 2; i++)
    {
        size_t cut = skip < parts[i].len ? (size_t) skip : parts[i].len;

        skip -= cut;
        if (cut < parts[i].len)
            slices[used++] = (struct iovec){ .iov_base = (char *) parts[i].ptr + cut,
                                             .iov_len = parts[i].len - cut };
    }
    if (res->ring != NULL)
        used += ring_peek(res->ring, slices + used, RING_PIECES);
    return used;
}

static uint64_t
bytes_arrived(const Connection *connection)
{
    int waiting = 0;

    if (ioctl(connection->fd, SIOCOUTQ, &waiting) != 0 || waiting < 0)
        waiting = 0;
    return connection->sent - (uint64_t) waiting;
}

static void
note_sent(Connection *connection, size_t len)
{
    Exchange *exchange = connection->exchange;
    size_t head_left = 0;

    if (exchange->sent < exchange->res.head.len)
        head_left = exchange->res.head.len - (size_t) exchange->sent;
    exchange->sent += len;
    connection->sent += len;
    COUNT(connection->loop, bytes_out, (uint64_t) len);
    if (exchange->res.ring != NULL && len > head_left)
        ring_consume(exchange->res.ring, len - head_left);
}

/* There is nothing to send now. */
static bool
advance_sent(Connection *connection)
{
    Exchange *exchange = connection->exchange;

    connection->deadline = 0;
    if (exchange->res.ring != NULL && (exchange->lent || !ring_is_done(exchange->res.ring)))
        return false;
    end_answer(connection);
    return connection->state != CONNECTION_CLOSED;
}

static bool
advance_sending(Connection *connection)
{
    struct iovec slices[2 + RING_PIECES];
    struct msghdr message = { .msg_iov = slices };
    size_t total = 0;
    Ring *ring = connection->exchange->res.ring;
    ssize_t sent;

    if (ring != NULL && ring_is_aborted(ring))
    {
        reset(connection);
        return false;
    }
    message.msg_iovlen = (size_t) gather(connection->exchange, slices);
    for (size_t i = 0; i < message.msg_iovlen; i++)
        total += slices[i].iov_len;
    if (total == 0)
        return advance_sent(connection);
    if (!connection->writable)
        return false;
    sent = sendmsg(connection->fd, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR)
        return true;
    if (sent < 0 && errno != EAGAIN)
    {
        left(connection);
        return false;
    }
    if (sent > 0)
        note_sent(connection, (size_t) sent);
    if (sent == (ssize_t) total)
        return ring != NULL || advance_sent(connection);
    connection->writable = false;
    if (connection->deadline == 0)
    {
        set_deadline(connection, limits_of(connection)->write_ms);
        connection->progress = bytes_arrived(connection);
    }
    return false;
}

static bool
advance_linger(Connection *connection)
{
    Str view = { connection->loop->scratch, 0 };

    return receive(connection, &view, connection->loop->scratch_size);
}

void
connection_advance(Connection *connection)
{
    bool more = true;

    for (int turn = 0; more; turn++)
    {
        if (turn == TURNS)
        {
            loop_mark_ready(connection);
            return;
        }
        switch (connection->state)
        {
            case CONNECTION_HEAD:
                more = advance_head(connection);
                break;
            case CONNECTION_BODY:
                more = advance_body(connection);
                break;
            case CONNECTION_SENDING:
                more = advance_sending(connection);
                break;
            case CONNECTION_LINGER:
                more = advance_linger(connection);
                break;
            case CONNECTION_HANDLING:
            case CONNECTION_CLOSED:
                more = false;
                break;
        }
    }
}

/* --- Events --------------------------------------------------------------------------------- */

/*
 * A client that closes its side while a worker runs its request has left, even if it could still
 * read: the query behind should not go on for nobody.
 */
void
connection_event(Connection *connection, unsigned events)
{
    if (connection->state == CONNECTION_CLOSED)
        return;
    if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
        connection->peer_closed = true;
    if ((events & EPOLLIN) != 0 || connection->peer_closed)
        connection->readable = true;
    if ((events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0)
        connection->writable = true;
    if (connection->peer_closed && connection->exchange != NULL && connection->exchange->lent)
        left(connection);
    else
        connection_advance(connection);
}

/* Enough bytes in the last window start a new one. */
static bool
keeps_pace(Connection *connection, uint64_t bytes, unsigned ms, unsigned rate)
{
    if ((bytes - connection->progress) * 1000 < (uint64_t) ms * rate)
        return false;
    connection->progress = bytes;
    set_deadline(connection, ms);
    return true;
}

void
connection_timeout(Connection *connection)
{
    const HttpLimits *limits = limits_of(connection);
    bool is_idle = connection->requests > 0 && connection->input_len == 0;

    switch (connection->state)
    {
        case CONNECTION_HEAD:
            if (!is_idle)
                COUNT(connection->loop, timeouts, 1);
            if (connection->input_len == 0)
            {
                connection_close(connection);
                return;
            }
            refuse(connection, 408, "the request took too long to arrive");
            break;
        case CONNECTION_BODY:
            if (keeps_pace(connection, connection->exchange->body_len, limits->body_ms,
                           limits->body_rate))
                return;
            COUNT(connection->loop, timeouts, 1);
            refuse(connection, 408, "the body took too long to arrive");
            break;
        case CONNECTION_SENDING:
            if (keeps_pace(connection, bytes_arrived(connection), limits->write_ms,
                           limits->write_rate))
                return;
            COUNT(connection->loop, timeouts, 1);
            reset(connection);
            return;
        case CONNECTION_LINGER:
        case CONNECTION_HANDLING:
        case CONNECTION_CLOSED:
            connection_close(connection);
            return;
    }
    connection_advance(connection);
}
