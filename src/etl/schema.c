/* Reads the catalog by the statements of etl_schema.sql and turns its types into those of the
 * target.
 */
#include "etl/schema.h"

#include "base/map.h"

#include <ctype.h>
#include <string.h>

extern const char sql_etl_tables[], sql_etl_leaves[], sql_etl_columns[], sql_etl_indexes[],
    sql_etl_foreign_keys[], sql_etl_others[];

/* --------------------------------------------------------------------------------------- types */

static const struct
{
    const char *name;
    Family family;
} families[] = {
    // clang-format off
    { "text",        FAMILY_TEXT },
    { "varchar",     FAMILY_TEXT },
    { "bpchar",      FAMILY_TEXT },
    { "int2",        FAMILY_INTEGER },
    { "int4",        FAMILY_INTEGER },
    { "int8",        FAMILY_INTEGER },
    { "float4",      FAMILY_FLOAT },
    { "float8",      FAMILY_FLOAT },
    { "numeric",     FAMILY_NUMERIC },
    { "date",        FAMILY_DATE },
    { "timestamp",   FAMILY_TIMESTAMP },
    { "timestamptz", FAMILY_TIMESTAMP },
    { "uuid",        FAMILY_UUID },
    { "_text",       FAMILY_TEXT_ARRAY },
    { "_varchar",    FAMILY_TEXT_ARRAY },
    { "_bpchar",     FAMILY_TEXT_ARRAY },
    { "jsonb",       FAMILY_JSONB },
    // clang-format on
};

static Family
family_of(const char *base)
{
    for (size_t i = 0; i < COUNT_OF(families); i++)
        if (strcmp(families[i].name, base) == 0)
            return families[i].family;
    return FAMILY_OTHER;
}

const char *
family_name(Family family)
{
    static const struct
    {
        Family family;
        const char *name;
    } names[] = {
        { FAMILY_TEXT, "text" },
        { FAMILY_INTEGER, "whole numbers" },
        { FAMILY_FLOAT, "floating numbers" },
        { FAMILY_NUMERIC, "numeric" },
        { FAMILY_DATE, "dates" },
        { FAMILY_TIMESTAMP, "timestamps" },
        { FAMILY_UUID, "uuid" },
        { FAMILY_TEXT_ARRAY, "arrays of text" },
        { FAMILY_JSONB, "jsonb" },
    };

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (names[i].family == family)
            return names[i].name;
    return "other types";
}

/* The numbers in brackets, from how each type packs them in one (its typmod). */
static void
type_args(SqlType *type, int64_t typmod)
{
    const char *name = type->name + (*type->name == '_');
    int64_t packed = typmod - 4;

    if (typmod < 0)
        return;
    if (strcmp(name, "varchar") == 0 || strcmp(name, "bpchar") == 0)
        type->args[type->arg_count++] = packed;
    else if (strcmp(name, "numeric") == 0)
    {
        type->args[type->arg_count++] = (packed >> 16) & 0xFFFF;
        type->args[type->arg_count++] = ((packed & 0x7FF) ^ 1024) - 1024;
    }
    else if (strcmp(name, "interval") == 0 && (typmod & 0xFFFF) != 0xFFFF)
        type->args[type->arg_count++] = typmod & 0xFFFF;
    else if (strncmp(name, "time", 4) == 0 || strcmp(name, "bit") == 0 ||
             strcmp(name, "varbit") == 0)
        type->args[type->arg_count++] = typmod;
}

void
sql_type(Sql *sql, const SqlType *type)
{
    sql_table(sql, "pg_catalog", type->name);
    for (size_t i = 0; i < type->arg_count; i++)
    {
        if (i == 0)
            sql_words(sql, "(");
        else
            sql_words(sql, ",");
        sql_int(sql, type->args[i]);
    }
    if (type->arg_count > 0)
        sql_words(sql, ")");
}

const char *
type_shown(Arena *arena, const SqlType *type)
{
    bool array = *type->name == '_';
    Buf out = buf_new(arena, 200);

    buf_text(&out, type->name + array);
    for (size_t i = 0; i < type->arg_count; i++)
    {
        buf_char(&out, i == 0 ? '(' : ',');
        buf_int(&out, type->args[i]);
    }
    if (type->arg_count > 0)
        buf_char(&out, ')');
    if (array)
        buf_text(&out, "[]");
    return buf_cstr(&out);
}

/* ------------------------------------------------------------------------------------- defaults */

