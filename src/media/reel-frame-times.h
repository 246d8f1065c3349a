#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _ReelFrameTimes ReelFrameTimes;

ReelFrameTimes *reel_frame_times_new (void);
ReelFrameTimes *reel_frame_times_ref (ReelFrameTimes *self);
void reel_frame_times_unref (ReelFrameTimes *self);

void reel_frame_times_watch (ReelFrameTimes *self, GstElement *decoder);
GstClockTime reel_frame_times_find (ReelFrameTimes *self, GstClockTime time);
GstClockTime reel_frame_times_get_last (ReelFrameTimes *self);
GstClockTime reel_frame_times_get_shortest (ReelFrameTimes *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelFrameTimes, reel_frame_times_unref)

G_END_DECLS
