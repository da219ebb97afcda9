/* What each kind of file may hold, in which order, and what goes without saying. */
#ifndef CONTENT_KIND_H
#define CONTENT_KIND_H

#include "content/refer.h"

typedef struct KeyRule KeyRule;
struct KeyRule
{
    const char *key;
    const char *absent;   /* what it is when it is not written, as JSON; NULL: always written */
    bool ignored;         /* other programs write it, and it means nothing here */
    const KeyRule *items; /* of a list of objects */
    bool is_open;         /* its objects may hold other keys, which are not kept */
};

typedef struct KindInfo
{
    const char *model; /* in serdes/meta */
    const char *word;  /* in a plan */
    const KeyRule *keys;
} KindInfo;

extern const KindInfo kind_infos[KIND_TAB];

/* One file, or one thing of the store as a file has it. */
typedef struct Piece
{
    ContentKind kind;
    const char *path;
    const char *entity_id;
    const char *name;
    Json *tree; /* canonical: keys in order, nothing that goes without saying */
    int64_t id; /* 0: not here */
    bool archived;
    bool is_public;
    bool done; /* it was applied */
} Piece;

typedef struct PieceList
{
    Piece *items;
    size_t count;
    size_t size;
} PieceList;

Piece *piece_add(Arena *arena, PieceList *list);

/* The same tree, written the one way. */
Json *kind_canonical(Arena *arena, ContentKind kind, const Json *tree);
/* Keys that are not known, things that are no lists of objects: into the notes. */
void kind_check(ContentNotes *notes, Arena *arena, const char *path, ContentKind kind,
                const Json *tree);
/* "orders_by_month" */
const char *slug_of_name(Arena *arena, const char *name);

#endif