/* 'text'::type, the quotes inside undoubled. NULL when the text goes on after the type. */
static const char *
quoted_literal(Arena *arena, const char *sql)
{
    Buf out = buf_new(arena, 64 * 1024);
    const char *c = sql + 1;

    for (; *c != '\0' && (c[0] != '\'' || c[1] == '\''); c++)
    {
        if (*c == '\'')
            c++;
        buf_char(&out, *c);
    }
    if (c[0] != '\'' || c[1] != ':' || c[2] != ':' || out.failed)
        return NULL;
    for (c += 3; *c != '\0'; c++)
        if (!isalnum((unsigned char) *c) && strchr("\"_. []", *c) == NULL)
            return NULL;
    if (strcmp(buf_cstr(&out), "now") == 0)
        return NULL; /* the current date, not a constant */
    return buf_cstr(&out);
}

static const char *
number_literal(Arena *arena, const char *sql)
{
    bool bracket = *sql == '(';
    const char *start = sql + bracket, *c = start + (*start == '-');
    const char *digits = c, *end;

    while (isdigit((unsigned char) *c))
        c++;
    if (c == digits)
        return NULL;
    if (*c == '.')
        for (c++; isdigit((unsigned char) *c); c++)
            continue;
    end = c;
    if (bracket && *c++ != ')')
        return NULL;
    if (*c != '\0' && strcmp(c, "::bigint") != 0)
        return NULL;
    return arena_text_n(arena, start, (size_t) (end - start));
}

const char *
default_literal(Arena *arena, const char *default_sql)
{
    if (default_sql == NULL)
        return NULL;
    if (*default_sql == '\'')
        return quoted_literal(arena, default_sql);
    if (default_sql[0] == 'B' && default_sql[1] == '\'') /* a bit string */
        return quoted_literal(arena, default_sql + 1);
    if (strcmp(default_sql, "true") == 0 || strcmp(default_sql, "false") == 0)
        return default_sql;
    return number_literal(arena, default_sql);
}

/* -------------------------------------------------------------------------------------- reading */

static bool
ask(Pg *pg, Arena *arena, const char *sql, Value value, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, 100000);

    return pg_query(pg, NULL, sql, &value, 1, &collector.sink, err);
}

static TextList
text_list(Arena *arena, const Json *array)
{
    size_t count = array == NULL ? 0 : array->count;
    TextList list = { .items = ARENA_ARRAY(arena, count, const char *) };

    for (const Json *item = array == NULL ? NULL : array->first; item != NULL; item = item->next)
        list.items[list.count++] = json_text_or(item, "");
    return list;
}

static bool
read_columns(Pg *pg, Arena *arena, SourceTable *table, Error *err)
{
    Rows rows;

    if (!ask(pg, arena, sql_etl_columns, VALUE_OF_INT(table->oid), &rows, err))
        return false;
    table->columns = ARENA_ARRAY(arena, rows.count, SourceColumn);
    for (size_t i = 0; i < rows.count; i++)
    {
        RowReader r = { arena, rows.row[i] };
        SourceColumn *column = &table->columns[table->column_count++];
        const char *base;

        column->name = row_text(&r);
        column->shown = row_text(&r);
        column->not_null = row_bool(&r);
        column->generated = row_bool(&r);
        column->default_sql = row_text(&r);
        column->comment = row_text(&r);
        column->primary = row_bool(&r);
        column->foreign = row_bool(&r);
        base = row_text(&r);
        column->type.name = row_text(&r);
        column->family = strcmp(base, column->type.name) == 0 ? family_of(base) : FAMILY_OTHER;
        if (strcmp(base, column->type.name) == 0)
            type_args(&column->type, row_int(&r));
        else
            (void) row_int(&r);
        column->made_from = text_list(arena, row_json(&r));
        column->cast = row_bool(&r);
        column->collation_schema = row_text(&r);
        column->collation = row_text(&r);
    }
    return true;
}

static bool
read_indexes(Pg *pg, Arena *arena, SourceTable *table, Error *err)
{
    Rows rows;

    if (!ask(pg, arena, sql_etl_indexes, VALUE_OF_INT(table->oid), &rows, err))
        return false;
    table->indexes = ARENA_ARRAY(arena, rows.count, SourceIndex);
    for (size_t i = 0; i < rows.count; i++)
    {
        RowReader r = { arena, rows.row[i] };
        SourceIndex *index = &table->indexes[table->index_count++];

        index->name = row_text(&r);
        index->unique = row_bool(&r);
        index->primary = row_bool(&r);
        index->kind = row_text(&r);
        index->tail = row_text(&r);
        index->uses = text_list(arena, row_json(&r));
        index->columns = text_list(arena, row_json(&r));
        index->expression = row_bool(&r);
        index->ordered = row_bool(&r);
    }
    return true;
}

