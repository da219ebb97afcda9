/*
 * The insides of the server. Who touches what: a Loop, its Connections and the lists they are in
 * belong to the loop's thread; an Exchange belongs to the loop, and is lent to a worker from
 * submit until `finished`; only what stands under `post_lock`, the Ring and the counters are
 * shared between threads.
 */
#ifndef HTTP_SERVER_PRIVATE_H
#define HTTP_SERVER_PRIVATE_H

#include "http/response_private.h"
#include "http/server.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct Loop Loop;
typedef struct Connection Connection;
typedef struct Exchange Exchange;

/* What an epoll event points to begins with its kind. */
typedef enum WatchKind
{
    WATCH_WAKE,
    WATCH_LISTENER,
    WATCH_CONNECTION
} WatchKind;

typedef struct Listener
{
    WatchKind kind;
    int fd;
    bool shared; /* the same fd is watched by all loops */
    bool is_unix;
    unsigned plane_mask;
} Listener;

/* What was asked for by one address: one socket per loop, or one for all. */
typedef struct ListenGroup
{
    char *address; /* as in use */
    char *unix_path;
    Listener *listeners;
    unsigned count;
} ListenGroup;

typedef enum ConnectionState
{
    CONNECTION_HEAD,     /* waits for a request, or has a part of its head */
    CONNECTION_BODY,     /* reads a body */
    CONNECTION_HANDLING, /* a worker has the request; nothing to send yet */
    CONNECTION_SENDING,
    CONNECTION_LINGER, /* the answer is out; unread input is thrown away before the close */
    CONNECTION_CLOSED  /* freed after the events at hand */
} ConnectionState;

/* Kept small: an idle connection is this struct and nothing else. */
struct Connection
{
    WatchKind kind;
    ConnectionState state;
    Loop *loop;
    Connection *next; /* in loop->waiting (state HEAD), loop->busy or loop->closed */
    Connection *prev;
    Connection *next_ready; /* in loop->ready */
    bool in_ready;
    bool readable;
    bool writable;
    bool peer_closed; /* the client sent its last byte */
    bool is_unix;
    int fd;
    unsigned plane_mask;
    unsigned requests;
    int64_t deadline;  /* monotonic; 0: none. What it means depends on the state */
    uint64_t progress; /* bytes at the start of the window that `deadline` ends */
    uint64_t sent;     /* bytes given to the socket */
    HeadScan scan;
    char *input; /* bytes read and not used yet; NULL when there are none */
    size_t input_len;
    Exchange *exchange;
    Address peer;
    char peer_text[ADDRESS_TEXT_SIZE];
};

/* One request and its answer, in its own arena. */
struct Exchange
{
    Arena *arena;
    ArenaMark mark;
    Loop *loop;
    Connection *connection; /* NULL once the client left */
    HttpRequest req;
    Response res;
    HttpRefusal refusal;
    bool understood; /* `req` was filled from a head */
    bool keep_alive;
    bool chunked;
    bool expect_continue;
    uint64_t length;
    ChunkReader chunks;
    char *body; /* heap */
    size_t body_len;
    size_t body_size;
    size_t body_max;
    Cancel *cancel; /* NULL unless it went to a worker */
    bool lent;      /* a worker has it */
    bool cancelled; /* the Cancel was told */
    uint64_t sent;  /* bytes of head and body */

    /* Under loop->post_lock. */
    Exchange *next_posted;
    bool posted;
    bool done; /* the worker returned */
};

/* An arena that is empty at that mark. */
typedef struct SpareArena
{
    Arena *arena;
    ArenaMark mark;
} SpareArena;

enum
{
    SPARE_ARENAS = 64,
    SPARE_ARENA_BYTES = 64 * 1024 /* larger ones are given back */
};

typedef struct ConnectionList
{
    Connection *first; /* waits longest */
    Connection *last;
} ConnectionList;

typedef struct LoopStats
{
    atomic_uint_fast64_t accepted;
    atomic_uint_fast64_t evicted;
    atomic_uint_fast64_t requests;
    atomic_uint_fast64_t bytes_in;
    atomic_uint_fast64_t bytes_out;
    atomic_uint_fast64_t refused;
    atomic_uint_fast64_t timeouts;
    atomic_uint_fast64_t overload;
    atomic_uint_fast64_t left;
    atomic_int_fast64_t running;
} LoopStats;

