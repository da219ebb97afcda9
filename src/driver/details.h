/* Connection details as drivers read them: checked, with the field named when one is wrong. */
#ifndef DRIVER_DETAILS_H
#define DRIVER_DETAILS_H

#include "driver/driver.h"

/* NULL when it is missing or empty. Belongs to the spec. */
const char *details_text(const ConnSpec *spec, const char *key);
bool details_bool(const ConnSpec *spec, const char *key);
/* The name or address of one server: no lists, folders or settings. */
bool details_host(const ConnSpec *spec, const char **host, Error *err);
bool details_port(const ConnSpec *spec, int fallback, int *port, Error *err);

/*
 * A connection over HTTP that failed, told at the field that it is about: what `field_of` (NULL: no
 * field of its own) says of the message, else the port, the encryption or the host. `hint` for a
 * cause that has none.
 */
bool details_explain(const char *(*field_of)(const char *message), const char *hint, Error *err);

/* A file of the data folder, by its name alone: never the app database, nothing outside. */
bool details_file(Arena *arena, const ConnSpec *spec, const char *key, const char **path,
                  Error *err);

/* A pasted certificate or key as a file that only this process sees. */
typedef struct PemFile
{
    int fd; /* -1: none */
    char path[40];
} PemFile;

#define PEM_FILE_NONE ((PemFile){ .fd = -1 })

/* Leaves *file alone when nothing was pasted. `kind` is what must be inside: "CERTIFICATE". */
bool details_pem(const ConnSpec *spec, const char *key, const char *kind, PemFile *file,
                 Error *err);
void pem_file_close(PemFile *file);
/* NULL when there is none. */
const char *pem_file_path(const PemFile *file);

/* One of `name=value` pairs joined by "&", as the field "additional-options" has them. Calls `take`
 * for each; false stops with its error. */
typedef bool TakeOption(void *arg, const char *name, const char *value, Error *err);
bool details_options(Arena *arena, const ConnSpec *spec, TakeOption *take, void *arg, Error *err);

#endif
