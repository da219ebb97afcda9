/* Connected databases, their tables, fields and values. */
#include "store/metadata.h"

#include "store/database.h"
#include "store/setting.h"
#include "store_setup.h"

#include <string.h>

static int64_t
make_database(Store *store, Arena *arena, const char *name)
{
    Database database = database_new(arena);
    Error err;

    database.name = name;
    database.engine = "postgres";
    CHECK_OK(database_create(store, arena, &database, &err), &err);
    return database.id;
}

static Table
make_table(Store *store, Arena *arena, int64_t db_id, const char *schema, const char *name)
{
    Table table = { .db_id = db_id, .schema = schema, .name = name };
    bool created = false;
    Error err;

    CHECK_OK(table_put(store, arena, &table, &created, &err), &err);
    CHECK(created);
    return table;
}

static TableField
make_field(Store *store, Arena *arena, int64_t table_id, const char *name, const char *semantic)
{
    TableField field = {
        .table_id = table_id,
        .name = name,
        .base_type = "type/Integer",
        .database_type = "int4",
        .semantic_type = semantic,
    };
    bool created = false;
    Error err;

    CHECK_OK(field_put(store, arena, &field, &created, &err), &err);
    CHECK(created);
    return field;
}

STORE_TEST(store_database_keeps_every_member)
{
    Database made = database_new(arena);
    Database found;
    DatabaseList list;
    Json *tree = NULL;
    Error err;

    CHECK_OK(json_parse(arena, STR("{\"host\":\"h\",\"port\":5432}"), NULL, &tree, &err), &err);
    made.name = "Réservations";
    made.engine = "postgres";
    made.details = tree;
    made.description = "d";
    made.caveats = "c";
    made.points_of_interest = "p";
    made.timezone = "Europe/Paris";
    made.dbms_version = tree;
    made.settings = tree;
    made.is_on_demand = true;
    made.refingerprint = (OptBool){ true, false };
    made.cache_ttl = (OptInt){ true, 12 };
    made.uploads_schema_name = "up";
    CHECK_OK(database_create(store, arena, &made, &err), &err);
    CHECK_OK(database_find(store, arena, made.id, &found, &err), &err);
    CHECK_STR(found.name, "Réservations");
    CHECK(json_equal(found.details, tree) && json_equal(found.dbms_version, tree) &&
          json_equal(found.settings, tree));
    CHECK(found.is_full_sync && found.is_on_demand && found.auto_run_queries && !found.is_sample);
    CHECK(found.refingerprint.set && !found.refingerprint.value);
    CHECK_INT(found.cache_ttl.value, 12);
    CHECK(!found.creator_id.set && !found.router_database_id.set);
    CHECK_STR(found.metadata_sync_schedule, made.metadata_sync_schedule);
    CHECK_STR(found.initial_sync_status, "incomplete");
    CHECK_STR(found.uploads_schema_name, "up");
    CHECK_STR(found.entity_id, made.entity_id);
    found.name = "Autre";
    found.caveats = NULL;
    CHECK_OK(database_update(store, arena, &found, &err), &err);
    CHECK_OK(database_list(store, arena, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_STR(list.items[0].name, "Autre");
    CHECK(list.items[0].caveats == NULL);
    CHECK_STR(list.items[0].created_at, made.created_at);
    CHECK_OK(database_delete(store, arena, made.id, &err), &err);
    CHECK_ERROR(database_find(store, arena, made.id, &found, &err), &err, ERR_NOT_FOUND);
    CHECK_ERROR(database_delete(store, arena, made.id, &err), &err, ERR_NOT_FOUND);
    CHECK_ERROR(database_update(store, arena, &found, &err), &err, ERR_NOT_FOUND);
}

STORE_TEST(store_sync_finds_tables_again_and_keeps_what_people_wrote)
{
    int64_t db = make_database(store, arena, "a");
    Table table = make_table(store, arena, db, "public", "orders");
    Table again = { .db_id = db, .schema = "public", .name = "orders", .description = "from sync" };
    Table bare = make_table(store, arena, db, NULL, "orders");
    bool created = true;
    Error err;

    CHECK(table.id != bare.id);
    CHECK_STR(table.display_name, "orders");
    CHECK_STR(table.field_order, "database");
    CHECK_STR(table.data_authority, "unconfigured");
    CHECK(table.active);
    table.display_name = "Commandes";
    table.description = "by hand";
    table.visibility_type = "hidden";
    table.estimated_row_count = (OptInt){ 0 };
    CHECK_OK(table_update(store, arena, &table, &err), &err);
    CHECK_OK(table_retire(store, arena, table.id, &err), &err);
    again.estimated_row_count = (OptInt){ true, 42 };
    CHECK_OK(table_put(store, arena, &again, &created, &err), &err);
    CHECK(!created);
    CHECK_INT(again.id, table.id);
    CHECK(again.active && again.deactivated_at == NULL);
    CHECK_STR(again.display_name, "Commandes");
    CHECK_STR(again.description, "by hand");
    CHECK_INT(again.estimated_row_count.value, 42);
    bare.description = "from sync";
    CHECK_OK(table_put(store, arena, &bare, &created, &err), &err);
    CHECK(!created);
    CHECK_STR(bare.description, "from sync");
    CHECK_OK(table_set_sync_status(store, arena, bare.id, "complete", &err), &err);
    CHECK_ERROR(table_retire(store, arena, 99, &err), &err, ERR_NOT_FOUND);
}

STORE_TEST(store_tables_are_listed_by_filter)
{
    int64_t db = make_database(store, arena, "a");
    int64_t other = make_database(store, arena, "b");
    Table table = make_table(store, arena, db, "s2", "Été");
    TableList list;
    TextList schemas;
    Error err;

    (void) make_table(store, arena, db, "s1", "b");
    (void) make_table(store, arena, other, NULL, "c");
    CHECK_OK(table_list(store, arena, &(TableFilter){ .db_id = 0 }, &list, &err), &err);
    CHECK_INT(list.count, 3);
    CHECK_OK(table_list(store, arena, &(TableFilter){ .db_id = db, .schema = "s1" }, &list, &err),
             &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(table_list(store, arena, &(TableFilter){ .schema = "" }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(table_list(store, arena, &(TableFilter){ .term = "ETE" }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(schema_list(store, arena, db, false, &schemas, &err), &err);
    CHECK_INT(schemas.count, 2);
    CHECK_STR(schemas.items[0], "s1");
    CHECK_OK(schema_list(store, arena, other, false, &schemas, &err), &err);
    CHECK_STR(schemas.items[0], "");
    table.visibility_type = "hidden";
    CHECK_OK(table_update(store, arena, &table, &err), &err);
    CHECK_OK(table_list(store, arena, &(TableFilter){ .db_id = db }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(
        table_list(store, arena, &(TableFilter){ .db_id = db, .with_hidden = true }, &list, &err),
        &err);
    CHECK_INT(list.count, 2);
    CHECK_OK(table_retire(store, arena, table.id, &err), &err);
    CHECK_OK(
        table_list(store, arena, &(TableFilter){ .db_id = db, .with_hidden = true }, &list, &err),
        &err);
    CHECK_INT(list.count, 1);
}

STORE_TEST(store_sync_finds_fields_again_and_keeps_what_people_wrote)
{
    int64_t db = make_database(store, arena, "a");
    Table table = make_table(store, arena, db, "public", "orders");
    TableField field = make_field(store, arena, table.id, "id", "type/PK");
    TableField again = { .table_id = table.id,
                         .name = "id",
                         .base_type = "type/BigInteger",
                         .database_type = "int8",
                         .database_is_pk = true };
    Json *print = json_new(arena, JSON_OBJECT);
    int64_t before = 0;
    int64_t after = 0;
    bool created = true;
    Error err;

    CHECK_STR(field.effective_type, "type/Integer");
    CHECK_STR(field.visibility_type, "normal");
    CHECK_STR(field.table_name, "orders");
    CHECK_INT(field.db_id, db);
    field.display_name = "Numéro";
    field.description = "by hand";
    field.settings = print;
    CHECK_OK(field_update(store, arena, &field, &err), &err);
    CHECK_OK(field_set_fingerprint(store, arena, field.id, print, 5, NULL, "list", &err), &err);
    CHECK_OK(field_find(store, arena, field.id, &field, &err), &err);
    CHECK(field.fingerprint != NULL && field.last_analyzed != NULL);
    CHECK_STR(field.semantic_type, "type/PK");
    CHECK_STR(field.has_field_values, "list");
    CHECK_OK(field_retire(store, arena, field.id, &err), &err);
    CHECK_OK(counter_read(store, arena, "metadata", &before, &err), &err);
    CHECK_OK(field_put(store, arena, &again, &created, &err), &err);
    CHECK_OK(counter_read(store, arena, "metadata", &after, &err), &err);
    CHECK(after > before);
    CHECK(!created);
    CHECK_INT(again.id, field.id);
    CHECK(again.active && again.database_is_pk);
    CHECK_STR(again.display_name, "Numéro");
    CHECK_STR(again.description, "by hand");
    CHECK_STR(again.base_type, "type/BigInteger");
    CHECK_STR(again.effective_type, "type/BigInteger");
    CHECK(again.fingerprint == NULL);
    CHECK_INT(again.fingerprint_version, 0);
}

STORE_TEST(store_fields_are_listed_by_filter)
{
    int64_t db = make_database(store, arena, "a");
    Table orders = make_table(store, arena, db, "public", "orders");
    Table people = make_table(store, arena, db, "public", "people");
    TableField key = make_field(store, arena, people.id, "id", "type/PK");
    TableField reference = make_field(store, arena, orders.id, "person_id", NULL);
    TableField hidden = make_field(store, arena, orders.id, "secret", NULL);
    TableField child = { .table_id = orders.id,
                         .name = "city",
                         .base_type = "type/Text",
                         .database_type = "text",
                         .parent_id = { true, hidden.id } };
    TableFieldList list;
    Error err;

    CHECK_OK(field_put(store, arena, &child, NULL, &err), &err);
    CHECK_INT(child.parent_id.value, hidden.id);
    CHECK_OK(field_set_target(store, arena, reference.id, key.id, &err), &err);
    CHECK_OK(field_list(store, arena, &(FieldFilter){ .db_id = db }, &list, &err), &err);
    CHECK_INT(list.count, 4);
    CHECK_OK(field_list(store, arena, &(FieldFilter){ .table_id = people.id }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(
        field_list(store, arena, &(FieldFilter){ .db_id = db, .keys_only = true }, &list, &err),
        &err);
    CHECK_INT(list.count, 1);
    CHECK_STR(list.items[0].table_name, "people");
    CHECK_OK(field_list(store, arena, &(FieldFilter){ .match = "PERSON_" }, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_OK(field_list(store, arena, &(FieldFilter){ .limit = 2 }, &list, &err), &err);
    CHECK_INT(list.count, 2);
    CHECK_OK(field_list_referring(store, arena, people.id, &list, &err), &err);
    CHECK_INT(list.count, 1);
    CHECK_INT(list.items[0].fk_target_field_id.value, key.id);
    CHECK_STR(list.items[0].semantic_type, "type/FK");
    hidden.visibility_type = "sensitive";
    CHECK_OK(field_update(store, arena, &hidden, &err), &err);
    CHECK_OK(field_list(store, arena, &(FieldFilter){ .table_id = orders.id }, &list, &err), &err);
    CHECK_INT(list.count, 2);
    CHECK_OK(field_list(store, arena, &(FieldFilter){ .table_id = orders.id, .with_hidden = true },
                        &list, &err),
             &err);
    CHECK_INT(list.count, 3);
}

STORE_TEST(store_field_target_stays_in_its_database_and_needs_a_key)
{
    Table here = make_table(store, arena, make_database(store, arena, "a"), NULL, "t");
    Table there = make_table(store, arena, make_database(store, arena, "b"), NULL, "t");
    TableField field = make_field(store, arena, here.id, "x", NULL);
    TableField key = make_field(store, arena, here.id, "id", "type/PK");
    TableField far = make_field(store, arena, there.id, "id", "type/PK");
    Error err;

    field.semantic_type = "type/FK";
    field.fk_target_field_id = (OptInt){ true, far.id };
    CHECK_ERROR(field_update(store, arena, &field, &err), &err, ERR_INVALID);
    CHECK_STR(err.field, "fk_target_field_id");
    field.fk_target_field_id.value = key.id;
    CHECK_OK(field_update(store, arena, &field, &err), &err);
    field.semantic_type = "type/Category";
    CHECK_OK(field_update(store, arena, &field, &err), &err);
    CHECK(!field.fk_target_field_id.set);
    CHECK_OK(field_find(store, arena, field.id, &field, &err), &err);
    CHECK(!field.fk_target_field_id.set);
}

STORE_TEST(store_field_order_dimensions_and_values_are_kept)
{
    Table table = make_table(store, arena, make_database(store, arena, "a"), NULL, "t");
    TableField a = make_field(store, arena, table.id, "a", NULL);
    TableField b = make_field(store, arena, table.id, "b", NULL);
    const int64_t order[] = { b.id, a.id };
    const int64_t wrong[] = { b.id, 99 };
    FieldValues values = { .field_id = a.id };
    FieldValues found;
    Json *tree = NULL;
    Error err;

    CHECK_OK(field_reorder(store, arena, table.id, order, 2, &err), &err);
    CHECK_OK(field_find(store, arena, a.id, &a, &err), &err);
    CHECK_INT(a.custom_position, 1);
    CHECK_OK(table_find(store, arena, table.id, &table, &err), &err);
    CHECK_STR(table.field_order, "custom");
    CHECK_ERROR(field_reorder(store, arena, table.id, wrong, 2, &err), &err, ERR_INVALID);

    CHECK_OK(dimension_put(store, arena, a.id, "external", "B", b.id, &err), &err);
    CHECK_OK(dimension_put(store, arena, a.id, "internal", "A", 0, &err), &err);
    CHECK_OK(field_find(store, arena, a.id, &a, &err), &err);
    CHECK_STR(a.dimension_type, "internal");
    CHECK(!a.human_readable_field_id.set);
    CHECK_OK(dimension_delete(store, arena, a.id, &err), &err);
    CHECK_OK(field_find(store, arena, a.id, &a, &err), &err);
    CHECK_INT(a.dimension_id, 0);

    CHECK_OK(field_values_find(store, arena, a.id, &found, &err), &err);
    CHECK_INT(found.field_id, 0);
    CHECK_OK(json_parse(arena, STR("[1,2]"), NULL, &tree, &err), &err);
    values.values = tree;
    values.human_readable_values = tree;
    CHECK_OK(field_values_put(store, arena, &values, &err), &err);
    values.human_readable_values = NULL;
    values.has_more_values = true;
    CHECK_OK(field_values_put(store, arena, &values, &err), &err);
    CHECK_OK(field_values_find(store, arena, a.id, &found, &err), &err);
    CHECK(json_equal(found.values, tree) && json_equal(found.human_readable_values, tree));
    CHECK(found.has_more_values);
    CHECK_OK(field_values_clear(store, arena, table.id, &err), &err);
    CHECK_OK(field_values_find(store, arena, a.id, &found, &err), &err);
    CHECK_INT(found.field_id, 0);
    CHECK_OK(field_values_delete(store, arena, a.id, &err), &err);
}

STORE_TEST(store_database_takes_its_tables_and_fields_along)
{
    int64_t db = make_database(store, arena, "a");
    Table table = make_table(store, arena, db, NULL, "t");
    TableField key = make_field(store, arena, table.id, "id", "type/PK");
    TableField reference = make_field(store, arena, table.id, "x", NULL);
    Error err;

    CHECK_OK(field_set_target(store, arena, reference.id, key.id, &err), &err);
    CHECK_OK(database_delete(store, arena, db, &err), &err);
    CHECK_INT(ask_int(store, arena, "select count(*) from metabase_table"), 0);
    CHECK_INT(ask_int(store, arena, "select count(*) from metabase_field"), 0);
}
