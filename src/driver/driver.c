/* The list of drivers, the check of connection details against their forms, and thin calls. */
#include "driver/driver.h"

#include <string.h>

extern const Driver clickhouse_driver, duckdb_driver, mysql_driver, postgres_driver, sqlite_driver,
    trino_driver;

// clang-format off
const Driver *const drivers[] = {
    &postgres_driver,
#ifdef VIGIE_WITH_MYSQL
    &mysql_driver,
#endif
    &sqlite_driver,
    &clickhouse_driver,
    &duckdb_driver,
    &trino_driver,
    NULL,
};
// clang-format on

static const struct
{
    unsigned bit;
    const char *name;
} feature_names[] = {
    { DRIVER_SCHEMAS, "schemas" },
    { DRIVER_CANCEL, "query-cancelation" },
    { DRIVER_FOREIGN_KEYS, "metadata/key-constraints" },
    { DRIVER_ZONES, "set-timezone" },
};

const Driver *
driver_lookup(const char *name)
{
    for (const Driver *const *driver = drivers; *driver != NULL; driver++)
        if (strcmp((*driver)->name, name) == 0)
            return *driver;
    return NULL;
}

void
driver_write_features(const Driver *driver, JsonWriter *w)
{
    json_begin_array(w);
    for (size_t i = 0; i < COUNT_OF(feature_names); i++)
        if ((driver->features & feature_names[i].bit) != 0)
            json_text(w, feature_names[i].name);
    json_end_array(w);
}

static void
write_choices(JsonWriter *w, const char *choices)
{
    Str rest = str_of(choices), choice;

    json_key(w, "options");
    json_begin_array(w);
    while (str_split(&rest, '|', &choice))
    {
        json_begin_object(w);
        json_key(w, "name");
        json_str(w, choice);
        json_key(w, "value");
        json_str(w, choice);
        json_end_object(w);
    }
    json_end_array(w);
}

static void
write_condition(JsonWriter *w, const ConnOption *option)
{
    Str rest = str_of(option->is == NULL ? "" : option->is);
    Str choice;

    json_key(w, "visible-if");
    json_begin_object(w);
    json_key(w, option->when);
    if (option->is == NULL)
        json_bool(w, true);
    else
    {
        json_begin_array(w);
        while (str_split(&rest, '|', &choice))
            json_str(w, choice);
        json_end_array(w);
    }
    json_end_object(w);
}

void
driver_write_form(const Driver *driver, JsonWriter *w)
{
    json_begin_object(w);
    json_put_text(w, "driver-name", driver->label);
    json_put_null(w, "superseded-by");
    json_key(w, "details-fields");
    json_begin_array(w);
    for (const ConnOption *option = driver->options; option->key != NULL; option++)
    {
        json_begin_object(w);
        json_put_text(w, "name", option->key);
        json_put_text(w, "display-name", option->label);
        json_put_text(w, "type", option->kind);
        json_put_bool(w, "required", option->required);
        if (option->placeholder != NULL)
            json_put_text(w, "placeholder", option->placeholder);
        if (option->value != NULL)
            json_put_text(w, "default", option->value);
        if (option->help != NULL)
            json_put_text(w, "helper-text", option->help);
        if (option->choices != NULL)
            write_choices(w, option->choices);
        if (option->when != NULL)
            write_condition(w, option);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}

static const ConnOption *
option_lookup(const Driver *driver, const char *key)
{
    for (const ConnOption *option = driver->options; option->key != NULL; option++)
        if (strcmp(option->key, key) == 0)
            return option;
    return NULL;
}

static bool
check_kind(const ConnOption *option, const Json *value, Error *err)
{
    JsonKind wanted = strcmp(option->kind, "integer") == 0   ? JSON_NUMBER
                      : strcmp(option->kind, "boolean") == 0 ? JSON_BOOL
                                                             : JSON_TEXT;
    int64_t number;

    if (value->kind == JSON_NULL || value->kind == wanted ||
        (wanted == JSON_NUMBER && value->kind == JSON_TEXT &&
         str_to_int((Str){ value->text, value->len }, 0, 65535, &number)))
        return true;
    return error_field(err, option->key, "value must be a %s.", json_kind_name(wanted));
}

static bool
has_value(const Json *value)
{
    return value != NULL && value->kind != JSON_NULL &&
           !(value->kind == JSON_TEXT && value->len == 0);
}

/* What clients send along with every form. It is let pass when it asks for nothing, and then nobody
 * reads it; what cannot be done is refused by its name. */
static const struct
{
    const char *key;
    bool always;
} extras[] = {
    { "advanced-options", true },       { "let-user-control-scheduling", true },
    { "json-unfolding", true },         { "destination-database", false },
    { "tunnel-enabled", false },        { "use-auth-provider", false },
    { "additional-options", false },    { "ssl-use-client-auth", false },
    { "write-data-connection", false },
};

static bool
check_extra(const Driver *driver, const Json *item, Error *err)
{
    bool asks = has_value(item) && !(item->kind == JSON_BOOL && !item->boolean);

    for (size_t i = 0; i < COUNT_OF(extras); i++)
        if (strcmp(extras[i].key, item->key) == 0)
            return extras[i].always || !asks ||
                   error_field(err, item->key, "this is not possible here yet.");
    return error_field(err, item->key, "%s has no such option.", driver->label);
}

/* Unknown keys are refused: what a driver does not ask for never reaches a library. */
static bool
check_details(const ConnSpec *spec, Error *err)
{
    if (spec->details == NULL || spec->details->kind != JSON_OBJECT)
        return error_field(err, "details", "value must be a map.");
    for (const Json *item = spec->details->first; item != NULL; item = item->next)
    {
        const ConnOption *option = option_lookup(spec->driver, item->key);

        if (option == NULL ? !check_extra(spec->driver, item, err) : !check_kind(option, item, err))
            return false;
    }
    for (const ConnOption *option = spec->driver->options; option->key != NULL; option++)
    {
        if (option->required && !has_value(json_get(spec->details, option->key)) &&
            !has_value(json_get(spec->details, "conn-uri")))
            return error_field(err, option->key, "value is required.");
    }
    return true;
}

Conn *
conn_open(const ConnSpec *spec, Error *err)
{
    return check_details(spec, err) ? spec->driver->open(spec, err) : NULL;
}

static const Driver *
driver_of(const Conn *conn)
{
    return ((const ConnBase *) conn)->driver;
}

void
conn_close(Conn **conn)
{
    if (*conn != NULL)
        driver_of(*conn)->close(*conn);
    *conn = NULL;
}

bool
conn_prepare(Conn *conn, const QuerySession *session, Error *err)
{
    return driver_of(conn)->prepare(conn, session, err);
}

bool
conn_is_broken(Conn *conn)
{
    return driver_of(conn)->is_broken(conn);
}

bool
conn_query(Conn *conn, const Sql *sql, RowSink *sink, Error *err)
{
    return sql_done(sql, err) && driver_of(conn)->query(conn, sql, sink, err);
}

bool
conn_describe(Conn *conn, Arena *arena, Schema *schema, Error *err)
{
    return driver_of(conn)->describe(conn, arena, schema, err);
}

void
conn_cancel(Conn *conn)
{
    driver_of(conn)->cancel(conn);
}

bool
conn_load(Conn *conn, const LoadTable *table, LoadRows *rows, Error *err)
{
    const Driver *driver = driver_of(conn);

    if (driver->load == NULL)
        return error_set(err, ERR_INVALID, "%s takes no files here", driver->label);
    return driver->load(conn, table, rows, err);
}
