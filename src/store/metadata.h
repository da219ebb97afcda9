/*
 * What is known of the tables and fields of a connected database: what sync saw, and what people
 * wrote about it. Sync writes through *_put (by natural key: it keeps what people wrote) and
 * *_retire; people's changes are find, change members, *_update.
 */
#ifndef STORE_METADATA_H
#define STORE_METADATA_H

#include "store/store.h"

/* Begins a change (store_join). It moves the counter "metadata", by which caches look again, and
 * moves it first: changes follow each other, and none waits for rows of one that waits for its own.
 */
bool metadata_change(Store *store, Store **tx, Arena *arena, Error *err);

typedef struct Table
{
    int64_t id;
    int64_t db_id;
    const char *schema; /* NULL where the database has none */
    const char *name;
    const char *display_name;
    const char *description;
    const char *caveats;
    const char *points_of_interest;
    const char *entity_type;
    const char *visibility_type;
    const char *field_order;
    const char *initial_sync_status;
    bool active;
    bool is_upload;
    OptBool is_writable;
    bool is_published;
    bool show_in_getting_started;
    OptBool database_require_filter;
    OptInt estimated_row_count;
    OptInt collection_id;
    int64_t view_count;
    const char *data_authority;
    const char *data_layer;
    const char *data_source;
    const char *owner_email;
    OptInt owner_user_id;
    const char *entity_id;
    const char *created_at;
    const char *updated_at;
    const char *archived_at;
    const char *deactivated_at;
    const char *public_source;  /* where its rows come from, for published pages; or NULL */
    const char *public_licence; /* under which they may be used; or NULL */
} Table;

typedef struct TableList
{
    Table *items;
    size_t count;
} TableList;

typedef struct TableFilter
{
    int64_t db_id;      /* 0: all databases */
    const char *schema; /* NULL: any; "": those without */
    const char *term;   /* part of a name, case aside; NULL: any */
    bool with_hidden;   /* also those with a visibility_type */
    bool with_inactive;
} TableFilter;

/* Ordered by database, schema, display name. */
bool table_list(Store *store, Arena *arena, const TableFilter *filter, TableList *list, Error *err);
bool table_find(Store *store, Arena *arena, int64_t id, Table *table, Error *err);
/* Those of which a source or a licence is said: id, public_source and public_licence alone. */
bool table_origins(Store *store, Arena *arena, TableList *list, Error *err);
/* People's members: names to show, description, types, order, owner, publication, source, licence.
 */
bool table_update(Store *store, Arena *arena, Table *table, Error *err);
/* It was made from a file that a person sent. */
bool table_set_upload(Store *store, Arena *arena, int64_t id, Error *err);
/*
 * What sync saw: db_id, schema, name, description (kept when people wrote one),
 * estimated_row_count, is_writable, database_require_filter; display_name and entity_type when new.
 * Comes back whole, active again. *created (may be NULL).
 */
bool table_put(Store *store, Arena *arena, Table *table, bool *created, Error *err);
/* No longer in the database; its fields too. */
bool table_retire(Store *store, Arena *arena, int64_t id, Error *err);
bool table_set_sync_status(Store *store, Arena *arena, int64_t id, const char *status, Error *err);
/* Schemas that have active tables, ordered; "" stands for none. */
bool schema_list(Store *store, Arena *arena, int64_t db_id, bool with_hidden, TextList *list,
                 Error *err);

