/* Parts and workers. What happens to a row is in stream.c, what to a table in target.c. */
#include "etl/copy.h"

#include "etl/stream.h"
#include "etl/target.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum
{
    PART_BLOCKS = 2048,  /* 16 MB */
    WHOLE_BLOCKS = 8192, /* a table up to this is written at once, and frozen */
    TID_RANGE_VERSION = 140000,
    WATCH_MS = 200,
    MAX_WORKERS = 16
};

/* One thing to do: a part of a table, an index of it, or its statistics. */
typedef struct Task
{
    enum
    {
        TASK_PART,
        TASK_INDEX,
        TASK_ANALYZE
    } kind;
    CopyTable *table;
    const SourceLeaf *leaf;
    const SourceIndex *index;
    int64_t from;
    int64_t to; /* -1: no end */
    bool whole; /* the only part: rows can be written frozen */
} Task;

typedef struct Crew Crew;
typedef struct CopyWorker
{
    Crew *crew;
    Pg *source;
    Pg *target;
    Cancel *out; /* of the source: a Cancel watches one connection */
    Cancel *in;
} CopyWorker;

struct Crew
{
    CopyRun *run;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    Task *tasks;
    size_t task_count;
    size_t next;
    size_t busy;    /* tasks at work */
    size_t running; /* workers that have not ended */
    bool failed;
    Error failure;
    CopyWorker workers[MAX_WORKERS];
};

/* --------------------------------------------------------------------------------------- a part */

bool
copy_open_source(const PgTarget *target, Cancel *cancel, Pg **pg, Error *err)
{
    PgTarget own = *target;

    own.application_name = "vigie etl";
    if (!pg_open(&own, cancel, pg, err))
        return error_prefix(err, "the source");
    return pg_script(*pg, cancel,
                     "set default_transaction_read_only = on; set statement_timeout = 0; "
                     "set idle_in_transaction_session_timeout = 0; set row_security = off; "
                     "set search_path = pg_catalog; set datestyle = 'ISO'; set timezone = 'UTC'",
                     err);
}

/* A message about a value may hold it: what is said then is the place and the state. */
static bool
hide_values(const Pg *pg, const char *side, const char *table, Error *err)
{
    const char *state = pg_sqlstate(pg);

    if (strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0 ||
        strncmp(state, "P0", 2) == 0)
    {
        (void) error_set(err, ERR_UPSTREAM, "the %s refused a value of %s (%s)", side, table,
                         state);
        return error_hint(err, "The log of that database may tell more.");
    }
    return error_prefix(err, "%s of %s", side, table);
}

bool
copy_check(Pg *source, const CopyTable *tables, size_t count, Error *err)
{
    for (size_t i = 0; i < count; i++)
    {
        CLEANUP(arena_free) Arena *arena = arena_new();
        Sql sql = { .arena = arena, .dialect = &pg_dialect };

        if (tables[i].source->leaf_count == 0)
            continue;
        sql_words(&sql, "explain ");
        copy_select(&sql, &tables[i], &tables[i].source->leaves[0], 0, -1);
        if (!sql_done(&sql, err))
            return error_prefix(err, "%s", tables[i].name);
        if (!pg_script(source, NULL, sql_cstr(&sql), err))
            return hide_values(source, "source", tables[i].name, err);
    }
    return true;
}

static bool
write_target(void *arg, Str bytes, Error *err)
{
    CopyWorker *w = arg;

    return pg_copy_in_write(w->target, w->in, bytes, err);
}

static void
write_statements(const CopyWorker *w, const Task *task, Sql *out, Sql *in)
{
    sql_words(out, "copy (");
    copy_select(out, task->table, task->leaf, task->from, task->to);
    sql_words(out, ") to stdout (format binary)");
    sql_words(in, "copy ");
    sql_table(in, w->crew->run->schema, task->table->name);
    for (size_t i = 0; i < task->table->column_count; i++)
    {
        if (i == 0)
            sql_words(in, " (");
        else
            sql_words(in, ", ");
        sql_ident(in, task->table->columns[i].name);
    }
    sql_words(in, ") from stdin (format binary");
    if (task->whole)
        sql_words(in, ", freeze");
    sql_words(in, ")");
}

