/* Secrets at rest: keys that match, do not, come later; what the raw file shows. */
#include "base/file.h"
#include "store/database.h"
#include "store/migrate.h"
#include "store/setting.h"
#include "store_setup.h"

#include <string.h>

static SealKey
key_of(const char *passphrase)
{
    SealKey key;
    Error err;

    CHECK_OK(seal_key_from(passphrase, &key, &err), &err);
    return key;
}

static Database
make_database(Store *store, Arena *arena)
{
    Database database = database_new(arena);
    Json *details = json_new(arena, JSON_OBJECT);
    Error err;

    (void) json_put(arena, details, "password", json_new_text(arena, "hunter2-secret"));
    database.name = "Production";
    database.engine = "postgres";
    database.details = details;
    CHECK_OK(database_create(store, arena, &database, &err), &err);
    return database;
}

static const char *
password_of(Store *store, Arena *arena, int64_t id)
{
    Database database;
    Error err;

    CHECK_OK(database_find(store, arena, id, &database, &err), &err);
    return json_text_or(json_get(database.details, "password"), "");
}

static bool
file_shows(const char *path, const char *secret)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Str content = { "", 0 };
    Error ignored;

    return file_exists(path) && file_read(arena, path, 64 * 1024 * 1024, &content, &ignored) &&
           memmem(content.ptr, content.len, secret, strlen(secret)) != NULL;
}

PLACE_TEST(store_sealed_details_are_not_in_the_raw_data)
{
    const SealKey key = key_of("a passphrase of some length");
    Store *store = place_open(place);
    Database database;
    Error err;

    CHECK_OK(migrate_run(store, migrations_built_in, NULL, &err), &err);
    CHECK_OK(store_unlock(store, &key, &err), &err);
    database = make_database(store, arena);
    CHECK_OK(setting_put(store, arena, "email-smtp-password", "hunter2-secret", true, &err), &err);
    CHECK_STR(password_of(store, arena, database.id), "hunter2-secret");
    CHECK(seal_is(ask_text(store, arena, "select details from metabase_database")));
    CHECK(seal_is(
        ask_text(store, arena, "select value from setting where key = 'email-smtp-password'")));
    store_close(&store);
    if (place->engine == STORE_SQLITE)
    {
        CHECK(file_shows(place->location, "Production"));
        CHECK(!file_shows(place->location, "hunter2-secret"));
        CHECK(!file_shows(arena_format(arena, "%s-wal", place->location), "hunter2-secret"));
    }
}

PLACE_TEST(store_key_that_does_not_match_is_refused)
{
    const SealKey key = key_of("a passphrase of some length");
    const SealKey other = key_of("another passphrase of some length");
    Store *store = place_open(place);
    Database database;
    const char *value = NULL;
    Error err;

    CHECK_OK(migrate_run(store, migrations_built_in, NULL, &err), &err);
    CHECK_OK(store_unlock(store, &key, &err), &err);
    database = make_database(store, arena);
    store_close(&store);
    store = place_open(place);
    CHECK_ERROR(store_unlock(store, &other, &err), &err, ERR_CONFIG);
    CHECK(strstr(err.message, "MB_ENCRYPTION_SECRET_KEY does not match") != NULL);
    CHECK_ERROR(store_unlock(store, NULL, &err), &err, ERR_CONFIG);
    CHECK(strstr(err.message, "MB_ENCRYPTION_SECRET_KEY is not set") != NULL);
    CHECK_ERROR(database_find(store, arena, database.id, &database, &err), &err, ERR_CONFIG);
    CHECK_OK(store_unlock(store, &key, &err), &err);
    CHECK_STR(password_of(store, arena, database.id), "hunter2-secret");
    CHECK_OK(setting_get(store, arena, "encryption-check", &value, &err), &err);
    store_close(&store);
}

PLACE_TEST(store_key_that_comes_later_seals_what_is_plain)
{
    const SealKey key = key_of("a passphrase of some length");
    Store *store = place_open(place);
    SettingList settings;
    Database database;
    Error err;

    CHECK_OK(migrate_run(store, migrations_built_in, NULL, &err), &err);
    CHECK_OK(store_unlock(store, NULL, &err), &err);
    database = make_database(store, arena);
    CHECK(!seal_is(ask_text(store, arena, "select details from metabase_database")));
    store_close(&store);
    store = place_open(place);
    CHECK_OK(store_unlock(store, &key, &err), &err);
    CHECK(seal_is(ask_text(store, arena, "select details from metabase_database")));
    CHECK_STR(password_of(store, arena, database.id), "hunter2-secret");
    CHECK_OK(setting_list(store, arena, &settings, &err), &err);
    CHECK_INT(settings.count, 0);
    store_close(&store);
}
