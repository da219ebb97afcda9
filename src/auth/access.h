/*
 * Who asks, and may they? The only file that answers. Deny by default.
 */
#ifndef AUTH_ACCESS_H
#define AUTH_ACCESS_H

#include "base/arena.h"
#include "base/error.h"
#include "config/config.h"
#include "http/request.h"
#include "store/card.h"
#include "store/collection.h"
#include "store/dashboard.h"
#include "store/group.h"
#include "store/permission.h"
#include "store/session.h"
#include "store/user.h"

#define SESSION_COOKIE "metabase.SESSION"
#define SESSION_HEADER "X-Metabase-Session"
#define API_KEY_HEADER "X-API-KEY"
#define DEVICE_COOKIE  "metabase.DEVICE"

typedef enum Need
{
    NEED_NOTHING, /* anybody; somebody known is recognised */
    NEED_USER,
    NEED_ADMIN
} Need;

typedef enum Means
{
    MEANS_NONE,
    MEANS_COOKIE,
    MEANS_HEADER,
    MEANS_API_KEY
} Means;

/* Who asks. Of nobody, `user.id` is 0. */
typedef struct Identity
{
    Means means;
    User user;
    IntList groups;
    Session session;           /* MEANS_COOKIE and MEANS_HEADER */
    const char *session_token; /* the same */
    ApiKey key;                /* MEANS_API_KEY */
} Identity;

SessionPolicy session_policy(const Config *config);

/*
 * Reads session or API key. Nobody when there is none; also when it is wrong, unless `strict`:
 * then ERR_UNAUTHENTICATED.
 */
bool access_identify(Store *store, const Config *config, Arena *arena, const HttpRequest *req,
                     bool strict, Identity *who, Error *err);
/* ERR_UNAUTHENTICATED for nobody, ERR_DENIED for somebody who is not enough. */
bool access_need(const Identity *who, Need need, Error *err);
/*
 * A browser that sends its cookie along on behalf of another site may not change anything:
 * ERR_DENIED.
 */
bool access_same_site(const HttpRequest *req, const Identity *who, Error *err);
/* Oneself, or an administrator. */
bool access_to_user(const Identity *who, int64_t user_id, Error *err);
bool access_is_admin(const Identity *who);

/* ------------------------------------------------------------------------------- content
 * Read or write a collection, and with it what it holds. Rights of groups add up; a personal
 * collection and all below it belong to its owner and to administrators.
 */
typedef enum Access
{
    ACCESS_READ,
    ACCESS_WRITE
} Access;

/* What one person may do, read once for a whole request. Lives in the arena. */
typedef struct Rights
{
    bool is_admin;
    int64_t user_id;
    IntList groups;
    GrantList grants;
    CollectionList collections;
} Rights;

bool access_rights(const Identity *who, Store *store, Arena *arena, Rights *rights, Error *err);
/* Pure. An id that is not set is the root of `namespace` (NULL: the usual one). */
bool rights_to_collection(const Rights *rights, OptInt collection_id, const char *namespace,
                          Access access);
/* False, with the reason: they may not, or files of a repository alone change what lies there. */
bool rights_refuse(const Rights *rights, OptInt collection_id, Error *err);
/* NULL when there is none. */
const Collection *rights_collection(const Rights *rights, int64_t id);
/* The owner of the personal collection that it is or lies in; 0 for all others. */
int64_t rights_personal_owner(const Rights *rights, const Collection *collection);

/* ERR_DENIED; collection_id not set: the root. */
bool access_to_collection(const Identity *who, Store *store, Arena *arena, OptInt collection_id,
                          Access access, Error *err);
bool access_to_card(const Identity *who, Store *store, Arena *arena, const Card *card,
                    Access access, Error *err);
bool access_to_dashboard(const Identity *who, Store *store, Arena *arena,
                         const Dashboard *dashboard, Access access, Error *err);

/* ---------------------------------------------------------------------------------- data
 * Kinds of rights on a database or a table. The strongest of a person's groups counts, a right on a
 * table comes before that on its database, and what no line grants is not allowed.
 */
typedef enum DataRight
{
    DATA_VIEW,     /* blocked < unrestricted */
    DATA_CREATE,   /* no < query-builder < query-builder-and-native */
    DATA_DOWNLOAD, /* no < ten-thousand-rows < one-million-rows */
    DATA_METADATA, /* no < yes */
    DATA_MANAGE    /* no < yes */
} DataRight;

/* From 0, in the order above. table_id 0: the database as a whole. */
bool access_data_level(const Identity *who, Store *store, Arena *arena, DataRight right,
                       int64_t database_id, int64_t table_id, int *level, Error *err);

/* What one person may see of all data, read once for lists. Lives in the arena. */
typedef struct DataSight
{
    const Identity *who;
    Arena *arena;
    DataGrantList grants;
    IntList hidden; /* fields */
} DataSight;

bool access_data_sight(const Identity *who, Store *store, Arena *arena, DataSight *sight,
                       Error *err);
/* As access_data_level. table_id 0: the database as a whole. */
int sight_level(const DataSight *sight, DataRight right, int64_t database_id, int64_t table_id);
/* At least one table of it may be seen. */
bool sight_of_database(const DataSight *sight, int64_t database_id);
bool sight_of_table(const DataSight *sight, int64_t database_id, int64_t table_id);
bool sight_of_field(const DataSight *sight, int64_t field_id);

/*
 * May they run this? The tables are those that the compiler found. SQL written by a person may
 * touch anything: it needs the whole database, and is refused to whom rows or columns of that
 * database are hidden.
 */
bool access_to_query(const Identity *who, Store *store, Arena *arena, int64_t database_id,
                     const int64_t *tables, size_t count, bool is_native, Error *err);
/* The same for a saved question that they may read: no right to make queries is needed. */
bool access_to_saved_query(const Identity *who, Store *store, Arena *arena, int64_t database_id,
                           const int64_t *tables, size_t count, bool is_native, Error *err);
/* Most rows of a file: 0 none (ERR_DENIED is the caller's to say), 10,000 or 1,000,000. */
bool access_download_limit(const Identity *who, Store *store, Arena *arena, int64_t database_id,
                           const int64_t *tables, size_t count, int64_t *rows, Error *err);

/*
 * Rows: conditions of one group are all met, and those of one group suffice. Comes ordered by
 * table, then group; `values` is what the field is compared with: none at all means that nothing
 * matches (the person lacks the attribute).
 */
typedef struct RowCondition
{
    int64_t table_id;
    int64_t group_id;
    int64_t field_id;
    const char *operator; /* = != < <= > >= */
    const Json *values;   /* array */
} RowCondition;

typedef struct RowConditionList
{
    RowCondition *items;
    size_t count;
} RowConditionList;

/* Of all tables. Administrators see all rows. */
bool access_row_filters(const Identity *who, Store *store, Arena *arena, RowConditionList *list,
                        Error *err);
/* Ids of the fields that they may not see, of all tables. */
bool access_hidden_fields(const Identity *who, Store *store, Arena *arena, IntList *fields,
                          Error *err);

/* Why they may or may not: sentences in the order in which it is decided. */
typedef struct Explanation
{
    bool may_read;
    bool may_write;
    TextList reasons;
} Explanation;

/* `what` is card:12, dashboard:3, collection:4, collection:root, database:1 or table:7. */
bool access_explain(const Identity *who, Store *store, Arena *arena, const char *what,
                    Explanation *explanation, Error *err);

/* As shown in the audit log: an address, or "API key name". */
const char *identity_name(Arena *arena, const Identity *who);

#endif