/* From the first byte to the last; the statement of the target ends well or not at all. */
static bool
pump(CopyWorker *w, const Task *task, Stream *stream, const char *out, Error *err)
{
    const char *table = task->table->name;
    int64_t written = 0;
    Error ignored;

    if (!pg_copy_out(w->source, w->out, out, stream_take, stream, err) || !stream_end(stream, err))
    {
        bool target_failed = pg_sqlstate(w->target)[0] != '\0' || pg_is_broken(w->target);

        /* Its own reason comes only when its stream is ended. */
        if (!target_failed)
            pg_copy_in_abort(w->target, "the source stopped");
        return hide_values(target_failed ? w->target : w->source,
                           target_failed ? "target" : "source", table, err);
    }
    if (!pg_copy_in_end(w->target, w->in, &written, err))
        return hide_values(w->target, "target", table, err);
    if (written == stream_rows(stream))
        return true;
    (void) pg_script(w->target, NULL, "rollback", &ignored);
    return error_set(err, ERR_INTERNAL, "%s: %lld rows were read and %lld written", table,
                     (long long) stream_rows(stream), (long long) written);
}

static bool
copy_part(CopyWorker *w, const Task *task, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Sql out = { .arena = arena, .dialect = &pg_dialect };
    Sql in = { .arena = arena, .dialect = &pg_dialect };
    Sql empty = { .arena = arena, .dialect = &pg_dialect };
    Stream *stream = stream_new(arena, task->table, w->crew->run->key, write_target, w);

    write_statements(w, task, &out, &in);
    sql_words(&empty, "begin; truncate ");
    sql_table(&empty, w->crew->run->schema, task->table->name);
    if (!sql_done(&out, err) || !sql_done(&in, err) || !sql_done(&empty, err))
        return false;
    if (task->whole && !pg_script(w->target, w->in, sql_cstr(&empty), err))
        return error_prefix(err, "target of %s", task->table->name);
    if (!pg_copy_in_begin(w->target, w->in, sql_cstr(&in), err))
        return error_prefix(err, "target of %s", task->table->name);
    if (!pump(w, task, stream, sql_cstr(&out), err))
        return false;
    return !task->whole || pg_script(w->target, w->in, "commit", err);
}

/* -------------------------------------------------------------------------------------- workers */

/* Statistics first: taken before there are indexes on expressions, they cost half. */
static void
add_index_tasks(Crew *crew, CopyTable *table)
{
    crew->tasks[crew->task_count++] = (Task){ .kind = TASK_ANALYZE, .table = table };
    for (size_t i = 0; i < table->index_count; i++)
        crew->tasks[crew->task_count++] =
            (Task){ .kind = TASK_INDEX, .table = table, .index = table->indexes[i] };
}

static void
skip_index(Crew *crew, const Task *task, const Error *why)
{
    Skipped *skipped;

    (void) pthread_mutex_lock(&crew->lock);
    skipped = ARENA_NEW(crew->run->arena, Skipped);
    *skipped =
        (Skipped){ "index",
                   arena_format(crew->run->arena, "%s.%s", task->table->name, task->index->name),
                   arena_text(crew->run->arena, why->message) };
    list_add(&crew->run->skipped, skipped);
    (void) pthread_mutex_unlock(&crew->lock);
}

static bool
build_index(CopyWorker *w, const Task *task, Error *err)
{
    Error why;

    if (target_index(w->target, w->in, w->crew->run->schema, task->table, task->index, &why))
        return true;
    if (target_can_skip(w->target))
    {
        skip_index(w->crew, task, &why);
        return true;
    }
    *err = why;
    (void) hide_values(w->target, "target", task->table->name, err);
    return error_prefix(err, "index %s", task->index->name);
}

static bool
run_task(CopyWorker *w, const Task *task, Error *err)
{
    int64_t begun = time_monotonic();
    bool done;

    if (task->kind == TASK_PART)
        done = copy_part(w, task, err);
    else if (task->kind == TASK_INDEX)
        done = build_index(w, task, err);
    else
        done = target_analyze(w->target, w->in, w->crew->run->schema, task->table, err);
    atomic_fetch_add(&task->table->micros, time_monotonic() - begun);
    return done;
}

