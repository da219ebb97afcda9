/* The front-end inside the program: files by their hashed names, and the page that loads them. */
#ifndef API_ASSETS_H
#define API_ASSETS_H

#include "api/api.h"

typedef struct Assets Assets;

/* One file of the front-end build, put into the program by tools/embed. */
typedef struct EmbeddedFile
{
    const char *path; /* "app/assets/app-1a2b3c.js", "app/index.html" */
    const char *type;
    const char *etag;
    Str plain;
    Str gzip; /* empty when there is none */
    Str br;
} EmbeddedFile;

extern const EmbeddedFile embedded_files[];
extern const size_t embedded_count;

bool assets_open(App *app, Error *err);
/* Files, health and robots.txt: without database, without waiting. False when it is none. */
bool assets_quick(App *app, HttpRequest *http, Response *res);
void health_answer(App *app, Response *res);
/* The page of published things, with its holes; NULL when there is no front-end. */
const char *assets_public_page(const App *app);
/* An error as a small page, for a browser that opened an address. */
void assets_error_page(HttpRequest *http, Response *res, const Error *err);

#endif
