/*
 * Compares what a database holds with what the store knows, table by table, and writes the
 * difference. Reading comes first and whole, so that a database that goes away changes nothing.
 */
#include "sync/sync.h"

#include "base/json.h"
#include "base/log.h"
#include "driver/driver.h"
#include "store/database.h"
#include "store/metadata.h"
#include "sync/guess.h"

#include <string.h>

static bool
read_schema(Store *store, Arena *arena, int64_t id, const char *data_folder, const Cancel *cancel,
            Schema *schema, Error *err)
{
    CLEANUP(conn_close) Conn *conn = NULL;
    ConnSpec spec = { .cancel = cancel, .data_folder = data_folder };
    Database database;

    if (!database_find(store, arena, id, &database, err))
        return false;
    spec.driver = driver_lookup(database.engine);
    spec.details = database.details;
    if (spec.driver == NULL)
        return error_set(err, ERR_INVALID, "there is no driver %s", database.engine);
    conn = conn_open(&spec, err);
    return conn != NULL && conn_describe(conn, arena, schema, err);
}

static OptBool
known(bool value)
{
    return (OptBool){ true, value };
}

static TableField
field_of(Arena *arena, const Table *table, const SchemaColumn *column, int64_t position)
{
    TableField field = {
        .table_id = table->id,
        .name = column->name,
        .display_name = guess_display_name(arena, column->name),
        .description = column->comment,
        .base_type = base_type_name(column->base_type),
        .effective_type = base_type_name(column->base_type),
        .database_type = column->database_type,
        .semantic_type = guess_semantic_type(arena, column),
        .visibility_type = "normal",
        .position = position,
        .database_position = position,
        .preview_display = true,
        .database_required = !column->is_nullable && column->value == NULL &&
                             !column->is_auto_increment && !column->is_generated,
        .database_is_pk = column->is_pk,
        .database_is_nullable = known(column->is_nullable),
        .database_default = column->value,
        .database_is_generated = known(column->is_generated),
        .database_is_auto_increment = column->is_auto_increment,
        .database_indexed = known(column->is_indexed),
    };

    return field;
}

static bool
is_described(const SchemaTable *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return true;
    return false;
}

