/* Dashboards: rows to structs and back; replacing tabs and cards as a whole. */
#include "store/dashboard.h"

#include "store/store_private.h"

extern const char sql_dashboard_list[], sql_dashboard_find[], sql_dashboard_find_by_uuid[],
    sql_dashboard_find_by_entity_id[], sql_dashboard_create[], sql_dashboard_update[],
    sql_dashboard_delete[], sql_dashboard_publish[], sql_dashboard_note_view[],
    sql_dashboard_archive_cards[], sql_dashboard_move_cards[], sql_tab_list[], sql_tab_create[],
    sql_tab_update[], sql_tab_delete[], sql_dashcard_list[], sql_dashcard_find[],
    sql_dashcard_create[], sql_dashcard_update[], sql_dashcard_delete[],
    sql_dashcard_delete_of_card[], sql_series_list[], sql_series_clear[], sql_series_add[],
    sql_parameter_value_list[], sql_parameter_value_put[];

enum
{
    MAX_VALUES = 40
};

const Field dashboard_columns[] = {
    FIELD(Dashboard, id),
    FIELD(Dashboard, entity_id),
    FIELD(Dashboard, name),
    FIELD(Dashboard, description),
    FIELD(Dashboard, parameters),
    FIELD(Dashboard, points_of_interest),
    FIELD(Dashboard, caveats),
    FIELD(Dashboard, show_in_getting_started),
    FIELD(Dashboard, creator_id),
    FIELD(Dashboard, public_uuid),
    FIELD(Dashboard, made_public_by_id),
    FIELD(Dashboard, enable_embedding),
    FIELD(Dashboard, embedding_params),
    FIELD(Dashboard, embedding_type),
    FIELD(Dashboard, archived),
    FIELD(Dashboard, archived_directly),
    FIELD(Dashboard, position),
    FIELD(Dashboard, collection_id),
    FIELD(Dashboard, collection_position),
    FIELD(Dashboard, cache_ttl),
    FIELD(Dashboard, auto_apply_filters),
    FIELD(Dashboard, width),
    FIELD(Dashboard, initially_published_at),
    FIELD(Dashboard, view_count),
    FIELD(Dashboard, last_viewed_at),
    FIELD(Dashboard, created_at),
    FIELD(Dashboard, updated_at),
    { 0 },
};

/* What updates write, in the order of their statements. */
static const Field dashboard_changed[] = {
    FIELD(Dashboard, name),
    FIELD(Dashboard, description),
    FIELD(Dashboard, parameters),
    FIELD(Dashboard, points_of_interest),
    FIELD(Dashboard, caveats),
    FIELD(Dashboard, show_in_getting_started),
    FIELD(Dashboard, public_uuid),
    FIELD(Dashboard, made_public_by_id),
    FIELD(Dashboard, enable_embedding),
    FIELD(Dashboard, embedding_params),
    FIELD(Dashboard, embedding_type),
    FIELD(Dashboard, archived),
    FIELD(Dashboard, archived_directly),
    FIELD(Dashboard, position),
    FIELD(Dashboard, collection_id),
    FIELD(Dashboard, collection_position),
    FIELD(Dashboard, cache_ttl),
    FIELD(Dashboard, auto_apply_filters),
    FIELD(Dashboard, width),
    FIELD(Dashboard, initially_published_at),
    FIELD(Dashboard, updated_at),
    { 0 },
};

const Field dashcard_columns[] = {
    FIELD(Dashcard, id),
    FIELD(Dashcard, dashboard_id),
    FIELD(Dashcard, card_id),
    FIELD(Dashcard, dashboard_tab_id),
    FIELD(Dashcard, row),
    FIELD(Dashcard, col),
    FIELD(Dashcard, size_x),
    FIELD(Dashcard, size_y),
    FIELD(Dashcard, parameter_mappings),
    FIELD(Dashcard, inline_parameters),
    FIELD(Dashcard, visualization_settings),
    FIELD(Dashcard, action_id),
    FIELD(Dashcard, entity_id),
    FIELD(Dashcard, created_at),
    FIELD(Dashcard, updated_at),
    { 0 },
};