/* The first failure is told; the others are stopped by it. Called with the lock held. */
static void
fail_crew(Crew *crew, const Error *err)
{
    if (!crew->failed)
        crew->failure = *err;
    crew->failed = true;
    for (size_t i = 0; i < crew->run->jobs; i++)
    {
        cancel_now(crew->workers[i].out);
        cancel_now(crew->workers[i].in);
    }
    (void) pthread_cond_broadcast(&crew->changed);
}

/* How long it may take, in blocks; rows before indexes, so that all indexes can be weighed. */
static int64_t
weight(const Task *task)
{
    int64_t blocks = 0;

    if (task->kind == TASK_PART)
        return INT64_MAX;
    for (size_t i = 0; i < task->table->source->leaf_count; i++)
        blocks += task->table->source->leaves[i].blocks;
    if (task->kind == TASK_ANALYZE)
        return INT64_MAX - 1;
    return strncmp(task->index->tail, "USING btree", 11) == 0 ? blocks : 4 * blocks;
}

/* Brings the longest of what waits to the front: with few workers, the last one ends early. */
static void
choose_task(Crew *crew)
{
    size_t best = crew->next;

    for (size_t i = crew->next + 1; i < crew->task_count; i++)
        if (weight(&crew->tasks[i]) > weight(&crew->tasks[best]))
            best = i;
    if (best != crew->next)
    {
        Task task = crew->tasks[best];

        crew->tasks[best] = crew->tasks[crew->next];
        crew->tasks[crew->next] = task;
    }
}

static bool
take_task(Crew *crew, Task *task)
{
    bool taken;

    (void) pthread_mutex_lock(&crew->lock);
    while (!crew->failed && crew->next == crew->task_count && crew->busy > 0)
        (void) pthread_cond_wait(&crew->changed, &crew->lock);
    taken = !crew->failed && crew->next < crew->task_count;
    if (taken)
    {
        choose_task(crew);
        *task = crew->tasks[crew->next++];
        crew->busy++;
    }
    (void) pthread_mutex_unlock(&crew->lock);
    return taken;
}

static void
end_task(Crew *crew, const Task *task, bool done, const Error *err)
{
    (void) pthread_mutex_lock(&crew->lock);
    crew->busy--;
    if (!done)
        fail_crew(crew, err);
    else if (task->kind == TASK_PART && atomic_fetch_sub(&task->table->parts_left, 1) == 1)
        add_index_tasks(crew, task->table);
    (void) pthread_cond_broadcast(&crew->changed);
    (void) pthread_mutex_unlock(&crew->lock);
}

static bool
open_both(CopyWorker *w, Error *err)
{
    const CopyRun *run = w->crew->run;

    if (!copy_open_source(run->source, w->out, &w->source, err))
        return false;
    if (!pg_snapshot_import(w->source, run->snapshot, err))
        return error_prefix(err, "the source");
    return target_open(run->target, run->schema, w->in, &w->target, err);
}

