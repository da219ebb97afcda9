/* What the mails about accounts say, in French and English, and where their links lead. */
#include "api/letter.h"

#include "api/answer.h"
#include "auth/login.h"
#include "auth/sso.h"
#include "base/heap.h"
#include "base/log.h"

#include <string.h>

typedef struct Words
{
    const char *invite_subject; /* %s: name of the site */
    const char *invite_text;    /* %s: name of the site */
    const char *welcome_text;   /* the same, where a provider of log-ins is the only way in */
    const char *reset_subject;
    const char *reset_text;
    const char *ignore;
} Words;

static const Words english = {
    "You are invited to %s",
    "You are invited to %s. Open this link to choose your password; it works for 7 days:",
    "You are invited to %s. Open this link, and log in as you do elsewhere:",
    "Reset your password for %s",
    "Somebody asked for a new password for your account at %s. Open this link to choose one; it "
    "works for 48 hours:",
    "If you did not expect this mail, ignore it.",
};

static const Words french = {
    "Invitation à rejoindre %s",
    "Vous êtes invité à rejoindre %s. Ouvrez ce lien pour choisir votre mot de passe\u00a0; il est "
    "valable 7 jours\u00a0:",
    "Vous êtes invité à rejoindre %s. Ouvrez ce lien, et connectez-vous comme ailleurs\u00a0:",
    "Réinitialiser votre mot de passe pour %s",
    "Un nouveau mot de passe a été demandé pour votre compte sur %s. Ouvrez ce lien pour en "
    "choisir un\u00a0; il est valable 48 heures\u00a0:",
    "Si vous n’attendiez pas ce message, ignorez-le.",
};

static const Words *
words_for(Request *req, const User *user)
{
    const char *locale = user->locale != NULL
                             ? user->locale
                             : settings_text(req->settings, req->arena, LIVE_site_locale);

    return strncmp(locale, "fr", 2) == 0 ? &french : &english;
}

static void
html_text(Buf *out, const char *text)
{
    for (; *text != '\0'; text++)
        switch (*text)
        {
            case '&':
                buf_text(out, "&amp;");
                break;
            case '<':
                buf_text(out, "&lt;");
                break;
            case '>':
                buf_text(out, "&gt;");
                break;
            case '"':
                buf_text(out, "&quot;");
                break;
            default:
                buf_char(out, *text);
        }
}

static const char *
html_of(Arena *arena, const char *text, const char *link, const char *ignore)
{
    Buf out = buf_new(arena, 64 * 1024);

    buf_text(&out, "<!doctype html><body style=\"font-family:sans-serif;line-height:1.5\"><p>");
    html_text(&out, text);
    buf_text(&out, "</p><p><a href=\"");
    html_text(&out, link);
    buf_text(&out, "\">");
    html_text(&out, link);
    buf_text(&out, "</a></p><p>");
    html_text(&out, ignore);
    buf_text(&out, "</p></body>");
    return buf_cstr(&out);
}

/* Puts the name of the site where the words say %s. */
static const char *
with_site(Arena *arena, const char *words, const char *site)
{
    const char *hole = strstr(words, "%s");
    Buf out = buf_new(arena, 8192);

    buf_add(&out, words, (size_t) (hole - words));
    buf_text(&out, site);
    buf_text(&out, hole + 2);
    return buf_cstr(&out);
}

static bool
mail_is_set_up(Request *req)
{
    return req->app->config->mail_folder[0] != '\0' ||
           settings_text(req->settings, req->arena, LIVE_email_smtp_host)[0] != '\0';
}

/* A mail that is sent in the background: everything it needs is in its own arena. */
typedef struct Posting
{
    Arena *arena;
    MailServer server;
    Mail mail;
} Posting;

static const char *
own_text(Request *req, Arena *arena, LiveKey live)
{
    const char *value = settings_text(req->settings, arena, live);

    return value[0] == '\0' ? NULL : value;
}

