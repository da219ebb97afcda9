/* Results as files: columns with the titles and forms that their settings ask for, rows as they
 * come. A file that breaks is cut, so that it is never taken for whole. */
#include "api/result.h"

#include "api/answer.h"
#include "base/log.h"

#include <string.h>

/* Bytes into the answer. */
typedef struct ResponseSink
{
    ByteSink bytes; /* first, so that a ByteSink * is a ResponseSink * */
    Response *res;
} ResponseSink;

static bool
write_bytes(ByteSink *bytes, const char *text, size_t len, Error *err)
{
    return response_write(((ResponseSink *) bytes)->res, text, len, err);
}

/* The sink between rows and file: the plan is made when the columns are known. */
typedef struct FileSink
{
    RowSink sink; /* first, so that a RowSink * is a FileSink * */
    RowSink *next;
    Request *req;
    Response *res;
    const ResultOrder *order;
    const ExportFormat *format;
    RunAnswer answer;
    ExportPlan plan;
    ResponseSink bytes;
} FileSink;

/* --- Settings of columns ------------------------------------------------------------------------
 */

static bool
refers_to(const Json *reference, const QueryColumn *column)
{
    const Json *id = json_at(reference, 1);
    int64_t number;

    if (json_to_int(id, &number))
        return column->field != NULL && column->field->id == number;
    return id != NULL && id->kind == JSON_TEXT && strcmp(id->text, column->name) == 0;
}

/* Keys are JSON in text: ["name","total"] or ["ref",["field",12,null]]. */
const Json *
result_column_settings(Arena *arena, const Json *settings, const QueryColumn *column)
{
    const Json *all = json_get(settings, "column_settings");

    for (const Json *item = all == NULL ? NULL : all->first; item != NULL; item = item->next)
    {
        const char *kind;
        Json *key;

        if (item->key == NULL || !json_parse(arena, str_of(item->key), NULL, &key, &(Error){ 0 }))
            continue;
        kind = json_text_or(json_at(key, 0), "");
        if (strcmp(kind, "name") == 0 &&
            strcmp(json_text_or(json_at(key, 1), ""), column->name) == 0)
            return item;
        if (strcmp(kind, "ref") == 0 && refers_to(json_at(key, 1), column))
            return item;
    }
    return NULL;
}

/* Of a table that people save, what is for the details of a row stays out, as on the page. Programs
 * that ask for JSON get it. */
static bool
is_list(const FileSink *file)
{
    const char *display = file->order->display;

    return display != NULL && strcmp(display, "table") == 0 &&
           strcmp(file->format->name, "json") != 0;
}

/* A column that the display leaves out is left out of the file. */
static bool
is_left_out(const FileSink *file, const QueryColumn *column, const TableField *field)
{
    const Json *chosen = json_get(file->order->visualization_settings, "table.columns");

    for (const Json *item = chosen == NULL || chosen->kind != JSON_ARRAY ? NULL : chosen->first;
         item != NULL; item = item->next)
        if (strcmp(json_text_or(json_get(item, "name"), ""), column->name) == 0)
            return !json_bool_or(json_get(item, "enabled"), true);
    return is_list(file) && field != NULL && strcmp(field->visibility_type, "details-only") == 0;
}

/* Files keyed by title need different titles: "Total", "Total_2". */
static const char *
distinct_title(Arena *arena, const ExportColumn *columns, size_t count, const char *title)
{
    unsigned same = 1;

    for (size_t i = 0; i < count; i++)
    {
        size_t len = strlen(title);

        if (strncmp(columns[i].title, title, len) == 0 &&
            (columns[i].title[len] == '\0' || columns[i].title[len] == '_'))
            same += strcmp(columns[i].title + len, "") == 0 || same > 1;
    }
    return same == 1 ? title : arena_format(arena, "%s_%u", title, same);
}

