/* The order of a run. Each step is in its own file; here is what follows what. */
#include "etl/etl.h"

#include "etl/copy.h"
#include "etl/target.h"

#include <string.h>
#include <sys/resource.h>

enum
{
    DEFAULT_SWAP_SECONDS = 300,
    MAX_REPORT_BYTES = 4 * 1024 * 1024
};

extern const char sql_etl_history_setup[], sql_etl_history_interrupt[], sql_etl_history_begin[],
    sql_etl_history_end[], sql_etl_history_list[], sql_etl_history_exists[],
    sql_etl_target_schema_state[];

/* One run, from the lock to the swap. */
typedef struct Work
{
    Etl *etl;
    const EtlRun *run;
    Report *report;
    Pg *target;
    const char *building;
    int64_t history_id;
    int64_t begun;
    List skipped;
    Proof *proof;
} Work;

/* --------------------------------------------------------------------------------------- source */

/* A name of its own lets the target see whether both are one database. */
static bool
name_session(Etl *etl, const char **name, Error *err)
{
    Sql sql = { .arena = etl->arena, .dialect = &pg_dialect };

    *name = arena_format(etl->arena, "vigie etl %s", random_hex(etl->arena, 8));
    sql_words(&sql, "set application_name = ");
    sql_quoted(&sql, *name);
    return sql_done(&sql, err) && pg_script(etl->source, NULL, sql_cstr(&sql), err);
}

bool
etl_open(Arena *arena, const App *app, Etl *etl, Error *err)
{
    *etl = (Etl){ .arena = arena, .app = app };
    return copy_open_source(&app->source, NULL, &etl->source, err) &&
           pg_snapshot_export(etl->source, arena, &etl->snapshot, err) &&
           catalog_read(etl->source, arena, &app->plan.source_schemas, &etl->catalog, err) &&
           draft_make(arena, &app->plan, &etl->catalog, &etl->draft, err);
}

void
etl_close(Etl *etl)
{
    pg_close(&etl->source);
}

/* Replacing a schema that is read would destroy the source. */
static bool
check_apart(Etl *etl, Pg *target, Error *err)
{
    const TextList *schemas = &etl->app->plan.source_schemas;
    const char *name;
    bool same;

    if (!name_session(etl, &name, err) || !target_is_source(target, etl->arena, name, &same, err))
        return false;
    for (size_t i = 0; same && i < schemas->count; i++)
        if (strcmp(schemas->items[i], etl->app->plan.schema) == 0)
            return error_set(err, ERR_CONFIG, "the schema %s is both source and target of the copy",
                             etl->app->plan.schema);
    return true;
}

static bool
check_with(Etl *etl, Pg *target, bool strict, Error *err)
{
    if (!draft_check(&etl->draft, strict, err))
        return false;
    if (etl->draft.key_needed && !etl->app->has_key)
    {
        (void) error_set(err, ERR_CONFIG, "a mask needs a key and ETL_MASK_KEY is not set");
        return error_hint(
            err, "Give 16 random characters or more, the same in every run, and keep them secret.");
    }
    return copy_check(etl->source, etl->draft.tables, etl->draft.table_count, err) &&
           target_check(target, etl->arena, &etl->app->plan, err) && check_apart(etl, target, err);
}

bool
etl_check(Etl *etl, bool strict, Error *err)
{
    CLEANUP(pg_close) Pg *target = NULL;

    if (!draft_check(&etl->draft, strict, err))
        return false;
    return target_open(&etl->app->target, "vigie etl", NULL, &target, err) &&
           check_with(etl, target, strict, err);
}

/* -------------------------------------------------------------------------------------- history */

static bool
begin_history(Work *w, Error *err)
{
    const Plan *plan = &w->etl->app->plan;
    Rows rows;
    RowCollector collector = row_collector(w->etl->arena, &rows, 1);

    if (!pg_script(w->target, NULL, sql_etl_history_setup, err) ||
        !pg_query(w->target, NULL, sql_etl_history_interrupt, VALUES(VALUE_OF_TEXT(plan->schema)),
                  NULL, err) ||
        !pg_query(w->target, NULL, sql_etl_history_begin,
                  VALUES(VALUE_OF_TEXT(w->etl->app->name), VALUE_OF_TEXT(plan->schema)),
                  &collector.sink, err))
        return error_prefix(err, "the history in vigie_etl");
    w->history_id = value_to_int(&rows.row[0][0], 0);
    return true;
}

