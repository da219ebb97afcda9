/* Rows about drafts of dashboards. */
#include "store/draft.h"

#include "store/store_private.h"

extern const char sql_draft_find[], sql_draft_add[], sql_draft_change[], sql_draft_forget[];

bool
draft_find(Store *store, Arena *arena, int64_t dashboard_id, Draft *draft, Error *err)
{
    RowReader reader;
    Rows rows;

    *draft = (Draft){ .dashboard_id = dashboard_id };
    if (!store_query(store, arena, sql_draft_find, VALUES(VALUE_OF_INT(dashboard_id)), &rows, err))
        return false;
    if (rows.count == 0)
        return true;
    reader = (RowReader){ arena, rows.row[0] };
    draft->version = row_int(&reader);
    draft->based_on = row_text(&reader);
    draft->content = row_json(&reader);
    draft->editor_id = row_opt_int(&reader);
    draft->updated_at = row_text(&reader);
    return true;
}

bool
draft_put(Store *store, Arena *arena, Draft *draft, Error *err)
{
    const Value values[] = {
        VALUE_OF_INT(draft->dashboard_id),  VALUE_OF_INT(draft->version),
        VALUE_OF_TEXT(draft->based_on),     value_of_json(arena, draft->content),
        value_of_opt_int(draft->editor_id), value_of_now(arena)
    };
    Rows rows;

    if (!store_query(store, arena, draft->version == 0 ? sql_draft_add : sql_draft_change, values,
                     COUNT_OF(values), &rows, err))
        return false;
    if (rows.count == 0)
        return error_set(err, ERR_CONFLICT,
                         "Somebody else changed this draft: load it again before you go on.");
    draft->version++;
    return true;
}

bool
draft_forget(Store *store, Arena *arena, int64_t dashboard_id, Error *err)
{
    return store_query(store, arena, sql_draft_forget, VALUES(VALUE_OF_INT(dashboard_id)), NULL,
                       err);
}
