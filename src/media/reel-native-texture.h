#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

GdkTexture *reel_native_texture_take (GdkTexture *texture);

G_END_DECLS
