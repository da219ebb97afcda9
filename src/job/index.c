#include "job/index.h"

#include "run/index.h"

/* That of the server, or one for this piece of work alone. */
static Runner *
take_runner(const Ground *ground)
{
    if (ground->runner != NULL)
        return ground->runner;
    return runner_new(&(RunnerOptions){ .data_folder = ground->config->data,
                                        .answer_bytes = (size_t) ground->config->answer_bytes,
                                        .connections = 1,
                                        .query_seconds = ground->config->query_seconds });
}

bool
index_run(const Work *work, WorkCall *call, Error *err)
{
    const Ground *ground = call->ground;
    IndexGround asks = { take_runner(ground), ground->store, ground->settings, call->cancel };
    ModelIndex index;
    bool ok;

    call->rows.set = true;
    ok = model_index_find(ground->store, call->arena, work->id, &index, err) &&
         index_fill(&asks, call->arena, &index, &call->rows.value, err);
    if (asks.runner != ground->runner)
        runner_free(&asks.runner);
    return ok;
}
