#pragma once

#include <gio/gio.h>

#include "reel-decode-queue.h"
#include "reel-scrub-strip.h"

G_BEGIN_DECLS

#define REEL_TYPE_SCRUB_CACHE (reel_scrub_cache_get_type ())
G_DECLARE_FINAL_TYPE (ReelScrubCache, reel_scrub_cache, REEL, SCRUB_CACHE, GObject)

ReelScrubCache *reel_scrub_cache_new (ReelDecodeQueue *queue);
void reel_scrub_cache_set_memory_limit (ReelScrubCache *self, guint64 limit);
ReelScrubStrip *reel_scrub_cache_open (ReelScrubCache *self, GFile *video, const char *key, guint size);

G_END_DECLS
