/* Files to pieces: what each one is, decoded and checked as far as it can be alone. */
#ifndef CONTENT_READING_H
#define CONTENT_READING_H

#include "content/piece.h"

/* Whatever is wrong is in `notes`; its pieces are then not to be used. */
void read_pieces(Arena *arena, const ContentFiles *files, PieceList *pieces, ContentNotes *notes);

#endif
