/* The steps of a question: compile, right, cache, connection, rows. What is shared between threads
 * is in pool, cache and catalogs, each with a lock of its own. */
#include "run/run.h"

#include "base/heap.h"
#include "base/log.h"
#include "export/stamp.h"
#include "run/finder.h"
#include "run/learn.h"
#include "run/shown.h"
#include "run/small.h"

#include <string.h>

enum
{
    VIRTUAL_DATABASE = -1337, /* of questions whose source is a saved question */
    BARE_ROWS = 2000,
    GROUPED_ROWS = 10000,
    IDLE_MINUTES = 5
};

struct Runner
{
    Pool *pool;
    Keeper *keeper;
    Cache *cache;
    Catalogs *catalogs;
    char *data_folder;
    size_t answer_bytes;
    int64_t query_seconds;
};

Runner *
runner_new(const RunnerOptions *options)
{
    const PoolLimits limits = { options->connections, IDLE_MINUTES * MINUTE_US };
    Runner *runner = heap_new(1, sizeof(*runner));

    runner->pool = pool_new(&limits);
    runner->keeper = keeper_start(runner->pool);
    runner->cache = cache_new(options->cache_bytes);
    runner->catalogs = catalogs_new();
    runner->data_folder = heap_text(options->data_folder);
    runner->answer_bytes = options->answer_bytes;
    runner->query_seconds = options->query_seconds;
    return runner;
}

void
runner_free(Runner **runner)
{
    if (*runner == NULL)
        return;
    keeper_stop(&(*runner)->keeper);
    pool_free(&(*runner)->pool);
    cache_free(&(*runner)->cache);
    catalogs_free(&(*runner)->catalogs);
    heap_free((*runner)->data_folder);
    heap_free(*runner);
    *runner = NULL;
}

Pool *
runner_pool(Runner *runner)
{
    return runner->pool;
}

Cache *
runner_cache(Runner *runner)
{
    return runner->cache;
}

Keeper *
runner_keeper(Runner *runner)
{
    return runner->keeper;
}

/* ------------------------------------------------------------------------------------- compile */

/* The database of the question; of a question about a saved one, that one's. */
static bool
read_database(Arena *arena, const RunOrder *order, int64_t *id, Error *err)
{
    Card card;

    if (!json_to_int(json_get(order->question, "database"), id))
        return error_field(err, "database", "value must be the id of a database.");
    if (*id != VIRTUAL_DATABASE)
        return true;
    if (!card_find(order->store, arena, query_source_card(order->question), &card, err))
        return false;
    *id = card.database_id.set ? card.database_id.value : 0;
    return true;
}

static int
week_start(const RunOrder *order, Arena *arena)
{
    static const char *const days[] = { "monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday" };
    const char *day = settings_text(order->settings, arena, LIVE_start_of_week);

    for (size_t i = 0; i < COUNT_OF(days); i++)
        if (strcmp(days[i], day) == 0)
            return (int) i + 1;
    return 0;
}

static int64_t
limit_of(int64_t asked, int64_t usual)
{
    return asked > 0 && asked < usual ? asked : usual;
}

static QueryOptions
options_of(const RunOrder *order, Arena *arena, const RunAnswer *answer)
{
    QueryOptions options = { .now = time_now(),
                             .timezone = answer->asked_timezone,
                             .week_start = week_start(order, arena),
                             .bin_width = settings_double(order->settings, LIVE_breakout_bin_width),
                             .bin_count =
                                 (int) settings_int(order->settings, LIVE_breakout_bins_num),
                             .saved = order->saved,
                             .of_model = order->of_model,
                             .counts_groups = order->small.below > 0,
                             .locale = order->locale };

    if (order->whole)
    {
        options.bare_limit = options.grouped_limit = order->max_rows;
        return options;
    }
    options.grouped_limit = limit_of(settings_int(order->settings, LIVE_aggregated_query_row_limit),
                                     GROUPED_ROWS * 100);
    options.bare_limit = limit_of(settings_int(order->settings, LIVE_unaggregated_query_row_limit),
                                  options.grouped_limit);
    options.grouped_limit = limit_of(order->max_rows, options.grouped_limit);
    options.bare_limit = limit_of(order->max_rows, options.bare_limit);
    return options;
}

