#pragma once

#include "reel-engine.h"

G_BEGIN_DECLS

char *reel_storage_text_make_amount (guint n_files, gint64 n_bytes);
char *reel_storage_text_make_total (GPtrArray *sums);
char *reel_storage_text_make_preview (guint n_files, gint64 n_bytes, gboolean forget);
char *reel_storage_text_make_removed (ReelRemoval *removal);
char *reel_storage_text_make_kept_list (ReelRemoval *removal);
char *reel_storage_text_make_count (guint n_done, guint n);
char *reel_storage_text_make_missing (guint n_missing);
char *reel_storage_text_make_located (guint n_found, guint n_missing);
char *reel_storage_text_make_moved (ReelLibraryMover *mover, const GError *error);

G_END_DECLS
