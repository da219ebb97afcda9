/* Things of the store as files have them, and the typed members that files set. */
#ifndef CONTENT_PIECE_H
#define CONTENT_PIECE_H

#include "content/kind.h"

/* Members with the same name in a file and in the struct, bounded. What refers to something else is
 * not among them. */
extern const Field file_collection[];
extern const Field file_snippet[];
extern const Field file_segment[];
extern const Field file_card[];
extern const Field file_dashboard[];
extern const Field file_tab[];
extern const Field file_dashcard[];

/* How trees are made of things. */
typedef struct PieceMaker
{
    Names *names;
    ContentNotes *notes; /* of what refers to nothing */
    Map **used;          /* what they refer to (Referral.used); may be NULL */
    Error failure;
} PieceMaker;

bool piece_of_collection(PieceMaker *maker, const Collection *collection, Piece *piece);
bool piece_of_snippet(PieceMaker *maker, const Snippet *snippet, Piece *piece);
bool piece_of_definition(PieceMaker *maker, ContentKind kind, const Definition *definition,
                         Piece *piece);
bool piece_of_card(PieceMaker *maker, const Card *card, Piece *piece);
bool piece_of_dashboard(PieceMaker *maker, const Dashboard *dashboard, Piece *piece);
/* Whichever has this id; it is among the names. */
bool piece_of(PieceMaker *maker, ContentKind kind, int64_t id, Piece *piece);

#endif
