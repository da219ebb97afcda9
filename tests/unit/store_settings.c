#include "test.h"

#include "base/crypto.h"
#include "store/migrate.h"
#include "store/setting.h"
#include "store/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ENVIRONMENT(...) ((char *const *) (const char *const[]){ __VA_ARGS__, NULL })

/* A store in a file that is gone with the process. */
static void
open_store(Store **store, char path[40])
{
    StoreOptions options = { .location = path };
    Error err;
    int file;

    (void) snprintf(path, 40, "/tmp/vigie-settings-XXXXXX");
    file = mkstemp(path);
    (void) close(file);
    CHECK_OK(store_open(&options, store, &err), &err);
    CHECK_OK(migrate_run(*store, migrations_built_in, NULL, &err), &err);
}

TEST(live_settings_come_from_environment_then_store_then_default)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(store_close) Store *store = NULL;
    Settings *settings;
    char path[40];
    Error err;

    open_store(&store, path);
    CHECK_OK(store_unlock(store, NULL, &err), &err);
    CHECK_OK(settings_open(store, ENVIRONMENT("MB_SITE_NAME=Fixed"), &settings, &err), &err);
    CHECK_STR(settings_text(settings, arena, LIVE_site_name), "Fixed");
    CHECK(settings_is_fixed(settings, LIVE_site_name));
    CHECK_ERROR(settings_put_text(settings, LIVE_site_name, "Other", &err), &err, ERR_INVALID);
    CHECK(strstr(err.message, "MB_SITE_NAME") != NULL);
    CHECK_INT(settings_int(settings, LIVE_email_smtp_port), 587);
    CHECK_OK(settings_put_text(settings, LIVE_email_smtp_port, "25", &err), &err);
    CHECK_INT(settings_int(settings, LIVE_email_smtp_port), 25);
    CHECK(settings_is_set(settings, LIVE_email_smtp_port));
    CHECK(settings_double(settings, LIVE_breakout_bin_width) == 10);
    CHECK_OK(settings_put_text(settings, LIVE_breakout_bin_width, "0.5", &err), &err);
    CHECK(settings_double(settings, LIVE_breakout_bin_width) == 0.5);
    CHECK_OK(settings_put_text(settings, LIVE_email_smtp_port, NULL, &err), &err);
    CHECK_INT(settings_int(settings, LIVE_email_smtp_port), 587);
    settings_close(&settings);
    (void) unlink(path);
}

TEST(live_settings_refuse_what_their_table_does_not_allow)
{
    CLEANUP(store_close) Store *store = NULL;
    static const struct
    {
        LiveKey live;
        const char *value;
    } wrong[] = {
        { LIVE_site_locale, "de" },         { LIVE_email_smtp_port, "0" },
        { LIVE_email_smtp_port, "x" },      { LIVE_report_timezone, "Mars/North" },
        { LIVE_custom_formatting, "[]" },   { LIVE_enable_public_sharing, "perhaps" },
        { LIVE_email_smtp_security, "no" }, { LIVE_breakout_bin_width, "0" },
        { LIVE_breakout_bin_width, "1e9" }, { LIVE_breakout_bin_width, "wide" },
    };
    Settings *settings;
    char path[40];
    Error err;

    open_store(&store, path);
    CHECK_OK(store_unlock(store, NULL, &err), &err);
    CHECK_OK(settings_open(store, NULL, &settings, &err), &err);
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
    {
        CHECK_ERROR(settings_put_text(settings, wrong[i].live, wrong[i].value, &err), &err,
                    ERR_INVALID);
        CHECK_STR(err.field, live_rows[wrong[i].live].key);
    }
    settings_close(&settings);
    CHECK_ERROR(settings_open(store, ENVIRONMENT("MB_EMAIL_SMTP_PORT=x"), &settings, &err), &err,
                ERR_CONFIG);
    (void) unlink(path);
}

TEST(a_secret_setting_is_sealed_once_there_is_a_key)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(store_close) Store *store = NULL;
    SettingList list;
    Settings *settings;
    SealKey key;
    char path[40];
    Error err;

    open_store(&store, path);
    CHECK_OK(store_unlock(store, NULL, &err), &err);
    CHECK_OK(settings_open(store, NULL, &settings, &err), &err);
    CHECK_OK(settings_put_text(settings, LIVE_email_smtp_password, "hunter2", &err), &err);
    settings_close(&settings);
    CHECK_OK(setting_list(store, arena, &list, &err), &err);
    CHECK(list.count == 1 && !list.items[0].sealed);
    CHECK_OK(seal_key_from("a passphrase of some length", &key, &err), &err);
    CHECK_OK(store_unlock(store, &key, &err), &err);
    CHECK_OK(settings_open(store, NULL, &settings, &err), &err);
    CHECK_STR(settings_text(settings, arena, LIVE_email_smtp_password), "hunter2");
    CHECK_OK(setting_list(store, arena, &list, &err), &err);
    CHECK(list.items[0].sealed);
    CHECK_STR(list.items[0].value, "hunter2");
    settings_close(&settings);
    (void) unlink(path);
}

TEST(environment_names_follow_their_keys)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    CHECK_STR(live_environment_name(arena, LIVE_email_smtp_host), "MB_EMAIL_SMTP_HOST");
    CHECK(live_is_environment_name("MB_SITE_URL"));
    CHECK(!live_is_environment_name("MB_SITE"));
}
