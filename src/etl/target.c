/* DDL of the target, locks, clean-up and the swap. */
#include "etl/target.h"

#include "base/log.h"
#include "base/time.h"

#include <string.h>
#include <unistd.h>

extern const char sql_etl_target_rights[], sql_etl_target_has_role[],
    sql_etl_target_same_database[], sql_etl_target_stop_others[], sql_etl_target_tables[],
    sql_etl_target_blockers[], sql_etl_target_views[], sql_etl_target_has_collation[];

enum
{
    LOCK_TRIES = 8, /* of a quarter of a second */
    LOCK_PAUSE_US = 250000,
    SWAP_PAUSE_US = 300000,
    PATIENT_TRY = 4,
    GIVE_UP_SECONDS = 40, /* a server that crashed reads its log first */
    CHECK_INTERVAL_VERSION = 140000
};

static bool
ask(Pg *pg, Arena *arena, const char *sql, const char *text, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, 10000);

    return pg_query(pg, NULL, sql, VALUES(VALUE_OF_TEXT(text)), &collector.sink, err);
}

static bool
run_sql(Pg *pg, Cancel *cancel, const Sql *sql, Error *err)
{
    return sql_done(sql, err) && pg_script(pg, cancel, sql_cstr(sql), err);
}

static Sql
sql_new(Arena *arena)
{
    return (Sql){ .arena = arena, .dialect = &pg_dialect };
}

const char *
target_building(Arena *arena, const char *schema)
{
    return arena_format(arena, "%s__new", schema);
}

bool
target_open(const PgTarget *target, const char *building, Cancel *cancel, Pg **pg, Error *err)
{
    PgTarget own = *target;

    own.application_name = building;
    if (!pg_open(&own, cancel, pg, err))
        return error_prefix(err, "the target");
    if (pg_server_version(*pg) >= CHECK_INTERVAL_VERSION &&
        !pg_script(*pg, cancel, "set client_connection_check_interval = '1s'", err))
        return false;
    return pg_script(*pg, cancel,
                     "set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; "
                     "set search_path = pg_catalog; set synchronous_commit = off",
                     err);
}

/* --------------------------------------------------------------------------------------- checks */

static bool
check_reader(Pg *pg, Arena *arena, const char *role, Error *err)
{
    Rows rows;

    if (!ask(pg, arena, sql_etl_target_has_role, role, &rows, err))
        return false;
    if (value_to_bool(&rows.row[0][0], false))
        return true;
    (void) error_set(err, ERR_CONFIG, "the target has no role %s to give the copy to", role);
    return error_hint(err, "Create the role, or correct METABASE_USERNAME or readers.");
}

bool
target_check(Pg *pg, Arena *arena, const Plan *plan, Error *err)
{
    Rows rows;
    RowReader r;
    const char *owner;
    bool may_create, may_replace;

    if (!ask(pg, arena, sql_etl_target_rights, plan->schema, &rows, err))
        return false;
    r = (RowReader){ arena, rows.row[0] };
    may_create = row_bool(&r);
    may_replace = row_bool(&r);
    owner = row_text(&r);
    if (!may_create)
    {
        (void) error_set(err, ERR_DENIED,
                         "the role of ETL_DB_URL may not create schemas in its database");
        return error_hint(err,
                          "As the owner of the database: GRANT CREATE ON DATABASE name TO role.");
    }
    if (!may_replace)
    {
        (void) error_set(err, ERR_DENIED, "the schema %s belongs to %s and cannot be replaced",
                         plan->schema, owner);
        return error_hint(err, "As its owner: ALTER SCHEMA name OWNER TO role.");
    }
    for (size_t i = 0; i < plan->readers.count; i++)
        if (!check_reader(pg, arena, plan->readers.items[i], err))
            return false;
    return true;
}

bool
target_is_source(Pg *target, Arena *arena, const char *source_application, bool *same, Error *err)
{
    Rows rows;

    if (!ask(target, arena, sql_etl_target_same_database, source_application, &rows, err))
        return false;
    *same = value_to_bool(&rows.row[0][0], false);
    return true;
}

/* ---------------------------------------------------------------------------------------- locks */

