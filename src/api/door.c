/* The rules for values of frames are a table of four lines in words that clients know. */
#include "api/door.h"

#include "api/answer.h"
#include "auth/token.h"
#include "base/crypto.h"
#include "store/share.h"

#include <string.h>

/* --- Opening ---------------------------------------------------------------------------------- */

static DoorKind
kind_of(const Request *req)
{
    if (strncmp(req->http->path, "/api/preview_embed/", 19) == 0 ||
        strncmp(req->http->path, "/preview_embed/", 15) == 0)
        return DOOR_PREVIEW;
    return strncmp(req->http->path, "/api/public/", 12) == 0 ||
                   strncmp(req->http->path, "/public/", 8) == 0
               ? DOOR_PUBLIC
               : DOOR_SIGNED;
}

const char *
door_name(const Door *door)
{
    return door->kind == DOOR_PUBLIC ? "public" : "embedded";
}

const char *
door_word(const Door *door)
{
    static const char *const words[] = {
        [DOOR_PUBLIC] = "public", [DOOR_SIGNED] = "embed", [DOOR_PREVIEW] = "preview_embed"
    };

    return words[door->kind];
}

const char *
door_preview_key(Request *req)
{
    uint8_t digest[SHA256_BYTES];

    if (req->who.session_token == NULL)
        return NULL;
    hmac_sha256(str_of(req->who.session_token), str_of("a preview of what is published"), digest);
    return hex_encode(req->arena, digest, sizeof(digest));
}

static bool
nothing_here(Error *err)
{
    return error_set(err, ERR_NOT_FOUND, "nothing is published here");
}

static bool
is_uuid(const char *text)
{
    return strlen(text) == 36 && strspn(text, "0123456789abcdefABCDEF-") == 36;
}

/* Values by slug; some languages write an empty map as an empty list. */
static bool
check_params(const Json *params, Error *err)
{
    if (params == NULL)
        return error_set(err, ERR_INVALID, "Token is missing value for keypath [:params]");
    return params->kind == JSON_OBJECT || params->kind == JSON_NULL ||
           (params->kind == JSON_ARRAY && params->count == 0) ||
           error_set(err, ERR_INVALID, "Token has no map for keypath [:params]");
}

/* A preview is signed for the session that looks, or as frames are. */
static bool
read_claims(Request *req, Door *door, Error *err)
{
    const char *token = route_param(req->match, "token");
    const char *secret = settings_text(req->settings, req->arena, LIVE_embedding_secret_key);
    const char *own = door->kind == DOOR_PREVIEW ? door_preview_key(req) : NULL;

    return (own != NULL &&
            token_read(req->arena, token, own, time_now(), &door->claims, &(Error){ 0 })) ||
           token_read(req->arena, token, secret, time_now(), &door->claims, err);
}

/* The claims of the token, and the id of what it is about. */
static bool
read_token(Request *req, const char *what, Door *door, int64_t *id, Error *err)
{
    if (door->kind == DOOR_SIGNED && !settings_bool(req->settings, LIVE_enable_embedding_static))
        return error_set(err, ERR_INVALID, "Embedding is not enabled.");
    if (!read_claims(req, door, err))
        return false;
    if (json_get(door->claims, "resource") == NULL)
        return error_set(err, ERR_INVALID, "Token is missing value for keypath [:resource]");
    if (!json_to_int(json_path(door->claims, "resource", what, NULL), id))
        return error_set(err, ERR_INVALID, "Token is missing value for keypath [:resource :%s]",
                         what);
    return check_params(json_get(door->claims, "params"), err);
}

/* A preview may say itself which filters are how. */
static bool
read_states(Door *door, bool enabled, const Json *states, Error *err)
{
    const Json *own = json_get(door->claims, "_embedding_params");

    if (door->kind == DOOR_SIGNED && !enabled)
        return error_set(err, ERR_INVALID, "Embedding is not enabled for this object.");
    door->states = door->kind == DOOR_PREVIEW && own != NULL ? own : states;
    return true;
}

static bool
not_found(const Door *door, Error *err)
{
    if (err->code == ERR_NOT_FOUND && door->kind != DOOR_PUBLIC)
        return error_set(err, ERR_NOT_FOUND, "Not found.");
    return err->code == ERR_NOT_FOUND ? nothing_here(err) : false;
}

/* The password of "Authorization: Basic ..."; NULL when there is none. */
static const char *
sent_password(Request *req)
{
    const char *header = request_header(req->http, "Authorization");
    const char *colon;
    Str plain;

    if (header == NULL || strncasecmp(header, "Basic ", 6) != 0 ||
        !base64_decode(req->arena, str_of(header + 6), &plain))
        return NULL;
    colon = memchr(plain.ptr, ':', plain.len);
    if (colon == NULL)
        return NULL;
    return arena_text_n(req->arena, colon + 1, plain.len - (size_t) (colon + 1 - plain.ptr));
}

