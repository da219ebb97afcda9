/*
 * People. The struct has what the API shows; find it, change members, then user_update writes them.
 * Addresses are compared without regard to ASCII case and kept in lower case. The rule that at
 * least one administrator stays active is kept here, whatever the way.
 */
#ifndef STORE_USER_H
#define STORE_USER_H

#include "store/store.h"

typedef struct User
{
    int64_t id;
    const char *email;
    const char *first_name;
    const char *last_name;
    const char *common_name; /* made from the names, else the address; read only */
    bool is_superuser;
    bool is_active;
    bool is_qbnewb;
    bool is_data_analyst;
    const char *locale;
    const char *sso_source;
    const char *type; /* "personal", or "api-key" for the hidden user of a key */
    const char *entity_id;
    const Json *login_attributes;
    const Json *jwt_attributes;
    const Json *settings; /* the user's own settings, an object */
    OptInt tenant_id;
    const char *date_joined;
    const char *last_login;
    const char *first_login;
    const char *updated_at;
    const char *deactivated_at;
} User;

typedef struct UserList
{
    User *items;
    size_t count;
    int64_t total; /* without limit and offset */
} UserList;

typedef enum UserStatus
{
    USER_ACTIVE,
    USER_DEACTIVATED,
    USER_ALL
} UserStatus;

typedef struct UserFilter
{
    UserStatus status;
    const char *query; /* part of a name or address, accents and case aside; NULL: any */
    int64_t group_id;  /* 0: any */
    int64_t limit;     /* 0: no limit */
    int64_t offset;
} UserFilter;

/* Is there anybody, active or not, besides hidden users? */
bool user_exists_any(Store *store, Arena *arena, bool *exists, Error *err);
/* Hidden users of API keys are not listed. Ordered by last name, first name, address. */
bool user_list(Store *store, Arena *arena, const UserFilter *filter, UserList *list, Error *err);
/* ERR_NOT_FOUND; deactivated people are found. */
bool user_find(Store *store, Arena *arena, int64_t id, User *user, Error *err);
bool user_find_by_email(Store *store, Arena *arena, const char *email, User *user, Error *err);
/*
 * `user` gives email (needed), names, locale, attributes, sso_source, is_superuser; the rest is
 * filled in. Joins All Users, and Administrators when is_superuser. The password may be NULL (an
 * invited person). A taken address is ERR_INVALID on field "email".
 */
bool user_create(Store *store, Arena *arena, User *user, const char *password_hash, Error *err);
/* Writes the members that people can change (not is_active, not the password), and refreshes
 * updated_at. is_superuser brings the Administrators membership along. */
bool user_update(Store *store, Arena *arena, User *user, Error *err);

/* What login compares; *hash and *salt may become NULL. */
bool user_password(Store *store, Arena *arena, int64_t id, const char **hash, const char **salt,
                   Error *err);
/* A hash of base/crypto, which has its own salt. Ends nothing: call session_end_all. */
bool user_set_password(Store *store, Arena *arena, int64_t id, const char *hash, Error *err);
/* A log-in succeeded now. */
bool user_note_login(Store *store, Arena *arena, int64_t id, Error *err);

/* Ends the sessions and open invitations too. The last administrator is refused (ERR_INVALID). */
bool user_deactivate(Store *store, Arena *arena, int64_t id, Error *err);
/* ERR_INVALID when active already. */
bool user_reactivate(Store *store, Arena *arena, int64_t id, Error *err);

#endif
