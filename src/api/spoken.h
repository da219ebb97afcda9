/* What filters hold, as one reads it: "past30days" is "Les 30 derniers jours". */
#ifndef API_SPOKEN_H
#define API_SPOKEN_H

#include "base/json.h"

/* One value or a list, of a filter of that type ("date/all-options", "string/="), in the language
 * of the locale. The same words as the front-end's. */
const char *spoken_value(Arena *arena, const char *locale, const char *type, const Json *value);

#endif