static bool
check_password(Request *req, const char *hash, Error *err)
{
    const char *address = req->http->client_address;
    const char *password = sent_password(req);
    bool old;

    if (password == NULL)
        return error_set(err, ERR_UNAUTHENTICATED, "this page asks for a password");
    if (!throttle_check(req->app->throttle, &throttle_address, address, err))
        return false;
    if (!password_verify(password, "", hash, &old))
    {
        throttle_failed(req->app->throttle, &throttle_address, address);
        return error_set(err, ERR_UNAUTHENTICATED, "this is not the password of this page");
    }
    throttle_passed(req->app->throttle, &throttle_address, address);
    return true;
}

/* What its owner said when it was published. */
static bool
check_share(Request *req, Door *door, const char *model, int64_t id, Error *err)
{
    Share share;

    if (!share_find(req->store, req->arena, model, id, &share, err))
        return false;
    if (share.expires_at != NULL && time_parse(str_of(share.expires_at), &door->ends_at) &&
        door->ends_at <= time_now())
        return error_set(err, ERR_GONE, "this is no longer published");
    door->is_private = share.password != NULL;
    door->small_cells = share.small_cells;
    door->tab = share.tab_id;
    return door->kind != DOOR_PUBLIC || share.password == NULL ||
           check_password(req, share.password, err);
}

bool
door_shows(const Door *door, const Dashcard *dashcard)
{
    return !door->tab.set ||
           (dashcard->dashboard_tab_id.set && dashcard->dashboard_tab_id.value == door->tab.value);
}

bool
door_dashcards(Request *req, const Door *door, DashcardList *list, Error *err)
{
    size_t kept = 0;

    if (!dashcard_list(req->store, req->arena, door->dashboard.id, list, err))
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (door_shows(door, &list->items[i]))
            list->items[kept++] = list->items[i];
    list->count = kept;
    return true;
}

bool
door_tabs(Request *req, const Door *door, TabList *list, Error *err)
{
    size_t kept = 0;

    if (!tab_list(req->store, req->arena, door->dashboard.id, list, err))
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (!door->tab.set || list->items[i].id == door->tab.value)
            list->items[kept++] = list->items[i];
    list->count = kept;
    return true;
}

/* Of a dashboard that is published for one tab, nothing is left when that tab goes. */
static bool
check_tab(Request *req, const Door *door, Error *err)
{
    TabList tabs;

    if (!door->tab.set)
        return true;
    return door_tabs(req, door, &tabs, err) &&
           (tabs.count > 0 || error_set(err, ERR_GONE, "this tab is gone"));
}

int64_t
door_seconds(const Door *door, int64_t seconds)
{
    int64_t rest = door->ends_at == 0 ? seconds : (door->ends_at - time_now()) / SECOND_US;

    if (door->kind != DOOR_PUBLIC || door->is_private || rest < 0)
        return 0;
    return rest < seconds ? rest : seconds;
}

bool
door_open_card(Request *req, Door *door, Error *err)
{
    const char *uuid = route_param(req->match, "uuid");
    int64_t id;

    *door = (Door){ .kind = kind_of(req) };
    if (door->kind != DOOR_PUBLIC)
        return read_token(req, "question", door, &id, err) &&
               (card_find(req->store, req->arena, id, &door->card, err) || not_found(door, err)) &&
               (!door->card.archived || nothing_here(err)) &&
               read_states(door, door->card.enable_embedding, door->card.embedding_params, err) &&
               check_share(req, door, "card", door->card.id, err);
    if (!settings_bool(req->settings, LIVE_enable_public_sharing) || !is_uuid(uuid))
        return nothing_here(err);
    return (card_find_by_uuid(req->store, req->arena, uuid, &door->card, err) ||
            not_found(door, err)) &&
           (!door->card.archived || nothing_here(err)) &&
           check_share(req, door, "card", door->card.id, err);
}

bool
door_open_dashboard(Request *req, Door *door, Error *err)
{
    const char *uuid = route_param(req->match, "uuid");
    int64_t id;

    *door = (Door){ .kind = kind_of(req) };
    if (door->kind != DOOR_PUBLIC)
        return read_token(req, "dashboard", door, &id, err) &&
               (dashboard_find(req->store, req->arena, id, &door->dashboard, err) ||
                not_found(door, err)) &&
               (!door->dashboard.archived || nothing_here(err)) &&
               read_states(door, door->dashboard.enable_embedding, door->dashboard.embedding_params,
                           err) &&
               check_share(req, door, "dashboard", door->dashboard.id, err) &&
               check_tab(req, door, err);
    if (!settings_bool(req->settings, LIVE_enable_public_sharing) || !is_uuid(uuid))
        return nothing_here(err);
    return (dashboard_find_by_uuid(req->store, req->arena, uuid, &door->dashboard, err) ||
            not_found(door, err)) &&
           (!door->dashboard.archived || nothing_here(err)) &&
           check_share(req, door, "dashboard", door->dashboard.id, err) &&
           check_tab(req, door, err);
}

