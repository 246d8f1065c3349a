#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REEL_TYPE_CHOICE (reel_choice_get_type ())
G_DECLARE_FINAL_TYPE (ReelChoice, reel_choice, REEL, CHOICE, GObject)

ReelChoice *reel_choice_new (GtkWidget *toggle_row, AdwToggleGroup *toggles);
void reel_choice_set_labels (ReelChoice *self, const char *const *labels);
guint reel_choice_get_selected (ReelChoice *self);
void reel_choice_set_selected (ReelChoice *self, guint selected);

G_END_DECLS
