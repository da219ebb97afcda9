/* Files that people send become tables, and a model over each: where an administrator allows it. */
#include "upload/upload.h"

#include "api/answer.h"
#include "api/card.h"
#include "api/database.h"
#include "api/history.h"
#include "api/tables.h"
#include "base/crypto.h"
#include "store/metadata.h"
#include "sync/sync.h"

#include <string.h>

enum
{
    MOST_PARTS = 10,
    TABLE_BYTES = 40, /* of a table's name, before the time behind it */
    LOAD_SECONDS = 300
};

typedef struct Sent
{
    const FormPart *file;
    OptInt collection_id;
} Sent;

/* The file, and where what is made of it goes: a number, "root" or nothing. */
static bool
read_form(Request *req, Sent *sent, Error *err)
{
    const FormPart *collection;
    FormPart *parts;
    size_t count;
    int64_t id;

    if (!request_multipart(req->http, MOST_PARTS, &parts, &count, err))
        return false;
    *sent = (Sent){ .file = form_part(parts, count, "file") };
    if (sent->file == NULL || sent->file->filename == NULL || sent->file->filename[0] == '\0')
        return error_field(err, "file", "send a file, CSV or .xlsx.");
    collection = form_part(parts, count, "collection_id");
    if (collection == NULL || collection->body.len == 0 || str_is(collection->body, "root"))
        return true;
    if (!str_to_int(collection->body, 1, INT64_MAX, &id))
        return error_field(err, "collection_id",
                           "value must be the number of a collection, or root.");
    sent->collection_id = (OptInt){ true, id };
    return true;
}

/* May they make questions of that database as a whole? Then they may add to it. */
static bool
check_right(Request *req, const Database *database, Error *err)
{
    int level;

    if (!access_data_level(&req->who, req->store, req->arena, DATA_CREATE, database->id, 0, &level,
                           err))
        return false;
    return level > 0 || error_set(err, ERR_DENIED, "You don't have permissions to do that.");
}

/* The one database that takes files. */
static bool
find_database(Request *req, Database *found, Error *err)
{
    DatabaseList list;

    if (!database_list(req->store, req->arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].uploads_enabled)
        {
            *found = list.items[i];
            return check_right(req, found, err);
        }
    (void) error_set(err, ERR_INVALID, "No database takes files yet.");
    return error_hint(err,
                      SENTENCE("An administrator allows it on the page of a PostgreSQL database."));
}

static Conn *
connect(Request *req, const Database *database, Cancel *cancel, Error *err)
{
    const ConnSpec spec = { .driver = driver_lookup(database->engine),
                            .details = database->details,
                            .cancel = cancel,
                            .data_folder = req->app->config->data };

    if (spec.driver == NULL || spec.driver->load == NULL)
    {
        (void) error_set(err, ERR_INVALID, "this kind of database takes no files");
        return NULL;
    }
    return conn_open(&spec, err);
}

static bool
load(Request *req, Upload *upload, const Database *database, const char *schema, const char *table,
     LoadMode mode, Error *err)
{
    Cancel *cancel = cancel_new();
    Conn *conn;
    bool done;

    cancel_set_deadline(cancel, time_monotonic() + (int64_t) LOAD_SECONDS * 1000000);
    conn = connect(req, database, cancel, err);
    done = conn != NULL && upload_load(upload, conn, schema, table, mode, err);
    conn_close(&conn);
    cancel_free(&cancel);
    return done;
}

/* ----------------------------------------------------------------------------- what is known of it
 */

static bool
find_table(Request *req, const Database *database, const char *name, Table *table, Error *err)
{
    const char *schema = database->uploads_schema_name;
    TableFilter filter = { .db_id = database->id, .schema = schema, .with_hidden = true };
    TableList list;

    if (!table_list(req->store, req->arena, &filter, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i].name, name) == 0)
        {
            *table = list.items[i];
            return true;
        }
    (void) error_set(err, ERR_INVALID, "the table was made, but this connection does not show it");
    return error_hint(err, "Let the connection show the schema %s, then sync the database.",
                      schema == NULL ? "public" : schema);
}

/* People read the names of the file, not those of the database; the number of a row only in its
 * details. */