/* The zone that the setting asks for, else that of the database. */
static const char *
choose_zone(const RunOrder *order, Arena *arena, const RunAnswer *answer)
{
    const char *zone = settings_text(order->settings, arena, LIVE_report_timezone);

    if ((answer->driver->features & DRIVER_ZONES) == 0)
        return NULL;
    return zone[0] != '\0' ? zone : answer->known->database.timezone;
}

static bool
compile(const RunOrder *order, Arena *arena, RunAnswer *answer, const Catalog *catalog,
        int64_t *unseen_card, Error *err)
{
    QueryOptions options = options_of(order, arena, answer);

    options.unseen_card = unseen_card;
    answer->part_count = 1;
    answer->parts = ARENA_NEW(arena, CompiledQuery);
    if (order->pivot)
        return query_compile_pivot(arena, order->question, catalog, answer->driver->dialect,
                                   &options, &answer->parts, &answer->part_count, err);
    return query_compile(arena, order->question, catalog, answer->driver->dialect, &options,
                         answer->parts, err);
}

/* A saved question below may first have to be looked at: once. */
static bool
compile_seen(Runner *runner, const RunOrder *order, Arena *arena, RunAnswer *answer, Finder *finder,
             const Catalog *plain, Error *err)
{
    Catalog catalog = finder_catalog(finder, plain);
    int64_t unseen = 0;
    bool ok = compile(order, arena, answer, &catalog, &unseen, err);

    if (!ok && unseen != 0 && finder->failure.code == ERR_NONE)
    {
        if (!learn_card(runner, arena, order, unseen, &finder->learned, err))
            return false;
        finder->learned_id = unseen;
        *err = (Error){ 0 };
        ok = compile(order, arena, answer, &catalog, &unseen, err);
    }
    if (!ok && finder->failure.code != ERR_NONE)
        *err = finder->failure;
    return ok;
}

static bool
check_right(const RunOrder *order, Arena *arena, const RunAnswer *answer, Error *err)
{
    int64_t database = answer->known->database.id;

    for (size_t i = 0; order->who != NULL && i < answer->part_count; i++)
    {
        const CompiledQuery *part = &answer->parts[i];
        bool ok = order->saved
                      ? access_to_saved_query(order->who, order->store, arena, database,
                                              part->tables, part->table_count, part->is_native, err)
                      : access_to_query(order->who, order->store, arena, database, part->tables,
                                        part->table_count, part->is_native, err);

        if (!ok)
            return false;
    }
    return true;
}

static bool
load_zone(Arena *arena, RunAnswer *answer, Error *err)
{
    const char *zone = answer->parts[0].timezone;

    answer->timezone =
        zone == NULL || (answer->driver->features & DRIVER_ZONES) == 0 ? "UTC" : zone;
    return zone_load(arena, answer->timezone, &answer->zone, err);
}

bool
run_compile(Runner *runner, Arena *arena, const RunOrder *order, RunAnswer *answer, Error *err)
{
    Finder finder = { .store = order->store,
                      .arena = arena,
                      .who = order->saved ? NULL : order->who };
    const Catalog *plain;
    int64_t database;

    *answer = (RunAnswer){ .started_at = time_now() };
    if (!read_database(arena, order, &database, err) ||
        !catalogs_take(runner->catalogs, order->store, database, &answer->known, err))
        return false;
    answer->driver = driver_lookup(answer->known->database.engine);
    if (answer->driver == NULL)
        return error_set(err, ERR_INVALID, "this program has no driver for %s",
                         answer->known->database.engine);
    answer->asked_timezone = choose_zone(order, arena, answer);
    if (!shown_catalog(order->who, order->store, arena, answer->known, &plain, err))
        return false;
    answer->is_partial = plain != &answer->known->catalog;
    if (!compile_seen(runner, order, arena, answer, &finder, plain, err))
        return false;
    answer->phase = RUN_RIGHT;
    if (!check_right(order, arena, answer, err))
        return false;
    answer->phase = RUN_DATABASE;
    answer->columns = answer->parts[0].columns;
    answer->column_count = answer->parts[0].column_count;
    return load_zone(arena, answer, err);
}

/* ------------------------------------------------------------------------------------- connect */

static int64_t
longest_ms(const Runner *runner, const RunOrder *order)
{
    return limit_of(order->max_ms, runner->query_seconds * 1000);
}

