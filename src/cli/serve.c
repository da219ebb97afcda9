/*
 * Starts everything in order, and stops it in reverse order: listen first, so that health checks
 * are answered; then the app database, the settings, the sample; then wait for a signal.
 */
#include "api/api.h"
#include "api/database.h"
#include "base/file.h"
#include "base/log.h"
#include "cli/cli.h"
#include "cli/start.h"
#include "driver/duckdb_library.h"
#include "http/server.h"
#include "job/scheduler.h"
#include "sample/sample.h"
#include "store/setting.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum
{
    MAX_LISTENERS = 16,
    QUEUE_INTERACTIVE = 256,
    QUEUE_OTHER = 64
};

/* ------------------------------------------------------------------------------------ listeners */

static const char *
default_address(Arena *arena, const Config *config)
{
    const char *source = config->source[CONFIG_port];
    bool platform =
        strcmp(source, "environment PORT") == 0 || strcmp(source, "environment MB_JETTY_PORT") == 0;
    const char *host = config->host[0] != '\0' ? config->host : platform ? "0.0.0.0" : "127.0.0.1";
    bool v6 = strchr(host, ':') != NULL && host[0] != '[';

    return arena_format(arena, v6 ? "[%s]:%lld" : "%s:%lld", host, (long long) config->port);
}

/* "0.0.0.0:8080/public+api"; the slash of unix:/path belongs to the path. */
static bool
read_listener(Arena *arena, Str text, unsigned all, HttpListen *listener, Error *err)
{
    const char *whole = str_copy(arena, str_trim(text));
    char *slash = strncmp(whole, "unix:", 5) == 0 ? NULL : strchr(whole, '/');
    unsigned planes = all;

    if (slash != NULL)
    {
        if (!planes_parse(slash + 1, &planes, err))
            return error_prefix(err, "listen");
        *slash = '\0';
    }
    *listener = (HttpListen){ .address = whole, .plane_mask = planes & all };
    return true;
}

static bool
read_listeners(Arena *arena, const Config *config, HttpServerOptions *options, Error *err)
{
    HttpListen *listeners = ARENA_ARRAY(arena, MAX_LISTENERS, HttpListen);
    Str rest = str_of(config->listen[0] == '\0' ? default_address(arena, config) : config->listen);
    Str one;
    unsigned all;

    if (!planes_parse(config->planes, &all, err))
        return false;
    options->listens = listeners;
    options->inherit_planes = all;
    while (str_split(&rest, ',', &one))
    {
        if (options->listen_count == MAX_LISTENERS)
            return error_set(err, ERR_CONFIG, "listen names more than %d addresses", MAX_LISTENERS);
        if (!read_listener(arena, one, all, &listeners[options->listen_count++], err))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------- systemd */

/* One datagram to the socket that the service manager names; without one, nothing. */
static void
notify(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd;

    if (path == NULL || path[0] == '\0' || strlen(path) >= sizeof(address.sun_path))
        return;
    memcpy(address.sun_path, path, strlen(path));
    if (path[0] == '@')
        address.sun_path[0] = '\0';
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    /* The service manager may be gone; the server goes on. */
    (void) !sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *) &address,
                   (socklen_t) (offsetof(struct sockaddr_un, sun_path) + strlen(path)));
    (void) close(fd);
}

/* ------------------------------------------------------------------------------ the app database
 */

/* The file of a connected sample may be gone: the disk of a container is not kept. */
static bool
keep_sample(App *app, Store *store, Arena *arena, Error *err)
{
    const char *path = path_join(arena, app->config->data, SAMPLE_FILE);
    DatabaseList list;

    if (file_exists(path))
        return true;
    if (!database_list(store, arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].is_sample)
            return folder_make(app->config->data, err) && sample_make(path, err);
    return true;
}

/* At the first start only: who removed the sample does not get it back. Of several copies of the
 * server that start at once, the one that moves the counter first connects it. */
static bool
make_sample(App *app, Store *store, Arena *arena, Error *err)
{
    Database database;
    int64_t turn;

    if (!app->config->sample)
        return true;
    if (!counter_read(store, arena, "sample", &turn, err))
        return false;
    if (turn > 0)
        return keep_sample(app, store, arena, err);
    if (!counter_move(store, arena, "sample", &turn, err))
        return false;
    return turn > 1 || sample_connect(app, store, arena, &database, err);
}

/* The server is useful without the sample: a failure is told and passed over. */
static void
offer_sample(App *app, Store *store)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Error err;

    if (!make_sample(app, store, arena, &err))
        log_failure("sample.failed", &err);
}

static bool
make_ready(App *app, Arena *arena, Store **store, Settings **settings, Error *err)
{
    if (!start_store_ready(arena, app->config, store, err) ||
        !settings_open(*store, app->environment, settings, err))
        return false;
    app_ready(app, *store, *settings);
    return true;
}

