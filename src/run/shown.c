/* Hidden columns are taken out of the catalog and row conditions are put into it, so that nothing
 * behind the catalog needs to know of rights. */
#include "run/shown.h"

#include <stdio.h>
#include <string.h>

enum
{
    CODE_BYTES = 40,
    TYPE_ROWS = 200 /* looked at for the type of a column */
};

/* ------------------------------------------------------------------------------------ the catalog
 */

static bool
is_hidden(const IntList *hidden, int64_t field_id)
{
    for (size_t i = 0; i < hidden->count; i++)
        if (hidden->items[i] == field_id)
            return true;
    return false;
}

static const CatalogField *
find_field(const CatalogTable *table, int64_t id)
{
    for (size_t i = 0; i < table->field_count; i++)
        if (table->fields[i].id == id)
            return &table->fields[i];
    return NULL;
}

/* A condition on a column that is gone lets no row pass. */
static CatalogCondition
condition_of(Arena *arena, const CatalogTable *table, const RowCondition *row)
{
    const CatalogField *field = find_field(table, row->field_id);

    return (CatalogCondition){ .group_id = row->group_id,
                               .field = field,
                               .operator= row->operator,
                               .values = field == NULL ? json_new(arena, JSON_ARRAY)
                                                       : row->values };
}

static void
set_conditions(Arena *arena, const RowConditionList *rows, const CatalogTable *whole,
               CatalogTable *table)
{
    CatalogCondition *conditions = ARENA_ARRAY(arena, rows->count + 1, CatalogCondition);

    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].table_id == table->id)
            conditions[table->condition_count++] = condition_of(arena, whole, &rows->items[i]);
    table->conditions = conditions;
}

static void
hide_fields(Arena *arena, const IntList *hidden, CatalogTable *table)
{
    CatalogField *fields = ARENA_ARRAY(arena, table->field_count + 1, CatalogField);
    size_t count = 0;

    for (size_t i = 0; i < table->field_count; i++)
        if (!is_hidden(hidden, table->fields[i].id))
            fields[count++] = table->fields[i];
    table->fields = fields;
    table->field_count = count;
}

bool
shown_catalog(const Identity *who, Store *store, Arena *arena, const Known *known,
              const Catalog **catalog, Error *err)
{
    const Catalog *whole = &known->catalog;
    CatalogTable *tables;
    RowConditionList rows;
    Catalog *own;
    IntList hidden;

    *catalog = whole;
    if (who == NULL || access_is_admin(who))
        return true;
    if (!access_hidden_fields(who, store, arena, &hidden, err) ||
        !access_row_filters(who, store, arena, &rows, err))
        return false;
    if (hidden.count == 0 && rows.count == 0)
        return true;
    tables = ARENA_ARRAY(arena, whole->table_count + 1, CatalogTable);
    for (size_t i = 0; i < whole->table_count; i++)
    {
        tables[i] = whole->tables[i];
        hide_fields(arena, &hidden, &tables[i]);
        set_conditions(arena, &rows, &whole->tables[i], &tables[i]);
    }
    own = ARENA_NEW(arena, Catalog);
    *own = *whole;
    own->tables = tables;
    *catalog = own;
    return true;
}

/* ------------------------------------------------------------------------------------- the answer
 */

static const Json *
native_reference(Arena *arena, const char *name, BaseType type)
{
    Json *reference = json_new(arena, JSON_ARRAY);
    Json *options = json_new(arena, JSON_OBJECT);

    (void) json_put(arena, options, "base-type", json_new_text(arena, base_type_name(type)));
    (void) json_add(reference, json_new_text(arena, "field"));
    (void) json_add(reference, json_new_text(arena, name));
    (void) json_add(reference, options);
    return reference;
}

QueryColumn
shown_native_column(Arena *arena, const Column *column)
{
    return (QueryColumn){ .name = arena_text(arena, column->name),
                          .display_name = arena_text(arena, column->name),
                          .source = "native",
                          .base_type = column->base_type,
                          .effective_type = column->base_type,
                          .field_ref = native_reference(arena, column->name, column->base_type) };
}

/* Looks at values until each column has one, or for some rows. */
typedef struct TypeSink
{
    RowSink sink; /* first, so that a RowSink * is a TypeSink * */
    Arena *arena;
    QueryColumn *columns;
    size_t count;
    size_t rows;
} TypeSink;