static Conn *
take_connection(Runner *runner, const RunOrder *order, const RunAnswer *answer, Error *err)
{
    const Database *database = &answer->known->database;
    const ConnSpec spec = { .driver = answer->driver,
                            .details = database->details,
                            .cancel = order->cancel,
                            .data_folder = runner->data_folder };
    const QuerySession session = { .timezone = answer->timezone,
                                   .timeout_ms = longest_ms(runner, order),
                                   .cancel = order->cancel };
    Conn *conn = pool_take(runner->pool, database->id, answer->known->version, &spec, err);

    if (conn != NULL && !conn_prepare(conn, &session, err))
        pool_give(runner->pool, &conn);
    return conn;
}

/* The source cannot be reached: an older answer is better than none. */
static bool
is_away(const Error *err)
{
    return err->code == ERR_UPSTREAM || err->code == ERR_UNAVAILABLE || err->field[0] != '\0';
}

/* Parts of a pivot table are one result: it begins once and ends once. */
typedef struct JoinedSink
{
    RowSink sink; /* first, so that a RowSink * is a JoinedSink * */
    RowSink *next;
    bool has_begun;
} JoinedSink;

static bool
joined_begin(RowSink *sink, const Columns *columns, Error *err)
{
    JoinedSink *joined = (JoinedSink *) sink;
    bool first = !joined->has_begun;

    joined->has_begun = true;
    return !first || joined->next->begin(joined->next, columns, err);
}

static bool
joined_row(RowSink *sink, const Value *cells, Error *err)
{
    JoinedSink *joined = (JoinedSink *) sink;

    return joined->next->row(joined->next, cells, err);
}

static bool
joined_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err; /* the last part does it */
    return true;
}

static bool
query_parts(Conn *conn, const RunAnswer *answer, RowSink *sink, Error *err)
{
    JoinedSink joined = { { joined_begin, joined_row, joined_end }, sink, false };

    for (size_t i = 0; i < answer->part_count; i++)
        if (!conn_query(conn, &answer->parts[i].sql, &joined.sink, err))
            return false;
    return sink->end(sink, err);
}

/* A connection that idled may be dead without knowing: one more try on a new one. */
static bool
query(Runner *runner, const RunOrder *order, const RunAnswer *answer, RowSink *sink,
      const bool *has_rows, bool *is_source_away, Error *err)
{
    for (int attempt = 0;; attempt++)
    {
        Conn *conn = take_connection(runner, order, answer, err);
        bool ok = conn != NULL && query_parts(conn, answer, sink, err);
        bool broken = conn != NULL && conn_is_broken(conn);

        *is_source_away = !ok && (conn == NULL ? is_away(err) : broken);
        pool_give(runner->pool, &conn);
        if (ok || !broken || *has_rows || attempt > 0 || cancel_is_set(order->cancel))
            return ok;
        pool_forget(runner->pool, answer->known->database.id);
    }
}

static void
set_deadline(const Runner *runner, const RunOrder *order)
{
    if (order->cancel != NULL)
        cancel_set_deadline(order->cancel, time_monotonic() + longest_ms(runner, order) * 1000);
}

/* -------------------------------------------------------------------------------- whole answers */

static void
hash_value(Buf *text, const Value *value)
{
    const char *form = value_to_text(text->arena, value);

    buf_format(text, "|%d:%zu:", (int) value->kind, form == NULL ? 0 : strlen(form));
    buf_text(text, form == NULL ? "" : form);
}

static void
hash_parts(Buf *text, const RunAnswer *answer)
{
    for (size_t i = 0; i < answer->part_count; i++)
    {
        const Sql *sql = &answer->parts[i].sql;

        buf_format(text, "|%s", sql_cstr(sql));
        for (size_t v = 0; v < sql->value_count; v++)
            hash_value(text, &sql->values[v]);
    }
}

const char *
run_fingerprint(Arena *arena, const RunAnswer *answer)
{
    Buf text = buf_new(arena, SIZE_MAX);

    buf_format(&text, "%lld", (long long) answer->known->database.id);
    hash_parts(&text, answer);
    return sha256_hex(arena, buf_slice(&text));
}

/* What the rows depend on, and nothing else: who asks is in the SQL when it matters. */
static CacheKey
key_of(Arena *arena, const RunAnswer *answer)
{
    Buf text = buf_new(arena, SIZE_MAX);
    CacheKey key;

    buf_format(&text, "%lld|%s|%s|%lld", (long long) answer->known->database.id,
               answer->known->version, answer->timezone, (long long) answer->parts[0].max_rows);
    hash_parts(&text, answer);
    sha256(buf_slice(&text), key.bytes);
    return key;
}