typedef struct TableField
{
    int64_t id;
    int64_t table_id;
    const char *name;
    const char *display_name;
    const char *description;
    const char *caveats;
    const char *points_of_interest;
    const char *base_type;
    const char *effective_type;
    const char *database_type;
    const char *semantic_type;
    const char *coercion_strategy;
    OptInt fk_target_field_id;
    const char *visibility_type;
    const char *has_field_values;
    OptInt parent_id;
    const Json *nfc_path;
    bool json_unfolding;
    const Json *settings;
    const Json *fingerprint;
    int64_t fingerprint_version;
    int64_t position;
    int64_t custom_position;
    int64_t database_position;
    bool preview_display;
    bool active;
    bool database_required;
    bool database_is_pk;
    OptBool database_is_nullable;
    const char *database_default;
    OptBool database_is_generated;
    bool database_is_auto_increment;
    OptBool database_indexed;
    OptBool database_partitioned;
    const char *last_analyzed;
    const char *entity_id;
    const char *created_at;
    const char *updated_at;
    /* its one dimension; id 0 when none */
    int64_t dimension_id;
    const char *dimension_name;
    const char *dimension_type; /* internal, external */
    OptInt human_readable_field_id;
    /* of its table, for lists */
    const char *table_name;
    const char *table_schema;
    int64_t db_id;
} TableField;

typedef struct TableFieldList
{
    TableField *items;
    size_t count;
} TableFieldList;

typedef struct FieldFilter
{
    int64_t db_id;    /* 0: any */
    int64_t table_id; /* 0: any */
    bool with_hidden; /* also hidden, sensitive and retired ones */
    bool with_inactive;
    bool keys_only;    /* semantic type PK */
    const char *match; /* beginning of a name, case aside; NULL: any */
    int64_t limit;     /* 0: no limit */
} FieldFilter;

/* Fields of active tables, ordered by table, position, id. */
bool field_list(Store *store, Arena *arena, const FieldFilter *filter, TableFieldList *list,
                Error *err);
bool field_find(Store *store, Arena *arena, int64_t id, TableField *field, Error *err);
/* Fields that point at this one, or at any field of that table. */
bool field_list_referring(Store *store, Arena *arena, int64_t table_id, TableFieldList *list,
                          Error *err);
/* People's members. A semantic type other than FK clears the target; a target in another database
 * is ERR_INVALID. */
bool field_update(Store *store, Arena *arena, TableField *field, Error *err);
/*
 * What sync saw: table_id, name, parent_id, base_type, database_type, database_*, description (kept
 * when people wrote one); display_name, semantic_type, position, effective_type when new. A changed
 * base_type clears coercion and fingerprint. Comes back whole, active again.
 */
bool field_put(Store *store, Arena *arena, TableField *field, bool *created, Error *err);
bool field_retire(Store *store, Arena *arena, int64_t id, Error *err);
/* A key that the database declares: semantic type FK and its target. */
bool field_set_target(Store *store, Arena *arena, int64_t id, int64_t target_id, Error *err);
/* What a scan found. NULL members of JSON and types leave as it is. */
bool field_set_fingerprint(Store *store, Arena *arena, int64_t id, const Json *fingerprint,
                           int64_t version, const char *semantic_type, const char *has_field_values,
                           Error *err);
/* custom_position in this order; ERR_INVALID when an id is not of that table. */
bool field_reorder(Store *store, Arena *arena, int64_t table_id, const int64_t *ids, size_t count,
                   Error *err);

bool dimension_put(Store *store, Arena *arena, int64_t field_id, const char *type, const char *name,
                   int64_t human_readable_field_id, Error *err);
bool dimension_delete(Store *store, Arena *arena, int64_t field_id, Error *err);

typedef struct FieldValues
{
    int64_t field_id;
    const Json *values;                /* array of values */
    const Json *human_readable_values; /* array of texts beside, or NULL */
    bool has_more_values;
    const char *last_used_at;
    const char *updated_at;
} FieldValues;

/* field_id 0 when there are none. */
bool field_values_find(Store *store, Arena *arena, int64_t field_id, FieldValues *values,
                       Error *err);
/* human_readable_values NULL keeps what is there. */
bool field_values_put(Store *store, Arena *arena, const FieldValues *values, Error *err);
bool field_values_delete(Store *store, Arena *arena, int64_t field_id, Error *err);
/* Of a whole table. */
bool field_values_clear(Store *store, Arena *arena, int64_t table_id, Error *err);

#endif
