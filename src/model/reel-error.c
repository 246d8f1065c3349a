#include "config.h"

#include "reel-error.h"

typedef struct
{
  gboolean sent;
  guint http_status;
  char *service_code;
  char *service_message;
  gint64 retry_after;
  char *issuer;
} ReelErrorPrivate;

static void
reel_error_private_init (ReelErrorPrivate *private)
{
  private->retry_after = -1;
}

static void
reel_error_private_copy (const ReelErrorPrivate *source, ReelErrorPrivate *copy)
{
  *copy = *source;
  copy->service_code = g_strdup (source->service_code);
  copy->service_message = g_strdup (source->service_message);
  copy->issuer = g_strdup (source->issuer);
}

static void
reel_error_private_clear (ReelErrorPrivate *private)
{
  g_free (private->service_code);
  g_free (private->service_message);
  g_free (private->issuer);
}

G_DEFINE_EXTENDED_ERROR (ReelError, reel_error)

/* Written into the database: a name never changes. The names of the service's own errors are its own codes. */
static const char *const names[] = {
    [REEL_ERROR_UNREACHABLE] = "unreachable",
    [REEL_ERROR_PROXY] = "proxy",
    [REEL_ERROR_PORTAL] = "portal",
    [REEL_ERROR_TLS] = "tls",
    [REEL_ERROR_CERTIFICATE_AUTHORITY] = "certificate_authority",
    [REEL_ERROR_CERTIFICATE_SELF_SIGNED] = "certificate_self_signed",
    [REEL_ERROR_CERTIFICATE_NAME] = "certificate_name",
    [REEL_ERROR_CERTIFICATE_EXPIRED] = "certificate_expired",
    [REEL_ERROR_CERTIFICATE_EARLY] = "certificate_early",
    [REEL_ERROR_BROKEN] = "broken",
    [REEL_ERROR_TIMEOUT] = "timeout",
    [REEL_ERROR_TOO_LARGE] = "too_large",
    [REEL_ERROR_NOT_JSON] = "not_json",
    [REEL_ERROR_BAD_SHAPE] = "bad_shape",
    [REEL_ERROR_INVALID_REQUEST] = "invalid_request",
    [REEL_ERROR_UNAUTHORIZED] = "unauthorized",
    [REEL_ERROR_INSUFFICIENT_CREDITS] = "insufficient_credits",
    [REEL_ERROR_NOT_FOUND] = "not_found",
    [REEL_ERROR_RATE_LIMITED] = "rate_limited",
    [REEL_ERROR_INTERNAL] = "internal_error",
    [REEL_ERROR_UNKNOWN_CODE] = "unknown_code",
    [REEL_ERROR_STORE] = "store",
    [REEL_ERROR_FILE] = "file",
    [REEL_ERROR_NOT_A_VIDEO] = "not_a_video",
    [REEL_ERROR_TRUNCATED] = "truncated",
    [REEL_ERROR_MISSING_DECODER] = "missing_decoder",
    [REEL_ERROR_SECRET] = "secret",
    [REEL_ERROR_TAKEN] = "taken",
    [REEL_ERROR_MISMATCH] = "mismatch",
};

static ReelErrorPrivate *
get_private (const GError *error)
{
  return error != NULL && error->domain == REEL_ERROR ? reel_error_get_private (error) : NULL;
}

/**
 * reel_error_new_service:
 * @code: what it is
 * @http_status: the HTTP status of the answer
 * @service_code: (nullable): the service's own code (error.code)
 * @service_message: (nullable): the service's own words (error.message)
 * @retry_after: the delay that the service asks for, in seconds, or -1
 *
 * Makes an error of an answer that came back from the service.
 *
 * Returns: (transfer full): the error
 */
GError *
reel_error_new_service (ReelError code,
                        guint http_status,
                        const char *service_code,
                        const char *service_message,
                        gint64 retry_after)
{
  GError *error =
      g_error_new (REEL_ERROR, code, "HTTP %u %s: %s", http_status, service_code != NULL ? service_code : "(no code)",
                   service_message != NULL ? service_message : "(no message)");
  ReelErrorPrivate *private = get_private (error);

  private->sent = TRUE;
  private->http_status = http_status;
  private->service_code = g_strdup (service_code);
  private->service_message = g_strdup (service_message);
  private->retry_after = retry_after;

  return error;
}

/**
 * reel_error_new_network:
 * @code: what it is
 * @sent: whether a byte of the request may have left this machine
 * @message: technical words for a log, without a key or a signed URL
 *
 * Makes an error of a request that got no usable answer.
 *
 * Returns: (transfer full): the error
 */
GError *
reel_error_new_network (ReelError code, gboolean sent, const char *message)
{
  GError *error = g_error_new_literal (REEL_ERROR, code, message);

  get_private (error)->sent = sent;

  return error;
}

