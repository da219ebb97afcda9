/* Builds MIME with libcurl and hands it to the mail server; or writes it to a file in tests. */
#include "mail/mail.h"

#include "base/crypto.h"
#include "base/file.h"
#include "base/time.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

enum
{
    CONNECT_SECONDS = 10,
    SEND_SECONDS = 30,
    MAX_MESSAGE = 32 * 1024 * 1024
};

MailSecurity
mail_security(const char *name)
{
    if (strcmp(name, "none") == 0)
        return MAIL_PLAIN;
    return strcmp(name, "ssl") == 0 || strcmp(name, "tls") == 0 ? MAIL_TLS : MAIL_STARTTLS;
}

bool
mail_address_is_valid(const char *address)
{
    const char *at = strchr(address, '@');

    return at != NULL && at != address && at[1] != '\0' && strchr(at + 1, '@') == NULL &&
           address[strcspn(address, " \t\r\n<>,;:\"\\()[]")] == '\0' && strlen(address) < 255;
}

static void
handle_free(CURL **curl)
{
    curl_easy_cleanup(*curl);
}

static void
mime_free(curl_mime **mime)
{
    curl_mime_free(*mime);
}

static void
list_free(struct curl_slist **list)
{
    curl_slist_free_all(*list);
}

/* Header text beyond ASCII as RFC 2047 words of at most 45 bytes; line ends become spaces. */
static void
put_words(Arena *arena, Buf *out, const char *text)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Str rest = str_of(text);
    bool plain = true;

    for (size_t i = 0; i < rest.len; i++)
        plain = plain && rest.ptr[i] >= 0x20 && rest.ptr[i] < 0x7F &&
                strchr("\"\\<>,", rest.ptr[i]) == NULL;
    if (plain)
    {
        buf_str(out, rest);
        return;
    }
    (void) arena;
    for (size_t begin = 0; begin < rest.len;)
    {
        size_t len = rest.len - begin < 45 ? rest.len - begin : 45;

        while (begin + len < rest.len && ((unsigned char) rest.ptr[begin + len] & 0xC0) == 0x80)
            len--;
        buf_text(out, begin == 0 ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
        for (size_t i = 0; i < len; i += 3)
        {
            const unsigned char *p = (const unsigned char *) rest.ptr + begin + i;
            size_t left = len - i;
            unsigned bits = (unsigned) p[0] << 16 | (left > 1 ? (unsigned) p[1] << 8 : 0) |
                            (left > 2 ? p[2] : 0);

            buf_char(out, letters[bits >> 18]);
            buf_char(out, letters[bits >> 12 & 63]);
            buf_char(out, left > 1 ? letters[bits >> 6 & 63] : '=');
            buf_char(out, left > 2 ? letters[bits & 63] : '=');
        }
        buf_text(out, "?=");
        begin += len;
    }
}

static const char *
header(Arena *arena, const char *name, const char *text, const char *address)
{
    Buf line = buf_new(arena, 8192);

    buf_text(&line, name);
    buf_text(&line, ": ");
    if (text != NULL)
        put_words(arena, &line, text);
    if (address != NULL)
        buf_format(&line, text == NULL ? "%s" : " <%s>", address);
    return buf_cstr(&line);
}

static struct curl_slist *
headers_of(Arena *arena, const Mail *mail)
{
    const char *domain = strchr(mail->from_address, '@') + 1;
    struct curl_slist *list = NULL;
    char date[TIME_TEXT_SIZE];

    time_format_http(time_now(), date);
    date[strlen(date) - 3] = '\0';
    list = curl_slist_append(list, arena_format(arena, "Date: %s+0000", date));
    list = curl_slist_append(list, header(arena, "From", mail->from_name, mail->from_address));
    list = curl_slist_append(list, header(arena, "To", NULL, mail->to));
    if (mail->reply_to != NULL && mail_address_is_valid(mail->reply_to))
        list = curl_slist_append(list, header(arena, "Reply-To", NULL, mail->reply_to));
    list = curl_slist_append(list, header(arena, "Subject", mail->subject, NULL));
    list = curl_slist_append(
        list, arena_format(arena, "Message-ID: <%s@%s>", random_hex(arena, 16), domain));
    return curl_slist_append(list, "Auto-Submitted: auto-generated");
}

static void
add_text(curl_mime *mime, const char *type, const char *text)
{
    curl_mimepart *part = curl_mime_addpart(mime);

    (void) curl_mime_data(part, text, CURL_ZERO_TERMINATED);
    (void) curl_mime_type(part, type);
    (void) curl_mime_encoder(part, "quoted-printable");
}

static void
add_file(Arena *arena, curl_mime *mime, const MailPart *file)
{
    curl_mimepart *part = curl_mime_addpart(mime);
    struct curl_slist *own = NULL;

    (void) curl_mime_data(part, file->content.ptr, file->content.len);
    (void) curl_mime_type(part, file->type);
    (void) curl_mime_encoder(part, "base64");
    if (!file->is_inline)
    {
        (void) curl_mime_filename(part, file->name);
        return;
    }
    own = curl_slist_append(own, "Content-Disposition: inline");
    own = curl_slist_append(own, arena_format(arena, "Content-ID: <%s>", file->name));
    (void) curl_mime_headers(part, own, 1);
}

