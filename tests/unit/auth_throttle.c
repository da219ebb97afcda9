#include "test.h"

#include "auth/throttle.h"

TEST(throttle_makes_guessing_slower_and_forgives_success)
{
    Throttle *throttle = throttle_new();
    const ThrottleRule rule = { "test", 2, 2, 4 };
    Error err;

    for (int i = 0; i < 2; i++)
    {
        CHECK_OK(throttle_check(throttle, &rule, "Ada@example.org", &err), &err);
        throttle_failed(throttle, &rule, "ada@example.org");
    }
    CHECK_OK(throttle_check(throttle, &rule, "ada@example.org", &err), &err);
    throttle_failed(throttle, &rule, "ADA@example.org");
    CHECK_ERROR(throttle_check(throttle, &rule, "ada@example.org", &err), &err, ERR_THROTTLED);
    CHECK(err.retry_seconds >= 1 && err.retry_seconds <= 3);
    for (int i = 0; i < 30; i++)
        throttle_failed(throttle, &rule, "ada@example.org");
    CHECK_ERROR(throttle_check(throttle, &rule, "ada@example.org", &err), &err, ERR_THROTTLED);
    CHECK(err.retry_seconds <= 5);
    CHECK_OK(throttle_check(throttle, &rule, "other@example.org", &err), &err);
    CHECK_OK(throttle_check(throttle, &throttle_account, "ada@example.org", &err), &err);
    throttle_passed(throttle, &rule, "ada@example.org");
    CHECK_OK(throttle_check(throttle, &rule, "ada@example.org", &err), &err);
    throttle_free(&throttle);
}
