/* Whole files: read with a limit, write so that a reader sees the old or the new one. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

bool file_read(Arena *arena, const char *path, size_t max_bytes, Str *content, Error *err);
/* Through a temporary file and a rename, synced; `mode` such as 0600. */
bool file_write(const char *path, Str content, unsigned mode, Error *err);
bool file_copy(const char *from, const char *to, Error *err);
bool file_exists(const char *path);
/* Makes the folder and its parents, mode 0700. */
bool folder_make(const char *path, Error *err);
/* "folder/name" */
char *path_join(Arena *arena, const char *folder, const char *name);

#endif
