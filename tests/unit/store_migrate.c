/* Migrations: the schema they make, statements on it, refusals, copies, two at once. */
#include "store/migrate.h"

#include "base/file.h"
#include "sql_index.h"
#include "store/store_private.h"
#include "store_setup.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char schema_path[] = VIGIE_SOURCE_ROOT "/src/store/migrations/schema.sql";

/* ---------------------------------------------------------------------------------------- schema
 */

TEST(store_migrations_from_nothing_give_the_committed_schema)
{
    Place place = place_make(STORE_SQLITE);
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(store_close) Store *store = place_open(&place);
    Buf schema = buf_new(arena, 1024 * 1024);
    Str committed;
    Rows rows;
    Error err;

    CHECK_OK(migrate_run(store, migrations_built_in, NULL, &err), &err);
    CHECK_OK(
        store_query(store, arena,
                    "select sql from sqlite_master where sql is not null"
                    " and name not like 'sqlite!_%' escape '!' order by tbl_name, type desc, name",
                    NULL, 0, &rows, &err),
        &err);
    buf_text(&schema, "-- What all migrations give on SQLite. Rewritten by VIGIE_GOLDEN=1.\n");
    for (size_t i = 0; i < rows.count; i++)
    {
        buf_text(&schema, "\n");
        buf_text(&schema, value_to_text(arena, &rows.row[i][0]));
        buf_text(&schema, ";\n");
    }
    if (getenv("VIGIE_GOLDEN") != NULL)
        CHECK_OK(file_write(schema_path, buf_slice(&schema), 0644, &err), &err);
    CHECK_OK(file_read(arena, schema_path, 1024 * 1024, &committed, &err), &err);
    CHECK_STR(str_copy(arena, committed), buf_cstr(&schema));
    place_remove(&place);
}

/* "table.column kind null" of each column, and "index table.name unique" of each index. */
static const char *
describe_sqlite(Store *store, Arena *arena)
{
    return ask_text(
        store, arena,
        "select group_concat(line, char(10)) from ("
        "select m.name || '.' || c.name || ' ' || case lower(c.type) when 'integer' then 'bigint' "
        "else "
        "lower(c.type) end || ' ' || case when c.\"notnull\" or c.pk then 'not null' else 'null' "
        "end "
        "as line from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' "
        "and m.name not like 'sqlite%' "
        "union all select 'index ' || m.name || '.' || i.name || ' ' || i.\"unique\" "
        "from sqlite_master m join pragma_index_list(m.name) i where m.type = 'table' "
        "and i.name not like 'sqlite%' order by line)");
}

static const char *
describe_postgres(Store *store, Arena *arena)
{
    return ask_text(
        store, arena,
        "select string_agg(line, chr(10) order by line collate \"C\") from ("
        "select table_name || '.' || column_name || ' ' || data_type || ' ' || "
        "case is_nullable when 'NO' then 'not null' else 'null' end as line "
        "from information_schema.columns where table_schema = current_schema() "
        "union all select 'index ' || t.relname || '.' || i.relname || ' ' || "
        "case when x.indisunique then 1 else 0 end from pg_index x "
        "join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid "
        "where t.relnamespace = (select oid from pg_namespace where nspname = current_schema()) "
        "and not x.indisprimary) as lines");
}

TEST(store_schema_is_the_same_on_both_engines)
{
    Place server = place_make(STORE_POSTGRES);
    Place files = place_make(STORE_SQLITE);
    CLEANUP(arena_free) Arena *arena = arena_new();
    Store *sqlite = place_open(&files);
    Store *postgres = place_open(&server);
    Error err;

    CHECK_OK(migrate_run(sqlite, migrations_built_in, NULL, &err), &err);
    CHECK_OK(migrate_run(postgres, migrations_built_in, NULL, &err), &err);
    CHECK_STR(describe_postgres(postgres, arena), describe_sqlite(sqlite, arena));
    store_close(&sqlite);
    store_close(&postgres);
    place_remove(&files);
    place_remove(&server);
}

/* ------------------------------------------------------------------------------------ statements
 */

/* On SQLite by asking for its plan, with null for every value. */
static bool
prepares(Store *held, Arena *arena, const SqlStatement *it, Error *err)
{
    Value nulls[64] = { VALUE_OF_NULL };
    size_t count = 0;

    if (store_engine(held) == STORE_POSTGRES)
        return pg_prepare(postgres_pg(store_conn(held)), NULL, it->name, it->text, err);
    for (const char *at = strchr(it->text, '$'); at != NULL; at = strchr(at + 1, '$'))
        if (strtoul(at + 1, NULL, 10) > count)
            count = strtoul(at + 1, NULL, 10);
    return store_query(held, arena, arena_format(arena, "explain %s", it->text), nulls, count, NULL,
                       err);
}

STORE_TEST(store_statements_all_prepare)
{
    CLEANUP(store_release) Store *held = NULL;
    size_t count = 0;
    Error err;

    CHECK_OK(store_hold(store, &held, &err), &err);
    for (const SqlStatement *it = sql_statements; it->name != NULL; it++, count++)
        if (!prepares(held, arena, it, &err))
            fail_msg("%s: %s", it->name, err.message);
    CHECK(count > 80);
}

