/* Between the files of the MariaDB and MySQL driver. */
#ifndef DRIVER_MYSQL_PRIVATE_H
#define DRIVER_MYSQL_PRIVATE_H

#include "driver/details.h"
#include "driver/driver.h"

#include <mysql.h>
#include <stdatomic.h>

/* Where to connect. Text belongs to the arena of the connection. */
typedef struct MysqlTarget
{
    const char *host;
    int port;
    const char *dbname;
    const char *user;
    const char *password;
    bool tls;
    PemFile root, client, key;
    unsigned connect_seconds;
} MysqlTarget;

typedef struct MysqlConn
{
    ConnBase base; /* first, so that a Conn * is a MysqlConn * */
    MYSQL *link;
    Arena *arena;
    MysqlTarget target; /* kept to stop a statement from a second connection */
    Cancel *cancel;
    ArenaMark mark; /* before the zone, which each prepare loads anew */
    const Zone *zone;
    int64_t timeout_ms;
    bool is_mariadb;
    bool broken;
    atomic_bool stopped; /* another thread shut the link */
} MysqlConn;

MYSQL *mysql_target_open(const MysqlTarget *target, Error *err);
bool mysql_conn_query(Conn *conn, const Sql *sql, RowSink *sink, Error *err);
/* Shuts the link, from any thread: whoever reads from it wakes up. */
void mysql_conn_stop(void *conn);
/* The error of a call that failed; false. */
bool mysql_fail(MysqlConn *conn, unsigned number, const char *message, Error *err);

#endif
