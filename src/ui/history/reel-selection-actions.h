#pragma once

#include <adwaita.h>

#include "reel-engine.h"
#include "reel-history-model.h"
#include "reel-job-actions.h"

G_BEGIN_DECLS

#define REEL_TYPE_SELECTION_ACTIONS (reel_selection_actions_get_type ())
G_DECLARE_FINAL_TYPE (ReelSelectionActions, reel_selection_actions, REEL, SELECTION_ACTIONS, GObject)

ReelSelectionActions *reel_selection_actions_new (ReelEngine *engine,
                                                  ReelHistoryModel *model,
                                                  ReelJobActions *job_actions,
                                                  GSettings *settings,
                                                  GtkWidget *widget,
                                                  AdwToastOverlay *toasts);
void reel_selection_actions_save_copies (ReelSelectionActions *self, GPtrArray *jobs, GFile *folder);

G_END_DECLS
