/*
 * Tables of struct members: JSON to C structs with validation, and back. The kind of a member is
 * found by the compiler, so that a table cannot lie about its struct. Every value that comes from
 * outside passes here before any use.
 *
 *     static const Field group_fields[] = {
 *         FIELD(GroupInput, name, .required = true, .not_blank = true, .max = 254),
 *         { 0 },
 *     };
 *     if (!bind_read(arena, group_fields, body, &input, err)) return false;
 *
 * Unknown keys are ignored. A wrong kind is ERR_INVALID that names the field ("user.email").
 * Whether a key was sent at all is asked of the tree: json_get(body, "name").
 */
#ifndef BASE_BIND_H
#define BASE_BIND_H

#include "base/json.h"

typedef struct OptInt
{
    bool set;
    int64_t value;
} OptInt;

typedef struct OptBool
{
    bool set;
    bool value;
} OptBool;

typedef struct IntList
{
    int64_t *items;
    size_t count;
} IntList;

typedef struct TextList
{
    const char **items;
    size_t count;
} TextList;

typedef enum FieldKind
{
    FIELD_NONE,
    FIELD_BOOL,
    FIELD_INT,
    FIELD_DOUBLE,
    FIELD_TEXT,
    FIELD_OPT_INT,
    FIELD_OPT_BOOL,
    FIELD_INTS,
    FIELD_TEXTS,
    FIELD_JSON,   /* any tree, of the kinds in `shapes` */
    FIELD_OBJECT, /* an embedded struct with its own table */
    FIELD_IGNORED /* a key that clients send and that means nothing here; any value */
} FieldKind;

/* For FIELD_JSON: which kinds of value are accepted, as bits of JsonKind. 0 means any. */
#define SHAPE(kind) (1U << (kind))

typedef struct Field Field;
struct Field
{
    const char *key; /* in JSON */
    FieldKind kind;
    size_t offset;
    const Field *fields; /* FIELD_OBJECT */
    bool required;
    bool nullable;   /* null is accepted and leaves the zero value (text: NULL) */
    bool not_blank;  /* text: something else than spaces */
    bool secret;     /* never written back, never logged */
    unsigned shapes; /* FIELD_JSON */
    int64_t min;     /* numbers: least value; used when min or max is not zero */
    int64_t max;     /* numbers: greatest; text: most bytes (0: 4096); lists: most items (0: 1000);
                        FIELD_JSON: most bytes of a text (0: any) */
    const char *choices; /* text, and each text of a list: "a|b|c" */
    const char *help;
};

#define FIELD_KIND(member)                                                                         \
    _Generic((member),                                                                             \
        bool: FIELD_BOOL,                                                                          \
        int64_t: FIELD_INT,                                                                        \
        double: FIELD_DOUBLE,                                                                      \
        const char *: FIELD_TEXT,                                                                  \
        OptInt: FIELD_OPT_INT,                                                                     \
        OptBool: FIELD_OPT_BOOL,                                                                   \
        IntList: FIELD_INTS,                                                                       \
        TextList: FIELD_TEXTS,                                                                     \
        const Json *: FIELD_JSON,                                                                  \
        Json *: FIELD_JSON)

/* A member whose JSON key is its C name. */
#define FIELD(type, member, ...) FIELD_AS(type, member, #member __VA_OPT__(, ) __VA_ARGS__)
/* The same under another key: FIELD_AS(Details, use_ssl, "ssl-mode"). */
#define FIELD_AS(type, member, json_key, ...)                                                      \
    {                                                                                              \
        .key = (json_key), .kind = FIELD_KIND(((type *) 0)->member),                               \
        .offset = offsetof(type, member) __VA_OPT__(, ) __VA_ARGS__                                \
    }
#define FIELD_STRUCT(type, member, table, ...)                                                     \
    {                                                                                              \
        .key = #member, .kind = FIELD_OBJECT, .offset = offsetof(type, member),                    \
        .fields = (table) __VA_OPT__(, ) __VA_ARGS__                                               \
    }
#define FIELD_SKIP(json_key)                                                                       \
    {                                                                                              \
        .key = (json_key), .kind = FIELD_IGNORED                                                   \
    }

/* Bytes that the struct of a table needs at least. */
size_t bind_size(const Field *fields);
/* `body` NULL counts as an empty object. The struct is zeroed first. Texts are in the arena. */
bool bind_read(Arena *arena, const Field *fields, const Json *body, void *object, Error *err);
/* The same into a struct that has values: only members whose key was sent change, and null clears
 * a member. */
bool bind_merge(Arena *arena, const Field *fields, const Json *body, void *object, Error *err);
/* The same from text values (query string, form): numbers and booleans are read from text. */
typedef struct TextPair
{
    const char *key;
    const char *value;
} TextPair;
bool bind_read_pairs(Arena *arena, const Field *fields, const TextPair *pairs, size_t count,
                     void *object, Error *err);
/* Members that are not secret, inside an object that is open. NULL text and unset values: null. */
void bind_write(JsonWriter *w, const Field *fields, const void *object);
/* "key": 7, or null when it is not set. */
void bind_put_opt(JsonWriter *w, const char *key, OptInt number);

#endif