static bool
is_fresh(void *arg, const CacheHit *hit)
{
    const RunLifetime *lifetime = arg;
    int64_t age = time_now() - hit->made_at;

    if (hit->made_at < lifetime->not_before)
        return false;
    if (lifetime->times_longer > 0 && hit->took_us >= lifetime->least_ms * 1000 &&
        (double) age < lifetime->times_longer * (double) hit->took_us)
        return true;
    return age < lifetime->seconds * SECOND_US;
}

/* A failure of the packer because there are enough rows is none. */
static bool
fill(Runner *runner, const RunOrder *order, RunAnswer *answer, Packer *packer, bool *is_source_away,
     Error *err)
{
    bool has_rows = false;

    return query(runner, order, answer, &packer->sink, &has_rows, is_source_away, err) ||
           pack_was_cut(packer->pack);
}

static bool
run_it(Runner *runner, const RunOrder *order, CacheTurn **turn, RunAnswer *answer, Error *err)
{
    Packer packer = packer_new(runner->answer_bytes, answer->parts[0].max_rows);
    int64_t started = time_monotonic();
    bool is_source_away = false;
    Error failure = { .code = ERR_NONE };
    CacheHit old = { .pack = NULL };
    bool ok;

    set_deadline(runner, order);
    ok = fill(runner, order, answer, &packer, &is_source_away, &failure);
    answer->took_us = time_monotonic() - started;
    if (ok)
    {
        cache_done(runner->cache, turn, packer.pack, answer->took_us, NULL);
        answer->pack = packer.pack;
        return true;
    }
    pack_free(&packer.pack);
    if (is_source_away)
        old = cache_done_stale(runner->cache, turn, &failure);
    else
        cache_done(runner->cache, turn, NULL, answer->took_us, &failure);
    if (old.pack == NULL)
    {
        *err = failure;
        return false;
    }
    answer->pack = old.pack;
    answer->cached_at = old.made_at;
    answer->is_stale = true;
    return true;
}

/* Of SQL written by a person, only the rows tell the columns. */
static void
name_native_columns(Arena *arena, RunAnswer *answer, const Columns *columns, const Pack *pack)
{
    QueryColumn *made;

    if (answer->column_count > 0)
        return;
    made = ARENA_ARRAY(arena, columns->count + 1, QueryColumn);
    for (size_t i = 0; i < columns->count; i++)
        made[i] = shown_native_column(arena, &columns->items[i]);
    if (pack != NULL)
        shown_infer_types(arena, made, columns->count, pack);
    answer->columns = made;
    answer->column_count = columns->count;
}

static void
finish(Arena *arena, RunAnswer *answer)
{
    int64_t limit = answer->parts[0].max_rows;

    name_native_columns(arena, answer, pack_columns(answer->pack), answer->pack);
    answer->row_count = pack_rows(answer->pack);
    if (limit > 0 && answer->row_count >= limit)
        answer->cut_at = limit;
}

bool
run_answer(Runner *runner, Arena *arena, const RunOrder *order, RunAnswer *answer, Error *err)
{
    RunLifetime lifetime = order->lifetime;
    const char *refusal;
    CacheTurn *turn = NULL;
    CacheHit hit;
    CacheKey key;

    if (!run_compile(runner, arena, order, answer, err))
        return false;
    refusal = small_refusal(&order->small, &answer->parts[0]);
    if (refusal != NULL)
    {
        small_hide(answer, &order->small, refusal);
        return true;
    }
    key = key_of(arena, answer);
    if (!cache_take(runner->cache, &key, order->anew ? NULL : is_fresh, &lifetime, order->cancel,
                    &hit, &turn, err))
        return false;
    if (hit.pack != NULL)
    {
        answer->pack = hit.pack;
        answer->cached_at = hit.made_at;
        answer->is_stale = hit.is_stale;
        answer->took_us = time_now() - answer->started_at;
    }
    else if (!run_it(runner, order, &turn, answer, err))
        return false;
    finish(arena, answer);
    return order->small.below == 0 || small_apply(arena, order, runner->answer_bytes, answer, err);
}

bool
run_replay(const RunAnswer *answer, Arena *arena, RowSink *sink, Error *err)
{
    ShownSink shown = shown_sink(arena, answer->columns, answer->column_count, sink);

    return pack_replay(answer->pack, &shown.sink, err);
}

/* ---------------------------------------------------------------------------------------- files */

