/* Addresses that people give are asked with care: https, no private network but for hosts that the
 * start of the server named, few bytes, little time, and the answer must be outlines. */
#include "api/geojson.h"

#include "api/answer.h"
#include "api/geojson_read.h"
#include "api/tables.h"
#include "base/crypto.h"
#include "http/client.h"
#include "store/geo_map.h"

#include <string.h>
#include <strings.h>

enum
{
    MOST_MAPS = 30,
    KEY_BYTES = 100,
    URL_BYTES = 2000,
    NAME_BYTES = 254,
    CONNECT_MS = 8000,
    TOTAL_MS = 20000,
    REDIRECTS = 3
};

/* One of the setting, by its key. */
typedef struct Entry
{
    const char *name;
    const char *url;
    const char *region_key;
    const char *region_name;
    bool builtin;
} Entry;

static const Field entry_fields[] = {
    FIELD(Entry, name, .required = true, .not_blank = true, .max = NAME_BYTES),
    FIELD(Entry, url, .required = true, .not_blank = true, .max = URL_BYTES),
    FIELD(Entry, region_key, .nullable = true, .max = NAME_BYTES),
    FIELD(Entry, region_name, .nullable = true, .max = NAME_BYTES),
    FIELD(Entry, builtin),
    { 0 },
};

static bool
is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* ---------------------------------------------------------------------------------- far away */

/* "host:port" of "https://host:port/path". */
static bool
authority_of(Request *req, const char *url, const char **authority, Error *err)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789.-:[]";
    static const char scheme[] = "https://";
    const char *host = url + strlen(scheme);
    size_t len;

    if (strncmp(url, scheme, strlen(scheme)) != 0)
        return error_set(err, ERR_INVALID, "the address must begin with https://");
    len = strspn(host, allowed);
    if (len == 0 || (host[len] != '\0' && host[len] != '/' && host[len] != '?' && host[len] != '#'))
        return error_set(err, ERR_INVALID, "the address must name a host, and no user");
    *authority = arena_text_n(req->arena, host, len);
    return true;
}

/* Named at the start: it may be in a private network. */
static bool
is_own_host(const Config *config, const char *authority)
{
    Str rest = str_of(config->map_hosts), word;

    while (str_split(&rest, ' ', &word))
        if (word.len == strlen(authority) && strncasecmp(word.ptr, authority, word.len) == 0)
            return true;
    return false;
}

static bool
read_far(Request *req, const Entry *entry, const char **body, Error *err)
{
    const Config *config = req->app->config;
    const TextPair accept = { "Accept", "application/geo+json, application/json;q=0.9, */*;q=0.5" };
    HttpCall call = { .url = entry->url,
                      .headers = &accept,
                      .header_count = 1,
                      .ca_file = config->map_ca_file[0] == '\0' ? NULL : config->map_ca_file,
                      .connect_ms = CONNECT_MS,
                      .total_ms = TOTAL_MS,
                      .max_bytes = GEOJSON_BYTES,
                      .cancel = req->http->cancel };
    const char *authority;
    HttpReply reply;

    if (!authority_of(req, entry->url, &authority, err))
        return false;
    call.public_only = !is_own_host(config, authority);
    call.redirects = call.public_only ? REDIRECTS : 0;
    return client_fetch(req->arena, &call, &reply, err) &&
           geojson_read(req->arena, reply.body, entry->region_key, entry->region_name, body, err);
}

/* What went wrong there is wrong with the address that was given. */
static bool
tell(const char *field, const char *key, const Error *why, Error *err)
{
    if (why->code == ERR_CANCELLED)
    {
        *err = *why;
        return false;
    }
    return key == NULL ? error_field(err, field, "%s.", why->message)
                       : error_field(err, field, "%s: %s.", key, why->message);
}

static bool
keep(Request *req, const char *key, const Entry *entry, GeoMap *map, Error *err)
{
    const char *body;
    Error why;

    if (!read_far(req, entry, &body, &why))
        return tell("custom-geojson", key, &why, err);
    *map = (GeoMap){ .key = key,
                     .url = entry->url,
                     .region_key = entry->region_key,
                     .region_name = entry->region_name,
                     .body = body };
    return geo_map_put(req->store, req->arena, map, err);
}

/* ------------------------------------------------------------------------------- the setting */

static bool
check_key(const char *key, Error *err)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_-";
    size_t len = strspn(key, allowed);

    return (len > 0 && len <= KEY_BYTES && key[len] == '\0') ||
           error_field(err, "custom-geojson",
                       "keys of maps must be 1 to %d letters, digits, _ and -.", KEY_BYTES);
}

