/* Three statements read a database: itself, its tables, its fields. The counter "metadata" says
 * whether what was read still holds. */
#include "run/catalog.h"

#include "base/crypto.h"
#include "base/heap.h"
#include "store/setting.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

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
fill_table(Store *store, Arena *arena, const TableFieldList *known, const Table *table, size_t *at,
           CatalogTable *made, Error *err)
{
    CatalogField *fields;
    size_t first = *at;

    while (*at < known->count && known->items[*at].table_id == table->id)
        (*at)++;
    fields = ARENA_ARRAY(arena, *at - first + 1, CatalogField);
    for (size_t i = first; i < *at; i++)
    {
        fields[i - first] = field_of(&known->items[i]);
        if (!read_pairs(store, arena, &known->items[i], &fields[i - first], err))
            return false;
    }
    *made = (CatalogTable){ .id = table->id,
                            .schema = table->schema,
                            .name = table->name,
                            .display_name = table->display_name,
                            .fields = fields,
                            .field_count = *at - first };
    return true;
}

static int
table_by_id(const void *a, const void *b)
{
    int64_t left = ((const Table *) a)->id, right = ((const Table *) b)->id;

    return (left > right) - (left < right);
}

static int
field_by_id(const void *a, const void *b)
{
    int64_t left = ((const TableField *) a)->id, right = ((const TableField *) b)->id;

    return (left > right) - (left < right);
}

bool
known_read(Store *store, Arena *arena, int64_t database_id, Known *known, Error *err)
{
    TableFilter tables = { .db_id = database_id, .with_hidden = true };
    FieldFilter fields = { .db_id = database_id, .with_hidden = true };
    TableList list;
    TableFieldList all;
    CatalogTable *made;
    size_t at = 0;

    if (!database_find(store, arena, database_id, &known->database, err) ||
        !table_list(store, arena, &tables, &list, err) ||
        !field_list(store, arena, &fields, &all, err))
        return false;
    /* Fields are ordered by the id of their table. */
    qsort(list.items, list.count, sizeof(*list.items), table_by_id);
    made = ARENA_ARRAY(arena, list.count + 1, CatalogTable);
    for (size_t i = 0; i < list.count; i++)
    {
        while (at < all.count && all.items[at].table_id < list.items[i].id)
            at++;
        if (!fill_table(store, arena, &all, &list.items[i], &at, &made[i], err))
            return false;
    }
    qsort(all.items, all.count, sizeof(*all.items), field_by_id);
    known->version = sha256_hex(arena, str_of(json_print(arena, known->database.details)));
    known->catalog =
        (Catalog){ .database_id = database_id, .tables = made, .table_count = list.count };
    known->fields = all;
    return true;
}

const TableField *
known_field(const Known *known, int64_t id)
{
    const TableField key = { .id = id };

    return bsearch(&key, known->fields.items, known->fields.count, sizeof(key), field_by_id);
}

/* --- What was read ---------------------------------------------------------------------------- */

typedef struct Kept Kept;
struct Kept
{
    Known known; /* first, so that a Known * is a Kept * */
    Kept *next;
    Arena *arena;
    int64_t database_id;
    int64_t version;
    unsigned refs; /* the list holds one */
};

struct Catalogs
{
    pthread_mutex_t lock;
    Kept *list;
};

Catalogs *
catalogs_new(void)
{
    Catalogs *catalogs = heap_new(1, sizeof(*catalogs));

    (void) pthread_mutex_init(&catalogs->lock, NULL);
    return catalogs;
}

static void
release(Kept *kept)
{
    if (--kept->refs > 0)
        return;
    arena_free(&kept->arena);
    heap_free(kept);
}

void
catalogs_free(Catalogs **catalogs)
{
    if (*catalogs == NULL)
        return;
    while ((*catalogs)->list != NULL)
    {
        Kept *kept = (*catalogs)->list;

        (*catalogs)->list = kept->next;
        release(kept);
    }
    (void) pthread_mutex_destroy(&(*catalogs)->lock);
    heap_free(*catalogs);
    *catalogs = NULL;
}

static Kept *
find_kept(Catalogs *catalogs, int64_t database_id, int64_t version)
{
    Kept *found = NULL;

    (void) pthread_mutex_lock(&catalogs->lock);
    for (Kept *kept = catalogs->list; kept != NULL; kept = kept->next)
        if (kept->database_id == database_id && kept->version == version)
            found = kept;
    if (found != NULL)
        found->refs++;
    (void) pthread_mutex_unlock(&catalogs->lock);
    return found;
}

/* In place of what was known before. */
static void
keep(Catalogs *catalogs, Kept *made)
{
    (void) pthread_mutex_lock(&catalogs->lock);
    for (Kept **at = &catalogs->list; *at != NULL;)
    {
        Kept *old = *at;

        if (old->database_id != made->database_id)
        {
            at = &old->next;
            continue;
        }
        *at = old->next;
        release(old);
    }
    made->next = catalogs->list;
    catalogs->list = made;
    (void) pthread_mutex_unlock(&catalogs->lock);
}

bool
catalogs_take(Catalogs *catalogs, Store *store, int64_t database_id, const Known **known,
              Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    int64_t version;
    Kept *kept;

    /* Before reading: what changes meanwhile makes it old, not wrong for ever. */
    if (!counter_read(store, arena, "metadata", &version, err))
        return false;
    kept = find_kept(catalogs, database_id, version);
    if (kept == NULL)
    {
        kept = heap_new(1, sizeof(*kept));
        *kept = (Kept){
            .arena = arena_new(), .database_id = database_id, .version = version, .refs = 1
        };
        if (!known_read(store, kept->arena, database_id, &kept->known, err))
        {
            release(kept);
            return false;
        }
        kept->refs = 2;
        keep(catalogs, kept);
    }
    *known = &kept->known;
    return true;
}

void
catalogs_give(Catalogs *catalogs, const Known **known)
{
    Kept *kept = (Kept *) (uintptr_t) *known;

    *known = NULL;
    if (kept == NULL)
        return;
    (void) pthread_mutex_lock(&catalogs->lock);
    release(kept);
    (void) pthread_mutex_unlock(&catalogs->lock);
}
