/* Pieces of SQL, segments, measures, timelines and events: rows to structs and back. */
#include "store/library.h"

#include "store/store_private.h"

extern const char sql_snippet_list[], sql_snippet_find[], sql_snippet_create[],
    sql_snippet_update[], sql_segment_list[], sql_segment_find[], sql_segment_create[],
    sql_segment_update[], sql_measure_list[], sql_measure_find[], sql_measure_create[],
    sql_measure_update[], sql_timeline_list[], sql_timeline_find[], sql_timeline_create[],
    sql_timeline_update[], sql_timeline_delete[], sql_timeline_event_list[],
    sql_timeline_event_find[], sql_timeline_event_create[], sql_timeline_event_update[],
    sql_timeline_event_delete[];

enum
{
    MAX_VALUES = 24
};

const Field snippet_columns[] = {
    FIELD(Snippet, id),
    FIELD(Snippet, name),
    FIELD(Snippet, description),
    FIELD(Snippet, content),
    FIELD(Snippet, creator_id),
    FIELD(Snippet, archived),
    FIELD(Snippet, collection_id),
    FIELD(Snippet, entity_id),
    FIELD(Snippet, template_tags),
    FIELD(Snippet, created_at),
    FIELD(Snippet, updated_at),
    { 0 },
};

static const Field snippet_changed[] = {
    FIELD(Snippet, name),          FIELD(Snippet, description),
    FIELD(Snippet, content),       FIELD(Snippet, archived),
    FIELD(Snippet, collection_id), FIELD(Snippet, template_tags),
    FIELD(Snippet, updated_at),    { 0 },
};

const Field segment_columns[] = {
    FIELD(Definition, id),          FIELD(Definition, name),
    FIELD(Definition, description), FIELD(Definition, creator_id),
    FIELD(Definition, table_id),    FIELD(Definition, archived),
    FIELD(Definition, definition),  FIELD(Definition, points_of_interest),
    FIELD(Definition, caveats),     FIELD(Definition, show_in_getting_started),
    FIELD(Definition, entity_id),   FIELD(Definition, created_at),
    FIELD(Definition, updated_at),  { 0 },
};

static const Field segment_changed[] = {
    FIELD(Definition, name),       FIELD(Definition, description),
    FIELD(Definition, table_id),   FIELD(Definition, archived),
    FIELD(Definition, definition), FIELD(Definition, points_of_interest),
    FIELD(Definition, caveats),    FIELD(Definition, show_in_getting_started),
    FIELD(Definition, updated_at), { 0 },
};

const Field measure_columns[] = {
    FIELD(Definition, id),
    FIELD(Definition, name),
    FIELD(Definition, description),
    FIELD(Definition, creator_id),
    FIELD(Definition, table_id),
    FIELD(Definition, archived),
    FIELD(Definition, definition),
    FIELD(Definition, entity_id),
    FIELD(Definition, created_at),
    FIELD(Definition, updated_at),
    { 0 },
};

static const Field measure_changed[] = {
    FIELD(Definition, name),
    FIELD(Definition, description),
    FIELD(Definition, table_id),
    FIELD(Definition, archived),
    FIELD(Definition, definition),
    FIELD(Definition, updated_at),
    { 0 },
};

const Field timeline_columns[] = {
    FIELD(Timeline, id),
    FIELD(Timeline, name),
    FIELD(Timeline, description),
    FIELD(Timeline, icon),
    FIELD(Timeline, collection_id),
    FIELD(Timeline, archived),
    FIELD_AS(Timeline, is_default, "default"),
    FIELD(Timeline, creator_id),
    FIELD(Timeline, entity_id),
    FIELD(Timeline, created_at),
    FIELD(Timeline, updated_at),
    { 0 },
};

static const Field timeline_changed[] = {
    FIELD(Timeline, name),       FIELD(Timeline, description),
    FIELD(Timeline, icon),       FIELD(Timeline, collection_id),
    FIELD(Timeline, archived),   FIELD_AS(Timeline, is_default, "default"),
    FIELD(Timeline, updated_at), { 0 },
};

const Field timeline_event_columns[] = {
    FIELD(TimelineEvent, id),
    FIELD(TimelineEvent, timeline_id),
    FIELD(TimelineEvent, name),
    FIELD(TimelineEvent, description),
    FIELD(TimelineEvent, timestamp),
    FIELD(TimelineEvent, time_matters),
    FIELD(TimelineEvent, timezone),
    FIELD(TimelineEvent, icon),
    FIELD(TimelineEvent, archived),
    FIELD(TimelineEvent, creator_id),
    FIELD(TimelineEvent, created_at),
    FIELD(TimelineEvent, updated_at),
    { 0 },
};

static const Field timeline_event_changed[] = {
    FIELD(TimelineEvent, timeline_id),  FIELD(TimelineEvent, name),
    FIELD(TimelineEvent, description),  FIELD(TimelineEvent, timestamp),
    FIELD(TimelineEvent, time_matters), FIELD(TimelineEvent, timezone),
    FIELD(TimelineEvent, icon),         FIELD(TimelineEvent, archived),
    FIELD(TimelineEvent, updated_at),   { 0 },
};

