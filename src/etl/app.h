/*
 * One app to copy: where its rules, its source and its target are. The variables are those of the
 * seed tool; `.env` fills what the environment does not say.
 */
#ifndef ETL_APP_H
#define ETL_APP_H

#include "etl/plan.h"

typedef struct AppInput
{
    const char *app;      /* NULL: the variable APP */
    const char *config;   /* NULL: the address built in for the app, else CONFIG_PATH */
    const char *env_file; /* NULL: .env when it is there */
    char *const *environment;
} AppInput;

typedef struct App
{
    const char *name;
    const char *config; /* path or https URL, as shown */
    Plan plan;
    PgTarget source;
    PgTarget target;
    HashKey key; /* of keyed masks */
    bool has_key;
} App;

/* Reads environment and rules. No connection to a database is made. */
bool app_load(Arena *arena, const AppInput *input, App *app, Error *err);

/* The apps of a file of rules: those it names, else one with the name of the file. */
bool app_list(Arena *arena, const char *path, TextList *apps, Error *err);

#endif
