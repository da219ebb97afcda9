/* The route table of each noun, for the list in tables.c. */
#ifndef API_TABLES_H
#define API_TABLES_H

#include "api/api.h"

extern const Route absent_routes[];
extern const Route around_routes[];
extern const Route assets_routes[];
extern const Route audit_routes[];
extern const Route card_query_routes[];
extern const Route card_routes[];
extern const Route card_edit_routes[];
extern const Route check_routes[];
extern const Route collection_routes[];
extern const Route connection_routes[];
extern const Route dashboard_routes[];
extern const Route dashcard_routes[];
extern const Route database_routes[];
extern const Route dataset_routes[];
extern const Route definition_routes[];
extern const Route draft_routes[];
extern const Route email_routes[];
extern const Route execution_routes[];
extern const Route field_routes[];
extern const Route files_routes[];
extern const Route geojson_routes[];
extern const Route group_routes[];
extern const Route health_routes[];
extern const Route history_routes[];
extern const Route home_routes[];
extern const Route items_routes[];
extern const Route job_routes[];
extern const Route key_routes[];
extern const Route lifetime_routes[];
extern const Route logs_routes[];
extern const Route metrics_routes[];
extern const Route model_index_routes[];
extern const Route permission_data_routes[];
extern const Route permission_routes[];
extern const Route personal_routes[];
extern const Route properties_routes[];
extern const Route publish_routes[];
extern const Route preview_routes[];
extern const Route published_routes[];
extern const Route related_routes[];
extern const Route review_routes[];
extern const Route rule_routes[];
extern const Route save_routes[];
extern const Route search_routes[];
extern const Route session_routes[];
extern const Route setting_routes[];
extern const Route setup_routes[];
extern const Route share_routes[];
extern const Route shell_routes[];
extern const Route snippet_routes[];
extern const Route sso_routes[];
extern const Route table_edit_routes[];
extern const Route table_routes[];
extern const Route timeline_routes[];
extern const Route upload_routes[];
extern const Route user_routes[];
extern const Route xray_routes[];
extern const Route xray_row_routes[];

#endif
