/*
 * The order of a feed: check, build aside, then swap the schema, or replace the rows of each table
 * in one transaction. Replacing deletes and inserts: readers are not kept waiting, and rights and
 * views of others stay, because the tables do.
 */
#include "etl/feed.h"

#include "etl/copy.h"
#include "etl/target.h"

#include <string.h>

enum
{
    SWAP_SECONDS = 300,
    JOBS = 2,
    MAX_REPORT_BYTES = 1024 * 1024
};

extern const char sql_feed_strangers[], sql_feed_differences[], sql_feed_keys[],
    sql_etl_history_setup[], sql_etl_history_interrupt[], sql_etl_history_begin[],
    sql_etl_history_end[];

typedef struct Work
{
    Arena *arena;
    const Feed *feed;
    FeedReport *report;
    Plan plan; /* schema and readers, for the functions of the target */
    Pg *source;
    Pg *target;
    const Cancel *cancel;
    const char *snapshot;
    Catalog catalog;
    const char *building;
    int64_t history_id;
    int64_t begun;
    List skipped;
} Work;

static bool
ask(Work *w, const char *sql, const Value *values, size_t count, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(w->arena, rows, 100000);

    return pg_query(w->target, NULL, sql, values, count, &collector.sink, err);
}

static Sql
sql_new(const Work *w)
{
    return (Sql){ .arena = w->arena, .dialect = &pg_dialect };
}

static bool
run_sql(Work *w, const Sql *sql, Error *err)
{
    return sql_done(sql, err) && pg_script(w->target, NULL, sql_cstr(sql), err);
}

/* ----------------------------------------------------------------------------------------- types
 */

/* What feeds may call a type, and what Postgres calls it. */
static const struct
{
    const char *name;
    const char *type;
} type_names[] = {
    { "text", "text" },           { "varchar", "varchar" },
    { "integer", "int4" },        { "int", "int4" },
    { "bigint", "int8" },         { "smallint", "int2" },
    { "boolean", "bool" },        { "numeric", "numeric" },
    { "real", "float4" },         { "double precision", "float8" },
    { "date", "date" },           { "time", "time" },
    { "timestamp", "timestamp" }, { "timestamptz", "timestamptz" },
    { "interval", "interval" },   { "uuid", "uuid" },
    { "json", "json" },           { "jsonb", "jsonb" },
    { "text[]", "_text" },        { "integer[]", "_int4" },
    { "bigint[]", "_int8" },
};

/* "numeric(10,2)" */
static bool
read_type(Arena *arena, const char *text, SqlType *type, Error *err)
{
    const char *open = strchr(text, '(');
    Str name = open == NULL ? str_of(text) : (Str){ text, (size_t) (open - text) };
    Str rest = STR(""), number;
    SqlType made = { 0 };

    for (size_t i = 0; i < COUNT_OF(type_names); i++)
        if (str_is_nocase(str_trim(name), type_names[i].name))
            made.name = type_names[i].type;
    if (made.name == NULL)
        return error_set(err, ERR_CONFIG, "there is no type %.60s for a feed", text);
    if (open == NULL)
    {
        *type = made;
        return true;
    }
    rest = str_of(arena_text(arena, open + 1));
    if (!str_has_suffix(rest, ")"))
        return error_set(err, ERR_CONFIG, "the type %.60s is not closed", text);
    rest.len--;
    while (str_split(&rest, ',', &number))
        if (made.arg_count == COUNT_OF(made.args) ||
            !str_to_int(str_trim(number), 0, 10485760, &made.args[made.arg_count++]))
            return error_set(err, ERR_CONFIG, "the type %.60s has wrong numbers", text);
    *type = made;
    return true;
}

/* --------------------------------------------------------------------------------------- prepare
 */

static const SourceTable *
find_table(const Work *w, const FeedTable *table)
{
    for (size_t i = 0; i < w->catalog.table_count; i++)
        if (strcmp(w->catalog.tables[i].schema, table->schema) == 0 &&
            strcmp(w->catalog.tables[i].name, table->from) == 0)
            return &w->catalog.tables[i];
    return NULL;
}

