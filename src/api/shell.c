/*
 * Published pages as they are printed: titles, descriptions, numbers and links to the data stand in
 * the HTML, so that a page says something at once, and without a script. The front-end takes over
 * from there.
 */
#include "api/answer.h"
#include "api/assets.h"
#include "api/frames.h"
#include "api/html.h"
#include "api/markdown.h"
#include "api/origins.h"
#include "api/pages.h"
#include "api/printed_number.h"
#include "api/sentence.h"
#include "api/share.h"
#include "api/tables.h"
#include "api/words.h"

#include <string.h>

enum
{
    MAX_SHELL = 1024 * 1024,
    CARD_LEVEL = 2,    /* below the title of the page */
    NUMBERS_MS = 1000, /* most that a page waits for its numbers */
    LATE_SECONDS = 5   /* that one without them is kept */
};

typedef struct Shell
{
    Request *req;
    const Door *door;
    const char *language;
    const char *reason; /* why it is refused, in the words of who signs; or NULL */
    Origins origins;    /* of what it reads */
    unsigned level;     /* of the headings of cards */
    const char *path;   /* of its data: "/api/public/dashboard/uuid" */
    Buf out;
    int64_t seconds; /* how long the page may be shown again */
    int64_t waited;  /* microseconds, for numbers */
} Shell;

/* ------------------------------------------------------------------------------------ numbers */

static void
print_number(Shell *shell, const Ask *ask)
{
    bool is_french = strcmp(shell->language, "fr") == 0;
    int64_t began = time_monotonic(), left_ms = NUMBERS_MS - shell->waited / 1000;
    PrintedNumber number;
    bool is_there;

    /* What is kept already comes in time even then. */
    is_there = printed_number(shell->req, shell->door, ask, shell->language,
                              left_ms < 1 ? 1 : left_ms, &number);
    shell->waited += time_monotonic() - began;
    if (number.is_late && shell->seconds > LATE_SECONDS)
        shell->seconds = LATE_SECONDS;
    if (!is_there)
        return;
    if (number.rest < shell->seconds)
        shell->seconds = number.rest;
    html_words(&shell->out, "<p class=\"printed-number\">");
    html_text(&shell->out, !number.is_withheld ? number.text : is_french ? "Masqué" : "Withheld");
    html_words(&shell->out, "</p>");
    if (number.when == NULL || number.is_withheld)
        return;
    html_words(&shell->out, "<p>");
    html_text(&shell->out, number.when);
    html_words(&shell->out, "</p>");
}

/* -------------------------------------------------------------------------------------- cards */

/* A card is drawn with others over it. */
static void
add_origins(Shell *shell, const Ask *ask)
{
    Request *req = shell->req;
    Ask other = *ask;
    Error ignored;

    origins_add(req, shell->door, ask, &shell->origins);
    for (size_t i = 0; i < ask->dashcard.series.count; i++)
        if (card_find(req->store, req->arena, ask->dashcard.series.items[i], &other.card, &ignored))
            origins_add(req, shell->door, &other, &shell->origins);
}

static void
print_head(Shell *shell, const char *title, const char *description)
{
    html_words(&shell->out, "<header><h1>");
    html_text(&shell->out, title);
    html_words(&shell->out, "</h1>");
    if (description != NULL && description[0] != '\0')
    {
        html_words(&shell->out, "<p>");
        html_text(&shell->out, description);
        html_words(&shell->out, "</p>");
    }
    html_words(&shell->out, "</header>");
}

static void
print_heading(Shell *shell, unsigned level, const char *text)
{
    buf_format(&shell->out, "<h%u>", level);
    html_text(&shell->out, text);
    buf_format(&shell->out, "</h%u>", level);
}

static void
print_link(Shell *shell, const char *path, const char *format, const char *words)
{
    html_words(&shell->out, "<a href=\"");
    html_text(&shell->out, shell->req->app->config->base_path);
    html_text(&shell->out, path);
    html_words(&shell->out, "/");
    html_text(&shell->out, format);
    html_words(&shell->out, "\">");
    html_text(&shell->out, words);
    html_words(&shell->out, "</a>");
}

