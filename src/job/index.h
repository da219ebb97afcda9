/* Values of a model that search finds, read anew. */
#ifndef JOB_INDEX_H
#define JOB_INDEX_H

#include "job/work.h"

bool index_run(const Work *work, WorkCall *call, Error *err);

#endif
