/* One statement for a sample of a table, one for the values of each column that has few. A table
 * that fails is passed over: the others matter. */
#include "sync/scan.h"

#include "base/log.h"
#include "driver/driver.h"
#include "sql/fingerprint.h"
#include "store/database.h"
#include "store/metadata.h"

#include <string.h>

enum
{
    STATEMENT_MS = 30000,
    SAMPLE_COLUMNS = 24, /* in one statement */
    LIST_VALUES = 100,   /* a text column with fewer in its sample is offered as a list */
    CATEGORY_VALUES = 30 /* with fewer, it is a category */
};

typedef struct Scan
{
    Store *store;
    Arena *arena; /* of one table */
    Conn *conn;
    const Driver *driver;
    const ScanOrder *order;
    ScanReport *report;
} Scan;

static BaseType
type_of(const TableField *field)
{
    BaseType type = BASE_ANY;

    (void) base_type_from_name(field->base_type, &type);
    return type;
}

/* Texts and numbers of any size; documents and unknown types are left alone. */
static bool
may_sample(const TableField *field)
{
    BaseType type = type_of(field);

    return field->active && strcmp(field->visibility_type, "sensitive") != 0 &&
           strcmp(field->visibility_type, "retired") != 0 && type != BASE_ANY &&
           type != BASE_JSON && type != BASE_XML && type != BASE_ARRAY && type != BASE_STRUCTURED &&
           type != BASE_COLLECTION && type != BASE_DICTIONARY && type != BASE_LARGE;
}

static bool
is_wanted(const ScanOrder *order, const TableField *field)
{
    return may_sample(field) && (order->field_id == 0 || order->field_id == field->id) &&
           (order->anew || field->fingerprint == NULL);
}

/* --- Samples ------------------------------------------------------------------------------------
 */

static void
write_sample(Sql *sql, const Table *table, const TableField *const *fields, size_t count)
{
    sql_words(sql, "select ");
    for (size_t i = 0; i < count; i++)
    {
        if (i > 0)
            sql_words(sql, ", ");
        sql_ident(sql, fields[i]->name);
    }
    sql_words(sql, " from ");
    sql_table(sql, table->schema, table->name);
    sql_words(sql, " limit ");
    sql_int(sql, FINGERPRINT_ROWS);
}

static bool
is_plain_text(const TableField *field)
{
    return type_of(field) == BASE_TEXT;
}

/* What the values say when the name said nothing. NULL keeps what is known. */
static const char *
guess_type(const Fingerprints *prints, size_t index, const TableField *field)
{
    int64_t distinct = fingerprints_distinct(prints, index);

    if (field->semantic_type != NULL || !is_plain_text(field))
        return NULL;
    if (fingerprints_share_of_emails(prints, index) > 0.95)
        return "type/Email";
    if (fingerprints_share_of_urls(prints, index) > 0.95)
        return "type/URL";
    if (distinct > 0 && distinct < CATEGORY_VALUES && prints->rows > distinct * 2)
        return "type/Category";
    return NULL;
}

static const char *
guess_list(const Fingerprints *prints, size_t index, const TableField *field)
{
    int64_t distinct = fingerprints_distinct(prints, index);

    if (field->has_field_values != NULL)
        return NULL;
    if ((is_plain_text(field) || type_of(field) == BASE_BOOLEAN) && distinct <= LIST_VALUES &&
        prints->rows > distinct)
        return "list";
    return is_plain_text(field) ? "search" : NULL;
}

static bool
keep_sample(Scan *scan, const Fingerprints *prints, const TableField *const *fields, size_t count,
            Error *err)
{
    for (size_t i = 0; i < count; i++)
    {
        if (!field_set_fingerprint(scan->store, scan->arena, fields[i]->id,
                                   fingerprints_json(prints, i), FINGERPRINT_VERSION,
                                   guess_type(prints, i, fields[i]),
                                   guess_list(prints, i, fields[i]), err))
            return false;
        scan->report->fields++;
    }
    return true;
}

static bool
sample_columns(Scan *scan, const Table *table, const TableField *const *fields, size_t count,
               Error *err)
{
    Sql sql = { .arena = scan->arena, .dialect = scan->driver->dialect };
    BaseType types[SAMPLE_COLUMNS];
    Fingerprints *prints;

    for (size_t i = 0; i < count; i++)
        types[i] = type_of(fields[i]);
    prints = fingerprints_new(scan->arena, types, count, FINGERPRINT_ROWS);
    write_sample(&sql, table, fields, count);
    return sql_done(&sql, err) && conn_query(scan->conn, &sql, &prints->sink, err) &&
           keep_sample(scan, prints, fields, count, err);
}

/* Some columns at a time: what a sample takes does not depend on how wide a table is. */
static bool
sample_table(Scan *scan, const Table *table, const TableFieldList *fields, Error *err)
{
    const TableField *wanted[SAMPLE_COLUMNS];
    size_t count = 0;

    for (size_t i = 0; i < fields->count; i++)
    {
        ArenaMark mark = arena_mark(scan->arena);

        if (is_wanted(scan->order, &fields->items[i]))
            wanted[count++] = &fields->items[i];
        if (count == 0 || (count < SAMPLE_COLUMNS && i + 1 < fields->count))
            continue;
        if (!sample_columns(scan, table, wanted, count, err))
            return false;
        arena_rewind(scan->arena, mark);
        count = 0;
    }
    return true;
}

