/*
 * One mail at a time: text and HTML of the same content, images inside, files attached; by SMTP
 * with TLS, or as files in a folder for tests. Addresses and headers are checked: nothing in them
 * can begin another header.
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

typedef enum MailSecurity
{
    MAIL_PLAIN,    /* only for a server on the same machine or a trusted network */
    MAIL_STARTTLS, /* required: a server without it is an error */
    MAIL_TLS       /* from the first byte */
} MailSecurity;

typedef struct MailServer
{
    const char *host; /* "" or NULL: no mail can be sent */
    int64_t port;
    MailSecurity security;
    const char *username; /* NULL: none */
    const char *password;
    const char *folder;  /* not NULL: write files there instead */
    const char *ca_file; /* NULL: the system's */
} MailServer;

typedef struct MailPart
{
    const char *name; /* file name of an attachment, Content-ID of an image inside */
    const char *type;
    Str content;
    bool is_inline;
} MailPart;

typedef struct Mail
{
    const char *from_address;
    const char *from_name; /* NULL: none */
    const char *reply_to;  /* NULL: none */
    const char *to;
    const char *subject;
    const char *text;
    const char *html; /* NULL: only text */
    const MailPart *parts;
    size_t part_count;
} Mail;

/* "ssl" and "tls" are MAIL_TLS, "none" is MAIL_PLAIN, anything else MAIL_STARTTLS. */
MailSecurity mail_security(const char *name);
/* Looks like one address, and holds nothing that could break a header. */
bool mail_address_is_valid(const char *address);
/* ERR_UPSTREAM with what the server said, and the setting to look at. Never the password. */
bool mail_send(const MailServer *server, const Mail *mail, Error *err);

#endif
