/*
 * Looks at what is there, then takes the steps that are missing, each told as it is taken. A dry
 * run takes them too and rolls back: what it tells, refusals included, is what would happen.
 */
#include "etl/provision.h"

#include "base/crypto.h"

#include <string.h>

enum
{
    PASSWORD_BYTES = 24,
    MAX_TABLES = 100000,
    MAX_LINE = 1000
};

extern const char sql_provision_look[], sql_provision_tables[], sql_provision_outside[];

/* What is there. */
typedef struct Look
{
    const char *me;
    bool superuser;
    bool may_make_roles;
    const char *database;
    bool may_make_schemas;
    bool has_owner;
    bool is_owner; /* the connected role may act as the owner */
    bool owner_connects;
    bool owner_makes_schemas;
    bool has_reader;
    bool reader_connects;
    bool reader_writes;
    const char *schema_owner; /* NULL: there is no such schema */
    bool is_schema_owner;
    bool reader_enters;
    bool reads_later;
} Look;

typedef struct Work
{
    Pg *pg;
    Arena *arena;
    const Provision *want;
    ProvisionReport *report;
    Look look;
    const char *made_owner; /* passwords that were generated */
    const char *made_reader;
    bool lent; /* the connected role is a member of the owner until the end */
} Work;

/* --------------------------------------------------------------------------------------- telling
 */

static void tell(const Work *w, const char *format, ...) PRINTF_LIKE(2, 3);

static void
tell(const Work *w, const char *format, ...)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    va_list args;

    va_start(args, format);
    w->want->tell(w->want->tell_arg, arena_vformat(arena, format, args));
    va_end(args);
}

/* A step that is taken now. */
static void step(Work *w, const char *format, ...) PRINTF_LIKE(2, 3);

static void
step(Work *w, const char *format, ...)
{
    va_list args;

    w->report->changes++;
    va_start(args, format);
    tell(w, "%s%s", w->want->dry_run ? "would " : "", arena_vformat(w->arena, format, args));
    va_end(args);
}

static Sql
sql_new(const Work *w)
{
    return (Sql){ .arena = w->arena, .dialect = &pg_dialect };
}

static bool
run(Work *w, const Sql *sql, Error *err)
{
    return sql_done(sql, err) && pg_script(w->pg, NULL, sql_cstr(sql), err);
}

static bool
ask(Work *w, const char *sql, const Value *values, size_t count, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(w->arena, rows, MAX_TABLES);

    return pg_query(w->pg, NULL, sql, values, count, &collector.sink, err);
}

static bool
look(Work *w, Error *err)
{
    const Provision *want = w->want;
    Look *it = &w->look;
    RowReader r;
    Rows rows;

    if (!ask(w, sql_provision_look,
             VALUES(VALUE_OF_TEXT(want->schema), VALUE_OF_TEXT(want->owner),
                    VALUE_OF_TEXT(want->reader)),
             &rows, err))
        return false;
    r = (RowReader){ w->arena, rows.row[0] };
    it->me = row_text(&r);
    it->superuser = row_bool(&r);
    it->may_make_roles = row_bool(&r);
    it->database = row_text(&r);
    it->may_make_schemas = row_bool(&r);
    it->has_owner = row_bool(&r);
    it->is_owner = row_bool(&r);
    it->owner_connects = row_bool(&r);
    it->owner_makes_schemas = row_bool(&r);
    it->has_reader = row_bool(&r);
    it->reader_connects = row_bool(&r);
    it->reader_writes = row_bool(&r);
    it->schema_owner = row_text(&r);
    it->is_schema_owner = row_bool(&r);
    it->reader_enters = row_bool(&r);
    it->reads_later = row_bool(&r);
    return true;
}

static bool
list_tables(Work *w, Rows *rows, Error *err)
{
    return ask(w, sql_provision_tables,
               VALUES(VALUE_OF_TEXT(w->want->schema), VALUE_OF_TEXT(w->want->reader)), rows, err);
}

/* ----------------------------------------------------------------------------------------- roles
 */

