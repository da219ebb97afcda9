/* Which fields the filters of a list are about: {"id of the filter": [fields]}, under the key
 * "param_fields" of an object that is open. */
#ifndef API_PARAM_FIELDS_H
#define API_PARAM_FIELDS_H

#include "api/api.h"
#include "store/card.h"
#include "store/dashboard.h"

typedef enum ParamView
{
    PARAM_FULL,  /* people who log in: the fields that they may see */
    PARAM_PUBLIC /* strangers: titles and types */
} ParamView;

void param_fields_of_card(Request *req, JsonWriter *w, ParamView view, const Card *card,
                          const Json *parameters);
void param_fields_of_dashboard(Request *req, JsonWriter *w, ParamView view,
                               const DashcardList *cards, const Json *parameters);

#endif
