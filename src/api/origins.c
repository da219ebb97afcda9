/* Tables are those that the compiler touched; SQL names none to it. */
#include "api/origins.h"

#include "api/share.h"
#include "run/run.h"

#include <string.h>

static void
add_once(List *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return;
    if (text[0] != '\0')
        list_add(list, (char *) (uintptr_t) text);
}

/* NULL where a table says nothing: then the site does. */
static void
add(Request *req, Origins *origins, const char *source, const char *licence)
{
    if (source == NULL)
        source = settings_text(req->settings, req->arena, LIVE_public_source);
    if (licence == NULL)
        licence = settings_text(req->settings, req->arena, LIVE_public_licence);
    add_once(&origins->sources, source);
    add_once(&origins->licences, licence);
}

static void
add_table(Request *req, Origins *origins, int64_t id)
{
    for (size_t i = 0; i < origins->known.count; i++)
        if (origins->known.items[i].id == id)
        {
            add(req, origins, origins->known.items[i].public_source,
                origins->known.items[i].public_licence);
            return;
        }
    add(req, origins, NULL, NULL);
}

bool
origins_begin(Request *req, Origins *origins, Error *err)
{
    origins->sources = list_new(req->arena);
    origins->licences = list_new(req->arena);
    return table_origins(req->store, req->arena, &origins->known, err);
}

void
origins_add(Request *req, const Door *door, const Ask *ask, Origins *origins)
{
    RunAnswer answer = { 0 };
    ResultOrder order;
    Error ignored;

    if (origins->known.count == 0)
        return;
    if (!share_order(req, door, ask, &order, &ignored) ||
        !run_compile(req->app->runner, req->arena, &order.run, &answer, &ignored) ||
        answer.parts[0].table_count == 0)
        add(req, origins, NULL, NULL);
    else
        for (size_t i = 0; i < answer.parts[0].table_count; i++)
            add_table(req, origins, answer.parts[0].tables[i]);
    run_release(req->app->runner, &answer);
}

void
origins_end(Request *req, Origins *origins)
{
    if (origins->sources.count == 0 && origins->licences.count == 0)
        add(req, origins, NULL, NULL);
}