static bool
retire_fields(Store *tx, Arena *arena, const Table *table, const SchemaTable *seen, Error *err)
{
    FieldFilter filter = { .table_id = table->id, .with_hidden = true };
    TableFieldList list;

    if (!field_list(tx, arena, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (!is_described(seen, list.items[i].name) &&
            !field_retire(tx, arena, list.items[i].id, err))
            return false;
    return true;
}

static bool
sync_fields(Store *tx, Arena *arena, const Table *table, const SchemaTable *seen,
            SyncReport *report, Error *err)
{
    for (size_t i = 0; i < seen->column_count; i++)
    {
        TableField field = field_of(arena, table, &seen->columns[i], (int64_t) i);

        if (!field_put(tx, arena, &field, NULL, err))
            return false;
        report->fields++;
    }
    return retire_fields(tx, arena, table, seen, err);
}

static bool
sync_table(Store *tx, Arena *arena, int64_t database_id, const SchemaTable *seen,
           SyncReport *report, Error *err)
{
    bool created = false;
    Table table = {
        .db_id = database_id,
        .schema = seen->schema,
        .name = seen->name,
        .display_name = guess_display_name(arena, seen->name),
        .description = seen->comment,
        .entity_type = guess_entity_type(arena, seen->name),
        .field_order = "database",
        .estimated_row_count = { seen->row_estimate >= 0, seen->row_estimate },
        .is_writable = { true, false },
    };

    if (!table_put(tx, arena, &table, &created, err) ||
        !sync_fields(tx, arena, &table, seen, report, err) ||
        !table_set_sync_status(tx, arena, table.id, "complete", err))
        return false;
    report->tables++;
    report->created += created;
    return true;
}

static const SchemaTable *
table_seen(const Schema *schema, const char *in, const char *name)
{
    for (size_t i = 0; i < schema->table_count; i++)
        if (strcasecmp(schema->tables[i].name, name) == 0 &&
            strcmp(schema->tables[i].schema == NULL ? "" : schema->tables[i].schema,
                   in == NULL ? "" : in) == 0)
            return &schema->tables[i];
    return NULL;
}

static bool
retire_tables(Store *tx, Arena *arena, int64_t database_id, const Schema *schema,
              SyncReport *report, Error *err)
{
    TableFilter filter = { .db_id = database_id, .with_hidden = true };
    TableList list;

    if (!table_list(tx, arena, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (table_seen(schema, list.items[i].schema, list.items[i].name) == NULL)
        {
            if (!table_retire(tx, arena, list.items[i].id, err))
                return false;
            report->retired++;
        }
    return true;
}

/* ------------------------------------------------------------------------------ foreign keys */

static const TableField *
field_lookup(const TableFieldList *fields, const char *schema, const char *table, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
    {
        const TableField *field = &fields->items[i];

        if (strcasecmp(field->table_name, table) == 0 && strcasecmp(field->name, name) == 0 &&
            strcmp(field->table_schema == NULL ? "" : field->table_schema,
                   schema == NULL ? "" : schema) == 0)
            return field;
    }
    return NULL;
}

/* A key may name only the table: then it points at its primary key. */
static const char *
target_column(const Schema *schema, const SchemaColumn *column)
{
    const SchemaTable *table;

    if (column->target_column != NULL)
        return column->target_column;
    table = table_seen(schema, column->target_schema, column->target_table);
    for (size_t i = 0; table != NULL && i < table->column_count; i++)
        if (table->columns[i].is_pk)
            return table->columns[i].name;
    return "";
}

static bool
sync_keys(Store *tx, Arena *arena, int64_t database_id, const Schema *schema, Error *err)
{
    FieldFilter filter = { .db_id = database_id, .with_hidden = true };
    TableFieldList fields;

    if (!field_list(tx, arena, &filter, &fields, err))
        return false;
    for (size_t t = 0; t < schema->table_count; t++)
        for (size_t c = 0; c < schema->tables[t].column_count; c++)
        {
            const SchemaTable *table = &schema->tables[t];
            const SchemaColumn *column = &table->columns[c];
            const TableField *from, *to;

            if (column->target_table == NULL)
                continue;
            from = field_lookup(&fields, table->schema, table->name, column->name);
            to = field_lookup(&fields, column->target_schema, column->target_table,
                              target_column(schema, column));
            if (from != NULL && to != NULL && !from->fk_target_field_id.set &&
                !field_set_target(tx, arena, from->id, to->id, err))
                return false;
        }
    return true;
}

/* ------------------------------------------------------------------------------------- the whole
 */

/* People may have changed the database since the look at it began. */
static bool
finish(Store *tx, Arena *arena, int64_t database_id, const Schema *schema, Error *err)
{
    Json *version = json_new(arena, JSON_OBJECT);
    Database database;

    if (!database_find(tx, arena, database_id, &database, err))
        return false;
    (void) json_put(arena, version, "flavor", json_new_text(arena, schema->flavor));
    (void) json_put(arena, version, "version", json_new_text(arena, schema->version));
    database.dbms_version = version;
    database.timezone = schema->timezone;
    database.initial_sync_status = "complete";
    return database_update(tx, arena, &database, err);
}

bool
sync_database(Store *store, int64_t database_id, const char *data_folder, const Cancel *cancel,
              SyncReport *report, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(store_rollback) Store *tx = NULL;
    SyncReport done = { 0 };
    Schema schema;

    if (!read_schema(store, arena, database_id, data_folder, cancel, &schema, err) ||
        !metadata_change(store, &tx, arena, err))
        return false;
    for (size_t i = 0; i < schema.table_count; i++)
        if (!cancel_check(cancel, err) ||
            !sync_table(tx, arena, database_id, &schema.tables[i], &done, err))
            return false;
    if (!retire_tables(tx, arena, database_id, &schema, &done, err) ||
        !sync_keys(tx, arena, database_id, &schema, err) ||
        !finish(tx, arena, database_id, &schema, err) || !store_commit(&tx, err))
        return false;
    log_info("sync.done", LOG_INT("database_id", database_id), LOG_INT("tables", done.tables),
             LOG_INT("fields", done.fields), LOG_INT("created", done.created),
             LOG_INT("retired", done.retired));
    if (report != NULL)
        *report = done;
    return true;
}
