#pragma once

#include <gio/gio.h>

#include "reel-catalogue.h"
#include "reel-error.h"
#include "reel-generation.h"
#include "reel-job-record.h"

G_BEGIN_DECLS

char *reel_codec_encode_request (const ReelJobRecord *record);
ReelCatalogue *reel_codec_decode_models (GBytes *body, GError **error);
ReelGeneration *reel_codec_decode_generation (GBytes *body, GError **error);
ReelGeneration *reel_codec_decode_accepted (GBytes *body, GError **error);
GError *reel_codec_decode_error (guint http_status, GBytes *body, gint64 retry_after);
gint64 reel_codec_parse_retry_after (const char *value, gint64 now);

G_END_DECLS
