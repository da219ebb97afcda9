/* A feed on real databases: what arrives, what stays, changes of definitions, refusals. */
#include "base/file.h"
#include "etl/feed.h"
#include "store_setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One database: the source's schema "app", the target's schema "impact". */
typedef struct Ground
{
    Arena *arena;
    PgTarget target;
    Pg *pg;
    char folder[32];
    const char *database;
    char *environment[2];
} Ground;

static void
run(Pg *pg, const char *sql)
{
    Error err;

    CHECK_OK(pg_script(pg, NULL, sql, &err), &err);
}

static const char *
ask(Ground *g, const char *sql)
{
    Rows rows;
    RowCollector collector = row_collector(g->arena, &rows, 0);
    Error err;

    CHECK_OK(pg_query(g->pg, NULL, sql, NULL, 0, &collector.sink, &err), &err);
    return rows.count == 0 ? "" : value_to_text(g->arena, &rows.row[0][0]);
}

static Ground
ground_make(Arena *arena)
{
    static int count;
    Ground g = { .arena = arena, .folder = "/tmp/vigie-feed-XXXXXX" };
    const char *url = postgres_url();
    Pg *pg = NULL;
    Error err;

    count++;
    assert_non_null(mkdtemp(g.folder));
    g.database = arena_format(arena, "vigie_feed_%d_%d", (int) getpid(), count);
    CHECK_OK(pg_target_from_url(arena, url, &g.target, &err), &err);
    CHECK_OK(pg_open(&g.target, NULL, &pg, &err), &err);
    run(pg, arena_format(arena, "create database %s", g.database));
    pg_close(&pg);
    g.target.dbname = g.database;
    CHECK_OK(pg_open(&g.target, NULL, &g.pg, &err), &err);
    g.environment[0] =
        arena_format(arena, "DB_URL=%.*s/%s", (int) (strrchr(url, '/') - url), url, g.database);
    run(g.pg, "create schema app;"
              "create table app.rdvs (id bigint primary key, starts_at timestamp, secret text,"
              " status text);"
              "insert into app.rdvs select n, '2026-01-01'::timestamp + n * interval '1 day',"
              " 'hush ' || n, case when n % 2 = 0 then 'seen' else 'missed' end"
              " from generate_series(1, 1000) n");
    return g;
}

static void
ground_remove(Ground *g)
{
    const char *sql = path_join(g->arena, g->folder, "q.sql");
    const char *yml = path_join(g->arena, g->folder, "f.yml");
    Pg *pg = NULL;
    Error err;

    pg_close(&g->pg);
    g->target.dbname = "postgres";
    CHECK_OK(pg_open(&g->target, NULL, &pg, &err), &err);
    run(pg, arena_format(g->arena, "drop database %s with (force)", g->database));
    pg_close(&pg);
    (void) unlink(sql);
    (void) unlink(yml);
    (void) rmdir(g->folder);
}

static void
put_file(Ground *g, const char *file, const char *text)
{
    Error err;

    CHECK_OK(file_write(path_join(g->arena, g->folder, file), str_of(text), 0600, &err), &err);
}

static bool
feed(Ground *g, const char *text, FeedReport *report, Error *err)
{
    Feed feed;

    put_file(g, "f.yml", text);
    return feed_load(g->arena, g->folder, "f", g->environment, &feed, err) &&
           feed_run(g->arena, &feed, &(FeedRun){ 0 }, report, err);
}

#define HEAD "source: DB_URL\ntarget: DB_URL\nschema: impact\n"

static const char first_feed[] =
    HEAD "tables:\n"
         "  - name: rdv\n"
         "    comment: Appointments\n"
         "    from: app.rdvs\n"
         "    key: [id]\n"
         "    columns:\n"
         "      - id\n"
         "      - {column: starts_at, name: jour, type: date, comment: The day}\n"
         "  - name: usage\n"
         "    query: q.sql\n"
         "    columns:\n"
         "      - {column: status, type: text}\n"
         "      - {column: n, name: total, type: bigint}\n";

static const char second_feed[] = HEAD "tables:\n"
                                       "  - name: rdv\n"
                                       "    from: app.rdvs\n"
                                       "    key: [id]\n"
                                       "    columns:\n"
                                       "      - {column: id, type: text}\n"
                                       "      - status\n";

