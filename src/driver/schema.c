/* Rows of catalog queries to tables, columns and keys. */
#include "driver/schema.h"

#include "base/map.h"
#include "base/time.h"

#include <stdio.h>
#include <string.h>

enum
{
    MAX_CATALOG_ROWS = 500000,
    MAX_QUERY_BYTES = 20000
};

SchemaFilter
schema_filter_of(Arena *arena, const ConnSpec *spec)
{
    return (SchemaFilter){
        .type =
            arena_text(arena, json_text_or(json_get(spec->details, "schema-filters-type"), "all")),
        .patterns =
            arena_text(arena, json_text_or(json_get(spec->details, "schema-filters-patterns"), "")),
    };
}

/* Does the name match a pattern in which * stands for anything? Time is linear: only the last * is
 * tried again. */
static bool
matches(Str pattern, const char *name)
{
    size_t p = 0, star = SIZE_MAX;
    const char *again = NULL;

    while (*name != '\0')
    {
        if (p < pattern.len && pattern.ptr[p] == '*')
        {
            star = p++;
            again = name;
        }
        else if (p < pattern.len && pattern.ptr[p] == *name)
        {
            p++;
            name++;
        }
        else if (star == SIZE_MAX)
            return false;
        else
        {
            p = star + 1;
            name = ++again;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

bool
schema_is_wanted(const SchemaFilter *filter, const char *schema)
{
    Str rest = str_of(filter->patterns);
    bool listed = false;
    Str pattern;

    if (schema == NULL ||
        (strcmp(filter->type, "inclusion") != 0 && strcmp(filter->type, "exclusion") != 0))
        return true;
    while (str_split(&rest, ',', &pattern))
        listed = listed || matches(str_trim(pattern), schema);
    return listed == (strcmp(filter->type, "inclusion") == 0);
}

BaseType
type_lookup(const TypeWord *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(words[i].word, word) == 0)
            return words[i].type;
    return BASE_ANY;
}

/* A zone by its name: that of an offset of whole hours has one too. NULL when nothing is known of
 * it. */
static const char *
named_zone(Arena *arena, const char *text)
{
    const Zone *zone;
    int hours, minutes = 0;
    char sign;

    if (text == NULL || text[0] == '\0')
        return NULL;
    if (zone_load(arena, text, &zone, &(Error){ 0 }))
        return text;
    if (sscanf(text, "%c%2d:%2d", &sign, &hours, &minutes) < 2 || minutes != 0 || hours > 12 ||
        (sign != '+' && sign != '-'))
        return NULL;
    /* The signs of these names are the other way round. */
    return hours == 0 ? "UTC" : arena_format(arena, "Etc/GMT%c%d", sign == '+' ? '-' : '+', hours);
}

static bool
ask(Conn *conn, Arena *arena, const char *text, Rows *rows, Error *err)
{
    RowCollector collector = row_collector(arena, rows, MAX_CATALOG_ROWS);
    Sql sql = { .arena = arena, .dialect = ((const ConnBase *) conn)->driver->dialect };

    sql.text = buf_new(arena, MAX_QUERY_BYTES);
    buf_text(&sql.text, text);
    return conn_query(conn, &sql, &collector.sink, err);
}

/* Names hold any character but this one. */
static char *
table_key(Arena *arena, const Value *cell)
{
    const char *schema = value_to_text(arena, &cell[0]);

    return arena_format(arena, "%s\x1f%s", schema == NULL ? "" : schema,
                        value_to_text(arena, &cell[1]));
}

static void
take_tables(const SchemaQueries *queries, Arena *arena, const Rows *rows, Schema *schema,
            Map *by_name)
{
    schema->tables = ARENA_ARRAY(arena, rows->count, SchemaTable);
    for (size_t i = 0; i < rows->count; i++)
    {
        const Value *cell = rows->row[i];
        const char *name = value_to_text(arena, &cell[0]);
        SchemaTable *table;

        if (!schema_is_wanted(&queries->filter, name))
            continue;
        table = &schema->tables[schema->table_count++];
        *table = (SchemaTable){ .schema = name,
                                .name = value_to_text(arena, &cell[1]),
                                .is_view = value_to_bool(&cell[2], false),
                                .row_estimate = value_to_int(&cell[3], -1),
                                .comment = value_to_text(arena, &cell[4]) };
        map_put(by_name, table_key(arena, cell), table);
    }
}

static SchemaColumn
column_of(const SchemaQueries *queries, Arena *arena, const Value *cell)
{
    return (SchemaColumn){
        .name = value_to_text(arena, &cell[2]),
        .database_type = value_to_text(arena, &cell[3]),
        .base_type = queries->type_of(value_to_text(arena, &cell[4])),
        .is_nullable = value_to_bool(&cell[5], true),
        .value = value_to_text(arena, &cell[6]),
        .is_generated = value_to_bool(&cell[7], false),
        .is_auto_increment = value_to_bool(&cell[8], false),
        .is_pk = value_to_bool(&cell[9], false),
        .is_indexed = value_to_bool(&cell[10], false),
        .comment = value_to_text(arena, &cell[11]),
    };
}

/* Rows come table by table: the columns of one are counted, then made at once. */
static void
take_columns(const SchemaQueries *queries, Arena *arena, const Rows *rows, Map *by_name)
{
    for (size_t i = 0; i < rows->count;)
    {
        const char *key = table_key(arena, rows->row[i]);
        SchemaTable *table = map_get(by_name, key);
        size_t end = i;

        while (end < rows->count && strcmp(table_key(arena, rows->row[end]), key) == 0)
            end++;
        if (table != NULL)
            table->columns = ARENA_ARRAY(arena, end - i, SchemaColumn);
        for (; i < end; i++)
            if (table != NULL)
                table->columns[table->column_count++] = column_of(queries, arena, rows->row[i]);
    }
}

static void
take_keys(Arena *arena, const Rows *rows, Map *by_name)
{
    for (size_t i = 0; i < rows->count; i++)
    {
        const Value *cell = rows->row[i];
        SchemaTable *table = map_get(by_name, table_key(arena, cell));
        const char *name = value_to_text(arena, &cell[2]);

        for (size_t c = 0; table != NULL && c < table->column_count; c++)
            if (strcmp(table->columns[c].name, name) == 0)
            {
                table->columns[c].target_schema = value_to_text(arena, &cell[3]);
                table->columns[c].target_table = value_to_text(arena, &cell[4]);
                table->columns[c].target_column = value_to_text(arena, &cell[5]);
            }
    }
}

bool
schema_read(Conn *conn, const SchemaQueries *queries, Arena *arena, Schema *schema, Error *err)
{
    Map *by_name = map_new(arena);
    Schema found = *schema;
    Rows rows;

    if (!ask(conn, arena, queries->tables, &rows, err))
        return false;
    take_tables(queries, arena, &rows, &found, by_name);
    if (!ask(conn, arena, queries->columns, &rows, err))
        return false;
    take_columns(queries, arena, &rows, by_name);
    if (queries->keys != NULL)
    {
        if (!ask(conn, arena, queries->keys, &rows, err))
            return false;
        take_keys(arena, &rows, by_name);
    }
    if (!ask(conn, arena, queries->facts, &rows, err))
        return false;
    if (rows.count > 0)
    {
        found.version = value_to_text(arena, &rows.row[0][0]);
        found.timezone = named_zone(arena, value_to_text(arena, &rows.row[0][1]));
        found.can_write = value_to_bool(&rows.row[0][2], false);
    }
    *schema = found;
    return true;
}