static const Field dashcard_changed[] = {
    FIELD(Dashcard, card_id),
    FIELD(Dashcard, dashboard_tab_id),
    FIELD(Dashcard, row),
    FIELD(Dashcard, col),
    FIELD(Dashcard, size_x),
    FIELD(Dashcard, size_y),
    FIELD(Dashcard, parameter_mappings),
    FIELD(Dashcard, inline_parameters),
    FIELD(Dashcard, visualization_settings),
    FIELD(Dashcard, action_id),
    FIELD(Dashcard, updated_at),
    { 0 },
};

const Field tab_columns[] = {
    FIELD(Tab, id),        FIELD(Tab, dashboard_id), FIELD(Tab, name),       FIELD(Tab, position),
    FIELD(Tab, entity_id), FIELD(Tab, created_at),   FIELD(Tab, updated_at), { 0 },
};

Dashboard
dashboard_new(Arena *arena)
{
    return (Dashboard){
        .parameters = json_new(arena, JSON_ARRAY),
        .auto_apply_filters = true,
        .width = "fixed",
    };
}

bool
dashboard_list(Store *store, Arena *arena, const DashboardFilter *filter, DashboardList *list,
               Error *err)
{
    DashboardList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_dashboard_list,
                     VALUES(value_of_opt_bool(filter->archived), value_of_id(filter->creator_id),
                            value_of_id(filter->bookmarked_by), VALUE_OF_BOOL(filter->is_public),
                            VALUE_OF_BOOL(filter->is_embeddable)),
                     &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Dashboard);
    for (; made.count < rows.count; made.count++)
        row_read(arena, dashboard_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
dashboard_find(Store *store, Arena *arena, int64_t id, Dashboard *dashboard, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_dashboard_find, VALUES(VALUE_OF_INT(id)), "dashboard", id,
                      &rows, err))
        return false;
    row_read(arena, dashboard_columns, rows.row[0], dashboard);
    return true;
}

static bool
find_by_text(Store *store, Arena *arena, const char *sql, const char *text, Dashboard *dashboard,
             Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql, VALUES(VALUE_OF_TEXT(text)), &rows, err))
        return false;
    if (rows.count == 0)
        return error_set(err, ERR_NOT_FOUND, "there is no such dashboard");
    row_read(arena, dashboard_columns, rows.row[0], dashboard);
    return true;
}

bool
dashboard_find_by_uuid(Store *store, Arena *arena, const char *uuid, Dashboard *dashboard,
                       Error *err)
{
    return find_by_text(store, arena, sql_dashboard_find_by_uuid, uuid, dashboard, err);
}

bool
dashboard_find_by_entity_id(Store *store, Arena *arena, const char *entity_id, Dashboard *dashboard,
                            Error *err)
{
    return find_by_text(store, arena, sql_dashboard_find_by_entity_id, entity_id, dashboard, err);
}

bool
dashboard_create(Store *store, Arena *arena, Dashboard *dashboard, Error *err)
{
    Value values[MAX_VALUES];
    Dashboard made = *dashboard;
    size_t count;
    Rows rows;

    if (made.entity_id == NULL)
        made.entity_id = random_entity_id(arena);
    made.created_at = time_text(arena, time_now());
    made.updated_at = made.created_at;
    count = row_values(arena, dashboard_columns, &made, values);
    values[count++] = VALUE_OF_TEXT(search_words(arena, made.name, made.description));
    if (!store_query(store, arena, sql_dashboard_create, values + 1, count - 1, &rows, err))
        return false;
    made.id = value_to_int(&rows.row[0][0], 0);
    *dashboard = made;
    return true;
}

