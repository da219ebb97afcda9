/*
 * Trees (questions, settings, filters) with numbers of this instance, and the same with names, both
 * ways. Whatever a tree refers to is found by where it stands: source-table, [field, ...], card_id,
 * targetId and the like.
 */
#ifndef CONTENT_REFER_H
#define CONTENT_REFER_H

#include "content/content.h"
#include "content/names.h"

typedef struct Referral
{
    Names *names;
    bool to_names;       /* else to numbers */
    ContentNotes *notes; /* what could not be found */
    const char *path;    /* of the file, for them */
    const char *label;   /* what it is in words, to say it without a file */
    Map **used;          /* of each kind: entity ids that were found, to who named them; or NULL */
    Error *err;          /* of the store; zeroed before */
    bool failed;
} Referral;

/* A new tree. What is not found leaves null, and is noted. */
Json *refer(Referral *r, const Json *tree);
Json *refer_table(Referral *r, const Json *json);
/* One reference to content: number to entity id, or back. */
Json *refer_entity(Referral *r, ContentKind kind, const Json *json);
/* The columns of a model: their `id` is a field. */
Json *refer_columns(Referral *r, const Json *columns);

void note_add(ContentNotes *notes, Arena *arena, const char *path, unsigned line,
              const char *format, ...) PRINTF_LIKE(5, 6);
/* A text of 21 letters, digits, - and _. */
bool is_entity_id(const char *text);

#endif
