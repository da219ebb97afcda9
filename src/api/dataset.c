/* Questions that are not saved: run, as a file, as a pivot table, or only their SQL. */
#include "api/answer.h"
#include "api/database.h"
#include "api/result.h"
#include "api/tables.h"
#include "store/card.h"

#include <string.h>

typedef struct Asked
{
    const Json *parameters;
    const Json *constraints;
    const Json *info;
} Asked;

/* The question itself is the compiler's to read; this is what stands around it. */
static const Field asked_fields[] = {
    FIELD(Asked, parameters, .shapes = SHAPE(JSON_ARRAY), .nullable = true),
    FIELD(Asked, constraints, .shapes = SHAPE(JSON_OBJECT), .nullable = true),
    FIELD(Asked, info, .shapes = SHAPE(JSON_OBJECT), .nullable = true),
    { 0 },
};

static bool
check_asked(const Request *req, Error *err)
{
    if (req->json != NULL && req->json->kind == JSON_OBJECT)
        return true;
    return error_field(err, "database", "value must be the id of a database.");
}

static bool
run_dataset(Request *req, Response *res, Error *err)
{
    ResultOrder order = result_order(req, req->json);

    order.failure_is_error = true;
    return check_asked(req, err) && result_send(req, res, &order, err);
}

static bool
run_pivot(Request *req, Response *res, Error *err)
{
    ResultOrder order = result_order(req, req->json);

    order.run.pivot = order.failure_is_error = true;
    return check_asked(req, err) && result_send(req, res, &order, err);
}

static bool
run_file(Request *req, Response *res, Error *err)
{
    const char *format = route_param(req->match, "format");
    ResultOrder order;
    FileAsked asked;

    if (!result_read_file_body(req, &asked, err))
        return false;
    if (asked.query == NULL || asked.query->kind != JSON_OBJECT)
        return error_field(err, "query", "value must be a map.");
    order = result_order(req, asked.query);
    order.visualization_settings = asked.visualization_settings;
    order.display = asked.display;
    order.formatted = asked.format_rows;
    return result_send_file(req, res, &order, format, err);
}

/* The SQL of a question, for people who may write SQL there. */
static bool
get_native(Request *req, Response *res, Error *err)
{
    ResultOrder order = result_order(req, req->json);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    RunAnswer made;
    bool ok;

    if (!check_asked(req, err))
        return false;
    order.run.whole = true;
    ok = run_compile(req->app->runner, req->arena, &order.run, &made, err);
    if (ok)
        result_write_native(req, w, &made);
    run_release(req->app->runner, &made);
    return ok && answer_send(&answer, res, err);
}

static bool
write_table(Request *req, JsonWriter *w, int64_t id, Error *err)
{
    FieldFilter filter = { .table_id = id };
    TableFieldList fields;
    Table table;

    if (!seen_table(req, id, &table, err) || !seen_fields(req, &filter, &fields, err))
        return false;
    json_begin_object(w);
    table_write(w, &table);
    json_key(w, "fields");
    json_begin_array(w);
    for (size_t i = 0; i < fields.count; i++)
    {
        json_begin_object(w);
        field_write(w, &fields.items[i], NULL);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
    return true;
}

static bool
write_metadata(Request *req, JsonWriter *w, const RunAnswer *made, Error *err)
{
    const CompiledQuery *query = &made->parts[0];

    json_begin_object(w);
    json_key(w, "databases");
    json_begin_array(w);
    json_begin_object(w);
    database_write(req, w, &made->known->database);
    json_end_object(w);
    json_end_array(w);
    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < query->table_count; i++)
        if (!write_table(req, w, query->tables[i], err))
            return false;
    json_end_array(w);
    json_put_empty(w, "fields");
    json_put_empty(w, "cards");
    json_put_empty(w, "snippets");
    json_end_object(w);
    return true;
}

/* What a page needs to know of the tables that a question touches. */
static bool
get_metadata(Request *req, Response *res, Error *err)
{
    ResultOrder order = result_order(req, req->json);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    RunAnswer made;
    bool ok;

    if (!check_asked(req, err))
        return false;
    order.run.whole = true;
    ok = run_compile(req->app->runner, req->arena, &order.run, &made, err) &&
         write_metadata(req, w, &made, err);
    run_release(req->app->runner, &made);
    return ok && answer_send(&answer, res, err);
}

// clang-format off
const Route dataset_routes[] = {
    ROUTE_ON(API, POST, "/api/dataset",                run_dataset,  USER, "Run a question", .body = asked_fields, .reads = true),
    ROUTE_ON(API, POST, "/api/dataset/native",         get_native,   USER, "The SQL of a question", .body = asked_fields, .reads = true),
    ROUTE_ON(API, POST, "/api/dataset/pivot",          run_pivot,    USER, "Run a question as a pivot table", .body = asked_fields, .reads = true),
    ROUTE_ON(API, POST, "/api/dataset/query_metadata", get_metadata, USER, "Tables and fields that a question touches", .body = asked_fields, .reads = true),
    ROUTE_ON(API, POST, "/api/dataset/:format",        run_file,     USER, "Run a question into a file: csv, json or xlsx", .reads = true),
    { 0 },
};
// clang-format on