bool
dashboard_update(Store *store, Arena *arena, Dashboard *dashboard, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    Value values[MAX_VALUES];
    Dashboard made = *dashboard;
    const Value id = VALUE_OF_INT(made.id);
    size_t count;

    made.updated_at = time_text(arena, time_now());
    values[0] = id;
    count = 1 + row_values(arena, dashboard_changed, &made, values + 1);
    values[count++] = VALUE_OF_TEXT(search_words(arena, made.name, made.description));
    if (!store_join(store, &tx, err) ||
        !store_expect(tx, arena, sql_dashboard_update, values, count, "dashboard", made.id, NULL,
                      err) ||
        !store_query(tx, arena, sql_dashboard_archive_cards,
                     VALUES(id, VALUE_OF_BOOL(made.archived)), NULL, err) ||
        !store_query(tx, arena, sql_dashboard_move_cards,
                     VALUES(id, value_of_opt_int(made.collection_id)), NULL, err) ||
        !store_commit(&tx, err))
        return false;
    *dashboard = made;
    return true;
}

bool
dashboard_delete(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_dashboard_delete, VALUES(VALUE_OF_INT(id)), "dashboard",
                        id, NULL, err);
}

bool
dashboard_publish(Store *store, Arena *arena, int64_t id, const char *uuid, int64_t user_id,
                  Error *err)
{
    return store_expect(store, arena, sql_dashboard_publish,
                        VALUES(VALUE_OF_INT(id), VALUE_OF_TEXT(uuid), value_of_id(user_id),
                               uuid == NULL ? VALUE_OF_NULL : value_of_now(arena)),
                        "dashboard", id, NULL, err);
}

bool
dashboard_note_view(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_dashboard_note_view,
                        VALUES(VALUE_OF_INT(id), value_of_now(arena)), "dashboard", id, NULL, err);
}

/* --------------------------------------------------------------------------------- tabs and cards
 */