static void *
work(void *arg)
{
    CopyWorker *w = arg;
    Crew *crew = w->crew;
    Error err = { 0 };
    Task task;

    if (open_both(w, &err))
        while (take_task(crew, &task))
            end_task(crew, &task, run_task(w, &task, &err), &err);
    pg_close(&w->source);
    pg_close(&w->target);
    (void) pthread_mutex_lock(&crew->lock);
    if (err.code != ERR_NONE && !crew->failed)
        fail_crew(crew, &err);
    crew->running--;
    (void) pthread_cond_broadcast(&crew->changed);
    (void) pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* ------------------------------------------------------------------------------------ the whole */

static int
larger_first(const void *a, const void *b)
{
    const Task *x = a, *y = b;
    int64_t left = x->whole ? x->leaf->blocks : PART_BLOCKS,
            right = y->whole ? y->leaf->blocks : PART_BLOCKS;

    return (left < right) - (left > right);
}

static size_t
parts_of(const SourceLeaf *leaf, bool cut)
{
    return cut && leaf->blocks > WHOLE_BLOCKS
               ? (size_t) ((leaf->blocks + PART_BLOCKS - 1) / PART_BLOCKS)
               : 1;
}

static void
add_parts(Crew *crew, CopyTable *table, bool cut)
{
    size_t leaves = table->source->leaf_count, parts = 0;

    for (size_t l = 0; l < leaves; l++)
    {
        const SourceLeaf *leaf = &table->source->leaves[l];
        size_t count = parts_of(leaf, cut);

        for (size_t i = 0; i < count; i++, parts++)
            crew->tasks[crew->task_count++] =
                (Task){ .table = table,
                        .leaf = leaf,
                        .from = (int64_t) i * PART_BLOCKS,
                        .to = i + 1 == count ? -1 : (int64_t) (i + 1) * PART_BLOCKS,
                        .whole = leaves == 1 && count == 1 };
    }
    table->parts_left = (int) parts;
    if (parts == 0)
        add_index_tasks(crew, table);
}

static void
plan_tasks(Crew *crew, Arena *arena, bool cut)
{
    size_t most = 0;

    for (size_t i = 0; i < crew->run->table_count; i++)
    {
        const CopyTable *table = &crew->run->tables[i];

        most += table->index_count + 1;
        for (size_t l = 0; l < table->source->leaf_count; l++)
            most += parts_of(&table->source->leaves[l], cut);
    }
    crew->tasks = ARENA_ARRAY(arena, most + 1, Task);
    for (size_t i = 0; i < crew->run->table_count; i++)
        if (crew->run->tables[i].source->leaf_count > 0)
            add_parts(crew, &crew->run->tables[i], cut);
    qsort(crew->tasks, crew->task_count, sizeof(Task), larger_first);
    for (size_t i = 0; i < crew->run->table_count; i++)
        if (crew->run->tables[i].source->leaf_count == 0)
            add_parts(crew, &crew->run->tables[i], cut);
}

static void
start_crew(Crew *crew, pthread_t *threads)
{
    for (size_t i = 0; i < crew->run->jobs; i++)
    {
        crew->workers[i] = (CopyWorker){ .crew = crew, .out = cancel_new(), .in = cancel_new() };
        crew->running++;
    }
    for (size_t i = 0; i < crew->run->jobs; i++)
        if (pthread_create(&threads[i], NULL, work, &crew->workers[i]) != 0)
        {
            Error err = { 0 };

            (void) error_set(&err, ERR_UNAVAILABLE, "no thread can be started");
            (void) pthread_mutex_lock(&crew->lock);
            crew->running -= crew->run->jobs - i;
            crew->run->jobs = i;
            fail_crew(crew, &err);
            (void) pthread_mutex_unlock(&crew->lock);
        }
}

/* The calling thread shows progress and looks whether somebody wants to stop. */
static void
watch_crew(Crew *crew)
{
    (void) pthread_mutex_lock(&crew->lock);
    while (crew->running > 0)
    {
        struct timespec until;
        Error err = { 0 };
        bool go_on;

        (void) clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += WATCH_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        (void) pthread_cond_timedwait(&crew->changed, &crew->lock, &until);
        (void) pthread_mutex_unlock(&crew->lock);
        go_on = crew->run->watch == NULL || crew->run->watch(crew->run->watch_arg, &err);
        (void) pthread_mutex_lock(&crew->lock);
        if (!go_on && !crew->failed)
            fail_crew(crew, &err);
    }
    (void) pthread_mutex_unlock(&crew->lock);
}

bool
copy_run(CopyRun *run, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Crew *crew = ARENA_NEW(arena, Crew);
    pthread_t threads[MAX_WORKERS] = { 0 };

    run->jobs = run->jobs > MAX_WORKERS ? MAX_WORKERS : run->jobs;
    crew->run = run;
    (void) pthread_mutex_init(&crew->lock, NULL);
    (void) pthread_cond_init(&crew->changed, NULL);
    plan_tasks(crew, arena, run->source_version >= TID_RANGE_VERSION);
    start_crew(crew, threads);
    watch_crew(crew);
    for (size_t i = 0; i < run->jobs; i++)
    {
        (void) pthread_join(threads[i], NULL);
        cancel_free(&crew->workers[i].out);
        cancel_free(&crew->workers[i].in);
    }
    (void) pthread_cond_destroy(&crew->changed);
    (void) pthread_mutex_destroy(&crew->lock);
    if (crew->failed)
        *err = crew->failure;
    return !crew->failed;
}
