/* What masks write in the query on the source. A name of another schema can not come in between. */
#include "etl/rules_private.h"

#include <string.h>

/* -------------------------------------------------------------------------- selecting: presence */

void
sql_column(Sql *sql, const SourceColumn *column)
{
    sql_ident(sql, column->name);
    if (!column->cast)
        return;
    sql_words(sql, "::");
    sql_type(sql, &column->type);
}

static bool
is_padded(const SourceColumn *column)
{
    return strcmp(column->type.name, "bpchar") == 0;
}

/* True, false for blank, null: a presence of one byte stands for the text. */
void
select_filled(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    (void) use;
    if (is_padded(column))
    {
        sql_column(sql, column);
        sql_words(sql, " <> ''");
        return;
    }
    sql_words(sql, "pg_catalog.octet_length(");
    sql_column(sql, column); /* its stored length: a large text is not read */
    sql_words(sql, ") > 0");
}

void
select_filled_list(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    (void) use;
    sql_words(sql, "pg_catalog.cardinality(");
    sql_column(sql, column);
    sql_words(sql, ") > 0");
}

void
select_present(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    (void) use;
    sql_words(sql, "nullif(");
    sql_ident(sql, column->name);
    sql_words(sql, " is not null, false)");
}

/* ---------------------------------------------------------------------------- selecting: values */

void
select_value(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    (void) use;
    sql_column(sql, column);
}

/* Numbers of any precision are masked as double precision. */
void
select_number(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    sql_column(sql, column);
    (void) use;
    if (column->family == FAMILY_NUMERIC)
        sql_words(sql, "::pg_catalog.float8");
}

static void
case_present(Sql *sql, const SourceColumn *column, const char *literal, const SqlType *type)
{
    sql_words(sql, "case when ");
    sql_ident(sql, column->name);
    sql_words(sql, " is not null then ");
    sql_quoted(sql, literal);
    sql_words(sql, "::");
    sql_type(sql, type);
    sql_words(sql, " end");
}

void
select_column_default(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    case_present(sql, column, use->args.value, &column->type);
}

void
select_constant(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    case_present(sql, column, use->args.value, &column->type);
}

static void
cast_back(Sql *sql, const SourceColumn *column)
{
    sql_words(sql, ")::");
    sql_type(sql, &column->type);
}

void
select_trunc(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    sql_words(sql, "(pg_catalog.date_trunc(");
    sql_quoted(sql, use->args.unit);
    sql_words(sql, ", ");
    sql_column(sql, column);
    sql_words(sql, ")");
    cast_back(sql, column);
}

void
select_round(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    sql_words(sql, "(pg_catalog.round(");
    sql_column(sql, column);
    sql_words(sql, "::pg_catalog.numeric / ");
    sql_int(sql, use->args.step);
    sql_words(sql, ") * ");
    sql_int(sql, use->args.step);
    cast_back(sql, column);
}

void
select_range(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    sql_words(sql, "(pg_catalog.floor(");
    sql_column(sql, column);
    sql_words(sql, "::pg_catalog.numeric / ");
    sql_int(sql, use->args.step);
    sql_words(sql, ") * ");
    sql_int(sql, use->args.step);
    sql_words(sql, ")::pg_catalog.text || '-' || (pg_catalog.floor(");
    sql_column(sql, column);
    sql_words(sql, "::pg_catalog.numeric / ");
    sql_int(sql, use->args.step);
    sql_words(sql, ") * ");
    sql_int(sql, use->args.step);
    sql_words(sql, " + ");
    sql_int(sql, use->args.step - 1);
    sql_words(sql, ")::pg_catalog.text");
}

void
select_partial(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    sql_words(sql, "(case when pg_catalog.length(");
    sql_column(sql, column);
    sql_words(sql, ") > ");
    sql_int(sql, 2 * (use->args.first + use->args.last)); /* at least half is hidden */
    sql_words(sql, " then pg_catalog.left(");
    sql_column(sql, column);
    sql_words(sql, ", ");
    sql_int(sql, use->args.first);
    sql_words(sql, ") || '***' || pg_catalog.right(");
    sql_column(sql, column);
    sql_words(sql, ", ");
    sql_int(sql, use->args.last);
    sql_words(sql, ") when ");
    sql_ident(sql, column->name);
    sql_words(sql, " is not null then '***' end");
    cast_back(sql, column);
}

void
select_first(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    sql_words(sql, "(pg_catalog.left(");
    sql_column(sql, column);
    sql_words(sql, ", ");
    sql_int(sql, use->args.first);
    sql_words(sql, ")");
    cast_back(sql, column);
}

/* Corsica is 2A and 2B in codes of communes, 20 in postal codes: the cut at 20200 is the post's. */
void
select_department(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    (void) use;
    sql_words(sql, "(case when ");
    sql_column(sql, column);
    sql_words(sql, " ~ '^9[78][0-9]{3}$' then pg_catalog.left(");
    sql_column(sql, column);
    sql_words(sql, ", 3) when ");
    sql_column(sql, column);
    sql_words(sql, " ~ '^20[01][0-9]{2}$' then '2A' when ");
    sql_column(sql, column);
    sql_words(sql, " ~ '^20[2-9][0-9]{2}$' then '2B' when ");
    sql_column(sql, column);
    sql_words(sql, " ~ '^([0-9]{2}|2[AB])[0-9]{3}$' then pg_catalog.left(");
    sql_column(sql, column);
    sql_words(sql, ", 2) end");
    cast_back(sql, column);
}

void
select_domain(Sql *sql, const MaskUse *use, const SourceColumn *column)
{
    (void) use;
    sql_words(sql, "(nullif(pg_catalog.split_part(");
    sql_column(sql, column);
    sql_words(sql, ", '@', 2), '')");
    cast_back(sql, column);
}
