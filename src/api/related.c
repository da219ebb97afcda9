/* What stands near a table, a field or a question: the tables that keys lead to and come from, what
 * was defined on it, what else asks it. Only what the person who asks may see. */
#include "api/answer.h"
#include "api/card.h"
#include "api/dashboard.h"
#include "api/database.h"
#include "api/tables.h"
#include "store/library.h"

#include <string.h>

enum
{
    MOST_NEAR = 8 /* of each kind */
};

static void
write_table(JsonWriter *w, const Table *table)
{
    json_begin_object(w);
    table_write(w, table);
    json_end_object(w);
}

/* ------------------------------------------------------------------------------------- tables
 */

/* Tables by ids, each once, that may be seen. */
static void
write_tables(Request *req, JsonWriter *w, const char *key, const IntList *ids)
{
    json_key(w, key);
    json_begin_array(w);
    for (size_t i = 0; i < ids->count; i++)
    {
        bool again = false;
        Table table;

        for (size_t before = 0; before < i; before++)
            again = again || ids->items[before] == ids->items[i];
        if (!again && seen_table(req, ids->items[i], &table, &(Error){ 0 }))
            write_table(w, &table);
    }
    json_end_array(w);
}

/* Where its keys lead. */
static bool
write_linked_to(Request *req, JsonWriter *w, int64_t table_id, Error *err)
{
    const FieldFilter filter = { .table_id = table_id };
    TableFieldList fields;
    IntList ids = { 0 };
    TableField target;

    if (!seen_fields(req, &filter, &fields, err))
        return false;
    ids.items = ARENA_ARRAY(req->arena, fields.count + 1, int64_t);
    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].fk_target_field_id.set &&
            field_find(req->store, req->arena, fields.items[i].fk_target_field_id.value, &target,
                       &(Error){ 0 }))
            ids.items[ids.count++] = target.table_id;
    write_tables(req, w, "linking-to", &ids);
    return true;
}

static bool
write_linked_from(Request *req, JsonWriter *w, int64_t table_id, Error *err)
{
    TableFieldList fields;
    IntList ids = { 0 };

    if (!field_list_referring(req->store, req->arena, table_id, &fields, err))
        return false;
    ids.items = ARENA_ARRAY(req->arena, fields.count + 1, int64_t);
    for (size_t i = 0; i < fields.count; i++)
        ids.items[ids.count++] = fields.items[i].table_id;
    write_tables(req, w, "linked-from", &ids);
    return true;
}

/* Others of the same schema. */
static bool
write_neighbours(Request *req, JsonWriter *w, const Table *table, Error *err)
{
    const TableFilter filter = { .db_id = table->db_id,
                                 .schema = table->schema == NULL ? "" : table->schema };
    size_t written = 0;
    TableList list;

    if (!seen_tables(req, &filter, &list, err))
        return false;
    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < list.count && written < MOST_NEAR; i++)
        if (list.items[i].id != table->id)
        {
            write_table(w, &list.items[i]);
            written++;
        }
    json_end_array(w);
    return true;
}

/* ------------------------------------------------------------------------------- what was made
 */

static bool
write_segments(Request *req, JsonWriter *w, int64_t table_id, Error *err)
{
    DefinitionList list;

    if (!segment_list(req->store, req->arena, table_id, &list, err))
        return false;
    json_key(w, "segments");
    json_begin_array(w);
    for (size_t i = 0; i < list.count && i < MOST_NEAR; i++)
    {
        json_begin_object(w);
        bind_write(w, segment_columns, &list.items[i]);
        json_end_object(w);
    }
    json_end_array(w);
    return true;
}

/* Questions of a table, of one type, that may be read. */
static bool
write_cards(Request *req, JsonWriter *w, const char *key, const CardFilter *filter,
            int64_t left_out, Error *err)
{
    Content content;
    CardList list;
    size_t written = 0;

    if (!content_open(req, &content, err) || !card_list(req->store, req->arena, filter, &list, err))
        return false;
    json_key(w, key);
    json_begin_array(w);
    for (size_t i = 0; i < list.count && written < MOST_NEAR; i++)
    {
        if (list.items[i].id == left_out ||
            !content_may(&content, list.items[i].collection_id, ACCESS_READ))
            continue;
        if (!card_write(w, &content, &list.items[i], (CardStyle){ 0 }, err))
            return false;
        written++;
    }
    json_end_array(w);
    return true;
}

static bool
write_made(Request *req, JsonWriter *w, int64_t table_id, Error *err)
{
    const CardFilter metrics = { .archived = { true, false },
                                 .table_id = table_id,
                                 .type = "metric" };

    return write_segments(req, w, table_id, err) &&
           write_cards(req, w, "metrics", &metrics, 0, err);
}

/* ------------------------------------------------------------------------------------ routes
 */

