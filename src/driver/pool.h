/*
 * Open connections to people's databases, kept for the next question. Each database has a cap: who
 * comes when all are busy waits its turn. A connection that broke, that is older than its details
 * or that was idle for long is closed.
 */
#ifndef DRIVER_POOL_H
#define DRIVER_POOL_H

#include "driver/driver.h"

typedef struct Pool Pool;

typedef struct PoolLimits
{
    unsigned per_database; /* connections open at once */
    int64_t idle_us;       /* one that nobody used for so long is closed */
} PoolLimits;

Pool *pool_new(const PoolLimits *limits);
/* When nothing is taken any more. */
void pool_free(Pool **pool);

/*
 * `version` is a text that changes when the details of the database do. Opens one when none is
 * free; waits as long as `spec->cancel` lets it. NULL with the error of the connection, ERR_TIMEOUT
 * or ERR_CANCELLED.
 */
Conn *pool_take(Pool *pool, int64_t database_id, const char *version, const ConnSpec *spec,
                Error *err);
/* Sets *conn to NULL; accepts NULL. */
void pool_give(Pool *pool, Conn **conn);
/* Closes what was idle for too long; called now and then. */
void pool_sweep(Pool *pool);
/* Closes what is idle of that database, for one that was changed or removed. */
void pool_forget(Pool *pool, int64_t database_id);

typedef struct PoolStats
{
    unsigned open;
    unsigned busy;
    unsigned waiting;
} PoolStats;

PoolStats pool_stats(Pool *pool);

#endif
