/* Counters of requests, in the text format that Prometheus reads. */
#ifndef API_METRICS_H
#define API_METRICS_H

#include "api/api.h"

Metrics *metrics_new(void);
void metrics_free(Metrics **metrics);
void metrics_note(Metrics *metrics, int status, int64_t micros);

extern const Route metrics_routes[];

#endif
