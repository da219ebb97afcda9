/*
 * Runs a question and answers with its rows, as clients know it: 202 and JSON, also when the
 * question fails (400 where the order says so); or a file that streams.
 */
#ifndef API_RESULT_H
#define API_RESULT_H

#include "api/api.h"
#include "export/export.h"
#include "run/run.h"

/* Who will read it. */
typedef enum ResultView
{
    RESULT_FULL,  /* people who log in: the SQL, the error in full */
    RESULT_PUBLIC /* strangers: rows and titles; errors only by their reference */
} ResultView;

typedef struct ResultOrder
{
    RunOrder run;
    ResultView view;
    const char *context;   /* "ad-hoc", "question", "public-dashboard"... */
    const char *reference; /* by which a stranger and the history name its failure, or NULL */
    int64_t card_id;       /* or 0 */
    int64_t dashboard_id;
    bool failure_is_error;              /* a question that fails is a request that fails: 400 */
    bool learns;                        /* the question has no columns kept yet: keep these */
    const char *name;                   /* of the file; NULL: "query_result" */
    const Json *visualization_settings; /* titles and forms of columns in files */
    const char *display;                /* of files: what they were drawn as, or NULL */
    bool formatted;                     /* of files: as people read it */
} ResultOrder;

/* An order for who asks, with what the server knows: the rest is for the caller. */
ResultOrder result_order(Request *req, const Json *question);

/* For the history; `failure` NULL: it succeeded. */
void result_note(Request *req, const ResultOrder *order, const RunAnswer *answer,
                 const Error *failure);
bool result_send(Request *req, Response *res, const ResultOrder *order, Error *err);
/* The failure as an answer of its own; false, and nothing is sent, when it is no failure of the
 * question. */
bool result_send_failure(Request *req, Response *res, const ResultOrder *order,
                         const RunAnswer *answer, const Error *failure);
/* `format` is "csv", "json" or "xlsx"; ERR_NOT_FOUND for others. */
bool result_send_file(Request *req, Response *res, const ResultOrder *order, const char *format,
                      Error *err);
/* What comes with a request for a file, as JSON or as a form whose values are JSON. */
typedef struct FileAsked
{
    const Json *query; /* of questions that are not saved */
    const Json *parameters;
    const Json *visualization_settings;
    const char *display; /* our own word: what the rows are drawn as */
    bool format_rows;
    bool pivot_results;
} FileAsked;
bool result_read_file_body(Request *req, FileAsked *asked, Error *err);
/* What the settings of a display say of a column; NULL: nothing. */
const Json *result_column_settings(Arena *arena, const Json *settings, const QueryColumn *column);
/* {"query": "...", "params": [...]} */
void result_write_native(Request *req, JsonWriter *w, const RunAnswer *answer);

/* The JSON of an answer that ran, or of its failure, as one document. */
typedef struct ResultText
{
    Buf text;
    bool failed;
    Instant made_at; /* of the rows */
    bool is_stale;
} ResultText;
bool result_text(Request *req, const ResultOrder *order, ResultText *text, Error *err);

#endif
