/* The queries on the source: columns, masks, and conditions of a table, or of a part of it. */
#include "etl/copy.h"

static void
and_where(Sql *sql, bool *begun)
{
    if (*begun)
        sql_words(sql, " and ");
    else
        sql_words(sql, " where ");
    *begun = true;
}

static void
where_blocks(Sql *sql, int64_t from, int64_t to, bool *begun)
{
    if (from > 0)
    {
        and_where(sql, begun);
        sql_words(sql, "ctid >= '(");
        sql_int(sql, from);
        sql_words(sql, ",0)'::pg_catalog.tid");
    }
    if (to >= 0)
    {
        and_where(sql, begun);
        sql_words(sql, "ctid < '(");
        sql_int(sql, to);
        sql_words(sql, ",0)'::pg_catalog.tid");
    }
}

/* Rows that the mask drop_row leaves out: those with a value, or with one of some values. */
static void
where_kept(Sql *sql, const CopyTable *table, bool *begun)
{
    const TextList *values = &table->drop_use->args.values;

    and_where(sql, begun);
    sql_words(sql, "(");
    sql_ident(sql, table->drop_column);
    sql_words(sql, " is null");
    for (size_t i = 0; i < values->count; i++)
    {
        if (i == 0)
            sql_words(sql, " or (");
        else
            sql_words(sql, " and ");
        sql_ident(sql, table->drop_column);
        sql_words(sql, "::pg_catalog.text <> ");
        sql_quoted(sql, values->items[i]);
    }
    if (values->count > 0)
        sql_words(sql, ")");
    sql_words(sql, ")");
}

/* What identifies a row in texts: its id, as in the seed, else its place. A masked id is no name.
 */
static void
select_ident(Sql *sql, const CopyTable *table)
{
    const CopyColumn *id = draft_column(table, "id");

    if (id != NULL && !id->masked)
        sql_words(sql, "id::pg_catalog.text");
    else if (table->source->partitioned)
        sql_words(sql, "tableoid::pg_catalog.int8::pg_catalog.text || '.' || "
                       "pg_catalog.translate(ctid::pg_catalog.text, ',()', '.')");
    else
        sql_words(sql, "pg_catalog.translate(ctid::pg_catalog.text, ',()', '.')");
}

static void
select_columns(Sql *sql, const CopyTable *table)
{
    bool comma = table->ident;

    if (table->ident)
        select_ident(sql, table);
    for (size_t i = 0; i < table->column_count; i++)
    {
        const CopyColumn *column = &table->columns[i];

        if (column->masked && !mask_selects(&column->use, column->source))
            continue;
        if (comma)
            sql_words(sql, ", ");
        comma = true;
        if (column->masked)
            column->use.mask->select(sql, &column->use, column->source);
        else
            sql_column(sql, column->source);
        if (column->masked && column->use.args.by != NULL)
        {
            sql_words(sql, ", coalesce(");
            sql_ident(sql, column->use.args.by);
            sql_words(sql, "::pg_catalog.text, '')");
        }
    }
}

void
copy_select(Sql *sql, const CopyTable *table, const SourceLeaf *leaf, int64_t from, int64_t to)
{
    bool begun = false;

    sql_words(sql, "select ");
    select_columns(sql, table);
    if (leaf->query != NULL)
    {
        sql_words(sql, " from (");
        sql_native(sql, str_of(leaf->query));
        sql_words(sql, "\n) as feed");
        return;
    }
    sql_words(sql, " from only ");
    sql_table(sql, leaf->schema, leaf->name);
    where_blocks(sql, from, to, &begun);
    if (table->drop_column != NULL)
        where_kept(sql, table, &begun);
    if (table->where == NULL)
        return;
    and_where(sql, &begun);
    sql_words(sql, "(");
    sql_append_literal(sql, table->where); /* conditions that the operator wrote in the rules */
    sql_words(sql, "\n)");
}
