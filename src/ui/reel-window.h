#pragma once

#include <adwaita.h>

#include "reel-detail-page.h"
#include "reel-engine.h"
#include "reel-poster-cache.h"

G_BEGIN_DECLS

#define REEL_TYPE_WINDOW (reel_window_get_type ())
G_DECLARE_FINAL_TYPE (ReelWindow, reel_window, REEL, WINDOW, AdwApplicationWindow)

ReelWindow *reel_window_new (GtkApplication *application,
                             GSettings *settings,
                             ReelEngine *engine,
                             ReelPosterCache *posters,
                             GFile *default_library);
ReelDetailPage *reel_window_get_detail (ReelWindow *self);
void reel_window_set_loaded (ReelWindow *self);
ReelJob *reel_window_get_shown_job (ReelWindow *self);
void reel_window_show_job (ReelWindow *self, ReelJob *job);
void reel_window_fill_prompt (ReelWindow *self, const char *prompt);
void reel_window_search (ReelWindow *self, const char *text);
void reel_window_add_toast (ReelWindow *self, const char *title);

G_END_DECLS
