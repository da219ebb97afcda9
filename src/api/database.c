/* Connected databases: list, look at, remove; the sample database; what is in them. */
#include "api/database.h"

#include "api/answer.h"
#include "api/saved.h"
#include "api/schedule.h"
#include "api/tables.h"
#include "base/file.h"
#include "base/log.h"
#include "driver/driver.h"
#include "job/scheduler.h"
#include "run/run.h"
#include "sample/sample.h"
#include "sync/scan.h"
#include "sync/sync.h"

#include <string.h>

enum
{
    NATIVE_LEVEL = 2 /* of DATA_CREATE: SQL may be written */
};

static const Field database_fields[] = {
    FIELD(Database, id),
    FIELD(Database, name),
    FIELD(Database, engine),
    FIELD(Database, description),
    FIELD(Database, caveats),
    FIELD(Database, points_of_interest),
    FIELD(Database, timezone),
    FIELD(Database, dbms_version),
    FIELD(Database, settings),
    FIELD(Database, is_full_sync),
    FIELD(Database, is_on_demand),
    FIELD(Database, is_sample),
    FIELD(Database, is_audit),
    FIELD(Database, is_attached_dwh),
    FIELD(Database, auto_run_queries),
    FIELD(Database, refingerprint),
    FIELD(Database, cache_ttl),
    FIELD(Database, metadata_sync_schedule),
    FIELD(Database, cache_field_values_schedule),
    FIELD(Database, initial_sync_status),
    FIELD(Database, creator_id),
    FIELD(Database, provider_name),
    FIELD(Database, uploads_enabled),
    FIELD(Database, uploads_schema_name),
    FIELD(Database, uploads_table_prefix),
    FIELD(Database, router_database_id),
    FIELD(Database, router_user_attribute),
    FIELD(Database, entity_id),
    FIELD(Database, created_at),
    FIELD(Database, updated_at),
    { 0 },
};

static bool
is_secret(const Driver *driver, const Json *detail)
{
    for (const ConnOption *option = driver == NULL ? NULL : driver->options;
         option != NULL && option->key != NULL; option++)
        if (strcmp(option->key, detail->key) == 0)
            return strcmp(option->kind, "password") == 0 && detail->kind != JSON_NULL &&
                   (detail->kind != JSON_TEXT || detail->len > 0);
    /* A key that the form does not know may be anything but a yes or no. */
    return detail->kind != JSON_BOOL && detail->kind != JSON_NULL &&
           (detail->kind != JSON_TEXT || detail->len > 0);
}

static void
write_details(JsonWriter *w, const Database *database)
{
    const Driver *driver = driver_lookup(database->engine);

    json_key(w, "details");
    json_begin_object(w);
    for (const Json *item = database->details == NULL ? NULL : database->details->first;
         item != NULL; item = item->next)
        if (is_secret(driver, item))
            json_put_text(w, item->key, "**MetabasePass**");
        else
            json_put_tree(w, item->key, item);
    json_end_object(w);
}

void
database_write(const Request *req, JsonWriter *w, const Database *database)
{
    const Driver *driver = driver_lookup(database->engine);
    bool admin = access_is_admin(&req->who);
    int asks = admin                ? NATIVE_LEVEL
               : req->sight == NULL ? 0
                                    : sight_level(req->sight, DATA_CREATE, database->id, 0);

    bind_write(w, database_fields, database);
    json_key(w, "features");
    if (driver != NULL)
        driver_write_features(driver, w);
    else
    {
        json_begin_array(w);
        json_end_array(w);
    }
    if (admin)
        write_details(w, database);
    json_key(w, "schedules");
    json_begin_object(w);
    json_key(w, "metadata_sync");
    schedule_write(w, database->metadata_sync_schedule);
    json_key(w, "cache_field_values");
    schedule_write(w, database->cache_field_values_schedule);
    json_end_object(w);
    json_put_text(w, "native_permissions", asks == NATIVE_LEVEL ? "write" : "none");
    json_put_bool(w, "can-manage", admin);
    json_put_bool(w, "can_upload",
                  database->uploads_enabled && driver != NULL && driver->load != NULL && asks > 0);
}

