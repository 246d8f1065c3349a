/* Addresses and file names from people and from the network. Two addresses, one a line, where there are two. */

#include "config.h"

#include "fuzz-support.h"

#include "reel-file-name.h"
#include "reel-reference.h"
#include "reel-uri.h"

#include <netdb.h>
#include <string.h>

static gboolean
is_private (GInetAddress *address)
{
  g_autoptr (GInetAddressMask) unique_local = g_inet_address_mask_new_from_string ("fc00::/7", NULL);

  return g_inet_address_get_is_any (address) || g_inet_address_get_is_loopback (address) ||
         g_inet_address_get_is_link_local (address) || g_inet_address_get_is_site_local (address) ||
         g_inet_address_get_is_multicast (address) || g_inet_address_mask_matches (unique_local, address);
}

/* The addresses that the system's resolver takes a host for without asking anyone: also 127.1, 0x7f000001, 0177.0.0.1. */
static void
check_numeric (const char *host, gboolean want_private)
{
  const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM};
  struct addrinfo *found = NULL;

  if (getaddrinfo (host, NULL, &hints, &found) != 0)
    return;

  for (const struct addrinfo *at = found; at != NULL; at = at->ai_next) {
    g_autoptr (GSocketAddress) socket_address = g_socket_address_new_from_native (at->ai_addr, at->ai_addrlen);
    GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (socket_address));

    if (want_private)
      g_assert_true (g_inet_address_get_is_loopback (address));
    else
      g_assert_false (is_private (address));
  }
  freeaddrinfo (found);
}

static GUri *
parse (const char *text)
{
  GUri *uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);

  g_assert_nonnull (uri);
  g_assert_nonnull (g_uri_get_host (uri));
  g_assert_null (g_uri_get_userinfo (uri));

  return uri;
}

static void
check_public (const char *text)
{
  g_autoptr (GUri) uri = parse (text);
  const char *host = g_uri_get_host (uri);
  g_autofree char *lower = g_ascii_strdown (host, -1);
  g_autoptr (ReelReference) reference = reel_reference_new (text);
  g_autofree char *name = reel_reference_dup_file_name (reference);
  g_autofree char *shown = reel_reference_dup_host (reference);

  g_assert_cmpstr (g_uri_get_scheme (uri), ==, "https");
  g_assert_cmpstr (lower, !=, "localhost");
  g_assert_cmpstr (lower, !=, "localhost.");
  g_assert_false (g_str_has_suffix (lower, ".localhost"));
  g_assert_false (g_str_has_suffix (lower, ".local"));
  check_numeric (host, FALSE);
  g_assert_cmpint (reel_uri_check_service (text), ==, REEL_URI_OK);
  g_assert_false (reel_uri_is_loopback (text));
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_true (shown == NULL || strcmp (shown, host) == 0);
  reel_reference_get_kind (reference);
}

static void
check_service (const char *text)
{
  g_autoptr (GUri) uri = parse (text);

  if (strcmp (g_uri_get_scheme (uri), "https") == 0)
    return;

  /* A key leaves in the clear on this machine alone. */
  g_assert_cmpstr (g_uri_get_scheme (uri), ==, "http");
  g_assert_true (reel_uri_is_loopback (text));
}

/* No user, no query and no fragment is left of an address for messages. */
static void
check_redacted (const char *text)
{
  g_autofree char *redacted = reel_uri_redact (text);
  g_autofree char *host = NULL;
  const char *at;

  g_assert_true (g_utf8_validate (redacted, -1, NULL));
  if (strcmp (redacted, "(unreadable address)") == 0)
    return;

  if (g_str_has_suffix (redacted, "?(redacted)"))
    redacted[strlen (redacted) - strlen ("?(redacted)")] = '\0';
  g_assert_null (strpbrk (redacted, "?#"));
  at = strstr (redacted, "://");
  g_assert_nonnull (at);
  host = g_strndup (at + 3, strcspn (at + 3, "/"));
  g_assert_null (strchr (host, '@'));
}

static void
check_address (const char *text)
{
  ReelUriProblem problem = reel_uri_check_public (text);

  if (problem == REEL_URI_OK)
    check_public (text);
  if (reel_uri_check_service (text) == REEL_URI_OK)
    check_service (text);
  if (reel_uri_is_loopback (text)) {
    g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);

    g_assert_nonnull (uri);
    g_assert_cmpint (problem, !=, REEL_URI_OK);
    check_numeric (g_uri_get_host (uri), TRUE);
  }
  g_assert_true (reel_uri_same_origin (text, text) == (problem != REEL_URI_MALFORMED));
  check_redacted (text);
}

static void
check_file_name (const char *text)
{
  static const gsize lengths[] = {8, 60, 100};

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autofree char *name = reel_file_name_make_safe (text, lengths[i]);
    g_autofree char *again = reel_file_name_make_safe (name, lengths[i]);

    fuzz_check_name (name, lengths[i]);
    g_assert_null (strchr (name, '/'));
    g_assert_false (g_str_has_prefix (name, "."));
    g_assert_cmpstr (again, ==, name);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 2);

  check_file_name (text);
  for (guint i = 0; lines[i] != NULL; i++)
    check_address (lines[i]);
  if (g_strv_length (lines) == 2) {
    gboolean same = reel_uri_same_origin (lines[0], lines[1]);

    g_assert_true (same == reel_uri_same_origin (lines[1], lines[0]));
    if (same)
      g_assert_true (reel_uri_is_loopback (lines[0]) == reel_uri_is_loopback (lines[1]));
  }

  return 0;
}