/* -------------------------------------------------------------------------------------- refusals
 */

static const Migration two[] = {
    { 1, "0001_one",
      "create table parent (\n    id {{id}},\n    name text not null\n);\n"
      "create table child (\n    id {{id}},\n    parent_id bigint references parent (id)\n);\n" },
    { 2, "0002_two", "-- compatible: no\nalter table parent add column extra text;\n" },
    { 0 },
};
static const Migration compatible_two[] = {
    { 1, "0001_one",
      "create table parent (\n    id {{id}},\n    name text not null\n);\n"
      "create table child (\n    id {{id}},\n    parent_id bigint references parent (id)\n);\n" },
    { 2, "0002_two", "\n-- compatible: yes\nalter table parent add column extra text;\n" },
    { 0 },
};

/* The list cut after its first migration: the program of one release before. */
static void
first_only(const Migration *all, Migration one[2])
{
    one[0] = all[0];
    one[1] = (Migration){ 0 };
}

PLACE_TEST(store_migrations_that_changed_are_refused)
{
    Store *store = place_open(place);
    Migration changed[3] = { two[0], two[1], { 0 } };
    MigrationReport report;
    size_t applied = 0;
    Error err;

    CHECK_OK(migrate_run(store, two, &applied, &err), &err);
    CHECK_INT(applied, 2);
    CHECK_OK(migrate_run(store, two, &applied, &err), &err);
    CHECK_INT(applied, 0);
    changed[1].text = "-- compatible: no\nalter table parent add column other text;\n";
    CHECK_ERROR(migrate_run(store, changed, NULL, &err), &err, ERR_CONFIG);
    CHECK_STR(err.message,
              "migration 0002_two is not the one that was applied to the app database");
    CHECK_ERROR(migrate_check(store, arena, changed, &report, &err), &err, ERR_CONFIG);
    store_close(&store);
}

PLACE_TEST(store_migrations_of_a_newer_release_are_refused_unless_compatible)
{
    Store *store = place_open(place);
    Migration one[2];
    MigrationReport report;
    Error err;

    first_only(two, one);
    CHECK_OK(migrate_run(store, two, NULL, &err), &err);
    CHECK_ERROR(migrate_run(store, one, NULL, &err), &err, ERR_CONFIG);
    CHECK(strstr(err.message, "0002_two") != NULL);
    store_close(&store);

    Place other = place_make(place->engine);
    store = place_open(&other);
    CHECK_OK(migrate_run(store, compatible_two, NULL, &err), &err);
    CHECK_OK(migrate_run(store, one, NULL, &err), &err);
    CHECK_OK(migrate_check(store, arena, one, &report, &err), &err);
    CHECK_INT(report.unknown, 1);
    CHECK_INT(report.pending, 0);
    store_close(&store);
    place_remove(&other);
}

PLACE_TEST(store_migration_that_fails_leaves_nothing)
{
    static const Migration bad[] = {
        { 1, "0001_bad",
          "create table left_over (\n    id {{id}}\n);\nselect nothing from nowhere;\n" },
        { 0 },
    };
    Store *store = place_open(place);
    MigrationReport report;
    Error err;

    CHECK(!migrate_run(store, bad, NULL, &err));
    CHECK(strstr(err.message, "migration 0001_bad") != NULL);
    CHECK_OK(migrate_check(store, arena, bad, &report, &err), &err);
    CHECK_INT(report.pending, 1);
    CHECK(!store_query(store, arena, "select count(*) from left_over", NULL, 0, NULL, &err));
    store_close(&store);
}

/* ---------------------------------------------------------------------------------------- copies
 */

static void
fill(Store *store, Arena *arena)
{
    Error err;

    CHECK_OK(store_query(store, arena, "insert into parent (name) values ('before')", NULL, 0, NULL,
                         &err),
             &err);
    CHECK_OK(
        store_query(store, arena, "insert into child (parent_id) values (1)", NULL, 0, NULL, &err),
        &err);
}

PLACE_TEST(store_rollback_restores_the_state_before_the_migration)
{
    Store *store = place_open(place);
    Migration one[2];
    MigrationReport report;
    const char *name = NULL;
    Error err;

    first_only(two, one);
    CHECK_OK(migrate_run(store, one, NULL, &err), &err);
    CHECK_ERROR(migrate_rollback(store, arena, one, &name, &err), &err, ERR_NOT_FOUND);
    fill(store, arena);
    CHECK_OK(migrate_run(store, two, NULL, &err), &err);
    CHECK_OK(store_query(store, arena, "update parent set name = 'after', extra = 'x'", NULL, 0,
                         NULL, &err),
             &err);
    CHECK_OK(migrate_rollback(store, arena, two, &name, &err), &err);
    CHECK(strstr(name, place->engine == STORE_SQLITE ? ".before-0002" : "vigie_before_0002") !=
          NULL);
    CHECK_STR(ask_text(store, arena, "select name from parent"), "before");
    CHECK_INT(ask_int(store, arena, "select parent_id from child"), 1);
    CHECK_OK(migrate_check(store, arena, two, &report, &err), &err);
    CHECK_INT(report.pending, 1);
    /* ids go on, references hold */
    CHECK_OK(
        store_query(store, arena, "insert into parent (name) values ('next')", NULL, 0, NULL, &err),
        &err);
    CHECK_INT(ask_int(store, arena, "select max(id) from parent"), 2);
    CHECK_ERROR(
        store_query(store, arena, "insert into child (parent_id) values (77)", NULL, 0, NULL, &err),
        &err, ERR_INVALID);
    CHECK_OK(migrate_run(store, two, NULL, &err), &err);
    store_close(&store);
}

