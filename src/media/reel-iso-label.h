#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean reel_iso_label_fits (GFile *file, GCancellable *cancellable);
GBytes *reel_iso_label_read (GFile *file, GCancellable *cancellable, GError **error);

G_END_DECLS
