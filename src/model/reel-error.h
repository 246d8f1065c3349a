#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelError:
 * @REEL_ERROR_UNREACHABLE: no connection was made: the request provably never left this machine
 * @REEL_ERROR_PROXY: the proxy made no connection: the request never left this machine
 * @REEL_ERROR_PORTAL: the network wants the person to sign in first; reel_error_was_sent() tells whether anything was sent
 * @REEL_ERROR_TLS: no secure connection was made: the request never left this machine
 * @REEL_ERROR_CERTIFICATE_AUTHORITY: the same, for a certificate by somebody who is not trusted
 * @REEL_ERROR_CERTIFICATE_SELF_SIGNED: the same, for a certificate by nobody but itself
 * @REEL_ERROR_CERTIFICATE_NAME: the same, for a certificate of another host
 * @REEL_ERROR_CERTIFICATE_EXPIRED: the same, for a certificate that is over
 * @REEL_ERROR_CERTIFICATE_EARLY: the same, for a certificate that is not valid yet
 * @REEL_ERROR_BROKEN: the connection broke after the first byte was sent
 * @REEL_ERROR_TIMEOUT: no answer in time; reel_error_was_sent() tells whether anything was sent
 * @REEL_ERROR_TOO_LARGE: the answer is larger than any documented one
 * @REEL_ERROR_NOT_JSON: the answer is not JSON in UTF-8
 * @REEL_ERROR_BAD_SHAPE: the answer is JSON, but not of the documented shape
 * @REEL_ERROR_INVALID_REQUEST: 400 invalid_request
 * @REEL_ERROR_UNAUTHORIZED: 401 unauthorized, or no key is there to send
 * @REEL_ERROR_INSUFFICIENT_CREDITS: 402 insufficient_credits
 * @REEL_ERROR_NOT_FOUND: 404 not_found
 * @REEL_ERROR_RATE_LIMITED: 429 rate_limited, see reel_error_get_retry_after()
 * @REEL_ERROR_INTERNAL: 500 internal_error, or any other 5xx
 * @REEL_ERROR_UNKNOWN_CODE: an error of the service that is not documented
 * @REEL_ERROR_STORE: the database failed
 * @REEL_ERROR_FILE: a file could not be read or written
 * @REEL_ERROR_NOT_A_VIDEO: a file is no video
 * @REEL_ERROR_TRUNCATED: a video ends before its end
 * @REEL_ERROR_MISSING_DECODER: this system cannot decode a video
 * @REEL_ERROR_SECRET: the key could not be stored or read
 * @REEL_ERROR_TAKEN: another job has the request id
 * @REEL_ERROR_MISMATCH: the service made the request id of another prompt or model; its prompt is the service's message
 *
 * Errors that a caller branches on. The sentence that a person reads is made in ui.
 */
typedef enum
{
  REEL_ERROR_UNREACHABLE,
  REEL_ERROR_PROXY,
  REEL_ERROR_PORTAL,
  REEL_ERROR_TLS,
  REEL_ERROR_CERTIFICATE_AUTHORITY,
  REEL_ERROR_CERTIFICATE_SELF_SIGNED,
  REEL_ERROR_CERTIFICATE_NAME,
  REEL_ERROR_CERTIFICATE_EXPIRED,
  REEL_ERROR_CERTIFICATE_EARLY,
  REEL_ERROR_BROKEN,
  REEL_ERROR_TIMEOUT,
  REEL_ERROR_TOO_LARGE,
  REEL_ERROR_NOT_JSON,
  REEL_ERROR_BAD_SHAPE,
  REEL_ERROR_INVALID_REQUEST,
  REEL_ERROR_UNAUTHORIZED,
  REEL_ERROR_INSUFFICIENT_CREDITS,
  REEL_ERROR_NOT_FOUND,
  REEL_ERROR_RATE_LIMITED,
  REEL_ERROR_INTERNAL,
  REEL_ERROR_UNKNOWN_CODE,
  REEL_ERROR_STORE,
  REEL_ERROR_FILE,
  REEL_ERROR_NOT_A_VIDEO,
  REEL_ERROR_TRUNCATED,
  REEL_ERROR_MISSING_DECODER,
  REEL_ERROR_SECRET,
  REEL_ERROR_TAKEN,
  REEL_ERROR_MISMATCH,
} ReelError;

#define REEL_ERROR (reel_error_quark ())
GQuark reel_error_quark (void);

GError *reel_error_new_service (ReelError code,
                                guint http_status,
                                const char *service_code,
                                const char *service_message,
                                gint64 retry_after);
GError *reel_error_new_network (ReelError code, gboolean sent, const char *message);
GError *reel_error_new_certificate (ReelError code, const char *issuer);

gboolean reel_error_was_sent (const GError *error);
guint reel_error_get_http_status (const GError *error);
const char *reel_error_get_service_code (const GError *error);
const char *reel_error_get_service_message (const GError *error);
gint64 reel_error_get_retry_after (const GError *error);
const char *reel_error_get_issuer (const GError *error);
gboolean reel_error_is_certificate (ReelError code);
gboolean reel_error_is_connection (ReelError code);
void reel_error_set_http_status (GError *error, guint http_status);
const char *reel_error_to_name (ReelError code);
gboolean reel_error_from_name (const char *name, ReelError *code);

G_END_DECLS
