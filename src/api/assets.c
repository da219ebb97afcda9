/*
 * Serves the front-end. Its files have hashed names and are kept for ever; the page is made per
 * response, with a nonce for styles and what the app needs to begin.
 */
#include "api/assets.h"

#include "api/answer.h"
#include "api/dashboard.h"
#include "api/frames.h"
#include "api/html.h"
#include "api/setup.h"
#include "api/tables.h"
#include "api/user_json.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/map.h"

#include <dirent.h>
#include <string.h>

enum
{
    MAX_FILE = 8 * 1024 * 1024,
    MAX_PAGE = 256 * 1024,
    MAX_DASHBOARD = 1024 * 1024
};

static const char for_ever[] = "public, max-age=31536000, immutable";
static const char for_an_hour[] = "public, max-age=3600"; /* names that other sites know */

struct Assets
{
    Map *by_path;            /* "/app/a/x.js" to HttpAsset */
    const char *page;        /* index.html of the app, with its holes */
    const char *public_page; /* the same of the public pages */
    Map *parts;              /* "app/home.part.html" to links to what that part of the app needs */
};

/* Folder of the build, and the path where its files are served. */
static const struct
{
    const char *folder;
    const char *url;
    const char *cache_control;
} builds[] = { { "app/", "/app/a/", for_ever },
               { "public/", "/app/p/", for_ever },
               { "host/", "/app/", for_an_hour } };

static void
add_file(App *app, const EmbeddedFile *file)
{
    Assets *assets = app->assets;

    if (strcmp(file->path, "app/index.html") == 0)
        assets->page = file->plain.ptr;
    if (strcmp(file->path, "public/index.html") == 0)
        assets->public_page = file->plain.ptr;
    if (str_has_suffix(str_of(file->path), ".part.html"))
        map_put(assets->parts, file->path, (char *) (uintptr_t) file->plain.ptr);
    for (size_t i = 0; i < COUNT_OF(builds); i++)
    {
        HttpAsset *asset;

        if (!str_has_prefix(str_of(file->path), builds[i].folder) ||
            str_has_suffix(str_of(file->path), ".html"))
            continue;
        asset = ARENA_NEW(app->arena, HttpAsset);
        *asset = (HttpAsset){ .type = file->type,
                              .etag = file->etag,
                              .cache_control = builds[i].cache_control };
        asset->forms[ENCODING_IDENTITY] = file->plain;
        asset->forms[ENCODING_GZIP] = file->gzip;
        asset->forms[ENCODING_BR] = file->br;
        map_put(
            assets->by_path,
            arena_format(app->arena, "%s%s", builds[i].url, file->path + strlen(builds[i].folder)),
            asset);
    }
}

/* ------------------------------------------------- a build in a folder, while developing */

static const char *
type_of(const char *path)
{
    static const struct
    {
        const char *suffix;
        const char *type;
    } types[] = {
        { ".js", "text/javascript; charset=utf-8" },
        { ".css", "text/css; charset=utf-8" },
        { ".svg", "image/svg+xml" },
        { ".woff2", "font/woff2" },
        { ".html", "text/html; charset=utf-8" },
        { ".json", "application/json" },
        { ".png", "image/png" },
        { ".ico", "image/x-icon" },
    };

    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (str_has_suffix(str_of(path), types[i].suffix))
            return types[i].type;
    return "application/octet-stream";
}

static void
folder_close(DIR **folder)
{
    if (*folder != NULL)
        (void) closedir(*folder);
}

static bool
add_folder(App *app, const char *root, const char *path, Error *err)
{
    CLEANUP(folder_close) DIR *folder = opendir(path_join(app->arena, root, path));
    struct dirent *entry;

    if (folder == NULL)
        return error_set(err, ERR_CONFIG, "cannot open the folder %s/%s", root, path);
    while ((entry = readdir(folder)) != NULL)
    {
        const char *name =
            arena_format(app->arena, "%s%s%s", path, path[0] == '\0' ? "" : "/", entry->d_name);
        EmbeddedFile file = { .path = name, .type = type_of(name) };

        if (entry->d_name[0] == '.')
            continue;
        if (entry->d_type == DT_DIR)
        {
            if (!add_folder(app, root, name, err))
                return false;
            continue;
        }
        if (!file_read(app->arena, path_join(app->arena, root, name), MAX_FILE, &file.plain, err))
            return false;
        file.etag = sha256_hex(app->arena, file.plain);
        add_file(app, &file);
    }
    return true;
}

bool
assets_open(App *app, Error *err)
{
    app->assets = ARENA_NEW(app->arena, Assets);
    app->assets->by_path = map_new(app->arena);
    app->assets->parts = map_new(app->arena);
    if (app->config->web[0] != '\0')
        return add_folder(app, app->config->web, "", err);
    for (size_t i = 0; i < embedded_count; i++)
        add_file(app, &embedded_files[i]);
    return true;
}