static void
print_card(Shell *shell, const Ask *ask, const char *path)
{
    const char *title =
        json_text_or(json_get(ask->dashcard.visualization_settings, "card.title"), ask->card.name);

    html_words(&shell->out, "<section>");
    print_heading(shell, shell->level, title);
    if (ask->card.description != NULL)
    {
        html_words(&shell->out, "<p>");
        html_text(&shell->out, ask->card.description);
        html_words(&shell->out, "</p>");
    }
    print_number(shell, ask);
    add_origins(shell, ask);
    html_words(&shell->out, "<p>");
    print_link(shell, path, "csv",
               strcmp(shell->language, "fr") == 0 ? "Données (CSV)" : "Data (CSV)");
    html_words(&shell->out, "</p></section>");
}

/* Text and headings, with the values of filters in them. */
static void
print_words(Shell *shell, const Dashcard *dashcard, const Json *values)
{
    const WordsOrder order = { .locale = shell->language,
                               .parameters = shell->door->dashboard.parameters,
                               .values = values,
                               .with_defaults = true };
    const char *text = words_fill(shell->req->arena, dashcard, &order);
    const char *display = json_text_or(
        json_path(dashcard->visualization_settings, "virtual_card", "display", NULL), "");

    if (text[0] == '\0')
        return;
    if (strcmp(display, "heading") == 0)
    {
        print_heading(shell, shell->level, text);
        return;
    }
    markdown_html(&shell->out, shell->level, text);
}

/* Cards come by tab: its name stands over the first of them. */
static void
print_tab(Shell *shell, const TabList *tabs, const Dashcard *dashcard, int64_t *printed)
{
    if (shell->level == CARD_LEVEL || dashcard->dashboard_tab_id.value == *printed)
        return;
    for (size_t i = 0; i < tabs->count; i++)
        if (tabs->items[i].id == dashcard->dashboard_tab_id.value)
            print_heading(shell, CARD_LEVEL, tabs->items[i].name);
    *printed = dashcard->dashboard_tab_id.value;
}

static bool
print_dashboard(Shell *shell, const Json *values, Error *err)
{
    Request *req = shell->req;
    const Dashboard *dashboard = &shell->door->dashboard;
    DashcardList list;
    int64_t tab = 0;
    TabList tabs;

    if (!door_dashcards(req, shell->door, &list, err) || !door_tabs(req, shell->door, &tabs, err))
        return false;
    print_head(shell, dashboard->name, dashboard->description);
    shell->level = tabs.count > 1 ? CARD_LEVEL + 1 : CARD_LEVEL;
    for (size_t i = 0; i < list.count; i++)
    {
        const Dashcard *dashcard = &list.items[i];
        Ask ask = { .dashboard = *dashboard, .dashcard = *dashcard, .values = values };

        print_tab(shell, &tabs, dashcard, &tab);
        if (!dashcard->card_id.set)
        {
            print_words(shell, dashcard, values);
            continue;
        }
        if (!card_find(req->store, req->arena, dashcard->card_id.value, &ask.card, err))
            return false;
        print_card(shell, &ask,
                   arena_format(req->arena, "%s/dashcard/%lld/card/%lld", shell->path,
                                (long long) dashcard->id, (long long) ask.card.id));
    }
    return true;
}

static bool
print_question(Shell *shell, const Json *values, Error *err)
{
    Ask ask = { .card = shell->door->card, .values = values };

    (void) err;
    print_head(shell, ask.card.name, NULL);
    shell->level = CARD_LEVEL;
    print_card(shell, &ask, arena_format(shell->req->arena, "%s/query", shell->path));
    return true;
}

/* --------------------------------------------------------------------------------------- foot */

/* What the administrators say of all that is published. */
typedef struct About
{
    const char *key;
    LiveKey live;
    const char *label_en, *label_fr;
    bool in_frames; /* the page around a frame says the rest */
} About;