/* --- Filters ------------------------------------------------------------------------------------
 */

const Json *
door_parameters(Request *req, const Door *door)
{
    if (door->dashboard.id != 0)
        return door->dashboard.parameters;
    return ask_card_parameters(req->arena, &door->card);
}

static const char *
slug_of(const Json *parameter)
{
    return json_text_or(json_get(parameter, "slug"), "");
}

/* What is not named is disabled. */
static const char *
state_of(const Door *door, const char *slug)
{
    if (door->kind == DOOR_PUBLIC)
        return "enabled";
    return json_text_or(json_get(door->states, slug), "disabled");
}

static bool
is_wired(const Dashcard *dashcard, const char *id)
{
    const Json *mappings = dashcard->parameter_mappings;

    for (const Json *item = mappings == NULL ? NULL : mappings->first; item != NULL;
         item = item->next)
        if (strcmp(json_text_or(json_get(item, "parameter_id"), ""), id) == 0)
            return true;
    return false;
}

/* Of one tab, the filters that touch something there. */
static bool
is_used(const Door *door, const DashcardList *cards, const Json *parameter)
{
    const char *id = json_text_or(json_get(parameter, "id"), "");

    for (size_t i = 0; door->tab.set && i < cards->count; i++)
        if (is_wired(&cards->items[i], id))
            return true;
    return !door->tab.set;
}

const Json *
door_shown_parameters(Request *req, const Door *door)
{
    const Json *all = door_parameters(req, door);
    const Json *fixed = json_get(door->claims, "params");
    Json *list = json_new(req->arena, JSON_ARRAY);
    DashcardList cards = { 0 };

    /* Without its cards, no filter is shown: the page itself says why. */
    if (door->tab.set && !door_dashcards(req, door, &cards, &(Error){ 0 }))
        return list;

    for (const Json *item = all == NULL ? NULL : all->first; item != NULL; item = item->next)
        if (strcmp(state_of(door, slug_of(item)), "enabled") == 0 &&
            json_get(fixed, slug_of(item)) == NULL && is_used(door, &cards, item))
            (void) json_add(list, json_share(req->arena, item));
    return list;
}

static const Json *
find_slug(const Json *list, const char *slug)
{
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        if (strcmp(slug_of(item), slug) == 0)
            return item;
    return NULL;
}

static bool
is_blank(const Json *value)
{
    return value == NULL || value->kind == JSON_NULL ||
           (value->kind == JSON_TEXT && value->text[0] == '\0');
}

static void
add_value(Arena *arena, Json *list, const Json *parameter, const Json *value)
{
    Json *made = json_new(arena, JSON_OBJECT);

    /* An empty list is no filter at all. */
    if (value->kind == JSON_ARRAY && value->count == 0)
        return;
    (void) json_put(arena, made, "id", json_share(arena, json_get(parameter, "id")));
    (void) json_put(arena, made, "slug", json_share(arena, json_get(parameter, "slug")));
    (void) json_put(arena, made, "value", json_share(arena, value));
    (void) json_add(list, made);
}

/* Values by slug from the address: ?state=TX&state=NY, or ?parameters={"state": ["TX"]}. */
static bool
values_in_address(Request *req, const Json *sent, Json *values, Error *err)
{
    const char *text = request_query(req->http, "parameters");
    Json *tree = NULL;

    if (sent == NULL && text != NULL)
    {
        if (!json_parse(req->arena, str_of(text), NULL, &tree, &(Error){ 0 }) ||
            tree->kind != JSON_OBJECT)
            return error_set(err, ERR_INVALID, "parameters must be JSON: an object of values");
        sent = tree;
    }
    for (const Json *item = sent == NULL || sent->kind != JSON_OBJECT ? NULL : sent->first;
         item != NULL; item = item->next)
        (void) json_put(req->arena, values, item->key, json_share(req->arena, item));
    for (size_t i = 0; i < req->http->query_count; i++)
    {
        const char *slug = req->http->query[i].key;
        TextList all = request_query_all(req->http, slug);
        Json *several = json_new(req->arena, JSON_ARRAY);

        if (strcmp(slug, "parameters") == 0 || strcmp(slug, "format_rows") == 0 ||
            strcmp(slug, "pivot_results") == 0)
            continue;
        for (size_t v = 0; v < all.count; v++)
            (void) json_add(several, json_new_text(req->arena, all.items[v]));
        (void) json_put(req->arena, values, slug,
                        all.count == 1 ? json_new_text(req->arena, all.items[0]) : several);
    }
    return true;
}

