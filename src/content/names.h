/* What things are called in files: databases, tables and fields by their names, content by entity
 * ids; found both ways, read as they are asked for. */
#ifndef CONTENT_NAMES_H
#define CONTENT_NAMES_H

#include "base/map.h"
#include "store/card.h"
#include "store/collection.h"
#include "store/dashboard.h"
#include "store/database.h"
#include "store/library.h"
#include "store/metadata.h"

typedef enum ContentKind
{
    KIND_COLLECTION,
    KIND_SNIPPET,
    KIND_SEGMENT,
    KIND_MEASURE,
    KIND_DASHBOARD,
    KIND_CARD,
    KIND_TAB, /* of a dashboard; no file of its own */
    KIND_COUNT
} ContentKind;

/* Everything that has an entity id is read at once; tables and fields are not. */
typedef struct Names
{
    Store *store;
    Arena *arena;
    DatabaseList databases;
    CollectionList collections;
    SnippetList snippets;
    DefinitionList segments;
    DefinitionList measures;
    DashboardList dashboards;
    CardList cards;
    Map *numbers[KIND_COUNT];  /* entity id to int64_t */
    Map *entities[KIND_COUNT]; /* number as text to entity id */
    Map *tables;               /* path as JSON to Table */
    Map *tables_known;         /* number as text to Table */
    Map *fields;               /* number of the table to TableFieldList */
    Map *databases_read;       /* whose tables are known */
} Names;

bool names_open(Store *store, Arena *arena, Names *names, Error *err);
/* From here on it is known by both. */
void names_add(Names *names, ContentKind kind, int64_t id, const char *entity_id);
/* NULL, and 0, when there is none. */
const char *names_entity(const Names *names, ContentKind kind, int64_t id);
int64_t names_number(const Names *names, ContentKind kind, const char *entity_id);

const Database *names_database(const Names *names, int64_t id);
/* NULL when there is none, or more than one: *why says so. */
const Database *names_database_called(const Names *names, const char *name, const char **why);

/*
 * [database, schema, table] and [database, schema, table, field, ...]. NULL when there is none:
 * then *why says what is not there. ERR of the store is in err, and *why is NULL.
 */
Json *names_table_path(Names *names, int64_t id, Error *err);
Json *names_field_path(Names *names, int64_t id, Error *err);
int64_t names_table_at(Names *names, const Json *path, const char **why, Error *err);
int64_t names_field_at(Names *names, const Json *path, const char **why, Error *err);
bool names_is_table_path(const Json *json);
bool names_is_field_path(const Json *json);

#endif