static bool
make_role(Work *w, const char *role, const char *given, const char **made, Error *err)
{
    const char *password = given;
    const char *kept;
    Sql sql = sql_new(w);

    if (!w->look.may_make_roles)
    {
        (void) error_set(err, ERR_DENIED, "there is no role %s, and %s may not make roles", role,
                         w->look.me);
        return error_hint(
            err, "Make the role where your provider lets you, or connect with CREATEROLE.");
    }
    step(w, "create role %s", role);
    if (password == NULL)
    {
        *made = random_token(w->arena, PASSWORD_BYTES);
        password = *made;
    }
    /* The server gets what it keeps, not the password: nothing is in its log. */
    if (!pg_password_kept(w->pg, w->arena, role, password, &kept, err))
        return false;
    sql_words(&sql, "create role ");
    sql_ident(&sql, role);
    sql_words(&sql, " login password ");
    sql_quoted(&sql, kept);
    return run(w, &sql, err) || error_prefix(err, "role %s", role);
}

static bool
make_roles(Work *w, Error *err)
{
    const Provision *want = w->want;
    const Look *it = &w->look;

    if (it->has_owner)
        tell(w, "found role %s", want->owner);
    else if (!make_role(w, want->owner, want->owner_password, &w->made_owner, err))
        return false;
    if (it->has_reader)
        tell(w, "found role %s", want->reader);
    else if (!make_role(w, want->reader, want->reader_password, &w->made_reader, err))
        return false;
    return look(w, err);
}

/* Only for the length of the transaction: the connected role keeps no way into the data. */
static bool
act_as_owner(Work *w, Error *err)
{
    Sql sql = sql_new(w);

    if (w->look.is_owner)
        return true;
    sql_words(&sql, "grant ");
    sql_ident(&sql, w->want->owner);
    sql_words(&sql, " to ");
    sql_ident(&sql, w->look.me);
    if (!run(w, &sql, err))
    {
        (void) error_set(err, ERR_DENIED, "%s may not act as %s", w->look.me, w->want->owner);
        return error_hint(err, "Connect as %s itself, or as a role that may grant it.",
                          w->want->owner);
    }
    w->lent = true;
    return look(w, err);
}

static bool
leave_owner(Work *w, Error *err)
{
    Sql sql = sql_new(w);

    if (!w->lent)
        return true;
    sql_words(&sql, "revoke ");
    sql_ident(&sql, w->want->owner);
    sql_words(&sql, " from ");
    sql_ident(&sql, w->look.me);
    return run(w, &sql, err);
}

/* ---------------------------------------------------------------------------------- the database
 */

static bool
grant_database(Work *w, const char *right, const char *role, bool there, Error *err)
{
    Sql sql = sql_new(w);

    if (there)
        return true;
    step(w, "grant %s on database %s to %s", right, w->look.database, role);
    if (strcmp(right, "connect") == 0)
        sql_words(&sql, "grant connect on database ");
    else
        sql_words(&sql, "grant create on database ");
    sql_ident(&sql, w->look.database);
    sql_words(&sql, " to ");
    sql_ident(&sql, role);
    if (!run(w, &sql, err))
        return error_prefix(err, "%s on database %s for %s", right, w->look.database, role);
    /* A server only warns when the connected role has no such right to give. */
    return look(w, err);
}

static bool
cannot_give(const Work *w, const char *right, const char *role, Error *err)
{
    (void) error_set(err, ERR_DENIED, "%s may not give %s on database %s to %s", w->look.me, right,
                     w->look.database, role);
    return error_hint(err, "Connect as the owner of the database.");
}

static bool
open_database(Work *w, Error *err)
{
    const Provision *want = w->want;
    const Look *it = &w->look;

    if (!grant_database(w, "connect", want->owner, it->owner_connects, err) ||
        !grant_database(w, "connect", want->reader, it->reader_connects, err) ||
        (want->may_create &&
         !grant_database(w, "create", want->owner, it->owner_makes_schemas, err)))
        return false;
    if (!it->owner_connects)
        return cannot_give(w, "connect", want->owner, err);
    if (!it->reader_connects)
        return cannot_give(w, "connect", want->reader, err);
    return !want->may_create || it->owner_makes_schemas ||
           cannot_give(w, "create", want->owner, err);
}

/* ------------------------------------------------------------------------------------ the schema
 */