/* The columns in the order of the settings; what they do not name comes last, as on the page. */
static const size_t *
order_of(const FileSink *file)
{
    const Json *chosen = json_get(file->order->visualization_settings, "table.columns");
    const RunAnswer *answer = &file->answer;
    size_t *order = ARENA_ARRAY(file->req->arena, answer->column_count + 1, size_t);
    bool *placed = ARENA_ARRAY(file->req->arena, answer->column_count + 1, bool);
    size_t count = 0;

    for (const Json *item = chosen == NULL || chosen->kind != JSON_ARRAY ? NULL : chosen->first;
         item != NULL; item = item->next)
        for (size_t i = 0; i < answer->column_count; i++)
            if (!placed[i] &&
                strcmp(json_text_or(json_get(item, "name"), ""), answer->columns[i].name) == 0)
            {
                order[count++] = i;
                placed[i] = true;
                break;
            }
    for (size_t i = 0; i < answer->column_count; i++)
        if (!placed[i])
            order[count++] = i;
    return order;
}

static ExportColumn
plan_column(FileSink *file, size_t at)
{
    const QueryColumn *column = &file->answer.columns[at];
    Arena *arena = file->req->arena;
    const Json *settings = file->order->visualization_settings;
    const Json *own = result_column_settings(arena, settings, column);
    const TableField *field =
        column->field == NULL ? NULL : known_field(file->answer.known, column->field->id);
    const Zone *zone = file->answer.zone;

    if (own == NULL && field != NULL)
        own = field->settings;
    /* A zone that is not known stays the report's: the compiler has checked it. */
    if (column->timezone != NULL)
        (void) zone_load(arena, column->timezone, &zone, &(Error){ 0 });
    return (ExportColumn){ .at = at,
                           .name = column->name,
                           .title =
                               json_text_or(json_get(own, "column_title"), column->display_name),
                           .type = column->effective_type,
                           .unit = column->unit,
                           .semantic_type = column->semantic_type,
                           .zone = zone,
                           .settings = own,
                           .is_hidden =
                               column->remapped_to != NULL || is_left_out(file, column, field) };
}

static void
make_plan(FileSink *file)
{
    Arena *arena = file->req->arena;
    const RunAnswer *answer = &file->answer;
    ExportColumn *columns = ARENA_ARRAY(arena, answer->column_count + 1, ExportColumn);
    const size_t *order = order_of(file);

    for (size_t i = 0; i < answer->column_count; i++)
    {
        columns[i] = plan_column(file, order[i]);
        columns[i].title = distinct_title(arena, columns, i, columns[i].title);
    }
    file->plan = (ExportPlan){ .columns = columns,
                               .count = answer->column_count,
                               .formatted = file->order->formatted,
                               .locale = file->order->run.locale,
                               .sheet = file->order->name };
}

/* --- What was asked --------------------------------------------------------------------------- */

enum
{
    MAX_DISPLAY = 100
};

static const Field file_fields[] = {
    FIELD(FileAsked, query, .shapes = SHAPE(JSON_OBJECT) | SHAPE(JSON_TEXT), .nullable = true),
    FIELD(FileAsked, parameters, .shapes = SHAPE(JSON_ARRAY) | SHAPE(JSON_TEXT), .nullable = true),
    FIELD(FileAsked, visualization_settings, .shapes = SHAPE(JSON_OBJECT) | SHAPE(JSON_TEXT),
          .nullable = true),
    FIELD(FileAsked, display, .nullable = true, .max = MAX_DISPLAY),
    FIELD(FileAsked, format_rows, .nullable = true),
    FIELD(FileAsked, pivot_results, .nullable = true),
    { 0 },
};

/* JSON in a text becomes what it says. */
static bool
unwrap(Arena *arena, const char *key, const Json **value, Error *err)
{
    Json *tree;

    if (*value == NULL || (*value)->kind != JSON_TEXT)
        return true;
    if (!json_parse(arena, (Str){ (*value)->text, (*value)->len }, NULL, &tree, &(Error){ 0 }))
        return error_field(err, key, "value must be JSON.");
    *value = tree->kind == JSON_NULL ? NULL : tree;
    return true;
}

/* A form as the object that it stands for: true and false are no texts. */
static bool
read_form(Request *req, Json **tree, Error *err)
{
    TextPair *pairs;
    size_t count;

    if (!request_form(req->http, &pairs, &count, err))
        return false;
    *tree = json_new(req->arena, JSON_OBJECT);
    for (size_t i = 0; i < count; i++)
    {
        bool yes = strcmp(pairs[i].value, "true") == 0;
        bool truth = yes || strcmp(pairs[i].value, "false") == 0;

        (void) json_put(req->arena, *tree, pairs[i].key,
                        truth ? json_new_bool(req->arena, yes)
                              : json_new_text(req->arena, pairs[i].value));
    }
    return true;
}

