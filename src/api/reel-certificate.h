#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is wrong with a certificate; inside this layer only. */

GError *reel_certificate_make_error (GTlsCertificate *certificate, GTlsCertificateFlags problems);

G_END_DECLS