static int64_t
lock_key(const char *schema)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    uint8_t digest[SHA256_BYTES];
    int64_t key;

    sha256(str_of(arena_format(arena, "vigie etl %s", schema)), digest);
    memcpy(&key, digest, sizeof(key));
    return key;
}

bool
target_lock(Pg *pg, const char *schema, Error *err)
{
    bool locked = false;

    for (int tries = 0; tries < LOCK_TRIES; tries++)
    {
        if (!pg_lock_try(pg, lock_key(schema), &locked, err))
            return false;
        if (locked)
            return true;
        (void) usleep(LOCK_PAUSE_US);
    }
    (void) error_set(err, ERR_CONFLICT, "another run of %s is at work", schema);
    return error_hint(err, "Wait for its end; vigie etl status shows it.");
}

bool
target_is_locked(Pg *pg, const char *schema, bool *locked, Error *err)
{
    bool mine = false;

    if (!pg_lock_try(pg, lock_key(schema), &mine, err))
        return false;
    *locked = !mine;
    return !mine || pg_unlock(pg, lock_key(schema), err);
}

static bool
drop_schema(Pg *pg, Arena *arena, const char *schema, Error *err)
{
    Sql sql = sql_new(arena);

    sql_words(&sql, "drop schema if exists ");
    sql_ident(&sql, schema);
    sql_words(&sql, " cascade");
    return run_sql(pg, NULL, &sql, err);
}

bool
target_clean(Pg *pg, Arena *arena, const char *schema, bool *found, Error *err)
{
    const char *building = target_building(arena, schema);
    Rows rows;

    *found = false;
    if (!ask(pg, arena, sql_etl_target_stop_others, building, &rows, err))
        return false;
    if (!ask(pg, arena, "select exists (select from pg_namespace where nspname = $1)", building,
             &rows, err))
        return false;
    *found = value_to_bool(&rows.row[0][0], false);
    return !*found || drop_schema(pg, arena, building, err);
}

static bool
clean_anew(const PgTarget *target, Arena *arena, const char *schema, Pg **pg, Error *err)
{
    bool found;

    pg_close(pg);
    return target_open(target, target_building(arena, schema), NULL, pg, err) &&
           target_lock(*pg, schema, err) && target_clean(*pg, arena, schema, &found, err);
}

/* A server that goes down may take a connection, and end it. */
static bool
may_pass(const Error *err)
{
    return err->code == ERR_UPSTREAM || err->code == ERR_UNAVAILABLE;
}

bool
target_give_up(const PgTarget *target, Arena *arena, const char *schema, Pg **pg)
{
    int64_t until = time_monotonic() + GIVE_UP_SECONDS * SECOND_US;
    Error err;

    while (!clean_anew(target, arena, schema, pg, &err))
    {
        if (may_pass(&err) && time_monotonic() < until)
        {
            (void) usleep(LOCK_PAUSE_US);
            continue;
        }
        log_warn("etl.left", LOG_TEXT("schema", target_building(arena, schema)),
                 LOG_TEXT("message", err.message), LOG_TEXT("hint", "the next run drops it"));
        return false;
    }
    return true;
}

/* --------------------------------------------------------------------------------------- tables */

static void
skip(Arena *arena, List *skipped, const char *what, const char *name, const char *why)
{
    Skipped *made = ARENA_NEW(arena, Skipped);

    *made = (Skipped){ what, name, arena_text(arena, why) };
    list_add(skipped, made);
}

static void
write_comment(Sql *sql, const char *building, const CopyTable *table, const CopyColumn *column,
              const char *comment)
{
    if (comment == NULL)
        return;
    if (column == NULL)
        sql_words(sql, "; comment on table ");
    else
        sql_words(sql, "; comment on column ");
    sql_table(sql, building, table->name);
    if (column != NULL)
    {
        sql_words(sql, ".");
        sql_ident(sql, column->name);
    }
    sql_words(sql, " is ");
    sql_quoted(sql, comment);
}

static void
write_collation_and_default(Sql *sql, const CopyColumn *column)
{
    if (column->collation != NULL)
    {
        sql_words(sql, " collate ");
        sql_table(sql, "pg_catalog", column->collation);
    }
    if (column->fallback != NULL)
    {
        sql_words(sql, " default ");
        sql_quoted(sql, column->fallback);
        sql_words(sql, "::");
        sql_type(sql, &column->type);
    }
}

