/*
 * What an X-ray looks at: rows of a table or of a saved question, some of them or all, and the
 * columns that are worth asking about, each with the role that it can play. Nothing of it runs:
 * what is asked runs later, for whoever asks.
 */
#ifndef API_XRAY_H
#define API_XRAY_H

#include "api/api.h"

enum
{
    XRAY_COLUMNS = 300
};

typedef enum Role
{
    NOTHING,
    KEY, /* of another table */
    NUMBER,
    TIME,
    CATEGORY,
    REGION,
    LATITUDE,
    LONGITUDE,
    TEXT,
    NO_ROLE
} Role;

typedef struct XColumn
{
    int64_t id;     /* 0: it only has a name */
    int64_t key_id; /* read along this key */
    const char *name, *title;
    const char *type; /* base type */
    const Json *fingerprint;
    Role role;
} XColumn;

typedef struct Subject
{
    Request *req;
    const char *entity, *which; /* as the path names it */
    int64_t database_id;
    int64_t table_id;    /* whose columns these are; 0: those of a question */
    int64_t card_id;     /* the question or the metric that rows come from; 0: the table */
    int64_t segment_id;  /* or 0 */
    const char *title;   /* of what rows are */
    const char *label;   /* of which rows; the title when all */
    const Json *filter;  /* rows that are left out, or NULL */
    const Json *measure; /* what is asked instead of how many rows, or NULL */
    int64_t focus_id;    /* only what tells of this field; 0: all */
    XColumn columns[XRAY_COLUMNS];
    size_t count;
} Subject;

/* `entity` is table, field, segment, model, question, metric or adhoc; `which` its number, or a
 * question as JSON in base64. `cell`: a filter, the same way, for one cell of an answer; or NULL.
 * ERR_NOT_FOUND also for what they may not see. */
bool subject_open(Request *req, const char *entity, const char *which, const char *cell,
                  Subject **subject, Error *err);
/* What a dashboard that nobody made has before its cards. */
void xray_write_head(JsonWriter *w, const Request *req, const char *name);
/* Do both look at the same rows, apart from their filters? */
bool subject_is_like(const Subject *a, const Subject *b);

#endif
