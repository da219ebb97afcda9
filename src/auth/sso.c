/* OpenID Connect: to the provider, back with a code, from the code to claims that were checked. */
#include "auth/sso.h"

#include "base/crypto.h"
#include "base/signature.h"
#include "http/client.h"

#include <string.h>

enum
{
    LEEWAY_SECONDS = 60,
    MAX_TOKEN_BYTES = 64 * 1024,
    MAX_REPLY_BYTES = 1024 * 1024,
    PROVIDER_MS = 10000,
    MAX_COOKIE_BYTES = 2048
};

bool
sso_is_on(const Config *config)
{
    return config->oidc_issuer[0] != '\0';
}

bool
sso_is_only(const Config *config)
{
    return sso_is_on(config) && config->oidc_only;
}

static bool
refuse(Error *err, const char *why)
{
    (void) error_set(err, ERR_UNAUTHENTICATED, "the log-in was not accepted: %s", why);
    return error_hint(err, "Try again; if it goes on, tell an administrator.");
}

/* ------------------------------------------------------------------------------- the provider */

static bool
get_json(const Config *config, Arena *arena, const HttpCall *call, Json **tree, Error *err)
{
    HttpCall sent = *call;
    HttpReply reply;

    sent.ca_file = config->oidc_ca_file[0] == '\0' ? NULL : config->oidc_ca_file;
    sent.total_ms = PROVIDER_MS;
    sent.max_bytes = MAX_REPLY_BYTES;
    if (!client_fetch(arena, &sent, &reply, err) || !json_parse(arena, reply.body, NULL, tree, err))
        return error_prefix(err, "the provider of log-ins");
    return true;
}

/* What the provider says of itself; it must say that it is who was asked. */
static bool
discover(const Config *config, Arena *arena, Json **about, Error *err)
{
    size_t len = strlen(config->oidc_issuer);
    const char *slash = config->oidc_issuer[len - 1] == '/' ? "" : "/";
    const char *url =
        arena_format(arena, "%s%s.well-known/openid-configuration", config->oidc_issuer, slash);

    if (!get_json(config, arena, &(HttpCall){ .url = url, .retries = 1 }, about, err))
        return false;
    if (strcmp(json_text_or(json_get(*about, "issuer"), ""), config->oidc_issuer) == 0)
        return true;
    return error_set(err, ERR_UPSTREAM,
                     "the provider of log-ins calls itself otherwise than the "
                     "setting oidc-issuer");
}

static bool
endpoint(const Json *about, const char *key, const char **url, Error *err)
{
    *url = json_text_or(json_get(about, key), NULL);
    return *url != NULL || error_set(err, ERR_UPSTREAM, "the provider of log-ins has no %s", key);
}

/* ------------------------------------------------------------------------------------ the way out
 */

static void
add_pair(Buf *text, const char *key, const char *value)
{
    buf_text(text, key);
    buf_char(text, '=');
    for (const char *c = value; *c != '\0'; c++)
    {
        static const char hex[] = "0123456789ABCDEF";
        unsigned char byte = (unsigned char) *c;

        if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
            (byte >= '0' && byte <= '9') || strchr("-._~", byte) != NULL)
            buf_char(text, *c);
        else
        {
            buf_char(text, '%');
            buf_char(text, hex[byte >> 4]);
            buf_char(text, hex[byte & 15]);
        }
    }
}

/* A path of this site: "//host" and "/\host" are other sites to a browser. */
static const char *
safe_path(const char *back)
{
    if (back == NULL || back[0] != '/' || back[1] == '/' || strpbrk(back, "\\\r\n\t") != NULL ||
        strlen(back) > 1000)
        return "/";
    return back;
}

bool
sso_start(const Config *config, Arena *arena, const char *redirect_uri, const char *back,
          SsoTrip *trip, const char **url, Error *err)
{
    SsoTrip made = { .state = random_token(arena, 24),
                     .nonce = random_token(arena, 24),
                     .verifier = random_token(arena, 48),
                     .back = safe_path(back) };
    uint8_t digest[SHA256_BYTES];
    Buf text = buf_new(arena, 16384);
    const char *where;
    Json *about;

    if (!discover(config, arena, &about, err) ||
        !endpoint(about, "authorization_endpoint", &where, err))
        return false;
    sha256(str_of(made.verifier), digest);
    buf_text(&text, where);
    buf_char(&text, strchr(where, '?') == NULL ? '?' : '&');
    add_pair(&text, "response_type", "code");
    add_pair(&text, "&client_id", config->oidc_client_id);
    add_pair(&text, "&redirect_uri", redirect_uri);
    add_pair(&text, "&scope", config->oidc_scopes);
    add_pair(&text, "&state", made.state);
    add_pair(&text, "&nonce", made.nonce);
    add_pair(&text, "&code_challenge", base64url_encode(arena, digest, sizeof(digest)));
    add_pair(&text, "&code_challenge_method", "S256");
    *trip = made;
    *url = buf_cstr(&text);
    return true;
}

