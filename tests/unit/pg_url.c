#include "pg/pg.h"
#include "test.h"

#include <string.h>

typedef struct UrlCase
{
    const char *url;
    PgTarget target; /* only what the URL gives */
} UrlCase;

static const UrlCase good[] = {
    { "postgres://u:p@h:5433/d",
      { .user = "u", .password = "p", .host = "h", .port = "5433", .dbname = "d" } },
    { "postgresql://h/d?sslmode=prefer", { .host = "h", .dbname = "d", .sslmode = "prefer" } },
    { "POSTGRES://u@h", { .user = "u", .host = "h" } },
    { "postgres://u:a%40b%2Fc%3A@h/d%20e",
      { .user = "u", .password = "a@b/c:", .host = "h", .dbname = "d e" } },
    { "postgres://u:a@b@h/d", { .user = "u", .password = "a@b", .host = "h", .dbname = "d" } },
    { "postgres:///d?host=/run/sock", { .dbname = "d", .host = "/run/sock" } },
    { "postgres://%2Frun%2Fsock/d", { .host = "/run/sock", .dbname = "d" } },
    { "postgres://[::1]:5433/d", { .host = "::1", .port = "5433", .dbname = "d" } },
    { "postgres://a:1,b:2/d?target_session_attrs=read-write",
      { .host = "a,b", .port = "1,2", .dbname = "d", .target_session_attrs = "read-write" } },
    { "postgres://a,b:2/d", { .host = "a,b", .port = ",2", .dbname = "d" } },
    { "jdbc:postgresql://h:5432/d?user=u&password=p%26q",
      { .host = "h", .port = "5432", .dbname = "d", .user = "u", .password = "p&q" } },
    { "jdbc:postgresql://h/d?ssl=true&sslmode=require&sslfactory=org.postgresql.ssl."
      "NonValidatingFactory",
      { .host = "h", .dbname = "d", .sslmode = "require", .ignored = "sslfactory" } },
    { "jdbc:postgresql://h/d?ssl=true", { .host = "h", .dbname = "d", .sslmode = "require" } },
    { "jdbc:postgresql://h/d?ssl=false", { .host = "h", .dbname = "d" } },
    { "jdbc:postgresql://h/d?ssl=true&sslmode=verify-full",
      { .host = "h", .dbname = "d", .sslmode = "verify-full" } },
    { "jdbc:postgresql://h/d?ApplicationName=x&loginTimeout=7&prepareThreshold=0&tcpKeepAlive=true",
      { .host = "h",
        .dbname = "d",
        .application_name = "x",
        .connect_seconds = 7,
        .ignored = "prepareThreshold,tcpKeepAlive" } },
    { "jdbc:postgresql:d", { .dbname = "d" } },
    { "jdbc:postgresql://u:p@h/d", { .user = "u", .password = "p", .host = "h", .dbname = "d" } },
    { "jdbc:postgresql://h/d?currentSchema=my%20app",
      { .host = "h", .dbname = "d", .options = "-c search_path=my\\ app" } },
    { "postgres://h/d?schema=public&connection_limit=5&&pgbouncer=true",
      { .host = "h", .dbname = "d", .ignored = "schema,connection_limit,pgbouncer" } },
    { "postgres://h/d?connect_timeout=3&application_name=a",
      { .host = "h", .dbname = "d", .connect_seconds = 3, .application_name = "a" } },
};

static void
check_text(const char *url, const char *got, const char *wanted)
{
    if (got == NULL && wanted == NULL)
        return;
    if (got == NULL || wanted == NULL || strcmp(got, wanted) != 0)
        fail_msg("%s: %s instead of %s", url, got, wanted);
}

TEST(pg_urls_of_libpq_and_jdbc_are_read)
{
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(good); i++)
    {
        const PgTarget *wanted = &good[i].target;
        const char *url = good[i].url;
        PgTarget got;
        Error err;

        if (!pg_target_from_url(arena, url, &got, &err))
            fail_msg("%s: %s", url, err.message);
        check_text(url, got.host, wanted->host);
        check_text(url, got.port, wanted->port);
        check_text(url, got.dbname, wanted->dbname);
        check_text(url, got.user, wanted->user);
        check_text(url, got.password, wanted->password);
        check_text(url, got.sslmode, wanted->sslmode);
        check_text(url, got.target_session_attrs, wanted->target_session_attrs);
        check_text(url, got.application_name, wanted->application_name);
        check_text(url, got.options, wanted->options);
        check_text(url, got.ignored, wanted->ignored);
        CHECK_INT(got.connect_seconds, wanted->connect_seconds);
    }
}

TEST(pg_urls_that_are_wrong_are_refused_without_their_password)
{
    static const char *const bad[] = {
        "mysql://u:hunter2@h/d",
        "postgres://u:hunter2%@h/d",
        "postgres://u:hunter2%zz@h/d",
        "postgres://u:hunter2%00@h/d",
        "postgres://u%4:hunter2@h/d",
        "postgres://u:hunter2@h%4/d",
        "postgres://u:hunter2@h:port/d",
        "postgres://u:hunter2@h:0/d",
        "postgres://u:hunter2@h:70000/d",
        "postgres://u:hunter2@[::1/d",
        "postgres://u:hunter2@h/d%2",
        "postgres://u:hunter2@h/d?sslmode=hunter2",
        "postgres://u:hunter2@h/d?user=%2",
        "postgres://u:hunter2@h/d?connect_timeout=hunter2",
        "postgres://u:hunter2/x@h/d",
        "postgres://u:hunter2@h/\xff",
        "",
    };
    CLEANUP(arena_free) Arena *arena = arena_new();

    for (size_t i = 0; i < COUNT_OF(bad); i++)
    {
        PgTarget got;
        Error err = { 0 };

        if (pg_target_from_url(arena, bad[i], &got, &err))
            fail_msg("%s was accepted", bad[i]);
        CHECK_INT(err.code, ERR_CONFIG);
        CHECK(strstr(err.message, "hunter2") == NULL);
        CHECK(strstr(err.hint, "hunter2") == NULL);
    }
}

TEST(pg_labels_show_no_password)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    PgTarget target;
    Error err;

    CHECK_OK(pg_target_from_url(arena, "postgres://u:hunter2@h/d", &target, &err), &err);
    CHECK_STR(pg_target_label(arena, &target), "u@h:5432/d");
    CHECK(pg_is_url("jdbc:postgresql://h/d"));
    CHECK(!pg_is_url("/var/lib/vigie.db"));
    CHECK(!pg_is_url(NULL));
}