PLACE_TEST(store_rollback_restores_the_real_schema)
{
    Migration more[64] = { 0 };
    size_t known = 0;
    Store *store = place_open(place);
    const char *name = NULL;
    Error err;

    CHECK_OK(migrate_run(store, migrations_built_in, NULL, &err), &err);
    for (; migrations_built_in[known].name != NULL; known++)
        more[known] = migrations_built_in[known];
    more[known] = (Migration){ 9000, "9000_more", "create table more (\n    id {{id}}\n);\n" };
    CHECK_OK(migrate_run(store, more, NULL, &err), &err);
    CHECK_OK(migrate_rollback(store, arena, more, &name, &err), &err);
    CHECK_INT(ask_int(store, arena, "select count(*) from permissions_group"), 2);
    CHECK(!store_query(store, arena, "select count(*) from more", NULL, 0, NULL, &err));
    CHECK_OK(store_query(store, arena, "insert into permissions_group (name) values ('third')",
                         NULL, 0, NULL, &err),
             &err);
    CHECK_INT(ask_int(store, arena, "select max(id) from permissions_group"), 3);
    if (place->engine == STORE_SQLITE)
        CHECK(!file_exists(arena_format(arena, "%s.before-9000", place->location)));
    store_close(&store);
}

PLACE_TEST(store_keeps_the_last_two_copies)
{
    Migration all[6] = { two[0] };
    Store *store = place_open(place);
    Error err;

    for (int i = 1; i < 5; i++)
    {
        all[i] = (Migration){ i + 1, arena_format(arena, "%04d_step", i + 1),
                              arena_format(arena, "alter table parent add column c%d text;\n", i) };
        CHECK_OK(migrate_run(store, all, NULL, &err), &err);
    }
    if (place->engine == STORE_SQLITE)
    {
        CHECK(!file_exists(arena_format(arena, "%s.before-0003", place->location)));
        CHECK(file_exists(arena_format(arena, "%s.before-0004", place->location)));
        CHECK(file_exists(arena_format(arena, "%s.before-0005", place->location)));
    }
    else
        CHECK_STR(ask_text(store, arena,
                           "select string_agg(nspname, ',' order by nspname) from pg_namespace"
                           " where nspname like 'vigie_before%'"),
                  "vigie_before_0004,vigie_before_0005");
    store_close(&store);
}

/* ------------------------------------------------------------------------------------ two at once
 */

typedef struct Migrator
{
    const Place *place;
    size_t applied;
    bool done;
    Error err;
} Migrator;

static void *
migrate_in_thread(void *arg)
{
    Migrator *migrator = arg;
    StoreOptions options = { .location = migrator->place->location };
    Store *store = NULL;

    migrator->done = store_open(&options, &store, &migrator->err) &&
                     migrate_run(store, migrations_built_in, &migrator->applied, &migrator->err);
    store_close(&store);
    return NULL;
}

PLACE_TEST(store_two_servers_that_start_at_once_migrate_once)
{
    Migrator migrators[4];
    pthread_t threads[4];
    size_t applied = 0;
    size_t known = 0;

    while (migrations_built_in[known].name != NULL)
        known++;
    for (size_t i = 0; i < COUNT_OF(migrators); i++)
    {
        migrators[i] = (Migrator){ .place = place };
        CHECK_INT(pthread_create(&threads[i], NULL, migrate_in_thread, &migrators[i]), 0);
    }
    for (size_t i = 0; i < COUNT_OF(migrators); i++)
    {
        CHECK_INT(pthread_join(threads[i], NULL), 0);
        CHECK_OK(migrators[i].done, &migrators[i].err);
        applied += migrators[i].applied;
    }
    CHECK_INT(applied, known);
}

/* The lock belongs to a session: one that dies holds nothing. */
PLACE_TEST(store_migrator_that_dies_leaves_no_lock)
{
    CLEANUP(pg_close) Pg *dead = NULL;
    PgTarget target;
    Store *store;
    bool locked = false;
    Error err;

    if (place->engine == STORE_SQLITE)
        return;
    CHECK_OK(pg_target_from_url(arena, place->location, &target, &err), &err);
    CHECK_OK(pg_open(&target, NULL, &dead, &err), &err);
    CHECK_OK(pg_lock_try(dead, INT64_C(0x76696769650001), &locked, &err), &err);
    CHECK(locked);
    pg_close(&dead);
    store = place_open(place);
    CHECK_OK(migrate_run(store, migrations_built_in, NULL, &err), &err);
    store_close(&store);
}
