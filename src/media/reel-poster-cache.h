#pragma once

#include <gdk/gdk.h>
#include <gio/gio.h>

#include "reel-scrub-cache.h"

G_BEGIN_DECLS

#define REEL_TYPE_POSTER_CACHE (reel_poster_cache_get_type ())
G_DECLARE_FINAL_TYPE (ReelPosterCache, reel_poster_cache, REEL, POSTER_CACHE, GObject)

/* Still pictures of videos, made off the main thread (at most two at a time), kept in memory and as PNG files in
 * @folder (both bounded). @key names the content (the SHA-256 of the file); the picture fits into @size x @size pixels in
 * the video's own shape. */
ReelPosterCache *reel_poster_cache_new (GFile *folder);
void reel_poster_cache_load_async (ReelPosterCache *self,
                                   GFile *video,
                                   const char *key,
                                   guint size,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
GdkTexture *reel_poster_cache_load_finish (ReelPosterCache *self, GAsyncResult *result, GError **error);
GdkTexture *reel_poster_cache_peek (ReelPosterCache *self, const char *key, guint size); /* transfer none, nullable */

ReelScrubCache *reel_poster_cache_get_scrubs (ReelPosterCache *self);
guint reel_poster_cache_round_size (double size);
GFile *reel_poster_cache_get_file (ReelPosterCache *self, const char *key, guint size); /* transfer full */

/* Decodes an image (a reference's thumbnail) off the main thread, scaled to fit @size x @size pixels. */
void reel_poster_decode_async (GBytes *image,
                               guint size,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
GdkTexture *reel_poster_decode_finish (GAsyncResult *result, GError **error);

G_END_DECLS
