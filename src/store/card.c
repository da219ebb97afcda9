/* Questions, models and metrics: rows to structs and back; what their queries name. */
#include "store/card.h"

#include "store/store_private.h"

#include <string.h>

extern const char sql_card_list[], sql_card_find[], sql_card_find_by_uuid[],
    sql_card_find_by_entity_id[], sql_card_create[], sql_card_update[], sql_card_delete[],
    sql_card_publish[], sql_card_note_view[], sql_card_set_result_metadata[], sql_card_dashboards[],
    sql_card_dashboard_counts[];

enum
{
    MAX_VALUES = 48,
    CARD_SCHEMA = 23 /* the newest form of cards that clients know */
};

const Field card_columns[] = {
    FIELD(Card, id),
    FIELD(Card, entity_id),
    FIELD(Card, name),
    FIELD(Card, description),
    FIELD(Card, type),
    FIELD(Card, display),
    FIELD(Card, query_type),
    FIELD(Card, dataset_query),
    FIELD(Card, database_id),
    FIELD(Card, table_id),
    FIELD(Card, source_card_id),
    FIELD(Card, visualization_settings),
    FIELD(Card, parameters),
    FIELD(Card, parameter_mappings),
    FIELD(Card, result_metadata),
    FIELD(Card, collection_id),
    FIELD(Card, collection_position),
    FIELD(Card, dashboard_id),
    FIELD(Card, archived),
    FIELD(Card, archived_directly),
    FIELD(Card, cache_ttl),
    FIELD(Card, cache_invalidated_at),
    FIELD(Card, creator_id),
    FIELD(Card, enable_embedding),
    FIELD(Card, embedding_params),
    FIELD(Card, embedding_type),
    FIELD(Card, public_uuid),
    FIELD(Card, made_public_by_id),
    FIELD(Card, initially_published_at),
    FIELD(Card, collection_preview),
    FIELD(Card, view_count),
    FIELD(Card, last_used_at),
    FIELD(Card, card_schema),
    FIELD(Card, metabase_version),
    FIELD(Card, document_id),
    FIELD(Card, created_at),
    FIELD(Card, updated_at),
    { 0 },
};

/* What an update writes, in the order of its statement. */
static const Field card_changed[] = {
    FIELD(Card, name),
    FIELD(Card, description),
    FIELD(Card, type),
    FIELD(Card, display),
    FIELD(Card, query_type),
    FIELD(Card, dataset_query),
    FIELD(Card, database_id),
    FIELD(Card, table_id),
    FIELD(Card, source_card_id),
    FIELD(Card, visualization_settings),
    FIELD(Card, parameters),
    FIELD(Card, parameter_mappings),
    FIELD(Card, result_metadata),
    FIELD(Card, collection_id),
    FIELD(Card, collection_position),
    FIELD(Card, dashboard_id),
    FIELD(Card, archived),
    FIELD(Card, archived_directly),
    FIELD(Card, cache_ttl),
    FIELD(Card, cache_invalidated_at),
    FIELD(Card, enable_embedding),
    FIELD(Card, embedding_params),
    FIELD(Card, embedding_type),
    FIELD(Card, public_uuid),
    FIELD(Card, made_public_by_id),
    FIELD(Card, initially_published_at),
    FIELD(Card, collection_preview),
    FIELD(Card, card_schema),
    FIELD(Card, metabase_version),
    FIELD(Card, document_id),
    FIELD(Card, updated_at),
    { 0 },
};

Card
card_new(Arena *arena)
{
    return (Card){
        .type = "question",
        .display = "table",
        .visualization_settings = json_new(arena, JSON_OBJECT),
        .parameters = json_new(arena, JSON_ARRAY),
        .parameter_mappings = json_new(arena, JSON_ARRAY),
        .collection_preview = true,
        .card_schema = CARD_SCHEMA,
    };
}

