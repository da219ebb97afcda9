/*
 * Connections and statements of Postgres, with every wait on the socket bounded by a Cancel. COPY,
 * snapshots and locks are in pg_copy.c; texts of errors in pg_error.c; types in pg_value.c.
 */
#include "base/heap.h"
#include "base/log.h"
#include "pg/pg_private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum
{
    CONNECT_SECONDS = 10,
    SETTLE_SECONDS = 5, /* for a cancelled statement to end */
    CHUNK_ROWS = 100,   /* rows in memory at once, of libpq 17 and newer */
    FIRST_PAUSE_MS = 100,
    LONGEST_PAUSE_MS = 2000
};

const Dialect pg_dialect = {
    .name = "postgres",
    .quote = '"',
    .placeholder = PLACEHOLDER_DOLLAR,
    .max_ident_bytes = 63,
    .max_values = 65535,
    .max_text_bytes = 16 * 1024 * 1024,
};

/* ---------------------------------------------------------------------------------------- waits */

static void
wake(void *arg)
{
    const Pg *pg = arg;
    uint64_t one = 1;
    ssize_t written = write(pg->wake, &one, sizeof(one));

    (void) written; /* full means that it is awake already */
}

static void
drain(const Pg *pg)
{
    uint64_t count;
    ssize_t got = read(pg->wake, &count, sizeof(count));

    (void) got; /* empty when nobody woke it */
}

void
pg_watch(Pg *pg, Cancel *cancel)
{
    drain(pg); /* what is left of an earlier call must not wake this one */
    cancel_on(cancel, wake, pg);
}

void
pg_unwatch(Cancel *cancel)
{
    cancel_on(cancel, NULL, NULL);
}

/* Milliseconds for poll: -1 without deadline. */
static int
milliseconds_until(int64_t deadline)
{
    int64_t left;

    if (deadline == 0)
        return -1;
    left = (deadline - time_monotonic()) / 1000 + 1;
    if (left < 0)
        return 0;
    return left > 60000 ? 60000 : (int) left;
}

/* The earlier one; 0 is none. */
static int64_t
earlier(int64_t a, int64_t b)
{
    if (a == 0 || b == 0)
        return a + b;
    return a < b ? a : b;
}

/* *ready stays false when `deadline` passed or the wait was interrupted. */
static bool
wait_socket(Pg *pg, short events, int64_t deadline, bool *ready, Error *err)
{
    struct pollfd fds[] = {
        { .fd = PQsocket(pg->conn), .events = events },
        { .fd = pg->wake, .events = POLLIN },
    };
    int count = poll(fds, COUNT_OF(fds), milliseconds_until(deadline));

    if (count < 0 && errno != EINTR)
        return error_set(err, ERR_INTERNAL, "waiting for the database failed");
    if (count > 0 && fds[1].revents != 0)
        drain(pg); /* the flag of the task stays: one wake is enough */
    *ready = count > 0 && fds[0].revents != 0;
    return true;
}

bool
pg_wait(Pg *pg, Cancel *cancel, bool writing, Error *err)
{
    short events = writing ? POLLIN | POLLOUT : POLLIN;
    bool ready = false;

    while (!ready)
    {
        if (!cancel_check(cancel, err) ||
            !wait_socket(pg, events, cancel_deadline(cancel), &ready, err))
            return false;
    }
    return true;
}

bool
pg_flush(Pg *pg, Cancel *cancel, Error *err)
{
    for (int left = PQflush(pg->conn); left != 0; left = PQflush(pg->conn))
    {
        if (left < 0)
            return pg_fail_connection(pg, err);
        if (!pg_wait(pg, cancel, true, err))
            return false;
        if (!PQconsumeInput(pg->conn))
            return pg_fail_connection(pg, err);
    }
    return true;
}

bool
pg_next(Pg *pg, Cancel *cancel, PGresult **result, Error *err)
{
    while (PQisBusy(pg->conn))
    {
        if (!pg_wait(pg, cancel, false, err))
            return false;
        if (!PQconsumeInput(pg->conn))
            return pg_fail_connection(pg, err);
    }
    *result = PQgetResult(pg->conn);
    return true;
}

bool
pg_cancel(Pg *pg, Error *err)
{
    char reason[256] = "";

    if (pg->canceler != NULL && PQcancel(pg->canceler, reason, sizeof(reason)) == 1)
        return true;
    return error_set(err, ERR_UPSTREAM, "the statement cannot be cancelled: %s", reason);
}

