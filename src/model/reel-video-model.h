#pragma once

#include <gio/gio.h>

#include "reel-money.h"

G_BEGIN_DECLS

#define REEL_TYPE_VIDEO_MODEL (reel_video_model_get_type ())
G_DECLARE_FINAL_TYPE (ReelVideoModel, reel_video_model, REEL, VIDEO_MODEL, GObject)

ReelVideoModel *reel_video_model_new (const char *id);
void reel_video_model_add_duration (ReelVideoModel *self, guint seconds);
void reel_video_model_add_aspect_ratio (ReelVideoModel *self, const char *ratio);
void reel_video_model_add_resolution (ReelVideoModel *self, const char *resolution);
void reel_video_model_set_price (ReelVideoModel *self, const char *resolution, ReelMoney usd_per_second);

const char *reel_video_model_get_id (ReelVideoModel *self);
const guint *reel_video_model_get_durations (ReelVideoModel *self, guint *n_durations);
const char *const *reel_video_model_get_aspect_ratios (ReelVideoModel *self);
const char *const *reel_video_model_get_resolutions (ReelVideoModel *self);
ReelMoney reel_video_model_get_price (ReelVideoModel *self, const char *resolution);
gboolean reel_video_model_durations_are_consecutive (ReelVideoModel *self);
guint reel_video_model_nearest_duration (ReelVideoModel *self, guint seconds);
const char *reel_video_model_nearest_aspect_ratio (ReelVideoModel *self, const char *ratio);
const char *reel_video_model_nearest_resolution (ReelVideoModel *self, const char *resolution);

G_END_DECLS
