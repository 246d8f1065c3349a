#include "config.h"

#include "reel-scrub-strip.h"

/**
 * ReelScrubStrip:
 *
 * Frames of a video, one from each of as many parts of the same length. They come in any order; the signal "changed" tells
 * of each.
 */
struct _ReelScrubStrip
{
  GObject parent_instance;

  GdkTexture *frames[REEL_SCRUB_STRIP_FRAMES];
  guint n_frames;
  guint64 bytes;
};

G_DEFINE_FINAL_TYPE (ReelScrubStrip, reel_scrub_strip, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
reel_scrub_strip_finalize (GObject *object)
{
  ReelScrubStrip *self = REEL_SCRUB_STRIP (object);

  for (guint i = 0; i < REEL_SCRUB_STRIP_FRAMES; i++)
    g_clear_object (&self->frames[i]);

  G_OBJECT_CLASS (reel_scrub_strip_parent_class)->finalize (object);
}

static void
reel_scrub_strip_class_init (ReelScrubStripClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_scrub_strip_finalize;

  /**
   * ReelScrubStrip::changed:
   *
   * Another frame is there.
   */
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_scrub_strip_init (ReelScrubStrip *self)
{
}

/**
 * reel_scrub_strip_new:
 *
 * Returns: (transfer full): a strip without frames
 */
ReelScrubStrip *
reel_scrub_strip_new (void)
{
  return g_object_new (REEL_TYPE_SCRUB_STRIP, NULL);
}

/**
 * reel_scrub_strip_set_frame:
 * @index: which one, of %REEL_SCRUB_STRIP_FRAMES; it was not set before
 * @texture: (transfer none): the frame
 *
 * Puts in a frame.
 */
void
reel_scrub_strip_set_frame (ReelScrubStrip *self, guint index, GdkTexture *texture)
{
  g_return_if_fail (REEL_IS_SCRUB_STRIP (self) && index < REEL_SCRUB_STRIP_FRAMES && GDK_IS_TEXTURE (texture));
  g_return_if_fail (self->frames[index] == NULL);

  self->frames[index] = g_object_ref (texture);
  self->n_frames++;
  self->bytes += (guint64)gdk_texture_get_width (texture) * (guint64)gdk_texture_get_height (texture) * 4;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * reel_scrub_strip_count_frames:
 *
 * Returns: how many frames are there, of %REEL_SCRUB_STRIP_FRAMES
 */
guint
reel_scrub_strip_count_frames (ReelScrubStrip *self)
{
  g_return_val_if_fail (REEL_IS_SCRUB_STRIP (self), 0);

  return self->n_frames;
}

/**
 * reel_scrub_strip_get_bytes:
 *
 * Returns: how much memory its frames take, bytes
 */
guint64
reel_scrub_strip_get_bytes (ReelScrubStrip *self)
{
  g_return_val_if_fail (REEL_IS_SCRUB_STRIP (self), 0);

  return self->bytes;
}

/**
 * reel_scrub_strip_peek:
 * @fraction: of the length of the video, 0 to 1
 *
 * Returns: (transfer none) (nullable): the nearest of the frames that are there
 */
GdkTexture *
reel_scrub_strip_peek (ReelScrubStrip *self, double fraction)
{
  g_return_val_if_fail (REEL_IS_SCRUB_STRIP (self), NULL);

  int wanted = CLAMP ((int)(fraction * REEL_SCRUB_STRIP_FRAMES), 0, REEL_SCRUB_STRIP_FRAMES - 1);

  for (int distance = 0; distance < REEL_SCRUB_STRIP_FRAMES; distance++) {
    int before = wanted - distance, after = wanted + distance;

    if (before >= 0 && self->frames[before] != NULL)
      return self->frames[before];
    if (after < REEL_SCRUB_STRIP_FRAMES && self->frames[after] != NULL)
      return self->frames[after];
  }

  return NULL;
}
