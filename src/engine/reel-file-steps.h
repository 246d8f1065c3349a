#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Steps that never replace a file and never half-write one, for worker threads. Where they fail, errno says why. */
char *reel_file_steps_hash (int fd);
gboolean reel_file_steps_is_same (const char *path, gint64 size, const char *sha256);
gboolean reel_file_steps_rename (const char *from, const char *to);

G_END_DECLS
