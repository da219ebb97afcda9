/* Files in folders and in archives. Nothing outside the folder is read or written, whatever a name
 * says; links are not followed. */
#include "base/file.h"
#include "content/content.h"
#include "export/zip.h"
#include "upload/unzip.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
    MOST_FILES = 5000,
    FILE_BYTES = 1024 * 1024,
    ALL_BYTES = 64 * 1024 * 1024,
    DEPTH = 40,
    PATH_BYTES = 1000
};

typedef struct Gathering
{
    Arena *arena;
    ContentFiles files;
    size_t size;
    size_t bytes;
} Gathering;

static const char *const top_folders[] = { "collections", "databases" };

static bool
gather(Gathering *g, const char *path, Str text, Error *err)
{
    g->bytes += text.len;
    if (g->files.count >= MOST_FILES || g->bytes > ALL_BYTES)
        return error_set(err, ERR_TOO_LARGE, "there are more than %d files, or %d MB", MOST_FILES,
                         ALL_BYTES / 1024 / 1024);
    if (g->files.count == g->size)
    {
        size_t size = g->size == 0 ? 64 : g->size * 2;

        g->files.items = arena_grow(g->arena, g->files.items, g->size * sizeof(ContentFile),
                                    size * sizeof(ContentFile));
        g->size = size;
    }
    g->files.items[g->files.count++] = (ContentFile){ arena_text(g->arena, path), text };
    return true;
}

static bool
is_yaml(const char *name)
{
    return str_has_suffix(str_of(name), ".yaml") || str_has_suffix(str_of(name), ".yml");
}

static int
by_path(const void *a, const void *b)
{
    return strcmp(((const ContentFile *) a)->path, ((const ContentFile *) b)->path);
}

static void
put_in_order(ContentFiles *files)
{
    if (files->count > 0)
        qsort(files->items, files->count, sizeof(ContentFile), by_path);
}

/* -------------------------------------------------------------------------------------- folders */

typedef bool Visit(void *arg, const char *path, const char *full, Error *err);

typedef struct Walk
{
    Arena *arena;
    const char *folder;
    Visit *visit;
    void *arg;
} Walk;

static void
close_folder(DIR **folder)
{
    if (*folder != NULL)
        (void) closedir(*folder);
}

static bool
walk(const Walk *w, const char *path, int depth, Error *err)
{
    const char *full = path_join(w->arena, w->folder, path);
    CLEANUP(close_folder) DIR *folder = opendir(full);

    if (folder == NULL)
        return errno == ENOENT ||
               error_set(err, ERR_NOT_FOUND, "%s cannot be read: %s", full, strerror(errno));
    if (depth > DEPTH)
        return error_set(err, ERR_INVALID, "%s: folders are nested too deeply", full);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
    {
        const char *below = path_join(w->arena, path, entry->d_name);
        const char *at = path_join(w->arena, w->folder, below);
        struct stat info;

        if (entry->d_name[0] == '.' || strlen(below) > PATH_BYTES || lstat(at, &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode) && !walk(w, below, depth + 1, err))
            return false;
        if (S_ISREG(info.st_mode) && is_yaml(entry->d_name) && !w->visit(w->arg, below, at, err))
            return false;
    }
    return true;
}

static bool
walk_all(const Walk *w, Error *err)
{
    for (size_t i = 0; i < COUNT_OF(top_folders); i++)
        if (!walk(w, top_folders[i], 0, err))
            return false;
    return true;
}

static bool
read_one(void *arg, const char *path, const char *full, Error *err)
{
    Gathering *g = arg;
    Str text;

    return file_read(g->arena, full, FILE_BYTES, &text, err) && gather(g, path, text, err);
}

bool
content_read_folder(Arena *arena, const char *folder, ContentFiles *files, Error *err)
{
    Gathering gathering = { .arena = arena };
    Walk all = { arena, folder, read_one, &gathering };
    struct stat info;

    if (stat(folder, &info) != 0 || !S_ISDIR(info.st_mode))
        return error_set(err, ERR_NOT_FOUND, "there is no folder %s", folder);
    if (!walk_all(&all, err))
        return false;
    put_in_order(&gathering.files);
    *files = gathering.files;
    return true;
}

typedef struct Mirror
{
    Map *kept;
    ContentWritten *written;
} Mirror;

static bool
remove_other(void *arg, const char *path, const char *full, Error *err)
{
    const Mirror *mirror = arg;

    if (map_has(mirror->kept, path))
        return true;
    if (unlink(full) != 0)
        return error_set(err, ERR_CONFIG, "%s cannot be removed: %s", full, strerror(errno));
    mirror->written->removed++;
    return true;
}

