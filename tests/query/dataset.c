/* Data sets as catalogs: ids by position, types from their description, ranges from their rows. */
#include "runner.h"

#include <math.h>
#include <string.h>

static BaseType
read_type(const Json *json, BaseType fallback)
{
    BaseType type = fallback;

    (void) base_type_from_name(json_text_or(json, NULL), &type);
    return type;
}

static void
find_range(const Json *table, size_t at, CatalogField *field)
{
    const Json *rows = json_get(table, "rows");
    size_t seen = 0;

    if (rows == NULL)
        return;
    for (const Json *row = rows->first; row != NULL && seen < 10000; row = row->next, seen++)
    {
        const Json *cell = json_at(row, at);
        double number = json_double_or(cell, NAN);

        if (cell->kind != JSON_NUMBER)
            continue;
        if (!field->has_range || number < field->min)
            field->min = number;
        if (!field->has_range || number > field->max)
            field->max = number;
        field->has_range = true;
    }
}

static void
fill_field(CatalogField *field, const Json *table, const Json *column, size_t at)
{
    field->name = json_text_or(json_get(column, "name"), "");
    field->base_type = read_type(json_get(column, "base_type"), BASE_ANY);
    field->effective_type = read_type(json_get(column, "effective_type"), field->base_type);
    field->semantic_type = json_text_or(json_get(column, "semantic_type"), NULL);
    field->coercion = json_text_or(json_get(column, "coercion_strategy"), NULL);
    if (field->coercion != NULL && strncmp(field->coercion, "Coercion/UNIX", 13) == 0)
        field->effective_type = BASE_DATE_TIME_WITH_LOCAL_TZ;
    field->is_hidden = json_get(column, "visibility_type") != NULL;
    field->is_pk = json_bool_or(json_get(column, "pk"), false);
    find_range(table, at, field);
}

void
dataset_catalog(Arena *arena, Dataset *dataset)
{
    const Json *list = json_get(dataset->json, "tables");
    CatalogTable *tables = ARENA_ARRAY(arena, list->count, CatalogTable);
    size_t count = 0;

    for (const Json *table = list->first; table != NULL; table = table->next)
    {
        const Json *columns = json_get(table, "columns");
        CatalogField *fields = ARENA_ARRAY(arena, columns->count, CatalogField);
        size_t at = 0;

        for (const Json *column = columns->first; column != NULL; column = column->next, at++)
        {
            fields[at].id = (int64_t) (count + 1) * 100 + (int64_t) at;
            fields[at].table_id = (int64_t) count + 1;
            fill_field(&fields[at], table, column, at);
        }
        tables[count] = (CatalogTable){ .id = (int64_t) count + 1,
                                        .name = json_text_or(json_get(table, "name"), ""),
                                        .fields = fields,
                                        .field_count = columns->count };
        count++;
    }
    dataset->catalog = (Catalog){ .database_id = 1, .tables = tables, .table_count = count };
    count = 0;
    for (const Json *table = list->first; table != NULL; table = table->next, count++)
    {
        size_t at = 0;

        for (const Json *column = json_get(table, "columns")->first; column != NULL;
             column = column->next, at++)
        {
            const char *key = json_text_or(json_get(column, "fk"), NULL);

            if (key != NULL)
                ((CatalogField *) tables[count].fields)[at].target_id =
                    dataset_symbol(dataset, arena_format(arena, "$%s", key));
        }
    }
}

/* "$$table" and "$table.column"; 0 when there is none. */
int64_t
dataset_symbol(const Dataset *dataset, const char *symbol)
{
    bool is_table = strncmp(symbol, "$$", 2) == 0;
    const char *name = symbol + (is_table ? 2 : 1);

    if (strcmp(symbol, "$$db") == 0)
        return 1;
    for (size_t t = 0; t < dataset->catalog.table_count; t++)
    {
        const CatalogTable *table = &dataset->catalog.tables[t];
        size_t len = strlen(table->name);

        if (is_table && strcmp(table->name, name) == 0)
            return table->id;
        if (is_table || strncmp(table->name, name, len) != 0 || name[len] != '.')
            continue;
        for (size_t f = 0; f < table->field_count; f++)
            if (strcmp(table->fields[f].name, name + len + 1) == 0)
                return table->fields[f].id;
    }
    return 0;
}

static CatalogField *
field_to_change(const Catalog *catalog, int64_t id)
{
    return (CatalogField *) catalog_field(catalog, id);
}

static void
change_field(CatalogField *field, const Json *change)
{
    const Json *numbers = json_path(change, "fingerprint", "type", "type/Number", NULL);
    const Json *semantic = json_get(change, "semantic_type");
    const Json *coercion = json_get(change, "coercion_strategy");

    if (semantic != NULL)
        field->semantic_type = json_text_or(semantic, NULL);
    if (coercion != NULL)
        field->coercion = json_text_or(coercion, NULL);
    field->effective_type = read_type(json_get(change, "effective_type"), field->effective_type);
    if (coercion != NULL && strstr(json_text_or(coercion, ""), "UNIX") != NULL)
        field->effective_type = BASE_DATE_TIME_WITH_LOCAL_TZ;
    if (json_get(change, "visibility_type") != NULL)
        field->is_hidden =
            strcmp(json_text_or(json_get(change, "visibility_type"), "normal"), "normal") != 0;
    if (json_get(change, "fingerprint") != NULL)
    {
        field->has_range = numbers != NULL;
        field->min = json_double_or(json_get(numbers, "min"), 0);
        field->max = json_double_or(json_get(numbers, "max"), 0);
    }
}

Catalog
dataset_changed(Arena *arena, const Dataset *dataset, const Json *setup)
{
    const Json *changes = json_get(setup, "fields");
    const Json *remaps = json_get(setup, "remaps");
    Catalog catalog = dataset->catalog;
    CatalogTable *tables = ARENA_ARRAY(arena, catalog.table_count, CatalogTable);

    for (size_t t = 0; t < catalog.table_count; t++)
    {
        CatalogField *fields = ARENA_ARRAY(arena, catalog.tables[t].field_count, CatalogField);

        memcpy(fields, catalog.tables[t].fields,
               catalog.tables[t].field_count * sizeof(CatalogField));
        tables[t] = catalog.tables[t];
        tables[t].fields = fields;
    }
    catalog.tables = tables;
    for (const Json *change = changes == NULL ? NULL : changes->first; change != NULL;
         change = change->next)
    {
        CatalogField *field = field_to_change(&catalog, dataset_symbol(dataset, change->key));

        if (field != NULL)
            change_field(field, change);
    }
    for (const Json *remap = remaps == NULL ? NULL : remaps->first; remap != NULL;
         remap = remap->next)
    {
        CatalogField *field = field_to_change(
            &catalog, dataset_symbol(dataset, json_text_or(json_get(remap, "field"), "$")));

        if (field == NULL)
            continue;
        field->remap_name = json_text_or(json_get(remap, "name"), NULL);
        if (json_get(remap, "target") != NULL)
            field->remap_id = dataset_symbol(dataset, json_text_or(json_get(remap, "target"), "$"));
        field->remap_pairs = json_get(remap, "values");
    }
    return catalog;
}