/* -------------------------------------------------------------------- snippets */

bool
snippet_list(Store *store, Arena *arena, bool archived, SnippetList *list, Error *err)
{
    SnippetList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_snippet_list, VALUES(VALUE_OF_BOOL(archived)), &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Snippet);
    for (; made.count < rows.count; made.count++)
        row_read(arena, snippet_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
snippet_find(Store *store, Arena *arena, int64_t id, Snippet *snippet, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_snippet_find, VALUES(VALUE_OF_INT(id)), "snippet", id,
                      &rows, err))
        return false;
    row_read(arena, snippet_columns, rows.row[0], snippet);
    return true;
}

bool
snippet_create(Store *store, Arena *arena, Snippet *snippet, Error *err)
{
    Value values[MAX_VALUES];
    Snippet made = *snippet;
    size_t count;
    Rows rows;

    if (made.entity_id == NULL)
        made.entity_id = random_entity_id(arena);
    made.created_at = time_text(arena, time_now());
    made.updated_at = made.created_at;
    count = row_values(arena, snippet_columns, &made, values);
    if (!store_query(store, arena, sql_snippet_create, values + 1, count - 1, &rows, err))
        return err->code == ERR_CONFLICT
                   ? error_field(
                         err, "name",
                         "A snippet with that name already exists. Please pick a different name.")
                   : false;
    made.id = value_to_int(&rows.row[0][0], 0);
    *snippet = made;
    return true;
}

bool
snippet_update(Store *store, Arena *arena, Snippet *snippet, Error *err)
{
    Value values[MAX_VALUES];
    size_t count;

    snippet->updated_at = time_text(arena, time_now());
    values[0] = VALUE_OF_INT(snippet->id);
    count = 1 + row_values(arena, snippet_changed, snippet, values + 1);
    if (!store_expect(store, arena, sql_snippet_update, values, count, "snippet", snippet->id, NULL,
                      err))
        return err->code == ERR_CONFLICT
                   ? error_field(
                         err, "name",
                         "A snippet with that name already exists. Please pick a different name.")
                   : false;
    return true;
}

/* ------------------------------------------------------- segments and measures */

/* Both are a definition of a table; what differs is where they are kept. */
typedef struct DefinitionKind
{
    const char *name;
    const char *sql_list, *sql_find, *sql_create, *sql_update;
    const Field *columns, *changed;
} DefinitionKind;

static const DefinitionKind segments = { "segment",          sql_segment_list,   sql_segment_find,
                                         sql_segment_create, sql_segment_update, segment_columns,
                                         segment_changed };
static const DefinitionKind measures = { "measure",          sql_measure_list,   sql_measure_find,
                                         sql_measure_create, sql_measure_update, measure_columns,
                                         measure_changed };

static bool
definition_list(Store *store, Arena *arena, const DefinitionKind *kind, int64_t table_id,
                DefinitionList *list, Error *err)
{
    DefinitionList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, kind->sql_list, VALUES(value_of_id(table_id)), &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Definition);
    for (; made.count < rows.count; made.count++)
        row_read(arena, kind->columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

static bool
definition_find(Store *store, Arena *arena, const DefinitionKind *kind, int64_t id,
                Definition *definition, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, kind->sql_find, VALUES(VALUE_OF_INT(id)), kind->name, id, &rows,
                      err))
        return false;
    row_read(arena, kind->columns, rows.row[0], definition);
    return true;
}

/* The only reference of a definition is its table. */
static bool
no_such_table(Error *err)
{
    return err->code == ERR_INVALID
               ? error_field(err, "table_id", "value must be the id of a table.")
               : false;
}

static bool
definition_create(Store *store, Arena *arena, const DefinitionKind *kind, Definition *definition,
                  Error *err)
{
    Value values[MAX_VALUES];
    Definition made = *definition;
    size_t count;
    Rows rows;

    if (made.entity_id == NULL)
        made.entity_id = random_entity_id(arena);
    made.created_at = time_text(arena, time_now());
    made.updated_at = made.created_at;
    count = row_values(arena, kind->columns, &made, values);
    if (!store_query(store, arena, kind->sql_create, values + 1, count - 1, &rows, err))
        return no_such_table(err);
    made.id = value_to_int(&rows.row[0][0], 0);
    *definition = made;
    return true;
}

static bool
definition_update(Store *store, Arena *arena, const DefinitionKind *kind, Definition *definition,
                  Error *err)
{
    Value values[MAX_VALUES];
    size_t count;

    definition->updated_at = time_text(arena, time_now());
    values[0] = VALUE_OF_INT(definition->id);
    count = 1 + row_values(arena, kind->changed, definition, values + 1);
    return store_expect(store, arena, kind->sql_update, values, count, kind->name, definition->id,
                        NULL, err) ||
           no_such_table(err);
}

bool
segment_list(Store *store, Arena *arena, int64_t table_id, DefinitionList *list, Error *err)
{
    return definition_list(store, arena, &segments, table_id, list, err);
}

bool
segment_find(Store *store, Arena *arena, int64_t id, Definition *segment, Error *err)
{
    return definition_find(store, arena, &segments, id, segment, err);
}