void
pg_settle(Pg *pg, bool still_running)
{
    Error ignored;
    CLEANUP(cancel_free) Cancel *limit = cancel_new();
    PGresult *result = NULL;

    cancel_set_deadline(limit, time_monotonic() + SETTLE_SECONDS * SECOND_US);
    if (still_running && !pg->broken)
        (void) pg_cancel(pg, &ignored); /* it may have ended by itself */
    pg_watch(pg, limit);
    while (!pg->broken && pg_next(pg, limit, &result, &ignored) && result != NULL)
    {
        ExecStatusType status = PQresultStatus(result);

        PQclear(result);
        if (status == PGRES_COPY_IN && PQputCopyEnd(pg->conn, "stopped") < 0)
            pg->broken = true;
        if (status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
            pg->broken = true; /* its lines are not worth reading */
    }
    pg_unwatch(limit);
    if (PQtransactionStatus(pg->conn) == PQTRANS_ACTIVE ||
        PQtransactionStatus(pg->conn) == PQTRANS_UNKNOWN)
        pg->broken = true;
}

/* -------------------------------------------------------------------------------------- connect */

static void
drop_notice(void *arg, const PGresult *result)
{
    (void) arg;
    log_debug("pg.notice",
              LOG_TEXT("message", PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)));
}

static PGconn *
start_connection(const PgTarget *target)
{
    const struct
    {
        const char *keyword;
        const char *value;
    } pairs[] = {
        // clang-format off
        { "host", target->host },
        { "port", target->port },
        { "dbname", target->dbname },
        { "user", target->user },
        { "password", target->password },
        { "sslmode", target->sslmode },
        { "sslrootcert", target->sslrootcert },
        { "sslcert", target->sslcert },
        { "sslkey", target->sslkey },
        { "target_session_attrs", target->target_session_attrs },
        { "application_name", target->application_name == NULL ? "vigie" : target->application_name },
        { "options", target->options },
        { "client_encoding", "UTF8" },
        { "keepalives_idle", "30" },
        { "keepalives_interval", "10" },
        { "keepalives_count", "3" },
        { "tcp_user_timeout", "60000" },
        // clang-format on
    };
    const char *keywords[COUNT_OF(pairs) + 1] = { NULL };
    const char *values[COUNT_OF(pairs) + 1] = { NULL };
    size_t count = 0;

    for (size_t i = 0; i < COUNT_OF(pairs); i++)
    {
        if (pairs[i].value == NULL || pairs[i].value[0] == '\0')
            continue;
        keywords[count] = pairs[i].keyword;
        values[count++] = pairs[i].value;
    }
    return PQconnectStartParams(keywords, values, 0);
}

/* One try. *again: the server may answer later. */
static bool
connect_once(Pg *pg, const PgTarget *target, Cancel *cancel, bool *again, Error *err)
{
    int seconds = target->connect_seconds > 0 ? target->connect_seconds : CONNECT_SECONDS;
    int64_t own = time_monotonic() + seconds * SECOND_US;
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;

    *again = false;
    pg->conn = start_connection(target);
    if (pg->conn == NULL || PQstatus(pg->conn) == CONNECTION_BAD)
        return pg_fail_open(pg->conn, target, again, err);
    (void) PQsetErrorVerbosity(pg->conn, PQERRORS_VERBOSE); /* so that the state is in the text */
    (void) PQsetNoticeReceiver(pg->conn, drop_notice, NULL);
    while (state != PGRES_POLLING_OK)
    {
        bool ready = false;

        if (!cancel_check(cancel, err))
            return false;
        if (time_monotonic() > own)
        {
            *again = true;
            (void) error_set(err, ERR_UPSTREAM, "the database server did not answer in time");
            return error_hint(err,
                              SENTENCE("Check the address, and that no firewall is in between."));
        }
        if (!wait_socket(pg, state == PGRES_POLLING_READING ? POLLIN : POLLOUT,
                         earlier(own, cancel_deadline(cancel)), &ready, err))
            return false;
        if (ready)
            state = PQconnectPoll(pg->conn);
        if (state == PGRES_POLLING_FAILED)
            return pg_fail_open(pg->conn, target, again, err);
    }
    (void) PQsetErrorVerbosity(pg->conn, PQERRORS_DEFAULT);
    return true;
}

/* Longer each time, and cut short by the task's cancel. */
static bool
pause_before_retry(Pg *pg, unsigned tries, Cancel *cancel, Error *err)
{
    struct pollfd fd = { .fd = pg->wake, .events = POLLIN };
    int milliseconds = FIRST_PAUSE_MS << (tries < 5 ? tries : 5);

    if (milliseconds > LONGEST_PAUSE_MS)
        milliseconds = LONGEST_PAUSE_MS;
    (void) poll(&fd, 1, milliseconds);
    return cancel_check(cancel, err);
}

