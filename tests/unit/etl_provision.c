/* Against a real server: what is made, what a reader may and may not, twice, wipe, refusals. */
#include "etl/provision.h"
#include "store_setup.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A database and two roles of its own, gone at the end. */
typedef struct Ground
{
    Arena *arena;
    Pg *admin;
    PgTarget target;
    const char *database;
    const char *owner;
    const char *reader;
    Buf told;
} Ground;

static void
keep(void *arg, const char *line)
{
    buf_text(arg, line);
    buf_text(arg, "\n");
}

static void
run(Pg *pg, const char *sql)
{
    Error err;

    CHECK_OK(pg_script(pg, NULL, sql, &err), &err);
}

static bool
fails(Pg *pg, const char *sql)
{
    Error err;

    return !pg_script(pg, NULL, sql, &err) && strcmp(pg_sqlstate(pg), "42501") == 0;
}

static Pg *
open_as(Ground *g, const char *user, const char *password)
{
    PgTarget target = g->target;
    Pg *pg = NULL;
    Error err;

    target.dbname = g->database;
    if (user != NULL)
    {
        target.user = user;
        target.password = password;
    }
    CHECK_OK(pg_open(&target, NULL, &pg, &err), &err);
    return pg;
}

static Ground
ground_make(Arena *arena)
{
    static int count;
    Ground g = { .arena = arena, .told = buf_new(arena, 100000) };
    Error err;
    Pg *pg = NULL;

    count++;
    g.database = arena_format(arena, "vigie_provision_%d_%d", (int) getpid(), count);
    g.owner = arena_format(arena, "Owner é %d %d", (int) getpid(), count);
    g.reader = arena_format(arena, "reader_%d_%d", (int) getpid(), count);
    CHECK_OK(pg_target_from_url(arena, postgres_url(), &g.target, &err), &err);
    CHECK_OK(pg_open(&g.target, NULL, &pg, &err), &err);
    run(pg, arena_format(arena, "create database %s", g.database));
    pg_close(&pg);
    g.admin = open_as(&g, NULL, NULL);
    return g;
}

static void
ground_remove(Ground *g)
{
    Pg *pg = NULL;
    Error err;

    pg_close(&g->admin);
    CHECK_OK(pg_open(&g->target, NULL, &pg, &err), &err);
    run(pg, arena_format(g->arena, "drop database %s with (force)", g->database));
    run(pg, arena_format(g->arena, "drop role if exists \"%s\"", g->owner));
    run(pg, arena_format(g->arena, "drop role if exists %s", g->reader));
    pg_close(&pg);
}

static Provision
want_of(Ground *g)
{
    buf_clear(&g->told);
    return (Provision){ .schema = "impact",
                        .owner = g->owner,
                        .reader = g->reader,
                        .owner_password = "the owner's word",
                        .reader_password = "the reader's word",
                        .tell = keep,
                        .tell_arg = &g->told };
}

static size_t
provision(Ground *g, const Provision *want)
{
    ProvisionReport report = { 0 };
    Error err;

    CHECK_OK(provision_run(g->admin, g->arena, want, &report, &err), &err);
    return report.changes;
}

SERVER_TEST(provision_gives_the_reader_what_the_owner_makes_later_and_nothing_more)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *owner = NULL;
    CLEANUP(pg_close) Pg *reader = NULL;
    Ground g = ground_make(arena);
    Provision want = want_of(&g);

    run(g.admin, "create schema other; create table other.t (x int)");
    CHECK_INT(provision(&g, &want), 5);
    CHECK(strstr(buf_cstr(&g.told), "word") == NULL);
    owner = open_as(&g, g.owner, "the owner's word");
    reader = open_as(&g, g.reader, "the reader's word");
    run(owner, "create table impact.t (x int); insert into impact.t values (1)");
    run(reader, "select * from impact.t");
    CHECK(fails(reader, "insert into impact.t values (2)"));
    CHECK(fails(reader, "delete from impact.t"));
    CHECK(fails(reader, "drop table impact.t"));
    CHECK(fails(reader, "create table impact.u (x int)"));
    CHECK(fails(reader, "select * from other.t"));
    CHECK(fails(owner, "select * from other.t"));
    CHECK(fails(owner, "create schema mine"));
    pg_close(&owner);
    pg_close(&reader);
    ground_remove(&g);
}

