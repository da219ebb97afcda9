/* The mail server: its settings in one go, and a test mail. */
#include "api/answer.h"
#include "api/letter.h"
#include "api/sentence.h"
#include "api/tables.h"

#include <stdio.h>
#include <string.h>

typedef struct EmailInput
{
    const Json *host, *port, *security, *username, *password, *from_address, *from_name, *reply_to;
} EmailInput;

static const struct
{
    const char *key;
    LiveKey live;
} email_keys[] = {
    { "email-smtp-host", LIVE_email_smtp_host },
    { "email-smtp-port", LIVE_email_smtp_port },
    { "email-smtp-security", LIVE_email_smtp_security },
    { "email-smtp-username", LIVE_email_smtp_username },
    { "email-smtp-password", LIVE_email_smtp_password },
    { "email-from-address", LIVE_email_from_address },
    { "email-from-name", LIVE_email_from_name },
    { "email-reply-to", LIVE_email_reply_to },
};

static const Field email_fields[] = {
    FIELD_AS(EmailInput, host, "email-smtp-host"),
    FIELD_AS(EmailInput, port, "email-smtp-port"),
    FIELD_AS(EmailInput, security, "email-smtp-security"),
    FIELD_AS(EmailInput, username, "email-smtp-username"),
    FIELD_AS(EmailInput, password, "email-smtp-password", .secret = true),
    FIELD_AS(EmailInput, from_address, "email-from-address"),
    FIELD_AS(EmailInput, from_name, "email-from-name"),
    FIELD_AS(EmailInput, reply_to, "email-reply-to"),
    { 0 },
};

static bool
check_addresses(const Json *body, Error *err)
{
    static const char *const keys[] = { "email-from-address", "email-reply-to" };

    for (size_t i = 0; i < COUNT_OF(keys); i++)
    {
        const char *address = json_text_or(json_get(body, keys[i]), "");

        if (address[0] != '\0' && !mail_address_is_valid(address))
            return error_field(err, keys[i], "value must be a valid email address.");
    }
    return true;
}

static bool
put_email(Request *req, Response *res, Error *err)
{
    if (!check_addresses(req->json, err))
        return false;
    for (size_t i = 0; i < COUNT_OF(email_keys); i++)
    {
        const Json *value = json_get(req->json, email_keys[i].key);

        if (value == NULL || strncmp(json_text_or(value, ""), "**********", 10) == 0)
            continue;
        if (!settings_put(req->settings, email_keys[i].live, value, err))
            return false;
    }
    if (!api_audit(req, req->store, "email-settings-update", "Setting", 0, NULL, err))
        return false;
    response_json(res, STR("{\"with-corrections\":{}}"));
    return true;
}

static bool
delete_email(Request *req, Response *res, Error *err)
{
    for (size_t i = 0; i < COUNT_OF(email_keys); i++)
        if (!settings_put_text(req->settings, email_keys[i].live, NULL, err))
            return false;
    return api_audit(req, req->store, "email-settings-delete", "Setting", 0, NULL, err) &&
           answer_nothing(res);
}

/* To the person who asks, at once, so that the error can be shown. */
static bool
post_test(Request *req, Response *res, Error *err)
{
    const char *language = request_locale(req);
    MailServer server;
    Mail mail = { .to = req->who.user.email,
                  .subject = sentence_known(language, SENTENCE("Test of the mail server")),
                  .text = sentence_known(
                      language,
                      SENTENCE("This test mail arrived: the mail server is set up well.")) };

    letter_server(req, req->arena, &server, &mail);
    if (!mail_send(&server, &mail, err))
    {
        if (err->field[0] == '\0')
            (void) snprintf(err->field, sizeof(err->field), "email-smtp-host");
        err->code = ERR_INVALID;
        answer_tell(req, err);
        return false;
    }
    response_json(res, STR("{\"ok\":true}"));
    return true;
}

// clang-format off
const Route email_routes[] = {
    ROUTE_ON(ADMIN, PUT,    "/api/email",      put_email,    ADMIN, "Set up the mail server", .body = email_fields),
    ROUTE_ON(ADMIN, DELETE, "/api/email",      delete_email, ADMIN, "Forget the mail server"),
    ROUTE_ON(ADMIN, POST,   "/api/email/test", post_test,    ADMIN, "Send a test mail to oneself"),
    { 0 },
};
// clang-format on