static bool
connect_with_retry(Pg *pg, const PgTarget *target, Cancel *cancel, Error *err)
{
    int64_t until = time_monotonic() + target->retry_seconds * SECOND_US;

    for (unsigned tries = 0;; tries++)
    {
        bool again;
        Error failure;

        if (connect_once(pg, target, cancel, &again, &failure))
            return true;
        PQfinish(pg->conn);
        pg->conn = NULL;
        if (!again || target->retry_seconds == 0 || time_monotonic() > until)
        {
            *err = failure;
            return false;
        }
        log_debug("pg.retry", LOG_TEXT("reason", failure.message));
        if (!pause_before_retry(pg, tries, cancel, err))
            return false;
    }
}

bool
pg_open(const PgTarget *target, Cancel *cancel, Pg **pg, Error *err)
{
    CLEANUP(pg_close) Pg *made = heap_new(1, sizeof(*made));
    bool done;

    made->arena = arena_new();
    made->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (made->wake < 0)
        return error_set(err, ERR_UNAVAILABLE, "too many files are open");
    pg_watch(made, cancel);
    done = connect_with_retry(made, target, cancel, err);
    pg_unwatch(cancel);
    if (!done)
        return false;
    made->canceler = PQgetCancel(made->conn);
    (void) PQsetnonblocking(made->conn, 1);
    *pg = made;
    made = NULL;
    return true;
}

void
pg_close(Pg **pg)
{
    if (*pg == NULL)
        return;
    PQfreeCancel((*pg)->canceler);
    PQfinish((*pg)->conn);
    if ((*pg)->wake >= 0)
        (void) close((*pg)->wake);
    arena_free(&(*pg)->arena);
    heap_free(*pg);
    *pg = NULL;
}

bool
pg_is_broken(const Pg *pg)
{
    return pg->broken || PQstatus(pg->conn) != CONNECTION_OK;
}

bool
pg_is_stale(Pg *pg)
{
    struct pollfd fd = { .fd = PQsocket(pg->conn), .events = POLLIN };

    /* An idle server sends nothing but notices and its end. */
    if (!pg_is_broken(pg) && poll(&fd, 1, 0) > 0)
    {
        if (!PQconsumeInput(pg->conn))
            pg->broken = true;
        else if (PQstatus(pg->conn) == CONNECTION_OK &&
                 PQtransactionStatus(pg->conn) == PQTRANS_IDLE)
            pg->broken = poll(&fd, 1, 0) > 0 && !PQconsumeInput(pg->conn);
    }
    return pg_is_broken(pg);
}

const char *
pg_sqlstate(const Pg *pg)
{
    return pg->sqlstate;
}

int
pg_server_version(const Pg *pg)
{
    return PQserverVersion(pg->conn);
}

int
pg_backend_pid(const Pg *pg)
{
    return PQbackendPID(pg->conn);
}

bool
pg_password_kept(Pg *pg, Arena *arena, const char *role, const char *password, const char **kept,
                 Error *err)
{
    char *made = PQencryptPasswordConn(pg->conn, password, role, "scram-sha-256");

    if (made == NULL)
        return error_set(err, ERR_INVALID, "the password of %s cannot be used", role);
    *kept = arena_text(arena, made);
    PQfreemem(made);
    return true;
}

/* ----------------------------------------------------------------------------------- statements */

/* Rows on their way to a sink. What all rows have in common is made for the first. */
typedef struct Reading
{
    RowSink *sink; /* NULL: nobody wants rows */
    bool has_begun;
    ValueKind *kinds;
    Value *cells;
} Reading;

static bool
begin_reading(Pg *pg, const PGresult *result, Reading *reading, Error *err)
{
    Columns columns = pg_columns(pg->arena, result);

    reading->has_begun = true;
    reading->kinds = pg_kinds(pg->arena, result);
    reading->cells = ARENA_ARRAY(pg->arena, columns.count + 1, Value);
    return reading->sink->begin(reading->sink, &columns, err);
}

/* One result of a statement: some rows, the end, or a failure. */
static bool
take_result(Pg *pg, const PGresult *result, Reading *reading, Error *err)
{
    ArenaMark mark;
    bool ok = true;

    switch (PQresultStatus(result))
    {
        case PGRES_COMMAND_OK:
        case PGRES_EMPTY_QUERY:
            return true;
        case PGRES_SINGLE_TUPLE:
#ifdef LIBPQ_HAS_CHUNK_MODE
        case PGRES_TUPLES_CHUNK:
#endif
        case PGRES_TUPLES_OK:
            break;
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH:
            return error_set(err, ERR_INVALID, "COPY cannot be run as a question");
        default:
            return pg_fail_result(pg, result, err);
    }
    if (reading->sink == NULL)
        return true;
    if (!reading->has_begun && !begin_reading(pg, result, reading, err))
        return false;
    for (int row = 0; ok && row < PQntuples(result); row++)
    {
        mark = arena_mark(pg->arena);
        pg_cells(pg->arena, result, reading->kinds, row, reading->cells);
        ok = reading->sink->row(reading->sink, reading->cells, err);
        arena_rewind(pg->arena, mark);
    }
    return ok;
}