static bool
keep_titles(Request *req, Store *tx, const Table *table, const Upload *upload, Error *err)
{
    FieldFilter filter = { .table_id = table->id, .with_hidden = true };
    TableFieldList fields;

    if (!field_list(tx, req->arena, &filter, &fields, err))
        return false;
    for (size_t i = 0; i < fields.count; i++)
    {
        if (strcmp(fields.items[i].name, LOAD_ROW_ID) == 0)
        {
            fields.items[i].visibility_type = "details-only";
            if (!field_update(tx, req->arena, &fields.items[i], err))
                return false;
        }
        for (size_t k = 0; k < upload->count; k++)
            if (strcmp(fields.items[i].name, upload->columns[k].name) == 0)
            {
                fields.items[i].display_name = upload->columns[k].title;
                if (!field_update(tx, req->arena, &fields.items[i], err))
                    return false;
            }
    }
    return true;
}

static Json *
question_of(Arena *arena, const Table *table)
{
    Json *question = json_new(arena, JSON_OBJECT), *query = json_new(arena, JSON_OBJECT);

    (void) json_put(arena, query, "source-table", json_new_int(arena, table->id));
    (void) json_put(arena, question, "database", json_new_int(arena, table->db_id));
    (void) json_put(arena, question, "type", json_new_text(arena, "query"));
    (void) json_put(arena, question, "query", query);
    return question;
}

static Card
model_of(const Request *req, const Sent *sent, const Table *table)
{
    Card card = card_new(req->arena);

    card.name = upload_title(req->arena, sent->file->filename);
    card.type = "model";
    card.display = "table";
    card.visualization_settings = json_new(req->arena, JSON_OBJECT);
    card.dataset_query = question_of(req->arena, table);
    card.database_id = (OptInt){ true, table->db_id };
    card.table_id = (OptInt){ true, table->id };
    card.query_type = "query";
    card.creator_id = req->who.user.id;
    card.collection_id = sent->collection_id;
    card.metabase_version = API_VERSION_TAG;
    return card;
}

static bool
keep(Request *req, const Sent *sent, const Upload *upload, Table *table, Card *card, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    *card = model_of(req, sent, table);
    return store_begin(req->store, &tx, err) && table_set_upload(tx, req->arena, table->id, err) &&
           keep_titles(req, tx, table, upload, err) && card_create(tx, req->arena, card, err) &&
           history_note_card(req, tx, card, (Change){ .is_creation = true }, err) &&
           api_audit(req, tx, "upload-create", "Table", table->id,
                     api_detail(req, "file", sent->file->filename), err) &&
           store_commit(&tx, err);
}

/* --------------------------------------------------------------------------------------- a new one
 */

/* Names of tables end with the time and some chance, so that a file can be sent again. */
static const char *
new_name(const Request *req, const Database *database, const char *filename)
{
    const char *prefix = database->uploads_table_prefix;
    Civil now = civil_from_instant(time_now());
    uint8_t chance[2];

    random_bytes(chance, sizeof(chance));
    return arena_format(req->arena, "%s%s_%04d%02d%02d%02d%02d%02d_%02x%02x",
                        prefix == NULL ? "" : prefix,
                        upload_table_name(req->arena, filename, TABLE_BYTES), now.year, now.month,
                        now.day, now.hour, now.minute, now.second, chance[0], chance[1]);
}

static bool
make(Request *req, const Sent *sent, const Database *database, Upload *upload, Response *res,
     Error *err)
{
    const char *name = new_name(req, database, sent->file->filename);
    Table table;
    Card card;

    if (!load(req, upload, database, database->uploads_schema_name, name, LOAD_NEW, err) ||
        !sync_database(req->store, database->id, req->app->config->data, NULL, NULL, err) ||
        !find_table(req, database, name, &table, err) ||
        !keep(req, sent, upload, &table, &card, err))
        return false;
    (void) response_header(res, "metabase-table-id",
                           arena_format(req->arena, "%lld", (long long) table.id));
    response_json(res, str_of(arena_format(req->arena, "%lld", (long long) card.id)));
    return true;
}

static bool
post_upload(Request *req, Response *res, Error *err)
{
    Database database;
    Content content;
    Upload upload = { 0 };
    Sent sent;
    bool done;

    if (!read_form(req, &sent, err) || !find_database(req, &database, err) ||
        !content_open(req, &content, err) ||
        !content_require(&content, sent.collection_id, ACCESS_WRITE, err))
        return false;
    done = upload_open(req->arena, sent.file->filename, sent.file->body, &upload, err) &&
           make(req, &sent, &database, &upload, res, err);
    upload_close(&upload);
    return done;
}

/* ------------------------------------------------------------------------------- more of the same
 */

static bool
find_upload(Request *req, Table *table, Database *database, Error *err)
{
    if (!table_find(req->store, req->arena, req->id, table, err) ||
        !database_find(req->store, req->arena, table->db_id, database, err) ||
        !check_right(req, database, err))
        return false;
    if (!database->uploads_enabled)
        return error_set(err, ERR_INVALID, "This database takes no files.");
    return table->is_upload || error_set(err, ERR_INVALID, "This table was not made from a file.");
}

