#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _ReelFrameGate ReelFrameGate;

ReelFrameGate *reel_frame_gate_new (guint n_lanes);
ReelFrameGate *reel_frame_gate_ref (ReelFrameGate *self);
void reel_frame_gate_unref (ReelFrameGate *self);
void reel_frame_gate_watch (ReelFrameGate *self, guint lane, GstPad *pad);
void reel_frame_gate_open (ReelFrameGate *self);
gboolean reel_frame_gate_has_begun (ReelFrameGate *self, guint lane);
gboolean reel_frame_gate_is_empty (ReelFrameGate *self, guint lane);
gboolean reel_frame_gate_has_ended (ReelFrameGate *self, guint lane);
GstClockTime reel_frame_gate_get_end (ReelFrameGate *self, guint lane);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelFrameGate, reel_frame_gate_unref)

G_END_DECLS
