/*
 * The strict HTTP/1.0 and 1.1 parser: pure functions on bytes, incremental, without allocation.
 * A request that two programs could understand in two ways is refused: no or two Host, any doubt
 * about the length of the body, bare CR or LF, folded fields, control characters, dot segments,
 * invalid escapes. The table of refusals is tests/unit/http_parser.c.
 */
#ifndef HTTP_PARSER_H
#define HTTP_PARSER_H

#include "base/str.h"
#include "http/limits.h"

typedef enum HttpMethod
{
    METHOD_NONE,
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    PATCH,
    OPTIONS,
    METHOD_COUNT
} HttpMethod;

const char *method_name(HttpMethod method); /* "GET"; "-" for METHOD_NONE */
/* As written in a request, case-sensitive; METHOD_NONE when it is none of ours. */
HttpMethod method_lookup(Str name);

typedef enum ParseResult
{
    PARSE_DONE,
    PARSE_MORE,   /* not whole yet, nothing wrong so far */
    PARSE_REFUSED /* the refusal says why; the connection must be closed after the answer */
} ParseResult;

typedef struct HttpRefusal
{
    int status;         /* 400, 413, 414, 431, 501, 505 */
    const char *reason; /* static text, for people; shows nothing of the request */
} HttpRefusal;

/* How far a head that is still incomplete was looked at; starts as zero. */
typedef struct HeadScan
{
    size_t at;
    size_t lines;
} HeadScan;

typedef struct HeadField
{
    Str name;
    Str value; /* without spaces around it */
} HeadField;

/* Slices point into the bytes that were parsed. */
typedef struct HttpHead
{
    HttpMethod method;
    int minor;  /* HTTP/1.minor: 0 or 1 */
    Str target; /* as sent */
    Str path;   /* of the target, still escaped, begins with '/'; or "*" for OPTIONS */
    Str query;  /* after '?', still escaped; ptr is NULL when there is none */
    Str host;   /* with its port; empty only in HTTP/1.0 */
    HeadField fields[HTTP_HEADERS_MAX];
    size_t field_count;
    bool chunked;         /* the body comes in chunks */
    uint64_t length;      /* of the body, when not chunked; 0 without Content-Length */
    bool keep_alive;      /* the client wants the connection to stay */
    bool expect_continue; /* it waits for 100 before it sends the body */
} HttpHead;

/*
 * Finds the end of the head (request line, fields, empty line). Call it again with the same scan
 * when more bytes have arrived. On PARSE_DONE *head_len is the length with the empty line. Limits
 * are checked here, so that what is kept of an endless head is bounded.
 */
ParseResult parser_find_head(HeadScan *scan, Str bytes, const HttpLimits *limits, size_t *head_len,
                             HttpRefusal *refusal);
/* Reads a whole head, as found above. PARSE_DONE or PARSE_REFUSED. */
ParseResult parser_read_head(Str bytes, const HttpLimits *limits, HttpHead *head,
                             HttpRefusal *refusal);

/* A body in chunks. Starts as zero. Extensions and trailers are refused. */
typedef struct ChunkReader
{
    enum
    {
        CHUNK_SIZE,
        CHUNK_SIZE_LF,
        CHUNK_DATA,
        CHUNK_DATA_CR,
        CHUNK_DATA_LF,
        CHUNK_LAST_CR,
        CHUNK_LAST_LF,
        CHUNK_END
    } state;
    uint64_t left;
    unsigned digits;
} ChunkReader;

/*
 * Takes bytes and gives at most one slice of data (maybe empty) and the number of bytes used.
 * PARSE_MORE: call again with the bytes that are left, or with new ones. PARSE_DONE: the body is
 * whole; bytes beyond *used belong to the next request.
 */
ParseResult parser_read_chunk(ChunkReader *reader, Str bytes, Str *data, size_t *used,
                              HttpRefusal *refusal);

#endif
