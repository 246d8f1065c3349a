#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REEL_TYPE_STAGE (reel_stage_get_type ())
G_DECLARE_FINAL_TYPE (ReelStage, reel_stage, REEL, STAGE, GtkWidget)

GtkWidget *reel_stage_get_child (ReelStage *self);
void reel_stage_set_aspect (ReelStage *self, double aspect);
void reel_stage_set_max_height (ReelStage *self, int max_height);

G_END_DECLS
