/*
 * The table of periodic work: what there is at this moment, when each is due, what each does. A
 * family, such as the sync of each connected database, is one row of the table in work.c.
 */
#ifndef JOB_WORK_H
#define JOB_WORK_H

#include "base/map.h"
#include "base/worker.h"
#include "config/config.h"
#include "store/settings.h"

/* What all work stands on; lives as long as the scheduler. */
typedef struct Ground
{
    Store *store;
    Settings *settings;
    const Config *config;
    char *const *environment;
    struct Runner *runner; /* of questions; NULL: work that asks one makes its own */
} Ground;

/* One piece of work on its way. */
typedef struct WorkCall
{
    Arena *arena;
    const Ground *ground;
    Cancel *cancel;
    OptInt rows;         /* filled by the work */
    const char *message; /* the same; NULL: nothing to add */
} WorkCall;

typedef struct Work Work;
struct Work
{
    const char *name;     /* "sync-3" */
    const char *help;     /* what it is, for people */
    const char *schedule; /* "" or NULL: only when it is asked for */
    const char *zone;     /* NULL: that of the server */
    bool given;           /* the schedule is an administrator's, not the file's */
    const char *problem;  /* why it cannot be planned; NULL: it can */
    bool make_up;         /* a missed run is made up for */
    int64_t id;           /* of what it works on */
    const char *path;     /* the same, when it is a file */
    const char *app;      /* the same, when the file holds several */
    bool (*run)(const Work *work, WorkCall *call, Error *err);
};

typedef struct WorkList
{
    Work *items;
    size_t count;
} WorkList;

/* Everything there is now, in `arena`. */
bool work_list(Arena *arena, const Ground *ground, WorkList *list, Error *err);
/* The same for a schedule of its own in the settings; NULL: back to that of its file. Wrong
 * schedules and zones are refused. */
typedef struct WorkSchedule
{
    const char *schedule;
    const char *timezone; /* NULL: as it is */
    OptBool make_up;
} WorkSchedule;
bool work_schedule(Arena *arena, const Ground *ground, const char *name, const WorkSchedule *given,
                   Error *err);
/* ERR_NOT_FOUND */
bool work_find(Arena *arena, const Ground *ground, const char *name, Work *work, Error *err);

#endif
