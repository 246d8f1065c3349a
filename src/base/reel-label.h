#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The bytes of a label before its text: size, type and identifier of an ISO `uuid` box. */
#define REEL_LABEL_HEADER 24

/** The most bytes that the text of a label may have. */
#define REEL_LABEL_MOST (256 << 10)

GBytes *reel_label_wrap (const char *text);
gboolean reel_label_is_begun (const guint8 *data, gsize length);

G_END_DECLS
