/*
 * From a parsed head to what handlers read: decoded path and query, who asked and through which
 * proxies, and look-ups. Bodies of forms are read in form.c.
 */
#include "http/request.h"

#include "http/url.h"

#include <string.h>
#include <strings.h>

enum
{
    QUERY_PAIRS_MAX = 1000
};

static bool
refuse(HttpRefusal *refusal, int status, const char *reason)
{
    *refusal = (HttpRefusal){ .status = status, .reason = reason };
    return false;
}

/* --- From the head -------------------------------------------------------------------------- */

/* The head is a copy of our own, and after a name or a value there is a byte that nobody needs. */
static const char *
terminate(Str text)
{
    ((char *) text.ptr)[text.len] = '\0';
    return text.ptr;
}

/* "//api///card" is what clients make of an address that ends with a slash. */
static char *
single_slashes(Arena *arena, Str path)
{
    char *out = arena_alloc(arena, path.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] != '/' || len == 0 || out[len - 1] != '/')
            out[len++] = path.ptr[i];
    return out;
}

static bool
set_path(const HttpHead *head, const char *base_path, HttpRequest *req, HttpRefusal *refusal)
{
    const char *path = single_slashes(req->arena, head->path);
    size_t base = strlen(base_path);

    if (strncmp(path, base_path, base) != 0 || (path[base] != '/' && path[base] != '\0'))
        return refuse(refusal, 404, "there is nothing at this address");
    req->raw_path = path[base] == '\0' ? "/" : path + base;
    if (!url_decode(req->arena, str_of(req->raw_path), false, &req->path))
        return refuse(refusal, 400, "the address is not valid UTF-8");
    return true;
}

static bool
set_query(const HttpHead *head, HttpRequest *req, HttpRefusal *refusal)
{
    TextPair *pairs = NULL;

    req->query_text = "";
    if (head->query.ptr == NULL)
        return true;
    if (!url_read_pairs(req->arena, head->query, QUERY_PAIRS_MAX, &pairs, &req->query_count))
        return refuse(refusal, 400, "the query string is not valid");
    req->query = pairs;
    req->query_text = str_copy(req->arena, head->query);
    return true;
}

static void
set_headers(const HttpHead *head, HttpRequest *req)
{
    TextPair *headers = ARENA_ARRAY(req->arena, head->field_count + 1, TextPair);

    for (size_t i = 0; i < head->field_count; i++)
        headers[i] = (TextPair){ .key = terminate(head->fields[i].name),
                                 .value = terminate(head->fields[i].value) };
    req->headers = headers;
    req->header_count = head->field_count;
}

/* The last item of a list, which is what the nearest proxy wrote; it is cut off *list. */
static Str
cut_last(Str *list)
{
    size_t start = list->len;
    Str last;

    while (start > 0 && list->ptr[start - 1] != ',')
        start--;
    last = str_trim((Str){ list->ptr + start, list->len - start });
    list->len = start == 0 ? 0 : start - 1;
    return last;
}

/* From the nearest hop backwards, as long as the hop is one of our proxies. */
static void
follow_forwarded(const NetworkList *trusted, HttpRequest *req)
{
    const char *value = request_header_all(req, "X-Forwarded-For");
    const char *scheme = request_header_all(req, "X-Forwarded-Proto");
    Str hops = str_of(value);
    char text[ADDRESS_TEXT_SIZE];
    Address address;

    while (hops.len > 0)
    {
        if (!address_parse(cut_last(&hops), &address))
            break;
        address_format(&address, text);
        req->client_address = arena_text(req->arena, text);
        if (!networks_contain(trusted, &address))
            break;
    }
    if (scheme != NULL)
    {
        Str schemes = str_of(scheme);

        req->is_https = str_is_nocase(cut_last(&schemes), "https");
    }
}

static void
set_origin(const RequestOrigin *origin, HttpRequest *req)
{
    const NetworkList *trusted = origin->trusted;

    req->peer_address = arena_text(req->arena, origin->peer_text);
    req->client_address = req->peer_address;
    req->plane_mask = origin->plane_mask;
    if (trusted != NULL &&
        (origin->peer == NULL ? trusted->unix_sockets : networks_contain(trusted, origin->peer)))
        follow_forwarded(trusted, req);
}

