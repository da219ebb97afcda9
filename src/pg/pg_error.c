/*
 * What Postgres says, as errors with a next step. States (SQLSTATE) decide where there is one;
 * while connecting, libpq gives only text, so it is asked for the long form, which holds the state.
 */
#include "pg/pg_private.h"

#include <ctype.h>
#include <string.h>

typedef struct StateRow
{
    const char *state; /* five characters, or the two of a class */
    ErrorCode code;
    const char *what; /* NULL: "the database refused the statement" */
    const char *hint;
    bool again; /* worth another try while connecting */
} StateRow;

/* The first row that matches. */
static const StateRow states[] = {
    // clang-format off
    { "28P01", ERR_UPSTREAM, SENTENCE("the database refused the user or the password"),
      SENTENCE("Check the user and the password; in a URL, special characters are written as %40 and the like."), false },
    { "28",    ERR_UPSTREAM, SENTENCE("the database does not let this user in"),
      SENTENCE("Check the user, and the rules of the server for this address (pg_hba.conf, allow-list)."), false },
    { "3D000", ERR_UPSTREAM, SENTENCE("there is no database of this name on the server"),
      SENTENCE("Check the name of the database, or create it."), false },
    { "42501", ERR_DENIED, SENTENCE("the database user has no right to this"),
      SENTENCE("Grant the right to this user, or connect as another one."), false },
    { "53300", ERR_UNAVAILABLE, SENTENCE("the database server has no connection left"),
      SENTENCE("Close idle connections, or choose a plan with more of them."), true },
    { "53",    ERR_UNAVAILABLE, SENTENCE("the database server lacks memory, disk or connections"),
      SENTENCE("Look at the server's resources, then try again."), true },
    { "57014", ERR_TIMEOUT, SENTENCE("the database stopped the statement"), SENTENCE("Ask for less, or raise the time limit."), false },
    { "57P03", ERR_UNAVAILABLE, SENTENCE("the database server is starting or stopping"), SENTENCE("Try again in a moment."), true },
    { "57P",   ERR_UNAVAILABLE, SENTENCE("the database server ended the connection"), SENTENCE("Try again in a moment."), true },
    { "08",    ERR_UPSTREAM, SENTENCE("the connection to the database is lost"), SENTENCE("Try again in a moment."), true },
    { "40",    ERR_UNAVAILABLE, SENTENCE("another transaction came in between"), SENTENCE("Try again."), false },
    { "55P03", ERR_UNAVAILABLE, SENTENCE("what is needed is locked by another transaction"), SENTENCE("Try again in a moment."), false },
    { "23505", ERR_CONFLICT, SENTENCE("this exists already"), NULL, false },
    { "23",    ERR_INVALID, SENTENCE("the database refused a value"), NULL, false },
    { "42P01", ERR_UPSTREAM, SENTENCE("a table is not there"), SENTENCE("Check its name and its schema, and sync the database."), false },
    { "42703", ERR_UPSTREAM, SENTENCE("a column is not there"), SENTENCE("Check its name, and sync the database."), false },
    { "42601", ERR_UPSTREAM, SENTENCE("the SQL has a mistake"), NULL, false },
    { "25006", ERR_DENIED, SENTENCE("this connection may only read"), NULL, false },
    { "XX",    ERR_UPSTREAM, SENTENCE("the database server has an internal error"), SENTENCE("Its own log has the details."), false },
    { "",      ERR_UPSTREAM, NULL, NULL, false },
    // clang-format on
};

/* Words of libpq itself, where no state can be known. */
typedef struct WordRow
{
    const char *word;
    const char *what;
    const char *hint;
    bool again;
} WordRow;

