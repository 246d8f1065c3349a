#pragma once

#include <adwaita.h>

#include "reel-request.h"

G_BEGIN_DECLS

#define REEL_TYPE_GENERATE_BAR (reel_generate_bar_get_type ())
G_DECLARE_FINAL_TYPE (ReelGenerateBar, reel_generate_bar, REEL, GENERATE_BAR, AdwBin)

void reel_generate_bar_show_price (ReelGenerateBar *self, ReelRequest *request, ReelVideoModel *model);
void reel_generate_bar_show_reason (ReelGenerateBar *self, const char *reason);
void reel_generate_bar_announce_reason (ReelGenerateBar *self);
gboolean reel_generate_bar_focus (ReelGenerateBar *self);

G_END_DECLS
