/*
 * Connecting databases: add one, change it, try it. Details are checked by the driver's form and by
 * a real connection before anything is kept; the sync runs behind the answer.
 */
#include "api/answer.h"
#include "api/database.h"
#include "api/schedule.h"
#include "api/tables.h"
#include "driver/driver.h"

#include <string.h>

static const char mask[] = "**MetabasePass**";

/* As they will be kept: as they were sent, since programs compare what comes back with it; masked
 * secrets from the old ones. The driver checks them when it opens. */
static const Json *
keep_details(Arena *arena, const Json *sent, const Json *kept)
{
    Json *details = json_new(arena, JSON_OBJECT);

    for (const Json *item = sent->first; item != NULL; item = item->next)
    {
        const Json *old = json_get(kept, item->key);
        bool is_masked = item->kind == JSON_TEXT && strcmp(item->text, mask) == 0 && old != NULL;

        (void) json_put(arena, details, item->key, json_share(arena, is_masked ? old : item));
    }
    return details;
}

static bool
find_driver(const char *engine, const Driver **driver, Error *err)
{
    char names[200] = "";

    *driver = driver_lookup(engine);
    if (*driver != NULL && ((*driver)->features & DRIVER_CONNECTABLE) != 0)
        return true;
    for (const Driver *const *one = drivers; *one != NULL; one++)
    {
        if (((*one)->features & DRIVER_CONNECTABLE) == 0)
            continue;
        if (names[0] != '\0')
            (void) strncat(names, ", ", sizeof(names) - strlen(names) - 1);
        (void) strncat(names, (*one)->name, sizeof(names) - strlen(names) - 1);
    }
    return error_field(err, "engine", "value must be one of: %s.", names);
}

/* Whoever could ask questions of the app database could read everybody's sessions. */
static bool
is_app_database(const Schema *schema)
{
    for (size_t i = 0; i < schema->table_count; i++)
        if (strcmp(schema->tables[i].name, "vigie_migration") == 0 ||
            strcmp(schema->tables[i].name, "core_session") == 0)
            return true;
    return false;
}

/* What the database denies its user is no matter of the rights of who connects it. */
static bool
refuse(Error *err)
{
    const Error why = *err;

    if (err->code != ERR_DENIED)
        return false;
    (void) error_field(err, why.field[0] == '\0' ? "user" : why.field, "%s", why.message);
    return error_hint(err,
                      SENTENCE("Grant this user the right to read, or connect as another one."));
}

static bool
try_connection(Request *req, const Driver *driver, const Json *details, bool *can_write, Error *err)
{
    CLEANUP(conn_close) Conn *conn = NULL;
    ConnSpec spec = { .driver = driver,
                      .details = details,
                      .cancel = req->http->cancel,
                      .data_folder = req->app->config->data };
    Schema schema;

    conn = conn_open(&spec, err);
    if (conn == NULL || !conn_describe(conn, req->arena, &schema, err))
        return refuse(err);
    *can_write = schema.can_write;
    if (!is_app_database(&schema))
        return true;
    (void) error_field(err, "dbname", "this is the app database of an analytics server.");
    return error_hint(err, SENTENCE("Connect the database that holds your data instead."));
}

typedef struct DatabaseInput
{
    const char *name;
    const char *engine;
    const Json *details;
    OptBool is_full_sync;
    OptBool is_on_demand;
    OptBool auto_run_queries;
    OptBool refingerprint;
    OptInt cache_ttl;
    const char *description;
    const char *caveats;
    const char *points_of_interest;
    const char *provider_name;
    const Json *settings;
    const Json *schedules;
} DatabaseInput;

#define COMMON_FIELDS                                                                              \
    FIELD(DatabaseInput, is_full_sync, .nullable = true),                                          \
        FIELD(DatabaseInput, is_on_demand, .nullable = true),                                      \
        FIELD(DatabaseInput, auto_run_queries, .nullable = true),                                  \
        FIELD(DatabaseInput, refingerprint, .nullable = true),                                     \
        FIELD(DatabaseInput, cache_ttl, .nullable = true, .min = 1, .max = INT32_MAX),             \
        FIELD(DatabaseInput, provider_name, .nullable = true, .max = 254),                         \
        FIELD(DatabaseInput, schedules, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),           \
        FIELD_SKIP("connection_source")

