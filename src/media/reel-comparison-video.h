#pragma once

#include "reel-comparison-pipeline.h"
#include "reel-held-picture.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReelComparisonVideo:
 * @file: (nullable): a local file
 * @error: (nullable): why it cannot be played
 * @picture: what is on the screen
 * @track: what it is like
 * @opened: whether @track is known
 *
 * One of the videos of a comparison.
 */
typedef struct
{
  GFile *file;
  GError *error;
  ReelHeldPicture *picture;
  ReelComparisonTrack track;
  gboolean opened;
} ReelComparisonVideo;

void reel_comparison_video_init (ReelComparisonVideo *self, GFile *file);
void reel_comparison_video_clear (ReelComparisonVideo *self);
void reel_comparison_video_check_async (ReelComparisonVideo *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean reel_comparison_video_check_finish (GAsyncResult *result, GError **error);
gboolean reel_comparison_video_set_source (ReelComparisonVideo *self, GdkPaintable *source);
gint64 reel_comparison_video_read_track (ReelComparisonVideo *self, ReelComparisonPipeline *pipeline, guint index);

G_END_DECLS
