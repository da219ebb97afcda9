/*
 * Between store.c, its two engines and migrate.c. A connection belongs to one thread while it is
 * taken; an engine is five functions.
 */
#ifndef STORE_STORE_PRIVATE_H
#define STORE_STORE_PRIVATE_H

#include "pg/pg.h"
#include "store/store.h"

typedef struct StoreConn StoreConn;

typedef struct Engine
{
    StoreEngine kind;
    const char *begin; /* the words that begin a transaction which will write */
    /* `writer` matters to SQLite only. */
    bool (*open)(const char *location, bool writer, int retry_seconds, StoreConn **conn,
                 Error *err);
    void (*close)(StoreConn **conn);
    /* Must be closed, or was closed by the server. */
    bool (*is_lost)(StoreConn *conn);
    bool (*query)(StoreConn *conn, Arena *arena, const char *sql, const Value *values, size_t count,
                  Rows *rows, Error *err);
    /* Several statements, no values, not kept in the statement cache. */
    bool (*script)(StoreConn *conn, const char *sql, Error *err);
} Engine;

extern const Engine engine_sqlite;
extern const Engine engine_postgres;

/* A whole copy of the file, and back; the path must be on a local disk. */
bool sqlite_copy_to(StoreConn *conn, const char *path, Error *err);
bool sqlite_copy_from(StoreConn *conn, const char *path, Error *err);
/* The connection inside, for what only Postgres does. */
Pg *postgres_pg(StoreConn *conn);
/* What every connection is told first. */
extern const char postgres_session_limits[];

/*
 * The writing connection for a while, without a transaction: a Store * like others, on which
 * store_script may begin and end transactions by itself. store_release gives it back.
 */
bool store_hold(Store *store, Store **held, Error *err);
void store_release(Store **held);
StoreConn *store_conn(Store *held);
bool store_script(Store *held, const char *sql, Error *err);
/* The path of the file, or the URL. */
const char *store_location(const Store *store);
/* What secrets are sealed with; NULL: they are kept plain. */
const SealKey *store_key(const Store *store);
void store_set_key(Store *store, const SealKey *key);

/* The time now, as it is kept. */
Value value_of_now(Arena *arena);
/* One statement whose rows say whether it found something: `what` and `id` make the message. */
bool store_expect(Store *store, Arena *arena, const char *sql, const Value *values, size_t count,
                  const char *what, int64_t id, Rows *rows, Error *err);
/* "%text%" (or "text%") for "like ... escape '!'". */
char *like_pattern(Arena *arena, const char *text, bool anywhere);
/* An address or a name as it is compared: ASCII letters in lower case. */
char *ascii_lower(Arena *arena, const char *text);

/* What searches look at: words without accents and case. Either may be NULL. */
char *search_words(Arena *arena, const char *name, const char *description);
/* One column of whole numbers. */
IntList int_column(Arena *arena, const Rows *rows, size_t column);

/* Prepared statements by text; both engines keep theirs in one. */
typedef struct StatementCache
{
    struct
    {
        char *sql;
        void *statement;
    } slots[512];
    size_t count;
} StatementCache;

/* NULL when it is not there. */
void *statement_lookup(const StatementCache *cache, const char *sql);
/* False when there is no room: empty the cache first. */
bool statement_keep(StatementCache *cache, const char *sql, void *statement);
void statement_forget_all(StatementCache *cache, void (*destroy)(void *statement));

#endif