const char *
sso_pack(Arena *arena, const SsoTrip *trip)
{
    return arena_format(arena, "%s.%s.%s.%s", trip->state, trip->nonce, trip->verifier,
                        base64url_encode(arena, trip->back, strlen(trip->back)));
}

bool
sso_unpack(Arena *arena, const char *text, SsoTrip *trip, Error *err)
{
    Str rest = str_of(text), parts[4], back;

    if (text == NULL || rest.len > MAX_COOKIE_BYTES)
        return refuse(err, "it was not begun here");
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (!str_split(&rest, '.', &parts[i]) || parts[i].len == 0)
            return refuse(err, "it was not begun here");
    if (!base64url_decode(arena, parts[3], &back))
        return refuse(err, "it was not begun here");
    *trip = (SsoTrip){ .state = str_copy(arena, parts[0]),
                       .nonce = str_copy(arena, parts[1]),
                       .verifier = str_copy(arena, parts[2]),
                       .back = safe_path(str_copy(arena, back)) };
    return true;
}

/* -------------------------------------------------------------------------------------- tokens */

static bool
decode_part(Arena *arena, Str part, Json **tree)
{
    Str bytes;

    return base64url_decode(arena, part, &bytes) &&
           json_parse(arena, bytes, NULL, tree, &(Error){ 0 });
}

static bool
member_bytes(Arena *arena, const Json *key, const char *name, Str *bytes)
{
    return base64url_decode(arena, str_of(json_text_or(json_get(key, name), "")), bytes) &&
           bytes->len > 0;
}

/* The algorithm must be the one that the key is for: a token does not choose. */
static bool
key_verifies(Arena *arena, const Json *key, const char *alg, Str data, Str signature)
{
    const char *type = json_text_or(json_get(key, "kty"), "");
    Str one, two;

    if (strcmp(type, "RSA") == 0 && strcmp(alg, "RS256") == 0)
        return member_bytes(arena, key, "n", &one) && member_bytes(arena, key, "e", &two) &&
               signature_rs256(one, two, data, signature);
    if (strcmp(type, "EC") == 0 && strcmp(alg, "ES256") == 0)
        return member_bytes(arena, key, "x", &one) && member_bytes(arena, key, "y", &two) &&
               signature_es256(one, two, data, signature);
    return false;
}

static bool
any_key_verifies(Arena *arena, const Json *keys, const Json *header, Str data, Str signature)
{
    const char *kid = json_text_or(json_get(header, "kid"), NULL);
    const char *alg = json_text_or(json_get(header, "alg"), "");
    const Json *list = json_get(keys, "keys");

    for (const Json *key = list == NULL ? NULL : list->first; key != NULL; key = key->next)
    {
        const char *other = json_text_or(json_get(key, "kid"), NULL);

        if (kid != NULL && other != NULL && strcmp(kid, other) != 0)
            continue;
        if (key_verifies(arena, key, alg, data, signature))
            return true;
    }
    return false;
}

/* Three parts; *claims only when the signature is right. */
static bool
read_token(const Config *config, Arena *arena, const Json *about, const char *token,
           const Json **claims, Error *err)
{
    Str rest = str_of(token), head, body, mark, signature;
    Json *header, *payload, *keys;
    const char *url;

    if (rest.len > MAX_TOKEN_BYTES || !str_split(&rest, '.', &head) ||
        !str_split(&rest, '.', &body) || !str_split(&rest, '.', &mark) || rest.ptr != NULL ||
        !decode_part(arena, head, &header) || !decode_part(arena, body, &payload) ||
        !base64url_decode(arena, mark, &signature))
        return refuse(err, "the token of the provider cannot be read");
    if (!endpoint(about, "jwks_uri", &url, err) ||
        !get_json(config, arena, &(HttpCall){ .url = url, .retries = 1 }, &keys, err))
        return false;
    if (!any_key_verifies(arena, keys, header, (Str){ token, head.len + 1 + body.len }, signature))
        return refuse(err, "the token of the provider is not signed by it");
    *claims = payload;
    return true;
}