static const About abouts[] = {
    { "source", LIVE_public_source, "Source: ", "Source\u00a0: ", true },
    { "licence", LIVE_public_licence, "Licence: ", "Licence\u00a0: ", true },
    { "contact", LIVE_public_contact, "Contact: ", "Contact\u00a0: ", false },
    { "accessibility", LIVE_public_accessibility,
      "Accessibility: ", "Accessibilité\u00a0: ", false },
};

static List
about_texts(Shell *shell, const About *about)
{
    bool is_frame = shell->door == NULL || shell->door->kind == DOOR_SIGNED;
    List list = list_new(shell->req->arena);
    const char *text;

    if (about->live == LIVE_public_source)
        return shell->origins.sources;
    if (about->live == LIVE_public_licence)
        return shell->origins.licences;
    text = settings_text(shell->req->settings, shell->req->arena, about->live);
    if (text[0] != '\0' && (!is_frame || about->in_frames))
        list_add(&list, (char *) (uintptr_t) text);
    return list;
}

static void
print_foot(Shell *shell)
{
    bool is_french = strcmp(shell->language, "fr") == 0;

    html_words(&shell->out, "<footer>");
    for (size_t i = 0; i < COUNT_OF(abouts); i++)
    {
        List texts = about_texts(shell, &abouts[i]);

        for (size_t k = 0; k < texts.count; k++)
        {
            html_words(&shell->out, "<p>");
            html_text(&shell->out, is_french ? abouts[i].label_fr : abouts[i].label_en);
            html_text(&shell->out, texts.items[k]);
            html_words(&shell->out, "</p>");
        }
    }
    html_words(&shell->out, "</footer>");
}

/* What is said of nothing is not there. */
static void
put_about(Shell *shell, JsonWriter *w)
{
    json_key(w, "about");
    json_begin_object(w);
    for (size_t i = 0; i < COUNT_OF(abouts); i++)
    {
        List texts = about_texts(shell, &abouts[i]);

        if (texts.count == 0)
            continue;
        json_key(w, abouts[i].key);
        json_begin_array(w);
        for (size_t k = 0; k < texts.count; k++)
            json_text(w, texts.items[k]);
        json_end_array(w);
    }
    json_end_object(w);
}

/* -------------------------------------------------------------------------------------- pages */

/* Pages load nothing but their own files, and are framed by whom the setting names; a preview by
 * this site alone. */
static const char *
policy_of(Request *req)
{
    bool is_preview = strncmp(req->http->path, "/preview_embed/", 15) == 0;

    return arena_format(req->arena,
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
                        "data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action "
                        "'none'; %sframe-ancestors %s",
                        frames_policy(req), is_preview ? "'self'" : frames_ancestors(req));
}

static bool
boot_json(Shell *shell, const char *kind, const char *title, Str *json, Error *err)
{
    Request *req = shell->req;
    Buf out = buf_new(req->arena, MAX_SHELL);
    JsonWriter w = json_writer(&out);
    const Door *door = shell->door;

    json_begin_object(&w);
    json_put_text(&w, "base", req->app->config->base_path);
    json_put_text(&w, "locale", shell->language);
    json_put_text(&w, "title", title);
    json_put_text(&w, "site", settings_text(req->settings, req->arena, LIVE_site_name));
    json_put_text(&w, "frames", frames_hosts(req));
    put_about(shell, &w);
    json_put_text(&w, "kind", kind);
    if (shell->reason != NULL)
        json_put_text(&w, "reason", shell->reason);
    if (door != NULL)
    {
        json_put_text(&w, "data", shell->path);
        json_key(&w, "definition");
        if (door->dashboard.id == 0)
            share_write_card(req, &w, door);
        else if (!share_write_dashboard(req, &w, door, err))
            return false;
    }
    json_end_object(&w);
    *json = html_json(req->arena, buf_slice(&out));
    return true;
}

