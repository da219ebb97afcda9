/* Attributes and small constants that every file may use. Nothing of the product. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The result must be looked at. */
#define MUST_CHECK __attribute__((warn_unused_result))
/* Arguments follow a printf format: position of the format, position of the first argument. */
#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))
/* The variable is given to `destructor` when it leaves its block. */
#define CLEANUP(destructor) __attribute__((cleanup(destructor)))
#define COUNT_OF(array)     (sizeof(array) / sizeof((array)[0]))

#endif