static bool
is_for_us(const Config *config, const Json *audience)
{
    if (audience == NULL)
        return false;
    if (audience->kind == JSON_TEXT)
        return strcmp(audience->text, config->oidc_client_id) == 0;
    for (const Json *item = audience->kind == JSON_ARRAY ? audience->first : NULL; item != NULL;
         item = item->next)
        if (strcmp(json_text_or(item, ""), config->oidc_client_id) == 0)
            return true;
    return false;
}

static bool
check_claims(const Config *config, const Json *claims, const char *nonce, Error *err)
{
    double now = (double) time_now() / (double) SECOND_US;

    if (strcmp(json_text_or(json_get(claims, "iss"), ""), config->oidc_issuer) != 0)
        return refuse(err, "the token is of another provider");
    if (!is_for_us(config, json_get(claims, "aud")))
        return refuse(err, "the token is for another site");
    if (json_double_or(json_get(claims, "exp"), 0) + LEEWAY_SECONDS < now)
        return refuse(err, "the token has expired");
    if (json_double_or(json_get(claims, "nbf"), 0) > now + LEEWAY_SECONDS)
        return refuse(err, "the token is of the future");
    if (!crypto_equal(str_of(json_text_or(json_get(claims, "nonce"), "")), str_of(nonce)))
        return refuse(err, "the token is of another log-in");
    return true;
}

/* More about the person: JSON, or a signed token as ProConnect answers. */
static bool
fetch_person(const Config *config, Arena *arena, const Json *about, const char *access,
             const Json *identity, const Json **claims, Error *err)
{
    const TextPair headers[] = { { "Authorization", arena_format(arena, "Bearer %s", access) } };
    HttpCall call = { .headers = headers, .header_count = 1, .total_ms = PROVIDER_MS };
    const Json *person = NULL;
    HttpReply reply;
    Json *tree;

    if (!endpoint(about, "userinfo_endpoint", &call.url, err))
        return false;
    call.ca_file = config->oidc_ca_file[0] == '\0' ? NULL : config->oidc_ca_file;
    call.max_bytes = MAX_REPLY_BYTES;
    if (!client_fetch(arena, &call, &reply, err))
        return error_prefix(err, "the provider of log-ins");
    if (reply.body.len > 0 && reply.body.ptr[0] == '{')
    {
        if (!json_parse(arena, reply.body, NULL, &tree, err))
            return error_prefix(err, "the provider of log-ins");
        person = tree;
    }
    else if (!read_token(config, arena, about, str_copy(arena, str_trim(reply.body)), &person, err))
        return false;
    if (strcmp(json_text_or(json_get(person, "sub"), ""),
               json_text_or(json_get(identity, "sub"), "-")) != 0)
        return refuse(err, "the provider speaks of somebody else");
    *claims = person;
    return true;
}

bool
sso_finish(const Config *config, Arena *arena, const char *redirect_uri, const char *code,
           const SsoTrip *trip, const Json **claims, Error *err)
{
    Buf form = buf_new(arena, 16384);
    HttpCall call = { .method = POST, .body_type = "application/x-www-form-urlencoded" };
    const char *identity, *access;
    const Json *found = NULL;
    Json *about, *tokens;

    if (!discover(config, arena, &about, err) || !endpoint(about, "token_endpoint", &call.url, err))
        return false;
    add_pair(&form, "grant_type", "authorization_code");
    add_pair(&form, "&code", code);
    add_pair(&form, "&redirect_uri", redirect_uri);
    add_pair(&form, "&client_id", config->oidc_client_id);
    add_pair(&form, "&client_secret", config->oidc_client_secret);
    add_pair(&form, "&code_verifier", trip->verifier);
    call.body = buf_slice(&form);
    if (!get_json(config, arena, &call, &tokens, err))
        return false;
    identity = json_text_or(json_get(tokens, "id_token"), NULL);
    access = json_text_or(json_get(tokens, "access_token"), NULL);
    if (identity == NULL || !read_token(config, arena, about, identity, &found, err))
        return identity == NULL ? refuse(err, "the provider sent no token") : false;
    if (!check_claims(config, found, trip->nonce, err))
        return false;
    if (json_get(found, "email") == NULL && access != NULL &&
        !fetch_person(config, arena, about, access, found, &found, err))
        return false;
    *claims = found;
    return true;
}
