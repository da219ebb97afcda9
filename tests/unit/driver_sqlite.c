#include "test.h"

#include "driver/driver.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Folder
{
    char path[40];
    char file[80];
} Folder;

/* A folder with one database that has what SQLite can have. */
static void
make_folder(Folder *folder)
{
    static const char script[] =
        "create table Parent (id integer primary key, name varchar(20) not null, ok boolean);"
        "create table child (id integer primary key, parent_id integer references parent, price "
        "double precision, born date, seen timestamp default current_timestamp, total as (price * "
        "2), raw blob);"
        "create index child_born on child (born);"
        "create view both as select name, price from child join Parent on parent_id = Parent.id;"
        "insert into Parent values (1, 'Élan', 1), (2, 'b', 0), (3, 'c', null);"
        "insert into child (id, parent_id, price, born, raw) values (1, 1, 1.5, '2024-02-29', "
        "x'00ff');"
        "analyze;";
    sqlite3 *db;

    (void) snprintf(folder->path, sizeof(folder->path), "/tmp/vigie-driver-XXXXXX");
    CHECK(mkdtemp(folder->path) != NULL);
    (void) snprintf(folder->file, sizeof(folder->file), "%s/test.db", folder->path);
    CHECK(sqlite3_open(folder->file, &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, script, NULL, NULL, NULL) == SQLITE_OK);
    (void) sqlite3_close(db);
}

static void
drop_folder(Folder *folder)
{
    (void) unlink(folder->file);
    (void) rmdir(folder->path);
}

static Conn *
open_details(Arena *arena, const Folder *folder, const char *details, const Cancel *cancel,
             Error *err)
{
    ConnSpec spec = { .driver = driver_lookup("sqlite"),
                      .cancel = cancel,
                      .data_folder = folder->path };
    Json *tree;

    CHECK_OK(json_parse(arena, str_of(details), NULL, &tree, err), err);
    spec.details = tree;
    return conn_open(&spec, err);
}

static bool
run(Conn *conn, Arena *arena, const char *text, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, 1000000);
    Sql sql = { .arena = arena, .dialect = driver_lookup("sqlite")->dialect };

    sql.text = buf_new(arena, 10000);
    buf_text(&sql.text, text);
    return conn_query(conn, &sql, &collector.sink, err);
}

TEST(sqlite_describes_tables_columns_keys_and_views)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(conn_close) Conn *conn = NULL;
    const SchemaColumn *column;
    Folder folder;
    Schema schema;
    Error err;

    make_folder(&folder);
    conn = open_details(arena, &folder, "{\"db\":\"test.db\"}", NULL, &err);
    CHECK_OK(conn != NULL, &err);
    CHECK_OK(conn_describe(conn, arena, &schema, &err), &err);
    CHECK_INT(schema.table_count, 3);
    CHECK_STR(schema.tables[0].name, "Parent");
    CHECK_INT(schema.tables[0].row_estimate, 3);
    CHECK(schema.tables[1].is_view);
    CHECK_STR(schema.tables[2].name, "child");
    column = schema.tables[2].columns;
    CHECK(column[0].is_pk && column[0].is_auto_increment && !column[0].is_nullable);
    CHECK_STR(column[1].target_table, "parent");
    CHECK_STR(base_type_name(column[2].base_type), "type/Float");
    CHECK_STR(base_type_name(column[3].base_type), "type/Date");
    CHECK(column[3].is_indexed && !column[4].is_indexed);
    CHECK_STR(base_type_name(column[4].base_type), "type/DateTime");
    CHECK(column[5].is_generated);
    drop_folder(&folder);
}

TEST(sqlite_reads_rows_with_their_kinds)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(conn_close) Conn *conn = NULL;
    Folder folder;
    Rows rows;
    Error err;

    make_folder(&folder);
    conn = open_details(arena, &folder, "{\"db\":\"test.db\"}", NULL, &err);
    CHECK_OK(run(conn, arena, "select name, ok, id from Parent order by id", &rows, &err), &err);
    CHECK_INT(rows.count, 3);
    CHECK_STR(value_to_text(arena, &rows.row[0][0]), "Élan");
    CHECK(rows.row[0][1].kind == VALUE_BOOL && rows.row[0][1].boolean);
    CHECK(rows.row[2][1].kind == VALUE_NULL);
    CHECK_OK(run(conn, arena, "select raw from child", &rows, &err), &err);
    CHECK(rows.row[0][0].kind == VALUE_BYTES && rows.row[0][0].text.len == 2);
    drop_folder(&folder);
}

