#include "config.h"

#include "reel-uri.h"

#include <string.h>

/* GLib takes the first @ for the end of the user, and resolves escapes in a host: others who read the address may see
 * another host than it does. No host has such characters. */
static gboolean
is_plain_host (const char *host)
{
  return *host != '\0' && strpbrk (host, " \"#/<>?@[\\]^`{|}") == NULL &&
         (strchr (host, '%') == NULL || strchr (host, ':') != NULL);
}

static GUri *
parse (const char *text)
{
  g_autoptr (GUri) uri = NULL;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;

  for (const char *at = text; *at != '\0'; at++)
    if ((guchar)*at <= ' ' || *at == 0x7f)
      return NULL;

  uri = g_uri_parse (text, G_URI_FLAGS_SCHEME_NORMALIZE | G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || !is_plain_host (g_uri_get_host (uri)))
    return NULL;

  return g_steal_pointer (&uri);
}

/* A number as inet_aton() reads it: decimal, octal or hexadecimal. */
static gboolean
parse_legacy_number (const char *text, guint64 *number)
{
  char *end = NULL;

  if (!g_ascii_isdigit (*text))
    return FALSE;

  *number = g_ascii_strtoull (text, &end, 0);

  return *end == '\0';
}

/* The address of a host written as a literal, also in the short and octal forms that resolvers still take (127.1). */
static GInetAddress *
parse_address (const char *host)
{
  g_auto (GStrv) parts = NULL;
  guint64 value = 0, number = 0;
  guint n_parts;
  guint8 bytes[4];

  if (strchr (host, ':') != NULL || g_hostname_is_ip_address (host)) {
    g_autofree char *plain = g_strdup (host);

    plain[strcspn (plain, "%")] = '\0';
    return g_inet_address_new_from_string (plain);
  }

  parts = g_strsplit (host, ".", -1);
  n_parts = g_strv_length (parts);
  if (n_parts == 0 || n_parts > 4)
    return NULL;

  for (guint i = 0; i < n_parts; i++) {
    guint bits = i + 1 == n_parts ? 8 * (5 - n_parts) : 8;

    if (!parse_legacy_number (parts[i], &number) || number >= (G_GUINT64_CONSTANT (1) << bits))
      return NULL;
    value = (value << bits) | number;
  }

  for (guint i = 0; i < 4; i++)
    bytes[i] = value >> (24 - 8 * i);

  return g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV4);
}

/* An IPv6 address that carries an IPv4 one (mapped, or NAT64's well-known prefix) stands for that one. */
static GInetAddress *
unwrap_address (GInetAddress *address)
{
  static const guint8 mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  static const guint8 nat64[12] = {0, 0x64, 0xff, 0x9b};
  static const guint8 compatible[12] = {0};
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 && !g_inet_address_get_is_loopback (address) &&
      (memcmp (bytes, mapped, 12) == 0 || memcmp (bytes, nat64, 12) == 0 || memcmp (bytes, compatible, 12) == 0))
    return g_inet_address_new_from_bytes (bytes + 12, G_SOCKET_FAMILY_IPV4);

  return g_object_ref (address);
}

static gboolean
in_network (GInetAddress *address, const char *network)
{
  g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (network, NULL);

  return g_inet_address_mask_matches (mask, address);
}

static gboolean
host_is_private (const char *host)
{
  static const char *const networks[] = {
      "0.0.0.0/8",    "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
      "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",    "::/128",
      "::1/128",      "fc00::/7",       "fe80::/10",     "fec0::/10",   "ff00::/8"};
  static const char *const suffixes[] = {".local", ".localhost", ".internal", ".lan", ".home.arpa", ".intranet"};
  g_autofree char *name = NULL;
  g_autoptr (GInetAddress) literal = NULL;
  g_autoptr (GInetAddress) address = NULL;

  name = g_hostname_to_ascii (host);
  if (name == NULL)
    name = g_ascii_strdown (host, -1);
  if (g_str_has_suffix (name, "."))
    name[strlen (name) - 1] = '\0';

  literal = parse_address (name);
  if (literal == NULL) {
    /* A name without a dot exists on a private network only. */
    if (strchr (name, '.') == NULL)
      return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
      if (g_str_has_suffix (name, suffixes[i]))
        return TRUE;
    return FALSE;
  }

  address = unwrap_address (literal);
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    if (in_network (address, networks[i]))
      return TRUE;

  return FALSE;
}

