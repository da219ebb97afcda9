/*
 * The app database: one set of statements on two engines, a SQLite file or Postgres. A `Store *` is
 * either the whole (a pool, usable from any thread) or one transaction of it (one thread); every
 * function that takes one accepts both.
 *
 * Statements are the named ones of the .sql files, with $1.. on both engines. Times are UTC text of
 * fixed width (time_text), booleans are booleans, JSON is text. Failures never hold SQL:
 * ERR_CONFLICT for something that is there already, ERR_INVALID for a reference to nothing,
 * ERR_UNAVAILABLE for a database that is away or busy, ERR_INTERNAL for a defect; the log has the
 * rest at debug level.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/crypto.h"
#include "base/error.h"
#include "sql/row.h"
#include "sql/value.h"

typedef struct Store Store;

typedef enum StoreEngine
{
    STORE_SQLITE,
    STORE_POSTGRES
} StoreEngine;

typedef struct StoreOptions
{
    const char *location; /* path of a SQLite file (its folder is made), or URL of Postgres */
    unsigned connections; /* most connections; 0 means 4 */
    int retry_seconds;    /* how long a Postgres that starts is waited for; 0: not at all */
} StoreOptions;

/* Connects, and looks at nothing: migrate_run, then store_unlock come next. */
bool store_open(const StoreOptions *options, Store **store, Error *err);
/* Ends all connections; every transaction must have ended. */
void store_close(Store **store);
StoreEngine store_engine(const Store *store);
/* For logs: the path, or user@host:port/dbname. Lives as long as the store. */
const char *store_label(const Store *store);
/* The database answers. */
bool store_ping(Store *store, Error *err);

/*
 * One named statement. On SQLite, what does not begin with "select" goes to the only writer.
 * `rows` (may be NULL) is in `arena`.
 */
bool store_query(Store *store, Arena *arena, const char *sql, const Value *values, size_t count,
                 Rows *rows, Error *err);

/* How many statements ran since the start, for metrics. */
uint64_t store_statements(const Store *store);

/*
 * store_begin makes a transaction, and fails inside one. store_join makes one, or takes part in the
 * one that `store` is: then its commit waits for the outer one, and its rollback dooms it.
 * store_rollback accepts NULL and is the CLEANUP of the handle; commit sets it to NULL when it
 * succeeds.
 *
 *     CLEANUP(store_rollback) Store *tx = NULL;
 *
 *     return store_begin(store, &tx, err) && user_update(tx, arena, &user, err)
 *         && store_commit(&tx, err);
 */
bool store_begin(Store *store, Store **tx, Error *err);
bool store_join(Store *store, Store **tx, Error *err);
bool store_commit(Store **tx, Error *err);
void store_rollback(Store **tx);

/* What others are told of a transaction waits for its commit, and is forgotten with a rollback. It
 * gets a copy of the text; at once outside a transaction. */
typedef void StoreAfter(const char *text);
void store_after_commit(Store *store, StoreAfter *then, const char *text);

/*
 * Secrets at rest. Called once, after the migrations: checks `key` (NULL: none) against what the
 * store was sealed with, and seals what is still plain when a key is given for the first time.
 * ERR_CONFIG when the key is missing or not the one.
 */
bool store_unlock(Store *store, const SealKey *key, Error *err);
/* Text as it is kept: sealed when there is a key. NULL stays NULL. */
const char *store_seal(const Store *store, Arena *arena, const char *secret);
/* And back; text that is not sealed comes back as it is. */
bool store_unseal(const Store *store, Arena *arena, const char *kept, const char **secret,
                  Error *err);

#endif
