/* A file is sent, or named by its address: `url` is then "sent:districts.geojson", or https. Both
 * are read by the same rules. Addresses that people give are asked with care: https, no private
 * network but for hosts that the start of the server named, few bytes, little time, and the answer
 * must be outlines. */
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
    REDIRECTS = 3,
    MOST_PARTS = 4
};

static const char sent_scheme[] = "sent:";

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

static bool
is_sent(const char *url)
{
    return strncmp(url, sent_scheme, strlen(sent_scheme)) == 0;
}

/* Of a file that was sent, what was kept is all there is. */
static bool
read_kept(Request *req, const char *key, const Entry *entry, const char **body, Error *err)
{
    bool found = false;
    GeoMap map;

    if (!geo_map_find(req->store, req->arena, key, &map, &found, err))
        return false;
    if (!found || !is_same(map.url, entry->url))
        return error_set(err, ERR_INVALID, "its file was not sent");
    return geojson_read(req->arena, str_of(map.body), entry->region_key, entry->region_name, body,
                        err);
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
put_map(Request *req, const char *key, const Entry *entry, const char *body, GeoMap *map,
        Error *err)
{
    *map = (GeoMap){ .key = key,
                     .url = entry->url,
                     .region_key = entry->region_key,
                     .region_name = entry->region_name,
                     .body = body };
    return geo_map_put(req->store, req->arena, map, err);
}

static bool
keep(Request *req, const char *key, const Entry *entry, GeoMap *map, Error *err)
{
    const char *body;
    Error why;

    if (is_sent(entry->url) ? !read_kept(req, key, entry, &body, &why)
                            : !read_far(req, entry, &body, &why))
        return tell("custom-geojson", key, &why, err);
    return put_map(req, key, entry, body, map, err);
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

    if (!find_entry(req, key, &entry, err))
        return false;
    if (is_sent(entry.url))
        return error_set(err, ERR_INVALID, "the map %s was sent as a file: send it again", key);
    if (!keep(req, key, &entry, &map, err) ||
        !api_audit(req, req->store, "setting-update", "Setting", 0,
                   api_detail(req, "key", "custom-geojson"), err))
        return false;
    write_map(w, key, &entry, &map);
    return answer_send(&answer, res, err);
}

/* ----------------------------------------------------------------------------- files that are sent
 */

static bool
is_text(Str text)
{
    return str_is_utf8(text) && memchr(text.ptr, 0, text.len) == NULL;
}

/* The form says what the setting says of other maps. */
static bool
read_form(Request *req, Entry *entry, Str *text, Error *err)
{
    static const char *const names[] = { "name", "region_key", "region_name" };
    Json *item = json_new(req->arena, JSON_OBJECT);
    const FormPart *file;
    FormPart *parts;
    size_t count;

    if (!request_multipart(req->http, MOST_PARTS, &parts, &count, err))
        return false;
    file = form_part(parts, count, "file");
    if (file == NULL || file->filename == NULL || file->filename[0] == '\0' ||
        !is_text(str_of(file->filename)))
        return error_field(err, "file", "send a file of GeoJSON.");
    if (file->body.len > GEOJSON_BYTES)
        return error_field(err, "file", "the file must hold at most %d bytes.", GEOJSON_BYTES);
    for (size_t i = 0; i < COUNT_OF(names); i++)
    {
        const FormPart *part = form_part(parts, count, names[i]);

        if (part != NULL && !is_text(part->body))
            return error_field(err, names[i], "value must be a text.");
        if (part != NULL && part->body.len > 0)
            (void) json_put(req->arena, item, names[i],
                            json_new_text(req->arena, arena_text_n(req->arena, part->body.ptr,
                                                                   part->body.len)));
    }
    (void) json_put(
        req->arena, item, "url",
        json_new_text(req->arena, arena_format(req->arena, "%s%s", sent_scheme, file->filename)));
    *text = file->body;
    *entry = (Entry){ 0 };
    return bind_read(req->arena, entry_fields, item, entry, err);
}

/* The setting with this map in it, in the place of the one with its key. */
static bool
name_map(Request *req, const char *key, const Entry *entry, Error *err)
{
    const char *text = settings_text(req->settings, req->arena, LIVE_custom_geojson);
    Json *all = json_new(req->arena, JSON_OBJECT), *known;

    if (!json_parse(req->arena, str_of(text), NULL, &known, err))
        return false;
    for (const Json *item = known->first; item != NULL; item = item->next)
        if (strcmp(item->key, key) != 0)
            (void) json_put(req->arena, all, item->key, json_share(req->arena, item));
    put_entry(req, all, key, entry);
    if (all->count > MOST_MAPS)
        return error_field(err, "custom-geojson", "there may be %d maps at most.", MOST_MAPS);
    return settings_put(req->settings, LIVE_custom_geojson, all, err) &&
           api_audit(req, req->store, "setting-update", "Setting", 0,
                     api_detail(req, "key", "custom-geojson"), err);
}

static bool
post_file(Request *req, Response *res, Error *err)
{
    const char *key = route_param(req->match, "key");
    const char *body;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Entry entry;
    GeoMap map;
    Error why;
    Str text;

    if (settings_is_fixed(req->settings, LIVE_custom_geojson))
        return error_set(err, ERR_INVALID, "the start of the server says which maps there are");
    if (!check_key(key, err) || !read_form(req, &entry, &text, err))
        return false;
    if (!geojson_read(req->arena, text, entry.region_key, entry.region_name, &body, &why))
        return tell("file", NULL, &why, err);
    if (!name_map(req, key, &entry, err) || !put_map(req, key, &entry, body, &map, err))
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
    ROUTE_ON(ADMIN, POST, "/api/vigie/geojson/:key/file", post_file,  ADMIN, "Send the file of one (multipart: file, name, region_key, region_name)"),
    { 0 },
};
// clang-format on
