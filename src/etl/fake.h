/* French names and cities that stand for real ones. */
#ifndef ETL_FAKE_H
#define ETL_FAKE_H

#include "base/base.h"

extern const char *const fake_first_names[];
extern const size_t fake_first_name_count;
extern const char *const fake_last_names[];
extern const size_t fake_last_name_count;
extern const char *const fake_cities[];
extern const size_t fake_city_count;

#endif
