#pragma once

#include "reel-file-probe.h"

G_BEGIN_DECLS

#define REEL_TYPE_BOX_PROBE (reel_box_probe_get_type ())
G_DECLARE_FINAL_TYPE (ReelBoxProbe, reel_box_probe, REEL, BOX_PROBE, GObject)

/* What the probe says about labels. */
typedef enum
{
  REEL_BOX_PROBE_NO_LABELS,  /* files do not take any */
  REEL_BOX_PROBE_LABELS,     /* files take them */
  REEL_BOX_PROBE_BAD_LABELS, /* files take them, and are no videos with them */
} ReelBoxProbeLabels;

/* A file probe for tests without GStreamer: the file begins with an ftyp box and its boxes end with the file. */
ReelFileProbe *reel_box_probe_new (void);
void reel_box_probe_set_labels (ReelFileProbe *probe, ReelBoxProbeLabels labels);

/* The smallest thing that it takes for a video, of @size bytes, at least 32. */
GBytes *reel_box_probe_make_video (gsize size);

G_END_DECLS