bool
result_read_file_body(Request *req, FileAsked *asked, Error *err)
{
    Json *tree = NULL;
    bool form = request_has_type(req->http, "application/x-www-form-urlencoded");

    *asked = (FileAsked){ .query = NULL };
    if (form ? !read_form(req, &tree, err) : !request_json(req->http, NULL, &tree, err))
        return false;
    return bind_read(req->arena, file_fields, tree, asked, err) &&
           unwrap(req->arena, "query", &asked->query, err) &&
           unwrap(req->arena, "parameters", &asked->parameters, err) &&
           unwrap(req->arena, "visualization_settings", &asked->visualization_settings, err);
}

/* --- The file -----------------------------------------------------------------------------------
 */

/* "Ventes par mois" of a day and a moment: "ventes_par_mois_2026-11-21T10:20:30.csv". */
static const char *
file_name(const FileSink *file)
{
    const char *name = file->order->name == NULL ? "query_result" : file->order->name;
    char stamp[TIME_TEXT_SIZE];
    Buf text = buf_new(file->req->arena, 400);

    time_format(time_now(), stamp);
    for (const char *at = name; *at != '\0' && text.len < 150; at++)
        buf_char(&text, strchr(" /\\:*?\"<>|", *at) == NULL ? *at : '_');
    buf_format(&text, "_%.19s.%s", stamp, file->format->name);
    return arena_text(file->req->arena, buf_cstr(&text));
}

static bool
file_begin(RowSink *sink, const Columns *columns, Error *err)
{
    FileSink *file = (FileSink *) sink;

    make_plan(file);
    response_status(file->res, 200);
    response_attachment(file->res, file_name(file));
    (void) response_header(file->res, "Cache-Control", "no-store"); /* valid as it stands */
    response_begin_stream(file->res, file->format->type, strcmp(file->format->name, "xlsx") != 0);
    file->bytes = (ResponseSink){ { write_bytes }, file->res };
    file->next = file->format->open(file->req->arena, &file->plan, &file->bytes.bytes);
    return file->next->begin(file->next, columns, err);
}

static bool
file_row(RowSink *sink, const Value *cells, Error *err)
{
    FileSink *file = (FileSink *) sink;

    return file->next->row(file->next, cells, err);
}

static bool
file_end(RowSink *sink, Error *err)
{
    FileSink *file = (FileSink *) sink;

    return file->next->end(file->next, err) && response_end_stream(file->res, err);
}

/* Most rows of a file: the setting, and what the right to download allows. */
static int64_t
lower_limit(int64_t a, int64_t b)
{
    if (a <= 0 || b <= 0)
        return a > b ? a : b;
    return a < b ? a : b;
}

bool
result_send_file(Request *req, Response *res, const ResultOrder *order, const char *format,
                 Error *err)
{
    Runner *runner = req->app->runner;
    ResultOrder whole = *order;
    const char *context = arena_format(req->arena, "%s-download", format);
    FileSink file = { .sink = { file_begin, file_row, file_end },
                      .req = req,
                      .res = res,
                      .order = &whole,
                      .format = export_lookup(format) };
    Error failure;
    bool ok, told;

    if (file.format == NULL)
        return error_set(err, ERR_NOT_FOUND, "there is no format %s", format);
    whole.run.whole = true;
    whole.context = context;
    whole.run.max_rows =
        lower_limit(order->run.max_rows, settings_int(req->settings, LIVE_download_row_limit));
    ok = run_stream(runner, req->arena, &whole.run, &file.sink, &file.answer, &failure);
    result_note(req, &whole, &file.answer, ok ? NULL : &failure);
    /* Programs that ask for JSON look for a list, or else for "error" in an object. */
    told = !ok && whole.view == RESULT_FULL && strcmp(format, "json") == 0 &&
           response_restart(res) && result_send_failure(req, res, &whole, &file.answer, &failure);
    run_release(runner, &file.answer);
    if (ok)
        return true;
    log_failure("file.failed", &failure);
    if (told)
        return true;
    *err = failure;
    /* Once bytes have left, the only honest end is none. */
    if (!response_restart(res))
    {
        response_abort(res);
        return true;
    }
    return false;
}