static bool
end_history(Work *w, Pg *pg, const char *state, const char *message, const char *report, Error *err)
{
    return pg_query(pg, NULL, sql_etl_history_end,
                    VALUES(VALUE_OF_INT(w->history_id), VALUE_OF_TEXT(state),
                           VALUE_OF_INT((int64_t) w->etl->draft.table_count),
                           VALUE_OF_INT(w->report->rows), VALUE_OF_INT(w->report->bytes),
                           VALUE_OF_TEXT(message), VALUE_OF_TEXT(report)),
                    NULL, err);
}

static void
sum_up(Work *w)
{
    struct rusage usage;

    w->report->rows = w->report->bytes = 0;
    for (size_t i = 0; i < w->etl->draft.table_count; i++)
    {
        w->report->rows += w->etl->draft.tables[i].rows;
        w->report->bytes += w->etl->draft.tables[i].bytes;
    }
    w->report->seconds = (double) (time_monotonic() - w->begun) / 1e6;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        w->report->memory = (int64_t) usage.ru_maxrss * 1024;
}

/* Inside the transaction of the swap: what is told as done is done. */
static bool
record_done(void *arg, Pg *pg, Error *err)
{
    Work *w = arg;
    Buf out = buf_new(w->etl->arena, MAX_REPORT_BYTES);
    JsonWriter writer = json_writer(&out);

    sum_up(w);
    report_json(&writer, w->report);
    return end_history(w, pg, "done", "", out.failed ? NULL : buf_cstr(&out), err);
}

/* ---------------------------------------------------------------------------------------- steps */

static bool
watch(void *arg, Error *err)
{
    Work *w = arg;
    const Draft *draft = &w->etl->draft;

    return cancel_check(w->run->cancel, err) &&
           (w->run->watch == NULL ||
            w->run->watch(w->run->watch_arg, draft->tables, draft->table_count, err));
}

static bool
build(Work *w, Error *err)
{
    Etl *etl = w->etl;
    const App *app = etl->app;
    int64_t begun = time_monotonic();
    CopyRun copy = {
        .source = &app->source,
        .target = &app->target,
        .snapshot = etl->snapshot,
        .source_version = pg_server_version(etl->source),
        .schema = w->building,
        .tables = etl->draft.tables,
        .table_count = etl->draft.table_count,
        .key = app->has_key ? &app->key : NULL,
        .jobs = (size_t) (w->run->jobs > 0 ? w->run->jobs : app->plan.jobs),
        .watch = watch,
        .watch_arg = w,
        .arena = etl->arena,
        .skipped = list_new(etl->arena),
    };

    if (!target_create_schema(w->target, w->building, err) ||
        !target_fit_collations(w->target, etl->arena, copy.tables, copy.table_count, &w->skipped,
                               err) ||
        !target_create_tables(w->target, w->building, copy.tables, copy.table_count, err) ||
        !copy_run(&copy, err))
        return false;
    for (size_t i = 0; i < copy.skipped.count; i++)
        list_add(&w->skipped, copy.skipped.items[i]);
    w->report->copy_seconds = (double) (time_monotonic() - begun) / 1e6;
    return target_finish(w->target, etl->arena, w->building, &app->plan, copy.tables,
                         copy.table_count, &w->skipped, err);
}

static bool
prove(Work *w, Error *err)
{
    Etl *etl = w->etl;
    int64_t begun = time_monotonic();
    bool done = proof_run(etl->source, w->target, etl->arena, w->building, etl->draft.tables,
                          etl->draft.table_count, etl->app->plan.k, w->proof, err);

    w->report->proof_seconds = (double) (time_monotonic() - begun) / 1e6;
    return done;
}