/* A file that says the same already is left as it is. */
static bool
write_one(Arena *arena, const char *folder, const ContentFile *file, ContentWritten *written,
          Error *err)
{
    const char *full = path_join(arena, folder, file->path);
    const char *end = strrchr(full, '/');
    struct stat info;
    Str before;

    if (lstat(full, &info) == 0 && S_ISREG(info.st_mode) &&
        file_read(arena, full, FILE_BYTES, &before, &(Error){ 0 }) && str_equal(before, file->text))
    {
        written->same++;
        return true;
    }
    written->written++;
    return folder_make(arena_text_n(arena, full, (size_t) (end - full)), err) &&
           file_write(full, file->text, 0644, err);
}

bool
content_write_folder(Arena *arena, const char *folder, const ContentFiles *files,
                     ContentWritten *written, Error *err)
{
    Mirror mirror = { map_new(arena), written };
    Walk all = { arena, folder, remove_other, &mirror };

    *written = (ContentWritten){ 0 };
    if (!folder_make(folder, err))
        return false;
    for (size_t i = 0; i < files->count; i++)
        map_put(mirror.kept, files->items[i].path, written);
    if (!walk_all(&all, err))
        return false;
    for (size_t i = 0; i < files->count; i++)
        if (!write_one(arena, folder, &files->items[i], written, err))
            return false;
    return true;
}

/* ------------------------------------------------------------------------------------- archives */

typedef struct BufSink
{
    ByteSink sink;
    Buf bytes;
} BufSink;

static bool
add_bytes(ByteSink *sink, const char *bytes, size_t len, Error *err)
{
    BufSink *it = (BufSink *) sink;

    buf_add(&it->bytes, bytes, len);
    return !it->bytes.failed || error_set(err, ERR_TOO_LARGE, "the archive is too large");
}

bool
content_pack(Arena *arena, const ContentFiles *files, Str *archive, Error *err)
{
    BufSink out = { { add_bytes }, buf_new(arena, ALL_BYTES) };
    Zip *zip = zip_open(arena, &out.sink);

    for (size_t i = 0; i < files->count; i++)
        if (!zip_begin_part(zip, files->items[i].path, err) ||
            !zip_write(zip, files->items[i].text.ptr, files->items[i].text.len, err) ||
            !zip_end_part(zip, err))
            return false;
    if (!zip_end(zip, err))
        return false;
    *archive = buf_slice(&out.bytes);
    return true;
}

/* The path from collections/ or databases/ on: archives often have one folder around all. Names are
 * only names here, and never paths of this machine. */
static const char *
path_inside(Arena *arena, Str name)
{
    const char *text = arena_text_n(arena, name.ptr, name.len);

    if (strlen(text) != name.len || name.len > PATH_BYTES || !str_is_utf8(name))
        return NULL;
    for (size_t i = 0; i < COUNT_OF(top_folders); i++)
    {
        const char *slash = arena_format(arena, "/%s/", top_folders[i]);
        const char *at = strstr(text, slash);

        if (strncmp(text, slash + 1, strlen(slash) - 1) == 0)
            return text;
        if (at != NULL)
            return at + 1;
    }
    return NULL;
}

static bool
unpack_one(Gathering *g, const Archive *archive, const ZipEntry *entry, const char *path,
           Error *err)
{
    Buf text = buf_new(g->arena, FILE_BYTES);
    char bytes[16384];
    size_t len = 0;
    Part part;
    bool done = part_open(archive, entry->name, &part, err);

    while (done)
    {
        done = part_read(&part, bytes, sizeof(bytes), &len, err);
        if (!done || len == 0)
            break;
        buf_add(&text, bytes, len);
        if (text.failed)
            done = error_set(err, ERR_TOO_LARGE, "%s is larger than %d bytes", path, FILE_BYTES);
    }
    part_close(&part);
    return done && gather(g, path, buf_slice(&text), err);
}

bool
content_unpack(Arena *arena, Str archive, ContentFiles *files, Error *err)
{
    Gathering gathering = { .arena = arena };
    Archive opened;

    if (!archive_open(arena, archive, &opened, &(Error){ 0 }))
        return error_set(err, ERR_MEDIA, "this is no ZIP archive");
    for (size_t i = 0; i < opened.count; i++)
    {
        const ZipEntry *entry = &opened.entries[i];
        const char *path = path_inside(arena, entry->name);
        const char *name = path == NULL ? NULL : strrchr(path, '/') + 1;

        if (path == NULL || name[0] == '.' || !is_yaml(name))
            continue;
        if (!unpack_one(&gathering, &opened, entry, path, err))
            return false;
    }
    put_in_order(&gathering.files);
    *files = gathering.files;
    return true;
}
