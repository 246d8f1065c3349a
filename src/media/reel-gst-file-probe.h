#pragma once

#include "reel-file-probe.h"

G_BEGIN_DECLS

#define REEL_TYPE_GST_FILE_PROBE (reel_gst_file_probe_get_type ())
G_DECLARE_FINAL_TYPE (ReelGstFileProbe, reel_gst_file_probe, REEL, GST_FILE_PROBE, GObject)

/* ReelFileProbe by GStreamer: opens the container, finds a video stream and checks that the file is whole. */
ReelFileProbe *reel_gst_file_probe_new (void);

G_END_DECLS
