/* Between the files of pg/: the connection, its waits and its errors. */
#ifndef PG_PG_PRIVATE_H
#define PG_PG_PRIVATE_H

#include "pg/pg.h"

#include <libpq-fe.h>

struct Pg
{
    PGconn *conn;
    PGcancel *canceler;
    int wake; /* an event that ends a wait at once when the task is cancelled */
    bool broken;
    char sqlstate[6];
    Arena *arena; /* of one call, rewound after it */
};

/* Waits until the socket can be read (or, when `writing`, also written). Looks at `cancel`. */
bool pg_wait(Pg *pg, Cancel *cancel, bool writing, Error *err);
/* Sends what libpq holds. */
bool pg_flush(Pg *pg, Cancel *cancel, Error *err);
/* The next result of the running statement; *result NULL when it has ended. */
bool pg_next(Pg *pg, Cancel *cancel, PGresult **result, Error *err);
/* After a failure: stops the statement and reads what is left, or marks the connection broken. */
void pg_settle(Pg *pg, bool still_running);
/* Connects `cancel` with the wait of this connection for the length of a call. */
void pg_watch(Pg *pg, Cancel *cancel);
void pg_unwatch(Cancel *cancel);

/* The error of a result that failed, and of a connection that is lost. Both return false. */
bool pg_fail_result(Pg *pg, const PGresult *result, Error *err);
bool pg_fail_connection(Pg *pg, Error *err);
/* Why a connection could not be made. *again: it is worth another try. */
bool pg_fail_open(PGconn *conn, const PgTarget *target, bool *again, Error *err);

/* Columns and cells of a result, in terms of sql/. Cells of `row` are in `arena`. */
Columns pg_columns(Arena *arena, const PGresult *result);
/* How each column is read: found once, used for each row. */
ValueKind *pg_kinds(Arena *arena, const PGresult *result);
void pg_cells(Arena *arena, const PGresult *result, const ValueKind *kinds, int row, Value *cells);
/* Values as parameters in text form (bytes: binary). ERR_INVALID for a zero byte in a text. */
typedef struct PgParams
{
    const char **values;
    int *lengths;
    int *formats;
} PgParams;
bool pg_params(Arena *arena, const Value *values, size_t count, PgParams *params, Error *err);

#endif
