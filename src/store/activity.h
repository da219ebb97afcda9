/*
 * The audit log: lines that are only added. Each has the hash of the line before and its own, made
 * from that and its content, and the head of the chain is kept apart: a line changed, taken away or
 * put in between is found.
 */
#ifndef STORE_ACTIVITY_H
#define STORE_ACTIVITY_H

#include "store/store.h"

typedef struct Audit
{
    int64_t id; /* 1, 2, 3... without holes */
    const char *at;
    OptInt actor_id;    /* a person, or none for the server itself */
    const char *actor;  /* as shown then: address, "api key X", "server" */
    const char *action; /* "user-create" */
    const char *model;  /* "User", or NULL */
    OptInt model_id;
    const Json *details; /* or NULL; no secret in it */
    const char *ip_address;
    const char *hash;
} Audit;

typedef struct AuditFilter
{
    int64_t actor_id;   /* 0: any */
    const char *action; /* NULL: any */
    const char *model;  /* NULL: any */
    int64_t model_id;   /* 0: any */
    int64_t before_id;  /* lines older than this one; 0: from the newest */
    int64_t limit;      /* 0: 50 */
} AuditFilter;

typedef struct AuditList
{
    Audit *items;
    size_t count;
} AuditList;

/* Fills id, at and hash. */
bool audit_add(Store *store, Arena *arena, Audit *line, Error *err);
/* Newest first. */
bool audit_list(Store *store, Arena *arena, const AuditFilter *filter, AuditList *list, Error *err);
/* Of all lines of that action and model that have the same details, the newest. */
bool audit_newest(Store *store, Arena *arena, const char *action, const char *model,
                  AuditList *list, Error *err);
/* *broken_id is 0 when the chain holds, else the first line that does not fit. */
bool audit_verify(Store *store, Arena *arena, int64_t *lines, int64_t *broken_id, Error *err);

#endif
