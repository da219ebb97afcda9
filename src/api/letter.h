/* Mails to one person about their account. */
#ifndef API_LETTER_H
#define API_LETTER_H

#include "api/api.h"
#include "mail/mail.h"

/* An invitation: sent by mail, or, when no mail server is set up, a link to hand over. */
typedef struct Invitation
{
    bool sent;
    const char *url; /* NULL when it was sent */
} Invitation;

bool letter_invite(Request *req, const User *user, Invitation *invitation, Error *err);
/* The mail server of the settings, and who mails come from. */
void letter_server(Request *req, Arena *arena, MailServer *server, Mail *mail);
/* In the background; a failure is logged. */
void letter_reset(Request *req, const User *user);

#endif
