/* Streams of COPY, shared snapshots and session locks. What the bytes of a stream mean is not here.
 */
#include "pg/pg_private.h"

#include <string.h>

/* ------------------------------------------------------------------------------------- copy out */

/* Sends the statement and waits for the state that lets lines flow. */
static bool
begin_copy(Pg *pg, Cancel *cancel, const char *sql, ExecStatusType wanted, Error *err)
{
    PGresult *result = NULL;
    bool begun;

    pg->sqlstate[0] = '\0';
    if (pg_is_broken(pg) || !PQsendQuery(pg->conn, sql))
        return pg_fail_connection(pg, err);
    if (!pg_flush(pg, cancel, err) || !pg_next(pg, cancel, &result, err))
    {
        pg_settle(pg, true);
        return false;
    }
    begun = PQresultStatus(result) == wanted;
    if (!begun && PQresultStatus(result) == PGRES_FATAL_ERROR)
        (void) pg_fail_result(pg, result, err);
    else if (!begun)
        (void) error_set(err, ERR_INVALID, "this is not a COPY statement of that direction");
    PQclear(result);
    if (!begun)
        pg_settle(pg, true);
    return begun;
}

/* The result after the stream: how many rows, or why it failed. */
static bool
end_copy(Pg *pg, Cancel *cancel, int64_t *rows, Error *err)
{
    PGresult *result = NULL;
    bool done;

    if (!pg_next(pg, cancel, &result, err))
    {
        pg_settle(pg, true);
        return false;
    }
    done = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!done)
        (void) pg_fail_result(pg, result, err);
    else if (rows != NULL && !str_to_int(str_of(PQcmdTuples(result)), 0, INT64_MAX, rows))
        *rows = 0;
    PQclear(result);
    pg_settle(pg, false);
    return done;
}

/* One line; *len is -1 at the end. */
static bool
next_line(Pg *pg, Cancel *cancel, char **line, int *len, Error *err)
{
    for (*len = PQgetCopyData(pg->conn, line, 1); *len == 0;
         *len = PQgetCopyData(pg->conn, line, 1))
    {
        if (!pg_wait(pg, cancel, false, err))
            return false;
        if (!PQconsumeInput(pg->conn))
            return pg_fail_connection(pg, err);
    }
    return *len != -2 || pg_fail_connection(pg, err);
}

/* After a stop in the middle: the server ends the stream, what is on its way is read and dropped.
 */
static void
stop_copy_out(Pg *pg)
{
    CLEANUP(cancel_free) Cancel *limit = cancel_new();
    Error ignored;
    char *line = NULL;
    int len = 0;

    cancel_set_deadline(limit, time_monotonic() + 5 * SECOND_US);
    (void) pg_cancel(pg, &ignored); /* it may have ended by itself */
    while (!pg->broken && next_line(pg, limit, &line, &len, &ignored) && len > 0)
        PQfreemem(line);
    if (len != -1)
        pg->broken = true;
    pg_settle(pg, false);
}

static bool
read_lines(Pg *pg, Cancel *cancel, PgChunk *chunk, void *arg, Error *err)
{
    for (;;)
    {
        char *line = NULL;
        int len = 0;
        bool taken;

        if (!cancel_check(cancel, err) || !next_line(pg, cancel, &line, &len, err))
            return false;
        if (len < 0)
            return true;
        taken = chunk(arg, (Str){ line, (size_t) len }, err);
        PQfreemem(line);
        if (!taken)
            return false;
    }
}

bool
pg_copy_out(Pg *pg, Cancel *cancel, const char *sql, PgChunk *chunk, void *arg, Error *err)
{
    bool done;

    pg_watch(pg, cancel);
    done = begin_copy(pg, cancel, sql, PGRES_COPY_OUT, err);
    if (done)
    {
        done = read_lines(pg, cancel, chunk, arg, err);
        if (done)
            done = end_copy(pg, cancel, NULL, err);
        else
            stop_copy_out(pg);
    }
    pg_unwatch(cancel);
    return done;
}

/* -------------------------------------------------------------------------------------- copy in */