static bool
refuse_outside(Work *w, Error *err)
{
    Buf names = buf_new(w->arena, MAX_LINE);
    Rows rows;

    if (!ask(w, sql_provision_outside, VALUES(VALUE_OF_TEXT(w->want->schema)), &rows, err))
        return false;
    if (rows.count == 0)
        return true;
    for (size_t i = 0; i < rows.count && i < 5; i++)
        buf_format(&names, "%s%s", i == 0 ? "" : ", ", value_to_text(w->arena, &rows.row[i][0]));
    (void) error_set(err, ERR_CONFLICT, "dropping %s would also drop %s%s", w->want->schema,
                     buf_cstr(&names), rows.count > 5 ? " and others" : "");
    return error_hint(err, "Drop these first, or leave the schema.");
}

static bool
wipe_schema(Work *w, Error *err)
{
    Sql sql = sql_new(w);
    Rows rows;

    if (w->look.schema_owner == NULL)
        return true;
    if (!w->look.is_schema_owner)
        return error_set(err, ERR_DENIED, "the schema %s belongs to %s: %s may not drop it",
                         w->want->schema, w->look.schema_owner, w->look.me);
    if (!refuse_outside(w, err) || !list_tables(w, &rows, err))
        return false;
    step(w, "drop schema %s and the %zu tables in it", w->want->schema, rows.count);
    sql_words(&sql, "drop schema ");
    sql_ident(&sql, w->want->schema);
    sql_words(&sql, " cascade");
    return (run(w, &sql, err) || error_prefix(err, "dropping %s", w->want->schema)) && look(w, err);
}

static bool
make_schema(Work *w, Error *err)
{
    Sql sql = sql_new(w);

    if (!w->look.may_make_schemas)
    {
        (void) error_set(err, ERR_DENIED, "%s may not make schemas in database %s", w->look.me,
                         w->look.database);
        return error_hint(err, "As the owner of the database: GRANT CREATE ON DATABASE %s TO %s.",
                          w->look.database, w->look.me);
    }
    step(w, "create schema %s, owned by %s", w->want->schema, w->want->owner);
    sql_words(&sql, "create schema ");
    sql_ident(&sql, w->want->schema);
    sql_words(&sql, " authorization ");
    sql_ident(&sql, w->want->owner);
    return run(w, &sql, err) || error_prefix(err, "schema %s", w->want->schema);
}

static bool
own_schema(Work *w, Error *err)
{
    const Provision *want = w->want;
    Sql sql = sql_new(w);

    if (w->look.schema_owner == NULL)
        return make_schema(w, err);
    if (strcmp(w->look.schema_owner, want->owner) == 0)
    {
        tell(w, "found schema %s, owned by %s", want->schema, want->owner);
        return true;
    }
    if (!w->look.is_schema_owner)
    {
        (void) error_set(err, ERR_DENIED, "the schema %s belongs to %s: %s may not give it to %s",
                         want->schema, w->look.schema_owner, w->look.me, want->owner);
        return error_hint(err, "Connect as %s, or choose another schema.", w->look.schema_owner);
    }
    step(w, "give schema %s of %s to %s", want->schema, w->look.schema_owner, want->owner);
    sql_words(&sql, "alter schema ");
    sql_ident(&sql, want->schema);
    sql_words(&sql, " owner to ");
    sql_ident(&sql, want->owner);
    return run(w, &sql, err) || error_prefix(err, "schema %s", want->schema);
}

/* ---------------------------------------------------------------------------------------- grants
 */

static bool
let_reader_in(Work *w, Error *err)
{
    const Provision *want = w->want;
    Sql sql = sql_new(w);

    if (w->look.reader_enters)
    {
        tell(w, "found usage on schema %s for %s", want->schema, want->reader);
        return true;
    }
    step(w, "grant usage on schema %s to %s", want->schema, want->reader);
    sql_words(&sql, "grant usage on schema ");
    sql_ident(&sql, want->schema);
    sql_words(&sql, " to ");
    sql_ident(&sql, want->reader);
    return run(w, &sql, err) || error_prefix(err, "usage on %s", want->schema);
}

static bool
grant_table(Work *w, const Value *cells, Error *err)
{
    RowReader r = { w->arena, cells };
    const char *table = row_text(&r), *owner = row_text(&r);
    Sql sql = sql_new(w);

    if (!row_bool(&r))
    {
        (void) error_set(err, ERR_DENIED, "the table %s.%s belongs to %s: %s may not grant it",
                         w->want->schema, table, owner, w->look.me);
        return error_hint(err, "Connect as a role that may act as %s, or give it the table.",
                          owner);
    }
    sql_words(&sql, "grant select on table ");
    sql_table(&sql, w->want->schema, table);
    sql_words(&sql, " to ");
    sql_ident(&sql, w->want->reader);
    return run(w, &sql, err) || error_prefix(err, "table %s", table);
}

