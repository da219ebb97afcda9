/*
 * The place of an analytics schema in a database: its owner, who fills it; its reader, who only
 * reads; the schema; what the reader may read, now and later. All in one transaction: everything
 * is as wanted afterwards, or nothing has changed.
 */
#ifndef ETL_PROVISION_H
#define ETL_PROVISION_H

#include "pg/pg.h"

typedef struct Provision
{
    const char *schema;
    const char *owner;
    const char *reader;
    const char *owner_password; /* of a role that is made; NULL: one is generated */
    const char *reader_password;
    bool may_create; /* the owner may also make schemas: runs that swap need it */
    bool dry_run;    /* all is tried and rolled back */
    bool wipe;       /* drops the schema with all it holds first */
    /* Each thing that is found, done, or would be done. Passwords come last, after the end. */
    void (*tell)(void *arg, const char *line);
    void *tell_arg;
} Provision;

typedef struct ProvisionReport
{
    size_t changes; /* done, or that would be */
} ProvisionReport;

/*
 * `pg` is a session of nobody else, outside a transaction. ERR_DENIED tells what the connected role
 * may not do; ERR_CONFLICT what outside of the schema a wipe would destroy.
 */
bool provision_run(Pg *pg, Arena *arena, const Provision *want, ProvisionReport *report,
                   Error *err);

#endif
