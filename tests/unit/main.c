/* Runs the registered tests; an argument keeps those whose name contains it. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

enum
{
    MAX_TESTS = 2000
};

static struct CMUnitTest tests[MAX_TESTS];
static size_t test_count;

void
test_register(const char *name, CMUnitTestFunction run)
{
    if (test_count == MAX_TESTS)
        abort();
    tests[test_count++] = (struct CMUnitTest){ .name = name, .test_func = run };
}

int
main(int argc, char **argv)
{
    size_t kept = 0;

    for (size_t i = 0; i < test_count; i++)
        if (argc < 2 || strstr(tests[i].name, argv[1]) != NULL)
            tests[kept++] = tests[i];
    if (kept == 0)
        return 1;
    return _cmocka_run_group_tests("unit", tests, kept, NULL, NULL);
}
