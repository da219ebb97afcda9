/*
 * Copies of the whole state before a migration: a file beside a SQLite file, a schema in Postgres.
 * In Postgres the rows are copied, not the keys and indexes: putting a copy back makes the tables
 * anew with the migrations that the copy had, then fills them.
 */
#include "base/file.h"
#include "base/map.h"
#include "store/migrate_private.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum
{
    KEPT_COPIES = 2
};

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

/* ------------------------------------------------------------------------------ files of SQLite */

/* Full paths, oldest first. */
static List
list_files(const char *location, Arena *arena)
{
    const char *slash = strrchr(location, '/');
    const char *folder =
        slash == NULL ? "." : arena_text_n(arena, location, (size_t) (slash - location) + 1);
    const char *prefix = arena_format(arena, "%s.before-", slash == NULL ? location : slash + 1);
    List list = list_new(arena);
    DIR *dir = opendir(folder);

    if (dir == NULL)
        return list;
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir))
    {
        int64_t number;

        /* Four digits and nothing more: SQLite puts files of its own beside. */
        if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0 &&
            strlen(entry->d_name) == strlen(prefix) + 4 &&
            str_to_int(str_of(entry->d_name + strlen(prefix)), 0, 9999, &number))
            list_add(&list, path_join(arena, folder, entry->d_name));
    }
    (void) closedir(dir);
    if (list.count > 0)
        qsort(list.items, list.count, sizeof(void *), by_name);
    return list;
}

static bool
copy_file(Store *held, Arena *arena, int number, Error *err)
{
    const char *location = store_location(held);
    const char *path = arena_format(arena, "%s.before-%04d", location, number);
    StoreConn *reader = NULL;
    List files;
    bool done;

    /* Another connection sees what was committed, while this one keeps writers out. */
    if (!engine_sqlite.open(location, false, 0, &reader, err))
        return false;
    done = sqlite_copy_to(reader, path, err);
    engine_sqlite.close(&reader);
    if (!done)
        return error_prefix(err, "copy of the app database");
    files = list_files(location, arena);
    for (size_t i = 0; i + KEPT_COPIES < files.count; i++)
        (void) unlink(files.items[i]); /* an old copy that stays harms nothing */
    return true;
}

static bool
no_copy(Error *err)
{
    (void) error_set(err, ERR_NOT_FOUND, "there is no copy of the app database to put back");
    return error_hint(err, "A copy is made when a migration runs on a database that has data.");
}

static bool
restore_file(Store *held, Arena *arena, const char **name, Error *err)
{
    List files = list_files(store_location(held), arena);
    const char *newest;

    if (files.count == 0)
        return no_copy(err);
    newest = files.items[files.count - 1];
    if (!sqlite_copy_from(store_conn(held), newest, err))
        return false;
    (void) unlink(newest); /* it is in place now */
    *name = newest;
    return true;
}

/* --------------------------------------------------------------------------- schemas of Postgres
 */

/* "create table x (" at the beginning of a line, and "drop table x;" */
static void
scan_tables(Arena *arena, const char *text, Map *tables)
{
    static const char create[] = "create table ";
    static const char drop[] = "drop table ";
    Str rest = str_of(text);
    Str line;

    while (str_split(&rest, '\n', &line))
    {
        bool made = str_has_prefix(line, create);
        size_t skip = made ? strlen(create) : strlen(drop);
        const char *name;

        if (!made && !str_has_prefix(line, drop))
            continue;
        name = arena_text_n(arena, line.ptr + skip, strcspn(line.ptr + skip, " (;\n"));
        map_put(tables, name, made ? arena : NULL);
    }
}

/* Names of the tables of these migrations, in the order in which they refer to each other. */
static List
list_tables(Arena *arena, const Migration *migrations, const AppliedList *applied)
{
    Map *tables = map_new(arena);
    List list = list_new(arena);

    map_put(tables, "vigie_migration", arena);
    for (size_t i = 0; i < applied->count; i++)
    {
        const Migration *known = migrate_lookup(migrations, applied->items[i].number);

        if (known != NULL)
            scan_tables(arena, known->text, tables);
    }
    for (size_t i = 0; i < map_count(tables); i++)
        if (map_value_at(tables, i) != NULL)
            list_add(&list, (void *) map_key_at(tables, i));
    return list;
}

static bool
run(Store *held, const Sql *sql, Error *err)
{
    return pg_run(postgres_pg(store_conn(held)), NULL, sql, NULL, err);
}

static bool
ask(Store *held, Arena *arena, const Sql *sql, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, 0);

    return pg_run(postgres_pg(store_conn(held)), NULL, sql, &collector.sink, err);
}

