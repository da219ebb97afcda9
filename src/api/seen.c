/* Lists and single things of the metadata, for who asks: what may not be seen is not there. */
#include "api/database.h"

static bool
read_sight(Request *req, Error *err)
{
    if (req->sight != NULL)
        return true;
    req->sight = ARENA_NEW(req->arena, DataSight);
    return access_data_sight(&req->who, req->store, req->arena, req->sight, err);
}

bool
seen_tables(Request *req, const TableFilter *filter, TableList *list, Error *err)
{
    size_t count = 0;

    if (!read_sight(req, err) || !table_list(req->store, req->arena, filter, list, err))
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (sight_of_table(req->sight, list->items[i].db_id, list->items[i].id))
            list->items[count++] = list->items[i];
    list->count = count;
    return true;
}

bool
seen_fields(Request *req, const FieldFilter *filter, TableFieldList *list, Error *err)
{
    size_t count = 0;

    if (!read_sight(req, err) || !field_list(req->store, req->arena, filter, list, err))
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (sight_of_table(req->sight, list->items[i].db_id, list->items[i].table_id) &&
            sight_of_field(req->sight, list->items[i].id))
            list->items[count++] = list->items[i];
    list->count = count;
    return true;
}

static bool
not_there(const char *what, int64_t id, Error *err)
{
    return error_set(err, ERR_NOT_FOUND, "there is no %s %lld", what, (long long) id);
}

bool
seen_database(Request *req, int64_t id, Database *database, Error *err)
{
    return read_sight(req, err) && database_find(req->store, req->arena, id, database, err) &&
           (sight_of_database(req->sight, id) || not_there("database", id, err));
}

bool
seen_table(Request *req, int64_t id, Table *table, Error *err)
{
    return read_sight(req, err) && table_find(req->store, req->arena, id, table, err) &&
           (sight_of_table(req->sight, table->db_id, id) || not_there("table", id, err));
}

bool
seen_field(Request *req, int64_t id, TableField *field, Error *err)
{
    return read_sight(req, err) && field_find(req->store, req->arena, id, field, err) &&
           ((sight_of_table(req->sight, field->db_id, field->table_id) &&
             sight_of_field(req->sight, id)) ||
            not_there("field", id, err));
}
