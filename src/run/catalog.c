/* Fills the catalog that questions are compiled against: tables and fields of one database, in a
 * few statements for each table. Saved questions are not kept yet: none is found. */
#include "run/catalog.h"

#include "store/metadata.h"

#include <string.h>

static const CatalogItem *
find_nothing(const Catalog *catalog, CatalogKind kind, int64_t id, const char *name)
{
    (void) catalog;
    (void) kind;
    (void) id;
    (void) name;
    return NULL;
}

static BaseType
type_of(const char *name)
{
    BaseType type = BASE_ANY;

    if (name != NULL)
        (void) base_type_from_name(name, &type);
    return type;
}

/* The least and greatest value that a scan found. */
static void
read_range(const Json *fingerprint, CatalogField *field)
{
    const Json *number = json_path(fingerprint, "type", "type/Number", NULL);

    if (json_get(number, "min") == NULL || json_get(number, "max") == NULL)
        return;
    field->has_range = true;
    field->min = json_double_or(json_get(number, "min"), 0);
    field->max = json_double_or(json_get(number, "max"), 0);
}

static CatalogField
field_of(const TableField *known)
{
    CatalogField field = {
        .id = known->id,
        .table_id = known->table_id,
        .target_id = known->fk_target_field_id.set ? known->fk_target_field_id.value : 0,
        .name = known->name,
        .display_name = known->display_name,
        .description = known->description,
        .database_type = known->database_type,
        .base_type = type_of(known->base_type),
        .effective_type = type_of(known->effective_type),
        .semantic_type = known->semantic_type,
        .coercion = known->coercion_strategy,
        .is_hidden = strcmp(known->visibility_type, "sensitive") == 0 ||
                     strcmp(known->visibility_type, "retired") == 0,
        .is_pk = known->database_is_pk,
        .remap_id = known->human_readable_field_id.set ? known->human_readable_field_id.value : 0,
        .remap_name = known->dimension_name,
    };

    read_range(known->fingerprint, &field);
    return field;
}

static bool
read_pairs(Store *store, Arena *arena, const TableField *known, CatalogField *field, Error *err)
{
    FieldValues values;
    Json *pairs;
    const Json *value, *text;

    if (known->dimension_id == 0 || strcmp(known->dimension_type, "internal") != 0)
        return true;
    if (!field_values_find(store, arena, known->id, &values, err))
        return false;
    if (values.field_id == 0 || values.human_readable_values == NULL)
        return true;
    pairs = json_new(arena, JSON_ARRAY);
    for (value = values.values->first, text = values.human_readable_values->first;
         value != NULL && text != NULL; value = value->next, text = text->next)
    {
        Json *pair = json_add(pairs, json_new(arena, JSON_ARRAY));
        Json *first = json_new(arena, value->kind);

        *first = *value;
        first->next = NULL;
        (void) json_add(pair, first);
        (void) json_add(pair, json_new_text(arena, json_text_or(text, "")));
    }
    field->remap_pairs = pairs;
    return true;
}

/* Fields come table by table, in the order in which they are shown. */
static bool
read_fields(Store *store, Arena *arena, const TableFieldList *known, CatalogTable *table,
            Error *err)
{
    CatalogField *fields = ARENA_ARRAY(arena, known->count, CatalogField);

    for (size_t i = 0; i < known->count; i++)
    {
        if (known->items[i].table_id != table->id)
            continue;
        fields[table->field_count] = field_of(&known->items[i]);
        if (!read_pairs(store, arena, &known->items[i], &fields[table->field_count++], err))
            return false;
    }
    table->fields = fields;
    return true;
}

bool
run_catalog(Store *store, Arena *arena, int64_t database_id, Catalog *catalog, Error *err)
{
    TableFilter tables = { .db_id = database_id, .with_hidden = true };
    TableList list;
    CatalogTable *made;

    if (!table_list(store, arena, &tables, &list, err))
        return false;
    made = ARENA_ARRAY(arena, list.count, CatalogTable);
    for (size_t i = 0; i < list.count; i++)
    {
        FieldFilter filter = { .table_id = list.items[i].id, .with_hidden = true };
        TableFieldList fields;

        made[i] = (CatalogTable){ .id = list.items[i].id,
                                  .schema = list.items[i].schema,
                                  .name = list.items[i].name,
                                  .display_name = list.items[i].display_name };
        if (!field_list(store, arena, &filter, &fields, err) ||
            !read_fields(store, arena, &fields, &made[i], err))
            return false;
    }
    *catalog = (Catalog){
        .database_id = database_id, .tables = made, .table_count = list.count, .find = find_nothing
    };
    return true;
}
