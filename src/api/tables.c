/* Every route of the server, by noun: one on each line. */
#include "api/tables.h"

// clang-format off
const Route *const api_tables[] = {
    health_routes,
    session_routes,
    properties_routes,
    setup_routes,
    user_routes,
    group_routes,
    key_routes,
    setting_routes,
    email_routes,
    database_routes,
    connection_routes,
    table_routes,
    audit_routes,
    job_routes,
    metrics_routes,
    dataset_routes,
    card_query_routes,
    share_routes, field_routes, table_edit_routes,
    card_routes,
    collection_routes,
    items_routes,
    dashcard_routes,
    dashboard_routes,
    publish_routes,
    permission_routes,
    permission_data_routes,
    assets_routes,
    NULL,
};
// clang-format on