SERVER_TEST(feed_brings_what_is_listed_and_nothing_else)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Ground g = ground_make(arena);
    FeedReport report;
    Error err;

    put_file(&g, "q.sql",
             "select status, count(*) as n, 'hush' as other -- words\nfrom app.rdvs group by 1;\n");
    CHECK_OK(feed(&g, first_feed, &report, &err), &err);
    CHECK_INT(report.rows, 1002);
    CHECK_STR(ask(&g, "select count(*) from impact.rdv"), "1000");
    CHECK_STR(ask(&g, "select jour::text from impact.rdv where id = 1"), "2026-01-02");
    CHECK_STR(ask(&g, "select total from impact.usage where status = 'seen'"), "500");
    CHECK_STR(
        ask(&g, "select count(*) from information_schema.columns where table_schema = 'impact'"),
        "4");
    CHECK_STR(ask(&g, "select obj_description('impact.rdv'::regclass)"), "Appointments");
    CHECK_STR(ask(&g, "select col_description('impact.rdv'::regclass, 2)"), "The day");
    CHECK_STR(ask(&g, "select count(*) from pg_constraint where conrelid = 'impact.rdv'::regclass "
                      "and contype = 'p'"),
              "1");
    CHECK_STR(ask(&g, "select count(*) from pg_namespace where nspname like 'impact\\_\\_%'"), "0");
    CHECK_STR(ask(&g, "select state || ' ' || rows from vigie_etl.run where app = 'f'"),
              "done 1002");
    ground_remove(&g);
}

SERVER_TEST(feed_replaces_rows_and_keeps_rights_views_and_tables_of_others)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Ground g = ground_make(arena);
    FeedReport report;
    const char *before;
    Error err;

    put_file(&g, "q.sql", "select status, count(*) as n from app.rdvs group by 1");
    CHECK_OK(feed(&g, first_feed, &report, &err), &err);
    run(g.pg, "create schema other; create view other.v as select id from impact.rdv;"
              "create table impact.django_migrations (x int);"
              "insert into impact.django_migrations values (1);"
              "grant select on impact.rdv to public; delete from app.rdvs where id > 10");
    before = ask(&g, "select 'impact.rdv'::regclass::oid::text");
    CHECK_OK(feed(&g, first_feed, &report, &err), &err);
    CHECK_INT(report.changes.count, 0);
    CHECK_STR(ask(&g, "select count(*) from other.v"), "10");
    CHECK_STR(ask(&g, "select count(*) from impact.django_migrations"), "1");
    CHECK_STR(ask(&g, "select 'impact.rdv'::regclass::oid::text"), before);
    CHECK_STR(ask(&g, "select (relacl::text like '%=r/%')::text from pg_class where oid = "
                      "'impact.rdv'::regclass"),
              "true");
    ground_remove(&g);
}

SERVER_TEST(feed_applies_changes_of_definitions_and_says_them)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Ground g = ground_make(arena);
    FeedReport report;
    Error err;

    put_file(&g, "q.sql", "select status, count(*) as n from app.rdvs group by 1");
    CHECK_OK(feed(&g, first_feed, &report, &err), &err);
    CHECK_INT(report.changes.count, 2);
    CHECK_OK(feed(&g, second_feed, &report, &err), &err);
    CHECK_INT(report.changes.count, 4);
    CHECK_STR(report.changes.items[3], "usage: gone, the feed does not name it any more");
    CHECK_STR(ask(&g, "select (to_regclass('impact.usage') is null)::text"), "true");
    CHECK_STR(report.changes.items[0], "rdv: column id is text instead of bigint");
    CHECK_STR(report.changes.items[1], "rdv: column status is new");
    CHECK_STR(report.changes.items[2], "rdv: column jour is gone");
    CHECK_STR(ask(&g, "select status from impact.rdv where id = '2'"), "seen");
    /* What a view of others stands on is not taken away: all stays as it was. */
    run(g.pg, "create schema other; create view other.v as select status from impact.rdv");
    CHECK(!feed(&g, first_feed, &report, &err));
    CHECK(strstr(err.message, "rdv") != NULL);
    CHECK_STR(ask(&g, "select count(*) from other.v"), "1000");
    CHECK_STR(ask(&g, "select count(*) from pg_namespace where nspname like 'impact\\_\\_%'"), "0");
    CHECK_STR(ask(&g, "select state from vigie_etl.run order by id desc limit 1"), "failed");
    ground_remove(&g);
}

SERVER_TEST(feed_swaps_a_schema_of_its_own_and_refuses_one_with_strangers)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *text = arena_format(arena, "mode: swap\n%s", second_feed);
    Ground g = ground_make(arena);
    FeedReport report;
    Error err;

    CHECK_OK(feed(&g, text, &report, &err), &err);
    CHECK_OK(feed(&g, text, &report, &err), &err);
    CHECK_STR(ask(&g, "select count(*) from impact.rdv"), "1000");
    run(g.pg, "create table impact.mine (x int)");
    CHECK_ERROR(feed(&g, text, &report, &err), &err, ERR_CONFLICT);
    CHECK_STR(err.message, "the schema impact holds mine, which no run of the feed has made");
    CHECK_STR(ask(&g, "select count(*) from impact.rdv"), "1000");
    ground_remove(&g);
}