/* Oldest first. */
static bool
list_schemas(Store *held, Arena *arena, Rows *rows, Error *err)
{
    Sql sql = { .arena = arena, .dialect = &pg_dialect };

    sql_words(&sql, "select nspname from pg_namespace"
                    " where nspname ~ '^vigie_before_[0-9]{4}$' order by nspname");
    return ask(held, arena, &sql, rows, err);
}

static bool
drop_schema(Store *held, Arena *arena, const char *schema, Error *err)
{
    Sql sql = { .arena = arena, .dialect = &pg_dialect };

    sql_words(&sql, "drop schema if exists ");
    sql_ident(&sql, schema);
    sql_words(&sql, " cascade");
    return run(held, &sql, err);
}

static bool
copy_table(Store *held, Arena *arena, const char *schema, const char *table, Error *err)
{
    Sql sql = { .arena = arena, .dialect = &pg_dialect };

    sql_words(&sql, "create table ");
    sql_table(&sql, schema, table);
    sql_words(&sql, " as table ");
    sql_ident(&sql, table);
    return run(held, &sql, err);
}

static bool
prune_schemas(Store *held, Arena *arena, Error *err)
{
    Rows schemas;

    if (!list_schemas(held, arena, &schemas, err))
        return false;
    for (size_t i = 0; i + KEPT_COPIES < schemas.count; i++)
        if (!drop_schema(held, arena, value_to_text(arena, &schemas.row[i][0]), err))
            return false;
    return true;
}

static bool
copy_schema(Store *held, Arena *arena, const Migration *migrations, const AppliedList *applied,
            int number, Error *err)
{
    const char *schema = arena_format(arena, "vigie_before_%04d", number);
    List tables = list_tables(arena, migrations, applied);
    Sql sql = { .arena = arena, .dialect = &pg_dialect };

    if (!drop_schema(held, arena, schema, err))
        return false;
    sql_words(&sql, "create schema ");
    sql_ident(&sql, schema);
    if (!run(held, &sql, err))
        return false;
    for (size_t i = 0; i < tables.count; i++)
        if (!copy_table(held, arena, schema, tables.items[i], err))
            return false;
    return prune_schemas(held, arena, err);
}

/* Every table of this program goes, also those that came after the copy. */
static bool
drop_tables(Store *held, Arena *arena, const Migration *migrations, Error *err)
{
    Map *tables = map_new(arena);

    map_put(tables, "vigie_migration", arena);
    for (const Migration *it = migrations; it->name != NULL; it++)
        scan_tables(arena, it->text, tables);
    for (size_t i = 0; i < map_count(tables); i++)
    {
        Sql sql = { .arena = arena, .dialect = &pg_dialect };

        sql_words(&sql, "drop table if exists ");
        sql_ident(&sql, map_key_at(tables, i));
        sql_words(&sql, " cascade");
        if (!run(held, &sql, err))
            return false;
    }
    return true;
}

static bool
make_tables(Store *held, Arena *arena, const Migration *migrations, const AppliedList *applied,
            Error *err)
{
    if (!migrate_make_table(held, err))
        return false;
    for (size_t i = 0; i < applied->count; i++)
    {
        const Applied *it = &applied->items[i];
        const Migration *known = migrate_lookup(migrations, it->number);

        if (known == NULL || strcmp(migrate_checksum(arena, known), it->checksum) != 0)
            return error_set(err, ERR_CONFIG,
                             "the copy was made with migration %s, "
                             "which this program does not know",
                             it->name);
        if (!migrate_apply_text(held, arena, known, err))
            return false;
    }
    return true;
}

/* What the migrations themselves put in gives way to the copy. */
static bool
empty_table(Store *held, Arena *arena, const char *table, Error *err)
{
    Sql sql = { .arena = arena, .dialect = &pg_dialect };

    sql_words(&sql, "truncate ");
    sql_ident(&sql, table);
    sql_words(&sql, " cascade");
    return run(held, &sql, err);
}

