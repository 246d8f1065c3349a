#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REEL_TYPE_WINDOW (reel_window_get_type ())
G_DECLARE_FINAL_TYPE (ReelWindow, reel_window, REEL, WINDOW, AdwApplicationWindow)

ReelWindow *reel_window_new (GtkApplication *application, GSettings *settings);

G_END_DECLS