static void
warn_unknown(Arena *arena, char *const *environment)
{
    const char *unknown = config_unknown(arena, environment, live_is_environment_name);

    if (unknown[0] != '\0')
        log_warn("config.unknown", LOG_TEXT("names", unknown),
                 LOG_TEXT("hint", "these variables mean nothing here and are ignored"));
}

/* Until SIGTERM or SIGINT. */
static void
wait_for_stop(const sigset_t *signals)
{
    int signal = 0;

    while (signal != SIGTERM && signal != SIGINT)
        signal = sigwaitinfo(signals, NULL);
    log_info("server.stopping", LOG_TEXT("signal", signal == SIGTERM ? "TERM" : "INT"));
}

/* The server is useful without periodic work: a failure is told and passed over. */
static void
start_jobs(App *app, Store *store, Settings *settings)
{
    SchedulerOptions options = { .ground = { store, settings, app->config, app->environment,
                                             app->runner },
                                 .pool = app->pool,
                                 .lead = true };
    Scheduler *scheduler = NULL;
    Error err;

    if (!scheduler_start(&options, &scheduler, &err))
        log_failure("job.failed", &err);
    app->scheduler = scheduler;
}

/* After the last request that could have used it. */
static void
stop_jobs(App *app)
{
    Scheduler *scheduler = app->scheduler;

    app->scheduler = NULL;
    scheduler_close(&scheduler);
}

static void
say_ready(const HttpServer *server, const Config *config, size_t listeners, const Store *store)
{
    for (size_t i = 0; i < listeners; i++)
    {
        const char *address = server_address(server, i);

        log_info("server.ready", LOG_TEXT("address", address),
                 LOG_TEXT("store", store_label(store)));
        if (strncmp(address, "unix:", 5) != 0)
            say("vigie listens on http://%s%s/\n", address, config->base_path);
    }
    (void) fflush(stdout);
}

static bool
run_until_stop(App *app, Arena *arena, HttpServer *server, size_t listeners,
               const sigset_t *signals, Error *err)
{
    Settings *settings = NULL;
    Store *store = NULL;
    bool ok = make_ready(app, arena, &store, &settings, err);

    if (ok)
    {
        notify("READY=1");
        offer_sample(app, store);
        say_ready(server, app->config, listeners, store);
        start_jobs(app, store, settings);
        wait_for_stop(signals);
    }
    notify("STOPPING=1");
    scheduler_stop(app->scheduler);
    (void) server_stop(server);
    stop_jobs(app);
    worker_pool_free(&app->pool);
    app_ready(app, NULL, NULL);
    settings_close(&settings);
    store_close(&store);
    return ok;
}

static WorkerPool *
make_pool(const Config *config)
{
    const WorkerLimits limits[WORKER_CLASSES] = {
        [WORKER_INTERACTIVE] = { (unsigned) config->workers, QUEUE_INTERACTIVE },
        [WORKER_EXPORT] = { (unsigned) config->export_workers, QUEUE_OTHER },
        [WORKER_BACKGROUND] = { (unsigned) config->background_workers, QUEUE_OTHER },
    };

    return worker_pool_new(limits);
}

static bool
serve(Call *call, const Config *config, const sigset_t *signals, Error *err)
{
    CLEANUP(app_close) App *app = NULL;
    CLEANUP(server_close) HttpServer *server = NULL;
    HttpServerOptions options = {
        .inherit = true,
        .loops = (unsigned) config->loops,
        .base_path = config->base_path,
        .trusted_proxies = config->trusted_proxies,
        .limits = { .body_bytes = (size_t) config->body_bytes,
                    .handle_ms = (unsigned) config->request_seconds * 1000,
                    .drain_ms = (unsigned) config->drain_seconds * 1000 },
    };

    duckdb_library_setup(config->duckdb_library);
    if (!read_listeners(call->arena, config, &options, err) ||
        !app_open(config, call->environment, make_pool(config), &app, err))
        return false;
    options.app = app_http(app);
    options.pool = app->pool;
    server = server_open(&options, err);
    if (server == NULL)
    {
        worker_pool_free(&app->pool);
        return false;
    }
    app->server = server;
    if (!run_until_stop(app, call->arena, server, options.listen_count, signals, err))
        return false;
    log_info("server.stopped");
    return true;
}

bool
cmd_serve(Call *call, Error *err)
{
    sigset_t signals;
    Config config;

    if (!call_config(call, &config, err))
        return false;
    /* Few arenas: many threads that each keep freed memory would not fit a small container. */
    (void) mallopt(M_ARENA_MAX, 2);
    (void) sigemptyset(&signals);
    (void) sigaddset(&signals, SIGTERM);
    (void) sigaddset(&signals, SIGINT);
    (void) pthread_sigmask(SIG_BLOCK, &signals, NULL);
    (void) signal(SIGPIPE, SIG_IGN);
    warn_unknown(call->arena, call->environment);
    return serve(call, &config, &signals, err);
}
