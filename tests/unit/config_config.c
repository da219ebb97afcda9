#include "test.h"

#include "config/config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The environment of a test; the type is that of main, whose words may be changed. */
#define ENVIRONMENT(...) ((char *const *) (const char *const[]){ __VA_ARGS__, NULL })

static bool
load(Arena *arena, char *const *environment, const TextPair *flags, size_t count, Config *config,
     Error *err)
{
    ConfigInput input = { .environment = environment, .flags = flags, .flag_count = count };

    return config_load(arena, &input, config, err);
}

TEST(settings_come_from_the_best_name_and_flags_win)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *const *platform = ENVIRONMENT("PORT=8080", "MB_JETTY_PORT=9090",
                                        "MB_ENCRYPTION_SECRET_KEY=abc", "VIGIE_LOG_FORMAT=json");
    const TextPair flags[] = { { "base-path", "/stats/" } };
    Config config;
    Error err;

    CHECK_OK(load(arena, platform, flags, 1, &config, &err), &err);
    CHECK_INT(config.port, 9090);
    CHECK_STR(config.source[CONFIG_port], "environment MB_JETTY_PORT");
    CHECK_STR(config.base_path, "/stats");
    CHECK_STR(config.log_format, "json");
    CHECK_STR(config.source[CONFIG_data], "default");
    CHECK_STR(config_shown(arena, &config, CONFIG_encryption_key), "***");
}

TEST(settings_that_are_wrong_are_named_with_their_source)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const char *const wrong[] = {
        "PORT=http",
        "PORT=70000",
        "VIGIE_LOG_LEVEL=loud",
        "VIGIE_BASE_PATH=stats",
        "VIGIE_BASE_PATH=/a/../b",
        "VIGIE_SAMPLE=perhaps",
        "MB_PASSWORD_LENGTH=2",
    };

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
    {
        char *const *environment = ENVIRONMENT(wrong[i]);
        Config config;
        Error err;

        CHECK_ERROR(load(arena, environment, NULL, 0, &config, &err), &err, ERR_CONFIG);
    }
}

TEST(the_app_database_may_be_given_in_parts)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *const *parts = ENVIRONMENT("MB_DB_TYPE=postgres", "MB_DB_HOST=db", "MB_DB_USER=u s",
                                     "MB_DB_PASS=p@:/", "MB_DB_DBNAME=meta");
    char *const *h2 = ENVIRONMENT("MB_DB_TYPE=h2");
    const char *url;
    Config config;
    Error err;

    CHECK_OK(load(arena, parts, NULL, 0, &config, &err), &err);
    CHECK_OK(config_database_url(arena, &config, &url, &err), &err);
    CHECK_STR(url, "postgresql://u%20s:p%40%3A%2F@db:5432/meta");
    CHECK_OK(load(arena, h2, NULL, 0, &config, &err), &err);
    CHECK_ERROR(config_database_url(arena, &config, &url, &err), &err, ERR_CONFIG);
}

static bool
knows_site_name(const char *name)
{
    return strcmp(name, "MB_SITE_NAME") == 0;
}

TEST(unknown_metabase_variables_are_told_once_and_never_fail)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char *const *environment = ENVIRONMENT("MB_SITE_NAME=x", "MB_JETTY_PORT=1", "MB_PLUGINS_DIR=/p",
                                           "MB_EMOJI=1", "HOME=/");

    CHECK_STR(config_unknown(arena, environment, knows_site_name), "MB_PLUGINS_DIR, MB_EMOJI");
}

TEST(settings_files_name_the_line_that_is_wrong)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    char path[] = "/tmp/vigie-conf-XXXXXX";
    int file = mkstemp(path);
    static const char text[] = "# comment\nport = 8081\nbase-path = \"/x\"\nwrong = 1\n";
    ConfigInput input = { .file = path };
    Config config;
    Error err;

    CHECK(write(file, text, sizeof(text) - 1) > 0);
    CHECK_ERROR(config_load(arena, &input, &config, &err), &err, ERR_CONFIG);
    CHECK(strstr(err.message, "line 4") != NULL && strstr(err.message, "wrong") != NULL);
    CHECK(ftruncate(file, sizeof(text) - 11) == 0);
    CHECK_OK(config_load(arena, &input, &config, &err), &err);
    CHECK_INT(config.port, 8081);
    CHECK_STR(config.base_path, "/x");
    (void) close(file);
    (void) unlink(path);
}
