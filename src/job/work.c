/*
 * Old sessions are swept, connected databases are compared with what is known of them, values of
 * models are read anew, feeds and anonymized copies run.
 */
#include "job/work.h"

#include "auth/access.h"
#include "etl/etl.h"
#include "etl/feed.h"
#include "job/cron.h"
#include "job/index.h"
#include "job/shelf.h"
#include "store/database.h"
#include "store/model_index.h"
#include "store/revision.h"
#include "store/session.h"
#include "store/visit.h"
#include "sync/scan.h"
#include "sync/sync.h"

#include <string.h>

/* Room for what a family adds. */
typedef struct Collector
{
    Arena *arena;
    const Ground *ground;
    const char *zone;
    List list; /* Work * */
} Collector;

static void
add(Collector *c, Work work)
{
    Work *made = ARENA_NEW(c->arena, Work);

    *made = work;
    list_add(&c->list, made);
}

/* ------------------------------------------------------------------------------------------ sweep
 */

static bool
run_sweep(const Work *work, WorkCall *call, Error *err)
{
    SessionPolicy policy = session_policy(call->ground->config);

    (void) work;
    call->rows.set = true;
    return session_sweep(call->ground->store, call->arena, &policy, &call->rows.value, err);
}

static bool
run_sweep_visits(const Work *work, WorkCall *call, Error *err)
{
    Settings *settings = call->ground->settings;
    const char *zone = settings_text(settings, call->arena, LIVE_report_timezone);
    int days = (int) settings_int(settings, LIVE_visit_days);

    (void) work;
    /* Today is one of them; of none, today goes too. */
    return visit_purge(call->ground->store, call->arena, visit_day(call->arena, zone, days - 1),
                       err);
}

static bool
run_sweep_versions(const Work *work, WorkCall *call, Error *err)
{
    (void) work;
    call->rows.set = true;
    return revision_sweep(call->ground->store, call->arena,
                          settings_int(call->ground->settings, LIVE_revision_days),
                          &call->rows.value, err);
}

static bool
add_sweeps(Collector *c, Error *err)
{
    (void) err;
    add(c, (Work){ .name = "sweep-sessions",
                   .help = "Sessions that are too old are forgotten",
                   .schedule = "7 * * * *",
                   .zone = c->zone,
                   .run = run_sweep });
    add(c, (Work){ .name = "sweep-versions",
                   .help = "Versions of questions and dashboards that are too old are forgotten",
                   .schedule = "41 3 * * *",
                   .zone = c->zone,
                   .run = run_sweep_versions });
    add(c, (Work){ .name = "sweep-visits",
                   .help = "Numbers of visits that are too old are forgotten",
                   .schedule = "23 3 * * *",
                   .zone = c->zone,
                   .run = run_sweep_visits });
    return true;
}

/* ------------------------------------------------------------------------------------------- sync
 */

static bool
run_sync(const Work *work, WorkCall *call, Error *err)
{
    const ScanOrder samples = { .database_id = work->id,
                                .data_folder = call->ground->config->data,
                                .cancel = call->cancel };
    ScanReport scanned;
    SyncReport report;

    if (!sync_database(call->ground->store, work->id, call->ground->config->data, call->cancel,
                       &report, err))
        return false;
    if (!scan_database(call->ground->store, &samples, &scanned, err))
        return false;
    call->rows = (OptInt){ true, report.fields };
    call->message = arena_format(call->arena, "%lld tables, %lld new, %lld gone, %lld columns",
                                 (long long) report.tables, (long long) report.created,
                                 (long long) report.retired, (long long) report.fields);
    return true;
}

/* Only of databases whose owner agreed: then there is a schedule. */
static bool
run_scan(const Work *work, WorkCall *call, Error *err)
{
    const ScanOrder order = { .database_id = work->id,
                              .values = true,
                              .anew = true,
                              .data_folder = call->ground->config->data,
                              .cancel = call->cancel };
    ScanReport report;

    if (!scan_database(call->ground->store, &order, &report, err))
        return false;
    call->rows = (OptInt){ true, report.fields };
    call->message = arena_format(call->arena, "%lld tables, %lld could not be read",
                                 (long long) report.tables, (long long) report.failed);
    return true;
}

