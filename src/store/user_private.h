/* Between user.c, group.c and api_key.c: the rule of administrators, and people's insertion. */
#ifndef STORE_USER_PRIVATE_H
#define STORE_USER_PRIVATE_H

#include "store/group.h"
#include "store/user.h"

/*
 * Inside a transaction: fails (ERR_INVALID) when `id` is the only active administrator. Two of them
 * that leave at the same time wait for each other.
 */
bool user_may_leave_administrators(Store *tx, Arena *arena, int64_t id, Error *err);
/* The flag and the membership together, without the rule above. */
bool user_put_superuser(Store *tx, Arena *arena, int64_t id, bool is_superuser, Error *err);
/* The row alone and All Users; fills id and times. The hidden users of API keys are made with it.
 */
bool user_insert(Store *tx, Arena *arena, User *user, const char *password_hash, Error *err);

#endif