static bool
send_page(Shell *shell, Response *res, const char *kind, const char *title, PageAnswer *page,
          Error *err)
{
    Request *req = shell->req;
    bool is_frame =
        shell->reason != NULL || (shell->door != NULL && shell->door->kind != DOOR_PUBLIC);
    Holes holes = { .base = req->app->config->base_path,
                    .language = shell->language,
                    .nonce = "",
                    .title = title,
                    /* A frame belongs to its page: it does not turn dark by itself. */
                    .theme = is_frame ? "light" : "",
                    .shell = buf_slice(&shell->out) };

    if (assets_public_page(req->app) == NULL)
        return error_set(err, ERR_INTERNAL, "this program was built without its front-end");
    if (!boot_json(shell, kind, title, &holes.boot, err))
        return false;
    page->type = "text/html; charset=utf-8";
    page->policy = policy_of(req);
    page->body = html_fill(req->arena, assets_public_page(req->app), &holes);
    if (page->seconds == 0)
        (void) response_header(res, "Cache-Control", "no-store");
    pages_send(req, res, page);
    return true;
}

/* Without a script, too, a page says why there is nothing on it. */
static void
print_nothing(Shell *shell, bool withdrawn)
{
    const SentenceValue none = { 0 };
    const char *title = withdrawn ? SENTENCE("This page is no longer published")
                                  : SENTENCE("There is nothing at this address");
    const char *text =
        withdrawn
            ? SENTENCE("The team that published it has withdrawn it. Ask them if you still need "
                       "these figures.")
            : SENTENCE(
                  "The link may be incomplete. Copy it again, whole, from where you found it.");
    Arena *arena = shell->req->arena;

    print_head(shell, sentence_say(arena, shell->language, title, none, none),
               sentence_say(arena, shell->language, text, none, none));
}

/* Nothing is published under this address: strangers get a friendly page and nothing else. */
static bool
send_nothing(Request *req, Response *res, bool withdrawn, Error *err)
{
    Shell shell = { .req = req,
                    .language = settings_text(req->settings, req->arena, LIVE_site_locale),
                    .out = buf_new(req->arena, MAX_SHELL) };
    PageAnswer page = { .status = withdrawn ? 410 : 404 };
    const char *title = settings_text(req->settings, req->arena, LIVE_site_name);

    if (!request_wants_html(req->http))
        return error_set(err, ERR_NOT_FOUND, "nothing is published here");
    print_nothing(&shell, withdrawn);
    return send_page(&shell, res, withdrawn ? "withdrawn" : "missing", title, &page, err);
}

static bool
get_nothing(Request *req, Response *res, Error *err)
{
    return send_nothing(req, res, false, err);
}

/* Frames tell their maker what is wrong, and their reader what can be done. */
static bool
send_refused(Request *req, Response *res, const char *reason, Error *err)
{
    const SentenceValue none = { 0 };
    Shell shell = { .req = req,
                    .language = settings_text(req->settings, req->arena, LIVE_site_locale),
                    .reason = reason,
                    .out = buf_new(req->arena, MAX_SHELL) };
    PageAnswer page = { .status = 400 };
    const char *title = SENTENCE("This page cannot be shown");
    const char *text = SENTENCE(
        "Load the page again. If that does not help, tell this to the site that shows it:");

    print_head(&shell, sentence_say(req->arena, shell.language, title, none, none),
               sentence_say(req->arena, shell.language, text, none, none));
    html_words(&shell.out, "<p>");
    html_text(&shell.out, reason);
    html_words(&shell.out, "</p>");
    return send_page(&shell, res, "refused",
                     settings_text(req->settings, req->arena, LIVE_site_name), &page, err);
}

static bool
send_refusal(Request *req, Response *res, Error *err)
{
    if (err->code == ERR_NOT_FOUND || err->code == ERR_GONE)
        return send_nothing(req, res, err->code == ERR_GONE, err);
    if (err->code == ERR_UNAUTHENTICATED)
    {
        share_ask_password(res);
        return true;
    }
    if (err->code != ERR_INVALID)
        return false;
    if (request_wants_html(req->http))
        return send_refused(req, res, arena_text(req->arena, err->message), err);
    response_text(res, 400, err->message);
    return true;
}

