#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReelUriProblem:
 * @REEL_URI_OK: nothing is wrong
 * @REEL_URI_MALFORMED: it is not a URI with a host
 * @REEL_URI_NOT_HTTPS: its scheme is not https
 * @REEL_URI_PRIVATE: its host is this machine or a private network
 * @REEL_URI_CREDENTIALS: it carries a user name or a password
 * @REEL_URI_NOT_PROXY: its scheme is not one of a proxy
 * @REEL_URI_NO_PORT: it names no port
 * @REEL_URI_PATH: it goes on behind the port
 *
 * Why an address cannot be used.
 */
typedef enum
{
  REEL_URI_OK,
  REEL_URI_MALFORMED,
  REEL_URI_NOT_HTTPS,
  REEL_URI_PRIVATE,
  REEL_URI_CREDENTIALS,
  REEL_URI_NOT_PROXY,
  REEL_URI_NO_PORT,
  REEL_URI_PATH,
} ReelUriProblem;

ReelUriProblem reel_uri_check_public (const char *uri);
ReelUriProblem reel_uri_check_service (const char *uri);
ReelUriProblem reel_uri_check_proxy (const char *uri);
gboolean reel_uri_is_loopback (const char *uri);
gboolean reel_uri_same_origin (const char *one, const char *other);
char *reel_uri_redact (const char *uri);

G_END_DECLS