bool
segment_create(Store *store, Arena *arena, Definition *segment, Error *err)
{
    return definition_create(store, arena, &segments, segment, err);
}

bool
segment_update(Store *store, Arena *arena, Definition *segment, Error *err)
{
    return definition_update(store, arena, &segments, segment, err);
}

bool
measure_list(Store *store, Arena *arena, int64_t table_id, DefinitionList *list, Error *err)
{
    return definition_list(store, arena, &measures, table_id, list, err);
}

bool
measure_find(Store *store, Arena *arena, int64_t id, Definition *measure, Error *err)
{
    return definition_find(store, arena, &measures, id, measure, err);
}

bool
measure_create(Store *store, Arena *arena, Definition *measure, Error *err)
{
    return definition_create(store, arena, &measures, measure, err);
}

bool
measure_update(Store *store, Arena *arena, Definition *measure, Error *err)
{
    return definition_update(store, arena, &measures, measure, err);
}

/* ------------------------------------------------------------------- timelines */

bool
timeline_list(Store *store, Arena *arena, bool archived, TimelineList *list, Error *err)
{
    TimelineList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_timeline_list, VALUES(VALUE_OF_BOOL(archived)), &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, Timeline);
    for (; made.count < rows.count; made.count++)
        row_read(arena, timeline_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
timeline_find(Store *store, Arena *arena, int64_t id, Timeline *timeline, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_timeline_find, VALUES(VALUE_OF_INT(id)), "timeline", id,
                      &rows, err))
        return false;
    row_read(arena, timeline_columns, rows.row[0], timeline);
    return true;
}

bool
timeline_create(Store *store, Arena *arena, Timeline *timeline, Error *err)
{
    Value values[MAX_VALUES];
    Timeline made = *timeline;
    size_t count;
    Rows rows;

    made.entity_id = random_entity_id(arena);
    made.created_at = time_text(arena, time_now());
    made.updated_at = made.created_at;
    count = row_values(arena, timeline_columns, &made, values);
    if (!store_query(store, arena, sql_timeline_create, values + 1, count - 1, &rows, err))
        return false;
    made.id = value_to_int(&rows.row[0][0], 0);
    *timeline = made;
    return true;
}

bool
timeline_update(Store *store, Arena *arena, Timeline *timeline, Error *err)
{
    Value values[MAX_VALUES];
    size_t count;

    timeline->updated_at = time_text(arena, time_now());
    values[0] = VALUE_OF_INT(timeline->id);
    count = 1 + row_values(arena, timeline_changed, timeline, values + 1);
    if (!store_expect(store, arena, sql_timeline_update, values, count, "timeline", timeline->id,
                      NULL, err))
        return false;
    return true;
}

bool
timeline_delete(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_timeline_delete, VALUES(VALUE_OF_INT(id)), "timeline", id,
                        NULL, err);
}

bool
timeline_event_list(Store *store, Arena *arena, int64_t timeline_id, TimelineEventList *list,
                    Error *err)
{
    TimelineEventList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_timeline_event_list, VALUES(VALUE_OF_INT(timeline_id)),
                     &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, TimelineEvent);
    for (; made.count < rows.count; made.count++)
        row_read(arena, timeline_event_columns, rows.row[made.count], &made.items[made.count]);
    *list = made;
    return true;
}

bool
timeline_event_find(Store *store, Arena *arena, int64_t id, TimelineEvent *event, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_timeline_event_find, VALUES(VALUE_OF_INT(id)), "event", id,
                      &rows, err))
        return false;
    row_read(arena, timeline_event_columns, rows.row[0], event);
    return true;
}

bool
timeline_event_create(Store *store, Arena *arena, TimelineEvent *event, Error *err)
{
    Value values[MAX_VALUES];
    TimelineEvent made = *event;
    size_t count;
    Rows rows;

    made.created_at = time_text(arena, time_now());
    made.updated_at = made.created_at;
    count = row_values(arena, timeline_event_columns, &made, values);
    if (!store_query(store, arena, sql_timeline_event_create, values + 1, count - 1, &rows, err))
        return err->code == ERR_INVALID
                   ? error_field(err, "timeline_id", "value must be the id of a timeline.")
                   : false;
    made.id = value_to_int(&rows.row[0][0], 0);
    *event = made;
    return true;
}

bool
timeline_event_update(Store *store, Arena *arena, TimelineEvent *event, Error *err)
{
    Value values[MAX_VALUES];
    size_t count;

    event->updated_at = time_text(arena, time_now());
    values[0] = VALUE_OF_INT(event->id);
    count = 1 + row_values(arena, timeline_event_changed, event, values + 1);
    if (!store_expect(store, arena, sql_timeline_event_update, values, count, "event", event->id,
                      NULL, err))
        return err->code == ERR_INVALID
                   ? error_field(err, "timeline_id", "value must be the id of a timeline.")
                   : false;
    return true;
}

bool
timeline_event_delete(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_expect(store, arena, sql_timeline_event_delete, VALUES(VALUE_OF_INT(id)), "event",
                        id, NULL, err);
}
