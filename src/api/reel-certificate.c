#include "config.h"

#include "reel-certificate.h"

#include "reel-error.h"

#include <string.h>

/* Gets an attribute of a distinguished name such as “CN=Example CA,O=Example\, Inc.”; NULL where it has none. */
static char *
find_attribute (const char *name, const char *attribute)
{
  gsize length = strlen (attribute);

  for (const char *at = name; *at != '\0';) {
    g_autoptr (GString) value = g_string_new (NULL);
    gboolean found = g_ascii_strncasecmp (at, attribute, length) == 0 && at[length] == '=';

    for (; *at != '\0' && *at != ',' && *at != '+'; at++) {
      if (*at == '\\' && at[1] != '\0')
        at++;
      g_string_append_c (value, *at);
    }
    if (found && value->len > length + 1)
      return g_strdup (value->str + length + 1);
    while (*at == ',' || *at == '+' || *at == ' ')
      at++;
  }

  return NULL;
}

/* Who issued a certificate: the name or else the organisation that it gives itself, NULL where it gives neither. */
static char *
dup_issuer (GTlsCertificate *certificate)
{
  g_autofree char *name = g_tls_certificate_get_issuer_name (certificate);
  g_autofree char *issuer = NULL;

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return NULL;

  issuer = find_attribute (name, "CN");

  return issuer != NULL ? g_steal_pointer (&issuer) : find_attribute (name, "O");
}

/* Who issued it says more than what it says of itself: an interceptor may say anything. */
static ReelError
judge (GTlsCertificate *certificate, GTlsCertificateFlags problems)
{
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);

  if (problems & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return issuer != NULL && g_strcmp0 (issuer, subject) == 0 ? REEL_ERROR_CERTIFICATE_SELF_SIGNED
                                                              : REEL_ERROR_CERTIFICATE_AUTHORITY;
  if (problems & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return REEL_ERROR_CERTIFICATE_NAME;
  if (problems & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return REEL_ERROR_CERTIFICATE_EARLY;
  if (problems & G_TLS_CERTIFICATE_EXPIRED)
    return REEL_ERROR_CERTIFICATE_EXPIRED;

  return REEL_ERROR_TLS;
}

/**
 * reel_certificate_make_error:
 * @certificate: a certificate that was refused
 * @problems: why
 *
 * Returns: (transfer full): what is wrong with it, and who issued it
 */
GError *
reel_certificate_make_error (GTlsCertificate *certificate, GTlsCertificateFlags problems)
{
  g_autofree char *issuer = dup_issuer (certificate);

  return reel_error_new_certificate (judge (certificate, problems), issuer);
}