/* The four rules, for one slug that is declared. */
static bool
check_slug(const char *state, const char *slug, const Json *fixed, const Json *sent, Error *err)
{
    bool given = !is_blank(sent);

    if (strcmp(state, "disabled") == 0 && (given || !is_blank(fixed)))
        return error_set(err, ERR_INVALID, "You're not allowed to specify a value for :%s.", slug);
    if (strcmp(state, "locked") == 0 && given)
        return error_set(err, ERR_INVALID, "You can only specify a value for :%s in the JWT.",
                         slug);
    if (strcmp(state, "locked") == 0 && is_blank(fixed))
        return error_set(err, ERR_INVALID, "You must specify a value for :%s in the JWT.", slug);
    if (strcmp(state, "enabled") == 0 && given && fixed != NULL)
        return error_set(err, ERR_INVALID,
                         "You can't specify a value for :%s if it's already set in the JWT.", slug);
    return true;
}

static bool
check_known(const Json *values, const Json *declared, Error *err)
{
    for (const Json *item = values == NULL ? NULL : values->first; item != NULL; item = item->next)
        if (find_slug(declared, item->key) == NULL)
            return error_set(err, ERR_INVALID, "Unknown parameter :%s.", item->key);
    return true;
}

static bool
signed_values(Request *req, const Door *door, const Json *sent, Json *list, Error *err)
{
    const Json *declared = door_parameters(req, door);
    const Json *fixed = json_get(door->claims, "params");
    Json *asked = json_new(req->arena, JSON_OBJECT);

    if (!values_in_address(req, sent, asked, err) || !check_known(fixed, declared, err) ||
        !check_known(asked, declared, err))
        return false;
    for (const Json *item = declared == NULL ? NULL : declared->first; item != NULL;
         item = item->next)
    {
        const char *slug = slug_of(item);
        const Json *own = json_get(fixed, slug), *given = json_get(asked, slug);

        if (!check_slug(state_of(door, slug), slug, own, given, err))
            return false;
        if (!is_blank(own))
            add_value(req->arena, list, item, own);
        else if (!is_blank(given))
            add_value(req->arena, list, item, given);
    }
    return true;
}

const Json *
door_fixed(Request *req, const Door *door)
{
    const Json *declared = door_parameters(req, door);
    const Json *fixed = json_get(door->claims, "params");
    Json *list = json_new(req->arena, JSON_ARRAY);

    if (door->kind == DOOR_PUBLIC)
        return NULL;
    for (const Json *item = declared == NULL ? NULL : declared->first; item != NULL;
         item = item->next)
        if (!is_blank(json_get(fixed, slug_of(item))))
            add_value(req->arena, list, item, json_get(fixed, slug_of(item)));
    return list;
}

/* Of public links: [{id, value}...]. What else a stranger writes there is not looked at. */
static bool
public_values(Request *req, const Door *door, const Json *sent, Json *list, Error *err)
{
    const char *text = request_query(req->http, "parameters");
    const Json *declared = door_parameters(req, door);
    Json *tree = NULL;

    if (sent == NULL && text != NULL)
    {
        if (!json_parse(req->arena, str_of(text), NULL, &tree, &(Error){ 0 }))
            return error_set(err, ERR_INVALID, "parameters must be JSON: a list of values");
        sent = tree;
    }
    if (sent == NULL || sent->kind != JSON_ARRAY)
        return true;
    for (const Json *item = sent->first; item != NULL; item = item->next)
    {
        const char *id = json_text_or(json_get(item, "id"), "");
        const Json *own = NULL;

        for (const Json *known = declared == NULL ? NULL : declared->first; known != NULL;
             known = known->next)
            if (strcmp(json_text_or(json_get(known, "id"), "-"), id) == 0)
                own = known;
        if (own == NULL)
            return error_set(err, ERR_INVALID, "there is no such parameter here");
        if (json_get(item, "value") != NULL)
            add_value(req->arena, list, own, json_get(item, "value"));
    }
    return true;
}

bool
door_values(Request *req, const Door *door, const Json *sent, const Json **values, Error *err)
{
    Json *list = json_new(req->arena, JSON_ARRAY);

    *values = list;
    return door->kind == DOOR_PUBLIC ? public_values(req, door, sent, list, err)
                                     : signed_values(req, door, sent, list, err);
}
