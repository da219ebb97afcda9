/* Counts by class of status and a histogram of durations; the rest is asked of the rooms that know
 * it when somebody looks. */
#include "api/metrics.h"

#include "api/pages.h"
#include "run/run.h"

#include "base/heap.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const int64_t bounds_us[] = { 1000,   5000,    10000,   50000,   100000,
                                     500000, 1000000, 5000000, 30000000 };

struct Metrics
{
    atomic_ullong by_class[6]; /* status / 100 */
    atomic_ullong by_bound[COUNT_OF(bounds_us) + 1];
    atomic_ullong micros;
};

Metrics *
metrics_new(void)
{
    return heap_new(1, sizeof(Metrics));
}

void
metrics_free(Metrics **metrics)
{
    heap_free(*metrics);
    *metrics = NULL;
}

void
metrics_note(Metrics *metrics, int status, int64_t micros)
{
    size_t bound = 0;

    while (bound < COUNT_OF(bounds_us) && micros > bounds_us[bound])
        bound++;
    (void) atomic_fetch_add(&metrics->by_class[status / 100 < 6 ? status / 100 : 0], 1);
    (void) atomic_fetch_add(&metrics->by_bound[bound], 1);
    (void) atomic_fetch_add(&metrics->micros, (unsigned long long) micros);
}

static void
put_value(Buf *out, const char *name, const char *labels, uint64_t value)
{
    buf_format(out, "vigie_%s%s %" PRIu64 "\n", name, labels, value);
}

static void
put_head(Buf *out, const char *name, const char *type, const char *help)
{
    buf_format(out, "# HELP vigie_%s %s\n# TYPE vigie_%s %s\n", name, help, name, type);
}

static void
put_one(Buf *out, const char *name, const char *type, const char *help, uint64_t value)
{
    put_head(out, name, type, help);
    put_value(out, name, "", value);
}

static void
put_requests(Buf *out, Metrics *metrics)
{
    uint64_t total = 0;
    char labels[64];

    put_head(out, "requests_total", "counter", "Answered requests by class of status");
    for (int class = 1; class < 6; class ++)
    {
        (void) snprintf(labels, sizeof(labels), "{class=\"%dxx\"}", class);
        put_value(out, "requests_total", labels, atomic_load(&metrics->by_class[class]));
    }
    put_head(out, "request_seconds", "histogram", "Time from the head of a request to its answer");
    for (size_t i = 0; i < COUNT_OF(bounds_us); i++)
    {
        total += atomic_load(&metrics->by_bound[i]);
        (void) snprintf(labels, sizeof(labels), "{le=\"%g\"}", (double) bounds_us[i] / 1e6);
        put_value(out, "request_seconds_bucket", labels, total);
    }
    total += atomic_load(&metrics->by_bound[COUNT_OF(bounds_us)]);
    put_value(out, "request_seconds_bucket", "{le=\"+Inf\"}", total);
    buf_format(out, "vigie_request_seconds_sum %.6f\n",
               (double) atomic_load(&metrics->micros) / 1e6);
    put_value(out, "request_seconds_count", "", total);
}

static void
put_workers(Buf *out, WorkerPool *pool)
{
    static const char *const names[] = { "interactive", "export", "background" };
    char labels[64];

    put_head(out, "workers", "gauge", "Workers and their queues by class of work");
    for (WorkerClass class = 0; class < WORKER_CLASSES; class ++)
    {
        WorkerStats stats = worker_stats(pool, class);

        (void) snprintf(labels, sizeof(labels), "{class=\"%s\",state=\"running\"}", names[class]);
        put_value(out, "workers", labels, stats.running);
        (void) snprintf(labels, sizeof(labels), "{class=\"%s\",state=\"waiting\"}", names[class]);
        put_value(out, "workers", labels, stats.waiting);
        (void) snprintf(labels, sizeof(labels), "{class=\"%s\",state=\"refused\"}", names[class]);
        put_value(out, "workers", labels, stats.refused);
    }
}

/* Resident bytes, from the system; 0 when it does not tell. */
static uint64_t
resident_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long long size = 0, resident = 0;

    if (file == NULL)
        return 0;
    if (fscanf(file, "%llu %llu", &size, &resident) != 2)
        resident = 0;
    (void) fclose(file);
    return resident * (uint64_t) sysconf(_SC_PAGESIZE);
}

static void
put_server(Buf *out, const HttpServer *server)
{
    HttpStats stats = server_stats(server);

    put_one(out, "connections", "gauge", "Open connections", stats.connections);
    put_one(out, "connections_total", "counter", "Accepted connections", stats.accepted);
    put_one(out, "connections_evicted_total", "counter", "Closed because there were too many",
            stats.evicted);
    put_one(out, "received_bytes_total", "counter", "Bytes read", stats.bytes_in);
    put_one(out, "sent_bytes_total", "counter", "Bytes written", stats.bytes_out);
    put_one(out, "requests_refused_total", "counter", "Malformed or too large", stats.refused);
    put_one(out, "timeouts_total", "counter", "Slow clients that were cut", stats.timeouts);
    put_one(out, "overload_total", "counter", "Requests refused because all was busy",
            stats.overload);
}

/* What is kept in memory, and how often it spared a look elsewhere. */
static void
put_caches(Buf *out, const App *app)
{
    SettingsStats stats = settings_stats(app->settings);
    CacheStats answers = cache_stats(runner_cache(app->runner));
    PagesStats pages = pages_stats(app->pages);
    PoolStats pool = pool_stats(runner_pool(app->runner));

    put_one(out, "settings_cache_reads_total", "counter", "Settings read from memory", stats.reads);
    put_one(out, "settings_cache_reloads_total", "counter",
            "Times that all settings were read from the app database", stats.reloads);
    put_one(out, "store_statements_total", "counter", "Statements on the app database",
            store_statements(app->store));
    put_one(out, "answers_cache_hits_total", "counter", "Answers shown again", answers.hits);
    put_one(out, "answers_cache_shared_total", "counter",
            "Answers of a question that ran for somebody else", answers.shared);
    put_one(out, "answers_cache_misses_total", "counter", "Questions that ran", answers.misses);
    put_one(out, "answers_cache_stale_total", "counter",
            "Old answers shown because the source was down", answers.stale);
    put_one(out, "answers_cache_bytes", "gauge", "Memory of kept answers", answers.bytes);
    put_one(out, "pages_cache_hits_total", "counter", "Answers to strangers sent as they were kept",
            pages.hits);
    put_one(out, "pages_cache_bytes", "gauge", "Memory of answers to strangers", pages.bytes);
    put_one(out, "source_connections", "gauge", "Connections to connected databases", pool.open);
    put_one(out, "source_connections_busy", "gauge", "Those with a question", pool.busy);
}

static bool
get_metrics(Request *req, Response *res, Error *err)
{
    App *app = req->app;
    Buf out = buf_new(req->arena, 256 * 1024);

    (void) err;
    put_requests(&out, app->metrics);
    put_workers(&out, app->pool);
    put_server(&out, app->server);
    put_caches(&out, app);
    put_one(&out, "resident_bytes", "gauge", "Memory of the process", resident_bytes());
    put_one(&out, "uptime_seconds", "gauge", "Time since the start",
            (uint64_t) ((time_monotonic() - app->started_us) / SECOND_US));
    response_body(res, "text/plain; version=0.0.4; charset=utf-8", buf_slice(&out));
    return true;
}

// clang-format off
const Route metrics_routes[] = {
    ROUTE_ON(ADMIN, GET, "/metrics", get_metrics, NOTHING, "Counters in Prometheus' text format"),
    { 0 },
};
// clang-format on