static bool
create_table(Pg *pg, const char *building, const CopyTable *table, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sql sql = sql_new(arena);

    sql_words(&sql, "create table ");
    sql_table(&sql, building, table->name);
    sql_words(&sql, " (");
    for (size_t i = 0; i < table->column_count; i++)
    {
        const CopyColumn *column = &table->columns[i];

        if (i > 0)
            sql_words(&sql, ", ");
        sql_ident(&sql, column->name);
        sql_words(&sql, " ");
        sql_type(&sql, &column->type);
        write_collation_and_default(&sql, column);
        if (column->not_null)
            sql_words(&sql, " not null");
    }
    sql_words(&sql, ")");
    write_comment(&sql, building, table, NULL, table->comment);
    for (size_t i = 0; i < table->column_count; i++)
        write_comment(&sql, building, table, &table->columns[i], table->columns[i].comment);
    return run_sql(pg, NULL, &sql, err) || error_prefix(err, "making %s", table->name);
}

bool
target_create_schema(Pg *pg, const char *building, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sql sql = sql_new(arena);

    sql_words(&sql, "create schema ");
    sql_ident(&sql, building);
    return run_sql(pg, NULL, &sql, err);
}

bool
target_fit_collations(Pg *pg, Arena *arena, CopyTable *tables, size_t count, List *skipped,
                      Error *err)
{
    for (size_t t = 0; t < count; t++)
        for (size_t c = 0; c < tables[t].column_count; c++)
        {
            CopyColumn *column = &tables[t].columns[c];
            Rows rows;

            if (column->collation == NULL)
                continue;
            if (!ask(pg, arena, sql_etl_target_has_collation, column->collation, &rows, err))
                return false;
            if (value_to_bool(&rows.row[0][0], false))
                continue;
            skip(arena, skipped, "collation",
                 arena_format(arena, "%s.%s", tables[t].name, column->name),
                 arena_format(arena, "the target has no collation %s", column->collation));
            column->collation = NULL;
        }
    return true;
}

bool
target_create_tables(Pg *pg, const char *building, const CopyTable *tables, size_t count,
                     Error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!create_table(pg, building, &tables[i], err))
            return false;
    return true;
}

static void
write_names(Sql *sql, const TextList *names)
{
    for (size_t i = 0; i < names->count; i++)
    {
        if (i > 0)
            sql_words(sql, ", ");
        sql_ident(sql, names->items[i]);
    }
}

/* A primary key, or an exclusion constraint as the source's server wrote it. */
static void
write_constraint(Sql *sql, const char *building, const CopyTable *table, const SourceIndex *index)
{
    sql_words(sql, "alter table ");
    sql_table(sql, building, table->name);
    sql_words(sql, " add constraint ");
    sql_ident(sql, index->name);
    if (!index->primary)
    {
        sql_words(sql, " ");
        sql_append_literal(sql, index->tail);
        return;
    }
    sql_words(sql, " primary key (");
    write_names(sql, &index->columns);
    sql_words(sql, ")");
}

static void
write_index(Sql *sql, const char *building, const CopyTable *table, const SourceIndex *index)
{
    if (index->unique)
        sql_words(sql, "create unique index ");
    else
        sql_words(sql, "create index ");
    sql_ident(sql, index->name);
    sql_words(sql, " on ");
    sql_table(sql, building, table->name);
    sql_words(sql, " ");
    sql_append_literal(sql, index->tail); /* as the source's server wrote it */
}

bool
target_index(Pg *pg, Cancel *cancel, const char *building, const CopyTable *table,
             const SourceIndex *index, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sql sql = sql_new(arena);

    if (index->primary || strcmp(index->kind, "x") == 0)
        write_constraint(&sql, building, table, index);
    else
        write_index(&sql, building, table, index);
    return run_sql(pg, cancel, &sql, err);
}

bool
target_can_skip(const Pg *pg)
{
    const char *state = pg_sqlstate(pg);

    return strncmp(state, "42", 2) == 0 || strncmp(state, "0A", 2) == 0 ||
           strncmp(state, "3F", 2) == 0 || strncmp(state, "54", 2) == 0;
}