SERVER_TEST(provision_twice_changes_nothing_and_a_dry_run_never_does)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *owner = NULL;
    Ground g = ground_make(arena);
    Provision want = want_of(&g);

    want.dry_run = true;
    CHECK_INT(provision(&g, &want), 5);
    CHECK(strstr(buf_cstr(&g.told), "would create role reader_") != NULL);
    CHECK_INT(provision(&g, &want), 5);
    want.dry_run = false;
    want.owner_password = NULL;
    CHECK_INT(provision(&g, &want), 5);
    CHECK(strstr(buf_cstr(&g.told), ", shown this once: ") != NULL);
    want = want_of(&g);
    CHECK_INT(provision(&g, &want), 0);
    CHECK(strstr(buf_cstr(&g.told), "found schema impact, owned by Owner") != NULL);
    /* One right that was taken away comes back, and no other thing is done. */
    run(g.admin, arena_format(arena,
                              "create table impact.t (x int); "
                              "alter table impact.t owner to \"%s\"",
                              g.owner));
    want = want_of(&g);
    CHECK_INT(provision(&g, &want), 1);
    CHECK(strstr(buf_cstr(&g.told), "grant select on 1 tables of impact") != NULL);
    want.may_create = true;
    CHECK_INT(provision(&g, &want), 1);
    ground_remove(&g);
}

SERVER_TEST(provision_wipes_one_schema_and_refuses_what_would_fall_with_it)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Ground g = ground_make(arena);
    Provision want = want_of(&g);
    ProvisionReport report;
    Error err;

    CHECK_INT(provision(&g, &want), 5);
    run(g.admin, "create table impact.t (x int); create schema other;"
                 "create view other.v as select * from impact.t");
    want.wipe = true;
    CHECK_ERROR(provision_run(g.admin, arena, &want, &report, &err), &err, ERR_CONFLICT);
    CHECK_STR(err.message, "dropping impact would also drop view other.v");
    run(g.admin, "drop view other.v; create table other.kept (x int)");
    want.dry_run = true;
    (void) provision(&g, &want);
    run(g.admin, "select * from impact.t");
    want.dry_run = false;
    CHECK_INT(provision(&g, &want), 4);
    run(g.admin, "select * from other.kept; create table impact.t (x int)");
    want = want_of(&g);
    want.wipe = true;
    want.schema = "public";
    CHECK_ERROR(provision_run(g.admin, arena, &want, &report, &err), &err, ERR_INVALID);
    want.schema = "impact";
    want.reader = want.owner;
    CHECK_ERROR(provision_run(g.admin, arena, &want, &report, &err), &err, ERR_INVALID);
    ground_remove(&g);
}

SERVER_TEST(provision_says_what_the_connected_role_may_not_do)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    CLEANUP(pg_close) Pg *plain = NULL;
    Ground g = ground_make(arena);
    Provision want = want_of(&g);
    ProvisionReport report;
    Error err;

    run(g.admin, arena_format(arena, "create role %s login password 'plain'", g.reader));
    plain = open_as(&g, g.reader, "plain");
    want.reader = "nobody_yet";
    CHECK_ERROR(provision_run(plain, arena, &want, &report, &err), &err, ERR_DENIED);
    CHECK(strstr(err.message, "may not make roles") != NULL);
    run(g.admin, arena_format(arena, "create role \"%s\"", g.owner));
    want.reader = g.reader;
    CHECK_ERROR(provision_run(plain, arena, &want, &report, &err), &err, ERR_DENIED);
    CHECK(strstr(err.message, "may not act as Owner") != NULL);
    run(g.admin, arena_format(arena, "create schema impact authorization \"%s\"", g.owner));
    CHECK_ERROR(provision_run(plain, arena, &want, &report, &err), &err, ERR_DENIED);
    pg_close(&plain);
    ground_remove(&g);
}

SERVER_TEST(provision_by_a_role_that_makes_roles_keeps_no_way_into_the_data)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    Ground g = ground_make(arena);
    const char *maker = arena_format(arena, "maker_%d", (int) getpid());
    Provision want = want_of(&g);
    Pg *super = g.admin;

    run(super, arena_format(arena,
                            "create role %s login createrole password 'm'; "
                            "grant create on database %s to %s",
                            maker, g.database, maker));
    g.admin = open_as(&g, maker, "m");
    CHECK_INT(provision(&g, &want), 5);
    run(super, "create table impact.secret (x int)");
    CHECK(fails(g.admin, "select * from impact.secret"));
    want = want_of(&g);
    want.wipe = true;
    run(super, arena_format(arena, "alter table impact.secret owner to \"%s\"", g.owner));
    CHECK_INT(provision(&g, &want), 4);
    pg_close(&g.admin);
    g.admin = super;
    run(super, arena_format(arena, "drop owned by %s; drop owned by \"%s\"; drop owned by %s",
                            maker, g.owner, g.reader));
    run(super, arena_format(arena, "drop role %s", maker));
    ground_remove(&g);
}
