/* TEST(a_name_that_is_a_sentence) { ... CHECK(...); } registers itself; cmocka runs it. */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on

#include "base/arena.h"
#include "base/error.h"

void test_register(const char *name, CMUnitTestFunction run);

#define TEST(name)                                                                                 \
    static void name(void **state);                                                                \
    __attribute__((constructor)) static void register_##name(void)                                 \
    {                                                                                              \
        test_register(#name, name);                                                                \
    }                                                                                              \
    static void name(__attribute__((unused)) void **state)

#define CHECK(condition)            assert_true(condition)
#define CHECK_STR(actual, expected) assert_string_equal(actual, expected)
#define CHECK_INT(actual, expected) assert_int_equal(actual, expected)
/* The call fails with that code. */
#define CHECK_ERROR(call, error, expected_code)                                                    \
    do                                                                                             \
    {                                                                                              \
        assert_false(call);                                                                        \
        assert_string_equal(error_name((error)->code), error_name(expected_code));                 \
    } while (0)
/* The call succeeds; otherwise its message is shown. */
#define CHECK_OK(call, error)                                                                      \
    do                                                                                             \
    {                                                                                              \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, (error)->message);                                           \
    } while (0)

#endif
