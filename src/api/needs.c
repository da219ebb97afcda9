/* Gathers what questions stand on, through questions on questions, and writes it in one answer. */
#include "api/needs.h"

#include "api/answer.h"
#include "api/database.h"

enum
{
    MAX_DEPTH = 10 /* of questions on questions */
};

Needs
needs_new(Request *req)
{
    return (Needs){ req, list_new(req->arena), list_new(req->arena) };
}

void
needs_add_table(Needs *needs, int64_t id)
{
    Table *table = ARENA_NEW(needs->req->arena, Table);

    for (size_t i = 0; i < needs->tables.count; i++)
        if (((Table *) needs->tables.items[i])->id == id)
            return;
    if (seen_table(needs->req, id, table, &(Error){ 0 }))
        list_add(&needs->tables, table);
}

static bool
add_query(Needs *needs, const Content *content, const Json *query, int depth, Error *err)
{
    Arena *arena = needs->req->arena;
    IntList tables = query_tables(arena, query), cards = query_cards(arena, query);

    for (size_t i = 0; i < tables.count; i++)
        needs_add_table(needs, tables.items[i]);
    for (size_t i = 0; i < cards.count && depth < MAX_DEPTH; i++)
    {
        Card *card = ARENA_NEW(arena, Card);

        if (!card_find(needs->req->store, arena, cards.items[i], card, &(Error){ 0 }) ||
            !content_may(content, card->collection_id, ACCESS_READ))
            continue;
        list_add(&needs->cards, card);
        if (!add_query(needs, content, card->dataset_query, depth + 1, err))
            return false;
    }
    return true;
}

bool
needs_add_query(Needs *needs, const Content *content, const Json *query, Error *err)
{
    return add_query(needs, content, query, 0, err);
}

bool
needs_add_card(Needs *needs, const Content *content, int64_t id, Error *err)
{
    Card *card = ARENA_NEW(needs->req->arena, Card);

    if (!card_find(needs->req->store, needs->req->arena, id, card, err))
        return false;
    list_add(&needs->cards, card);
    return add_query(needs, content, card->dataset_query, 1, err);
}

static bool
write_tables(Needs *needs, JsonWriter *w, Error *err)
{
    Request *req = needs->req;

    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < needs->tables.count; i++)
    {
        const Table *table = needs->tables.items[i];
        FieldFilter filter = { .table_id = table->id };
        TableFieldList fields;

        if (!seen_fields(req, &filter, &fields, err))
            return false;
        json_begin_object(w);
        table_write(w, table);
        json_key(w, "fields");
        json_begin_array(w);
        for (size_t f = 0; f < fields.count; f++)
        {
            json_begin_object(w);
            field_write(w, &fields.items[f], &fields);
            json_end_object(w);
        }
        json_end_array(w);
        json_end_object(w);
    }
    json_end_array(w);
    return true;
}

static bool
write_databases(Needs *needs, JsonWriter *w, Error *err)
{
    Request *req = needs->req;
    DatabaseList list;

    if (!database_list(req->store, req->arena, &list, err))
        return false;
    json_key(w, "databases");
    json_begin_array(w);
    for (size_t d = 0; d < list.count; d++)
        for (size_t i = 0; i < needs->tables.count; i++)
            if (((const Table *) needs->tables.items[i])->db_id == list.items[d].id)
            {
                json_begin_object(w);
                database_write(req, w, &list.items[d]);
                json_end_object(w);
                break;
            }
    json_end_array(w);
    return true;
}

bool
needs_answer(Needs *needs, const Content *content, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(needs->req, &answer);

    json_begin_object(w);
    if (!write_databases(needs, w, err) || !write_tables(needs, w, err))
        return false;
    json_put_empty(w, "fields");
    json_put_empty(w, "snippets");
    json_key(w, "cards");
    json_begin_array(w);
    for (size_t i = 0; i < needs->cards.count; i++)
        if (!card_write(w, content, needs->cards.items[i], (CardStyle){ 0 }, err))
            return false;
    json_end_array(w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}
