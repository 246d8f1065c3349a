#pragma once

#include <adwaita.h>

#include "reel-detail-page.h"
#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_JOB_ACTIONS (reel_job_actions_get_type ())
G_DECLARE_FINAL_TYPE (ReelJobActions, reel_job_actions, REEL, JOB_ACTIONS, GObject)

ReelJobActions *reel_job_actions_new (ReelEngine *engine, GtkWidget *widget, AdwToastOverlay *toasts);
GActionGroup *reel_job_actions_get_group (ReelJobActions *self);
void reel_job_actions_set_page (ReelJobActions *self, ReelDetailPage *page);
void reel_job_actions_set_settings (ReelJobActions *self, GSettings *settings);
void reel_job_actions_set_job (ReelJobActions *self, ReelJob *job);
void reel_job_actions_delete_jobs (ReelJobActions *self, GPtrArray *jobs);

G_END_DECLS