bool
card_list(Store *store, Arena *arena, const CardFilter *filter, CardList *list, Error *err)
{
    CardList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_card_list,
                     VALUES(value_of_opt_bool(filter->archived), value_of_id(filter->creator_id),
                            value_of_id(filter->database_id), value_of_id(filter->table_id),
                            value_of_id(filter->source_card_id), value_of_id(filter->dashboard_id),
                            value_of_id(filter->bookmarked_by), value_of_id(filter->shown_on),
                            VALUE_OF_TEXT(filter->type), VALUE_OF_BOOL(filter->is_public),
                            VALUE_OF_BOOL(filter->is_embeddable)),
                     &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Card);
    for (; made.count < rows.count; made.count++)
        row_read(arena, card_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
card_find(Store *store, Arena *arena, int64_t id, Card *card, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_card_find, VALUES(VALUE_OF_INT(id)), "card", id, &rows,
                      err))
        return false;
    row_read(arena, card_columns, rows.row[0], card);
    return true;
}

static bool
find_by_text(Store *store, Arena *arena, const char *sql, const char *text, Card *card, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql, VALUES(VALUE_OF_TEXT(text)), &rows, err))
        return false;
    if (rows.count == 0)
        return error_set(err, ERR_NOT_FOUND, "there is no such card");
    row_read(arena, card_columns, rows.row[0], card);
    return true;
}

bool
card_find_by_uuid(Store *store, Arena *arena, const char *uuid, Card *card, Error *err)
{
    return find_by_text(store, arena, sql_card_find_by_uuid, uuid, card, err);
}

bool
card_find_by_entity_id(Store *store, Arena *arena, const char *entity_id, Card *card, Error *err)
{
    return find_by_text(store, arena, sql_card_find_by_entity_id, entity_id, card, err);
}

/* ------------------------------------------------------------------------------------- writing */

static OptInt
id_or_none(int64_t id)
{
    return (OptInt){ .set = id > 0, .value = id };
}

/* What the query says about where its rows come from. The virtual database of saved questions
 * (-1337) has no row: then the database is what the caller says. */
static void
read_query(Card *card)
{
    int64_t database = json_int_or(json_get(card->dataset_query, "database"), 0);

    if (database > 0)
        card->database_id = id_or_none(database);
    card->table_id = id_or_none(query_source_table(card->dataset_query));
    card->source_card_id = id_or_none(query_source_card(card->dataset_query));
}

static bool
check_reference(Error *err)
{
    if (err->code != ERR_INVALID || err->field[0] != '\0')
        return false;
    return error_field(err, "dataset_query",
                       "value must name a database, tables and cards that exist.");
}

bool
card_create(Store *store, Arena *arena, Card *card, Error *err)
{
    Value values[MAX_VALUES];
    Card made = *card;
    size_t count;
    Rows rows;

    if (made.entity_id == NULL)
        made.entity_id = random_entity_id(arena);
    made.created_at = time_text(arena, time_now());
    made.updated_at = made.created_at;
    read_query(&made);
    count = row_values(arena, card_columns, &made, values);
    values[count++] = VALUE_OF_TEXT(search_words(arena, made.name, made.description));
    if (!store_query(store, arena, sql_card_create, values + 1, count - 1, &rows, err))
        return check_reference(err);
    made.id = value_to_int(&rows.row[0][0], 0);
    *card = made;
    return true;
}

bool
card_update(Store *store, Arena *arena, Card *card, Error *err)
{
    Value values[MAX_VALUES];
    Card made = *card;
    size_t count;

    made.updated_at = time_text(arena, time_now());
    read_query(&made);
    values[0] = VALUE_OF_INT(made.id);
    count = 1 + row_values(arena, card_changed, &made, values + 1);
    values[count++] = VALUE_OF_TEXT(search_words(arena, made.name, made.description));
    if (!store_expect(store, arena, sql_card_update, values, count, "card", made.id, NULL, err))
        return check_reference(err);
    *card = made;
    return true;
}

bool
card_delete(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_card_delete, VALUES(VALUE_OF_INT(id)), "card", id, NULL,
                        err);
}

bool
card_publish(Store *store, Arena *arena, int64_t id, const char *uuid, int64_t user_id, Error *err)
{
    return store_expect(store, arena, sql_card_publish,
                        VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(uuid), value_of_id(user_id),
                               uuid == NULL ? VALUE_OF_NULL : value_of_now(arena)),
                        "card", id, NULL, err);
}

bool
card_note_view(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_card_note_view,
                        VALUES(VALUE_OF_INT(id), value_of_now(arena)), "card", id, NULL, err);
}

