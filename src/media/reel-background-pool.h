#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define REEL_TYPE_BACKGROUND_POOL (reel_background_pool_get_type ())
G_DECLARE_FINAL_TYPE (ReelBackgroundPool, reel_background_pool, REEL, BACKGROUND_POOL, GstTaskPool)

void reel_background_pool_inherit (GstBus *bus);

G_END_DECLS