void
letter_server(Request *req, Arena *arena, MailServer *server, Mail *mail)
{
    const Config *config = req->app->config;
    const char *from = own_text(req, arena, LIVE_email_from_address);

    *server = (MailServer){
        .host = settings_text(req->settings, arena, LIVE_email_smtp_host),
        .port = settings_int(req->settings, LIVE_email_smtp_port),
        .security = mail_security(settings_text(req->settings, arena, LIVE_email_smtp_security)),
        .username = own_text(req, arena, LIVE_email_smtp_username),
        .password = own_text(req, arena, LIVE_email_smtp_password),
        .folder = config->mail_folder[0] == '\0' ? NULL : config->mail_folder,
        .ca_file = config->mail_ca_file[0] == '\0' ? NULL : config->mail_ca_file,
    };
    mail->from_address = from != NULL ? from : "vigie@localhost.localdomain";
    mail->from_name = own_text(req, arena, LIVE_email_from_name);
    mail->reply_to = own_text(req, arena, LIVE_email_reply_to);
    if (mail->from_name == NULL)
        mail->from_name = own_text(req, arena, LIVE_site_name);
}

static Posting *
posting_new(Request *req, const User *user, const char *subject, const char *text, const char *link)
{
    Arena *arena = arena_new();
    Posting *posting = ARENA_NEW(arena, Posting);
    const char *site = settings_text(req->settings, arena, LIVE_site_name);
    const char *ignore = words_for(req, user)->ignore;

    posting->arena = arena;
    letter_server(req, arena, &posting->server, &posting->mail);
    text = with_site(arena, text, site);
    posting->mail.to = arena_text(arena, user->email);
    posting->mail.subject = with_site(arena, subject, site);
    posting->mail.text = arena_format(arena, "%s\n\n%s\n\n%s", text, link, ignore);
    posting->mail.html = html_of(arena, text, link, ignore);
    return posting;
}

static void
posting_free(Posting **posting)
{
    Arena *arena = *posting == NULL ? NULL : (*posting)->arena;

    arena_free(&arena);
    *posting = NULL;
}

static void
posting_run(void *arg)
{
    CLEANUP(posting_free) Posting *posting = arg;
    Error err;

    if (!mail_send(&posting->server, &posting->mail, &err))
        log_failure("mail.failed", &err);
}

bool
letter_invite(Request *req, const User *user, Invitation *invitation, Error *err)
{
    CLEANUP(posting_free) Posting *posting = NULL;
    const Words *words = words_for(req, user);
    bool is_welcome = sso_is_only(req->app->config);
    const char *path = "/", *link;

    /* Who has no password needs no link that sets one. */
    if (!is_welcome && !login_make_link(req->store, req->arena, TOKEN_INVITE, user->id, &path, err))
        return false;
    link = arena_format(req->arena, "%s%s", site_address(req), path);
    *invitation = (Invitation){ .sent = false, .url = link };
    if (!mail_is_set_up(req))
        return true;
    posting = posting_new(req, user, words->invite_subject,
                          is_welcome ? words->welcome_text : words->invite_text, link);
    if (!mail_send(&posting->server, &posting->mail, err))
    {
        /* The link still works: the administrator hands it over, and sees why in the log. */
        log_failure("mail.failed", err);
        return true;
    }
    *invitation = (Invitation){ .sent = true };
    return true;
}

void
letter_reset(Request *req, const User *user)
{
    const Words *words = words_for(req, user);
    Posting *posting;
    const char *path;
    Error err;

    if (!mail_is_set_up(req))
    {
        log_warn("password.forgotten", LOG_INT("user_id", user->id),
                 LOG_TEXT("hint", "no mail server is set up: make a link in the list of people"));
        return;
    }
    if (!login_make_link(req->store, req->arena, TOKEN_RESET, user->id, &path, &err))
    {
        log_failure("mail.failed", &err);
        return;
    }
    posting = posting_new(req, user, words->reset_subject, words->reset_text,
                          arena_format(req->arena, "%s%s", site_address(req), path));
    if (!worker_submit(req->app->pool, WORKER_BACKGROUND, posting_run, posting, &err))
    {
        posting_free(&posting);
        log_failure("mail.failed", &err);
    }
}
