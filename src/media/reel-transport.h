#pragma once

#include "reel-pipeline.h"

G_BEGIN_DECLS

#define REEL_TYPE_TRANSPORT (reel_transport_get_type ())
G_DECLARE_FINAL_TYPE (ReelTransport, reel_transport, REEL, TRANSPORT, GObject)

ReelTransport *reel_transport_new (ReelPipeline *pipeline);
void reel_transport_close (ReelTransport *self);

void reel_transport_set_playing (ReelTransport *self, gboolean playing);
void reel_transport_set_loop (ReelTransport *self, gboolean loop);
void reel_transport_set_rate (ReelTransport *self, double rate);
void reel_transport_seek (ReelTransport *self, gint64 position);
void reel_transport_step (ReelTransport *self, int frames);
void reel_transport_refresh (ReelTransport *self);

gboolean reel_transport_get_ready (ReelTransport *self);
gint64 reel_transport_get_position (ReelTransport *self);
gint64 reel_transport_get_duration (ReelTransport *self);

G_END_DECLS
