#pragma once

#include <gtk/gtk.h>

#include "reel-job-record.h"

G_BEGIN_DECLS

#define REEL_TYPE_TIMELINE (reel_timeline_get_type ())
G_DECLARE_FINAL_TYPE (ReelTimeline, reel_timeline, REEL, TIMELINE, GtkWidget)

void reel_timeline_show (ReelTimeline *self, const ReelJobRecord *record);

G_END_DECLS
