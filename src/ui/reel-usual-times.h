#pragma once

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_USUAL_TIMES (reel_usual_times_get_type ())
G_DECLARE_FINAL_TYPE (ReelUsualTimes, reel_usual_times, REEL, USUAL_TIMES, GObject)

ReelUsualTimes *reel_usual_times_new (ReelEngine *engine);
gint64 reel_usual_times_get (ReelUsualTimes *self, const ReelJobRecord *record);

G_END_DECLS