static gboolean
is_loopback (GUri *uri)
{
  g_autoptr (GInetAddress) address = NULL;
  const char *host = g_uri_get_host (uri);

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/**
 * reel_uri_check_public:
 * @uri: an address that the service is to fetch or to call
 *
 * Checks that an address is public https: the service can reach nothing else, and a private address must not leave
 * this machine. Names are not resolved.
 *
 * The rule stands in the API's mediaUrls ("Public https URLs") and webhookUrl fields.
 *
 * Returns: what is wrong, or %REEL_URI_OK
 */
ReelUriProblem
reel_uri_check_public (const char *uri)
{
  g_autoptr (GUri) parsed = parse (uri);

  if (parsed == NULL)
    return REEL_URI_MALFORMED;
  if (g_strcmp0 (g_uri_get_scheme (parsed), "https") != 0)
    return REEL_URI_NOT_HTTPS;
  if (g_uri_get_userinfo (parsed) != NULL)
    return REEL_URI_CREDENTIALS;
  if (host_is_private (g_uri_get_host (parsed)))
    return REEL_URI_PRIVATE;

  return REEL_URI_OK;
}

/**
 * reel_uri_check_service:
 * @uri: the base URL of an account, or the address of a finished video
 *
 * Checks that this application may talk to an address: https anywhere, plain http on this machine alone.
 *
 * Returns: what is wrong, or %REEL_URI_OK
 */
ReelUriProblem
reel_uri_check_service (const char *uri)
{
  g_autoptr (GUri) parsed = parse (uri);
  const char *scheme;

  if (parsed == NULL)
    return REEL_URI_MALFORMED;

  scheme = g_uri_get_scheme (parsed);
  if (g_strcmp0 (scheme, "https") != 0 && !(g_strcmp0 (scheme, "http") == 0 && is_loopback (parsed)))
    return REEL_URI_NOT_HTTPS;
  if (g_uri_get_userinfo (parsed) != NULL)
    return REEL_URI_CREDENTIALS;

  return REEL_URI_OK;
}

/* GLib fills in the port of a scheme that it knows. */
static gboolean
names_port (const char *uri)
{
  const char *host = strstr (uri, "://") + strlen ("://");
  const char *end = host + strcspn (host, "/?#");
  const char *colon = g_strrstr_len (host, end - host, ":");

  return colon != NULL && colon + 1 < end && strspn (colon + 1, "0123456789") == (gsize)(end - colon - 1);
}

/**
 * reel_uri_check_proxy:
 * @uri: the address of a proxy
 *
 * Checks that an address is that of a proxy that this application can use: http://HOST:PORT or socks5://HOST:PORT. A user
 * name or a password is refused: the address is kept in the database, where no secret belongs.
 *
 * Returns: what is wrong, or %REEL_URI_OK
 */
ReelUriProblem
reel_uri_check_proxy (const char *uri)
{
  g_autoptr (GUri) parsed = parse (uri);
  const char *scheme;

  if (parsed == NULL)
    return REEL_URI_MALFORMED;

  scheme = g_uri_get_scheme (parsed);
  if (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "socks5") != 0)
    return REEL_URI_NOT_PROXY;
  if (g_uri_get_userinfo (parsed) != NULL)
    return REEL_URI_CREDENTIALS;
  if (!names_port (uri) || g_uri_get_port (parsed) < 1)
    return REEL_URI_NO_PORT;
  if (strlen (g_uri_get_path (parsed)) > 1 || g_uri_get_query (parsed) != NULL || g_uri_get_fragment (parsed) != NULL)
    return REEL_URI_PATH;

  return REEL_URI_OK;
}

/**
 * reel_uri_is_loopback:
 * @uri: an address
 *
 * Tells whether an address names this machine by localhost or a loopback address.
 */
gboolean
reel_uri_is_loopback (const char *uri)
{
  g_autoptr (GUri) parsed = parse (uri);

  return parsed != NULL && is_loopback (parsed);
}

/**
 * reel_uri_same_origin:
 * @one: an address
 * @other: an address
 *
 * Tells whether two addresses have the same scheme, host and port.
 */
gboolean
reel_uri_same_origin (const char *one, const char *other)
{
  g_autoptr (GUri) a = parse (one);
  g_autoptr (GUri) b = parse (other);

  return a != NULL && b != NULL && g_strcmp0 (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0 &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 && g_uri_get_port (a) == g_uri_get_port (b);
}

/**
 * reel_uri_redact:
 * @uri: (nullable): an address
 *
 * Copies an address without its user, query and fragment, which may be a signature, for messages and logs.
 *
 * Returns: (transfer full): the address up to its path, or a placeholder where it cannot be read
 */
char *
reel_uri_redact (const char *uri)
{
  g_autoptr (GUri) parsed = parse (uri);

  if (parsed == NULL)
    return g_strdup ("(unreadable address)");

  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (parsed), NULL, g_uri_get_host (parsed),
                     g_uri_get_port (parsed), g_uri_get_path (parsed),
                     g_uri_get_query (parsed) != NULL ? "(redacted)" : NULL, NULL);
}
