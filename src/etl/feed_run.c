/* The order of a feed: meet source and target, build aside, put in place. */
#include "etl/feed_private.h"

#include "etl/copy.h"

#include <string.h>

enum
{
    JOBS = 2
};

bool
feed_ask(FeedWork *w, const char *sql, const Value *values, size_t count, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(w->arena, rows, 100000);

    return pg_query(w->target, NULL, sql, values, count, &collector.sink, err);
}

Sql
feed_sql(const FeedWork *w)
{
    return (Sql){ .arena = w->arena, .dialect = &pg_dialect };
}

bool
feed_script(FeedWork *w, const Sql *sql, Error *err)
{
    return sql_done(sql, err) && pg_script(w->target, NULL, sql_cstr(sql), err);
}

void
feed_change(FeedWork *w, const char *text)
{
    list_add(&w->report->changes, (void *) text);
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
find_table(const FeedWork *w, const FeedTable *table)
{
    for (size_t i = 0; i < w->catalog.table_count; i++)
        if (strcmp(w->catalog.tables[i].schema, table->schema) == 0 &&
            strcmp(w->catalog.tables[i].name, table->from) == 0)
            return &w->catalog.tables[i];
    return NULL;
}

static bool
prepare_column(FeedWork *w, const FeedTable *table, const SourceTable *source,
               const FeedColumn *wanted, CopyColumn *column, Error *err)
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
query_table(FeedWork *w, const FeedTable *table)
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
add_key(FeedWork *w, const FeedTable *table, CopyTable *copy)
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
prepare_table(FeedWork *w, const FeedTable *table, CopyTable *copy, Error *err)
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
source_schemas(FeedWork *w)
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
open_source(FeedWork *w, Error *err)
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
open_target(FeedWork *w, Error *err)
{
    const char *name;
    Sql sql = feed_sql(w);
    bool same;

    if (!target_open(&w->feed->target, w->building, NULL, &w->target, err) ||
        !target_check(w->target, w->arena, &w->plan, err) || !feed_meet_others(w, err))
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

/* ------------------------------------------------------------------------------------- the whole
 */

bool
feed_watch(void *arg, Error *err)
{
    const FeedWork *w = arg;
    const FeedRun *run = w->run;

    return cancel_check(run->cancel, err) &&
           (run->watch == NULL ||
            run->watch(run->watch_arg, w->report->tables, w->report->table_count, err));
}

static bool
build(FeedWork *w, Error *err)
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
                     .watch = feed_watch,
                     .watch_arg = w,
                     .arena = w->arena,
                     .skipped = list_new(w->arena) };

    return target_create_schema(w->target, w->building, err) && feed_carry_rights(w, err) &&
           target_create_tables(w->target, w->building, report->tables, report->table_count, err) &&
           copy_run(&copy, err) &&
           target_finish(w->target, w->arena, w->building, &w->plan, report->tables,
                         report->table_count, &w->skipped, err);
}

/* The error stays that of the failure. */
static void
give_up(FeedWork *w, const Error *failure)
{
    Error ignored;

    if (target_give_up(&w->feed->target, w->arena, w->feed->schema, &w->target) &&
        w->history_id != 0)
        (void) feed_end_history(w, "failed", failure->message, &ignored);
}

static bool
run_locked(FeedWork *w, Error *err)
{
    if (target_clean(w->target, w->arena, w->feed->schema, &w->report->cleaned, err) &&
        feed_begin_history(w, err) && build(w, err) && feed_put_in_place(w, err))
        return true;
    give_up(w, err);
    return false;
}

static FeedWork
work_new(Arena *arena, const Feed *feed, const FeedRun *run, FeedReport *report)
{
    *report = (FeedReport){ .changes = list_new(arena),
                            .forgotten = list_new(arena),
                            .started = time_now() };
    return (FeedWork){ .arena = arena,
                       .feed = feed,
                       .run = run,
                       .report = report,
                       .plan = { .schema = feed->schema, .readers = feed->readers },
                       .building = target_building(arena, feed->schema),
                       .begun = time_monotonic(),
                       .gone = list_new(arena),
                       .skipped = list_new(arena) };
}

bool
feed_check(Arena *arena, const Feed *feed, FeedReport *report, Error *err)
{
    FeedWork w = work_new(arena, feed, &(FeedRun){ 0 }, report);
    bool fits = open_source(&w, err) && open_target(&w, err);

    for (size_t i = 0; fits && i < w.gone.count; i++)
        feed_change(&w, arena_format(arena, "%s: the feed does not name it any more: it will go",
                                     (const char *) w.gone.items[i]));
    pg_close(&w.source);
    pg_close(&w.target);
    return fits;
}

bool
feed_run(Arena *arena, const Feed *feed, const FeedRun *run, FeedReport *report, Error *err)
{
    FeedWork w = work_new(arena, feed, run, report);
    bool done = open_source(&w, err) && open_target(&w, err) &&
                target_lock(w.target, feed->schema, err) && run_locked(&w, err);

    for (size_t i = 0; i < w.skipped.count; i++)
    {
        const Skipped *it = w.skipped.items[i];

        feed_change(&w, arena_format(arena, "%s %s: %s", it->what, it->name, it->why));
    }
    pg_close(&w.source);
    pg_close(&w.target);
    return done;
}
