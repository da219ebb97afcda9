/* From claims to an account: who it is, made at the first time, names, attributes and groups. */
#include "auth/sso.h"

#include "store/group.h"

#include <string.h>

enum
{
    MAX_ATTRIBUTES = 50
};

static bool
refuse(Error *err, const char *why)
{
    (void) error_set(err, ERR_UNAUTHENTICATED, "the log-in was not accepted: %s", why);
    return error_hint(err, "Tell an administrator of this site.");
}

static bool
domain_is_allowed(const Config *config, const char *email)
{
    Str rest = str_of(config->oidc_domains), domain;
    const char *at = strrchr(email, '@');

    if (config->oidc_domains[0] == '\0')
        return true;
    while (at != NULL && str_split(&rest, ',', &domain))
        if (str_is_nocase(str_trim(domain), at + 1))
            return true;
    return false;
}

static bool
read_email(const Config *config, const Json *claims, const char **email, Error *err)
{
    const Json *verified = json_get(claims, "email_verified");

    *email = json_text_or(json_get(claims, "email"), NULL);
    if (*email == NULL || strchr(*email, '@') == NULL || strlen(*email) > 254)
        return refuse(err, "the provider gave no address");
    if (verified != NULL && verified->kind == JSON_BOOL && !verified->boolean)
        return refuse(err, "the provider has not verified the address");
    if (!domain_is_allowed(config, *email))
        return refuse(err, "addresses of this domain are not let in");
    return true;
}

/* Plain claims, for filters of rows by attribute. */
static const Json *
attributes_of(Arena *arena, const Json *claims)
{
    Json *made = json_new(arena, JSON_OBJECT);

    for (const Json *item = claims->first; item != NULL && made->count < MAX_ATTRIBUTES;
         item = item->next)
        if (item->kind == JSON_TEXT && item->len <= 254)
            (void) json_put(arena, made, item->key, json_new_text(arena, item->text));
    return made;
}

static const char *
name_of(const Json *claims, const char *key, const char *other)
{
    return json_text_or(json_get(claims, key), json_text_or(json_get(claims, other), NULL));
}

/* ------------------------------------------------------------------------------------- groups */

static bool
has_claim(const Config *config, const Json *claims, Str name)
{
    const Json *list = json_get(claims, config->oidc_groups_claim);

    if (list != NULL && list->kind == JSON_TEXT)
        return str_is(name, list->text);
    for (const Json *item = list == NULL ? NULL : list->first; item != NULL; item = item->next)
        if (str_is(name, json_text_or(item, "")))
            return true;
    return false;
}

/* "admins=2,equipe=5": those groups follow the provider, others stay as they are. */
static bool
follow_groups(Store *tx, const Config *config, Arena *arena, const Json *claims, const User *user,
              Error *err)
{
    Str rest = str_of(config->oidc_groups), pair;

    while (config->oidc_groups[0] != '\0' && str_split(&rest, ',', &pair))
    {
        Str name, number = str_trim(pair);
        int64_t id;

        if (!str_split(&number, '=', &name) || number.ptr == NULL ||
            !str_to_int(str_trim(number), 1, INT64_MAX, &id))
            return error_set(err, ERR_CONFIG, "oidc-groups must be like admins=2,equipe=5");
        if (has_claim(config, claims, str_trim(name))
                ? !membership_add(tx, arena, user->id, (GroupChoice){ id, false }, err)
                : id != GROUP_ALL_USERS && !membership_remove(tx, arena, user->id, id, err))
            return error_prefix(err, "groups of %s", user->email);
    }
    return true;
}

/* ------------------------------------------------------------------------------------ account */

static bool
update(Store *tx, Arena *arena, const Json *claims, User *user, Error *err)
{
    const char *first = name_of(claims, "given_name", "first_name");
    const char *last = name_of(claims, "family_name", "usual_name");

    user->first_name = first != NULL && strlen(first) <= 254 ? first : user->first_name;
    user->last_name = last != NULL && strlen(last) <= 254 ? last : user->last_name;
    user->jwt_attributes = attributes_of(arena, claims);
    user->sso_source = "oidc";
    return user_update(tx, arena, user, err);
}

bool
sso_account(Store *store, const Config *config, Arena *arena, const Json *claims, User *user,
            Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const char *email;
    User found = { 0 };

    if (!read_email(config, claims, &email, err) || !store_begin(store, &tx, err))
        return false;
    if (!user_find_by_email(tx, arena, email, &found, err))
    {
        if (err->code != ERR_NOT_FOUND)
            return false;
        if (!config->oidc_create)
            return refuse(err, "there is no account of this address");
        found = (User){ .email = email };
        if (!user_create(tx, arena, &found, NULL, err))
            return false;
    }
    if (!found.is_active)
        return refuse(err, "the account is deactivated");
    if (strcmp(found.type, "personal") != 0)
        return refuse(err, "the address is not a person's");
    if (!update(tx, arena, claims, &found, err) ||
        !follow_groups(tx, config, arena, claims, &found, err) || !store_commit(&tx, err))
        return false;
    *user = found;
    return true;
}
