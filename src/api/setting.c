/* Settings that administrators change while the server runs. */
#include "api/answer.h"
#include "api/geojson.h"
#include "api/tables.h"
#include "store/activity.h"

#include <string.h>

/* The last two characters behind stars, as clients know masked secrets. */
static const char *
masked(Arena *arena, const char *secret)
{
    size_t len = strlen(secret);

    return arena_format(arena, "**********%s", len > 8 ? secret + len - 2 : "");
}

static void
write_value(Request *req, JsonWriter *w, LiveKey live)
{
    const char *secret;

    if (live_rows[live].type != LIVE_SECRET)
    {
        settings_write(req->settings, w, live);
        return;
    }
    secret = settings_text(req->settings, req->arena, live);
    json_text(w, secret[0] == '\0' ? NULL : masked(req->arena, secret));
}

/* Who changed it last, and when; nothing of what nobody changed. */
static void
write_change(JsonWriter *w, const AuditList *changes, const char *key)
{
    for (size_t i = 0; i < changes->count; i++)
    {
        const Audit *line = &changes->items[i];

        if (strcmp(json_text_or(json_get(line->details, "key"), ""), key) != 0)
            continue;
        json_put_text(w, "changed_at", line->at);
        json_put_text(w, "changed_by", line->actor);
        return;
    }
}

static void
write_setting(Request *req, JsonWriter *w, LiveKey live, const AuditList *changes)
{
    const LiveRow *row = &live_rows[live];
    bool fixed = settings_is_fixed(req->settings, live);
    const char *name = live_environment_name(req->arena, live);

    json_begin_object(w);
    json_put_text(w, "key", row->key);
    json_key(w, "value");
    if (fixed || !settings_is_set(req->settings, live))
        json_null(w);
    else
        write_value(req, w, live);
    json_put_bool(w, "is_env_setting", fixed);
    json_put_text(w, "env_name", name);
    json_put_text(w, "description", row->help);
    json_key(w, "default");
    if (fixed)
        json_str(w, str_of(arena_format(req->arena, "Using value of env var $%s", name)));
    else
        json_text(w, row->value[0] == '\0' ? NULL : row->value);
    write_change(w, changes, row->key);
    json_end_object(w);
}

static bool
list_settings(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    AuditList changes;

    if (!audit_newest(req->store, req->arena, "setting-update", "Setting", &changes, err))
        return false;
    json_begin_array(w);
    for (LiveKey live = 0; live < LIVE_COUNT; live++)
        write_setting(req, w, live, &changes);
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
find_setting(Request *req, LiveKey *live, Error *err)
{
    const char *key = route_param(req->match, "key");

    return live_lookup(key, live) || error_set(err, ERR_NOT_FOUND, "there is no setting %s", key);
}

/* The bare value: text as text, anything else as JSON, nothing as 204. */
static bool
get_setting(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    const char *text;
    LiveKey live;

    if (!find_setting(req, &live, err))
        return false;
    text = settings_text(req->settings, req->arena, live);
    if (text[0] == '\0')
        return answer_nothing(res);
    if (live_rows[live].type == LIVE_TEXT || live_rows[live].type == LIVE_ZONE)
    {
        response_text(res, 200, text);
        return true;
    }
    write_value(req, w, live);
    return answer_send(&answer, res, err);
}

typedef struct ValueInput
{
    const Json *value;
} ValueInput;

static const Field value_fields[] = {
    FIELD(ValueInput, value, .required = true),
    { 0 },
};

/* A secret that comes back masked was not changed. */
static bool
put_value(Request *req, LiveKey live, const Json *value, Error *err)
{
    const char *text = json_text_or(value, "");

    if (live_rows[live].type == LIVE_SECRET && strncmp(text, "**********", 10) == 0)
        return true;
    if (live == LIVE_custom_geojson && !settings_is_fixed(req->settings, live) &&
        !geojson_settle(req, value, &value, err))
        return false;
    return settings_put(req->settings, live, value, err) &&
           api_audit(req, req->store, "setting-update", "Setting", 0,
                     api_detail(req, "key", live_rows[live].key), err);
}

static bool
put_setting(Request *req, Response *res, Error *err)
{
    const ValueInput *input = req->input;
    LiveKey live;

    return find_setting(req, &live, err) && put_value(req, live, input->value, err) &&
           answer_nothing(res);
}

/* One member for each setting; their values are checked by settings_put. */
typedef struct MapInput
{
#define LIVE(name, key, type, show, value, choices, max, help) const Json *name;
#include "store/settings.def"
#undef LIVE
} MapInput;

static const Field map_fields[] = {
#define LIVE(name, key, type, show, value, choices, max, help) FIELD_AS(MapInput, name, key),
#include "store/settings.def"
#undef LIVE
    { 0 },
};

static bool
put_settings(Request *req, Response *res, Error *err)
{
    for (const Json *item = req->json == NULL ? NULL : req->json->first; item != NULL;
         item = item->next)
    {
        LiveKey live;

        if (!live_lookup(item->key, &live))
            return error_field(err, item->key, "there is no such setting.");
        if (!put_value(req, live, item, err))
            return false;
    }
    return answer_nothing(res);
}

// clang-format off
const Route setting_routes[] = {
    ROUTE_ON(ADMIN, GET, "/api/setting",      list_settings, ADMIN, "All settings"),
    ROUTE_ON(ADMIN, PUT, "/api/setting",      put_settings,  ADMIN, "Change several settings", .body = map_fields),
    ROUTE_ON(ADMIN, GET, "/api/setting/:key", get_setting,   ADMIN, "The value of a setting"),
    ROUTE_ON(ADMIN, PUT, "/api/setting/:key", put_setting,   ADMIN, "Change a setting; null resets it", .body = value_fields),
    { 0 },
};
// clang-format on
