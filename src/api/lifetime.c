/* Metabase's four strategies, and the routes that set them. */
#include "api/lifetime.h"

#include "api/answer.h"
#include "api/tables.h"
#include "job/cron.h"
#include "store/cache_config.h"

#include <string.h>

/* The last time before now that a schedule names; 0 when there was none for a month. */
static Instant
last_tick(Request *req, const char *text)
{
    static const Instant spans[] = { HOUR_US, DAY_US, 7 * DAY_US, 32 * DAY_US };
    const char *name = settings_text(req->settings, req->arena, LIVE_report_timezone);
    Instant now = time_now(), tick, found = 0;
    const Zone *zone;
    Cron cron;

    if (!cron_parse(text, &cron, &(Error){ 0 }) ||
        !zone_load(req->arena, name[0] == '\0' ? "UTC" : name, &zone, &(Error){ 0 }))
        return 0;
    for (size_t i = 0; i < COUNT_OF(spans) && found == 0; i++)
    {
        tick = now - spans[i];
        while (cron_next(&cron, zone, tick, &tick) && tick <= now)
            found = tick;
    }
    return found;
}

static int64_t
seconds_of(const Json *config)
{
    static const struct
    {
        const char *unit;
        int64_t seconds;
    } units[] = { { "minutes", 60 }, { "hours", 3600 }, { "days", 86400 } };
    const char *unit = json_text_or(json_get(config, "unit"), "hours");
    int64_t duration = json_int_or(json_get(config, "duration"), 0);

    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (strcmp(units[i].unit, unit) == 0 && duration < INT32_MAX)
            return duration * units[i].seconds;
    return 0;
}

static void
apply(Request *req, const CacheConfig *it, RunLifetime *lifetime)
{
    if (it->invalidated_at != NULL)
        (void) time_parse(str_of(it->invalidated_at), &lifetime->not_before);
    if (strcmp(it->strategy, "duration") == 0)
        lifetime->seconds = seconds_of(it->config);
    else if (strcmp(it->strategy, "ttl") == 0)
    {
        lifetime->times_longer = json_double_or(json_get(it->config, "multiplier"), 10);
        lifetime->least_ms = json_int_or(json_get(it->config, "min_duration_ms"), 1000);
    }
    else if (strcmp(it->strategy, "schedule") == 0)
    {
        Instant tick = last_tick(req, json_text_or(json_get(it->config, "schedule"), ""));

        lifetime->seconds = 32 * 86400;
        if (tick > lifetime->not_before)
            lifetime->not_before = tick;
    }
}

bool
lifetime_of(Request *req, const Card *card, int64_t dashboard_id, RunLifetime *lifetime, Error *err)
{
    int64_t database = card->database_id.set ? card->database_id.value : 0;
    CacheConfigList list;

    *lifetime = (RunLifetime){ 0 };
    /* Hours, from before there were strategies. */
    if (card->cache_ttl.set && card->cache_ttl.value < 100000)
        lifetime->seconds = card->cache_ttl.value * 3600;
    if (!cache_config_for(req->store, req->arena, card->id, dashboard_id, database, &list, err))
        return false;
    if (list.count > 0)
        apply(req, &list.items[0], lifetime);
    return true;
}

/* -------------------------------------------------------------------------------------- routes */

static void
write_config(JsonWriter *w, const CacheConfig *it)
{
    json_begin_object(w);
    json_put_text(w, "model", it->model);
    json_put_int(w, "model_id", it->model_id);
    json_key(w, "strategy");
    json_begin_object(w);
    json_put_text(w, "type", it->strategy);
    for (const Json *item = it->config == NULL ? NULL : it->config->first; item != NULL;
         item = item->next)
        if (strcmp(item->key, "type") != 0)
            json_put_tree(w, item->key, item);
    json_end_object(w);
    json_end_object(w);
}

