#pragma once

#include "reel-job-record.h"

G_BEGIN_DECLS

char *reel_label_codec_encode (const ReelJobRecord *record);
ReelRequest *reel_label_codec_decode (GBytes *text, GError **error);

G_END_DECLS