static bool
send_published(Request *req, Response *res, const Door *door, const Json *values, Error *err)
{
    bool is_dashboard = door->dashboard.id != 0;
    const char *key = route_param(req->match, door->kind == DOOR_PUBLIC ? "uuid" : "token");
    Shell shell = { .req = req,
                    .door = door,
                    .language = settings_text(req->settings, req->arena, LIVE_site_locale),
                    .path = arena_format(req->arena, "/api/%s/%s/%s", door_word(door),
                                         is_dashboard ? "dashboard" : "card", key),
                    .out = buf_new(req->arena, MAX_SHELL),
                    .seconds = settings_int(req->settings, LIVE_public_cache_seconds) };
    PageAnswer page = { .status = 200, .version = pages_version(req->app->pages) };

    if (!origins_begin(req, &shell.origins, err))
        return false;
    if (is_dashboard ? !print_dashboard(&shell, values, err) : !print_question(&shell, values, err))
        return false;
    origins_end(req, &shell.origins);
    print_foot(&shell);
    page.seconds = door_seconds(door, shell.seconds);
    if (door->kind != DOOR_PREVIEW)
    {
        page.visit = (VisitOf){ is_dashboard ? door->dashboard.id : door->card.id, is_dashboard };
        visits_count(req->app->visits, page.visit, req->http);
    }
    return send_page(&shell, res, is_dashboard ? "dashboard" : "question",
                     is_dashboard ? door->dashboard.name : door->card.name, &page, err);
}

/* What the address says is the script's to read; a token fixes what it fixes. */
static bool
fixed_values(Request *req, const Door *door, const Json **values, Error *err)
{
    *values = NULL;
    return door->kind == DOOR_PUBLIC || door_values(req, door, NULL, values, err);
}

static bool
get_dashboard(Request *req, Response *res, Error *err)
{
    const Json *values;
    Door door;

    return (door_open_dashboard(req, &door, err) && fixed_values(req, &door, &values, err) &&
            send_published(req, res, &door, values, err)) ||
           send_refusal(req, res, err);
}

static bool
get_question(Request *req, Response *res, Error *err)
{
    const char *uuid = route_param(req->match, "uuid");
    const char *format = uuid == NULL ? NULL : strchr(uuid, '.');
    const Json *values;
    Door door;

    /* "/public/question/UUID.csv" is the file itself. */
    if (format != NULL)
    {
        response_redirect(res, 302,
                          arena_format(req->arena, "%s/api/public/card/%.*s/query/%s%s%s",
                                       req->app->config->base_path, (int) (format - uuid), uuid,
                                       format + 1, req->http->query_text[0] == '\0' ? "" : "?",
                                       req->http->query_text));
        return true;
    }
    return (door_open_card(req, &door, err) && fixed_values(req, &door, &values, err) &&
            send_published(req, res, &door, values, err)) ||
           send_refusal(req, res, err);
}

// clang-format off
const Route shell_routes[] = {
    ROUTE_ON(PUBLIC, GET, "/public/dashboard/:uuid", get_dashboard, NOTHING, "The page of a published dashboard"),
    ROUTE_ON(PUBLIC, GET, "/public/question/:uuid",  get_question,  NOTHING, "The page of a published question; with .csv, .json or .xlsx behind it, its rows"),
    ROUTE_ON(PUBLIC, GET, "/embed/dashboard/:token", get_dashboard, NOTHING, "A dashboard in a signed frame"),
    ROUTE_ON(PUBLIC, GET, "/embed/question/:token",  get_question,  NOTHING, "A question in a signed frame"),
    ROUTE_ON(ADMIN, GET, "/preview_embed/dashboard/:token", get_dashboard, ADMIN, "A dashboard as strangers would see it"),
    ROUTE_ON(ADMIN, GET, "/preview_embed/question/:token",  get_question,  ADMIN, "A question as strangers would see it"),
    ROUTE_ON(PUBLIC, GET, "/public/*rest",           get_nothing,   NOTHING, "Published pages: the friendly answer where nothing is published"),
    ROUTE_ON(PUBLIC, GET, "/embed/*rest",            get_nothing,   NOTHING, "The same for frames"),
    { 0 },
};
// clang-format on