static bool
prepare_column(Work *w, const FeedTable *table, const SourceTable *source, const FeedColumn *wanted,
               CopyColumn *column, Error *err)
{
    const SourceColumn *there = table->query == NULL ? source_column(source, wanted->column) : NULL;
    SourceColumn *own = ARENA_NEW(w->arena, SourceColumn);

    if (table->query == NULL && there == NULL)
        return error_set(err, ERR_CONFIG, "%s: the source has no column %s.%s", table->name,
                         source->key, wanted->column);
    *own =
        there == NULL ? (SourceColumn){ .name = wanted->column, .family = FAMILY_OTHER } : *there;
    if (wanted->type != NULL)
    {
        if (!read_type(w->arena, wanted->type, &own->type, err))
            return error_prefix(err, "%s.%s", table->name, wanted->name);
        own->cast = true;
    }
    *column = (CopyColumn){ .name = wanted->name,
                            .comment = wanted->comment != NULL ? wanted->comment : own->comment,
                            .type = own->type,
                            .source = own };
    return true;
}

static const SourceTable *
query_table(Work *w, const FeedTable *table)
{
    SourceTable *made = ARENA_NEW(w->arena, SourceTable);

    made->name = made->key = table->name;
    made->readable = true;
    made->leaves = ARENA_NEW(w->arena, SourceLeaf);
    made->leaves[0].query = table->query;
    made->leaf_count = 1;
    return made;
}

static void
add_key(Work *w, const FeedTable *table, CopyTable *copy)
{
    SourceIndex *index = ARENA_NEW(w->arena, SourceIndex);

    if (table->key.count == 0)
        return;
    *index = (SourceIndex){ .name = arena_format(w->arena, "%s_pkey", table->name),
                            .unique = true,
                            .primary = true,
                            .kind = "p",
                            .tail = "",
                            .uses = table->key,
                            .columns = table->key };
    copy->indexes = ARENA_NEW(w->arena, const SourceIndex *);
    copy->indexes[0] = index;
    copy->index_count = 1;
}

static bool
prepare_table(Work *w, const FeedTable *table, CopyTable *copy, Error *err)
{
    const SourceTable *source = table->query != NULL ? query_table(w, table) : find_table(w, table);

    if (source == NULL)
    {
        (void) error_set(err, ERR_CONFIG, "%s: the source has no table %s.%s", table->name,
                         table->schema, table->from);
        return error_hint(err, "A view is read by a query.");
    }
    if (!source->readable)
        return error_set(err, ERR_DENIED, "%s: the role of the source may not read %s", table->name,
                         source->key);
    copy->name = table->name;
    copy->comment = table->comment != NULL ? table->comment : source->comment;
    copy->source = source;
    copy->columns = ARENA_ARRAY(w->arena, table->column_count, CopyColumn);
    for (; copy->column_count < table->column_count; copy->column_count++)
        if (!prepare_column(w, table, source, &table->columns[copy->column_count],
                            &copy->columns[copy->column_count], err))
            return false;
    add_key(w, table, copy);
    return true;
}

static TextList
source_schemas(Work *w)
{
    TextList list = { .items = ARENA_ARRAY(w->arena, w->feed->table_count + 1, const char *) };

    for (size_t i = 0; i < w->feed->table_count; i++)
    {
        const char *schema = w->feed->tables[i].schema;
        size_t at = 0;

        while (at < list.count && schema != NULL && strcmp(list.items[at], schema) != 0)
            at++;
        if (schema != NULL && at == list.count)
            list.items[list.count++] = schema;
    }
    return list;
}

static bool
open_source(Work *w, Error *err)
{
    TextList schemas = source_schemas(w);
    FeedReport *report = w->report;

    if (!copy_open_source(&w->feed->source, NULL, &w->source, err) ||
        !pg_snapshot_export(w->source, w->arena, &w->snapshot, err) ||
        (schemas.count > 0 && !catalog_read(w->source, w->arena, &schemas, &w->catalog, err)))
        return false;
    report->tables = ARENA_ARRAY(w->arena, w->feed->table_count, CopyTable);
    for (; report->table_count < w->feed->table_count; report->table_count++)
        if (!prepare_table(w, &w->feed->tables[report->table_count],
                           &report->tables[report->table_count], err))
            return false;
    return copy_check(w->source, report->tables, report->table_count, err);
}