TEST(sqlite_lets_nothing_be_written_attached_or_loaded)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(conn_close) Conn *conn = NULL;
    static const char *const wrong[] = {
        "delete from Parent",
        "insert into Parent values (9, 'x', 1)",
        "create table t (a)",
        "drop table child",
        "attach '/tmp/other.db' as other",
        "pragma writable_schema = 1",
        "pragma journal_mode = delete",
        "pragma temp_store_directory = '/tmp'",
        "select load_extension('/tmp/x.so')",
        "select 1; delete from Parent",
        "vacuum into '/tmp/copy.db'",
        "",
        "select nonsense from Parent",
    };
    Folder folder;
    Rows rows;
    Error err;

    make_folder(&folder);
    conn = open_details(arena, &folder, "{\"db\":\"test.db\"}", NULL, &err);
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (run(conn, arena, wrong[i], &rows, &err))
            fail_msg("was run: %s", wrong[i]);
    CHECK_OK(run(conn, arena, "select count(*) from Parent", &rows, &err), &err);
    CHECK(rows.row[0][0].integer == 3);
    drop_folder(&folder);
}

TEST(sqlite_opens_only_files_of_the_data_folder)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const struct
    {
        const char *details, *field;
    } wrong[] = {
        { "{\"db\":\"../test.db\"}", "db" },
        { "{\"db\":\"/etc/passwd\"}", "db" },
        { "{\"db\":\"vigie.db\"}", "db" },
        { "{\"db\":\"vigie.db-wal\"}", "db" },
        { "{\"db\":\".hidden\"}", "db" },
        { "{\"db\":\"none.db\"}", "db" },
        { "{\"db\":\"\"}", "db" },
        { "{\"db\":{}}", "db" },
        { "{}", "db" },
        { "{\"db\":\"test.db\",\"init\":\"x\"}", "init" },
        { "{\"db\":\"file:test.db?mode=rw\"}", "db" },
    };
    Folder folder;

    make_folder(&folder);
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
    {
        Error err = { 0 };

        CHECK(open_details(arena, &folder, wrong[i].details, NULL, &err) == NULL);
        CHECK_STR(err.field, wrong[i].field);
    }
    drop_folder(&folder);
}

TEST(sqlite_stops_when_it_is_cancelled)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(cancel_free) Cancel *cancel = cancel_new();
    CLEANUP(conn_close) Conn *conn = NULL;
    static const char endless[] = "with recursive n(i) as (select 1 union all select i + 1 from n) "
                                  "select count(*) from n";
    Folder folder;
    Rows rows;
    Error err;

    make_folder(&folder);
    conn = open_details(arena, &folder, "{\"db\":\"test.db\"}", cancel, &err);
    cancel_set_deadline(cancel, time_monotonic() + 50000);
    CHECK_ERROR(run(conn, arena, endless, &rows, &err), &err, ERR_TIMEOUT);
    drop_folder(&folder);
}

TEST(sqlite_stops_a_statement_that_takes_too_long)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(conn_close) Conn *conn = NULL;
    QuerySession session = { .timeout_ms = 50 };
    Folder folder;
    Rows rows;
    Error err;

    make_folder(&folder);
    conn = open_details(arena, &folder, "{\"db\":\"test.db\"}", NULL, &err);
    CHECK_OK(conn_prepare(conn, &session, &err), &err);
    CHECK_ERROR(run(conn, arena,
                    "with recursive n(i) as (select 1 union all select i + 1 from n) "
                    "select count(*) from n",
                    &rows, &err),
                &err, ERR_TIMEOUT);
    CHECK(!conn_is_broken(conn));
    CHECK_OK(run(conn, arena, "select 1", &rows, &err), &err);
    drop_folder(&folder);
}
