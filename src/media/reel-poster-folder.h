#pragma once

#include <gdk/gdk.h>
#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_TYPE_POSTER_FOLDER (reel_poster_folder_get_type ())
G_DECLARE_FINAL_TYPE (ReelPosterFolder, reel_poster_folder, REEL, POSTER_FOLDER, GObject)

ReelPosterFolder *reel_poster_folder_new (GFile *folder, guint64 limit);
GdkTexture *reel_poster_folder_load (ReelPosterFolder *self, const char *id);
GFile *reel_poster_folder_get_file (ReelPosterFolder *self, const char *id);
void reel_poster_folder_save (ReelPosterFolder *self, const char *id, GdkTexture *texture);
GFile *reel_poster_folder_get_file (ReelPosterFolder *self, const char *id);

G_END_DECLS