static bool
add_syncs(Collector *c, Error *err)
{
    DatabaseList list;

    if (!database_list(c->ground->store, c->arena, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
    {
        const Database *it = &list.items[i];

        add(c, (Work){ .name = arena_format(c->arena, "sync-%lld", (long long) it->id),
                       .help = arena_format(c->arena, "Tables and columns of %s", it->name),
                       .schedule = it->metadata_sync_schedule,
                       .zone = c->zone,
                       .id = it->id,
                       .run = run_sync });
        if (it->cache_field_values_schedule != NULL)
            add(c, (Work){ .name = arena_format(c->arena, "scan-%lld", (long long) it->id),
                           .help = arena_format(c->arena, "Values of columns of %s", it->name),
                           .schedule = it->cache_field_values_schedule,
                           .zone = c->zone,
                           .id = it->id,
                           .run = run_scan });
    }
    return true;
}

/* ------------------------------------------------------------------------------ indexes of models
 */

static bool
add_indexes(Collector *c, Error *err)
{
    ModelIndexList list;

    if (!model_index_list(c->ground->store, c->arena, 0, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        add(c, (Work){ .name = arena_format(c->arena, "index-%lld", (long long) list.items[i].id),
                       .help = arena_format(c->arena, "Values of model %lld that search finds",
                                            (long long) list.items[i].model_id),
                       .schedule = list.items[i].schedule,
                       .zone = c->zone,
                       .id = list.items[i].id,
                       .run = index_run });
    return true;
}

/* ------------------------------------------------------------------------------------------ feeds
 */

static bool
run_feed(const Work *work, WorkCall *call, Error *err)
{
    const Ground *ground = call->ground;
    FeedReport report;
    Feed feed;

    if (!feed_load(call->arena, ground->config->feeds, work->path, ground->environment, &feed,
                   err) ||
        !feed_run(call->arena, &feed, &(FeedRun){ .cancel = call->cancel }, &report, err))
        return false;
    call->rows = (OptInt){ true, report.rows };
    call->message = arena_format(call->arena, "%zu tables, %zu changes of their definitions",
                                 report.table_count, report.changes.count);
    return true;
}

/* "feeds/impact.yml" gives "impact". */
static const char *
name_of(Arena *arena, const char *path)
{
    Str name = str_of(strrchr(path, '/') + 1);

    name.len -= strlen(".yml");
    return str_copy(arena, name);
}

static void
add_to(Arena *arena, List *list, Work work)
{
    Work *made = ARENA_NEW(arena, Work);

    *made = work;
    list_add(list, made);
}

/* A file that cannot be read is listed with what is wrong: the others matter. */
static void
read_feed(Arena *arena, const Ground *ground, const char *path, List *list)
{
    Work work = { .name = arena_format(arena, "feed-%s", name_of(arena, path)),
                  .help = "A feed that cannot be read",
                  .path = path,
                  .run = run_feed };
    Error err;
    Feed feed;

    if (!feed_load(arena, ground->config->feeds, path, ground->environment, &feed, &err))
        work.problem = arena_text(arena, err.message);
    else
    {
        work.help = arena_format(arena, "Tables of %s", feed.schema);
        work.schedule = feed.schedule;
        work.zone = feed.timezone;
        work.make_up = feed.make_up;
    }
    add_to(arena, list, work);
}

static bool
add_feeds(Collector *c, Error *err)
{
    (void) err;
    shelf_list(c->arena, c->ground, c->ground->config->feeds, read_feed, &c->list);
    return true;
}

/* ---------------------------------------------------------------------------- anonymizing copies
 */

static bool
load_app(Arena *arena, const Ground *ground, const char *path, const char *name, App *app,
         Error *err)
{
    AppInput input = { .app = name, .config = path, .environment = ground->environment };

    return app_load(arena, &input, app, err);
}

static bool
run_copy(const Work *work, WorkCall *call, Error *err)
{
    CLEANUP(etl_close) Etl etl = { 0 };
    EtlRun run = { .cancel = call->cancel };
    Report report;
    App app;

    if (!load_app(call->arena, call->ground, work->path, work->app, &app, err) ||
        !etl_open(call->arena, &app, &etl, err) || !etl_run(&etl, &run, &report, err))
        return false;
    call->rows = (OptInt){ true, report.rows };
    call->message =
        arena_format(call->arena, "%zu tables, %zu things left out, %zu warnings, %zu to look at",
                     etl.draft.table_count, report.skipped->count, etl.draft.warnings.count,
                     report.proof->hits.count + report.proof->same.count);
    return true;
}

static void
read_app(Arena *arena, const Ground *ground, const char *path, const char *name, List *list)
{
    Work work = { .name = arena_format(arena, "etl-%s", name),
                  .help = "An anonymized copy whose rules cannot be read",
                  .path = path,
                  .app = name,
                  .run = run_copy };
    Error err;
    App app;

    if (!load_app(arena, ground, path, name, &app, &err))
        work.problem = arena_text(arena, err.message);
    else
    {
        work.help = arena_format(arena, "Anonymized copy into %s", app.plan.schema);
        work.schedule = app.plan.schedule;
        work.zone = app.plan.timezone;
        work.make_up = app.plan.make_up;
    }
    add_to(arena, list, work);
}

static void
read_rules(Arena *arena, const Ground *ground, const char *path, List *list)
{
    TextList apps = { 0 };
    Error err;

    if (!app_list(arena, path, &apps, &err))
        read_app(arena, ground, path, name_of(arena, path), list);
    for (size_t i = 0; i < apps.count; i++)
        read_app(arena, ground, path, apps.items[i], list);
}

static bool
add_copies(Collector *c, Error *err)
{
    (void) err;
    shelf_list(c->arena, c->ground, c->ground->config->etl_rules, read_rules, &c->list);
    return true;
}

/* ------------------------------------------------------------------------------ given schedules
 */

/* What the settings hold of one piece of work. */
static const Field given_fields[] = {
    FIELD(WorkSchedule, schedule),
    FIELD(WorkSchedule, timezone, .nullable = true),
    FIELD(WorkSchedule, make_up, .nullable = true),
    { 0 },
};

static Json *
given_schedules(Arena *arena, const Ground *ground)
{
    const char *text = settings_text(ground->settings, arena, LIVE_job_schedules);
    Json *all;
    Error ignored;

    return json_parse(arena, str_of(text), NULL, &all, &ignored) && all->kind == JSON_OBJECT
               ? all
               : json_new(arena, JSON_OBJECT);
}

/* A person may have written the setting by hand: what cannot be read is a problem of that work. */
static void
apply_given(Arena *arena, const Json *all, Work *work)
{
    const Json *own = json_get(all, work->name);
    WorkSchedule given = { 0 };
    Error err;

    if (own == NULL || own->kind == JSON_NULL)
        return;
    if (own->kind != JSON_OBJECT || !bind_read(arena, given_fields, own, &given, &err))
    {
        work->problem = "its schedule in the setting job-schedules cannot be read";
        return;
    }
    work->given = given.schedule != NULL;
    work->schedule = given.schedule != NULL ? given.schedule : work->schedule;
    work->zone = given.timezone != NULL ? given.timezone : work->zone;
    work->make_up = given.make_up.set ? given.make_up.value : work->make_up;
}

static bool
check_given(Arena *arena, const WorkSchedule *given, Error *err)
{
    const Zone *zone;
    Cron cron;

    if (given->schedule != NULL && given->schedule[0] != '\0' &&
        !cron_parse(given->schedule, &cron, err))
        return error_field(err, "schedule", "%s", arena_text(arena, err->message));
    if (given->timezone != NULL && !zone_load(arena, given->timezone, &zone, err))
        return error_field(err, "timezone", "%s", arena_text(arena, err->message));
    return true;
}

bool
work_schedule(Arena *arena, const Ground *ground, const char *name, const WorkSchedule *given,
              Error *err)
{
    Json *all = given_schedules(arena, ground);
    Json *own = json_new(arena, given->schedule == NULL ? JSON_NULL : JSON_OBJECT);
    Work work;

    if (!work_find(arena, ground, name, &work, err) || !check_given(arena, given, err))
        return false;
    if (given->schedule != NULL)
        (void) json_put(arena, own, "schedule", json_new_text(arena, given->schedule));
    if (given->schedule != NULL && given->timezone != NULL)
        (void) json_put(arena, own, "timezone", json_new_text(arena, given->timezone));
    if (given->schedule != NULL && given->make_up.set)
        (void) json_put(arena, own, "make_up", json_new_bool(arena, given->make_up.value));
    (void) json_put(arena, all, name, own);
    return settings_put(ground->settings, LIVE_job_schedules, all, err);
}

/* -------------------------------------------------------------------------------------- the table
 */

static bool (*const families[])(Collector *c, Error *err) = {
    add_sweeps, add_syncs, add_indexes, add_feeds, add_copies,
};

/* Two files can name one app: the first has the name, the other says so. */
static void
settle_name(Arena *arena, const WorkList *before, Work *work)
{
    for (size_t i = 0; i < before->count; i++)
        if (strcmp(before->items[i].name, work->name) == 0)
        {
            work->problem = arena_format(arena, "another file has the name %s", work->name);
            work->name = arena_format(arena, "%s in %s", work->name, work->path);
            return;
        }
}

bool
work_list(Arena *arena, const Ground *ground, WorkList *list, Error *err)
{
    Collector c = { .arena = arena, .ground = ground, .list = list_new(arena) };
    const Json *given = given_schedules(arena, ground);

    c.zone = settings_text(ground->settings, arena, LIVE_report_timezone);
    if (c.zone[0] == '\0')
        c.zone = "UTC";
    for (size_t i = 0; i < COUNT_OF(families); i++)
        if (!families[i](&c, err))
            return false;
    *list = (WorkList){ ARENA_ARRAY(arena, c.list.count, Work), c.list.count };
    for (size_t i = 0; i < list->count; i++)
    {
        Work *work = &list->items[i];

        *work = *(Work *) c.list.items[i];
        settle_name(arena, &(WorkList){ list->items, i }, work);
        apply_given(arena, given, work);
        work->schedule = work->schedule == NULL ? "" : work->schedule;
        work->zone = work->zone == NULL ? c.zone : work->zone;
    }
    return true;
}

bool
work_find(Arena *arena, const Ground *ground, const char *name, Work *work, Error *err)
{
    WorkList list;

    if (!work_list(arena, ground, &list, err))
        return false;
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i].name, name) == 0)
        {
            *work = list.items[i];
            return true;
        }
    (void) error_set(err, ERR_NOT_FOUND, "there is no job %.100s", name);
    return error_hint(err, "vigie jobs list shows those there are.");
}
