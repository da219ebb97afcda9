#include "test.h"

#include "store/database.h"
#include "store/metadata.h"
#include "store/migrate.h"
#include "sync/sync.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct World
{
    Arena *arena;
    Store *store;
    char folder[40];
    char file[80];
    char state[80];
    int64_t database_id;
} World;

static void
change(const World *world, const char *script)
{
    sqlite3 *db;

    CHECK(sqlite3_open(world->file, &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, script, NULL, NULL, NULL) == SQLITE_OK);
    (void) sqlite3_close(db);
}

/* A connected database with two tables, one of which points at the other. */
static void
world_open(World *world)
{
    StoreOptions options = { .location = world->state };
    Database database;
    Error err;

    *world = (World){ .arena = arena_new() };
    (void) snprintf(world->folder, sizeof(world->folder), "/tmp/vigie-sync-XXXXXX");
    CHECK(mkdtemp(world->folder) != NULL);
    (void) snprintf(world->file, sizeof(world->file), "%s/data.db", world->folder);
    (void) snprintf(world->state, sizeof(world->state), "%s/vigie.db", world->folder);
    CHECK_OK(store_open(&options, &world->store, &err), &err);
    CHECK_OK(migrate_run(world->store, migrations_built_in, NULL, &err), &err);
    CHECK_OK(store_unlock(world->store, NULL, &err), &err);
    change(world, "create table people (id integer primary key, name text);"
                  "create table orders (id integer primary key, person_id integer references "
                  "people, total real, created_at timestamp);");
    database = database_new(world->arena);
    database.name = "Data";
    database.engine = "sqlite";
    CHECK_OK(json_parse(world->arena, STR("{\"db\":\"data.db\"}"), NULL,
                        (Json **) &database.details, &err),
             &err);
    CHECK_OK(database_create(world->store, world->arena, &database, &err), &err);
    world->database_id = database.id;
}

static void
world_close(World *world)
{
    store_close(&world->store);
    (void) unlink(world->file);
    (void) unlink(world->state);
    (void) unlink(arena_format(world->arena, "%s-wal", world->state));
    (void) unlink(arena_format(world->arena, "%s-shm", world->state));
    (void) rmdir(world->folder);
    arena_free(&world->arena);
}

static SyncReport
sync_now(World *world)
{
    SyncReport report;
    Error err;

    CHECK_OK(sync_database(world->store, world->database_id, world->folder, NULL, &report, &err),
             &err);
    return report;
}

static Table
table_named(World *world, const char *name)
{
    TableFilter filter = { .db_id = world->database_id };
    TableList list;
    Error err;

    CHECK_OK(table_list(world->store, world->arena, &filter, &list, &err), &err);
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i].name, name) == 0)
            return list.items[i];
    return (Table){ 0 };
}

static TableField
field_named(World *world, const char *table, const char *name)
{
    FieldFilter filter = { .db_id = world->database_id };
    TableFieldList list;
    Error err;

    CHECK_OK(field_list(world->store, world->arena, &filter, &list, &err), &err);
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i].table_name, table) == 0 && strcmp(list.items[i].name, name) == 0)
            return list.items[i];
    return (TableField){ 0 };
}

TEST(sync_finds_tables_columns_and_keys)
{
    World world;
    SyncReport report;
    TableField key;

    world_open(&world);
    report = sync_now(&world);
    CHECK(report.tables == 2 && report.created == 2 && report.retired == 0 && report.fields == 6);
    key = field_named(&world, "orders", "person_id");
    CHECK_STR(key.semantic_type, "type/FK");
    CHECK(key.fk_target_field_id.set &&
          key.fk_target_field_id.value == field_named(&world, "people", "id").id);
    CHECK_STR(field_named(&world, "orders", "created_at").semantic_type, "type/CreationTimestamp");
    CHECK_STR(table_named(&world, "people").entity_type, "entity/UserTable");
    world_close(&world);
}

TEST(sync_again_applies_differences_and_keeps_what_people_wrote)
{
    World world;
    SyncReport report;
    TableField field;
    Table table;
    Error err;

    world_open(&world);
    (void) sync_now(&world);
    table = table_named(&world, "orders");
    table.display_name = "Commandes";
    table.description = "Toutes les commandes";
    CHECK_OK(table_update(world.store, world.arena, &table, &err), &err);
    field = field_named(&world, "orders", "total");
    field.display_name = "Montant";
    field.semantic_type = "type/Currency";
    CHECK_OK(field_update(world.store, world.arena, &field, &err), &err);
    change(&world, "drop table people; create table reviews (id integer primary key, body text);"
                   "alter table orders add column note text; alter table orders drop column "
                   "created_at;");
    report = sync_now(&world);
    CHECK(report.tables == 2 && report.created == 1 && report.retired == 1);
    CHECK_STR(table_named(&world, "orders").display_name, "Commandes");
    CHECK_STR(table_named(&world, "orders").description, "Toutes les commandes");
    CHECK_STR(field_named(&world, "orders", "total").display_name, "Montant");
    CHECK_STR(field_named(&world, "orders", "total").semantic_type, "type/Currency");
    CHECK_STR(field_named(&world, "orders", "note").display_name, "Note");
    CHECK(field_named(&world, "orders", "created_at").id == 0);
    CHECK(table_named(&world, "people").id == 0);
    change(&world, "create table people (id integer primary key, name text);");
    CHECK_INT(sync_now(&world).created, 0);
    CHECK(table_named(&world, "people").id != 0);
    world_close(&world);
}

TEST(sync_of_a_database_that_went_away_changes_nothing)
{
    World world;
    Error err;

    world_open(&world);
    (void) sync_now(&world);
    (void) unlink(world.file);
    CHECK_ERROR(sync_database(world.store, world.database_id, world.folder, NULL, NULL, &err), &err,
                ERR_INVALID);
    CHECK(table_named(&world, "orders").id != 0);
    CHECK_ERROR(sync_database(world.store, 999, world.folder, NULL, NULL, &err), &err,
                ERR_NOT_FOUND);
    world_close(&world);
}
