/*
 * Who asks, and may they? The only file that answers. Deny by default.
 */
#ifndef AUTH_ACCESS_H
#define AUTH_ACCESS_H

#include "base/arena.h"
#include "base/error.h"
#include "config/config.h"
#include "http/request.h"
#include "store/group.h"
#include "store/session.h"
#include "store/user.h"

#define SESSION_COOKIE "metabase.SESSION"
#define SESSION_HEADER "X-Metabase-Session"
#define API_KEY_HEADER "X-API-KEY"
#define DEVICE_COOKIE  "metabase.DEVICE"

typedef enum Need
{
    NEED_NOTHING, /* anybody; somebody known is recognised */
    NEED_USER,
    NEED_ADMIN
} Need;

typedef enum Means
{
    MEANS_NONE,
    MEANS_COOKIE,
    MEANS_HEADER,
    MEANS_API_KEY
} Means;

/* Who asks. Of nobody, `user.id` is 0. */
typedef struct Identity
{
    Means means;
    User user;
    IntList groups;
    Session session;           /* MEANS_COOKIE and MEANS_HEADER */
    const char *session_token; /* the same */
    ApiKey key;                /* MEANS_API_KEY */
} Identity;

SessionPolicy session_policy(const Config *config);

/*
 * Reads session or API key. Nobody when there is none; also when it is wrong, unless `strict`:
 * then ERR_UNAUTHENTICATED.
 */
bool access_identify(Store *store, const Config *config, Arena *arena, const HttpRequest *req,
                     bool strict, Identity *who, Error *err);
/* ERR_UNAUTHENTICATED for nobody, ERR_DENIED for somebody who is not enough. */
bool access_need(const Identity *who, Need need, Error *err);
/*
 * A browser that sends its cookie along on behalf of another site may not change anything:
 * ERR_DENIED.
 */
bool access_same_site(const HttpRequest *req, const Identity *who, Error *err);
/* Oneself, or an administrator. */
bool access_to_user(const Identity *who, int64_t user_id, Error *err);
/* As shown in the audit log: an address, or "API key name". */
const char *identity_name(Arena *arena, const Identity *who);

#endif
