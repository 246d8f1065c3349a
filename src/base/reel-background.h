#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void reel_background_enter (void);
gboolean reel_background_is_entered (void);
void reel_background_run (GTask *task, GTaskThreadFunc function);

G_END_DECLS
