/* Runs of periodic work, and leases. What the work is and when it is due is in job/. */
#include "store/job.h"

#include "store/store_private.h"

enum
{
    KEPT_RUNS = 100
};

extern const char sql_job_run_begin[], sql_job_run_missed[], sql_job_run_alive[],
    sql_job_run_expire[], sql_job_run_end[], sql_job_run_prune[], sql_job_run_list[],
    sql_lease_take[], sql_lease_release[];

static Value
value_of_later(Arena *arena, int64_t seconds)
{
    return VALUE_OF_TEXT(time_text(arena, time_now() + seconds * SECOND_US));
}

bool
job_run_begin(Store *store, Arena *arena, JobRun *run, Error *err)
{
    Value now = value_of_now(arena);
    Rows rows;

    if (!store_query(store, arena, sql_job_run_begin,
                     VALUES(VALUE_OF_TEXT(run->name), VALUE_OF_TEXT(run->cause),
                            VALUE_OF_TEXT(run->due_at), now),
                     &rows, err))
        return false;
    run->id = rows.count == 0 ? 0 : value_to_int(&rows.row[0][0], 0);
    run->status = "running";
    run->started_at = value_to_text(arena, &now);
    return true;
}

bool
job_run_missed(Store *store, Arena *arena, const JobRun *run, Error *err)
{
    return store_query(store, arena, sql_job_run_missed,
                       VALUES(VALUE_OF_TEXT(run->name), VALUE_OF_TEXT(run->due_at),
                              value_of_now(arena), VALUE_OF_TEXT(run->message)),
                       NULL, err);
}

bool
job_run_alive(Store *store, Arena *arena, int64_t id, Error *err)
{
    return store_query(store, arena, sql_job_run_alive,
                       VALUES(VALUE_OF_INT(id), value_of_now(arena)), NULL, err);
}

bool
job_run_expire(Store *store, Arena *arena, int64_t seconds, Error *err)
{
    return store_query(store, arena, sql_job_run_expire,
                       VALUES(value_of_now(arena), value_of_later(arena, -seconds)), NULL, err);
}

bool
job_run_end(Store *store, Arena *arena, JobRun *run, Error *err)
{
    Value now = value_of_now(arena);

    if (!store_query(store, arena, sql_job_run_end,
                     VALUES(VALUE_OF_INT(run->id), VALUE_OF_TEXT(run->status), now,
                            value_of_opt_int(run->rows), VALUE_OF_TEXT(run->message)),
                     NULL, err))
        return false;
    run->ended_at = value_to_text(arena, &now);
    return store_query(store, arena, sql_job_run_prune,
                       VALUES(VALUE_OF_TEXT(run->name), VALUE_OF_INT(KEPT_RUNS)), NULL, err);
}

bool
job_run_list(Store *store, Arena *arena, const char *name, int64_t limit, JobRunList *list,
             Error *err)
{
    JobRunList made = { 0 };
    Rows rows;

    if (!store_query(store, arena, sql_job_run_list,
                     VALUES(VALUE_OF_TEXT(name), VALUE_OF_INT(limit)), &rows, err))
        return false;
    made.items = ARENA_ARRAY(arena, rows.count, JobRun);
    for (; made.count < rows.count; made.count++)
    {
        RowReader reader = { arena, rows.row[made.count] };
        JobRun *it = &made.items[made.count];

        it->id = row_int(&reader);
        it->name = row_text(&reader);
        it->status = row_text(&reader);
        it->cause = row_text(&reader);
        it->due_at = row_text(&reader);
        it->started_at = row_text(&reader);
        it->ended_at = row_text(&reader);
        it->rows = row_opt_int(&reader);
        it->message = row_text(&reader);
    }
    *list = made;
    return true;
}

bool
lease_take(Store *store, Arena *arena, const char *name, const char *holder, int64_t seconds,
           bool *taken, Error *err)
{
    Rows rows;

    if (!store_query(store, arena, sql_lease_take,
                     VALUES(VALUE_OF_TEXT(name), VALUE_OF_TEXT(holder), value_of_now(arena),
                            value_of_later(arena, seconds)),
                     &rows, err))
        return false;
    *taken = rows.count > 0;
    return true;
}

bool
lease_release(Store *store, Arena *arena, const char *name, const char *holder, Error *err)
{
    return store_query(store, arena, sql_lease_release,
                       VALUES(VALUE_OF_TEXT(name), VALUE_OF_TEXT(holder)), NULL, err);
}
