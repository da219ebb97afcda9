/*
 * Databases that people ask questions of: one file per kind, whole (connection, catalog, dialect),
 * and the list of them. Five functions; what varies in text is in the Dialect, what varies in
 * behaviour is a feature bit.
 */
#ifndef DRIVER_DRIVER_H
#define DRIVER_DRIVER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "base/worker.h"
#include "sql/dialect.h"
#include "sql/row.h"
#include "sql/sql.h"

typedef struct Conn Conn;
typedef struct Driver Driver;

typedef enum DriverFeatures
{
    DRIVER_SCHEMAS = 1 << 0,      /* tables are in schemas */
    DRIVER_CANCEL = 1 << 1,       /* a running statement can be stopped */
    DRIVER_CONNECTABLE = 1 << 2,  /* people may add databases of this kind */
    DRIVER_FOREIGN_KEYS = 1 << 3, /* declares which column points where */
    DRIVER_ZONES = 1 << 8,        /* a session has a time zone */
} DriverFeatures;

/* One field of the connection form. */
typedef struct ConnOption
{
    const char *key;
    const char *label;
    const char *kind; /* "string", "text", "integer", "password", "boolean", "select" */
    bool required;    /* unless the whole address is given as "conn-uri" */
    const char *placeholder;
    const char *value;   /* the default, or NULL */
    const char *choices; /* "a|b|c" for a select */
    const char *help;
    const char *when; /* asked only when this other field is ticked or, with `is`, one of them */
    const char *is;   /* "a|b" */
} ConnOption;

/* What a connection needs. Text lives as long as the spec. */
typedef struct ConnSpec
{
    const Driver *driver;
    const Json *details;     /* checked against the form by conn_open */
    const Cancel *cancel;    /* or NULL */
    const char *data_folder; /* files outside of it are refused (SQLite) */
} ConnSpec;

/* What `describe` finds. */
typedef struct SchemaColumn
{
    const char *name;
    const char *database_type;
    BaseType base_type;
    const char *comment;
    const char *value; /* default expression, or NULL */
    bool is_nullable;
    bool is_pk;
    bool is_generated;
    bool is_auto_increment;
    bool is_indexed;
    const char *target_schema; /* of a foreign key; target_table NULL: none */
    const char *target_table;
    const char *target_column;
} SchemaColumn;

typedef struct SchemaTable
{
    const char *schema; /* NULL where there are none */
    const char *name;
    const char *comment;
    bool is_view;
    int64_t row_estimate; /* -1: not known */
    SchemaColumn *columns;
    size_t column_count;
} SchemaTable;

typedef struct Schema
{
    SchemaTable *tables; /* by schema, then name */
    size_t table_count;
    const char *version;  /* of the server: "3.40.1" */
    const char *flavor;   /* "SQLite" */
    const char *timezone; /* or NULL */
    bool can_write;       /* the user may change data: better to connect one that may not */
} Schema;

/* How the next statements of a connection run. */
typedef struct QuerySession
{
    const char *timezone; /* of the session; NULL: UTC. Nothing where the engine has none */
    int64_t timeout_ms;   /* of one statement; 0: none */
    Cancel *cancel;       /* stops them; or NULL. Lives until the next prepare or close */
} QuerySession;

/* A table that is made from a file, or takes more rows of one. It has a key of its own besides. */
#define LOAD_ROW_ID "_mb_row_id"

typedef enum LoadMode
{
    LOAD_NEW,
    LOAD_APPEND,
    LOAD_REPLACE
} LoadMode;

typedef struct LoadColumn
{
    const char *name;
    BaseType type; /* a boolean, big integer, float, date, time with a date, instant or text */
} LoadColumn;

typedef struct LoadTable
{
    const char *schema;
    const char *name;
    const LoadColumn *columns;
    size_t count;
    LoadMode mode;
} LoadTable;

typedef struct LoadRows LoadRows;
struct LoadRows
{
    /* The values live until the next call; NULL after the last row. */
    bool (*next)(LoadRows *rows, const Value **values, Error *err);
};

struct Driver
{
    const char *name;  /* "postgres", as stored */
    const char *label; /* "PostgreSQL", as shown */
    unsigned features;
    const ConnOption *options; /* ended by a zero key */
    const Dialect *dialect;

    Conn *(*open)(const ConnSpec *spec, Error *err);
    void (*close)(Conn *conn);
    bool (*prepare)(Conn *conn, const QuerySession *session, Error *err);
    bool (*is_broken)(Conn *conn);
    bool (*query)(Conn *conn, const Sql *sql, RowSink *sink, Error *err);
    bool (*describe)(Conn *conn, Arena *arena, Schema *schema, Error *err);
    void (*cancel)(Conn *conn); /* the one function another thread may call */
    /* Whole or not at all; NULL where no tables are made. */
    bool (*load)(Conn *conn, const LoadTable *table, LoadRows *rows, Error *err);
};

/* Ended by NULL. */
extern const Driver *const drivers[];
const Driver *driver_lookup(const char *name);
/* The names of its features as clients know them: "schemas", "foreign-keys"... */
void driver_write_features(const Driver *driver, JsonWriter *w);
/* {"driver-name", "details-fields": [...], ...} as the connection form is drawn from. */
void driver_write_form(const Driver *driver, JsonWriter *w);

/* Checks details (unknown keys refused, required ones there, kinds right), then opens. Errors name
 * the field. */
Conn *conn_open(const ConnSpec *spec, Error *err);
/* Sets *conn to NULL; accepts NULL. */
void conn_close(Conn **conn);
/* Before statements, as often as one likes: a connection that is lent again is prepared anew. */
bool conn_prepare(Conn *conn, const QuerySession *session, Error *err);
/* The link is lost, or the session is in a state that nobody knows: it must be closed. Costs no
 * round trip. */
bool conn_is_broken(Conn *conn);
bool conn_query(Conn *conn, const Sql *sql, RowSink *sink, Error *err);
bool conn_describe(Conn *conn, Arena *arena, Schema *schema, Error *err);
void conn_cancel(Conn *conn);
/* The one thing that writes: for files that people send, on a connection opened for it. */
bool conn_load(Conn *conn, const LoadTable *table, LoadRows *rows, Error *err);

/* Every driver's Conn begins with this. */
typedef struct ConnBase
{
    const Driver *driver;
} ConnBase;

#endif