bool
target_analyze(Pg *pg, Cancel *cancel, const char *building, const CopyTable *table, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sql sql = sql_new(arena);

    sql_words(&sql, "analyze ");
    sql_table(&sql, building, table->name);
    return run_sql(pg, cancel, &sql, err);
}

/* --------------------------------------------------------------------------------- keys, grants */

/* Not validated again: the source has, and all rows are of one snapshot. */
static bool
add_key(Pg *pg, Arena *arena, const char *building, const CopyTable *table, const CopyKey *key,
        Error *err)
{
    Sql sql = sql_new(arena);

    sql_words(&sql, "alter table ");
    sql_table(&sql, building, table->name);
    sql_words(&sql, " add constraint ");
    sql_ident(&sql, key->source->name);
    sql_words(&sql, " foreign key (");
    write_names(&sql, &key->source->columns);
    sql_words(&sql, ") references ");
    sql_table(&sql, building, key->target);
    sql_words(&sql, " (");
    write_names(&sql, &key->source->targets);
    sql_words(&sql, ") not valid");
    return run_sql(pg, NULL, &sql, err);
}

static bool
grant(Pg *pg, Arena *arena, const char *building, const char *role, Error *err)
{
    Sql sql = sql_new(arena);

    sql_words(&sql, "grant usage on schema ");
    sql_ident(&sql, building);
    sql_words(&sql, " to ");
    sql_ident(&sql, role);
    sql_words(&sql, "; grant select on all tables in schema ");
    sql_ident(&sql, building);
    sql_words(&sql, " to ");
    sql_ident(&sql, role);
    return run_sql(pg, NULL, &sql, err);
}

bool
target_finish(Pg *pg, Arena *arena, const char *building, const Plan *plan, const CopyTable *tables,
              size_t count, List *skipped, Error *err)
{
    for (size_t t = 0; t < count; t++)
        for (size_t k = 0; k < tables[t].key_count; k++)
        {
            const CopyKey *key = &tables[t].keys[k];

            if (add_key(pg, arena, building, &tables[t], key, err))
                continue;
            if (!target_can_skip(pg))
                return error_prefix(err, "foreign key %s", key->source->name);
            skip(arena, skipped, "foreign key",
                 arena_format(arena, "%s.%s", tables[t].name, key->source->name), err->message);
        }
    for (size_t i = 0; i < plan->readers.count; i++)
        if (!grant(pg, arena, building, plan->readers.items[i], err))
            return error_prefix(err, "granting to %s", plan->readers.items[i]);
    return true;
}

/* ----------------------------------------------------------------------------------------- swap */

/*
 * All tables of the old schema at once: a statement of a reader that names two of them sees both
 * old or both new, never one of each.
 */
static bool
lock_old(Pg *pg, Arena *arena, const char *schema, Error *err)
{
    Sql sql = sql_new(arena);
    Rows rows;

    if (!ask(pg, arena, sql_etl_target_tables, schema, &rows, err))
        return false;
    sql_words(&sql, "lock table ");
    for (size_t i = 0; i < rows.count; i++)
    {
        if (i > 0)
            sql_words(&sql, ", ");
        sql_table(&sql, schema, value_to_text(arena, &rows.row[i][0]));
    }
    sql_words(&sql, " in access exclusive mode");
    return rows.count == 0 || run_sql(pg, NULL, &sql, err);
}

/* A view of another schema keeps its rights and its identity, and reads the new tables. */
static bool
renew_view(Pg *pg, Arena *arena, const TargetSwap *swap, const Value *cells, bool *lost, Error *err)
{
    RowReader r = { arena, cells };
    const char *schema = row_text(&r), *name = row_text(&r), *kind = row_text(&r);
    const char *query = row_text(&r);
    bool owned = row_bool(&r);
    Sql sql = sql_new(arena);
    Error why;

    sql_words(&sql, "savepoint view; create or replace view ");
    sql_table(&sql, schema, name);
    sql_words(&sql, " as ");
    sql_append_literal(&sql, query); /* as the target's server wrote it */
    if (strcmp(kind, "v") == 0 && owned && run_sql(pg, NULL, &sql, &why))
        return pg_script(pg, NULL, "release savepoint view", err);
    *lost = true;
    skip(arena, swap->skipped, strcmp(kind, "v") == 0 ? "view" : "materialized view",
         arena_format(arena, "%s.%s", schema, name),
         "it stood on the old tables and was dropped with them");
    return strcmp(kind, "v") != 0 || !owned ||
           pg_script(pg, NULL, "rollback to savepoint view", err);
}

