/* Periodic work, for administrators: what there is, what happened, run it now. */
#include "api/answer.h"
#include "api/sentence.h"
#include "api/tables.h"
#include "job/scheduler.h"

enum
{
    HISTORY_LINES = 100
};

static void
write_run(const Request *req, JsonWriter *w, const JobRun *run)
{
    json_begin_object(w);
    json_put_int(w, "id", run->id);
    json_put_text(w, "name", run->name);
    json_put_text(w, "status", run->status);
    json_put_text(w, "cause", run->cause);
    json_put_text(w, "due_at", run->due_at);
    json_put_text(w, "started_at", run->started_at);
    json_put_text(w, "ended_at", run->ended_at);
    json_key(w, "rows");
    run->rows.set ? json_int(w, run->rows.value) : json_null(w);
    json_put_text(w, "message",
                  run->message == NULL
                      ? NULL
                      : sentence_error(req->arena, request_locale(req), run->message));
    json_end_object(w);
}

/* A schedule that cannot be read is shown with what is wrong, not refused: the others matter. */
static void
write_next(Request *req, JsonWriter *w, const Work *work)
{
    Instant next = 0;
    Error err = { 0 };

    (void) work_next(work, time_now(), &next, &err);
    json_put_text(w, "next_run", next == 0 ? NULL : time_text(req->arena, next));
    json_put_text(w, "problem", err.code == ERR_NONE ? NULL : err.message);
}

static bool
write_work(Request *req, JsonWriter *w, const Work *work, Error *err)
{
    JobRunList runs;

    if (!job_run_list(req->store, req->arena, work->name, 1, &runs, err))
        return false;
    json_begin_object(w);
    json_put_text(w, "name", work->name);
    json_put_text(w, "description", work->help);
    json_put_text(w, "schedule", work->schedule);
    json_put_bool(w, "schedule_given", work->given);
    json_put_text(w, "timezone", work->zone);
    json_put_bool(w, "make_up", work->make_up);
    write_next(req, w, work);
    json_key(w, "last_run");
    if (runs.count > 0)
        write_run(req, w, &runs.items[0]);
    else
        json_null(w);
    json_end_object(w);
    return true;
}

static Ground
ground_of(const Request *req)
{
    return (Ground){ req->store, req->settings, req->app->config, req->app->environment,
                     req->app->runner };
}

static bool
list_jobs(Request *req, Response *res, Error *err)
{
    Ground ground = ground_of(req);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    WorkList list;

    if (!work_list(req->arena, &ground, &list, err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < list.count; i++)
        if (!write_work(req, w, &list.items[i], err))
            return false;
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
list_history(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    JobRunList runs;

    if (!job_run_list(req->store, req->arena, route_param(req->match, "name"), HISTORY_LINES, &runs,
                      err))
        return false;
    json_begin_array(w);
    for (size_t i = 0; i < runs.count; i++)
        write_run(req, w, &runs.items[i]);
    json_end_array(w);
    return answer_send(&answer, res, err);
}

static bool
post_run(Request *req, Response *res, Error *err)
{
    const char *name = route_param(req->match, "name");
    Scheduler *scheduler = req->app->scheduler;
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    JobRun run;

    if (scheduler == NULL)
        return error_set(err, ERR_UNAVAILABLE, "the server starts or stops");
    if (!scheduler_run(scheduler, req->arena, name, &run, err) ||
        !api_audit(req, req->store, "job-run", NULL, 0, api_detail(req, "name", name), err))
        return false;
    write_run(req, w, &run);
    return answer_send(&answer, res, err);
}

static const Field schedule_fields[] = {
    FIELD(WorkSchedule, schedule, .required = true, .nullable = true, .max = 200),
    FIELD(WorkSchedule, timezone, .nullable = true, .not_blank = true, .max = 64),
    FIELD(WorkSchedule, make_up),
    { 0 },
};

static bool
put_schedule(Request *req, Response *res, Error *err)
{
    const char *name = route_param(req->match, "name");
    Ground ground = ground_of(req);
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    Work work;

    if (!work_schedule(req->arena, &ground, name, req->input, err) ||
        !api_audit(req, req->store, "job-schedule", NULL, 0, api_detail(req, "name", name), err) ||
        !work_find(req->arena, &ground, name, &work, err) || !write_work(req, w, &work, err))
        return false;
    return answer_send(&answer, res, err);
}

// clang-format off
const Route job_routes[] = {
    ROUTE_ON(ADMIN, GET,  "/api/vigie/job",               list_jobs,    ADMIN, "Periodic work: when it is due, how it went last"),
    ROUTE_ON(ADMIN, GET,  "/api/vigie/job/:name/history", list_history, ADMIN, "The last runs, newest first"),
    ROUTE_ON(ADMIN, POST, "/api/vigie/job/:name/run",     post_run,     ADMIN, "Run it now; the answer is its line in the history"),
    ROUTE_ON(ADMIN, PUT,  "/api/vigie/job/:name/schedule", put_schedule, ADMIN, "Give it another schedule than its file says: \"\" for never, null for that of the file", .body = schedule_fields),
    { 0 },
};
// clang-format on
