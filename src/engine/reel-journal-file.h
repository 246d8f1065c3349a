#pragma once

#include <glib.h>

G_BEGIN_DECLS

GKeyFile *reel_journal_file_load (const char *path);
gboolean reel_journal_file_replace (const char *path, const char *text, GError **error);
gboolean reel_journal_file_remove (const char *path, GError **error);

G_END_DECLS
