#pragma once

#include <gdk/gdk.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* A video made for a test. Each frame carries its own number, as white and black blocks, so that a test can read from
 * the picture which frame it sees. */
typedef struct
{
  int width;         /* pixels; 320 where 0 */
  int height;        /* pixels; 180 where 0 */
  int frames;        /* 48 where 0 */
  int frame_rate;    /* a second; 24 where 0 */
  double audio;      /* seconds of sound; none where 0 */
  gboolean no_video; /* nothing but sound */
  gboolean webm;     /* VP8 in WebM, not H.264 in MP4 */
  gboolean slow;     /* the table of contents at the end, as a camera writes it */
  int black;         /* so many black frames at the start, without a number */
} ReelClip;

GFile *reel_clip_make (const ReelClip *clip, const char *folder, const char *name);
GFile *reel_clip_cut (GFile *file, double share, const char *name);
GFile *reel_clip_write (const char *folder, const char *name, const void *data, gsize length);

int reel_clip_read_number (const guchar *pixels, int width, int height, gsize stride);
int reel_clip_read_texture (GdkTexture *texture);
int reel_clip_read_paintable (GdkPaintable *paintable);

G_END_DECLS