bool
pg_copy_in_begin(Pg *pg, Cancel *cancel, const char *sql, Error *err)
{
    bool done;

    pg_watch(pg, cancel);
    done = begin_copy(pg, cancel, sql, PGRES_COPY_IN, err);
    pg_unwatch(cancel);
    return done;
}

static bool
put_data(Pg *pg, Cancel *cancel, Str data, Error *err)
{
    int put;

    for (put = PQputCopyData(pg->conn, data.ptr, (int) data.len); put == 0;
         put = PQputCopyData(pg->conn, data.ptr, (int) data.len))
    {
        if (!pg_wait(pg, cancel, true, err))
            return false;
        if (!PQconsumeInput(pg->conn))
            return pg_fail_connection(pg, err);
    }
    if (put < 0)
        return pg_fail_connection(pg, err);
    return pg_flush(pg, cancel, err);
}

bool
pg_copy_in_write(Pg *pg, Cancel *cancel, Str data, Error *err)
{
    static const size_t most = 1024 * 1024;
    bool done = true;

    pg_watch(pg, cancel);
    for (size_t sent = 0; done && sent < data.len; sent += most)
    {
        size_t left = data.len - sent;

        done = put_data(pg, cancel, (Str){ data.ptr + sent, left < most ? left : most }, err);
    }
    pg_unwatch(cancel);
    if (!done)
        pg_copy_in_abort(pg, "the writer stopped");
    return done;
}

bool
pg_copy_in_end(Pg *pg, Cancel *cancel, int64_t *rows, Error *err)
{
    bool done;
    int put;

    pg_watch(pg, cancel);
    done = true;
    for (put = PQputCopyEnd(pg->conn, NULL); put == 0 && done; put = PQputCopyEnd(pg->conn, NULL))
        done = pg_wait(pg, cancel, true, err);
    if (put < 0)
        done = pg_fail_connection(pg, err);
    done = done && pg_flush(pg, cancel, err) && end_copy(pg, cancel, rows, err);
    pg_unwatch(cancel);
    return done;
}

void
pg_copy_in_abort(Pg *pg, const char *reason)
{
    if (pg->broken)
        return;
    if (PQputCopyEnd(pg->conn, reason) < 0)
        pg->broken = true;
    pg_settle(pg, false);
}

/* ---------------------------------------------------------------------------- snapshots, locks */

bool
pg_snapshot_export(Pg *pg, Arena *arena, const char **id, Error *err)
{
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 1);

    if (!pg_script(pg, NULL, "begin isolation level repeatable read read only", err) ||
        !pg_query(pg, NULL, "select pg_export_snapshot()", NULL, 0, &collector.sink, err))
        return false;
    *id = value_to_text(arena, &rows.row[0][0]);
    return true;
}

bool
pg_snapshot_import(Pg *pg, const char *id, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sql sql = { .arena = arena, .dialect = &pg_dialect };

    sql_words(&sql, "begin isolation level repeatable read read only; set transaction snapshot ");
    sql_quoted(&sql, id);
    return sql_done(&sql, err) && pg_script(pg, NULL, sql_cstr(&sql), err);
}

bool
pg_lock(Pg *pg, Cancel *cancel, int64_t key, Error *err)
{
    return pg_query(pg, cancel, "select pg_advisory_lock($1)", VALUES(VALUE_OF_INT(key)), NULL,
                    err);
}

static bool
ask_bool(Pg *pg, const char *sql, int64_t key, bool *answer, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 1);

    if (!pg_query(pg, NULL, sql, VALUES(VALUE_OF_INT(key)), &collector.sink, err))
        return false;
    *answer = value_to_bool(&rows.row[0][0], false);
    return true;
}

bool
pg_lock_try(Pg *pg, int64_t key, bool *locked, Error *err)
{
    return ask_bool(pg, "select pg_try_advisory_lock($1)", key, locked, err);
}

bool
pg_unlock(Pg *pg, int64_t key, Error *err)
{
    bool held = false;

    if (!ask_bool(pg, "select pg_advisory_unlock($1)", key, &held, err))
        return false;
    return held || error_set(err, ERR_INTERNAL, "the lock was not held");
}
