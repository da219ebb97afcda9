/*
 * libpq in our terms: connect with retry, queries with parameters whose rows go to a sink as they
 * arrive, COPY, snapshots, locks. Every wait looks at a Cancel (NULL waits for ever): a connection
 * that was cancelled in a statement is usable again, or pg_is_broken says that it must be closed.
 *
 * One thread at a time per connection; pg_cancel alone may be called from another. Messages of the
 * database come after a colon; no message holds a password.
 */
#ifndef PG_PG_H
#define PG_PG_H

#include "base/error.h"
#include "base/worker.h"
#include "sql/dialect.h"
#include "sql/row.h"
#include "sql/sql.h"

typedef struct Pg Pg;

/* Quoting and limits of Postgres. */
extern const Dialect pg_dialect;

/* Where and how to connect. NULL members are left to the defaults of libpq. */
typedef struct PgTarget
{
    const char *host; /* also a folder of sockets, or several hosts: "a,b" */
    const char *port;
    const char *dbname;
    const char *user;
    const char *password;
    const char *sslmode; /* disable, allow, prefer, require, verify-ca, verify-full */
    const char *sslrootcert;
    const char *sslcert;
    const char *sslkey;
    const char *target_session_attrs;
    const char *application_name;
    const char *options; /* "-c name=value": from the program, never from a person */
    const char *ignored; /* names of the keys of the URL that mean nothing here, or NULL */
    int connect_seconds; /* of one try; 0 means 10 */
    int retry_seconds;   /* how long a server that starts or is full is tried again; 0: one try */
} PgTarget;

/*
 * Reads postgres://, postgresql:// and jdbc:postgresql:// URLs, keys of the JDBC driver included
 * (ssl=true is sslmode=require, currentSchema, ApplicationName, loginTimeout). Keys that belong to
 * other programs are ignored and listed. ERR_CONFIG without the text of the URL.
 */
bool pg_target_from_url(Arena *arena, const char *url, PgTarget *target, Error *err);
/* Does the text begin like such a URL? */
bool pg_is_url(const char *text);
/* "user@host:port/dbname", for logs: no password, no options. */
char *pg_target_label(Arena *arena, const PgTarget *target);

/* Names are looked up by the system without a limit of time; everything after is bounded. */
bool pg_open(const PgTarget *target, Cancel *cancel, Pg **pg, Error *err);
void pg_close(Pg **pg);
/* The link is lost, or a cancelled statement did not end in time. */
bool pg_is_broken(const Pg *pg);
/* True when the server closed an idle connection; costs one look at the socket. */
bool pg_is_stale(Pg *pg);
/* Of the last failed statement, such as "23505"; "" when the server gave none. */
const char *pg_sqlstate(const Pg *pg);
int pg_server_version(const Pg *pg); /* 150004 */
int pg_backend_pid(const Pg *pg);
/* What a server keeps of a password (SCRAM), to give a role one without sending it. */
bool pg_password_kept(Pg *pg, Arena *arena, const char *role, const char *password,
                      const char **kept, Error *err);

/*
 * One statement with $1.. in text form. Rows come one by one, their memory is reused; `sink` may be
 * NULL. A sink that fails stops the statement on the server.
 */
bool pg_query(Pg *pg, Cancel *cancel, const char *sql, const Value *values, size_t count,
              RowSink *sink, Error *err);
bool pg_run(Pg *pg, Cancel *cancel, const Sql *sql, RowSink *sink, Error *err);
/* Named statements of this connection. */
bool pg_prepare(Pg *pg, Cancel *cancel, const char *name, const char *sql, Error *err);
bool pg_query_prepared(Pg *pg, Cancel *cancel, const char *name, const Value *values, size_t count,
                       RowSink *sink, Error *err);
/* Several statements without values, such as a migration; rows are dropped. */
bool pg_script(Pg *pg, Cancel *cancel, const char *sql, Error *err);
/* From any thread: asks the server to stop the running statement. Does nothing when idle. */
bool pg_cancel(Pg *pg, Error *err);

/* COPY ... TO STDOUT: `chunk` gets each line as it arrives; false stops with its error. */
typedef bool PgChunk(void *arg, Str data, Error *err);
bool pg_copy_out(Pg *pg, Cancel *cancel, const char *sql, PgChunk *chunk, void *arg, Error *err);
/* COPY ... FROM STDIN: begin, write any bytes, then end or abort. A failed write has aborted. */
bool pg_copy_in_begin(Pg *pg, Cancel *cancel, const char *sql, Error *err);
bool pg_copy_in_write(Pg *pg, Cancel *cancel, Str data, Error *err);
bool pg_copy_in_end(Pg *pg, Cancel *cancel, int64_t *rows, Error *err);
void pg_copy_in_abort(Pg *pg, const char *reason);

/* Begins a read-only transaction whose view of the data others can share by `id`. */
bool pg_snapshot_export(Pg *pg, Arena *arena, const char **id, Error *err);
/* Begins a read-only transaction with that view, while the one that exported it is open. */
bool pg_snapshot_import(Pg *pg, const char *id, Error *err);

/* Session locks by number: held until released or until the connection ends, however it ends. */
bool pg_lock(Pg *pg, Cancel *cancel, int64_t key, Error *err);
bool pg_lock_try(Pg *pg, int64_t key, bool *locked, Error *err);
bool pg_unlock(Pg *pg, int64_t key, Error *err);

#endif