static bool
list_configs(Request *req, Response *res, Error *err)
{
    TextList models = request_query_all(req->http, "model");
    const char *id = request_query(req->http, "id");
    int64_t number = -1;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    CacheConfigList list;

    if (id != NULL && !str_to_int(str_of(id), 0, INT64_MAX, &number))
        return error_field(err, "id", "value must be an integer.");
    if (!cache_config_list(req->store, req->arena, NULL, number, &list, err))
        return false;
    json_begin_object(w);
    json_key(w, "data");
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
    {
        bool wanted = models.count == 0 && strcmp(list.items[i].model, "root") == 0;

        for (size_t m = 0; m < models.count; m++)
            wanted = wanted || strcmp(models.items[m], list.items[i].model) == 0;
        if (wanted)
            write_config(w, &list.items[i]);
    }
    json_end_array(w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

typedef struct LifetimeInput
{
    const char *model;
    int64_t model_id;
    const Json *strategy;
} LifetimeInput;

static const Field lifetime_fields[] = {
    FIELD(LifetimeInput, model, .required = true, .choices = "root|database|dashboard|question"),
    FIELD(LifetimeInput, model_id, .required = true, .max = INT64_MAX),
    FIELD(LifetimeInput, strategy, .required = true, .shapes = SHAPE(JSON_OBJECT)),
    { 0 },
};

static bool
check_strategy(const Json *strategy, Error *err)
{
    const char *type = json_text_or(json_get(strategy, "type"), "");
    Cron cron;

    if (strcmp(type, "nocache") == 0 || strcmp(type, "inherit") == 0)
        return true;
    if (strcmp(type, "ttl") == 0)
        return json_double_or(json_get(strategy, "multiplier"), 0) > 0 ||
               error_field(err, "strategy", "value must have a multiplier above 0.");
    if (strcmp(type, "duration") == 0)
        return seconds_of(strategy) > 0 ||
               error_field(err, "strategy", "value must have a duration above 0 and a unit.");
    if (strcmp(type, "schedule") == 0)
        return cron_parse(json_text_or(json_get(strategy, "schedule"), ""), &cron, err) ||
               error_field(err, "strategy", "value must have a schedule, as cron writes it.");
    return error_field(err, "strategy",
                       "value must have a type: nocache, ttl, duration or schedule.");
}

static bool
put_config(Request *req, Response *res, Error *err)
{
    const LifetimeInput *input = req->input;
    CacheConfig config = { .model = input->model,
                           .model_id = input->model_id,
                           .strategy = json_text_or(json_get(input->strategy, "type"), ""),
                           .config = input->strategy };
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    if (!check_strategy(input->strategy, err) ||
        !cache_config_put(req->store, req->arena, &config, err))
        return false;
    json_begin_object(w);
    json_put_int(w, "id", config.id);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

typedef struct DeleteInput
{
    const char *model;
    const Json *model_id;
} DeleteInput;

static const Field delete_fields[] = {
    FIELD(DeleteInput, model, .required = true, .choices = "root|database|dashboard|question"),
    FIELD(DeleteInput, model_id, .required = true,
          .shapes = SHAPE(JSON_ARRAY) | SHAPE(JSON_NUMBER)),
    { 0 },
};

static bool
delete_config(Request *req, Response *res, Error *err)
{
    const DeleteInput *input = req->input;
    const Json *first =
        input->model_id->kind == JSON_ARRAY ? input->model_id->first : input->model_id;

    for (const Json *item = first; item != NULL; item = item->next)
    {
        int64_t id;

        if (!json_to_int(item, &id))
            return error_field(err, "model_id", "value must be an id or an array of ids.");
        if (!cache_config_delete(req->store, req->arena, input->model, id, err))
            return false;
        if (input->model_id->kind != JSON_ARRAY)
            break;
    }
    return answer_nothing(res);
}

/* What is kept is forgotten; which part does not matter: it comes back when it is asked for. */
static bool
post_invalidate(Request *req, Response *res, Error *err)
{
    Cache *cache = runner_cache(req->app->runner);
    int64_t count = cache_stats(cache).entries;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);

    cache_clear(cache);
    json_begin_object(w);
    json_put_int(w, "count", count);
    json_put_text(w, "message",
                  count == 1 ? "Cached results cleared: 1" : "Cached results cleared");
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route lifetime_routes[] = {
    ROUTE_ON(ADMIN, GET,    "/api/cache",            list_configs,    ADMIN, "How long answers may be shown again"),
    ROUTE_ON(ADMIN, PUT,    "/api/cache",            put_config,      ADMIN, "Say how long, for the site, a database, a dashboard or a question", .body = lifetime_fields),
    ROUTE_ON(ADMIN, DELETE, "/api/cache",            delete_config,   ADMIN, "Leave it to what is above", .body = delete_fields),
    ROUTE_ON(ADMIN, POST,   "/api/cache/invalidate", post_invalidate, ADMIN, "Forget the answers that are kept"),
    { 0 },
};
// clang-format on