/* mixed( related( alternative(text, html), images ), files ) */
static curl_mime *
message_of(Arena *arena, CURL *curl, const Mail *mail)
{
    curl_mime *mixed = curl_mime_init(curl), *related = curl_mime_init(curl);
    curl_mime *alternative = curl_mime_init(curl);
    curl_mimepart *part;

    add_text(alternative, "text/plain; charset=utf-8", mail->text);
    if (mail->html != NULL)
        add_text(alternative, "text/html; charset=utf-8", mail->html);
    part = curl_mime_addpart(related);
    (void) curl_mime_subparts(part, alternative);
    (void) curl_mime_type(part, "multipart/alternative");
    for (size_t i = 0; i < mail->part_count; i++)
        if (mail->parts[i].is_inline)
            add_file(arena, related, &mail->parts[i]);
    part = curl_mime_addpart(mixed);
    (void) curl_mime_subparts(part, related);
    (void) curl_mime_type(part, "multipart/related");
    for (size_t i = 0; i < mail->part_count; i++)
        if (!mail->parts[i].is_inline)
            add_file(arena, mixed, &mail->parts[i]);
    return mixed;
}

/* In tests: headers, an empty line, the text. Links in it are what the tests follow. */
static bool
write_file(Arena *arena, const MailServer *server, const Mail *mail, struct curl_slist *headers,
           Error *err)
{
    char now[TIME_TEXT_SIZE];
    Buf text = buf_new(arena, MAX_MESSAGE);

    time_format(time_now(), now);
    for (; headers != NULL; headers = headers->next)
        buf_format(&text, "%s\n", headers->data);
    buf_format(&text, "\n%s\n", mail->text);
    if (mail->html != NULL)
        buf_format(&text, "\n%s\n", mail->html);
    return folder_make(server->folder, err) &&
           file_write(path_join(arena, server->folder,
                                arena_format(arena, "%s-%s.eml", now, random_hex(arena, 4))),
                      buf_slice(&text), 0600, err);
}

static bool
explain(const MailServer *server, CURLcode code, const char *detail, long reply, Error *err)
{
    const char *said = detail[0] != '\0' ? detail : curl_easy_strerror(code);

    (void) error_set(err, ERR_UPSTREAM, "%s: %s:%lld: %s",
                     SENTENCE("the mail server did not take the mail"), server->host,
                     (long long) server->port, said);
    switch (code)
    {
        case CURLE_LOGIN_DENIED:
            (void) snprintf(err->field, sizeof(err->field), "email-smtp-username");
            return error_hint(err, SENTENCE("Check the user and the password of the mail server."));
        case CURLE_COULDNT_RESOLVE_HOST:
            (void) snprintf(err->field, sizeof(err->field), "email-smtp-host");
            return error_hint(err, SENTENCE("Check the name of the mail server."));
        case CURLE_COULDNT_CONNECT:
        case CURLE_OPERATION_TIMEDOUT:
            (void) snprintf(err->field, sizeof(err->field), "email-smtp-port");
            return error_hint(err, SENTENCE("Check the port, and that this machine may reach it."));
        case CURLE_USE_SSL_FAILED:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
            (void) snprintf(err->field, sizeof(err->field), "email-smtp-security");
            return error_hint(err,
                              SENTENCE("Check the security setting: starttls is usual for 587, tls "
                                       "for 465."));
        default:
            return error_hint(err, "The server's code was %ld.", reply);
    }
}

static void
configure(Arena *arena, CURL *curl, const MailServer *server, const Mail *mail)
{
    const char *scheme = server->security == MAIL_TLS ? "smtps" : "smtp";

    (void) curl_easy_setopt(
        curl, CURLOPT_URL,
        arena_format(arena, "%s://%s:%lld", scheme, server->host, (long long) server->port));
    (void) curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    (void) curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    (void) curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_SECONDS);
    (void) curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long) SEND_SECONDS);
    (void) curl_easy_setopt(
        curl, CURLOPT_USE_SSL,
        (long) (server->security == MAIL_STARTTLS ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (server->username != NULL && server->username[0] != '\0')
    {
        (void) curl_easy_setopt(curl, CURLOPT_USERNAME, server->username);
        (void) curl_easy_setopt(curl, CURLOPT_PASSWORD,
                                server->password == NULL ? "" : server->password);
    }
    if (server->ca_file != NULL)
        (void) curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
    (void) curl_easy_setopt(curl, CURLOPT_MAIL_FROM,
                            arena_format(arena, "<%s>", mail->from_address));
}

static bool
deliver(Arena *arena, const MailServer *server, const Mail *mail, struct curl_slist *headers,
        Error *err)
{
    CLEANUP(handle_free) CURL *curl = curl_easy_init();
    CLEANUP(mime_free) curl_mime *mime = NULL;
    CLEANUP(list_free) struct curl_slist *to = NULL;
    char detail[CURL_ERROR_SIZE] = "";
    CURLcode code;
    long reply = 0;

    if (curl == NULL)
        return error_set(err, ERR_INTERNAL, "no mail client could be made");
    configure(arena, curl, server, mail);
    to = curl_slist_append(NULL, arena_format(arena, "<%s>", mail->to));
    mime = message_of(arena, curl, mail);
    (void) curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    (void) curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    (void) curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
    (void) curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
    code = curl_easy_perform(curl);
    (void) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    return code == CURLE_OK || explain(server, code, detail, reply, err);
}

bool
mail_send(const MailServer *server, const Mail *mail, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(list_free) struct curl_slist *headers = NULL;

    if (!mail_address_is_valid(mail->to))
        return error_field(err, "email", "%s is not an address", mail->to);
    if (!mail_address_is_valid(mail->from_address))
    {
        (void) error_field(err, "email-from-address", "value must be a valid email address.");
        return error_hint(err, SENTENCE("Set the address from which mails come."));
    }
    headers = headers_of(arena, mail);
    if (server->folder != NULL)
        return write_file(arena, server, mail, headers, err);
    if (server->host == NULL || server->host[0] == '\0')
    {
        (void) error_field(err, "email-smtp-host", "no mail server is set up");
        return error_hint(err, SENTENCE("Give one in the e-mail settings."));
    }
    return deliver(arena, server, mail, headers, err);
}