static bool
get_of_table(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Table table;

    if (!seen_table(req, req->id, &table, err))
        return false;
    json_begin_object(w);
    if (!write_made(req, w, table.id, err) || !write_linked_to(req, w, table.id, err) ||
        !write_linked_from(req, w, table.id, err) || !write_neighbours(req, w, &table, err))
        return false;
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_of_field(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    TableFieldList fields;
    TableField field;
    FieldFilter filter = { 0 };
    Table table;

    if (!seen_field(req, req->id, &field, err) || !seen_table(req, field.table_id, &table, err))
        return false;
    filter.table_id = table.id;
    if (!seen_fields(req, &filter, &fields, err))
        return false;
    json_begin_object(w);
    json_key(w, "table");
    write_table(w, &table);
    json_key(w, "fields");
    json_begin_array(w);
    for (size_t i = 0; i < fields.count; i++)
        if (fields.items[i].id != field.id)
        {
            json_begin_object(w);
            field_write(w, &fields.items[i], NULL);
            json_end_object(w);
        }
    json_end_array(w);
    if (!write_made(req, w, table.id, err))
        return false;
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_of_card(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    CardFilter similar = { .archived = { true, false }, .type = "question" };
    Content content;
    Table table;
    Card card;

    if (!card_open(req, req->id, ACCESS_READ, &content, &card, err))
        return false;
    json_begin_object(w);
    json_key(w, "table");
    if (card.table_id.set && seen_table(req, card.table_id.value, &table, &(Error){ 0 }))
        write_table(w, &table);
    else
        json_null(w);
    similar.table_id = card.table_id.value;
    if (card.table_id.set && (!write_made(req, w, card.table_id.value, err) ||
                              !write_cards(req, w, "similar-questions", &similar, card.id, err)))
        return false;
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
get_of_segment(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Definition segment;
    Table table;

    if (!segment_find(req->store, req->arena, req->id, &segment, err) ||
        !seen_table(req, segment.table_id, &table, err))
        return false;
    json_begin_object(w);
    json_key(w, "table");
    write_table(w, &table);
    if (!write_made(req, w, table.id, err) || !write_linked_from(req, w, table.id, err))
        return false;
    json_end_object(w);
    return answer_send(&answer, res, err);
}

static bool
is_on(const DashcardList *list, int64_t card_id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].card_id.set && list->items[i].card_id.value == card_id)
            return true;
    return false;
}

/* Other questions of the tables that its questions are about. */
static bool
write_mates(const Content *content, JsonWriter *w, const DashcardList *list, Error *err)
{
    Request *req = content->req;
    const CardFilter filter = { .archived = { true, false }, .type = "question" };
    const CardFilter shown = { .archived = { true, false }, .shown_on = req->id };
    CardList all, own;
    size_t written = 0;

    if (!card_list(req->store, req->arena, &filter, &all, err) ||
        !card_list(req->store, req->arena, &shown, &own, err))
        return false;
    for (size_t i = 0; i < all.count && written < MOST_NEAR; i++)
    {
        bool near = false;

        for (size_t o = 0; o < own.count; o++)
            near = near || (own.items[o].table_id.set && all.items[i].table_id.set &&
                            own.items[o].table_id.value == all.items[i].table_id.value);
        if (!near || is_on(list, all.items[i].id) ||
            !content_may(content, all.items[i].collection_id, ACCESS_READ))
            continue;
        if (!card_write(w, content, &all.items[i], (CardStyle){ 0 }, err))
            return false;
        written++;
    }
    return true;
}

static bool
get_of_dashboard(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Dashboard dashboard;
    DashcardList list;
    Content content;

    if (!dashboard_open(req, req->id, ACCESS_READ, &content, &dashboard, err) ||
        !dashcard_list(req->store, req->arena, req->id, &list, err))
        return false;
    json_begin_object(w);
    json_key(w, "cards");
    json_begin_array(w);
    if (!write_mates(&content, w, &list, err))
        return false;
    json_end_array(w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route related_routes[] = {
    ROUTE_ON(API, GET, "/api/table/:id/related", get_of_table, USER, "Tables that keys lead to and come from, segments, metrics"),
    ROUTE_ON(API, GET, "/api/field/:id/related", get_of_field, USER, "Its table, the other fields, segments, metrics"),
    ROUTE_ON(API, GET, "/api/card/:id/related",  get_of_card,  USER, "Its table, segments, metrics, other questions of it", .entity = card_by_entity),
    ROUTE_ON(API, GET, "/api/segment/:id/related",   get_of_segment,   USER, "Its table, the other segments, metrics"),
    ROUTE_ON(API, GET, "/api/dashboard/:id/related", get_of_dashboard, USER, "Other questions of the same tables", .entity = dashboard_by_entity),
    { 0 },
};
// clang-format on
