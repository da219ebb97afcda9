/* Finds DuckDB's library and its functions. */
#include "driver/duckdb_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static const char *library_path = "libduckdb.so";
static DuckLibrary loaded;
static bool is_loaded;
static char reason[200];

static const struct
{
    const char *name;
    size_t offset;
} functions[] = {
#define DUCK(result, name, arguments) { "duckdb_" #name, offsetof(DuckLibrary, name) },
#include "driver/duckdb_library.def"
#undef DUCK
};

void
duckdb_library_setup(const char *path)
{
    if (path != NULL && path[0] != '\0')
        library_path = path;
}

static void
keep_reason(const char *text)
{
    size_t len = strnlen(text, sizeof(reason) - 1);

    memcpy(reason, text, len);
    reason[len] = '\0';
}

/* Its names stay apart from those of this program. */
static void
load(void)
{
    void *handle = dlopen(library_path, RTLD_NOW | RTLD_LOCAL);

    if (handle == NULL)
    {
        keep_reason(dlerror());
        return;
    }
    for (size_t i = 0; i < COUNT_OF(functions); i++)
    {
        void *found = dlsym(handle, functions[i].name);

        if (found == NULL)
        {
            keep_reason(dlerror());
            return;
        }
        memcpy((char *) &loaded + functions[i].offset, &found, sizeof(found));
    }
    is_loaded = true;
}

bool
duckdb_library(const DuckLibrary **library, Error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void) pthread_once(&once, load);
    *library = &loaded;
    if (is_loaded)
        return true;
    (void) error_set(err, ERR_UNAVAILABLE, "DuckDB is not on this machine: %s", reason);
    return error_hint(err,
                      "Install libduckdb.so (1.4 or newer) and name it in VIGIE_DUCKDB_LIBRARY.");
}
