#include "test.h"

#include "auth/login.h"
#include "base/crypto.h"
#include "store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Site
{
    Arena *arena;
    Store *store;
    Throttle *throttle;
    Config config;
    int64_t user_id;
    char path[40];
} Site;

static const Device device = { .id = "", .description = "test", .address = "192.0.2.1" };

/* A site with one person, ada@example.org, whose password is "correct1horse". */
static void
site_open(Site *site)
{
    StoreOptions options = { .location = site->path };
    ConfigInput input = { 0 };
    User user = { .email = "ada@example.org", .is_superuser = true };
    Error err;

    *site = (Site){ .arena = arena_new(), .throttle = throttle_new() };
    (void) snprintf(site->path, sizeof(site->path), "/tmp/vigie-login-XXXXXX");
    (void) close(mkstemp(site->path));
    CHECK_OK(store_open(&options, &site->store, &err), &err);
    CHECK_OK(migrate_run(site->store, migrations_built_in, NULL, &err), &err);
    CHECK_OK(store_unlock(site->store, NULL, &err), &err);
    CHECK_OK(config_load(site->arena, &input, &site->config, &err), &err);
    CHECK_OK(user_create(site->store, site->arena, &user, login_hash(site->arena, "correct1horse"),
                         &err),
             &err);
    site->user_id = user.id;
}

static void
site_close(Site *site)
{
    store_close(&site->store);
    throttle_free(&site->throttle);
    (void) unlink(site->path);
    arena_free(&site->arena);
}

static bool
try_login(Site *site, const char *name, const char *password, Error *err)
{
    Credentials credentials = { name, password, false };
    const char *token;
    User user;

    return login(site->store, site->throttle, site->arena, &credentials, &device, &user, &token,
                 err);
}

TEST(login_takes_the_right_password_only)
{
    Site site;
    Error err;

    site_open(&site);
    CHECK_OK(try_login(&site, "ADA@example.org", "correct1horse", &err), &err);
    CHECK_ERROR(try_login(&site, "ada@example.org", "correct2horse", &err), &err,
                ERR_UNAUTHENTICATED);
    CHECK_STR(err.field, "password");
    CHECK_ERROR(try_login(&site, "nobody@example.org", "correct1horse", &err), &err,
                ERR_UNAUTHENTICATED);
    CHECK_STR(err.field, "password");
    site_close(&site);
}

/* As an import brings them: bcrypt of the salt followed by the password. */
TEST(login_upgrades_hashes_that_metabase_made)
{
    static const char salt[] = "9b3d1c1e-7d7a-4a8f-9d55-0a4b0c8f5f10";
    static const char hash[] = "$2a$10$Rnq0Rm3R/98Q1K3C8aLWMOUrP0y.XS4jFvvr4AgmOGts41xK2v2rm";
    static const char statement[] =
        "update core_user set password = $1, password_salt = $2 where id = $3";
    const char *kept, *kept_salt;
    Site site;
    Error err;

    site_open(&site);
    CHECK_OK(
        store_query(site.store, site.arena, statement,
                    VALUES(VALUE_OF_TEXT(hash), VALUE_OF_TEXT(salt), VALUE_OF_INT(site.user_id)),
                    NULL, &err),
        &err);
    CHECK_ERROR(try_login(&site, "ada@example.org", "correct1horse", &err), &err,
                ERR_UNAUTHENTICATED);
    CHECK_OK(user_password(site.store, site.arena, site.user_id, &kept, &kept_salt, &err), &err);
    CHECK_STR(kept, hash);
    CHECK_OK(try_login(&site, "ada@example.org", "mot de passe à moi", &err), &err);
    CHECK_OK(user_password(site.store, site.arena, site.user_id, &kept, &kept_salt, &err), &err);
    CHECK(strncmp(kept, "$argon2id$", 10) == 0);
    CHECK_OK(try_login(&site, "ada@example.org", "mot de passe à moi", &err), &err);
    site_close(&site);
}

TEST(login_of_one_address_is_slowed_down_for_all_accounts)
{
    Site site;
    Error err;

    site_open(&site);
    for (int i = 0; i < 41; i++)
        throttle_failed(site.throttle, &throttle_address, device.address);
    CHECK_ERROR(try_login(&site, "ada@example.org", "correct1horse", &err), &err, ERR_THROTTLED);
    CHECK_STR(err.field, "username");
    site_close(&site);
}

TEST(login_links_work_once_and_end_older_sessions)
{
    const char *path, *token, *session;
    User user;
    Session found;
    SessionPolicy policy = { 1000, 1000, 0 };
    Site site;
    Error err;

    site_open(&site);
    CHECK_OK(
        login_without_password(site.store, site.arena, site.user_id, true, &device, &session, &err),
        &err);
    CHECK_OK(login_make_link(site.store, site.arena, TOKEN_RESET, site.user_id, &path, &err), &err);
    token = strrchr(path, '/') + 1;
    CHECK_ERROR(login_reset(site.store, &site.config, site.arena, token, "weak", &user, &err), &err,
                ERR_INVALID);
    CHECK_OK(login_reset(site.store, &site.config, site.arena, token, "correct2horse", &user, &err),
             &err);
    CHECK_ERROR(
        login_reset(site.store, &site.config, site.arena, token, "correct3horse", &user, &err),
        &err, ERR_INVALID);
    CHECK_ERROR(session_find(site.store, site.arena, session, &policy, &found, &err), &err,
                ERR_UNAUTHENTICATED);
    CHECK_OK(try_login(&site, "ada@example.org", "correct2horse", &err), &err);
    site_close(&site);
}

TEST(password_rules_follow_their_setting)
{
    static const struct
    {
        const char *complexity, *password;
        bool strong;
    } cases[] = {
        { "weak", "abcdefgh", true },      { "weak", "abcdefg", false },
        { "normal", "abcdefgh", false },   { "normal", "abcdefg1", true },
        { "normal", "éééééé1", false },    { "normal", "ééééééé1", true },
        { "strong", "abcdefg1", false },   { "strong", "ABcdefg1", false },
        { "strong", "ABcdef1!", true },    { "normal", "Password1", false },
        { "normal", "azertyuiop1", true }, { "weak", "ada@example.org", false },
    };
    Site site;

    site_open(&site);
    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        Error err;

        site.config.password_complexity = cases[i].complexity;
        if (password_is_strong(&site.config, "password", cases[i].password, "ada@example.org",
                               &err) != cases[i].strong)
            fail_msg("%s: %s", cases[i].complexity, cases[i].password);
    }
    site_close(&site);
}
