/* Collections as JSON, and the tree as one person sees it. */
#ifndef API_COLLECTION_H
#define API_COLLECTION_H

#include "api/content.h"

/* As an object; NULL is the root of `namespace`. `ancestors` adds effective_ancestors. */
void collection_write(JsonWriter *w, const Content *content, const Collection *collection,
                      const char *namespace, bool ancestors);
/* The nearest collection above it that they may see; NULL: the root. */
const Collection *collection_above(const Content *content, const Collection *collection);
/* "here" and "below": which models lie right in it, and in those below it that they may read. */
void collection_write_models(JsonWriter *w, const Content *content, const ContentsList *contents,
                             const Collection *collection);
/* May they see it in lists? Not the trash, and not what is not theirs when so asked. */
bool collection_is_shown(const Content *content, const Collection *collection);
bool same_namespace(const char *a, const char *b);

#endif
