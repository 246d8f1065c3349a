#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Inside this layer only. */

#define REEL_TYPE_CAPPED_INPUT (reel_capped_input_get_type ())
G_DECLARE_FINAL_TYPE (ReelCappedInput, reel_capped_input, REEL, CAPPED_INPUT, GFilterInputStream)

GInputStream *reel_capped_input_new (GInputStream *base, gsize cap);

G_END_DECLS
