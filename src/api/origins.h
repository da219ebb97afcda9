/*
 * Where published figures come from and under which licence: what is said of the tables that the
 * cards of a page read, each once; of what nothing is said, what the site says.
 */
#ifndef API_ORIGINS_H
#define API_ORIGINS_H

#include "api/ask.h"
#include "api/door.h"
#include "base/map.h"

typedef struct Origins
{
    TableList known; /* of which something is said */
    List sources;    /* const char * */
    List licences;
} Origins;

bool origins_begin(Request *req, Origins *origins, Error *err);
/* What a card reads. One that does not compile is one of which nothing is known. */
void origins_add(Request *req, const Door *door, const Ask *ask, Origins *origins);
/* After the last card: of a page that reads nothing, what the site says. */
void origins_end(Request *req, Origins *origins);

#endif