/* The old goes to a name that nobody sees, the new takes its place, views follow, the old is
 * dropped. */
static bool
swap_once(Pg *pg, Arena *arena, const TargetSwap *swap, bool patient, Error *err)
{
    static const char quick[] =
        "begin; set local synchronous_commit = on; set local lock_timeout = '800ms'";
    static const char slow[] =
        "begin; set local synchronous_commit = on; set local lock_timeout = '1500ms'";
    const char *old = arena_format(arena, "%s__old", swap->schema);
    Sql away = sql_new(arena), here = sql_new(arena);
    size_t noted = swap->skipped->count;
    bool lost = false;
    Rows there, views;

    sql_words(&away, "alter schema ");
    sql_ident(&away, swap->schema);
    sql_words(&away, " rename to ");
    sql_ident(&away, old);
    sql_words(&here, "alter schema ");
    sql_ident(&here, swap->building);
    sql_words(&here, " rename to ");
    sql_ident(&here, swap->schema);
    if (!pg_script(pg, NULL, patient ? slow : quick, err) ||
        !ask(pg, arena, "select exists (select from pg_namespace where nspname = $1)", swap->schema,
             &there, err) ||
        !lock_old(pg, arena, swap->schema, err) ||
        !ask(pg, arena, sql_etl_target_views, swap->schema, &views, err))
        return false;
    if (value_to_bool(&there.row[0][0], false) && !run_sql(pg, NULL, &away, err))
        return false;
    if (!run_sql(pg, NULL, &here, err))
        return false;
    swap->skipped->count = noted;
    for (size_t i = 0; i < views.count; i++)
        if (!renew_view(pg, arena, swap, views.row[i], &lost, err))
            return false;
    return drop_schema(pg, arena, old, err) && swap->record(swap->record_arg, pg, err) &&
           pg_script(pg, NULL, "commit", err);
}

static bool
is_lock_trouble(const Pg *pg)
{
    const char *state = pg_sqlstate(pg);

    return strcmp(state, "55P03") == 0 || strcmp(state, "40P01") == 0;
}

static bool
tell_blockers(Pg *pg, Arena *arena, const TargetSwap *swap, Error *err)
{
    Buf who = buf_new(arena, 400);
    Error ignored;
    Rows rows;

    if (ask(pg, arena, sql_etl_target_blockers, swap->schema, &rows, &ignored))
        for (size_t i = 0; i < rows.count; i++)
        {
            RowReader r = { arena, rows.row[i] };
            int64_t pid = row_int(&r);
            const char *user = row_text(&r), *application = row_text(&r), *state = row_text(&r);

            buf_format(&who, "%spid %lld, %s, %s, %s since %lld s", i == 0 ? ": " : "; ",
                       (long long) pid, user, application, state, (long long) row_int(&r));
        }
    (void) error_set(err, ERR_TIMEOUT, "readers hold locks on %s for more than %lld seconds%s",
                     swap->schema, (long long) swap->seconds, buf_cstr(&who));
    return error_hint(err,
                      "The old data is still served. End these sessions, or raise --swap-seconds.");
}

/*
 * Most tries end before the server looks for deadlocks (after a second), so that no reader is ever
 * chosen as the victim of one; some wait longer, which makes an autovacuum step aside.
 */
bool
target_swap(Pg *pg, Arena *arena, const TargetSwap *swap, Error *err)
{
    int64_t until = time_monotonic() + swap->seconds * SECOND_US;
    Error ignored;

    for (int tries = 1;; tries++)
    {
        if (swap_once(pg, arena, swap, tries % PATIENT_TRY == 0, err))
            return true;
        if (!is_lock_trouble(pg))
            return error_prefix(err, "the swap");
        if (!pg_script(pg, NULL, "rollback", &ignored) || time_monotonic() > until)
            return tell_blockers(pg, arena, swap, err);
        if (!swap->watch(swap->watch_arg, err))
            return false;
        (void) usleep(SWAP_PAUSE_US);
    }
}