static bool
read_all(Pg *pg, Cancel *cancel, Reading *reading, Error *err)
{
    for (;;)
    {
        PGresult *result = NULL;
        bool taken;

        if (!pg_next(pg, cancel, &result, err))
        {
            pg_settle(pg, true);
            return false;
        }
        if (result == NULL)
            return true;
        taken = take_result(pg, result, reading, err);
        PQclear(result);
        if (!taken)
        {
            pg_settle(pg, PQtransactionStatus(pg->conn) == PQTRANS_ACTIVE);
            return false;
        }
    }
}

/* Reads the results of what was sent. A statement without columns gives its sink no rows. */
static bool
read_results(Pg *pg, Cancel *cancel, RowSink *sink, Error *err)
{
    static const Columns none = { NULL, 0 };
    ArenaMark mark = arena_mark(pg->arena);
    Reading reading = { .sink = sink };
    bool ok = read_all(pg, cancel, &reading, err);

    arena_rewind(pg->arena, mark);
    if (!ok || sink == NULL)
        return ok;
    return (reading.has_begun || sink->begin(sink, &none, err)) && sink->end(sink, err);
}

/* Rows as they arrive: in small bundles where libpq can, else one by one. */
static void
ask_for_rows(Pg *pg)
{
    /* Either fails only before a statement is sent. */
#ifdef LIBPQ_HAS_CHUNK_MODE
    (void) PQsetChunkedRowsMode(pg->conn, CHUNK_ROWS);
#else
    (void) PQsetSingleRowMode(pg->conn);
#endif
}

/* `sent` is what libpq answered to the sending. */
static bool
finish_statement(Pg *pg, Cancel *cancel, int sent, bool rows, RowSink *sink, Error *err)
{
    bool done;

    if (!sent)
        return pg_fail_connection(pg, err);
    if (rows)
        ask_for_rows(pg);
    pg_watch(pg, cancel);
    done = pg_flush(pg, cancel, err);
    if (!done)
        pg_settle(pg, true);
    else
        done = read_results(pg, cancel, sink, err);
    pg_unwatch(cancel);
    return done;
}

static bool
ready_to_send(Pg *pg, Cancel *cancel, Error *err)
{
    pg->sqlstate[0] = '\0';
    if (pg_is_broken(pg))
        return pg_fail_connection(pg, err);
    return cancel_check(cancel, err);
}

bool
pg_query(Pg *pg, Cancel *cancel, const char *sql, const Value *values, size_t count, RowSink *sink,
         Error *err)
{
    ArenaMark mark = arena_mark(pg->arena);
    PgParams params;
    int sent;

    if (!ready_to_send(pg, cancel, err) || !pg_params(pg->arena, values, count, &params, err))
        return false;
    sent = PQsendQueryParams(pg->conn, sql, (int) count, NULL, params.values, params.lengths,
                             params.formats, 0);
    arena_rewind(pg->arena, mark);
    return finish_statement(pg, cancel, sent, true, sink, err);
}

bool
pg_run(Pg *pg, Cancel *cancel, const Sql *sql, RowSink *sink, Error *err)
{
    return sql_done(sql, err) &&
           pg_query(pg, cancel, sql_cstr(sql), sql->values, sql->value_count, sink, err);
}

bool
pg_prepare(Pg *pg, Cancel *cancel, const char *name, const char *sql, Error *err)
{
    return ready_to_send(pg, cancel, err) &&
           finish_statement(pg, cancel, PQsendPrepare(pg->conn, name, sql, 0, NULL), false, NULL,
                            err);
}

bool
pg_query_prepared(Pg *pg, Cancel *cancel, const char *name, const Value *values, size_t count,
                  RowSink *sink, Error *err)
{
    ArenaMark mark = arena_mark(pg->arena);
    PgParams params;
    int sent;

    if (!ready_to_send(pg, cancel, err) || !pg_params(pg->arena, values, count, &params, err))
        return false;
    sent = PQsendQueryPrepared(pg->conn, name, (int) count, params.values, params.lengths,
                               params.formats, 0);
    arena_rewind(pg->arena, mark);
    return finish_statement(pg, cancel, sent, true, sink, err);
}

bool
pg_script(Pg *pg, Cancel *cancel, const char *sql, Error *err)
{
    return ready_to_send(pg, cancel, err) &&
           finish_statement(pg, cancel, PQsendQuery(pg->conn, sql), false, NULL, err);
}
