#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file system of its own on a folder, for this process and what it starts from now on. Call it in a test subprocess
 * before anything has started a thread. Not everybody may do that. */
gboolean reel_small_disk_is_possible (void);
void reel_small_disk_mount (const char *folder, const char *size);
void reel_small_disk_resize (const char *folder, const char *size);

G_END_DECLS
