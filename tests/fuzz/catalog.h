/* A small catalog for the targets that compile questions. */
#ifndef TESTS_FUZZ_CATALOG_H
#define TESTS_FUZZ_CATALOG_H

#include "driver/dialects.h"
#include "query/compile.h"

static const CatalogField fuzz_orders[] = {
    { .id = 10,
      .table_id = 1,
      .name = "id",
      .base_type = BASE_INTEGER,
      .effective_type = BASE_INTEGER,
      .is_pk = true },
    { .id = 11,
      .table_id = 1,
      .name = "total",
      .base_type = BASE_FLOAT,
      .effective_type = BASE_FLOAT,
      .has_range = true,
      .max = 150 },
    { .id = 12,
      .table_id = 1,
      .name = "created_at",
      .base_type = BASE_DATE_TIME,
      .effective_type = BASE_DATE_TIME },
    { .id = 13,
      .table_id = 1,
      .name = "person_id",
      .base_type = BASE_INTEGER,
      .effective_type = BASE_INTEGER,
      .semantic_type = "type/FK",
      .target_id = 20 },
    { .id = 14,
      .table_id = 1,
      .name = "note",
      .base_type = BASE_TEXT,
      .effective_type = BASE_TEXT },
};
static const CatalogField fuzz_people[] = {
    { .id = 20,
      .table_id = 2,
      .name = "id",
      .base_type = BASE_INTEGER,
      .effective_type = BASE_INTEGER,
      .is_pk = true },
    { .id = 21,
      .table_id = 2,
      .name = "name",
      .base_type = BASE_TEXT,
      .effective_type = BASE_TEXT },
    { .id = 22,
      .table_id = 2,
      .name = "latitude",
      .base_type = BASE_FLOAT,
      .effective_type = BASE_FLOAT,
      .semantic_type = "type/Latitude",
      .has_range = true,
      .min = -90,
      .max = 90 },
};
static const CatalogTable fuzz_tables[] = {
    { .id = 1, .name = "orders", .fields = fuzz_orders, .field_count = COUNT_OF(fuzz_orders) },
    { .id = 2, .name = "people", .fields = fuzz_people, .field_count = COUNT_OF(fuzz_people) },
};
static const Catalog fuzz_catalog = { .database_id = 1,
                                      .tables = fuzz_tables,
                                      .table_count = COUNT_OF(fuzz_tables) };
/* The moment is fixed: the same input gives the same SQL. */
static const QueryOptions fuzz_options = { .now = INT64_C(1700000000000000),
                                           .timezone = "Europe/Paris",
                                           .bare_limit = 2000,
                                           .grouped_limit = 10000,
                                           .locale = "fr" };

#endif