static bool
read_keys(Pg *pg, Arena *arena, SourceTable *table, Error *err)
{
    Rows rows;

    if (!ask(pg, arena, sql_etl_foreign_keys, VALUE_OF_INT(table->oid), &rows, err))
        return false;
    table->keys = ARENA_ARRAY(arena, rows.count, SourceKey);
    for (size_t i = 0; i < rows.count; i++)
    {
        RowReader r = { arena, rows.row[i] };
        SourceKey *key = &table->keys[table->key_count++];

        key->name = row_text(&r);
        key->schema = row_text(&r);
        key->table = row_text(&r);
        key->columns = text_list(arena, row_json(&r));
        key->targets = text_list(arena, row_json(&r));
    }
    return true;
}

static bool
read_leaves(Pg *pg, Arena *arena, SourceTable *table, Error *err)
{
    Rows rows;

    if (!table->partitioned)
        return true;
    if (!ask(pg, arena, sql_etl_leaves, VALUE_OF_INT(table->oid), &rows, err))
        return false;
    table->leaves = ARENA_ARRAY(arena, rows.count, SourceLeaf);
    for (size_t i = 0; i < rows.count; i++)
    {
        RowReader r = { arena, rows.row[i] };
        SourceLeaf *leaf = &table->leaves[table->leaf_count++];

        leaf->schema = row_text(&r);
        leaf->name = row_text(&r);
        leaf->rows = row_int(&r);
        leaf->blocks = row_int(&r);
    }
    return true;
}

static void
read_table(Arena *arena, const Value *cells, const char *first_schema, SourceTable *table)
{
    RowReader r = { arena, cells };
    int64_t rows, blocks;

    table->oid = row_int(&r);
    table->schema = row_text(&r);
    table->name = row_text(&r);
    table->partitioned = strcmp(row_text(&r), "p") == 0;
    rows = row_int(&r);
    blocks = row_int(&r);
    table->comment = row_text(&r);
    table->readable = row_bool(&r);
    table->filtered = row_bool(&r);
    table->extension = row_bool(&r);
    table->key = strcmp(table->schema, first_schema) == 0
                     ? table->name
                     : arena_format(arena, "%s.%s", table->schema, table->name);
    if (table->partitioned)
        return;
    table->leaves = ARENA_NEW(arena, SourceLeaf);
    table->leaves[table->leaf_count++] = (SourceLeaf){ table->schema, table->name, rows, blocks };
}

static bool
read_others(Pg *pg, Arena *arena, Value schemas, Catalog *catalog, Error *err)
{
    Rows rows;

    if (!ask(pg, arena, sql_etl_others, schemas, &rows, err))
        return false;
    catalog->others = ARENA_ARRAY(arena, rows.count, Skipped);
    for (size_t i = 0; i < rows.count; i++)
    {
        RowReader r = { arena, rows.row[i] };
        Skipped *other = &catalog->others[catalog->other_count++];
        const char *schema;

        other->what = row_text(&r);
        schema = row_text(&r);
        other->name = row_text(&r);
        if (strcmp(other->what, "schema") == 0)
        {
            other->why =
                arena_format(arena, "%s tables, not among the source schemas", other->name);
            other->name = schema;
        }
        else
        {
            other->name =
                arena_format(arena, "%s%s%s", schema, *schema == '\0' ? "" : ".", other->name);
            other->why = "not copied";
        }
    }
    return true;
}

bool
catalog_read(Pg *pg, Arena *arena, const TextList *schemas, Catalog *catalog, Error *err)
{
    Json *names = json_new(arena, JSON_ARRAY);
    Value schemas_value;
    Rows rows;

    for (size_t i = 0; i < schemas->count; i++)
        (void) json_add(names, json_new_text(arena, schemas->items[i]));
    schemas_value = VALUE_OF_TEXT(json_print(arena, names));
    *catalog = (Catalog){ 0 };
    if (!ask(pg, arena, sql_etl_tables, schemas_value, &rows, err))
        return false;
    catalog->tables = ARENA_ARRAY(arena, rows.count, SourceTable);
    for (size_t i = 0; i < rows.count; i++)
    {
        SourceTable *table = &catalog->tables[catalog->table_count++];

        read_table(arena, rows.row[i], schemas->items[0], table);
        if (!read_columns(pg, arena, table, err) || !read_indexes(pg, arena, table, err) ||
            !read_keys(pg, arena, table, err) || !read_leaves(pg, arena, table, err))
            return error_prefix(err, "reading the catalog of %s", table->key);
    }
    return read_others(pg, arena, schemas_value, catalog, err);
}

const SourceColumn *
source_column(const SourceTable *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return &table->columns[i];
    return NULL;
}

int64_t
source_rows(const SourceTable *table)
{
    int64_t rows = 0;

    for (size_t i = 0; i < table->leaf_count; i++)
        rows += table->leaves[i].rows;
    return rows;
}
