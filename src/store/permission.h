/*
 * Grants, as rows: of collections (by Metabase's object names), of data (by kind, database and
 * perhaps table), the revisions of both graphs, rows and columns that a group may not see. What
 * they mean is decided in auth/access.
 */
#ifndef STORE_PERMISSION_H
#define STORE_PERMISSION_H

#include "store/store.h"

typedef struct Grant
{
    const char *object; /* "/collection/7/", "/collection/root/read/" */
    int64_t group_id;
} Grant;

typedef struct GrantList
{
    Grant *items;
    size_t count;
} GrantList;

bool grant_list(Store *store, Arena *arena, GrantList *list, Error *err);
/* collection_id 0: of a root. Nothing happens when it is there. */
bool grant_add(Store *store, Arena *arena, int64_t group_id, const char *object,
               int64_t collection_id, Error *err);
bool grant_remove(Store *store, Arena *arena, int64_t group_id, const char *object, Error *err);

typedef struct DataGrant
{
    int64_t group_id;
    const char *perm_type; /* "perms/view-data" */
    int64_t db_id;
    const char *schema_name; /* of the table */
    OptInt table_id;         /* not set: the whole database */
    const char *perm_value;
} DataGrant;

typedef struct DataGrantList
{
    DataGrant *items;
    size_t count;
} DataGrantList;

/* db_id 0 and group_id 0 stand for all. */
bool data_grant_list(Store *store, Arena *arena, int64_t db_id, int64_t group_id,
                     DataGrantList *list, Error *err);
bool data_grant_put(Store *store, Arena *arena, const DataGrant *grant, Error *err);
/* Of a kind on a database and all its tables. */
bool data_grant_clear(Store *store, Arena *arena, int64_t group_id, const char *perm_type,
                      int64_t db_id, Error *err);

/* Number of the newest change of a graph; 0 before the first. */
bool collection_graph_revision(Store *store, Arena *arena, int64_t *revision, Error *err);
bool data_graph_revision(Store *store, Arena *arena, int64_t *revision, Error *err);
/* Notes a change; *revision becomes its number. */
bool collection_graph_note(Store *store, Arena *arena, const Json *before, const Json *after,
                           int64_t user_id, int64_t *revision, Error *err);
bool data_graph_note(Store *store, Arena *arena, const Json *before, const Json *after,
                     int64_t user_id, int64_t *revision, Error *err);

typedef struct RowFilter
{
    int64_t id;
    int64_t group_id;
    int64_t table_id;
    int64_t field_id;
    const char *operator;       /* = != < <= > >= */
    const char *user_attribute; /* compared with this attribute of the person, or */
    const Json *value;          /* with this: a value, or several */
    int64_t db_id;              /* of the table */
} RowFilter;

extern const Field row_filter_columns[];

typedef struct RowFilterList
{
    RowFilter *items;
    size_t count;
} RowFilterList;

bool row_filter_list(Store *store, Arena *arena, RowFilterList *list, Error *err);
/* Fills id. ERR_INVALID for what does not exist, or a field of another table. */
bool row_filter_create(Store *store, Arena *arena, RowFilter *filter, Error *err);
bool row_filter_delete(Store *store, Arena *arena, int64_t id, Error *err);

typedef struct HiddenField
{
    int64_t id;
    int64_t group_id;
    int64_t field_id;
    int64_t table_id; /* of the field */
    int64_t db_id;    /* of the table */
} HiddenField;

extern const Field hidden_field_columns[];

typedef struct HiddenFieldList
{
    HiddenField *items;
    size_t count;
} HiddenFieldList;

bool hidden_field_list(Store *store, Arena *arena, HiddenFieldList *list, Error *err);
bool hidden_field_create(Store *store, Arena *arena, HiddenField *hidden, Error *err);
bool hidden_field_delete(Store *store, Arena *arena, int64_t id, Error *err);

#endif