struct Loop
{
    HttpServer *server;
    unsigned index;
    pthread_t thread;
    bool started;
    int epoll;
    struct
    {
        WatchKind kind;
        int fd;
    } wake;
    int64_t now;
    int64_t next_sweep;
    ConnectionList waiting;
    ConnectionList busy;
    Connection *ready;  /* have more to do without a new event */
    Connection *closed; /* to be freed */
    unsigned lent;      /* exchanges at workers */
    bool accepting;
    bool cancelled_all;
    int64_t accept_again; /* out of descriptors: listeners rest until then */
    char *scratch;        /* where input is read */
    size_t scratch_size;
    HttpHead head;
    SpareArena spares[SPARE_ARENAS];
    unsigned spare_count;
    LoopStats stats;

    pthread_mutex_t post_lock;
    Exchange *posted;
    Exchange **posted_last;
};

struct HttpServer
{
    HttpApp app;
    HttpLimits limits;
    WorkerPool *pool;
    Arena *arena;
    const char *base_path;
    NetworkList trusted;
    ListenGroup *groups;
    size_t group_count;
    Loop *loops;
    unsigned loop_count;
    int64_t sweep_us;
    atomic_uint connections;
    atomic_size_t held; /* bytes of bodies and unfinished heads in memory */
    atomic_bool stopping;
    atomic_bool stopped;
    atomic_llong drain_deadline; /* running requests are cancelled then */
    atomic_llong final_deadline; /* the loops end then, whatever is left */
    atomic_bool abandoned;       /* a handler did not return */

    pthread_t canceller;
    bool canceller_started;
    pthread_mutex_t cancel_lock;
    pthread_cond_t cancel_work;
    struct CancelTask *cancels; /* under cancel_lock */
    bool cancel_ending;
};

/* --- listener.c ----------------------------------------------------------------------------- */

bool listener_open(HttpServer *server, const HttpListen *listen, ListenGroup *group, Error *err);
/* How many sockets came with LISTEN_FDS; each makes one group. */
size_t listener_inherited(void);
bool listener_inherit(size_t index, unsigned plane_mask, ListenGroup *group, Error *err);
void listener_close_group(ListenGroup *group);

/* --- loop.c --------------------------------------------------------------------------------- */

bool loop_init(Loop *loop, HttpServer *server, unsigned index, Error *err);
bool loop_start(Loop *loop, Error *err);
void loop_wake(Loop *loop);
void loop_dispose(Loop *loop);
/* From a worker: the loop shall look at this exchange. */
void loop_post(Exchange *exchange, bool done);
void loop_mark_ready(Connection *connection);
/* Moves a connection to the end of the list that its state belongs to. */
void loop_enlist(Connection *connection);
void loop_delist(Connection *connection);
SpareArena loop_take_arena(Loop *loop);
void loop_give_arena(Loop *loop, Arena *arena, ArenaMark mark);

/* --- connection.c --------------------------------------------------------------------------- */

void connection_open(Loop *loop, const Listener *listener, int fd, const Address *peer);
/* Does what can be done without waiting. */
void connection_advance(Connection *connection);
void connection_event(Connection *connection, unsigned events);
/* The deadline of the connection has passed. */
void connection_timeout(Connection *connection);
void connection_close(Connection *connection);

/* --- exchange.c ----------------------------------------------------------------------------- */

/* Makes the exchange of a head that is whole; the connection's refusal when it is not accepted. */
Exchange *exchange_new(Connection *connection, Str head);
/* An exchange that only carries a refusal. */
Exchange *exchange_refused(Connection *connection, int status, const char *reason);
/* Makes the short answer of a refusal; the connection closes after it. */
void exchange_refuse(Exchange *exchange, int status, const char *reason);
/* How long the body may be, and whether there is one. */
bool exchange_wants_body(Exchange *exchange);
/* Takes bytes of the body; PARSE_DONE when it is whole, PARSE_REFUSED when it was refused. */
ParseResult exchange_take_body(Exchange *exchange, Str bytes, size_t *used);
/* Runs the request: true when the answer is ready, false when a worker has it. */
bool exchange_run(Exchange *exchange);
/* Tells the observer, and frees. `cut`: the answer did not leave whole. */
void exchange_end(Exchange *exchange, bool cut);

/* --- server.c ------------------------------------------------------------------------------- */

/* Counts memory that a client makes us hold; false when there is too much of it. */
bool server_hold(HttpServer *server, size_t bytes);
void server_release(HttpServer *server, size_t bytes);
/* Cancels on a thread of its own: to interrupt a query may take a while. */
void server_cancel(HttpServer *server, Cancel *cancel);

#define COUNT(loop, what, n)                                                                       \
    ((void) atomic_fetch_add_explicit(&(loop)->stats.what, (n), memory_order_relaxed))

#endif
