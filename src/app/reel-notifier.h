#pragma once

#include "reel-job-list.h"
#include "reel-window.h"

G_BEGIN_DECLS

#define REEL_TYPE_NOTIFIER (reel_notifier_get_type ())
G_DECLARE_FINAL_TYPE (ReelNotifier, reel_notifier, REEL, NOTIFIER, GObject)

ReelNotifier *reel_notifier_new (GApplication *application, ReelJobList *jobs);
void reel_notifier_set_window (ReelNotifier *self, ReelWindow *window);
void reel_notifier_flush (ReelNotifier *self);

G_END_DECLS