static const WordRow words[] = {
    // clang-format off
    { "does not match host name", SENTENCE("the certificate of the database server is for another name"),
      SENTENCE("Use the name in the certificate as the host, or a mode that compares no names (verify-ca)."), false },
    { "certificate verify failed", SENTENCE("the certificate of the database server is signed by nobody who is trusted here"),
      SENTENCE("Give the root certificate that signs it."), false },
    { "could not translate host name", SENTENCE("the host of the database is not known"),
      SENTENCE("Check the name of the host."), false },
    { "Connection refused", SENTENCE("nothing answers at this address and port"),
      SENTENCE("Check the host and the port, and that the server runs."), true },
    { "No such file or directory", SENTENCE("nothing answers at this address and port"),
      SENTENCE("Check the host and the port, and that the server runs."), true },
    { "server does not support SSL", SENTENCE("the database server speaks no TLS, and it was required"),
      SENTENCE("Set sslmode=prefer when the network is private, or turn TLS on in the server."), false },
    { "certificate", SENTENCE("the certificate of the database server is not accepted"),
      SENTENCE("Check sslrootcert and the name of the host, or set sslmode=require."), false },
    { "SSL", SENTENCE("TLS with the database server failed"),
      SENTENCE("Check sslmode, and that the port is the one of the database."), false },
    { "timeout", SENTENCE("the database server did not answer in time"),
      SENTENCE("Check the address, and that no firewall is in between."), true },
    { "No route to host", SENTENCE("the database server cannot be reached"),
      SENTENCE("Check the address, and that no firewall is in between."), true },
    { "", SENTENCE("the database cannot be reached"), SENTENCE("Check the host and the port, and that the server runs."), true },
    // clang-format on
};

static const StateRow *
find_state(const char *state)
{
    const StateRow *row = states;

    while (strncmp(row->state, state, strlen(row->state)) != 0)
        row++;
    return row;
}

/* One line, without the spaces around. */
static Str
first_line(const char *text)
{
    const char *end = strchrnul(text, '\n');

    return str_trim((Str){ text, (size_t) (end - text) });
}

static bool
set_from_state(const char *state, Str message, Error *err)
{
    const StateRow *row = find_state(state);
    const char *what =
        row->what == NULL ? SENTENCE("the database refused the statement") : row->what;

    if (message.len > 0)
        (void) error_set(err, row->code, "%s: %.*s", what, (int) message.len, message.ptr);
    else
        (void) error_set(err, row->code, "%s", what);
    if (row->hint != NULL)
        (void) error_hint(err, "%s", row->hint);
    if (row->code == ERR_UNAVAILABLE)
        err->retry_seconds = 1;
    return false;
}

bool
pg_fail_result(Pg *pg, const PGresult *result, Error *err)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

    if (state == NULL)
        return pg_fail_connection(pg, err);
    (void) strncpy(pg->sqlstate, state, sizeof(pg->sqlstate) - 1);
    if (PQstatus(pg->conn) == CONNECTION_BAD)
        pg->broken = true;
    return set_from_state(state, first_line(message == NULL ? "" : message), err);
}

bool
pg_fail_connection(Pg *pg, Error *err)
{
    Str message = first_line(PQerrorMessage(pg->conn));

    pg->broken = true;
    if (message.len == 0)
        message = STR("no reason was given");
    (void) error_set(err, ERR_UPSTREAM, "the connection to the database is lost: %.*s",
                     (int) message.len, message.ptr);
    return error_hint(err, SENTENCE("Try again in a moment."));
}

/* "... failed: FATAL:  28P01: password authentication failed" : the state and what follows. */
static bool
find_state_in_text(const char *text, char state[6], Str *message)
{
    for (const char *at = strstr(text, ":  "); at != NULL; at = strstr(at + 3, ":  "))
    {
        size_t len = 0;

        while (len < 5 &&
               (isupper((unsigned char) at[3 + len]) || isdigit((unsigned char) at[3 + len])))
            len++;
        if (len != 5 || at[8] != ':')
            continue;
        memcpy(state, at + 3, 5);
        state[5] = '\0';
        *message = first_line(at + 9);
        return true;
    }
    return false;
}

bool
pg_fail_open(PGconn *conn, const PgTarget *target, bool *again, Error *err)
{
    CLEANUP(arena_free) Arena *arena = arena_new();
    const char *text = conn == NULL ? "" : PQerrorMessage(conn);
    const char *label = pg_target_label(arena, target);
    const WordRow *row = words;
    char state[6];
    Str message;

    if (find_state_in_text(text, state, &message))
    {
        *again = find_state(state)->again;
        (void) set_from_state(state, message, err);
        return error_prefix(err, "%s", label);
    }
    while (strstr(text, row->word) == NULL)
        row++;
    *again = row->again;
    (void) error_set(err, ERR_UPSTREAM, "%s: %s", label, row->what);
    return error_hint(err, "%s", row->hint);
}
