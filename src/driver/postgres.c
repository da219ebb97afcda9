/*
 * PostgreSQL through pg/: connection form, catalog, queries. Each question runs in a read-only
 * transaction of its own that is rolled back, whatever the role may do: what a statement sets ends
 * with it.
 */
#include "base/heap.h"
#include "base/map.h"
#include "driver/dialects.h"
#include "driver/driver.h"
#include "pg/pg.h"

#include <string.h>

enum
{
    CONNECT_SECONDS = 10,
    MAX_CATALOG_ROWS = 500000
};

extern const char sql_postgres_tables[], sql_postgres_columns[], sql_postgres_keys[],
    sql_postgres_facts[];

typedef struct PostgresConn
{
    ConnBase base; /* first, so that a Conn * is a PostgresConn * */
    Pg *pg;
    Cancel *cancel;
    Arena *arena; /* of the members below */
    const char *filter_type;
    const char *filter_patterns;
    ArenaMark mark;    /* before `begin`, which each prepare writes anew */
    const char *begin; /* opens the transaction of a question */
} PostgresConn;

// clang-format off
static const ConnOption postgres_options[] = {
    { .key = "host", .label = "Host", .kind = "string", .required = true, .placeholder = "name.of.your.server" },
    { .key = "port", .label = "Port", .kind = "integer", .placeholder = "5432" },
    { .key = "dbname", .label = "Database name", .kind = "string", .required = true, .placeholder = "statistics" },
    { .key = "user", .label = "Username", .kind = "string", .required = true, .placeholder = "reader", .help = "Best a role that may only read." },
    { .key = "password", .label = "Password", .kind = "password", .placeholder = "••••••••" },
    { .key = "schema-filters-type", .label = "Schemas", .kind = "select", .value = "all", .choices = "all|inclusion|exclusion" },
    { .key = "schema-filters-patterns", .label = "Schema names", .kind = "string", .placeholder = "public, stats_*", .help = "Names by commas; * stands for anything." },
    { .key = "ssl", .label = "Use a secure connection (SSL)", .kind = "boolean" },
    { .key = "ssl-mode", .label = "SSL mode", .kind = "select", .choices = "allow|prefer|require|verify-ca|verify-full" },
    { 0 },
};
// clang-format on

/* ----------------------------------------------------------------------------------- connection */

static const char *
text_of(const ConnSpec *spec, const char *key)
{
    const char *text = json_text_or(json_get(spec->details, key), NULL);

    return text == NULL || text[0] == '\0' ? NULL : text;
}

/* A name, not libpq's lists, folders or settings. */
static bool
host_is_plain(const char *host, Error *err)
{
    if (strlen(host) < 254 && host[0] != '/' && host[strcspn(host, " ,;=@/'\"\\\t\r\n")] == '\0')
        return true;
    return error_field(err, "host", "value must be the name or the address of one server.");
}

static bool
read_target(Arena *arena, const ConnSpec *spec, PgTarget *target, Error *err)
{
    int64_t port = json_int_or(json_get(spec->details, "port"), 5432);
    const char *mode = text_of(spec, "ssl-mode");

    *target = (PgTarget){ .host = text_of(spec, "host"),
                          .dbname = text_of(spec, "dbname"),
                          .user = text_of(spec, "user"),
                          .password = text_of(spec, "password"),
                          .application_name = "vigie",
                          .connect_seconds = CONNECT_SECONDS };
    if (port < 1 || port > 65535)
        return error_field(err, "port", "value must be an integer from 1 to 65535.");
    if (target->host == NULL || !host_is_plain(target->host, err))
        return target->host != NULL ? false : error_field(err, "host", "value is required.");
    target->port = arena_format(arena, "%lld", (long long) port);
    target->sslmode = mode != NULL                                          ? mode
                      : json_bool_or(json_get(spec->details, "ssl"), false) ? "require"
                                                                            : "prefer";
    return true;
}

