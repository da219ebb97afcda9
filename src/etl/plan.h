/*
 * The rules of one app, from `anonymizer.yml`: the seed tool's file as it is, or with our keys
 * added. What is said in the file, without a look at any database.
 */
#ifndef ETL_PLAN_H
#define ETL_PLAN_H

#include "base/map.h"
#include "etl/rules.h"

typedef struct PlanColumn
{
    const char *name;
    unsigned line;
    bool keep;
    bool seed; /* listed without a mask: the default of its type */
    MaskUse use;
    bool met; /* the source has it */
} PlanColumn;

typedef struct PlanTable
{
    const char *name;
    unsigned line;
    bool truncated; /* not in the target at all */
    const char *where;
    Map *columns; /* of PlanColumn */
    TextList quasi;
    bool met;
} PlanTable;

typedef struct Plan
{
    Map *tables;          /* of PlanTable */
    const char *schema;   /* of the target */
    const char *source;   /* the name of the variable that holds the URL of the source; or NULL */
    const char *schedule; /* for the server; NULL: only when it is asked for */
    const char *timezone; /* NULL: that of the server */
    bool make_up;         /* a run that was missed is run later */
    const char *indexes;  /* "all", "keys" or "none" */
    TextList source_schemas;
    TextList readers;
    int64_t jobs;
    int64_t k;     /* groups of quasi-identifiers below this are told */
    List warnings; /* const char * */
} Plan;

/* The apps that the file names under `apps`; none when there is no such key. */
bool plan_apps(Arena *arena, Str text, TextList *apps, Error *err);
/* ERR_CONFIG names the line. */
bool plan_read(Arena *arena, Str text, const char *app, Plan *plan, Error *err);

#endif
