#pragma once

#include "reel-file-probe.h"

G_BEGIN_DECLS

#define REEL_TYPE_BOX_PROBE (reel_box_probe_get_type ())
G_DECLARE_FINAL_TYPE (ReelBoxProbe, reel_box_probe, REEL, BOX_PROBE, GObject)

/* A file probe for tests without GStreamer: the file begins with an ftyp box and its boxes end with the file. */
ReelFileProbe *reel_box_probe_new (void);

/* The smallest thing that it takes for a video, of @size bytes, at least 32. */
GBytes *reel_box_probe_make_video (gsize size);

G_END_DECLS