static bool
is_fed(const Work *w, const char *table)
{
    for (size_t i = 0; i < w->feed->table_count; i++)
        if (strcmp(w->feed->tables[i].name, table) == 0)
            return true;
    return false;
}

/* A swap would drop the tables of others. */
static bool
refuse_strangers(Work *w, Error *err)
{
    Rows rows;

    if (!w->feed->swap)
        return true;
    if (!ask(w, sql_feed_strangers, VALUES(VALUE_OF_TEXT(w->feed->schema)), &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
    {
        const char *table = value_to_text(w->arena, &rows.row[i][0]);

        if (is_fed(w, table))
            continue;
        (void) error_set(err, ERR_CONFLICT, "the schema %s holds %s, which the feed does not name",
                         w->feed->schema, table);
        return error_hint(err, "With mode: replace it is left alone; or drop it.");
    }
    return true;
}

static bool
open_target(Work *w, Error *err)
{
    const char *name;
    Sql sql = sql_new(w);
    bool same;

    if (!target_open(&w->feed->target, w->building, NULL, &w->target, err) ||
        !target_check(w->target, w->arena, &w->plan, err) || !refuse_strangers(w, err))
        return false;
    name = arena_format(w->arena, "vigie feed %s", random_hex(w->arena, 8));
    sql_words(&sql, "set application_name = ");
    sql_quoted(&sql, name);
    if (!sql_done(&sql, err) || !pg_script(w->source, NULL, sql_cstr(&sql), err) ||
        !target_is_source(w->target, w->arena, name, &same, err))
        return false;
    for (size_t i = 0; same && i < w->feed->table_count; i++)
        if (w->feed->tables[i].schema != NULL &&
            strcmp(w->feed->tables[i].schema, w->feed->schema) == 0)
            return error_set(err, ERR_CONFIG, "the schema %s is both source and target of the feed",
                             w->feed->schema);
    return true;
}

/* --------------------------------------------------------------------------------------- history
 */

static bool
begin_history(Work *w, Error *err)
{
    Value schema = VALUE_OF_TEXT(w->feed->schema);
    Rows rows;

    if (!pg_script(w->target, NULL, sql_etl_history_setup, err) ||
        !ask(w, sql_etl_history_interrupt, &schema, 1, &rows, err) ||
        !ask(w, sql_etl_history_begin, VALUES(VALUE_OF_TEXT(w->feed->name), schema), &rows, err))
        return error_prefix(err, "the history in vigie_etl");
    w->history_id = value_to_int(&rows.row[0][0], 0);
    return true;
}

static void
write_report(JsonWriter *w, const FeedReport *report)
{
    json_begin_object(w);
    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < report->table_count; i++)
    {
        json_begin_object(w);
        json_put_text(w, "name", report->tables[i].name);
        json_put_int(w, "rows", report->tables[i].rows);
        json_put_int(w, "bytes", report->tables[i].bytes);
        json_end_object(w);
    }
    json_end_array(w);
    json_key(w, "changes");
    json_begin_array(w);
    for (size_t i = 0; i < report->changes.count; i++)
        json_text(w, report->changes.items[i]);
    json_end_array(w);
    json_end_object(w);
}

static bool
end_history(Work *w, const char *state, const char *message, Error *err)
{
    FeedReport *report = w->report;
    Buf out = buf_new(w->arena, MAX_REPORT_BYTES);
    JsonWriter writer = json_writer(&out);
    Rows rows;

    report->rows = report->bytes = 0;
    for (size_t i = 0; i < report->table_count; i++)
    {
        report->rows += report->tables[i].rows;
        report->bytes += report->tables[i].bytes;
    }
    report->seconds = (double) (time_monotonic() - w->begun) / 1e6;
    write_report(&writer, report);
    return ask(w, sql_etl_history_end,
               VALUES(VALUE_OF_INT(w->history_id), VALUE_OF_TEXT(state),
                      VALUE_OF_INT((int64_t) report->table_count), VALUE_OF_INT(report->rows),
                      VALUE_OF_INT(report->bytes), VALUE_OF_TEXT(message),
                      VALUE_OF_TEXT(out.failed ? NULL : buf_cstr(&out))),
               &rows, err);
}

static bool
record_done(void *arg, Pg *pg, Error *err)
{
    (void) pg;
    return end_history(arg, "done", "", err);
}

/* --------------------------------------------------------------------------------------- replace
 */

static void
change(Work *w, const char *text)
{
    list_add(&w->report->changes, (void *) text);
}

static void
begin_alter(Work *w, Sql *sql, const CopyTable *table)
{
    sql_words(sql, "alter table ");
    sql_table(sql, w->feed->schema, table->name);
}

static bool
alter_column(Work *w, const CopyTable *table, const Value *cells, Error *err)
{
    RowReader r = { w->arena, cells };
    const char *name = row_text(&r), *served = row_text(&r), *built = row_text(&r);
    const CopyColumn *column = draft_column(table, name);
    Sql sql = sql_new(w);

    begin_alter(w, &sql, table);
    if (built == NULL)
    {
        sql_words(&sql, " drop column ");
        sql_ident(&sql, name);
        change(w, arena_format(w->arena, "%s: column %s is gone", table->name, name));
        return run_sql(w, &sql, err) || error_prefix(err, "%s.%s", table->name, name);
    }
    if (served == NULL)
    {
        sql_words(&sql, " add column ");
        change(w, arena_format(w->arena, "%s: column %s is new", table->name, name));
    }
    else
    {
        sql_words(&sql, " alter column ");
        change(w, arena_format(w->arena, "%s: column %s is %s instead of %s", table->name, name,
                               built, served));
    }
    sql_ident(&sql, name);
    if (served != NULL)
        sql_words(&sql, " drop default, alter column ");
    if (served != NULL)
    {
        sql_ident(&sql, name);
        sql_words(&sql, " type");
    }
    sql_words(&sql, " ");
    sql_type(&sql, &column->type);
    /* The table is empty at this moment: no value is converted. */
    if (served != NULL)
    {
        sql_words(&sql, " using null::");
        sql_type(&sql, &column->type);
    }
    return run_sql(w, &sql, err) || error_prefix(err, "%s.%s", table->name, name);
}

static bool
key_of(Work *w, const char *schema, const char *table, const char **name, const char **words,
       Error *err)
{
    Rows rows;

    if (!ask(w, sql_feed_keys, VALUES(VALUE_OF_TEXT(schema), VALUE_OF_TEXT(table)), &rows, err))
        return false;
    *name = rows.count == 0 ? NULL : value_to_text(w->arena, &rows.row[0][0]);
    *words = rows.count == 0 ? "" : value_to_text(w->arena, &rows.row[0][1]);
    return true;
}

static bool
alter_key(Work *w, const CopyTable *table, bool *renew, Error *err)
{
    const char *served, *served_words, *built, *built_words;
    Sql sql = sql_new(w);

    if (!key_of(w, w->feed->schema, table->name, &served, &served_words, err) ||
        !key_of(w, w->building, table->name, &built, &built_words, err))
        return false;
    *renew = built != NULL && strcmp(served_words, built_words) != 0;
    if (strcmp(served_words, built_words) == 0)
        return true;
    change(w, arena_format(w->arena, "%s: another key", table->name));
    if (served == NULL)
        return true;
    begin_alter(w, &sql, table);
    sql_words(&sql, " drop constraint ");
    sql_ident(&sql, served);
    return run_sql(w, &sql, err) || error_prefix(err, "the key of %s", table->name);
}

static void
write_names(Sql *sql, const CopyTable *table)
{
    for (size_t i = 0; i < table->column_count; i++)
    {
        if (i > 0)
            sql_words(sql, ", ");
        sql_ident(sql, table->columns[i].name);
    }
}

static bool
comment_on(Work *w, const CopyTable *table, const CopyColumn *column, const char *text, Error *err)
{
    Sql sql = sql_new(w);

    if (column == NULL)
        sql_words(&sql, "comment on table ");
    else
        sql_words(&sql, "comment on column ");
    sql_table(&sql, w->feed->schema, table->name);
    if (column != NULL)
    {
        sql_words(&sql, ".");
        sql_ident(&sql, column->name);
    }
    sql_words(&sql, " is ");
    if (text == NULL)
        sql_words(&sql, "null");
    else
        sql_quoted(&sql, text);
    return run_sql(w, &sql, err);
}

static bool
fill(Work *w, const CopyTable *table, Error *err)
{
    Sql sql = sql_new(w);

    sql_words(&sql, "insert into ");
    sql_table(&sql, w->feed->schema, table->name);
    sql_words(&sql, " (");
    write_names(&sql, table);
    sql_words(&sql, ") select ");
    write_names(&sql, table);
    sql_words(&sql, " from ");
    sql_table(&sql, w->building, table->name);
    if (!run_sql(w, &sql, err) || !comment_on(w, table, NULL, table->comment, err))
        return error_prefix(err, "filling %s", table->name);
    for (size_t i = 0; i < table->column_count; i++)
        if (!comment_on(w, table, &table->columns[i], table->columns[i].comment, err))
            return false;
    return true;
}

/* The table is made where it will stay, so that it gets the rights that the schema's owner set. */
static bool
make_table(Work *w, const CopyTable *table, Error *err)
{
    Sql sql = sql_new(w);

    change(w, arena_format(w->arena, "%s: the table is new", table->name));
    sql_words(&sql, "create table ");
    sql_table(&sql, w->feed->schema, table->name);
    sql_words(&sql, " (like ");
    sql_table(&sql, w->building, table->name);
    sql_words(&sql, " including all)");
    return run_sql(w, &sql, err) || error_prefix(err, "making %s", table->name);
}

static bool
empty_table(Work *w, const CopyTable *table, bool *renew, Error *err)
{
    Sql sql = sql_new(w);
    Rows rows;

    sql_words(&sql, "delete from ");
    sql_table(&sql, w->feed->schema, table->name);
    if (!run_sql(w, &sql, err) || !alter_key(w, table, renew, err))
        return error_prefix(err, "emptying %s", table->name);
    if (!ask(w, sql_feed_differences,
             VALUES(VALUE_OF_TEXT(w->feed->schema), VALUE_OF_TEXT(w->building),
                    VALUE_OF_TEXT(table->name)),
             &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!alter_column(w, table, rows.row[i], err))
            return false;
    return true;
}

static bool
replace_table(Work *w, const CopyTable *table, const Rows *there, Error *err)
{
    bool is_there = false, renew = false;

    for (size_t i = 0; i < there->count; i++)
        is_there = is_there || strcmp(value_to_text(w->arena, &there->row[i][0]), table->name) == 0;
    if (!(is_there ? empty_table(w, table, &renew, err) : make_table(w, table, err)) ||
        !fill(w, table, err))
        return false;
    return !renew || target_index(w->target, NULL, w->feed->schema, table, table->indexes[0], err);
}

static bool
grant_readers(Work *w, Error *err)
{
    for (size_t i = 0; i < w->feed->readers.count; i++)
        for (size_t t = 0; t < w->report->table_count; t++)
        {
            Sql sql = sql_new(w);

            sql_words(&sql, "grant usage on schema ");
            sql_ident(&sql, w->feed->schema);
            sql_words(&sql, " to ");
            sql_ident(&sql, w->feed->readers.items[i]);
            sql_words(&sql, "; grant select on table ");
            sql_table(&sql, w->feed->schema, w->report->tables[t].name);
            sql_words(&sql, " to ");
            sql_ident(&sql, w->feed->readers.items[i]);
            if (!run_sql(w, &sql, err))
                return error_prefix(err, "granting to %s", w->feed->readers.items[i]);
        }
    return true;
}

static bool
replace(Work *w, Error *err)
{
    Sql make = sql_new(w), drop = sql_new(w);
    Rows there;

    sql_words(&make, "begin; set local lock_timeout = '30s'; set local synchronous_commit = on; "
                     "create schema if not exists ");
    sql_ident(&make, w->feed->schema);
    if (!run_sql(w, &make, err) ||
        !ask(w, sql_feed_strangers, VALUES(VALUE_OF_TEXT(w->feed->schema)), &there, err))
        return false;
    for (size_t i = 0; i < w->report->table_count; i++)
        if (!replace_table(w, &w->report->tables[i], &there, err))
            return false;
    sql_words(&drop, "drop schema ");
    sql_ident(&drop, w->building);
    sql_words(&drop, " cascade");
    return grant_readers(w, err) && run_sql(w, &drop, err) && end_history(w, "done", "", err) &&
           pg_script(w->target, NULL, "commit", err);
}

/* ------------------------------------------------------------------------------------- the whole
 */

static bool
watch(void *arg, Error *err)
{
    const Work *w = arg;

    return cancel_check(w->cancel, err);
}

static bool
build(Work *w, Error *err)
{
    FeedReport *report = w->report;
    CopyRun copy = { .source = &w->feed->source,
                     .target = &w->feed->target,
                     .snapshot = w->snapshot,
                     .source_version = pg_server_version(w->source),
                     .schema = w->building,
                     .tables = report->tables,
                     .table_count = report->table_count,
                     .jobs = JOBS,
                     .watch = watch,
                     .watch_arg = w,
                     .arena = w->arena,
                     .skipped = list_new(w->arena) };

    return target_create(w->target, w->building, report->tables, report->table_count, err) &&
           copy_run(&copy, err) &&
           target_finish(w->target, w->arena, w->building, &w->plan, report->tables,
                         report->table_count, &w->skipped, err);
}

static bool
put_in_place(Work *w, Error *err)
{
    TargetSwap swap = { .schema = w->feed->schema,
                        .building = w->building,
                        .seconds = SWAP_SECONDS,
                        .record = record_done,
                        .record_arg = w,
                        .skipped = &w->skipped };

    return w->feed->swap ? target_swap(w->target, w->arena, &swap, err) : replace(w, err);
}

/* The error stays that of the failure; what cannot be removed now is removed by the next run. */
static void
give_up(Work *w, const Error *failure)
{
    Error ignored;
    bool found;

    pg_close(&w->target);
    if (!target_open(&w->feed->target, w->building, NULL, &w->target, &ignored) ||
        !target_lock(w->target, w->feed->schema, &ignored))
        return;
    (void) target_clean(w->target, w->arena, w->feed->schema, &found, &ignored);
    if (w->history_id != 0)
        (void) end_history(w, "failed", failure->message, &ignored);
}

static bool
run_locked(Work *w, Error *err)
{
    bool found;

    if (target_clean(w->target, w->arena, w->feed->schema, &found, err) && begin_history(w, err) &&
        build(w, err) && put_in_place(w, err))
        return true;
    give_up(w, err);
    return false;
}

static Work
work_new(Arena *arena, const Feed *feed, FeedReport *report)
{
    *report = (FeedReport){ .changes = list_new(arena) };
    return (Work){ .arena = arena,
                   .feed = feed,
                   .report = report,
                   .plan = { .schema = feed->schema, .readers = feed->readers },
                   .building = target_building(arena, feed->schema),
                   .begun = time_monotonic(),
                   .skipped = list_new(arena) };
}

bool
feed_check(Arena *arena, const Feed *feed, FeedReport *report, Error *err)
{
    Work w = work_new(arena, feed, report);
    bool fits = open_source(&w, err) && open_target(&w, err);

    pg_close(&w.source);
    pg_close(&w.target);
    return fits;
}

bool
feed_run(Arena *arena, const Feed *feed, const Cancel *cancel, FeedReport *report, Error *err)
{
    Work w = work_new(arena, feed, report);
    bool done;

    w.cancel = cancel;
    done = open_source(&w, err) && open_target(&w, err) &&
           target_lock(w.target, feed->schema, err) && run_locked(&w, err);

    for (size_t i = 0; i < w.skipped.count; i++)
    {
        const Skipped *it = w.skipped.items[i];

        list_add(&report->changes, arena_format(arena, "%s %s: %s", it->what, it->name, it->why));
    }
    pg_close(&w.source);
    pg_close(&w.target);
    return done;
}
