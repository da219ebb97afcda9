/*
 * Content as files: collections, questions, models, metrics, dashboards, and the snippets, segments
 * and measures that they use, as small YAML files without any number of this instance. What a file
 * is, and why it looks so: docs/dev/decisions/0016-content-as-files.md.
 */
#ifndef CONTENT_CONTENT_H
#define CONTENT_CONTENT_H

#include "auth/access.h"
#include "base/map.h"

/* One file; the path is below the folder, with "/" whatever the system. */
typedef struct ContentFile
{
    const char *path;
    Str text;
} ContentFile;

typedef struct ContentFiles
{
    ContentFile *items;
    size_t count;
} ContentFiles;

/* What is wrong in a file, or what should be known of it. */
typedef struct ContentNote
{
    const char *path;
    unsigned line; /* 0: the file as a whole */
    const char *text;
} ContentNote;

typedef struct ContentNotes
{
    List list; /* ContentNote * */
    size_t more;
} ContentNotes;

/*
 * collection_id 0 stands for all ordinary content; otherwise that collection with all below it,
 * also a personal one. The same state gives the same files. `notes` say what the files refer to and
 * do not hold.
 */
bool content_export(Store *store, Arena *arena, int64_t collection_id, ContentFiles *files,
                    ContentNotes *notes, Error *err);

typedef enum ContentAct
{
    CONTENT_SAME,
    CONTENT_CREATE,
    CONTENT_CHANGE,
    CONTENT_TRASH
} ContentAct;

/* A member that differs, both as files have it; NULL: not there. */
typedef struct ContentChange
{
    const char *key;
    const Json *before;
    const Json *after;
} ContentChange;

typedef struct ContentStep
{
    ContentAct act;
    const char *model; /* collection, card, dashboard, snippet, segment, measure */
    const char *path;  /* NULL: there is no file of it (any more) */
    const char *entity_id;
    const char *name;
    int64_t id;     /* 0: not made yet */
    bool is_public; /* strangers see it: they will see the change */
    ContentChange *changes;
    size_t change_count;
} ContentStep;

typedef struct ContentPlan
{
    ContentStep *steps; /* in the order of the files; what goes to the trash comes last */
    size_t count;
    size_t acts[CONTENT_TRASH + 1];
    size_t managed;        /* collections that only files change from now on, and people did */
    ContentNotes problems; /* when there are any, nothing was done */
} ContentPlan;

typedef struct ContentOrder
{
    bool dry_run;
    bool manage;         /* from now on, files alone change the collections of these files */
    bool prune;          /* what lies in collections of the files and has no file: to the trash */
    int64_t user_id;     /* who is noted as the author */
    const Identity *who; /* for the audit log; NULL: the command line */
    const char *address;
} ContentOrder;

/*
 * Reads all, refuses all when anything is wrong, else does all in one transaction; `dry_run` does
 * the same and takes it back. False is a failure of the store; what is wrong in the files is in
 * plan->problems.
 */
bool content_import(Store *store, Arena *arena, const ContentFiles *files,
                    const ContentOrder *order, ContentPlan *plan, Error *err);
/* Something would be, or was, created, changed or put into the trash. */
bool content_plan_acts(const ContentPlan *plan);
const char *content_act_name(ContentAct act);
/* As an object. */
void content_plan_write(JsonWriter *w, const ContentPlan *plan);

/* ---------------------------------------------------------------------------- folders, archives */

/* Files named *.yaml below collections/ and databases/; others are left alone. */
bool content_read_folder(Arena *arena, const char *folder, ContentFiles *files, Error *err);

typedef struct ContentWritten
{
    size_t written;
    size_t same;
    size_t removed;
} ContentWritten;

/* Makes the folder when it is not there. Files of an earlier export that are no longer among them
 * go away. */
bool content_write_folder(Arena *arena, const char *folder, const ContentFiles *files,
                          ContentWritten *written, Error *err);
/* The same as a ZIP archive. */
bool content_pack(Arena *arena, const ContentFiles *files, Str *archive, Error *err);
bool content_unpack(Arena *arena, Str archive, ContentFiles *files, Error *err);

#endif
