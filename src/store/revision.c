/* Versions of cards and dashboards, kept whole. What changed between two is said in api/revision.
 */
#include "store/revision.h"

#include "store/store_private.h"

extern const char sql_revision_list[], sql_revision_find[], sql_revision_latest[],
    sql_revision_age[], sql_revision_add[], sql_revision_trim[], sql_revision_sweep[],
    sql_revision_forget[];

static const Field revision_columns[] = {
    FIELD(Revision, id),           FIELD(Revision, model),
    FIELD(Revision, model_id),     FIELD(Revision, user_id),
    FIELD(Revision, timestamp),    FIELD(Revision, object),
    FIELD(Revision, is_reversion), FIELD(Revision, is_creation),
    FIELD(Revision, message),      FIELD(Revision, most_recent),
    FIELD(Revision, email),        FIELD(Revision, first_name),
    FIELD(Revision, last_name),    { 0 },
};

static void
read_all(Arena *arena, const Rows *rows, RevisionList *list)
{
    RevisionList made = { .items = ARENA_ARRAY(arena, rows->count, Revision) };

    for (; made.count < rows->count; made.count++)
        row_read(arena, revision_columns, rows->row[made.count], &made.items[made.count]);
    *list = made;
}

bool
revision_list(Store *store, Arena *arena, const char *model, int64_t model_id, OptInt before,
              int64_t most, RevisionList *list, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_revision_list,
                     VALUES(VALUE_OF_TEXT(model), VALUE_OF_INT(model_id), value_of_opt_int(before),
                            VALUE_OF_INT(most)),
                     &rows, err))
        return false;
    read_all(arena, &rows, list);
    return true;
}

bool
revision_find(Store *store, Arena *arena, int64_t id, Revision *revision, Error *err)
{
    Rows rows;

    if (!store_expect(store, arena, sql_revision_find, VALUES(VALUE_OF_INT(id)), "revision", id,
                      &rows, err))
        return false;
    row_read(arena, revision_columns, rows.row[0], revision);
    return true;
}

bool
revision_latest(Store *store, Arena *arena, const char *model, RevisionList *list, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_revision_latest, VALUES(VALUE_OF_TEXT(model)), &rows, err))
        return false;
    read_all(arena, &rows, list);
    return true;
}

static bool
insert(Store *tx, Arena *arena, Revision *revision, Error *err)
{
    Rows rows;

    if (!store_query(tx, arena, sql_revision_add,
                     VALUES(VALUE_OF_TEXT(revision->model), VALUE_OF_INT(revision->model_id),
                            VALUE_OF_INT(revision->user_id), VALUE_OF_TEXT(revision->timestamp),
                            value_of_json(arena, revision->object),
                            VALUE_OF_BOOL(revision->is_reversion),
                            VALUE_OF_BOOL(revision->is_creation), VALUE_OF_TEXT(revision->message)),
                     &rows, err))
        return false;
    revision->id = value_to_int(&rows.row[0][0], 0);
    return true;
}

bool
revision_add(Store *store, Arena *arena, Revision *revision, Error *err)
{
    CLEANUP(store_rollback) Store *tx = NULL;
    const Value model = VALUE_OF_TEXT(revision->model);
    const Value id = VALUE_OF_INT(revision->model_id);
    RevisionList before;

    revision->timestamp = time_text(arena, time_now());
    if (!store_join(store, &tx, err) ||
        !revision_list(tx, arena, revision->model, revision->model_id, (OptInt){ 0 }, 1, &before,
                       err))
        return false;
    if (before.count > 0 && !revision->is_reversion &&
        json_equal(before.items[0].object, revision->object))
        return store_commit(&tx, err);
    return store_query(tx, arena, sql_revision_age, VALUES(model, id), NULL, err) &&
           insert(tx, arena, revision, err) &&
           store_query(tx, arena, sql_revision_trim, VALUES(model, id, VALUE_OF_INT(REVISION_MOST)),
                       NULL, err) &&
           store_commit(&tx, err);
}

bool
revision_sweep(Store *store, Arena *arena, int64_t days, int64_t *removed, Error *err)
{
    const char *since = time_text(arena, time_now() - days * 24 * 3600 * 1000000);
    Rows rows;

    if (!store_query(store, arena, sql_revision_sweep,
                     VALUES(VALUE_OF_TEXT(since), VALUE_OF_INT(REVISION_STAY)), &rows, err))
        return false;
    *removed = (int64_t) rows.count;
    return true;
}

bool
revision_forget(Store *store, Arena *arena, const char *model, int64_t model_id, Error *err)
{
    return store_query(store, arena, sql_revision_forget,
                       VALUES(VALUE_OF_TEXT(model), VALUE_OF_INT(model_id)), NULL, err);
}
