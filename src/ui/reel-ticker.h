#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define REEL_TYPE_TICKER (reel_ticker_get_type ())
G_DECLARE_FINAL_TYPE (ReelTicker, reel_ticker, REEL, TICKER, GObject)

ReelTicker *reel_ticker_new (void);
void reel_ticker_hold (ReelTicker *self, gboolean seconds);
void reel_ticker_release (ReelTicker *self, gboolean seconds);
gboolean reel_ticker_is_running (ReelTicker *self);

G_END_DECLS