/* --- Values -------------------------------------------------------------------------------------
 */

static void
write_values(Sql *sql, const Table *table, const TableField *field)
{
    sql_words(sql, "select distinct ");
    sql_ident(sql, field->name);
    sql_words(sql, " from ");
    sql_table(sql, table->schema, table->name);
    sql_words(sql, " where ");
    sql_ident(sql, field->name);
    sql_words(sql, " is not null order by 1 limit ");
    sql_int(sql, SCAN_VALUES + 1);
}

static Json *
json_of(Arena *arena, const Value *cell)
{
    const char *text = value_to_text(arena, cell);

    if (cell->kind == VALUE_BOOL)
        return json_new_bool(arena, cell->boolean);
    if (cell->kind == VALUE_INT)
        return json_new_int(arena, cell->integer);
    return json_new_text(arena, text);
}

static bool
scan_field(Scan *scan, const Table *table, const TableField *field, Error *err)
{
    Sql sql = { .arena = scan->arena, .dialect = scan->driver->dialect };
    Json *list = json_new(scan->arena, JSON_ARRAY);
    Rows rows;
    RowCollector collector = row_collector(scan->arena, &rows, 0);
    FieldValues values = { .field_id = field->id, .values = list };

    write_values(&sql, table, field);
    if (!sql_done(&sql, err) || !conn_query(scan->conn, &sql, &collector.sink, err))
        return false;
    for (size_t i = 0; i < rows.count && i < SCAN_VALUES; i++)
        (void) json_add(list, json_of(scan->arena, &rows.row[i][0]));
    values.has_more_values = rows.count > SCAN_VALUES;
    return field_values_put(scan->store, scan->arena, &values, err);
}

static bool
is_list(const TableField *field)
{
    return field->has_field_values != NULL && (strcmp(field->has_field_values, "list") == 0 ||
                                               strcmp(field->has_field_values, "auto-list") == 0);
}

static bool
scan_values(Scan *scan, const Table *table, Error *err)
{
    FieldFilter filter = { .table_id = table->id, .with_hidden = true };
    TableFieldList fields;

    /* Anew: the sample may have said that a column is a list. */
    if (!field_list(scan->store, scan->arena, &filter, &fields, err))
        return false;
    for (size_t i = 0; i < fields.count; i++)
        if (may_sample(&fields.items[i]) && is_list(&fields.items[i]) &&
            (scan->order->field_id == 0 || scan->order->field_id == fields.items[i].id) &&
            !scan_field(scan, table, &fields.items[i], err))
            return false;
    return true;
}

/* --- The whole ----------------------------------------------------------------------------------
 */

static bool
scan_table(Scan *scan, const Table *table, Error *err)
{
    FieldFilter filter = { .table_id = table->id, .with_hidden = true };
    TableFieldList fields;

    return field_list(scan->store, scan->arena, &filter, &fields, err) &&
           sample_table(scan, table, &fields, err) &&
           (!scan->order->values || scan_values(scan, table, err));
}

static bool
scan_tables(Scan *scan, const TableList *list, Error *err)
{
    for (size_t i = 0; i < list->count; i++)
    {
        CLEANUP(arena_free) Arena *arena = arena_new();
        const Table *table = &list->items[i];
        Error failure;

        if (!cancel_check(scan->order->cancel, err))
            return false;
        if (scan->order->table_id != 0 && scan->order->table_id != table->id)
            continue;
        scan->arena = arena;
        scan->report->tables++;
        if (scan_table(scan, table, &failure))
            continue;
        scan->report->failed++;
        log_warn("scan.table", LOG_INT("table", table->id), LOG_TEXT("error", failure.message));
        if (conn_is_broken(scan->conn))
        {
            *err = failure;
            return false;
        }
    }
    return true;
}

bool
scan_database(Store *store, const ScanOrder *order, ScanReport *report, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(conn_close) Conn *conn = NULL;
    TableFilter filter = { .db_id = order->database_id, .with_hidden = true };
    ConnSpec spec = { .cancel = order->cancel, .data_folder = order->data_folder };
    Scan scan = { .store = store, .order = order, .report = report };
    Database database;
    TableList list;

    *report = (ScanReport){ 0 };
    if (!database_find(store, arena, order->database_id, &database, err) ||
        !table_list(store, arena, &filter, &list, err))
        return false;
    spec.driver = driver_lookup(database.engine);
    spec.details = database.details;
    if (spec.driver == NULL)
        return error_set(err, ERR_INVALID, "there is no driver %s", database.engine);
    conn = conn_open(&spec, err);
    if (conn == NULL ||
        !conn_prepare(conn,
                      &(QuerySession){ .timeout_ms = STATEMENT_MS,
                                       .cancel = (Cancel *) (uintptr_t) order->cancel },
                      err))
        return false;
    scan.conn = conn;
    scan.driver = spec.driver;
    if (!scan_tables(&scan, &list, err))
        return false;
    log_info("scan.done", LOG_INT("database_id", order->database_id),
             LOG_INT("tables", report->tables), LOG_INT("fields", report->fields),
             LOG_INT("failed", report->failed));
    return true;
}