bool
request_from_head(Arena *arena, const HttpHead *head, const RequestOrigin *origin, HttpRequest *req,
                  HttpRefusal *refusal)
{
    *req = (HttpRequest){
        .method = head->method, .minor = head->minor, .body = { "", 0 }, .arena = arena
    };
    if (head->path.ptr[0] == '*')
        req->path = req->raw_path = "*";
    else if (!set_path(head, origin->base_path, req, refusal))
        return false;
    if (!set_query(head, req, refusal))
        return false;
    /* The target and its parts overlap: what is read from them is copied before they are ended. */
    req->target = str_copy(arena, head->target);
    req->host = str_copy(arena, head->host);
    set_headers(head, req);
    set_origin(origin, req);
    return true;
}

/* --- Looking up ----------------------------------------------------------------------------- */

const char *
request_header(const HttpRequest *req, const char *name)
{
    for (size_t i = 0; i < req->header_count; i++)
        if (strcasecmp(req->headers[i].key, name) == 0)
            return req->headers[i].value;
    return NULL;
}

const char *
request_header_all(const HttpRequest *req, const char *name)
{
    const char *all = NULL;

    for (size_t i = 0; i < req->header_count; i++)
    {
        if (strcasecmp(req->headers[i].key, name) != 0)
            continue;
        if (all == NULL)
            all = req->headers[i].value;
        else
            all = arena_format(req->arena, "%s, %s", all, req->headers[i].value);
    }
    return all;
}

static bool
cookie_find(Arena *arena, Str list, const char *name, const char **value)
{
    Str item;

    while (str_split(&list, ';', &item))
    {
        Str text = str_trim(item);
        Str key;

        if (!str_split(&text, '=', &key) || text.ptr == NULL || !str_is(str_trim(key), name))
            continue;
        text = str_trim(text);
        if (text.len >= 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"')
            text = (Str){ text.ptr + 1, text.len - 2 };
        *value = str_copy(arena, text);
        return true;
    }
    return false;
}

const char *
request_cookie(const HttpRequest *req, const char *name)
{
    const char *value;

    for (size_t i = 0; i < req->header_count; i++)
        if (strcasecmp(req->headers[i].key, "Cookie") == 0 &&
            cookie_find(req->arena, str_of(req->headers[i].value), name, &value))
            return value;
    return NULL;
}

const char *
request_query(const HttpRequest *req, const char *key)
{
    for (size_t i = 0; i < req->query_count; i++)
        if (strcmp(req->query[i].key, key) == 0)
            return req->query[i].value;
    return NULL;
}

TextList
request_query_all(const HttpRequest *req, const char *key)
{
    TextList list = { .items = ARENA_ARRAY(req->arena, req->query_count + 1, const char *) };

    for (size_t i = 0; i < req->query_count; i++)
        if (strcmp(req->query[i].key, key) == 0)
            list.items[list.count++] = req->query[i].value;
    return list;
}

static Str
media_type(const HttpRequest *req)
{
    Str value = str_of(request_header(req, "Content-Type"));
    Str type = value;

    (void) str_split(&value, ';', &type); /* there is always a first part */
    return str_trim(type);
}

bool
request_has_type(const HttpRequest *req, const char *type)
{
    return str_is_nocase(media_type(req), type);
}

bool
request_has_json(const HttpRequest *req)
{
    Str type = media_type(req);

    return str_is_nocase(type, "application/json") ||
           (type.len > 5 && str_is_nocase((Str){ type.ptr + type.len - 5, 5 }, "+json"));
}

bool
request_wants_html(const HttpRequest *req)
{
    const char *accept = request_header_all(req, "Accept");

    return accept != NULL && strcasestr(accept, "text/html") != NULL;
}

bool
request_json(const HttpRequest *req, const JsonLimits *limits, Json **tree, Error *err)
{
    if (req->body.len == 0)
    {
        *tree = NULL;
        return true;
    }
    if (!request_has_json(req))
    {
        (void) error_set(err, ERR_MEDIA, "the body is not declared as JSON");
        return error_hint(err, "Send the header Content-Type: application/json.");
    }
    return json_parse(req->arena, req->body, limits, tree, err);
}

bool
request_has_etag(const HttpRequest *req, const char *etag)
{
    const char *at = request_header_all(req, "If-None-Match");
    size_t len = strlen(etag);

    if (at == NULL)
        return false;
    if (strcmp(at, "*") == 0)
        return true;
    for (at = strchr(at, '"'); at != NULL; at = strchr(at, '"'))
    {
        const char *end = strchr(++at, '"');

        if (end == NULL)
            return false;
        if ((size_t) (end - at) == len && memcmp(at, etag, len) == 0)
            return true;
        at = end + 1;
    }
    return false;
}