static bool
fill_table(Store *held, Arena *arena, const char *schema, const char *table, Error *err)
{
    Sql names = { .arena = arena, .dialect = &pg_dialect };
    Sql sql = { .arena = arena, .dialect = &pg_dialect };
    Rows columns;

    sql_words(&names, "select column_name from information_schema.columns where table_schema = ");
    sql_bind(&names, VALUE_OF_TEXT(schema));
    sql_words(&names, " and table_name = ");
    sql_bind(&names, VALUE_OF_TEXT(table));
    sql_words(&names, " order by ordinal_position");
    if (!ask(held, arena, &names, &columns, err))
        return false;
    sql_words(&sql, "insert into ");
    sql_ident(&sql, table);
    for (size_t i = 0; i < columns.count; i++)
    {
        if (i == 0)
            sql_words(&sql, " (");
        else
            sql_words(&sql, ", ");
        sql_ident(&sql, value_to_text(arena, &columns.row[i][0]));
    }
    sql_words(&sql, ") select ");
    for (size_t i = 0; i < columns.count; i++)
    {
        if (i > 0)
            sql_words(&sql, ", ");
        sql_ident(&sql, value_to_text(arena, &columns.row[i][0]));
    }
    sql_words(&sql, " from ");
    sql_table(&sql, schema, table);
    return run(held, &sql, err);
}

/* New rows go on after the greatest id. */
static bool
set_identities(Store *held, Arena *arena, Error *err)
{
    Sql find = { .arena = arena, .dialect = &pg_dialect };
    Rows found;

    sql_words(&find, "select table_name, column_name from information_schema.columns"
                     " where table_schema = current_schema() and is_identity = 'YES'");
    if (!ask(held, arena, &find, &found, err))
        return false;
    for (size_t i = 0; i < found.count; i++)
    {
        const char *table = value_to_text(arena, &found.row[i][0]);
        const char *column = value_to_text(arena, &found.row[i][1]);
        Sql sql = { .arena = arena, .dialect = &pg_dialect };

        sql_words(&sql, "select setval(pg_get_serial_sequence(quote_ident(");
        sql_bind(&sql, VALUE_OF_TEXT(table));
        sql_words(&sql, "), ");
        sql_bind(&sql, VALUE_OF_TEXT(column));
        sql_words(&sql, "), coalesce(max(");
        sql_ident(&sql, column);
        sql_words(&sql, "), 0) + 1, false) from ");
        sql_ident(&sql, table);
        if (!run(held, &sql, err))
            return false;
    }
    return true;
}

static bool
read_copy_list(Store *held, Arena *arena, const char *schema, AppliedList *applied, Error *err)
{
    Sql sql = { .arena = arena, .dialect = &pg_dialect };
    Rows rows;

    sql_words(&sql, "select number, name, checksum, compatible, applied_at from ");
    sql_table(&sql, schema, "vigie_migration");
    sql_words(&sql, " order by number");
    if (!ask(held, arena, &sql, &rows, err))
        return false;
    *applied = migrate_read_applied(arena, &rows);
    return true;
}

static bool
restore_schema(Store *held, Arena *arena, const Migration *migrations, const char **name,
               Error *err)
{
    AppliedList applied;
    const char *newest;
    Rows schemas;
    List tables;

    if (!list_schemas(held, arena, &schemas, err))
        return false;
    if (schemas.count == 0)
        return no_copy(err);
    newest = value_to_text(arena, &schemas.row[schemas.count - 1][0]);
    if (!read_copy_list(held, arena, newest, &applied, err) ||
        !drop_tables(held, arena, migrations, err) ||
        !make_tables(held, arena, migrations, &applied, err))
        return false;
    tables = list_tables(arena, migrations, &applied);
    for (size_t i = 0; i < tables.count; i++)
        if (!empty_table(held, arena, tables.items[i], err))
            return false;
    for (size_t i = 0; i < tables.count; i++)
        if (!fill_table(held, arena, newest, tables.items[i], err))
            return false;
    if (!set_identities(held, arena, err) || !drop_schema(held, arena, newest, err))
        return false;
    *name = newest;
    return true;
}

/* ------------------------------------------------------------------------------------------- both
 */

bool
migrate_copy_make(Store *held, Arena *arena, const Migration *migrations,
                  const AppliedList *applied, int number, Error *err)
{
    if (store_engine(held) == STORE_SQLITE)
        return copy_file(held, arena, number, err);
    return copy_schema(held, arena, migrations, applied, number, err) ||
           error_prefix(err, "copy of the app database");
}

bool
migrate_copy_restore(Store *held, Arena *arena, const Migration *migrations, const char **name,
                     Error *err)
{
    const char *restored = NULL;
    Error ignored;

    if (store_engine(held) == STORE_SQLITE)
        return restore_file(held, arena, name, err);
    if (!store_script(held, "begin", err))
        return false;
    if (!restore_schema(held, arena, migrations, &restored, err) ||
        !store_script(held, "commit", err))
    {
        (void) store_script(held, "rollback", &ignored); /* the first failure is told */
        return false;
    }
    *name = restored;
    return true;
}
