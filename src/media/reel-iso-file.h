#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean reel_iso_file_check (GFile *file, gboolean *is_iso, GCancellable *cancellable, GError **error);

G_END_DECLS
