/* Rows of the history of questions. */
#include "store/execution.h"

extern const char sql_execution_add[], sql_execution_list[], sql_execution_purge[];

bool
execution_add(Store *store, Arena *arena, const Execution *it, Error *err)
{
    return store_query(store, arena, sql_execution_add,
                       VALUES(VALUE_OF_TEXT(it->hash), VALUE_OF_TEXT(it->started_at),
                              VALUE_OF_INT(it->running_time), VALUE_OF_INT(it->result_rows),
                              VALUE_OF_BOOL(it->native), VALUE_OF_TEXT(it->context),
                              VALUE_OF_TEXT(it->error), value_of_opt_int(it->executor_id),
                              value_of_opt_int(it->card_id), value_of_opt_int(it->dashboard_id),
                              value_of_opt_int(it->database_id), VALUE_OF_BOOL(it->cache_hit),
                              VALUE_OF_TEXT(it->reference)),
                       NULL, err);
}

static Execution
read_row(Arena *arena, const Value *cells)
{
    RowReader reader = { arena, cells };
    Execution it = { 0 };

    it.id = row_int(&reader);
    it.hash = row_text(&reader);
    it.started_at = row_text(&reader);
    it.running_time = row_int(&reader);
    it.result_rows = row_int(&reader);
    it.native = row_bool(&reader);
    it.context = row_text(&reader);
    it.error = row_text(&reader);
    it.executor_id = row_opt_int(&reader);
    it.card_id = row_opt_int(&reader);
    it.dashboard_id = row_opt_int(&reader);
    it.database_id = row_opt_int(&reader);
    it.cache_hit = row_bool(&reader);
    it.reference = row_text(&reader);
    it.executor = row_text(&reader);
    it.card_name = row_text(&reader);
    return it;
}

bool
execution_list(Store *store, Arena *arena, const ExecutionFilter *filter, ExecutionList *list,
               Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_execution_list,
                     VALUES(value_of_id(filter->card_id), VALUE_OF_BOOL(filter->failed),
                            VALUE_OF_INT(filter->least_ms), VALUE_OF_TEXT(filter->reference),
                            VALUE_OF_INT(filter->limit)),
                     &rows, err))
        return false;
    list->count = rows.count;
    list->items = ARENA_ARRAY(arena, rows.count + 1, Execution);
    for (size_t i = 0; i < rows.count; i++)
        list->items[i] = read_row(arena, rows.row[i]);
    return true;
}

bool
execution_purge(Store *store, Arena *arena, Instant before, Error *err)
{
    return store_query(store, arena, sql_execution_purge,
                       VALUES(VALUE_OF_TEXT(time_text(arena, before))), NULL, err);
}
