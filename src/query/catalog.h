/*
 * The read-only picture of one database that questions are compiled against: tables and fields,
 * and, found one by one as they are named, saved questions, segments, measures and snippets.
 * Whoever runs questions fills it; text and arrays must outlive the compilation.
 */
#ifndef QUERY_CATALOG_H
#define QUERY_CATALOG_H

#include "base/json.h"
#include "sql/value.h"

typedef struct CatalogField
{
    int64_t id;
    int64_t table_id;
    int64_t target_id; /* the field that a foreign key points to, or 0 */
    const char *name;
    const char *display_name; /* NULL: made from the name */
    const char *description;
    const char *database_type;
    BaseType base_type;
    BaseType effective_type;   /* after coercion; equal to base_type without */
    const char *semantic_type; /* "type/FK", or NULL */
    const char *coercion;      /* "Coercion/UNIXSeconds->DateTime", or NULL */
    bool is_hidden;            /* sensitive or retired: no default column */
    bool is_pk;
    bool has_range; /* minimum and maximum are known */
    double min;
    double max;
    int64_t remap_id;        /* the field shown in place of this key, or 0 */
    const char *remap_name;  /* title of the remapping, of either kind */
    const Json *remap_pairs; /* [[1, "One"], ...]: values shown as text, or NULL */
} CatalogField;

/* Rows of a table that may be seen: conditions of one group are all met, those of one group
 * suffice. */
typedef struct CatalogCondition
{
    int64_t group_id; /* conditions come ordered by it */
    const CatalogField *field;
    const char *operator; /* = != < <= > >= */
    const Json *values;   /* array; an empty one matches nothing */
} CatalogCondition;

typedef struct CatalogTable
{
    int64_t id;
    const char *schema; /* NULL where there are none */
    const char *name;
    const char *display_name;
    const CatalogField *fields; /* in the order in which they are shown */
    size_t field_count;
    const CatalogCondition *conditions; /* none: all rows */
    size_t condition_count;
} CatalogTable;

typedef enum CatalogKind
{
    CATALOG_CARD,
    CATALOG_SEGMENT,
    CATALOG_MEASURE,
    CATALOG_SNIPPET
} CatalogKind;

/* A saved thing that a question may name. */
typedef struct CatalogItem
{
    int64_t id;
    const char *name;
    const char *type;     /* of a card: "question", "model", "metric" */
    int64_t table_id;     /* of a segment or a measure */
    const Json *content;  /* the question, or the definition */
    const Json *metadata; /* of a card: its result columns, or NULL */
    const char *text;     /* of a snippet */
} CatalogItem;

typedef struct Catalog Catalog;
struct Catalog
{
    int64_t database_id;
    const CatalogTable *tables;
    size_t table_count;
    /* By id, or by name when id is 0; NULL when there is none or it may not be seen. */
    const CatalogItem *(*find)(const Catalog *catalog, CatalogKind kind, int64_t id,
                               const char *name);
    void *arg; /* of `find` */
};

const CatalogTable *catalog_table(const Catalog *catalog, int64_t id);
const CatalogField *catalog_field(const Catalog *catalog, int64_t id);
const CatalogItem *catalog_item(const Catalog *catalog, CatalogKind kind, int64_t id,
                                const char *name);

#endif