static bool
grant_present(Work *w, Error *err)
{
    const Provision *want = w->want;
    size_t missing = 0, written = 0;
    Rows rows;

    if (!list_tables(w, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
    {
        missing += !value_to_bool(&rows.row[i][3], false);
        written += value_to_bool(&rows.row[i][4], false);
    }
    if (written > 0 || w->look.reader_writes)
        tell(w, "warning: %s may write here; a reader should not", want->reader);
    if (missing == 0)
    {
        tell(w, "found select on all %zu tables of %s for %s", rows.count, want->schema,
             want->reader);
        return true;
    }
    step(w, "grant select on %zu tables of %s to %s", missing, want->schema, want->reader);
    if (!act_as_owner(w, err) || !list_tables(w, &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!value_to_bool(&rows.row[i][3], false) && !grant_table(w, rows.row[i], err))
            return false;
    return true;
}

static bool
grant_later(Work *w, Error *err)
{
    const Provision *want = w->want;
    Sql sql = sql_new(w);

    if (w->look.reads_later)
    {
        tell(w, "found select on tables that %s makes later in %s for %s", want->owner,
             want->schema, want->reader);
        return true;
    }
    step(w, "grant select on tables that %s makes later in %s to %s", want->owner, want->schema,
         want->reader);
    sql_words(&sql, "alter default privileges for role ");
    sql_ident(&sql, want->owner);
    sql_words(&sql, " in schema ");
    sql_ident(&sql, want->schema);
    sql_words(&sql, " grant select on tables to ");
    sql_ident(&sql, want->reader);
    return run(w, &sql, err) || error_prefix(err, "default privileges of %s", want->owner);
}

/* ------------------------------------------------------------------------------------- the whole
 */

static bool
check_names(const Provision *want, Error *err)
{
    if (strcmp(want->owner, want->reader) == 0)
        return error_set(err, ERR_INVALID, "owner and reader are one role: it could write");
    if (strncmp(want->schema, "pg_", 3) == 0 || strcmp(want->schema, "information_schema") == 0)
        return error_set(err, ERR_INVALID, "the schema %s belongs to the database itself",
                         want->schema);
    if (want->wipe && strcmp(want->schema, "public") == 0)
        return error_set(err, ERR_INVALID, "the schema public is not wiped");
    return true;
}

static bool
is_settled(const Work *w)
{
    const Look *it = &w->look;

    return !w->want->wipe && it->has_owner && it->schema_owner != NULL &&
           strcmp(it->schema_owner, w->want->owner) == 0 && it->reader_enters && it->reads_later;
}

static bool
take_steps(Work *w, Error *err)
{
    if (!look(w, err) || !make_roles(w, err) || !open_database(w, err))
        return false;
    /* Nothing to do as the owner: no membership is touched, not even for a moment. */
    if (!is_settled(w) && !act_as_owner(w, err))
        return false;
    if ((w->want->wipe && !wipe_schema(w, err)) || !own_schema(w, err) || !look(w, err))
        return false;
    return let_reader_in(w, err) && grant_present(w, err) && grant_later(w, err) &&
           leave_owner(w, err);
}

bool
provision_run(Pg *pg, Arena *arena, const Provision *want, ProvisionReport *report, Error *err)
{
    Work w = { .pg = pg, .arena = arena, .want = want, .report = report };
    Error ignored;

    *report = (ProvisionReport){ 0 };
    if (!check_names(want, err) ||
        !pg_script(pg, NULL, "begin; set local lock_timeout = '10s'", err))
        return false;
    if (!take_steps(&w, err))
    {
        (void) pg_script(pg, NULL, "rollback", &ignored); /* the cause is already told */
        return false;
    }
    if (want->dry_run)
        return pg_script(pg, NULL, "rollback", err);
    if (!pg_script(pg, NULL, "commit", err))
        return false;
    if (w.made_owner != NULL)
        tell(&w, "password of %s, shown this once: %s", want->owner, w.made_owner);
    if (w.made_reader != NULL)
        tell(&w, "password of %s, shown this once: %s", want->reader, w.made_reader);
    return true;
}
