/* The thread of the run room: closes idle connections, and writes the history of questions in
 * bundles, so that no question waits for it. */
#ifndef RUN_KEEPER_H
#define RUN_KEEPER_H

#include "driver/pool.h"
#include "store/execution.h"

typedef struct Keeper Keeper;

Keeper *keeper_start(Pool *pool);
/* Writes what is left. The store must be open still; accepts NULL inside. */
void keeper_stop(Keeper **keeper);
/* Notes one run; what does not fit any more is dropped. The texts are copied. */
void keeper_note(Keeper *keeper, Store *store, const Execution *execution);

#endif
