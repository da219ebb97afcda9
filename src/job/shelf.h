/*
 * What files say of their work. A file is read when it is new or has changed, not at each look; one
 * that is wrong is read at each look, because what is missing may be outside of it.
 */
#ifndef JOB_SHELF_H
#define JOB_SHELF_H

#include "job/work.h"

/* Adds what the file says to `list` (of Work *), in `arena`; what is wrong is a `problem`. */
typedef void ShelfRead(Arena *arena, const Ground *ground, const char *path, List *list);

/* The work of every NAME.yml of a folder, in `arena`; without the folder there is none. A reader
 * stands for one family: what another one made of a file is not mixed up. */
void shelf_list(Arena *arena, const Ground *ground, const char *folder, ShelfRead *read,
                List *list);

#endif
