/* Rows about visits of published pages. */
#include "store/visit.h"

#include <string.h>

extern const char sql_visit_add[], sql_visit_list[], sql_visit_purge[];

static const Field columns[] = {
    FIELD(Visit, model), FIELD(Visit, model_id), FIELD(Visit, day), FIELD(Visit, visits), { 0 },
};

const char *
visit_day(Arena *arena, const char *zone, int days_ago)
{
    const Zone *loaded;
    Error ignored;
    Civil today;
    int year, month, day;

    today = zone[0] != '\0' && zone_load(arena, zone, &loaded, &ignored)
                ? zone_from_instant(loaded, time_now())
                : civil_from_instant(time_now());
    civil_from_days(civil_to_days(today.year, today.month, today.day) - days_ago, &year, &month,
                    &day);
    return arena_format(arena, "%04d-%02d-%02d", year, month, day);
}

bool
visit_add(Store *store, Arena *arena, const Visit *visit, Error *err)
{
    Value values[COUNT_OF(columns)];
    size_t count = row_values(arena, columns, visit, values);

    return store_query(store, arena, sql_visit_add, values, count, NULL, err);
}

bool
visit_list(Store *store, Arena *arena, const char *model, int64_t model_id, const char *first,
           VisitList *list, Error *err)
{
    const OptInt id = { model_id != 0, model_id };
    Rows rows;

    if (!store_query(store, arena, sql_visit_list,
                     VALUES(VALUE_OF_TEXT(model), value_of_opt_int(id), VALUE_OF_TEXT(first)),
                     &rows, err))
        return false;
    *list = (VisitList){ .items = ARENA_ARRAY(arena, rows.count, Visit) };
    for (; list->count < rows.count; list->count++)
        row_read(arena, columns, rows.row[list->count], &list->items[list->count]);
    return true;
}

int64_t
visit_sum(const VisitList *list, const char *model, int64_t model_id)
{
    int64_t sum = 0;

    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].model_id == model_id && strcmp(list->items[i].model, model) == 0)
            sum += list->items[i].visits;
    return sum;
}

bool
visit_purge(Store *store, Arena *arena, const char *first, Error *err)
{
    return store_query(store, arena, sql_visit_purge, VALUES(VALUE_OF_TEXT(first)), NULL, err);
}
