/* Notes what people did: a line in the app database, chained by hash, and the same on standard
 * output once it is done, where an attacker of the database cannot rewrite it. */
#ifndef AUTH_AUDIT_H
#define AUTH_AUDIT_H

#include "auth/access.h"
#include "store/activity.h"

typedef struct Act
{
    const char *action;  /* "user-create" */
    const char *model;   /* "User", or NULL */
    int64_t model_id;    /* 0: none */
    const Json *details; /* no secret in it; NULL: none */
} Act;

/* `who` NULL stands for the server itself or its command line. */
bool audit_note(Store *store, Arena *arena, const Identity *who, const char *address,
                const Act *act, Error *err);

#endif