SERVER_TEST(feed_leaves_a_table_it_does_not_name_any_more_when_a_view_stands_on_it)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Ground g = ground_make(arena);
    FeedReport report;
    Error err;

    put_file(&g, "q.sql", "select status, count(*) as n from app.rdvs group by 1");
    CHECK_OK(feed(&g, first_feed, &report, &err), &err);
    run(g.pg, "create schema other; create view other.v as select total from impact.usage");
    CHECK_OK(feed(&g, second_feed, &report, &err), &err);
    CHECK(strstr(report.changes.items[3], "usage: the feed does not name it any more; it stays") !=
          NULL);
    CHECK_STR(ask(&g, "select count(*) from other.v"), "2");
    /* It is not forgotten for ever. */
    run(g.pg, "drop view other.v");
    CHECK_OK(feed(&g, second_feed, &report, &err), &err);
    CHECK_STR(report.changes.items[0], "usage: gone, the feed does not name it any more");
    /* From then on the name is anybody's. */
    run(g.pg, "create table impact.usage (x int)");
    CHECK_OK(feed(&g, second_feed, &report, &err), &err);
    CHECK_INT(report.changes.count, 0);
    CHECK_STR(ask(&g, "select count(*) from impact.usage"), "0");
    ground_remove(&g);
}

SERVER_TEST(feed_swaps_with_the_rights_of_the_schema_and_without_tables_it_forgot)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *both = arena_format(arena, "mode: swap\n%s", first_feed);
    const char *one = arena_format(arena, "mode: swap\n%s", second_feed);
    const char *reader;
    Ground g = ground_make(arena);
    FeedReport report;
    Error err;

    reader = arena_format(arena, "reader_%s", g.database);
    put_file(&g, "q.sql", "select status, count(*) as n from app.rdvs group by 1");
    CHECK_OK(feed(&g, both, &report, &err), &err);
    run(g.pg, arena_format(arena,
                           "create role %s; grant usage on schema impact to %s with grant option;"
                           "grant usage on schema impact to public;"
                           "alter default privileges in schema impact grant select on tables to %s;"
                           "alter default privileges in schema impact grant usage on sequences "
                           "to public",
                           reader, reader, reader));
    CHECK_OK(feed(&g, one, &report, &err), &err);
    CHECK_STR(report.changes.items[0], "usage: gone, the feed does not name it any more");
    CHECK_STR(ask(&g, "select (to_regclass('impact.usage') is null)::text"), "true");
    CHECK_STR(
        ask(&g, arena_format(arena,
                             "select has_table_privilege('%s', 'impact.rdv', 'SELECT') and "
                             "not has_table_privilege('%s', 'impact.rdv', 'INSERT') and "
                             "has_schema_privilege('%s', 'impact', 'USAGE WITH GRANT OPTION')",
                             reader, reader, reader)),
        "true");
    run(g.pg, "create table impact.later (x int); create sequence impact.numbers");
    CHECK_STR(ask(&g, arena_format(arena,
                                   "select has_table_privilege('%s', 'impact.later', 'SELECT') and "
                                   "has_sequence_privilege('%s', 'impact.numbers', 'USAGE')",
                                   reader, reader)),
              "true");
    run(g.pg, arena_format(arena, "drop owned by %s; drop role %s", reader, reader));
    ground_remove(&g);
}

SERVER_TEST(feed_file_that_is_wrong_is_refused_with_its_line)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    static const struct
    {
        const char *text;
        const char *message;
    } cases[] = {
        { "schema: x\ntables: []\n", "source: " },
        { HEAD "tables: []\n", "the feed lists 0 tables" },
        { HEAD "tabels: []\n", "line 4: the key tabels means nothing here" },
        { HEAD "tables:\n  - {name: a, columns: [x]}\n", "line 5: a needs either from or query" },
        { HEAD "tables:\n  - {name: a, from: b, columns: []}\n", "lists 0 columns" },
        { HEAD "tables:\n  - {name: a, from: b, columns: [x, x]}\n", "a.x is listed twice" },
        { HEAD "tables:\n  - {name: a, from: b, key: [y], columns: [x]}\n", "the key y of a" },
        { HEAD "tables:\n  - {name: a, query: ../q.sql, columns: [x]}\n", "beside the feed" },
        { HEAD "tables:\n  - {name: a, query: q.sql, columns: [x]}\n", "needs a type" },
        { HEAD "tables:\n  - {name: a, from: app.rdvs, columns: [nope]}\n", "no column rdvs.nope" },
        { HEAD "tables:\n  - {name: a, from: app.nope, columns: [x]}\n", "no table app.nope" },
        { HEAD "tables:\n  - {name: a, from: app.rdvs, columns: [{column: id, type: money}]}\n",
          "there is no type money" },
    };
    Ground g = ground_make(arena);

    put_file(&g, "q.sql", "select 1 as x");
    for (size_t i = 0; i < COUNT_OF(cases); i++)
    {
        FeedReport report;
        Error err = { 0 };

        CHECK_ERROR(feed(&g, cases[i].text, &report, &err), &err, ERR_CONFIG);
        if (strstr(err.message, cases[i].message) == NULL)
            fail_msg("%s: %s", cases[i].message, err.message);
    }
    ground_remove(&g);
}