static bool
write_tables(Request *req, JsonWriter *w, int64_t db_id, bool hidden, Error *err)
{
    TableFilter filter = { .db_id = db_id, .with_hidden = hidden };
    TableList list;

    if (!seen_tables(req, &filter, &list, err))
        return false;
    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        table_write(w, &list.items[i]);
        json_end_object(w);
    }
    json_end_array(w);
    return true;
}

/* ------------------------------------------------------------------------------------ look at */

typedef struct DatabaseQuery
{
    const char *include;
    bool include_hidden;
    bool remove_inactive;
    bool skip_fields;
    bool saved; /* saved questions too, as a database */
} DatabaseQuery;

static const Field database_query[] = {
    FIELD(DatabaseQuery, include, .choices = "tables|tables.fields"),
    FIELD(DatabaseQuery, include_hidden),
    FIELD(DatabaseQuery, remove_inactive),
    FIELD(DatabaseQuery, skip_fields),
    FIELD(DatabaseQuery, saved),
    { 0 },
};

static bool
list_databases(Request *req, Response *res, Error *err)
{
    const DatabaseQuery *query = req->query;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    DatabaseList list;
    int64_t count = 0;

    if (!database_list(req->store, req->arena, &list, err))
        return false;
    json_begin_object(w);
    json_key(w, "data");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        Database *seen = &list.items[i];

        if (!seen_database(req, seen->id, seen, &(Error){ 0 }))
            continue;
        count++;
        json_begin_object(w);
        database_write(req, w, seen);
        if (query->include != NULL && !write_tables(req, w, list.items[i].id, false, err))
            return false;
        json_end_object(w);
    }
    if (query->saved && !saved_write_database(req, w, query->include != NULL, err))
        return false;
    json_end_array(w);
    json_put_int(w, "total", count + query->saved);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

/* The tables of a database with the fields of each, in two statements. */
static bool
write_metadata(Request *req, JsonWriter *w, int64_t db_id, bool hidden, Error *err)
{
    TableFilter tables = { .db_id = db_id, .with_hidden = hidden };
    FieldFilter filter = { .db_id = db_id, .with_hidden = hidden };
    TableFieldList fields;
    TableList list;

    if (!seen_tables(req, &tables, &list, err) || !seen_fields(req, &filter, &fields, err))
        return false;
    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        table_write(w, &list.items[i]);
        json_key(w, "fields");
        json_begin_array(w);
        for (size_t f = 0; f < fields.count; f++)
            if (fields.items[f].table_id == list.items[i].id)
            {
                json_begin_object(w);
                field_write(w, &fields.items[f], &fields);
                json_end_object(w);
            }
        json_end_array(w);
        json_put_empty(w, "segments");
        json_put_empty(w, "metrics");
        json_end_object(w);
    }
    json_end_array(w);
    return true;
}

