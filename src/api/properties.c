/* What clients ask first: settings that they may see, version, features, languages, time zones. */
#include "api/answer.h"
#include "api/setup.h"
#include "api/tables.h"
#include "auth/login.h"
#include "auth/sso.h"
#include "base/file.h"
#include "driver/driver.h"

#include <string.h>

enum
{
    MAX_ZONES_BYTES = 256 * 1024
};

/* What the paid edition of Metabase names; what is here is free for all, so nothing is switched. */
static const char *const features[] = {
    "advanced_permissions",
    "attached_dwh",
    "audit_app",
    "cache_granular_controls",
    "config_text_file",
    "content_verification",
    "dashboard_subscription_filters",
    "database_auth_providers",
    "disable_password_login",
    "email_allow_list",
    "email_restrict_recipients",
    "embedding",
    "embedding_sdk",
    "hosting",
    "llm_autodescription",
    "metabase_store_managed",
    "official_collections",
    "query_reference_validation",
    "sandboxes",
    "scim",
    "serialization",
    "session_timeout_config",
    "snippet_collections",
    "sso_google",
    "sso_jwt",
    "sso_ldap",
    "sso_saml",
    "upload_management",
    "whitelabel",
};

static void
write_features(JsonWriter *w)
{
    json_key(w, "token-features");
    json_begin_object(w);
    for (size_t i = 0; i < COUNT_OF(features); i++)
        json_put_bool(w, features[i], false);
    json_end_object(w);
}

/* Kinds of databases that people may connect, with the form of each. */
static void
write_engines(JsonWriter *w)
{
    json_key(w, "engines");
    json_begin_object(w);
    for (const Driver *const *driver = drivers; *driver != NULL; driver++)
        if (((*driver)->features & DRIVER_CONNECTABLE) != 0)
        {
            json_key(w, (*driver)->name);
            driver_write_form(*driver, w);
        }
    json_end_object(w);
}

static void
write_version(JsonWriter *w)
{
    json_key(w, "version");
    json_begin_object(w);
    json_put_text(w, "tag", API_VERSION_TAG);
    json_put_text(w, "date", "2026-11-20");
    json_put_text(w, "branch", "vigie");
    json_put_text(w, "hash", VIGIE_VERSION);
    json_end_object(w);
}

static void
write_locales(JsonWriter *w)
{
    static const char *const locales[][2] = { { "en", "English" }, { "fr", "Français" } };

    json_key(w, "available-locales");
    json_begin_array(w);
    for (size_t i = 0; i < COUNT_OF(locales); i++)
    {
        json_begin_array(w);
        json_text(w, locales[i][0]);
        json_text(w, locales[i][1]);
        json_end_array(w);
    }
    json_end_array(w);
}

/* The names in the third column of the system's list. */
static void
write_zones(Request *req, JsonWriter *w)
{
    Str text, line;

    json_key(w, "available-timezones");
    json_begin_array(w);
    json_text(w, "UTC");
    if (!file_read(req->arena, "/usr/share/zoneinfo/zone1970.tab", MAX_ZONES_BYTES, &text,
                   &(Error){ 0 }))
        text = STR("");
    while (str_split(&text, '\n', &line))
    {
        Str column;

        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (str_split(&line, '\t', &column) && str_split(&line, '\t', &column) &&
            str_split(&line, '\t', &column))
            json_str(w, column);
    }
    json_end_array(w);
}

static void
write_live(Request *req, JsonWriter *w, LiveShow most)
{
    for (LiveKey live = 0; live < LIVE_COUNT; live++)
        if (live_rows[live].show <= most && live_rows[live].type != LIVE_SECRET)
        {
            json_key(w, live_rows[live].key);
            settings_write(req->settings, w, live);
        }
}

static void
write_zone_of_reports(Request *req, JsonWriter *w)
{
    const char *name = settings_text(req->settings, req->arena, LIVE_report_timezone);
    const char *abbreviation = "UTC";
    const Zone *zone;

    if (zone_load(req->arena, name[0] == '\0' ? "UTC" : name, &zone, &(Error){ 0 }))
        (void) zone_offset(zone, time_now(), &abbreviation);
    json_put_text(w, "report-timezone-short", abbreviation);
    json_put_text(w, "report-timezone-long", name[0] == '\0' ? "UTC" : name);
}

static LiveShow
may_see(const Request *req)
{
    if (access_need(&req->who, NEED_ADMIN, &(Error){ 0 }))
        return SHOW_ADMIN;
    return access_need(&req->who, NEED_USER, &(Error){ 0 }) ? SHOW_USER : SHOW_ALL;
}

static bool
get_properties(Request *req, Response *res, Error *err)
{
    Answer answer;
    JsonWriter *w = answer_begin(req, &answer);
    const char *token;
    bool done;

    if (!setup_is_done(req, &done, err) || !setup_token_shown(req, &token, err))
        return false;
    json_begin_object(w);
    write_live(req, w, may_see(req));
    write_version(w);
    write_features(w);
    write_locales(w);
    write_zones(req, w);
    write_zone_of_reports(req, w);
    json_put_text(w, "setup-token", token);
    json_put_bool(w, "has-user-setup", done);
    json_put_bool(w, "enable-password-login", !sso_is_only(req->app->config));
    json_put_bool(w, "oidc-enabled", sso_is_on(req->app->config));
    json_put_text(w, "oidc-name", req->app->config->oidc_name);
    json_put_bool(w, "enable-embedding",
                  settings_bool(req->settings, LIVE_enable_embedding_static));
    json_put_bool(w, "enable-embedding-interactive", false);
    json_put_bool(w, "enable-embedding-sdk", false);
    json_put_bool(w, "google-auth-enabled", false);
    json_put_bool(w, "ldap-enabled", false);
    json_put_bool(w, "email-configured?",
                  settings_text(req->settings, req->arena, LIVE_email_smtp_host)[0] != '\0');
    json_key(w, "password-complexity");
    password_rules_write(req->app->config, w);
    write_engines(w);
    json_end_object(w);
    return answer_send(&answer, res, err);
}

// clang-format off
const Route properties_routes[] = {
    ROUTE_ON(API, GET, "/api/session/properties", get_properties, NOTHING, "Settings that the caller may see"),
    { 0 },
};
// clang-format on
