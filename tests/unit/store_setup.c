/* Makes and removes the stores of the tests. */
#include "store_setup.h"

#include "pg/pg.h"
#include "store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *
postgres_url(void)
{
    const char *url = getenv("VIGIE_TEST_POSTGRES");

    if (url == NULL || url[0] == '\0')
        skip();
    return url;
}

/* `verb` is "create" or "drop". */
static void
change_database(const char *verb, const char *name)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *pg = NULL;
    PgTarget target;
    Error err;

    CHECK_OK(pg_target_from_url(arena, postgres_url(), &target, &err), &err);
    CHECK_OK(pg_open(&target, NULL, &pg, &err), &err);
    CHECK_OK(pg_query(pg, NULL,
                      arena_format(arena, "%s database %s%s", verb, name,
                                   verb[0] == 'd' ? " with (force)" : ""),
                      NULL, 0, NULL, &err),
             &err);
}

Place
place_make(StoreEngine engine)
{
    static int count;
    Place place = { .engine = engine };

    count++;
    if (engine == STORE_SQLITE)
    {
        (void) snprintf(place.folder, sizeof(place.folder), "/tmp/vigie-test-XXXXXX");
        assert_non_null(mkdtemp(place.folder));
        (void) snprintf(place.location, sizeof(place.location), "%s/data/vigie.db", place.folder);
    }
    else
    {
        const char *url = postgres_url();

        (void) snprintf(place.name, sizeof(place.name), "vigie_test_%d_%d", (int) getpid(), count);
        (void) snprintf(place.location, sizeof(place.location), "%.*s/%s",
                        (int) (strrchr(url, '/') - url), url, place.name);
        change_database("create", place.name);
    }
    return place;
}

static void
remove_folder(const char *folder)
{
    static const char *const names[] = { "",
                                         "-wal",
                                         "-shm",
                                         "-journal",
                                         ".before-0001",
                                         ".before-0002",
                                         ".before-0003",
                                         ".before-0004",
                                         ".before-0005",
                                         ".before-0006",
                                         ".before-0007",
                                         ".before-0008",
                                         ".before-0009" };
    char path[256];

    for (size_t i = 0; i < COUNT_OF(names); i++)
    {
        (void) snprintf(path, sizeof(path), "%s/data/vigie.db%s", folder, names[i]);
        (void) unlink(path);
    }
    (void) snprintf(path, sizeof(path), "%s/data", folder);
    (void) rmdir(path);
    (void) rmdir(folder);
}

void
place_remove(const Place *place)
{
    if (place->engine == STORE_SQLITE)
        remove_folder(place->folder);
    else
        change_database("drop", place->name);
}

Store *
place_open(const Place *place)
{
    StoreOptions options = { .location = place->location };
    Store *store = NULL;
    Error err;

    CHECK_OK(store_open(&options, &store, &err), &err);
    return store;
}

void
place_test_run(StoreEngine engine, PlaceTestBody *body)
{
    CLEANUP(arena_free) Arena *arena = NULL;
    Place place = place_make(engine);

    arena = arena_new();
    body(&place, arena);
    place_remove(&place);
}

void
store_test_run(StoreEngine engine, StoreTestBody *body)
{
    Place place = place_make(engine);
    CLEANUP(arena_free) Arena *arena = arena_new();
    Store *store = place_open(&place);
    Error err;

    CHECK_OK(migrate_run(store, migrations_built_in, NULL, &err), &err);
    body(store, arena);
    store_close(&store);
    place_remove(&place);
}

const char *
ask_text(Store *store, Arena *arena, const char *sql)
{
    Rows rows;
    Error err;

    CHECK_OK(store_query(store, arena, sql, NULL, 0, &rows, &err), &err);
    CHECK(rows.count > 0);
    return value_to_text(arena, &rows.row[0][0]);
}

int64_t
ask_int(Store *store, Arena *arena, const char *sql)
{
    Rows rows;
    Error err;

    CHECK_OK(store_query(store, arena, sql, NULL, 0, &rows, &err), &err);
    CHECK(rows.count > 0);
    return value_to_int(&rows.row[0][0], -1);
}