static bool
answer_database(Request *req, Response *res, int64_t id, bool tables, bool fields, Error *err)
{
    const DatabaseQuery *query = req->query;
    bool hidden = query != NULL && query->include_hidden;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Database database;

    if (!seen_database(req, id, &database, err))
        return false;
    json_begin_object(w);
    database_write(req, w, &database);
    if (fields && !write_metadata(req, w, id, hidden, err))
        return false;
    if (tables && !fields && !write_tables(req, w, id, hidden, err))
        return false;
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_database(Request *req, Response *res, Error *err)
{
    const DatabaseQuery *query = req->query;

    return answer_database(req, res, req->id, query->include != NULL,
                           query->include != NULL && strcmp(query->include, "tables.fields") == 0,
                           err);
}

static bool
get_metadata(Request *req, Response *res, Error *err)
{
    const DatabaseQuery *query = req->query;

    return answer_database(req, res, req->id, true, !query->skip_fields, err);
}

static bool
require_database(Request *req, Error *err)
{
    Database database;

    return seen_database(req, req->id, &database, err);
}

static bool
list_fields(Request *req, Response *res, Error *err)
{
    FieldFilter filter = { .db_id = req->id };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TableFieldList list;

    if (!require_database(req, err) || !seen_fields(req, &filter, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        json_put_int(w, "id", list.items[i].id);
        json_put_text(w, "name", list.items[i].name);
        json_put_text(w, "display_name", list.items[i].display_name);
        json_put_text(w, "base_type", list.items[i].base_type);
        json_put_text(w, "semantic_type", list.items[i].semantic_type);
        json_put_text(w, "table_name", list.items[i].table_name);
        json_put_text(w, "schema", list.items[i].table_schema);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
list_idfields(Request *req, Response *res, Error *err)
{
    FieldFilter filter = { .db_id = req->id, .keys_only = true };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TableFieldList list;

    if (!require_database(req, err) || !seen_fields(req, &filter, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        Table table;

        if (!table_find(req->store, req->arena, list.items[i].table_id, &table, err))
            return false;
        json_begin_object(w);
        field_write(w, &list.items[i], NULL);
        json_key(w, "table");
        json_begin_object(w);
        table_write(w, &table);
        json_end_object(w);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
list_schemas(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TextList schemas;

    if (!require_database(req, err) ||
        !schema_list(req->store, req->arena, req->id, false, &schemas, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < schemas.count; i++)
        json_text(w, schemas.items[i]);
    json_end_array(w);
    return answer_send(&answer, res, err);
}

/* ":schema" is absent for tables of databases that have none. */
static bool
list_schema_tables(Request *req, Response *res, Error *err)
{
    const char *schema = route_param(req->match, "schema");
    TableFilter filter = { .db_id = req->id, .schema = schema == NULL ? "" : schema };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TableList list;

    if (!require_database(req, err) || !seen_tables(req, &filter, &list, err))
        return false;
    if (list.count == 0)
        return error_set(err, ERR_NOT_FOUND, "there is no such schema");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        json_begin_object(w);
        table_write(w, &list.items[i]);
        json_end_object(w);
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

/* ------------------------------------------------------------------------------------- change */

static bool
delete_database(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    return require_database(req, err) && store_begin(req->store, &tx, err) &&
           database_delete(tx, req->arena, req->id, err) &&
           api_audit(req, tx, "database-delete", "Database", req->id, NULL, err) &&
           store_commit(&tx, err) && answer_nothing(res);
}

/* A look at a database that runs behind the answer. */
typedef struct SyncTask
{
    App *app;
    Arena *arena;
    bool sync; /* compare what there is before looking into it */
    ScanOrder scan;
} SyncTask;

static void
run_task(void *arg)
{
    SyncTask *task = arg;
    Arena *arena = task->arena;
    ScanReport report;
    Error err;

    if ((task->sync && !sync_database(task->app->store, task->scan.database_id,
                                      task->app->config->data, NULL, NULL, &err)) ||
        !scan_database(task->app->store, &task->scan, &report, &err))
        log_failure("sync.failed", &err);
    arena_free(&arena);
}

static bool
submit(App *app, bool sync, const ScanOrder *scan, Error *err)
{
    Arena *arena = arena_new();
    SyncTask *task = ARENA_NEW(arena, SyncTask);

    *task = (SyncTask){ app, arena, sync, *scan };
    task->scan.data_folder = app->config->data;
    if (worker_submit(app->pool, WORKER_BACKGROUND, run_task, task, err))
        return true;
    arena_free(&arena);
    return false;
}

/* As the job that does it by the clock, so that its history has it; beside one that looks already,
 * which may have begun before what is to be found was there. */
bool
database_sync_later(Request *req, int64_t id, Error *err)
{
    const char *name = arena_format(req->arena, "sync-%lld", (long long) id);
    JobRun run;

    if (req->app->scheduler != NULL &&
        scheduler_run(req->app->scheduler, req->arena, name, &run, err))
        return true;
    return submit(req->app, true, &(ScanOrder){ .database_id = id }, err);
}

bool
database_scan_later(Request *req, const ScanOrder *order, Error *err)
{
    return submit(req->app, false, order, err);
}

static bool
post_sync(Request *req, Response *res, Error *err)
{
    if (!require_database(req, err) || !database_sync_later(req, req->id, err))
        return false;
    response_json(res, STR("{\"status\":\"ok\"}"));
    return true;
}

bool
sample_connect(App *app, Store *store, Arena *arena, Database *database, Error *err)
{
    const char *path = path_join(arena, app->config->data, SAMPLE_FILE);
    Json *details = json_new(arena, JSON_OBJECT);

    if (!folder_make(app->config->data, err))
        return false;
    if (!file_exists(path) && !sample_make(path, err))
        return false;
    (void) json_put(arena, details, "db", json_new_text(arena, SAMPLE_FILE));
    *database = database_new(arena);
    database->name = "Sample Database";
    database->engine = "sqlite";
    database->is_sample = true;
    database->details = details;
    return database_create(store, arena, database, err) &&
           sync_database(store, database->id, app->config->data, NULL, NULL, err) &&
           submit(app, false, &(ScanOrder){ .database_id = database->id, .values = true }, err);
}

static bool
post_sample(Request *req, Response *res, Error *err)
{
    DatabaseList list;
    Database database;

    if (!database_list(req->store, req->arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].is_sample)
            return answer_database(req, res, list.items[i].id, false, false, err);
    return sample_connect(req->app, req->store, req->arena, &database, err) &&
           api_audit(req, req->store, "database-create", "Database", database.id, NULL, err) &&
           answer_database(req, res, database.id, false, false, err);
}

/* ----------------------------------------------------------------------------------- looking */

static bool
say_ok(Response *res)
{
    response_json(res, STR("{\"status\":\"ok\"}"));
    return true;
}

/* Asking for it is the consent. */
static bool
post_rescan(Request *req, Response *res, Error *err)
{
    const ScanOrder order = { .database_id = req->id, .values = true, .anew = true };

    return require_database(req, err) && database_scan_later(req, &order, err) && say_ok(res);
}

static bool
post_discard(Request *req, Response *res, Error *err)
{
    TableFilter filter = { .db_id = req->id, .with_hidden = true };
    TableList list;

    if (!require_database(req, err) || !seen_tables(req, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (!field_values_clear(req->store, req->arena, list.items[i].id, err))
            return false;
    return say_ok(res);
}

static bool
post_dismiss(Request *req, Response *res, Error *err)
{
    return require_database(req, err) && say_ok(res);
}

/* Does it answer? Through the connections that questions use. */
static bool
get_healthcheck(Request *req, Response *res, Error *err)
{
    Runner *runner = req->app->runner;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Error failure;
    bool ok;

    if (!require_database(req, err))
        return false;
    ok = run_ping(runner, req->store, req->id, req->http->cancel, &failure);
    json_begin_object(w);
    json_put_text(w, "status", ok ? "ok" : "error");
    if (!ok)
    {
        answer_tell(req, &failure);
        json_put_text(w, "message",
                      failure.hint[0] == '\0'
                          ? failure.message
                          : arena_format(req->arena, "%s. %s", failure.message, failure.hint));
    }
    json_end_object(w);
    return answer_send(&answer, res, err);
}

typedef struct SuggestQuery
{
    const char *prefix;
    const char *substring;
} SuggestQuery;

static const Field suggest_query[] = {
    FIELD(SuggestQuery, prefix),
    FIELD(SuggestQuery, substring),
    { 0 },
};

static bool
suggests(const SuggestQuery *query, const char *name)
{
    if (query->prefix != NULL)
        return strncasecmp(name, query->prefix, strlen(query->prefix)) == 0;
    return query->substring == NULL || strcasestr(name, query->substring) != NULL;
}

static void
write_suggestion(JsonWriter *w, const char *name, const char *what)
{
    json_begin_array(w);
    json_text(w, name);
    json_text(w, what);
    json_end_array(w);
}

/* Names of tables and columns while SQL is typed: [[name, what it is]...]. */
static bool
get_suggestions(Request *req, Response *res, Error *err)
{
    enum
    {
        MOST = 50
    };
    const SuggestQuery *query = req->query;
    TableFilter tables = { .db_id = req->id };
    FieldFilter fields = { .db_id = req->id };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TableFieldList columns;
    TableList list;
    size_t count = 0;

    if (!require_database(req, err) || !seen_tables(req, &tables, &list, err) ||
        !seen_fields(req, &fields, &columns, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count && count < MOST; i++)
        if (suggests(query, list.items[i].name))
        {
            write_suggestion(w, list.items[i].name, "Table");
            count++;
        }
    for (size_t i = 0; i < columns.count && count < MOST; i++)
        if (suggests(query, columns.items[i].name))
        {
            write_suggestion(w, columns.items[i].name,
                             arena_format(req->arena, "%s %s", columns.items[i].table_name,
                                          columns.items[i].base_type));
            count++;
        }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route database_routes[] = {
    ROUTE_ON(API,   GET,    "/api/database",                   list_databases,     USER,  "Databases", .query = database_query),
    ROUTE_ON(ADMIN, POST,   "/api/database/sample_database",   post_sample,        ADMIN, "Connect the sample database again"),
    ROUTE_ON(API,   GET,    "/api/database/:id",               get_database,       USER,  "One database", .query = database_query, .saved = saved_get_database),
    ROUTE_ON(ADMIN, DELETE, "/api/database/:id",               delete_database,    ADMIN, "Forget a database; it is not touched itself"),
    ROUTE_ON(API,   GET,    "/api/database/:id/metadata",      get_metadata,       USER,  "A database with its tables and fields", .query = database_query, .saved = saved_get_metadata),
    ROUTE_ON(API,   GET,    "/api/database/:id/fields",        list_fields,        USER,  "All fields of a database"),
    ROUTE_ON(API,   GET,    "/api/database/:id/idfields",      list_idfields,      USER,  "The primary keys of a database"),
    ROUTE_ON(API,   GET,    "/api/database/:id/schemas",       list_schemas,       USER,  "The schemas of a database", .saved = saved_list_schemas),
    ROUTE_ON(API,   GET,    "/api/database/:id/schema",        list_schema_tables, USER,  "The tables of a database that has no schemas", .saved = saved_list_tables),
    ROUTE_ON(API,   GET,    "/api/database/:id/schema/:schema", list_schema_tables, USER, "The tables of a schema", .saved = saved_list_tables),
    ROUTE_ON(ADMIN, POST,   "/api/database/:id/sync",          post_sync,          ADMIN, "Compare a database with what is known of it"),
    ROUTE_ON(ADMIN, POST,   "/api/database/:id/sync_schema",   post_sync,          ADMIN, "Compare a database with what is known of it"),
    ROUTE_ON(ADMIN, POST,   "/api/database/:id/rescan_values", post_rescan,        ADMIN, "Look into its tables anew, and keep values of columns that have few"),
    ROUTE_ON(ADMIN, POST,   "/api/database/:id/discard_values", post_discard,      ADMIN, "Forget values that were kept of it"),
    ROUTE_ON(ADMIN, POST,   "/api/database/:id/dismiss_spinner", post_dismiss,     ADMIN, "Nothing: the first look is not waited for here"),
    ROUTE_ON(ADMIN, GET,    "/api/database/:id/healthcheck",   get_healthcheck,    ADMIN, "Whether it answers"),
    ROUTE_ON(ADMIN, GET,    "/api/database/:id/syncable_schemas", list_schemas,    ADMIN, "The schemas that are known of it"),
    ROUTE_ON(API,   GET,    "/api/database/:id/autocomplete_suggestions", get_suggestions, USER, "Names while SQL is typed", .query = suggest_query),
    { 0 },
};
// clang-format on