static bool
read_entry(Request *req, const Json *item, Entry *entry, Error *err)
{
    Error why;

    *entry = (Entry){ 0 };
    return check_key(item->key, err) &&
           (bind_read(req->arena, entry_fields, item, entry, &why) ||
            error_field(err, "custom-geojson", "%s: %s: %s", item->key, why.field, why.message));
}

static const GeoMap *
find(const GeoMapList *list, const char *key)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].key, key) == 0)
            return &list->items[i];
    return NULL;
}

static bool
is_read(const GeoMap *map, const Entry *entry)
{
    return map != NULL && is_same(map->url, entry->url) &&
           is_same(map->region_key, entry->region_key) &&
           is_same(map->region_name, entry->region_name);
}

static void
put_entry(Request *req, Json *all, const char *key, const Entry *entry)
{
    Arena *arena = req->arena;
    Json *made = json_new(arena, JSON_OBJECT);

    (void) json_put(arena, made, "name", json_new_text(arena, entry->name));
    (void) json_put(arena, made, "url", json_new_text(arena, entry->url));
    (void) json_put(arena, made, "region_key", json_new_text(arena, entry->region_key));
    (void) json_put(arena, made, "region_name", json_new_text(arena, entry->region_name));
    (void) json_put(arena, all, key, made);
}

static bool
forget_others(Request *req, const GeoMapList *list, const Json *named, Error *err)
{
    for (size_t i = 0; i < list->count; i++)
        if (json_get(named, list->items[i].key) == NULL &&
            !geo_map_delete(req->store, req->arena, list->items[i].key, err))
            return false;
    return true;
}

bool
geojson_settle(Request *req, const Json *value, const Json **kept, Error *err)
{
    Json *all = json_new(req->arena, JSON_OBJECT), *sent = NULL;
    GeoMapList list;

    *kept = value;
    if (value->kind == JSON_TEXT && value->len > 0 &&
        json_parse(req->arena, (Str){ value->text, value->len }, NULL, &sent, &(Error){ 0 }))
        value = sent;
    if (value->kind != JSON_OBJECT && value->kind != JSON_NULL && value->len > 0)
        return error_field(err, "custom-geojson", "value must be a map.");
    if (value->count > MOST_MAPS)
        return error_field(err, "custom-geojson", "there may be %d maps at most.", MOST_MAPS);
    if (!geo_map_list(req->store, req->arena, &list, err))
        return false;
    for (const Json *item = value->first; item != NULL; item = item->next)
    {
        GeoMap map;
        Entry entry;

        if (!read_entry(req, item, &entry, err))
            return false;
        /* Some clients send back what they know of the maps that they have themselves. */
        if (entry.builtin)
            continue;
        if (!is_read(find(&list, item->key), &entry) && !keep(req, item->key, &entry, &map, err))
            return false;
        put_entry(req, all, item->key, &entry);
    }
    if (value->kind == JSON_OBJECT)
        *kept = all;
    return forget_others(req, &list, all, err);
}

/* ERR_NOT_FOUND when it is not named; what the environment holds is checked here. */
static bool
find_entry(Request *req, const char *key, Entry *entry, Error *err)
{
    const char *text = settings_text(req->settings, req->arena, LIVE_custom_geojson);
    Json *all;

    if (!settings_bool(req->settings, LIVE_custom_geojson_enabled))
        return error_set(err, ERR_INVALID, "maps of one's own are not enabled");
    *entry = (Entry){ 0 };
    if (!json_parse(req->arena, str_of(text), NULL, &all, err))
        return false;
    return (json_get(all, key) != NULL && read_entry(req, json_get(all, key), entry, err)) ||
           error_set(err, ERR_NOT_FOUND, "there is no map %s", key);
}

/* ------------------------------------------------------------------------------------ showing */