static bool
columns_of(Request *req, const Table *table, LoadColumn **columns, size_t *count, Error *err)
{
    FieldFilter filter = { .table_id = table->id, .with_hidden = true };
    TableFieldList fields;

    if (!field_list(req->store, req->arena, &filter, &fields, err))
        return false;
    *columns = ARENA_ARRAY(req->arena, fields.count + 1, LoadColumn);
    *count = 0;
    for (size_t i = 0; i < fields.count; i++)
    {
        LoadColumn *column = &(*columns)[*count];

        column->name = fields.items[i].name;
        if (strcmp(column->name, LOAD_ROW_ID) != 0 &&
            base_type_from_name(fields.items[i].base_type, &column->type))
            (*count)++;
    }
    return true;
}

static bool
add(Request *req, LoadMode mode, Response *res, Error *err)
{
    Upload upload = { 0 };
    LoadColumn *columns;
    Database database;
    Table table;
    size_t count;
    Sent sent;
    bool done;

    if (!read_form(req, &sent, err) || !find_upload(req, &table, &database, err) ||
        !columns_of(req, &table, &columns, &count, err))
        return false;
    done = upload_open(req->arena, sent.file->filename, sent.file->body, &upload, err) &&
           upload_fit(&upload, columns, count, err) &&
           load(req, &upload, &database, table.schema, table.name, mode, err) &&
           api_audit(req, req->store, mode == LOAD_APPEND ? "upload-append" : "upload-replace",
                     "Table", table.id, api_detail(req, "file", sent.file->filename), err) &&
           answer_nothing(res);
    upload_close(&upload);
    return done;
}

static bool
post_append(Request *req, Response *res, Error *err)
{
    return add(req, LOAD_APPEND, res, err);
}

static bool
post_replace(Request *req, Response *res, Error *err)
{
    return add(req, LOAD_REPLACE, res, err);
}

/* ------------------------------------------------------------------------------ who takes files */

typedef struct AllowInput
{
    bool enabled;
    const char *schema_name;
    const char *table_prefix;
} AllowInput;

static const Field allow_fields[] = {
    FIELD(AllowInput, enabled, .required = true),
    FIELD(AllowInput, schema_name, .nullable = true, .not_blank = true, .max = 63),
    FIELD(AllowInput, table_prefix, .nullable = true, .max = 20),
    { 0 },
};

/* One database takes files: the others stop. */
static bool
stop_others(Request *req, Store *tx, int64_t id, Error *err)
{
    DatabaseList list;

    if (!database_list(tx, req->arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
    {
        Database *other = &list.items[i];

        if (other->id == id || !other->uploads_enabled)
            continue;
        other->uploads_enabled = false;
        if (!database_update(tx, req->arena, other, err))
            return false;
    }
    return true;
}

static bool
put_allowed(Request *req, Response *res, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const AllowInput *input = req->input;
    const Driver *driver;
    Database database;

    if (!database_find(req->store, req->arena, req->id, &database, err))
        return false;
    driver = driver_lookup(database.engine);
    if (input->enabled && (driver == NULL || driver->load == NULL))
        return error_field(err, "enabled", "only PostgreSQL takes files here.");
    database.uploads_enabled = input->enabled;
    database.uploads_schema_name = input->schema_name != NULL ? input->schema_name : "public";
    database.uploads_table_prefix = input->table_prefix;
    return store_begin(req->store, &tx, err) && stop_others(req, tx, req->id, err) &&
           database_update(tx, req->arena, &database, err) &&
           api_audit(req, tx, "upload-allow", "Database", req->id,
                     api_detail(req, "enabled", input->enabled ? "true" : "false"), err) &&
           store_commit(&tx, err) && answer_success(res);
}

// clang-format off
const Route upload_routes[] = {
    ROUTE_ON(API,   POST, "/api/upload/csv",                  post_upload,  USER,  "Make a table and a model of a file (multipart: file, collection_id); the answer is the model's number"),
    ROUTE_ON(API,   POST, "/api/table/:id/append-csv",        post_append,  USER,  "Add the rows of a file to a table that was made from one"),
    ROUTE_ON(API,   POST, "/api/table/:id/replace-csv",       post_replace, USER,  "Put the rows of a file in place of those of a table that was made from one"),
    ROUTE_ON(ADMIN, PUT,  "/api/vigie/database/:id/uploads",  put_allowed,  ADMIN, "Whether this database takes files, into which schema, with which beginning of names", .body = allow_fields),
    { 0 },
};
// clang-format on