static bool
swap(Work *w, Error *err)
{
    TargetSwap swap = {
        .schema = w->etl->app->plan.schema,
        .building = w->building,
        .seconds = w->run->swap_seconds > 0 ? w->run->swap_seconds : DEFAULT_SWAP_SECONDS,
        .record = record_done,
        .record_arg = w,
        .skipped = &w->skipped,
        .watch = watch,
        .watch_arg = w,
    };

    return target_swap(w->target, w->etl->arena, &swap, err);
}

/* The error stays that of the failure. */
static void
give_up(Work *w, const Error *failure)
{
    const App *app = w->etl->app;
    Error ignored;

    if (!target_give_up(&app->target, w->etl->arena, app->plan.schema, &w->target))
        return;
    sum_up(w);
    if (w->history_id != 0)
        (void) end_history(w, w->target, "failed", failure->message, NULL, &ignored);
}

static bool
run_locked(Work *w, Error *err)
{
    const App *app = w->etl->app;

    if (target_clean(w->target, w->etl->arena, app->plan.schema, &w->report->cleaned, err) &&
        begin_history(w, err) && build(w, err) && prove(w, err) && swap(w, err))
        return true;
    give_up(w, err);
    return false;
}

bool
etl_run(Etl *etl, const EtlRun *run, Report *report, Error *err)
{
    Work w = { .etl = etl,
               .run = run,
               .report = report,
               .begun = time_monotonic(),
               .skipped = list_new(etl->arena),
               .proof = ARENA_NEW(etl->arena, Proof),
               .building = target_building(etl->arena, etl->app->plan.schema) };
    List *skipped = ARENA_NEW(etl->arena, List);
    bool done;

    *report =
        (Report){ .app = etl->app, .draft = &etl->draft, .proof = w.proof, .started = time_now() };
    for (size_t i = 0; i < etl->draft.skipped.count; i++)
        list_add(&w.skipped, etl->draft.skipped.items[i]);
    report->skipped = &w.skipped;
    if (!draft_check(&etl->draft, run->strict, err))
        return false;
    done = target_open(&etl->app->target, w.building, NULL, &w.target, err) &&
           check_with(etl, w.target, run->strict, err) &&
           target_lock(w.target, etl->app->plan.schema, err) && run_locked(&w, err);
    pg_close(&w.target);
    *skipped = w.skipped;
    report->skipped = skipped;
    return done;
}

/* -------------------------------------------------------------------------------- status, clean */

static bool
ask(Pg *pg, Arena *arena, const char *sql, const char *text, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, 100);

    return pg_query(pg, NULL, sql, VALUES(VALUE_OF_TEXT(text)), &collector.sink, err);
}

bool
etl_status(Arena *arena, const App *app, EtlStatus *status, Error *err)
{
    CLEANUP(pg_close) Pg *target = NULL;
    const char *schema = app->plan.schema;
    Rows rows, history;
    RowCollector collector = row_collector(arena, &history, 1);

    *status = (EtlStatus){ 0 };
    if (!target_open(&app->target, "vigie etl", NULL, &target, err) ||
        !target_is_locked(target, schema, &status->locked, err) ||
        !ask(target, arena, sql_etl_target_schema_state, target_building(arena, schema), &rows,
             err))
        return false;
    status->leftover = rows.count > 0 && !status->locked;
    if (!ask(target, arena, sql_etl_target_schema_state, schema, &rows, err) ||
        !pg_query(target, NULL, sql_etl_history_exists, NULL, 0, &collector.sink, err))
        return false;
    status->there = rows.count > 0;
    status->tables = status->there ? value_to_int(&rows.row[0][1], 0) : 0;
    status->bytes = status->there ? value_to_int(&rows.row[0][2], 0) : 0;
    return !value_to_bool(&history.row[0][0], false) ||
           ask(target, arena, sql_etl_history_list, schema, &status->history, err);
}

bool
etl_clean(Arena *arena, const App *app, bool *found, Error *err)
{
    CLEANUP(pg_close) Pg *target = NULL;

    return target_open(&app->target, target_building(arena, app->plan.schema), NULL, &target,
                       err) &&
           target_lock(target, app->plan.schema, err) &&
           target_clean(target, arena, app->plan.schema, found, err);
}
