/*
 * What handlers say about an answer: status, fields, body. How it becomes bytes is in
 * response_send.c.
 */
#include "http/response.h"

#include "http/response_private.h"
#include "http/url.h"

#include <string.h>
#include <strings.h>

void
response_init(Response *res, HttpRequest *req)
{
    *res = (Response){ .req = req };
}

void
response_status(Response *res, int status)
{
    if (status < 200 || status > 599)
        res->broken = true;
    else
        res->status = status;
}

int
response_get_status(const Response *res)
{
    return res->status;
}

/* --- Header fields -------------------------------------------------------------------------- */

static bool
name_is_valid(const char *name)
{
    return name[0] != '\0' && name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                "abcdefghijklmnopqrstuvwxyz0123456789-_")] == '\0';
}

static bool
value_is_valid(const char *value)
{
    for (; *value != '\0'; value++)
        if ((unsigned char) *value < 0x20 || *value == 0x7f)
            return false;
    return true;
}

static bool
is_one_of(const char *name, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcasecmp(name, *list) == 0)
            return true;
    return false;
}

static TextPair *
field_lookup(const Response *res, const char *name)
{
    for (size_t i = 0; i < res->field_count; i++)
        if (strcasecmp(res->fields[i].key, name) == 0)
            return (TextPair *) &res->fields[i];
    return NULL;
}

bool
response_header(Response *res, const char *name, const char *value)
{
    static const char *const own[] = { "Content-Length", "Transfer-Encoding", "Connection", "Date",
                                       NULL };
    static const char *const repeated[] = { "Set-Cookie", "Vary", "Link", NULL };
    TextPair *field = is_one_of(name, repeated) ? NULL : field_lookup(res, name);

    if (!name_is_valid(name) || !value_is_valid(value) || is_one_of(name, own) ||
        (field == NULL && res->field_count == RESPONSE_FIELDS_MAX))
    {
        res->broken = true;
        return false;
    }
    if (field == NULL)
        field = &res->fields[res->field_count++];
    field->key = arena_text(res->req->arena, name);
    field->value = arena_text(res->req->arena, value);
    return true;
}

bool
response_has_header(const Response *res, const char *name)
{
    return field_lookup(res, name) != NULL;
}

/* A plain name for old clients, the true one in the form of RFC 5987 for the others. */
void
response_attachment(Response *res, const char *filename)
{
    Buf value = buf_new(res->req->arena, 8192);

    buf_text(&value, "attachment; filename=\"");
    for (const char *at = filename; *at != '\0'; at++)
    {
        bool safe = *at >= ' ' && *at < 0x7f && strchr("\"\\/%;", *at) == NULL;

        if (((unsigned char) *at & 0xc0) != 0x80)
            buf_char(&value, safe ? *at : '_');
    }
    buf_text(&value, "\"; filename*=UTF-8''");
    url_add(&value, filename);
    if (value.failed || !str_is_utf8(str_of(filename)))
        res->broken = true;
    else
        (void) response_header(res, "Content-Disposition", buf_cstr(&value)); /* marks by itself */
}

static bool
cookie_text_is_valid(const char *text, const char *refused)
{
    return value_is_valid(text) && text[strcspn(text, refused)] == '\0';
}