bool
card_set_result_metadata(Store *store, Arena *arena, int64_t id, const Json *metadata, Error *err)
{
    return store_expect(store, arena, sql_card_set_result_metadata,
                        VALUES(VALUE_OF_INT(id), value_of_json(arena, metadata)), "card", id, NULL,
                        err);
}

bool
card_dashboards(Store *store, Arena *arena, int64_t id, IntList *ids, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_card_dashboards, VALUES(VALUE_OF_INT(id)), &rows, err))
        return false;
    *ids = int_column(arena, &rows, 0);
    return true;
}

bool
card_dashboard_counts(Store *store, Arena *arena, IntList *cards, IntList *counts, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_card_dashboard_counts, NULL, 0, &rows, err))
        return false;
    *cards = int_column(arena, &rows, 0);
    *counts = int_column(arena, &rows, 1);
    return true;
}

/* ------------------------------------------------------------------- what a query says of itself
 */

static const Json *
first_stage(const Json *query)
{
    const Json *stages = json_get(query, "stages");

    return stages != NULL ? json_at(stages, 0) : json_get(query, "query");
}

/* The stage of MBQL 4 that reads from somewhere is the innermost one. */
static const Json *
source_stage(const Json *query)
{
    const Json *stage = first_stage(query);

    while (json_get(stage, "source-query") != NULL)
        stage = json_get(stage, "source-query");
    return stage;
}

int64_t
query_source_table(const Json *query)
{
    int64_t id = 0;

    return json_to_int(json_get(source_stage(query), "source-table"), &id) ? id : 0;
}

int64_t
query_source_card(const Json *query)
{
    const Json *stage = source_stage(query);
    const char *text = json_text_or(json_get(stage, "source-table"), "");
    int64_t id = 0;

    if (strncmp(text, "card__", 6) == 0 && str_to_int(str_of(text + 6), 1, INT64_MAX, &id))
        return id;
    return json_to_int(json_get(stage, "source-card"), &id) ? id : 0;
}

bool
query_is_native(const Json *query)
{
    const Json *stage = source_stage(query);
    const char *type = json_text_or(json_get(query, "type"), "");

    return strcmp(type, "native") == 0 || json_get(stage, "native") != NULL;
}

/* Whole numbers under any of the keys, and those of "card__7" texts when `prefix` is given. */
static void
collect(Arena *arena, const Json *json, const char *const keys[], const char *prefix, IntList *list)
{
    for (size_t k = 0; json->key != NULL && keys[k] != NULL; k++)
    {
        const char *text = json_text_or(json, "");
        int64_t id = 0;

        if (strcmp(json->key, keys[k]) != 0)
            continue;
        if (prefix != NULL && strncmp(text, prefix, strlen(prefix)) == 0)
            (void) str_to_int(str_of(text + strlen(prefix)), 1, INT64_MAX, &id);
        else if (prefix == NULL)
            (void) json_to_int(json, &id);
        if (id <= 0)
            continue;
        list->items = arena_grow(arena, list->items, list->count * sizeof(int64_t),
                                 (list->count + 1) * sizeof(int64_t));
        list->items[list->count++] = id;
    }
    for (const Json *item = json->first; item != NULL; item = item->next)
        collect(arena, item, keys, prefix, list);
}

IntList
query_tables(Arena *arena, const Json *query)
{
    static const char *const keys[] = { "source-table", "table-id", NULL };
    IntList list = { 0 };

    if (query != NULL)
        collect(arena, query, keys, NULL, &list);
    return list;
}

IntList
query_cards(Arena *arena, const Json *query)
{
    static const char *const keys[] = { "source-card", "card-id", NULL };
    static const char *const tables[] = { "source-table", NULL };
    IntList list = { 0 };

    if (query != NULL)
    {
        collect(arena, query, keys, NULL, &list);
        collect(arena, query, tables, "card__", &list);
    }
    return list;
}

const Json *
query_template_tags(const Json *query)
{
    const Json *native = json_get(query, "native");

    if (native == NULL || native->kind != JSON_OBJECT)
        native = source_stage(query);
    return json_get(native, "template-tags");
}
