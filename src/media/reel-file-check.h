#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean reel_file_check (GFile *file, gboolean thorough, GCancellable *cancellable, GError **error);

G_END_DECLS