/* The field that a failed connection is about, from what the server or the network said. */
static bool
explain(const Pg *pg, Error *err)
{
    static const struct
    {
        const char *state;
        const char *field;
    } fields[] = { { "28P01", "password" }, { "28000", "user" }, { "3D000", "dbname" } };
    const char *state = pg == NULL ? "" : pg_sqlstate(pg);
    const char *field = "host";

    for (size_t i = 0; i < COUNT_OF(fields); i++)
        if (strcmp(fields[i].state, state) == 0)
            field = fields[i].field;
    if (strstr(err->message, "password") != NULL)
        field = "password";
    else if (strstr(err->message, "no database of this name") != NULL)
        field = "dbname";
    else if (strstr(err->message, "at this address and port") != NULL)
        field = "port";
    if (err->field[0] == '\0')
    {
        Error cause = *err;

        (void) error_field(err, field, "%s", cause.message);
        (void) error_hint(err, "%s", cause.hint);
    }
    return false;
}

static void
postgres_close(Conn *conn)
{
    PostgresConn *own = (PostgresConn *) conn;

    pg_close(&own->pg);
    arena_free(&own->arena);
    heap_free(own);
}

static void
write_begin(PostgresConn *conn, const QuerySession *session)
{
    Sql sql = { .arena = conn->arena, .dialect = &postgres_dialect };

    arena_rewind(conn->arena, conn->mark);
    sql_words(&sql, "begin read only; set local statement_timeout = ");
    sql_int(&sql, session->timeout_ms > 0 ? session->timeout_ms : 0);
    sql_words(&sql, "; set local time zone ");
    sql_quoted(&sql, session->timezone == NULL ? "UTC" : session->timezone);
    conn->begin = sql_cstr(&sql);
}

static bool
postgres_prepare(Conn *base, const QuerySession *session, Error *err)
{
    PostgresConn *conn = (PostgresConn *) base;

    (void) err;
    conn->cancel = session->cancel;
    write_begin(conn, session);
    return true;
}

static bool
postgres_is_broken(Conn *conn)
{
    return pg_is_stale(((PostgresConn *) conn)->pg);
}

static Conn *
postgres_open(const ConnSpec *spec, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    PostgresConn *conn = heap_new(1, sizeof(*conn));
    PgTarget target;

    conn->base.driver = spec->driver;
    conn->cancel = (Cancel *) spec->cancel;
    conn->arena = arena_new();
    conn->filter_type = arena_text(conn->arena, text_of(spec, "schema-filters-type"));
    conn->filter_patterns = arena_text(conn->arena, text_of(spec, "schema-filters-patterns"));
    conn->mark = arena_mark(conn->arena);
    write_begin(conn, &(QuerySession){ 0 });
    if (!read_target(arena, spec, &target, err) ||
        !pg_open(&target, conn->cancel, &conn->pg, err) ||
        !pg_script(conn->pg, conn->cancel, "set default_transaction_read_only = on", err))
    {
        (void) explain(conn->pg, err);
        postgres_close((Conn *) conn);
        return NULL;
    }
    return (Conn *) conn;
}

static bool
postgres_query(Conn *conn, const Sql *sql, RowSink *sink, Error *err)
{
    PostgresConn *own = (PostgresConn *) conn;
    bool done = pg_script(own->pg, own->cancel, own->begin, err) &&
                pg_run(own->pg, own->cancel, sql, sink, err);

    /* A connection that cannot even end its transaction is broken, and says so itself. */
    if (!pg_is_broken(own->pg))
        (void) pg_script(own->pg, NULL, "rollback", &(Error){ 0 });
    return done;
}

static void
postgres_cancel(Conn *conn)
{
    Error ignored;

    /* Whoever waits for the statement learns of it; nobody waits for this. */
    (void) pg_cancel(((PostgresConn *) conn)->pg, &ignored);
}

/* -------------------------------------------------------------------------------------- catalog */