bool
geojson_body(Request *req, const char *key, Str *body, const char **etag, Error *err)
{
    Buf text = buf_new(req->arena, 3 * (size_t) GEOJSON_BYTES);
    JsonWriter w = json_writer(&text);
    bool found = false;
    Entry entry;
    GeoMap map;

    if (!find_entry(req, key, &entry, err) ||
        !geo_map_find(req->store, req->arena, key, &map, &found, err))
        return false;
    if (!found || !is_read(&map, &entry))
    {
        (void) error_set(err, ERR_NOT_FOUND, "the map %s was not read yet", key);
        return error_hint(err, "An administrator can have it read.");
    }
    json_begin_object(&w);
    json_put_text(&w, "key", key);
    json_put_text(&w, "name", entry.name);
    json_put_text(&w, "region_key", entry.region_key);
    json_put_text(&w, "region_name", entry.region_name);
    *etag =
        arena_format(req->arena, "%.16s%.16s", sha256_hex(req->arena, buf_slice(&text)), map.etag);
    /* Its own members follow. */
    buf_char(&text, ',');
    buf_text(&text, map.body + 1);
    *body = buf_slice(&text);
    return !text.failed || error_set(err, ERR_TOO_LARGE, "the map %s is too large", key);
}

bool
geojson_is_used(const char *key, const Card *card, const Json *settings)
{
    const char *own = json_text_or(json_get(card->visualization_settings, "map.region"), "");

    return strcmp(json_text_or(json_get(settings, "map.region"), own), key) == 0;
}

static bool
get_map(Request *req, Response *res, Error *err)
{
    const char *etag;
    Str body;

    if (!geojson_body(req, route_param(req->match, "key"), &body, &etag, err))
        return false;
    (void) response_header(res, "Cache-Control", "private, no-cache");
    if (!response_is_fresh(res, etag))
        response_json(res, body);
    return true;
}

/* ----------------------------------------------------------------------- for administrators */

typedef struct UrlQuery
{
    const char *url;
} UrlQuery;

static const Field url_query[] = {
    FIELD(UrlQuery, url, .required = true, .not_blank = true, .max = URL_BYTES),
    { 0 },
};

/* Whole, so that the properties of its regions can be chosen. Nothing is kept. */
static bool
get_far(Request *req, Response *res, Error *err)
{
    const UrlQuery *query = req->query;
    const Entry entry = { .url = query->url };
    const char *body;
    Error why;

    if (!settings_bool(req->settings, LIVE_custom_geojson_enabled))
        return error_set(err, ERR_INVALID, "maps of one's own are not enabled");
    if (!read_far(req, &entry, &body, &why))
        return tell("url", NULL, &why, err);
    response_json(res, str_of(body));
    return true;
}

static void
write_map(JsonWriter *w, const char *key, const Entry *entry, const GeoMap *map)
{
    json_begin_object(w);
    json_put_text(w, "key", key);
    json_put_text(w, "name", entry->name);
    json_put_text(w, "url", entry->url);
    json_put_text(w, "region_key", entry->region_key);
    json_put_text(w, "region_name", entry->region_name);
    json_put_text(w, "read_at", is_read(map, entry) ? map->read_at : NULL);
    json_end_object(w);
}

static bool
list_maps(Request *req, Response *res, Error *err)
{
    const char *text = settings_text(req->settings, req->arena, LIVE_custom_geojson);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    GeoMapList list;
    Json *all;

    if (!json_parse(req->arena, str_of(text), NULL, &all, err) ||
        !geo_map_list(req->store, req->arena, &list, err))
        return false;
    json_begin_array(w);
    for (const Json *item = all->first; item != NULL; item = item->next)
    {
        Entry entry;

        if (read_entry(req, item, &entry, &(Error){ 0 }))
            write_map(w, item->key, &entry, find(&list, item->key));
    }
    json_end_array(w);
    return answer_send(&answer, res, err);
}

/* What is published there may have changed; and what the environment names is read by this. */
static bool
read_again(Request *req, Response *res, Error *err)
{
    const char *key = route_param(req->match, "key");
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Entry entry;
    GeoMap map;

    if (!find_entry(req, key, &entry, err) || !keep(req, key, &entry, &map, err) ||
        !api_audit(req, req->store, "setting-update", "Setting", 0,
                   api_detail(req, "key", "custom-geojson"), err))
        return false;
    write_map(w, key, &entry, &map);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route geojson_routes[] = {
    ROUTE_ON(API,   GET,  "/api/geojson/:key",            get_map,    USER,  "A map that administrators brought"),
    ROUTE_ON(ADMIN, GET,  "/api/geojson",                 get_far,    ADMIN, "The map at an address, before it is kept", .query = url_query),
    ROUTE_ON(ADMIN, GET,  "/api/vigie/geojson",           list_maps,  ADMIN, "Maps of one's own, and when they were read"),
    ROUTE_ON(ADMIN, POST, "/api/vigie/geojson/:key/read", read_again, ADMIN, "Read one anew"),
    { 0 },
};
// clang-format on