/* Between the database and a file: columns are named when they are known, rows are counted. */
typedef struct StreamSink
{
    RowSink sink; /* first, so that a RowSink * is a StreamSink * */
    RowSink *next;
    ShownSink shown;
    Arena *arena;
    RunAnswer *answer;
    int64_t max_rows;
    bool has_rows;
    bool was_cut;
} StreamSink;

static bool
stream_begin(RowSink *sink, const Columns *columns, Error *err)
{
    StreamSink *stream = (StreamSink *) sink;

    name_native_columns(stream->arena, stream->answer, columns, NULL);
    stream->shown = shown_sink(stream->arena, stream->answer->columns, stream->answer->column_count,
                               stream->next);
    return stream->shown.sink.begin(&stream->shown.sink, columns, err);
}

static bool
stream_row(RowSink *sink, const Value *cells, Error *err)
{
    StreamSink *stream = (StreamSink *) sink;

    stream->has_rows = true;
    if (stream->max_rows > 0 && stream->answer->row_count == stream->max_rows)
    {
        stream->was_cut = true;
        return error_set(err, ERR_CANCELLED, "there are enough rows");
    }
    stream->answer->row_count++;
    return stream->shown.sink.row(&stream->shown.sink, cells, err);
}

static bool
stream_end(RowSink *sink, Error *err)
{
    StreamSink *stream = (StreamSink *) sink;

    if (stream->shown.sink.end == NULL)
        return error_set(err, ERR_INTERNAL, "the rows ended before they began");
    return stream->shown.sink.end(&stream->shown.sink, err);
}

/* The rows that the right to download allows, and that the question is limited to. */
static bool
check_download(const RunOrder *order, Arena *arena, const RunAnswer *answer, int64_t *max_rows,
               Error *err)
{
    const CompiledQuery *part = &answer->parts[0];
    int64_t allowed = 0;

    *max_rows = part->max_rows;
    if (order->who == NULL)
        return true;
    if (!access_download_limit(order->who, order->store, arena, answer->known->database.id,
                               part->tables, part->table_count, &allowed, err))
        return false;
    if (allowed == 0)
        return error_set(err, ERR_DENIED, "downloads of this data are not allowed to you");
    if (!access_is_admin(order->who) && (*max_rows == 0 || allowed < *max_rows))
        *max_rows = allowed;
    return true;
}

bool
run_stream(Runner *runner, Arena *arena, const RunOrder *order, RowSink *sink, RunAnswer *answer,
           Error *err)
{
    StreamSink stream = { .sink = { stream_begin, stream_row, stream_end },
                          .next = sink,
                          .arena = arena,
                          .answer = answer };
    int64_t started = time_monotonic();
    bool away, ok;

    /* Which groups are shown is known when all have come. */
    if (order->small.below > 0)
        return run_answer(runner, arena, order, answer, err) &&
               run_replay(answer, arena, sink, err);
    if (!run_compile(runner, arena, order, answer, err) ||
        !check_download(order, arena, answer, &stream.max_rows, err))
        return false;
    set_deadline(runner, order);
    ok = query(runner, order, answer, &stream.sink, &stream.has_rows, &away, err);
    if (!ok && stream.was_cut)
        ok = stream_end(&stream.sink, err);
    answer->took_us = time_monotonic() - started;
    if (stream.max_rows > 0 && answer->row_count >= stream.max_rows)
        answer->cut_at = stream.max_rows;
    return ok;
}

bool
run_ping(Runner *runner, Store *store, int64_t database_id, Cancel *cancel, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const RunOrder order = { .store = store, .cancel = cancel };
    RunAnswer answer = { .timezone = "UTC" };
    Conn *conn = NULL;
    Rows rows;
    RowCollector collector = row_collector(arena, &rows, 0);
    Sql sql = { .arena = arena };
    bool ok = false;

    if (catalogs_take(runner->catalogs, store, database_id, &answer.known, err))
    {
        answer.driver = driver_lookup(answer.known->database.engine);
        conn = answer.driver == NULL ? NULL : take_connection(runner, &order, &answer, err);
    }
    if (conn != NULL)
    {
        sql.dialect = answer.driver->dialect;
        sql_words(&sql, "select 1");
        ok = conn_query(conn, &sql, &collector.sink, err);
    }
    pool_give(runner->pool, &conn);
    run_release(runner, &answer);
    return ok;
}

void
run_release(Runner *runner, RunAnswer *answer)
{
    pack_free(&answer->pack);
    catalogs_give(runner->catalogs, &answer->known);
}