bool
tab_list(Store *store, Arena *arena, int64_t dashboard_id, TabList *list, Error *err)
{
    TabList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_tab_list, VALUES(VALUE_OF_INT(dashboard_id)), &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Tab);
    for (; made.count < rows.count; made.count++)
        row_read(arena, tab_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

/* The rows are ordered by the card on the dashboard. */
static void
fill_series(Arena *arena, Dashcard *dashcard, const Rows *rows)
{
    dashcard->series.items = ARENA_ARRAY(arena, rows->count, int64_t);
    for (size_t i = 0; i < rows->count; i++)
        if (value_to_int(&rows->row[i][0], 0) == dashcard->id)
            dashcard->series.items[dashcard->series.count++] = value_to_int(&rows->row[i][1], 0);
}

bool
dashcard_list(Store *store, Arena *arena, int64_t dashboard_id, DashcardList *list, Error *err)
{
    const Value id = VALUE_OF_INT(dashboard_id);
    DashcardList made = { 0 };
    Rows series;
    Rows rows;

    if (!store_query(store, arena, sql_dashcard_list, VALUES(id), &rows, err) ||
        !store_query(store, arena, sql_series_list, VALUES(id), &series, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Dashcard);
    for (; made.count < rows.count; made.count++)
    {
        row_read(arena, dashcard_columns, rows.row[made.count], &made.items[made.count]);
        fill_series(arena, &made.items[made.count], &series);
    }
    *list = made;
    return true;
}

bool
dashcard_find(Store *store, Arena *arena, int64_t id, Dashcard *dashcard, Error *err)
{
    Dashcard found = { 0 };
    Rows series;
    Rows rows;

    if (!store_expect(store, arena, sql_dashcard_find, VALUES(VALUE_OF_INT(id)),
                      "card of a dashboard", id, &rows, err))
        return false;
    row_read(arena, dashcard_columns, rows.row[0], &found);
    if (!store_query(store, arena, sql_series_list, VALUES(VALUE_OF_INT(found.dashboard_id)),
                     &series, err))
        return false;
    fill_series(arena, &found, &series);
    *dashcard = found;
    return true;
}

static bool
has_tab(const TabList *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return true;
    return false;
}

static bool
put_tab(Store *tx, Arena *arena, const TabList *old, Tab *tab, Error *err)
{
    Value values[MAX_VALUES];
    size_t count;
    Rows rows;

    tab->updated_at = time_text(arena, time_now());
    if (has_tab(old, tab->id))
        return store_query(tx, arena, sql_tab_update,
                           VALUES(VALUE_OF_INT(tab->id), VALUE_OF_TEXT(tab->name),
                                  VALUE_OF_INT(tab->position), VALUE_OF_TEXT(tab->updated_at)),
                           NULL, err);
    if (tab->entity_id == NULL)
        tab->entity_id = random_entity_id(arena);
    tab->created_at = tab->updated_at;
    count = row_values(arena, tab_columns, tab, values);
    if (!store_query(tx, arena, sql_tab_create, values + 1, count - 1, &rows, err))
        return false;
    tab->id = value_to_int(&rows.row[0][0], 0);
    return true;
}

/* Cards that name a tab by the id it was sent with get its real one. */
static void
rename_tab(DashcardList *cards, const TabList *sent, const TabList *real)
{
    for (size_t c = 0; cards != NULL && c < cards->count; c++)
        for (size_t t = 0; cards->items[c].dashboard_tab_id.set && t < sent->count; t++)
            if (cards->items[c].dashboard_tab_id.value == sent->items[t].id)
            {
                cards->items[c].dashboard_tab_id.value = real->items[t].id;
                break;
            }
}

static bool
arrange_tabs(Store *tx, Arena *arena, int64_t dashboard_id, TabList *tabs, DashcardList *cards,
             Error *err)
{
    TabList sent = { ARENA_ARRAY(arena, tabs->count, Tab), tabs->count };
    TabList old;

    if (!tab_list(tx, arena, dashboard_id, &old, err))
        return false;
    for (size_t i = 0; i < tabs->count; i++)
    {
        sent.items[i] = tabs->items[i];
        for (size_t j = 0; j < i; j++)
            if (sent.items[j].id == sent.items[i].id)
                return error_field(err, "tabs", "value must have unique ids.");
    }
    for (size_t i = 0; i < old.count; i++)
        if (!has_tab(&sent, old.items[i].id) &&
            !store_query(tx, arena, sql_tab_delete, VALUES(VALUE_OF_INT(old.items[i].id)), NULL,
                         err))
            return false;
    for (size_t i = 0; i < tabs->count; i++)
    {
        tabs->items[i].dashboard_id = dashboard_id;
        tabs->items[i].position = (int64_t) i;
        if (!put_tab(tx, arena, &old, &tabs->items[i], err))
            return false;
    }
    rename_tab(cards, &sent, tabs);
    return true;
}

static const Dashcard *
old_card(const DashcardList *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return &list->items[i];
    return NULL;
}

static bool
put_series(Store *tx, Arena *arena, const Dashcard *card, Error *err)
{
    if (!store_query(tx, arena, sql_series_clear, VALUES(VALUE_OF_INT(card->id)), NULL, err))
        return false;
    for (size_t i = 0; i < card->series.count; i++)
        if (!store_query(tx, arena, sql_series_add,
                         VALUES(VALUE_OF_INT(card->id), VALUE_OF_INT(card->series.items[i]),
                                VALUE_OF_INT((int64_t) i)),
                         NULL, err))
            return false;
    return true;
}

static bool
put_card(Store *tx, Arena *arena, const DashcardList *old, Dashcard *card, Error *err)
{
    const Dashcard *before = old_card(old, card->id);
    Value values[MAX_VALUES];
    size_t count;
    Rows rows;

    card->updated_at = time_text(arena, time_now());
    if (before != NULL)
    {
        card->entity_id = before->entity_id;
        card->created_at = before->created_at;
        values[0] = VALUE_OF_INT(card->id);
        count = 1 + row_values(arena, dashcard_changed, card, values + 1);
        return store_query(tx, arena, sql_dashcard_update, values, count, NULL, err) &&
               put_series(tx, arena, card, err);
    }
    if (card->entity_id == NULL)
        card->entity_id = random_entity_id(arena);
    card->created_at = card->updated_at;
    count = row_values(arena, dashcard_columns, card, values);
    if (!store_query(tx, arena, sql_dashcard_create, values + 1, count - 1, &rows, err))
        return false;
    card->id = value_to_int(&rows.row[0][0], 0);
    return put_series(tx, arena, card, err);
}

static bool
arrange_cards(Store *tx, Arena *arena, int64_t dashboard_id, DashcardList *cards, Error *err)
{
    DashcardList old;

    if (!dashcard_list(tx, arena, dashboard_id, &old, err))
        return false;
    for (size_t i = 0; i < cards->count; i++)
        for (size_t j = 0; j < i; j++)
            if (cards->items[j].id == cards->items[i].id)
                return error_field(err, "dashcards", "value must have unique ids.");
    for (size_t i = 0; i < old.count; i++)
        if (old_card(cards, old.items[i].id) == NULL &&
            !store_query(tx, arena, sql_dashcard_delete, VALUES(VALUE_OF_INT(old.items[i].id)),
                         NULL, err))
            return false;
    for (size_t i = 0; i < cards->count; i++)
    {
        cards->items[i].dashboard_id = dashboard_id;
        if (!put_card(tx, arena, &old, &cards->items[i], err))
            return err->code == ERR_INVALID && err->field[0] == '\0'
                       ? error_field(err, "dashcards", "value must name cards and tabs that exist.")
                       : false;
    }
    return true;
}

bool
dashboard_arrange(Store *store, Arena *arena, int64_t dashboard_id, TabList *tabs,
                  DashcardList *cards, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;

    return store_join(store, &tx, err) &&
           (tabs == NULL || arrange_tabs(tx, arena, dashboard_id, tabs, cards, err)) &&
           (cards == NULL || arrange_cards(tx, arena, dashboard_id, cards, err)) &&
           store_commit(&tx, err);
}

bool
dashcard_remove_card(Store *store, Arena *arena, int64_t card_id, int64_t kept, Error *err)
{
    return store_query(store, arena, sql_dashcard_delete_of_card,
                       VALUES(VALUE_OF_INT(card_id), value_of_id(kept)), NULL, err);
}

/* -------------------------------------------------------------------------------- values of
 * filters */

bool
parameter_values_of(Store *store, Arena *arena, int64_t user_id, int64_t dashboard_id,
                    Json **values, Error *err)
{
    Json *made = json_new(arena, JSON_OBJECT);
    Rows rows;

    if (!store_query(store, arena, sql_parameter_value_list,
                     VALUES(VALUE_OF_INT(user_id), VALUE_OF_INT(dashboard_id)), &rows, err))
        return false;
    for (size_t i = 0; i < rows.count; i++)
    {
        RowReader reader = { arena, rows.row[i] };
        const char *id = row_text(&reader);
        const Json *value = row_json(&reader);

        if (value != NULL)
            (void) json_put(arena, made, id, (Json *) value);
    }
    *values = made;
    return true;
}

bool
parameter_value_put(Store *store, Arena *arena, int64_t user_id, int64_t dashboard_id,
                    const char *parameter_id, const Json *value, Error *err)
{
    return store_query(store, arena, sql_parameter_value_put,
                       VALUES(VALUE_OF_INT(user_id), VALUE_OF_INT(dashboard_id),
                              VALUE_OF_TEXT(parameter_id), value_of_json(arena, value)),
                       NULL, err);
}
