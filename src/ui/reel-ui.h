#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Where the resources of the widgets are. */
#define REEL_UI_RESOURCES "/io/github/seedreel/Seedreel/"

void reel_ui_init (void);

G_END_DECLS
