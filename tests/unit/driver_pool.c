/* Connections that are lent: kept, limited, closed when idle or outdated. */
#include "test.h"

#include "driver/pool.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum
{
    ONE = 1,
    OTHER = 2,
    LONG_US = 1000000000
};

typedef struct Ground
{
    Arena *arena;
    char folder[40];
    char file[80];
    Json *details;
    Pool *pool;
} Ground;

static void
begin(Ground *ground, unsigned per_database, int64_t idle_us)
{
    const PoolLimits limits = { .per_database = per_database, .idle_us = idle_us };
    sqlite3 *db;
    Error err;

    ground->arena = arena_new();
    (void) snprintf(ground->folder, sizeof(ground->folder), "/tmp/vigie-pool-XXXXXX");
    CHECK(mkdtemp(ground->folder) != NULL);
    (void) snprintf(ground->file, sizeof(ground->file), "%s/a.db", ground->folder);
    CHECK(sqlite3_open(ground->file, &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "create table a (b)", NULL, NULL, NULL) == SQLITE_OK);
    (void) sqlite3_close(db);
    CHECK_OK(json_parse(ground->arena, STR("{\"db\":\"a.db\"}"), NULL, &ground->details, &err),
             &err);
    ground->pool = pool_new(&limits);
}

static void
end(Ground *ground)
{
    pool_free(&ground->pool);
    arena_free(&ground->arena);
    (void) unlink(ground->file);
    (void) rmdir(ground->folder);
}

static Conn *
take(Ground *ground, int64_t database, const char *version, const Cancel *cancel, Error *err)
{
    const ConnSpec spec = { .driver = driver_lookup("sqlite"),
                            .details = ground->details,
                            .cancel = cancel,
                            .data_folder = ground->folder };

    return pool_take(ground->pool, database, version, &spec, err);
}

static Conn *
taken(Ground *ground, int64_t database, const char *version)
{
    Error err;
    Conn *conn = take(ground, database, version, NULL, &err);

    CHECK_OK(conn != NULL, &err);
    return conn;
}

static void
check_stats(const Ground *ground, unsigned open, unsigned busy)
{
    PoolStats stats = pool_stats(ground->pool);

    CHECK_INT(stats.open, open);
    CHECK_INT(stats.busy, busy);
}

TEST(driver_pool_lends_the_same_connection_again)
{
    Ground ground;
    Conn *first, *second, *again, *elsewhere;

    begin(&ground, 5, LONG_US);
    first = taken(&ground, ONE, "v1");
    second = taken(&ground, ONE, "v1");
    CHECK(first != second);
    check_stats(&ground, 2, 2);
    again = first;
    pool_give(ground.pool, &first);
    CHECK(first == NULL);
    CHECK(taken(&ground, ONE, "v1") == again);
    elsewhere = taken(&ground, OTHER, "v1");
    CHECK(elsewhere != again && elsewhere != second);
    check_stats(&ground, 3, 3);
    pool_give(ground.pool, &second);
    pool_give(ground.pool, &again);
    pool_give(ground.pool, &elsewhere);
    check_stats(&ground, 3, 0);
    end(&ground);
}

TEST(driver_pool_makes_who_comes_beyond_the_cap_wait)
{
    Cancel *cancel = cancel_new();
    Ground ground;
    Conn *only;
    Error err;

    begin(&ground, 1, LONG_US);
    only = taken(&ground, ONE, "v1");
    cancel_set_deadline(cancel, time_monotonic() + 250000);
    CHECK_ERROR(take(&ground, ONE, "v1", cancel, &err) != NULL, &err, ERR_TIMEOUT);
    check_stats(&ground, 1, 1);
    pool_give(ground.pool, &only);
    only = taken(&ground, ONE, "v1");
    pool_give(ground.pool, &only);
    end(&ground);
    cancel_free(&cancel);
}

TEST(driver_pool_closes_what_is_idle_for_too_long)
{
    Ground ground;
    Conn *idle, *busy;

    begin(&ground, 5, 1000);
    idle = taken(&ground, ONE, "v1");
    busy = taken(&ground, ONE, "v1");
    pool_give(ground.pool, &idle);
    (void) usleep(5000);
    pool_sweep(ground.pool);
    check_stats(&ground, 1, 1);
    pool_give(ground.pool, &busy);
    end(&ground);

    begin(&ground, 5, LONG_US);
    idle = taken(&ground, ONE, "v1");
    pool_give(ground.pool, &idle);
    pool_sweep(ground.pool);
    check_stats(&ground, 1, 0);
    pool_forget(ground.pool, OTHER);
    check_stats(&ground, 1, 0);
    pool_forget(ground.pool, ONE);
    check_stats(&ground, 0, 0);
    end(&ground);
}

TEST(driver_pool_closes_connections_with_old_details)
{
    Ground ground;
    Conn *old, *current;

    begin(&ground, 5, LONG_US);
    old = taken(&ground, ONE, "v1");
    pool_give(ground.pool, &old);
    current = taken(&ground, ONE, "v2");
    check_stats(&ground, 1, 1);
    pool_give(ground.pool, &current);
    end(&ground);
}

TEST(driver_pool_keeps_no_place_for_what_could_not_be_opened)
{
    Ground ground;
    Error err;
    Conn *conn;

    begin(&ground, 1, LONG_US);
    CHECK(unlink(ground.file) == 0);
    for (int i = 0; i < 3; i++)
        CHECK(take(&ground, ONE, "v1", NULL, &err) == NULL);
    check_stats(&ground, 0, 0);
    conn = NULL;
    pool_give(ground.pool, &conn);
    end(&ground);
}
