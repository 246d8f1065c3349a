#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean reel_folder_sync (const char *path);

G_END_DECLS
