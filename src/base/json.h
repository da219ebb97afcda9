/*
 * JSON text to a tree in an arena, and back. The reader is strict (RFC 8259, UTF-8 checked, no
 * duplicate keys, no NUL in text) and bounded in bytes, depth and nodes. Numbers are kept as
 * written. The writer streams into a Buf.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

typedef enum JsonKind
{
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_TEXT,
    JSON_ARRAY,
    JSON_OBJECT
} JsonKind;

typedef struct Json Json;
struct Json
{
    JsonKind kind;
    bool boolean;
    const char *key;  /* when it is the member of an object, else NULL */
    const char *text; /* JSON_TEXT, or JSON_NUMBER as written; ended by zero */
    size_t len;
    Json *first; /* members or items, in order */
    Json *next;  /* the next sibling */
    size_t count;
    unsigned line; /* in the YAML file it was read from; 0 when it is not known */
};

typedef struct JsonLimits
{
    size_t max_bytes;
    unsigned max_depth;
    size_t max_nodes;
} JsonLimits;

extern const JsonLimits json_limits_default; /* 4 MB, depth 64, 200,000 nodes */

/* NULL limits mean the default. The error names line, column and reason, never the content. */
bool json_parse(Arena *arena, Str text, const JsonLimits *limits, Json **tree, Error *err);

/* A member of an object; NULL when absent or when `object` is NULL or not an object. */
Json *json_get(const Json *object, const char *key);
/* The same along a path of keys: json_path(tree, "data", "rows", NULL). */
Json *json_path(const Json *object, ...) __attribute__((sentinel));
Json *json_at(const Json *array, size_t index);
/* The value when it is of that kind, else the fallback. NULL is accepted. */
const char *json_text_or(const Json *json, const char *fallback);
int64_t json_int_or(const Json *json, int64_t fallback);
double json_double_or(const Json *json, double fallback);
bool json_bool_or(const Json *json, bool fallback);
/* A whole number that fits: "12", "-3", also "1e3" and "2.0". */
bool json_to_int(const Json *json, int64_t *value);
bool json_equal(const Json *a, const Json *b);
const char *json_kind_name(JsonKind kind);

/* Builders, for trees made by us. Text and keys are copied. */
Json *json_new(Arena *arena, JsonKind kind);
Json *json_new_text(Arena *arena, const char *text); /* NULL gives null */
Json *json_new_int(Arena *arena, int64_t value);
Json *json_new_bool(Arena *arena, bool value);
/* The same value, to hang in another tree; what is below it is shared. NULL gives null. */
Json *json_share(Arena *arena, const Json *json);
/* Adds at the end; replaces a member that is there. Returns `value`. */
Json *json_put(Arena *arena, Json *object, const char *key, Json *value);
Json *json_add(Json *array, Json *value);

typedef struct JsonWriter
{
    Buf *out;
    unsigned depth;
    bool comma[80]; /* at this depth, something was written before */
    bool after_key;
} JsonWriter;

JsonWriter json_writer(Buf *out);
void json_begin_object(JsonWriter *w);
void json_end_object(JsonWriter *w);
void json_begin_array(JsonWriter *w);
void json_end_array(JsonWriter *w);
void json_key(JsonWriter *w, const char *key);
void json_null(JsonWriter *w);
void json_bool(JsonWriter *w, bool value);
void json_int(JsonWriter *w, int64_t value);
void json_double(JsonWriter *w,
                 double value); /* shortest form that reads back; null if not finite */
void json_text(JsonWriter *w, const char *text); /* NULL writes null */
void json_str(JsonWriter *w, Str text);
void json_raw(JsonWriter *w, Str json); /* trusted JSON text, as it is */
void json_tree(JsonWriter *w, const Json *tree);
/* key and value in one call */
void json_put_text(JsonWriter *w, const char *key, const char *text);
void json_put_int(JsonWriter *w, const char *key, int64_t value);
void json_put_bool(JsonWriter *w, const char *key, bool value);
void json_put_null(JsonWriter *w, const char *key);
void json_put_tree(JsonWriter *w, const char *key, const Json *tree);
void json_put_empty(JsonWriter *w, const char *key); /* [] */

char *json_print(Arena *arena, const Json *tree);

#endif
