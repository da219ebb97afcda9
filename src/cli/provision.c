/* vigie provision: the place of an analytics schema in a database. */
#include "etl/provision.h"

#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

// clang-format off
const CommandOption provision_options[] = {
    { "database", "URL",  "The database, as a role that may make roles and schemas; else the variable ETL_DB_URL" },
    { "schema",   "NAME", "The schema to make or check" },
    { "owner",    "ROLE", "Who fills it; a new one gets the password in VIGIE_OWNER_PASSWORD, or one that is printed" },
    { "reader",   "ROLE", "Who only reads; a new one gets the password in VIGIE_READER_PASSWORD, or one that is printed" },
    { "swap",     NULL,   "Let the owner also make schemas: etl run and feeds need it" },
    { "dry-run",  NULL,   "Tell what would be done, and change nothing" },
    { "wipe",     NULL,   "Drop the schema with all it holds first, after a question" },
    { "yes",      NULL,   "Answer yes to that question, for scripts" },
    { 0 },
};
// clang-format on

static const char *
variable(const Call *call, const char *name)
{
    size_t len = strlen(name);

    for (char *const *entry = call->environment; *entry != NULL; entry++)
        if (strncmp(*entry, name, len) == 0 && (*entry)[len] == '=' && (*entry)[len + 1] != '\0')
            return *entry + len + 1;
    return NULL;
}

static bool
required(const Call *call, const char *name, const char **value, Error *err)
{
    *value = call_option(call, name);
    if (*value != NULL && (*value)[0] != '\0')
        return true;
    return error_set(err, ERR_INVALID, "the option --%s is missing", name);
}

/* The name typed again, as one would not by mistake. */
static bool
confirm(const Call *call, const char *schema, Error *err)
{
    char line[256];

    if (call_option(call, "yes") != NULL || call_option(call, "dry-run") != NULL)
        return true;
    if (!isatty(STDIN_FILENO))
    {
        (void) error_set(err, ERR_INVALID, "dropping %s was not confirmed", schema);
        return error_hint(err, "Add --yes when nobody is there to answer.");
    }
    say("All that the schema %s holds will be lost. Type its name to go on: ", schema);
    (void) fflush(stdout);
    if (fgets(line, sizeof(line), stdin) == NULL)
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    return strcmp(line, schema) == 0 ||
           error_set(err, ERR_CANCELLED, "the name was not typed: nothing was changed");
}

static void
tell(void *arg, const char *line)
{
    (void) arg;
    say("%s\n", line);
}

bool
cmd_provision(Call *call, Error *err)
{
    CLEANUP(pg_close) Pg *pg = NULL;
    Provision want = { .owner_password = variable(call, "VIGIE_OWNER_PASSWORD"),
                       .reader_password = variable(call, "VIGIE_READER_PASSWORD"),
                       .may_create = call_option(call, "swap") != NULL,
                       .dry_run = call_option(call, "dry-run") != NULL,
                       .wipe = call_option(call, "wipe") != NULL,
                       .tell = tell };
    const char *url = call_option(call, "database");
    ProvisionReport report;
    PgTarget target;

    if (url == NULL)
        url = variable(call, "ETL_DB_URL");
    if (url == NULL)
        return error_set(err, ERR_INVALID, "the option --database is missing");
    if (!required(call, "schema", &want.schema, err) ||
        !required(call, "owner", &want.owner, err) ||
        !required(call, "reader", &want.reader, err) ||
        (want.wipe && !confirm(call, want.schema, err)) ||
        !pg_target_from_url(call->arena, url, &target, err))
        return false;
    target.application_name = "vigie provision";
    if (!pg_open(&target, NULL, &pg, err) || !provision_run(pg, call->arena, &want, &report, err))
        return false;
    if (report.changes == 0)
        say("everything is in place: nothing was changed\n");
    else
        say("%zu change%s%s\n", report.changes, report.changes == 1 ? "" : "s",
            want.dry_run ? " would be made: nothing was changed" : "");
    return true;
}