static const struct
{
    const char *name;
    BaseType type;
} base_types[] = {
    { "bool", BASE_BOOLEAN },
    { "int2", BASE_INTEGER },
    { "int4", BASE_INTEGER },
    { "int8", BASE_BIG_INTEGER },
    { "oid", BASE_INTEGER },
    { "float4", BASE_FLOAT },
    { "float8", BASE_FLOAT },
    { "numeric", BASE_DECIMAL },
    { "money", BASE_DECIMAL },
    { "text", BASE_TEXT },
    { "varchar", BASE_TEXT },
    { "bpchar", BASE_TEXT },
    { "name", BASE_TEXT },
    { "citext", BASE_TEXT },
    { "char", BASE_TEXT },
    { "uuid", BASE_UUID },
    { "date", BASE_DATE },
    { "time", BASE_TIME },
    { "timetz", BASE_TIME_WITH_LOCAL_TZ },
    { "timestamp", BASE_DATE_TIME },
    { "timestamptz", BASE_DATE_TIME_WITH_LOCAL_TZ },
    { "interval", BASE_INTERVAL },
    { "json", BASE_JSON },
    { "jsonb", BASE_JSON },
    { "xml", BASE_XML },
    { "inet", BASE_IP_ADDRESS },
    { "cidr", BASE_IP_ADDRESS },
    { "bit", BASE_POSTGRES_BIT_STRING },
    { "varbit", BASE_POSTGRES_BIT_STRING },
    { "hstore", BASE_DICTIONARY },
};

static BaseType
base_type_of(const char *name, bool is_enum, bool is_array)
{
    if (is_array)
        return BASE_ARRAY;
    if (is_enum)
        return BASE_POSTGRES_ENUM;
    for (size_t i = 0; i < COUNT_OF(base_types); i++)
        if (strcmp(base_types[i].name, name) == 0)
            return base_types[i].type;
    return BASE_ANY;
}

static bool
ask(PostgresConn *conn, Arena *arena, const char *sql, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, MAX_CATALOG_ROWS);

    return pg_query(conn->pg, conn->cancel, sql, NULL, 0, &collector.sink, err);
}

/* Does the name match a pattern in which * stands for anything? */
static bool
matches(Str pattern, const char *name)
{
    if (pattern.len == 0)
        return *name == '\0';
    if (pattern.ptr[0] == '*')
        return matches((Str){ pattern.ptr + 1, pattern.len - 1 }, name) ||
               (*name != '\0' && matches(pattern, name + 1));
    return *name == pattern.ptr[0] && matches((Str){ pattern.ptr + 1, pattern.len - 1 }, name + 1);
}

static bool
schema_is_wanted(const PostgresConn *conn, const char *schema)
{
    const char *type = conn->filter_type == NULL ? "all" : conn->filter_type;
    Str rest = str_of(conn->filter_patterns == NULL ? "" : conn->filter_patterns);
    bool listed = false;
    Str pattern;

    if (strcmp(type, "inclusion") != 0 && strcmp(type, "exclusion") != 0)
        return true;
    while (str_split(&rest, ',', &pattern))
        listed = listed || matches(str_trim(pattern), schema);
    return listed == (strcmp(type, "inclusion") == 0);
}

/* Tables by their number in the catalog, for the rows of columns and keys. */
static char *
number_key(Arena *arena, const Value *number)
{
    return arena_format(arena, "%lld", (long long) value_to_int(number, 0));
}

static bool
read_tables(PostgresConn *conn, Arena *arena, Schema *schema, Map *by_number, Error *err)
{
    Rows rows;

    if (!ask(conn, arena, sql_postgres_tables, &rows, err))
        return false;
    schema->tables = ARENA_ARRAY(arena, rows.count, SchemaTable);
    for (size_t i = 0; i < rows.count; i++)
    {
        const Value *cell = rows.row[i];
        const char *name = value_to_text(arena, &cell[0]);
        SchemaTable *table;

        if (!schema_is_wanted(conn, name))
            continue;
        table = &schema->tables[schema->table_count++];
        *table = (SchemaTable){ .schema = name,
                                .name = value_to_text(arena, &cell[1]),
                                .is_view = value_to_bool(&cell[2], false),
                                .row_estimate = value_to_int(&cell[3], -1),
                                .comment = value_to_text(arena, &cell[4]) };
        map_put(by_number, number_key(arena, &cell[5]), table);
    }
    return true;
}