static const Field create_fields[] = {
    FIELD(DatabaseInput, name, .required = true, .not_blank = true, .max = 254),
    FIELD(DatabaseInput, engine, .required = true, .not_blank = true, .max = 50),
    FIELD(DatabaseInput, details, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    COMMON_FIELDS,
    { 0 },
};

static const Field update_fields[] = {
    FIELD(DatabaseInput, name, .not_blank = true, .max = 254),
    FIELD(DatabaseInput, engine, .max = 50),
    FIELD(DatabaseInput, details, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),
    FIELD(DatabaseInput, description, .nullable = true, .max = 10000),
    FIELD(DatabaseInput, caveats, .nullable = true, .max = 10000),
    FIELD(DatabaseInput, points_of_interest, .nullable = true, .max = 10000),
    FIELD(DatabaseInput, settings, .nullable = true, .shapes = SHAPE(JSON_OBJECT)),
    COMMON_FIELDS,
    { 0 },
};

/* What is not sent stays. Null for values takes the consent to look at them back. */
static bool
apply_schedules(Request *req, Database *database, const Json *schedules, Error *err)
{
    const Json *sync = json_get(schedules, "metadata_sync");
    const Json *values = json_get(schedules, "cache_field_values");

    if (sync != NULL && sync->kind != JSON_NULL)
    {
        database->metadata_sync_schedule = schedule_to_cron(req->arena, sync);
        if (database->metadata_sync_schedule == NULL)
            return error_field(err, "schedules", "metadata_sync must be a schedule.");
    }
    if (values == NULL)
        return true;
    database->cache_field_values_schedule =
        values->kind == JSON_NULL ? NULL : schedule_to_cron(req->arena, values);
    return values->kind == JSON_NULL || database->cache_field_values_schedule != NULL ||
           error_field(err, "schedules", "cache_field_values must be a schedule, or null.");
}

static void
apply_common(Database *database, const DatabaseInput *input)
{
    if (input->is_full_sync.set)
        database->is_full_sync = input->is_full_sync.value;
    if (input->is_on_demand.set)
        database->is_on_demand = input->is_on_demand.value;
    if (input->auto_run_queries.set)
        database->auto_run_queries = input->auto_run_queries.value;
    if (input->refingerprint.set)
        database->refingerprint = input->refingerprint;
    if (input->cache_ttl.set)
        database->cache_ttl = input->cache_ttl;
    if (input->provider_name != NULL)
        database->provider_name = input->provider_name;
}

/* Questions only read, whatever the role may do; the role should not be able to either. */
static void
write_warnings(JsonWriter *w, bool can_write)
{
    if (!can_write)
        return;
    json_key(w, "warnings");
    json_begin_array(w);
    json_text(w, "This role may write: better connect with one that may only read.");
    json_end_array(w);
}

static bool
answer_one(Request *req, Response *res, const Database *database, bool can_write, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    json_begin_object(w);
    database_write(req, w, database);
    write_warnings(w, can_write);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
post_database(Request *req, Response *res, Error *err)
{
    const DatabaseInput *input = req->input;
    Database database = database_new(req->arena);
    const Driver *driver;
    bool can_write = false;

    if (!find_driver(input->engine, &driver, err) ||
        !apply_schedules(req, &database, input->schedules, err))
        return false;
    database.details = keep_details(req->arena, input->details, NULL);
    if (!try_connection(req, driver, database.details, &can_write, err))
        return false;
    database.name = input->name;
    database.engine = input->engine;
    database.creator_id = (OptInt){ true, req->who.user.id };
    apply_common(&database, input);
    return database_create(req->store, req->arena, &database, err) &&
           api_audit(req, req->store, "database-create", "Database", database.id,
                     api_detail(req, "name", database.name), err) &&
           database_sync_later(req, database.id, err) &&
           answer_one(req, res, &database, can_write, err);
}

static bool
apply_update(Request *req, Database *database, bool *can_write, Error *err)
{
    const DatabaseInput *input = req->input;
    const Driver *driver;

    if (input->name != NULL)
        database->name = input->name;
    if (json_get(req->json, "description") != NULL)
        database->description = input->description;
    if (json_get(req->json, "caveats") != NULL)
        database->caveats = input->caveats;
    if (json_get(req->json, "points_of_interest") != NULL)
        database->points_of_interest = input->points_of_interest;
    if (json_get(req->json, "settings") != NULL)
        database->settings = input->settings;
    apply_common(database, input);
    if (!apply_schedules(req, database, input->schedules, err))
        return false;
    if (input->details == NULL || database->is_sample)
        return true;
    database->details = keep_details(req->arena, input->details, database->details);
    return find_driver(database->engine, &driver, err) &&
           try_connection(req, driver, database->details, can_write, err);
}

static bool
put_database(Request *req, Response *res, Error *err)
{
    const DatabaseInput *input = req->input;
    bool can_write = false;
    Database database;

    if (!database_find(req->store, req->arena, req->id, &database, err) ||
        !apply_update(req, &database, &can_write, err) ||
        !database_update(req->store, req->arena, &database, err) ||
        !api_audit(req, req->store, "database-update", "Database", database.id,
                   api_detail(req, "name", database.name), err))
        return false;
    if (input->details != NULL && !database_sync_later(req, database.id, err))
        return false;
    return answer_one(req, res, &database, can_write, err);
}

/* ------------------------------------------------------------------------------------- validate */

typedef struct TryDetails
{
    const char *engine;
    const Json *details;
} TryDetails;

typedef struct TryInput
{
    TryDetails details;
} TryInput;

static const Field try_details[] = {
    FIELD(TryDetails, engine, .required = true, .not_blank = true, .max = 50),
    FIELD(TryDetails, details, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    { 0 },
};

static const Field try_fields[] = {
    FIELD_STRUCT(TryInput, details, try_details, .required = true),
    { 0 },
};

static bool
post_validate(Request *req, Response *res, Error *err)
{
    const TryInput *input = req->input;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    const Driver *driver;
    Error why = { 0 };
    bool can_write = false;
    bool valid = find_driver(input->details.engine, &driver, &why) &&
                 try_connection(req, driver, input->details.details, &can_write, &why);

    json_begin_object(w);
    json_put_bool(w, "valid", valid);
    write_warnings(w, can_write);
    if (!valid)
    {
        answer_tell_hint(req, &why);
        json_put_text(w, "message", why.message);
        if (why.hint[0] != '\0')
            json_put_text(w, "hint", why.hint);
        json_key(w, "errors");
        json_begin_object(w);
        json_put_text(w, why.field[0] == '\0' ? "host" : why.field, why.message);
        json_end_object(w);
    }
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route connection_routes[] = {
    ROUTE_ON(ADMIN, POST, "/api/database",          post_database, ADMIN, "Connect a database", .body = create_fields),
    ROUTE_ON(ADMIN, POST, "/api/database/validate", post_validate, ADMIN, "Try a connection without keeping it", .body = try_fields),
    ROUTE_ON(ADMIN, PUT,  "/api/database/:id",      put_database,  ADMIN, "Change a connected database", .body = update_fields),
    { 0 },
};
// clang-format on
