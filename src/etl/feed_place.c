/*
 * What was built takes its place: the schema is swapped, or the rows of each table are replaced in
 * one transaction. Replacing deletes and inserts: readers are not kept waiting, and rights and
 * views of others stay, because the tables do.
 */
#include "etl/feed_private.h"

#include <string.h>

enum
{
    SWAP_SECONDS = 300
};

extern const char sql_feed_strangers[], sql_feed_filled[], sql_feed_rights[],
    sql_feed_differences[], sql_feed_keys[], sql_etl_history_exists[];

/* ------------------------------------------------------------------------- what is there already
 */

static bool
is_fed(const FeedWork *w, const char *table)
{
    for (size_t i = 0; i < w->feed->table_count; i++)
        if (strcmp(w->feed->tables[i].name, table) == 0)
            return true;
    return false;
}

static bool
is_gone(const FeedWork *w, const char *table)
{
    for (size_t i = 0; i < w->gone.count; i++)
        if (strcmp(w->gone.items[i], table) == 0)
            return true;
    return false;
}

/* The history knows which tables are the feed's own. */
static bool
find_gone(FeedWork *w, Error *err)
{
    Rows rows;

    if (!feed_ask(w, sql_etl_history_exists, NULL, 0, &rows, err))
        return false;
    if (!value_to_bool(&rows.row[0][0], false))
        return true;
    if (!feed_ask(w, sql_feed_filled,
                  VALUES(VALUE_OF_TEXT(w->feed->schema), VALUE_OF_TEXT(w->feed->name)), &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
    {
        const char *table = value_to_text(w->arena, &rows.row[i][0]);

        if (!is_fed(w, table))
            list_add(&w->gone, (void *) table);
    }
    return true;
}

bool
feed_meet_others(FeedWork *w, Error *err)
{
    Rows rows;

    if (!find_gone(w, err) ||
        !feed_ask(w, sql_feed_strangers, VALUES(VALUE_OF_TEXT(w->feed->schema)), &rows, err))
        return false;
    for (size_t i = 0; w->feed->swap && i < rows.count; i++)
    {
        const char *table = value_to_text(w->arena, &rows.row[i][0]);

        if (is_fed(w, table) || is_gone(w, table))
            continue;
        (void) error_set(err, ERR_CONFLICT,
                         "the schema %s holds %s, which no run of the feed has made",
                         w->feed->schema, table);
        return error_hint(err, "With mode: replace it is left alone; or drop it.");
    }
    return true;
}

static void
tell_gone(FeedWork *w, const char *table)
{
    feed_change(w, arena_format(w->arena, "%s: gone, the feed does not name it any more", table));
}

/* ---------------------------------------------------------------------------------------- rights
 */

/* Privileges by the words of PostgreSQL; another word is never pasted into a statement. */
static const char *const privileges[] = {
    "SELECT",  "INSERT", "UPDATE",  "DELETE", "TRUNCATE", "REFERENCES",
    "TRIGGER", "USAGE",  "EXECUTE", "CREATE", "MAINTAIN",
};

static const struct
{
    const char *kind;
    const char *words;
} later_objects[] = {
    { "r", " on tables" },
    { "S", " on sequences" },
    { "f", " on functions" },
    { "T", " on types" },
};

/* One right, as sql_feed_rights tells it. */
typedef struct Right
{
    const char *maker; /* whose later objects; NULL: a right on the schema itself */
    const char *kind;
    const char *grantee; /* NULL: everybody */
    const char *privilege;
    bool grantable;
    bool ours; /* may this role change what `maker` gives? */
} Right;

static bool
write_privilege(Sql *sql, const char *privilege)
{
    for (size_t i = 0; i < COUNT_OF(privileges); i++)
        if (strcmp(privileges[i], privilege) == 0)
        {
            sql_words(sql, " grant ");
            sql_append_literal(sql, privileges[i]);
            return true;
        }
    return false;
}

static bool
write_object(FeedWork *w, Sql *sql, const Right *right)
{
    if (right->maker == NULL)
    {
        sql_words(sql, " on schema ");
        sql_ident(sql, w->building);
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(later_objects); i++)
        if (strcmp(later_objects[i].kind, right->kind) == 0)
        {
            sql_append_literal(sql, later_objects[i].words);
            return true;
        }
    return false;
}

static bool
carry_right(FeedWork *w, const Right *right, Error *err)
{
    Sql sql = feed_sql(w);
    bool known = right->ours;

    if (right->maker != NULL)
    {
        sql_words(&sql, "alter default privileges for role ");
        sql_ident(&sql, right->maker);
        sql_words(&sql, " in schema ");
        sql_ident(&sql, w->building);
    }
    known = known && write_privilege(&sql, right->privilege) && write_object(w, &sql, right);
    if (!known)
    {
        feed_change(w, arena_format(w->arena, "the right %s of %s on what %s makes later is lost",
                                    right->privilege,
                                    right->grantee == NULL ? "everybody" : right->grantee,
                                    right->maker == NULL ? "others" : right->maker));
        return true;
    }
    sql_words(&sql, " to ");
    if (right->grantee == NULL)
        sql_words(&sql, "public");
    else
        sql_ident(&sql, right->grantee);
    if (right->grantable)
        sql_words(&sql, " with grant option");
    return feed_script(w, &sql, err) || error_prefix(err, "rights of the schema");
}

bool
feed_carry_rights(FeedWork *w, Error *err)
{
    Rows rows;

    if (!w->feed->swap)
        return true;
    if (!feed_ask(w, sql_feed_rights, VALUES(VALUE_OF_TEXT(w->feed->schema)), &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
    {
        RowReader r = { w->arena, rows.row[i] };
        Right right = { .maker = row_text(&r) };

        right.kind = row_text(&r);
        right.grantee = row_text(&r);
        right.privilege = row_text(&r);
        right.grantable = row_bool(&r);
        right.ours = row_bool(&r);
        if (!carry_right(w, &right, err))
            return false;
    }
    return true;
}

/* --------------------------------------------------------------------------------------- replace
 */

static void
begin_alter(FeedWork *w, Sql *sql, const CopyTable *table)
{
    sql_words(sql, "alter table ");
    sql_table(sql, w->feed->schema, table->name);
}

static void
write_drop_column(FeedWork *w, Sql *sql, const CopyTable *table, const char *name)
{
    feed_change(w, arena_format(w->arena, "%s: column %s is gone", table->name, name));
    sql_words(sql, " drop column ");
    sql_ident(sql, name);
}

static void
write_add_column(FeedWork *w, Sql *sql, const CopyTable *table, const CopyColumn *column)
{
    feed_change(w, arena_format(w->arena, "%s: column %s is new", table->name, column->name));
    sql_words(sql, " add column ");
    sql_ident(sql, column->name);
    sql_words(sql, " ");
    sql_type(sql, &column->type);
}

/* The table is empty at this moment: no value is converted. */
static void
write_alter_type(Sql *sql, const CopyColumn *column)
{
    sql_words(sql, " alter column ");
    sql_ident(sql, column->name);
    sql_words(sql, " drop default, alter column ");
    sql_ident(sql, column->name);
    sql_words(sql, " type ");
    sql_type(sql, &column->type);
    sql_words(sql, " using null::");
    sql_type(sql, &column->type);
}

/* One difference between the table that is served and the one that was built. */
static bool
alter_column(FeedWork *w, const CopyTable *table, const Value *cells, Error *err)
{
    RowReader r = { w->arena, cells };
    const char *name = row_text(&r), *served = row_text(&r), *built = row_text(&r);
    const CopyColumn *column = draft_column(table, name);
    Sql sql = feed_sql(w);

    begin_alter(w, &sql, table);
    if (built == NULL)
        write_drop_column(w, &sql, table, name);
    else if (served == NULL)
        write_add_column(w, &sql, table, column);
    else
    {
        feed_change(w, arena_format(w->arena, "%s: column %s is %s instead of %s", table->name,
                                    name, built, served));
        write_alter_type(&sql, column);
    }
    return feed_script(w, &sql, err) || error_prefix(err, "%s.%s", table->name, name);
}

static bool
key_of(FeedWork *w, const char *schema, const char *table, const char **name, const char **words,
       Error *err)
{
    Rows rows;

    if (!feed_ask(w, sql_feed_keys, VALUES(VALUE_OF_TEXT(schema), VALUE_OF_TEXT(table)), &rows,
                  err))
        return false;
    *name = rows.count == 0 ? NULL : value_to_text(w->arena, &rows.row[0][0]);
    *words = rows.count == 0 ? "" : value_to_text(w->arena, &rows.row[0][1]);
    return true;
}

static bool
alter_key(FeedWork *w, const CopyTable *table, bool *renew, Error *err)
{
    const char *served, *served_words, *built, *built_words;
    Sql sql = feed_sql(w);

    if (!key_of(w, w->feed->schema, table->name, &served, &served_words, err) ||
        !key_of(w, w->building, table->name, &built, &built_words, err))
        return false;
    *renew = built != NULL && strcmp(served_words, built_words) != 0;
    if (strcmp(served_words, built_words) == 0)
        return true;
    feed_change(w, arena_format(w->arena, "%s: another key", table->name));
    if (served == NULL)
        return true;
    begin_alter(w, &sql, table);
    sql_words(&sql, " drop constraint ");
    sql_ident(&sql, served);
    return feed_script(w, &sql, err) || error_prefix(err, "the key of %s", table->name);
}

static void
write_names(Sql *sql, const CopyTable *table)
{
    for (size_t i = 0; i < table->column_count; i++)
    {
        if (i > 0)
            sql_words(sql, ", ");
        sql_ident(sql, table->columns[i].name);
    }
}

static bool
comment_on(FeedWork *w, const CopyTable *table, const CopyColumn *column, const char *text,
           Error *err)
{
    Sql sql = feed_sql(w);

    if (column == NULL)
        sql_words(&sql, "comment on table ");
    else
        sql_words(&sql, "comment on column ");
    sql_table(&sql, w->feed->schema, table->name);
    if (column != NULL)
    {
        sql_words(&sql, ".");
        sql_ident(&sql, column->name);
    }
    sql_words(&sql, " is ");
    if (text == NULL)
        sql_words(&sql, "null");
    else
        sql_quoted(&sql, text);
    return feed_script(w, &sql, err);
}

static bool
fill(FeedWork *w, const CopyTable *table, Error *err)
{
    Sql sql = feed_sql(w);

    sql_words(&sql, "insert into ");
    sql_table(&sql, w->feed->schema, table->name);
    sql_words(&sql, " (");
    write_names(&sql, table);
    sql_words(&sql, ") select ");
    write_names(&sql, table);
    sql_words(&sql, " from ");
    sql_table(&sql, w->building, table->name);
    if (!feed_script(w, &sql, err) || !comment_on(w, table, NULL, table->comment, err))
        return error_prefix(err, "filling %s", table->name);
    for (size_t i = 0; i < table->column_count; i++)
        if (!comment_on(w, table, &table->columns[i], table->columns[i].comment, err))
            return false;
    return true;
}

/* The table is made where it will stay, so that it gets the rights that the schema's owner set. */
static bool
make_table(FeedWork *w, const CopyTable *table, Error *err)
{
    Sql sql = feed_sql(w);

    feed_change(w, arena_format(w->arena, "%s: the table is new", table->name));
    sql_words(&sql, "create table ");
    sql_table(&sql, w->feed->schema, table->name);
    sql_words(&sql, " (like ");
    sql_table(&sql, w->building, table->name);
    sql_words(&sql, " including all)");
    return feed_script(w, &sql, err) || error_prefix(err, "making %s", table->name);
}

static bool
empty_table(FeedWork *w, const CopyTable *table, bool *renew, Error *err)
{
    Sql sql = feed_sql(w);
    Rows rows;

    sql_words(&sql, "delete from ");
    sql_table(&sql, w->feed->schema, table->name);
    if (!feed_script(w, &sql, err) || !alter_key(w, table, renew, err))
        return error_prefix(err, "emptying %s", table->name);
    if (!feed_ask(w, sql_feed_differences,
                  VALUES(VALUE_OF_TEXT(w->feed->schema), VALUE_OF_TEXT(w->building),
                         VALUE_OF_TEXT(table->name)),
                  &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!alter_column(w, table, rows.row[i], err))
            return false;
    return true;
}

static bool
replace_table(FeedWork *w, const CopyTable *table, const Rows *there, Error *err)
{
    bool is_there = false, renew = false;

    for (size_t i = 0; i < there->count; i++)
        is_there = is_there || strcmp(value_to_text(w->arena, &there->row[i][0]), table->name) == 0;
    if (!(is_there ? empty_table(w, table, &renew, err) : make_table(w, table, err)) ||
        !fill(w, table, err))
        return false;
    return !renew || target_index(w->target, NULL, w->feed->schema, table, table->indexes[0], err);
}

static bool
grant_readers(FeedWork *w, Error *err)
{
    for (size_t i = 0; i < w->feed->readers.count; i++)
        for (size_t t = 0; t < w->report->table_count; t++)
        {
            Sql sql = feed_sql(w);

            sql_words(&sql, "grant usage on schema ");
            sql_ident(&sql, w->feed->schema);
            sql_words(&sql, " to ");
            sql_ident(&sql, w->feed->readers.items[i]);
            sql_words(&sql, "; grant select on table ");
            sql_table(&sql, w->feed->schema, w->report->tables[t].name);
            sql_words(&sql, " to ");
            sql_ident(&sql, w->feed->readers.items[i]);
            if (!feed_script(w, &sql, err))
                return error_prefix(err, "granting to %s", w->feed->readers.items[i]);
        }
    return true;
}

/* A table that the feed filled and does not name any more would tell old rows as if they were true.
 */
static bool
drop_gone(FeedWork *w, Error *err)
{
    for (size_t i = 0; i < w->gone.count; i++)
    {
        const char *table = w->gone.items[i];
        Sql sql = feed_sql(w);
        Error why;

        sql_words(&sql, "savepoint gone; drop table ");
        sql_table(&sql, w->feed->schema, table);
        if (feed_script(w, &sql, &why))
        {
            tell_gone(w, table);
            continue;
        }
        list_add(&w->report->forgotten, (void *) table);
        feed_change(w, arena_format(w->arena,
                                    "%s: the feed does not name it any more; it stays with its "
                                    "last rows: %s",
                                    table, why.message));
        if (!pg_script(w->target, NULL, "rollback to savepoint gone", err))
            return false;
    }
    return true;
}

static bool
replace(FeedWork *w, Error *err)
{
    Sql make = feed_sql(w), drop = feed_sql(w);
    Rows there;

    sql_words(&make, "begin; set local lock_timeout = '30s'; set local synchronous_commit = on; "
                     "create schema if not exists ");
    sql_ident(&make, w->feed->schema);
    if (!feed_script(w, &make, err) ||
        !feed_ask(w, sql_feed_strangers, VALUES(VALUE_OF_TEXT(w->feed->schema)), &there, err))
        return false;
    for (size_t i = 0; i < w->report->table_count; i++)
        if (!replace_table(w, &w->report->tables[i], &there, err))
            return false;
    sql_words(&drop, "drop schema ");
    sql_ident(&drop, w->building);
    sql_words(&drop, " cascade");
    return drop_gone(w, err) && grant_readers(w, err) && feed_script(w, &drop, err) &&
           feed_end_history(w, "done", "", err) && pg_script(w->target, NULL, "commit", err);
}

/* ------------------------------------------------------------------------------------------ swap
 */

static bool
record_done(void *arg, Pg *pg, Error *err)
{
    (void) pg;
    return feed_end_history(arg, "done", "", err);
}

bool
feed_put_in_place(FeedWork *w, Error *err)
{
    TargetSwap swap = { .schema = w->feed->schema,
                        .building = w->building,
                        .seconds = SWAP_SECONDS,
                        .record = record_done,
                        .record_arg = w,
                        .skipped = &w->skipped,
                        .watch = feed_watch,
                        .watch_arg = w };

    if (!w->feed->swap)
        return replace(w, err);
    for (size_t i = 0; i < w->gone.count; i++)
        tell_gone(w, w->gone.items[i]);
    return target_swap(w->target, w->arena, &swap, err);
}
