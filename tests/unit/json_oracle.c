#include "json_oracle.h"

#include <jansson.h>

bool
oracle_parses(const char *text)
{
    json_error_t why;
    json_t *tree = json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &why);
    bool parsed = tree != NULL;

    json_decref(tree);
    return parsed;
}