/**
 * reel_error_new_certificate:
 * @code: %REEL_ERROR_TLS, or one of the certificates
 * @issuer: (nullable): who issued the certificate, by its own words
 *
 * Makes an error of a certificate that was refused, before a byte of the request was sent.
 *
 * Returns: (transfer full): the error
 */
GError *
reel_error_new_certificate (ReelError code, const char *issuer)
{
  GError *error = g_error_new (REEL_ERROR, code, "The certificate was refused (%s), issued by %s",
                               reel_error_to_name (code), issuer != NULL ? issuer : "(nobody)");

  get_private (error)->issuer = g_strdup (issuer);

  return error;
}

/**
 * reel_error_was_sent:
 * @error: (nullable): an error of any domain
 *
 * Tells whether a byte of the request may have left this machine. Only where it has not may a paid request be sent
 * again by itself. An error that is not of the network says %FALSE.
 */
gboolean
reel_error_was_sent (const GError *error)
{
  ReelErrorPrivate *private = get_private (error);

  return private != NULL && private->sent;
}

/**
 * reel_error_get_http_status:
 * @error: (nullable): an error of any domain
 *
 * Gets the HTTP status of the answer, or 0 where there was none.
 */
guint
reel_error_get_http_status (const GError *error)
{
  ReelErrorPrivate *private = get_private (error);

  return private != NULL ? private->http_status : 0;
}

/**
 * reel_error_set_http_status:
 * @error: an error of this domain
 * @http_status: the HTTP status of the answer that the error is about
 *
 * Records the HTTP status of an answer that could not be read.
 */
void
reel_error_set_http_status (GError *error, guint http_status)
{
  ReelErrorPrivate *private = get_private (error);

  g_return_if_fail (private != NULL);

  private->http_status = http_status;
}

/**
 * reel_error_get_service_code:
 * @error: (nullable): an error of any domain
 *
 * Returns: (nullable) (transfer none): the service's own code (error.code)
 */
const char *
reel_error_get_service_code (const GError *error)
{
  ReelErrorPrivate *private = get_private (error);

  return private != NULL ? private->service_code : NULL;
}

/**
 * reel_error_get_service_message:
 * @error: (nullable): an error of any domain
 *
 * Returns: (nullable) (transfer none): the service's own words (error.message)
 */
const char *
reel_error_get_service_message (const GError *error)
{
  ReelErrorPrivate *private = get_private (error);

  return private != NULL ? private->service_message : NULL;
}

/**
 * reel_error_get_retry_after:
 * @error: (nullable): an error of any domain
 *
 * Gets the delay that the service asks for (the Retry-After header), in seconds, or -1 where it names none.
 */
gint64
reel_error_get_retry_after (const GError *error)
{
  ReelErrorPrivate *private = get_private (error);

  return private != NULL ? private->retry_after : -1;
}

/**
 * reel_error_get_issuer:
 * @error: (nullable): an error of any domain
 *
 * Returns: (nullable) (transfer none): who issued the certificate that was refused, by its own words: untrusted
 */
const char *
reel_error_get_issuer (const GError *error)
{
  ReelErrorPrivate *private = get_private (error);

  return private != NULL ? private->issuer : NULL;
}

/**
 * reel_error_is_certificate:
 * @code: an error
 *
 * Tells whether a certificate was refused for a reason that is known. Then nothing was sent.
 */
gboolean
reel_error_is_certificate (ReelError code)
{
  return code >= REEL_ERROR_CERTIFICATE_AUTHORITY && code <= REEL_ERROR_CERTIFICATE_EARLY;
}

/**
 * reel_error_is_connection:
 * @code: an error
 *
 * Tells whether it may be that no connection was made. Where reel_error_was_sent() denies it too, the request provably
 * never left this machine.
 */
gboolean
reel_error_is_connection (ReelError code)
{
  return code <= REEL_ERROR_CERTIFICATE_EARLY || code == REEL_ERROR_TIMEOUT;
}

/**
 * reel_error_to_name:
 * @code: an error
 *
 * Gets the name of an error for ReelJobRecord.error_code, where the service gave no code of its own. The errors that the
 * API documents have the API's names (error.code).
 *
 * Returns: (transfer none): a name that never changes
 */
const char *
reel_error_to_name (ReelError code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (names), names[REEL_ERROR_UNKNOWN_CODE]);

  return names[code];
}

/**
 * reel_error_from_name:
 * @name: (nullable): a name by reel_error_to_name(), or a code of the service
 * @code: (out): the error; %REEL_ERROR_UNKNOWN_CODE where the name is not known
 *
 * Finds the error that a name stands for.
 *
 * Returns: whether the name is known
 */
gboolean
reel_error_from_name (const char *name, ReelError *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_strcmp0 (names[i], name) == 0) {
      *code = i;
      return TRUE;
    }
  }
  *code = REEL_ERROR_UNKNOWN_CODE;

  return FALSE;
}
