#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_TYPE_LIBRARY_MOVER (reel_library_mover_get_type ())
G_DECLARE_FINAL_TYPE (ReelLibraryMover, reel_library_mover, REEL, LIBRARY_MOVER, GObject)

gboolean reel_library_mover_get_running (ReelLibraryMover *self);
guint reel_library_mover_get_n_files (ReelLibraryMover *self);
guint reel_library_mover_get_n_moved (ReelLibraryMover *self);
guint reel_library_mover_get_n_left (ReelLibraryMover *self);
guint reel_library_mover_get_n_doubled (ReelLibraryMover *self);
double reel_library_mover_get_progress (ReelLibraryMover *self);
void reel_library_mover_cancel (ReelLibraryMover *self);

G_END_DECLS