static SchemaColumn
column_of(Arena *arena, const Value *cell)
{
    const char *type = value_to_text(arena, &cell[3]);

    return (SchemaColumn){
        .name = value_to_text(arena, &cell[1]),
        .database_type = value_to_text(arena, &cell[2]),
        .base_type =
            base_type_of(type, value_to_bool(&cell[4], false), value_to_bool(&cell[5], false)),
        .is_nullable = value_to_bool(&cell[6], true),
        .value = value_to_text(arena, &cell[7]),
        .is_generated = value_to_bool(&cell[8], false),
        .is_auto_increment = value_to_bool(&cell[9], false),
        .is_pk = value_to_bool(&cell[10], false),
        .is_indexed = value_to_bool(&cell[11], false),
        .comment = value_to_text(arena, &cell[12]),
    };
}

/* Rows come table by table: the columns of one are counted, then made at once. */
static bool
read_columns(PostgresConn *conn, Arena *arena, Map *by_number, Error *err)
{
    Rows rows;

    if (!ask(conn, arena, sql_postgres_columns, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count;)
    {
        int64_t number = value_to_int(&rows.row[i][0], 0);
        SchemaTable *table = map_get(by_number, number_key(arena, &rows.row[i][0]));
        size_t end = i;

        while (end < rows.count && value_to_int(&rows.row[end][0], 0) == number)
            end++;
        if (table != NULL)
            table->columns = ARENA_ARRAY(arena, end - i, SchemaColumn);
        for (; i < end; i++)
            if (table != NULL)
                table->columns[table->column_count++] = column_of(arena, rows.row[i]);
    }
    return true;
}

static bool
read_keys(PostgresConn *conn, Arena *arena, Map *by_number, Error *err)
{
    Rows rows;

    if (!ask(conn, arena, sql_postgres_keys, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
    {
        const Value *cell = rows.row[i];
        SchemaTable *table = map_get(by_number, number_key(arena, &cell[0]));
        const char *name = value_to_text(arena, &cell[1]);

        for (size_t c = 0; table != NULL && c < table->column_count; c++)
            if (strcmp(table->columns[c].name, name) == 0)
            {
                table->columns[c].target_schema = value_to_text(arena, &cell[2]);
                table->columns[c].target_table = value_to_text(arena, &cell[3]);
                table->columns[c].target_column = value_to_text(arena, &cell[4]);
            }
    }
    return true;
}

static bool
postgres_describe(Conn *base, Arena *arena, Schema *schema, Error *err)
{
    PostgresConn *conn = (PostgresConn *) base;
    Schema found = { .flavor = "PostgreSQL" };
    Map *by_number = map_new(arena);
    Rows facts;

    if (!read_tables(conn, arena, &found, by_number, err) ||
        !read_columns(conn, arena, by_number, err) || !read_keys(conn, arena, by_number, err) ||
        !ask(conn, arena, sql_postgres_facts, &facts, err))
        return false;
    found.version = value_to_text(arena, &facts.row[0][0]);
    found.timezone = value_to_text(arena, &facts.row[0][1]);
    *schema = found;
    return true;
}

const Driver postgres_driver = {
    .name = "postgres",
    .label = "PostgreSQL",
    .features = DRIVER_SCHEMAS | DRIVER_CANCEL | DRIVER_CONNECTABLE | DRIVER_FOREIGN_KEYS,
    .options = postgres_options,
    .dialect = &postgres_dialect,
    .open = postgres_open,
    .close = postgres_close,
    .prepare = postgres_prepare,
    .is_broken = postgres_is_broken,
    .query = postgres_query,
    .describe = postgres_describe,
    .cancel = postgres_cancel,
};
