/* Another JSON reader, to compare with. In a file of its own: its names are the same as ours. */
#ifndef TESTS_UNIT_JSON_ORACLE_H
#define TESTS_UNIT_JSON_ORACLE_H

#include <stdbool.h>

bool oracle_parses(const char *text);

#endif