void
response_cookie(Response *res, const HttpCookie *cookie)
{
    static const char *const sites[] = { "Lax", "Strict", "None" };
    const char *path = cookie->path == NULL ? "/" : cookie->path;
    Buf text = buf_new(res->req->arena, 8192);

    if (cookie->name[0] == '\0' || !cookie_text_is_valid(cookie->name, "=;, \"\\()<>@:/[]?{}") ||
        !cookie_text_is_valid(cookie->value, ";, \"\\") || !cookie_text_is_valid(path, ";"))
    {
        res->broken = true;
        return;
    }
    buf_text(&text, cookie->name);
    buf_char(&text, '=');
    buf_text(&text, cookie->value);
    buf_text(&text, "; Path=");
    buf_text(&text, path);
    if (cookie->max_age != 0)
    {
        buf_text(&text, "; Max-Age=");
        buf_int(&text, cookie->max_age < 0 ? 0 : cookie->max_age);
    }
    if (cookie->max_age < 0)
        buf_text(&text, "; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    if (cookie->http_only)
        buf_text(&text, "; HttpOnly");
    buf_text(&text, "; SameSite=");
    buf_text(&text, sites[cookie->same_site]);
    if (cookie->secure || cookie->same_site == SAME_SITE_NONE)
        buf_text(&text, "; Secure");
    res->broken = res->broken || text.failed;
    (void) response_header(res, "Set-Cookie", buf_cstr(&text)); /* marks by itself */
}

/* --- Bodies --------------------------------------------------------------------------------- */

static void
drop_body(Response *res)
{
    if (res->release != NULL)
        res->release(res->owner);
    res->release = NULL;
    res->type = NULL;
    res->body = (Str){ NULL, 0 };
}

void
response_body(Response *res, const char *type, Str body)
{
    drop_body(res);
    if (res->status == 0)
        res->status = 200;
    if (!value_is_valid(type))
        res->broken = true;
    res->type = arena_text(res->req->arena, type);
    res->body = body;
}

void
response_body_shared(Response *res, const char *type, Str body, void (*release)(void *owner),
                     void *owner)
{
    response_body(res, type, body);
    res->release = release;
    res->owner = owner;
}

void
response_json(Response *res, Str json)
{
    response_body(res, "application/json;charset=utf-8", json);
}

void
response_text(Response *res, int status, const char *text)
{
    response_status(res, status);
    response_body(res, "text/plain;charset=utf-8", str_of(arena_text(res->req->arena, text)));
}

void
response_empty(Response *res, int status)
{
    drop_body(res);
    response_status(res, status);
}

void
response_redirect(Response *res, int status, const char *location)
{
    bool is_path = location[0] == '/' && location[1] != '/' && location[1] != '\\';
    bool is_address = strncmp(location, "https://", 8) == 0 || strncmp(location, "http://", 7) == 0;

    response_empty(res, status);
    if (!is_path && !is_address)
        res->broken = true;
    (void) response_header(res, "Location", location); /* marks by itself */
}

/* --- Entity tags ---------------------------------------------------------------------------- */

static bool
is_read(const Response *res)
{
    return res->req->method == GET || res->req->method == HEAD;
}

bool
response_is_fresh(Response *res, const char *etag)
{
    if (strchr(etag, '"') != NULL)
        res->broken = true;
    (void) response_header(res, "ETag", arena_format(res->req->arena, "W/\"%s\"", etag));
    if (!is_read(res) || !request_has_etag(res->req, etag))
        return false;
    response_empty(res, 304);
    return true;
}

void
response_keep_plain(Response *res)
{
    res->plain = true;
}

/* The forms are different representations: each has its own strong tag. */
void
response_asset(Response *res, const HttpAsset *asset)
{
    unsigned offered = ENCODING_BIT(ENCODING_IDENTITY);
    HttpEncoding encoding;
    const char *tag;

    for (int i = ENCODING_IDENTITY + 1; i < ENCODING_COUNT; i++)
        if (asset->forms[i].len > 0)
            offered |= ENCODING_BIT(i);
    encoding = encoding_choose(request_header_all(res->req, "Accept-Encoding"), offered);
    res->plain = true;
    if (offered != ENCODING_BIT(ENCODING_IDENTITY))
        (void) response_header(res, "Vary", "Accept-Encoding");
    if (asset->cache_control != NULL)
        (void) response_header(res, "Cache-Control", asset->cache_control);
    if (asset->etag != NULL)
    {
        tag = encoding == ENCODING_IDENTITY
                  ? asset->etag
                  : arena_format(res->req->arena, "%s-%s", asset->etag, encoding_name(encoding));
        (void) response_header(res, "ETag", arena_format(res->req->arena, "\"%s\"", tag));
        if (is_read(res) && request_has_etag(res->req, tag))
        {
            response_empty(res, 304);
            return;
        }
    }
    if (encoding != ENCODING_IDENTITY)
        (void) response_header(res, "Content-Encoding", encoding_name(encoding));
    response_body(res, asset->type, asset->forms[encoding]);
}

void
response_asset_shared(Response *res, const HttpAsset *asset, void (*release)(void *owner),
                      void *owner)
{
    response_asset(res, asset);
    res->release = release;
    res->owner = owner;
}
