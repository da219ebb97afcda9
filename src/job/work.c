/* Old sessions are swept, connected databases are compared with what is known of them, feeds run.
 */
#include "job/work.h"

#include "auth/access.h"
#include "etl/feed.h"
#include "store/database.h"
#include "store/session.h"
#include "sync/sync.h"

#include <dirent.h>
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
add_sweep(Collector *c, Error *err)
{
    (void) err;
    add(c, (Work){ .name = "sweep-sessions",
                   .help = "Sessions that are too old are forgotten",
                   .schedule = "7 * * * *",
                   .zone = c->zone,
                   .run = run_sweep });
    return true;
}

/* ------------------------------------------------------------------------------------------- sync
 */

static bool
run_sync(const Work *work, WorkCall *call, Error *err)
{
    SyncReport report;

    if (!sync_database(call->ground->store, work->id, call->ground->config->data, call->cancel,
                       &report, err))
        return false;
    call->rows = (OptInt){ true, report.fields };
    call->message = arena_format(call->arena, "%lld tables, %lld new, %lld gone, %lld columns",
                                 (long long) report.tables, (long long) report.created,
                                 (long long) report.retired, (long long) report.fields);
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
    }
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

/* A file that cannot be read is listed with what is wrong: the others matter. */
static void
add_feed(Collector *c, const char *name)
{
    const Ground *ground = c->ground;
    Error err;
    Feed feed;

    if (!feed_load(c->arena, ground->config->feeds, name, ground->environment, &feed, &err))
        add(c, (Work){ .name = arena_format(c->arena, "feed-%s", name),
                       .help = "A feed that cannot be read",
                       .schedule = "",
                       .zone = c->zone,
                       .problem = arena_text(c->arena, err.message),
                       .path = name,
                       .run = run_feed });
    else if (feed.schedule != NULL)
        add(c, (Work){ .name = arena_format(c->arena, "feed-%s", feed.name),
                       .help = arena_format(c->arena, "Tables of %s", feed.schema),
                       .schedule = feed.schedule,
                       .zone = feed.timezone == NULL ? c->zone : feed.timezone,
                       .make_up = feed.make_up,
                       .path = feed.name,
                       .run = run_feed });
}

/* Without the folder there are none. */
static bool
add_feeds(Collector *c, Error *err)
{
    DIR *folder = opendir(c->ground->config->feeds);
    const struct dirent *entry = folder == NULL ? NULL : readdir(folder);

    (void) err;
    for (; entry != NULL; entry = readdir(folder))
    {
        Str name = str_of(entry->d_name);

        if (name.ptr[0] == '.' || !str_has_suffix(name, ".yml"))
            continue;
        name.len -= 4;
        add_feed(c, str_copy(c->arena, name));
    }
    if (folder != NULL)
        (void) closedir(folder);
    return true;
}

/* -------------------------------------------------------------------------------------- the table
 */

static bool (*const families[])(Collector *c, Error *err) = {
    add_sweep,
    add_syncs,
    add_feeds,
};

bool
work_list(Arena *arena, const Ground *ground, WorkList *list, Error *err)
{
    Collector c = { .arena = arena, .ground = ground, .list = list_new(arena) };

    c.zone = settings_text(ground->settings, arena, LIVE_report_timezone);
    if (c.zone[0] == '\0')
        c.zone = "UTC";
    for (size_t i = 0; i < COUNT_OF(families); i++)
        if (!families[i](&c, err))
            return false;
    *list = (WorkList){ ARENA_ARRAY(arena, c.list.count, Work), c.list.count };
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = *(Work *) c.list.items[i];
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