const char *
assets_public_page(const App *app)
{
    return app->assets->public_page;
}

/* ------------------------------------------------------------------------------- quick answers */

void
health_answer(App *app, Response *res)
{
    if (app->store != NULL)
    {
        response_json(res, STR("{\"status\":\"ok\"}"));
        return;
    }
    response_json(res, STR("{\"status\":\"initializing\",\"progress\":0.5}"));
    response_status(res, 503);
}

bool
assets_quick(App *app, HttpRequest *http, Response *res)
{
    const HttpAsset *asset;

    if ((http->plane_mask & PLANE_PUBLIC) != 0 && strcmp(http->path, "/api/health") == 0)
    {
        health_answer(app, res);
        return true;
    }
    if (strcmp(http->path, "/robots.txt") == 0)
    {
        response_text(res, 200, "User-agent: *\nDisallow: /\n");
        return true;
    }
    if (strncmp(http->path, "/app/", 5) != 0)
        return false;
    asset = map_get(app->assets->by_path, http->path);
    if (asset == NULL)
        response_text(res, 404, "Not found.");
    else
        response_asset(res, asset);
    return true;
}

/* -------------------------------------------------------------------------------------- pages */

/* The dashboard that the page shows, so that the app does not have to ask for it; what cannot be
 * had, it asks for and says why. */
static void
write_dashboard(Request *req, JsonWriter *w)
{
    const char *rest = route_param(req->match, "rest");
    Buf out = buf_new(req->arena, MAX_DASHBOARD);
    JsonWriter own = json_writer(&out);
    size_t digits = rest == NULL ? 0 : strspn(rest, "0123456789");
    Error ignored;
    int64_t id;

    if (strncmp(req->http->path, "/dashboard/", 11) != 0 || digits == 0 ||
        strchr(rest, '/') != NULL || !str_to_int((Str){ rest, digits }, 1, INT64_MAX, &id) ||
        !dashboard_write_page(req, &own, id, &ignored) || out.failed)
        return;
    json_key(w, "dashboard");
    json_raw(w, buf_slice(&out));
    (void) content_note_view(req, "dashboard", id, &ignored);
}

/* What the app needs before its first request. */
static bool
boot_json(Request *req, Str *json, Error *err)
{
    Buf out = buf_new(req->arena, MAX_PAGE + MAX_DASHBOARD);
    JsonWriter w = json_writer(&out);
    const char *token;
    bool done;

    if (!setup_is_done(req, &done, err) || !setup_token_shown(req, &token, err))
        return false;
    json_begin_object(&w);
    json_put_text(&w, "base", req->app->config->base_path);
    json_put_text(&w, "setup-token", token);
    json_put_bool(&w, "has-user-setup", done);
    json_key(&w, "site-name");
    settings_write(req->settings, &w, LIVE_site_name);
    json_key(&w, "site-locale");
    settings_write(req->settings, &w, LIVE_site_locale);
    json_put_text(&w, "version", VIGIE_VERSION);
    json_put_int(&w, "password-min", req->app->config->password_length);
    json_put_bool(&w, "email-configured",
                  req->app->config->mail_folder[0] != '\0' ||
                      settings_text(req->settings, req->arena, LIVE_email_smtp_host)[0] != '\0');
    if (req->who.user.id != 0)
    {
        json_key(&w, "user");
        if (!user_write_current(req, &w, err))
            return false;
        write_dashboard(req, &w);
    }
    json_end_object(&w);
    *json = html_json(req->arena, buf_slice(&out));
    return true;
}

static const char *
known_language(const char *wish)
{
    static const char *const languages[] = { "en", "fr" };

    for (size_t i = 0; wish != NULL && i < COUNT_OF(languages); i++)
        if (strncmp(wish, languages[i], 2) == 0)
            return languages[i];
    return NULL;
}

/* The person's language, else the one that this browser used last; else the site's, and before the
 * set-up the browser's. */
static const char *
page_language(Request *req)
{
    const char *last = known_language(request_cookie(req->http, "vigie-locale"));

    if (req->who.user.locale != NULL)
        return req->who.user.locale;
    if (last != NULL)
        return last;
    if (!req->app->has_user && known_language(request_header(req->http, "Accept-Language")) != NULL)
        return known_language(request_header(req->http, "Accept-Language"));
    return settings_text(req->settings, req->arena, LIVE_site_locale);
}

static const char *
page_theme(const Request *req)
{
    const char *theme = json_text_or(json_get(req->who.user.settings, "theme"), "");

    return strcmp(theme, "light") == 0 || strcmp(theme, "dark") == 0 ? theme : "";
}

/* What a page surely needs of the app: its route, and the name that the build gave the part. */
static const struct
{
    const char *route;
    const char *part;
} parts[] = {
    { "/", "home" },
    { "/question/*rest", "question" },
    { "/dashboard/*rest", "dashboard" },
};