static BaseType
type_of_value(const Value *cell)
{
    static const BaseType types[] = {
        [VALUE_BOOL] = BASE_BOOLEAN,
        [VALUE_INT] = BASE_INTEGER,
        [VALUE_DOUBLE] = BASE_FLOAT,
        [VALUE_DECIMAL] = BASE_DECIMAL,
        [VALUE_TEXT] = BASE_TEXT,
        [VALUE_DATE] = BASE_DATE,
        [VALUE_TIME] = BASE_TIME,
        [VALUE_DATETIME] = BASE_DATE_TIME,
        [VALUE_INSTANT] = BASE_DATE_TIME_WITH_LOCAL_TZ,
        [VALUE_JSON] = BASE_JSON,
    };

    return cell->kind == VALUE_NULL || cell->kind == VALUE_BYTES ? BASE_ANY : types[cell->kind];
}

static bool
types_begin(RowSink *sink, const Columns *columns, Error *err)
{
    (void) sink;
    (void) columns;
    (void) err;
    return true;
}

static bool
types_row(RowSink *sink, const Value *cells, Error *err)
{
    TypeSink *types = (TypeSink *) sink;
    bool open = false;

    for (size_t i = 0; i < types->count; i++)
    {
        QueryColumn *column = &types->columns[i];

        if (column->base_type == BASE_ANY)
        {
            column->base_type = column->effective_type = type_of_value(&cells[i]);
            column->field_ref = native_reference(types->arena, column->name, column->base_type);
        }
        open = open || column->base_type == BASE_ANY;
    }
    if (open && ++types->rows < TYPE_ROWS)
        return true;
    return error_set(err, ERR_CANCELLED, "enough was seen");
}

static bool
types_end(RowSink *sink, Error *err)
{
    (void) sink;
    (void) err;
    return true;
}

void
shown_infer_types(Arena *arena, QueryColumn *columns, size_t count, const Pack *pack)
{
    TypeSink types = { .sink = { types_begin, types_row, types_end },
                       .arena = arena,
                       .columns = columns,
                       .count = count };

    for (size_t i = 0; i < count; i++)
        if (columns[i].base_type == BASE_ANY)
        {
            /* It ends early on purpose. */
            (void) pack_replay(pack, &types.sink, &(Error){ 0 });
            return;
        }
}

/* A code as the settings write it. Whole numbers and texts are what codes are. */
static const char *
code_text(const Value *code, char digits[CODE_BYTES])
{
    switch (code->kind)
    {
        case VALUE_INT:
            (void) snprintf(digits, CODE_BYTES, "%lld", (long long) code->integer);
            return digits;
        case VALUE_DOUBLE:
            (void) snprintf(digits, CODE_BYTES, "%.15g", code->number);
            return digits;
        case VALUE_BOOL:
            return code->boolean ? "true" : "false";
        default:
            return value_has_text(code) ? code->text.ptr : NULL;
    }
}

static Value
text_for(const Json *pairs, const Value *code)
{
    char digits[CODE_BYTES];
    const char *text = code_text(code, digits);

    for (const Json *pair = pairs->first; text != NULL && pair != NULL; pair = pair->next)
    {
        const Json *known = json_at(pair, 0);
        const Json *words = json_at(pair, 1);

        if (known != NULL && known->text != NULL && strcmp(known->text, text) == 0 && words != NULL)
            return value_of_text(words->text);
    }
    return VALUE_OF_NULL;
}

static bool
shown_begin(RowSink *sink, const Columns *columns, Error *err)
{
    ShownSink *shown = (ShownSink *) sink;

    return shown->next->begin(shown->next, columns, err);
}

static bool
shown_row(RowSink *sink, const Value *cells, Error *err)
{
    ShownSink *shown = (ShownSink *) sink;

    if (shown->cells == NULL)
        return shown->next->row(shown->next, cells, err);
    for (size_t i = 0; i < shown->count; i++)
        shown->cells[i] = shown->columns[i].is_remapped_text
                              ? text_for(shown->columns[i].remap_pairs, &cells[shown->from[i]])
                              : cells[i];
    return shown->next->row(shown->next, shown->cells, err);
}

static bool
shown_end(RowSink *sink, Error *err)
{
    ShownSink *shown = (ShownSink *) sink;

    return shown->next->end(shown->next, err);
}

/* The column that the text stands for; columns of texts come after all others. */
static size_t
source_of(const QueryColumn *columns, size_t count, const QueryColumn *text)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(columns[i].name, text->remapped_from) == 0)
            return i;
    return 0;
}

ShownSink
shown_sink(Arena *arena, const QueryColumn *columns, size_t count, RowSink *next)
{
    ShownSink shown = { .sink = { shown_begin, shown_row, shown_end },
                        .next = next,
                        .columns = columns,
                        .count = count };

    for (size_t i = 0; i < count; i++)
    {
        if (!columns[i].is_remapped_text)
            continue;
        if (shown.cells == NULL)
        {
            shown.cells = ARENA_ARRAY(arena, count, Value);
            shown.from = ARENA_ARRAY(arena, count, size_t);
        }
        shown.from[i] = source_of(columns, count, &columns[i]);
    }
    return shown;
}