static void
link_part(Request *req, const char *part, Buf *out)
{
    const Holes holes = { .base = req->app->config->base_path };
    const char *links =
        map_get(req->app->assets->parts, arena_format(req->arena, "app/%s.part.html", part));

    if (links != NULL)
        buf_str(out, html_fill(req->arena, links, &holes));
}

/* The browser fetches these beside the page. Who is not logged in needs the words of the log-in. */
static Str
page_parts(Request *req, const char *language)
{
    Buf out = buf_new(req->arena, MAX_PAGE);

    link_part(req, language, &out);
    for (size_t i = 0; req->who.user.id != 0 && i < COUNT_OF(parts); i++)
        if (strcmp(req->match->pattern, parts[i].route) == 0)
            link_part(req, parts[i].part, &out);
    return buf_slice(&out);
}

/* The share panel frames what is published; cards frame the sites that the setting names. */
static void
page_policy(Request *req, Response *res, const char *nonce)
{
    const char *hosts = frames_hosts(req);

    (void) response_header(
        res, "Content-Security-Policy",
        arena_format(req->arena,
                     "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-%s'; "
                     "img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
                     "form-action 'self'; frame-src 'self'%s%s; frame-ancestors 'none'",
                     nonce, hosts[0] == '\0' ? "" : " ", hosts));
}

static bool
answer_page(Request *req, Response *res, int status, Error *err)
{
    const char *nonce = random_token(req->arena, 16);
    Holes holes = { .base = req->app->config->base_path,
                    .language = page_language(req),
                    .nonce = nonce,
                    .title = settings_text(req->settings, req->arena, LIVE_site_name),
                    .theme = page_theme(req) };

    if (req->app->assets->page == NULL)
        return error_set(err, ERR_INTERNAL, "this program was built without its front-end");
    holes.parts = page_parts(req, holes.language);
    if (!boot_json(req, &holes.boot, err))
        return false;
    page_policy(req, res, nonce);
    (void) response_header(res, "Cache-Control", "no-store");
    response_body(res, "text/html; charset=utf-8",
                  html_fill(req->arena, req->app->assets->page, &holes));
    response_status(res, status);
    return true;
}

static bool
get_page(Request *req, Response *res, Error *err)
{
    return answer_page(req, res, 200, err);
}

/* The app says in friendly words that there is no such page; programs get the plain answer. */
static bool
get_unknown(Request *req, Response *res, Error *err)
{
    if (strncmp(req->http->path, "/api/", 5) == 0 || !request_wants_html(req->http))
        return error_set(err, ERR_NO_ROUTE, "no such address");
    return answer_page(req, res, 404, err);
}

void
assets_error_page(HttpRequest *http, Response *res, const Error *err)
{
    Buf out = buf_new(http->arena, MAX_PAGE);
    bool starting = err->code == ERR_UNAVAILABLE;

    buf_text(&out, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                   "<meta name=\"viewport\" content=\"width=device-width\">");
    if (starting)
        buf_text(&out, "<meta http-equiv=\"refresh\" content=\"2\">");
    buf_text(&out, "<title>vigie</title><main><h1>");
    html_text(&out, response_reason(error_http_status(err->code)));
    buf_text(&out, "</h1><p>");
    html_text(&out, err->message);
    buf_text(&out, "</p><p>");
    html_text(&out, err->hint);
    buf_text(&out, "</p></main></html>");
    response_body(res, "text/html; charset=utf-8", buf_slice(&out));
    response_status(res, error_http_status(err->code));
}

// clang-format off
const Route assets_routes[] = {
    ROUTE_ON(API, GET, "/",                 get_page,    NOTHING, "The app"),
    ROUTE_ON(API, GET, "/setup",            get_page,    NOTHING, "The first set-up"),
    ROUTE_ON(API, GET, "/auth/*rest",       get_page,    NOTHING, "Log-in and its links"),
    ROUTE_ON(API, GET, "/account/*rest",    get_page,    NOTHING, "One's account"),
    ROUTE_ON(API, GET, "/browse/*rest",     get_page,    NOTHING, "Databases and tables"),
    ROUTE_ON(API, GET, "/reference/*rest",  get_page,    NOTHING, "What is known of the data"),
    ROUTE_ON(API, GET, "/admin/*rest",      get_page,    NOTHING, "Administration"),
    ROUTE_ON(API, GET, "/question/*rest",   get_page,    NOTHING, "Questions"),
    ROUTE_ON(API, GET, "/dashboard/*rest",  get_page,    NOTHING, "Dashboards"),
    ROUTE_ON(API, GET, "/auto/*rest",       get_page,    NOTHING, "A first look at tables and columns"),
    ROUTE_ON(API, GET, "/collection/*rest", get_page,    NOTHING, "Collections"),
    ROUTE_ON(API, GET, "/trash",            get_page,    NOTHING, "What was thrown away"),
    ROUTE_ON(API, GET, "/*rest",            get_unknown, NOTHING, "Whatever else: a friendly page, or the plain answer"),
    { 0 },
};
// clang-format on
