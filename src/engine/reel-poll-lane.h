#pragma once

#include "reel-poll-queue.h"

G_BEGIN_DECLS

/* The jobs of one account, with the budget that they share and what keeps them waiting. It knows no clock and no
 * network; all times are monotonic microseconds. */
typedef struct _ReelPollLane ReelPollLane;

ReelPollLane *reel_poll_lane_new (const char *account_id, guint requests_per_minute);
void reel_poll_lane_free (ReelPollLane *self);
const char *reel_poll_lane_get_account_id (ReelPollLane *self);
ReelPollQueue *reel_poll_lane_get_queue (ReelPollLane *self);
void reel_poll_lane_set_requests_per_minute (ReelPollLane *self, guint requests_per_minute, gint64 now);

gint64 reel_poll_lane_get_next (ReelPollLane *self);
ReelPollItem *reel_poll_lane_take (ReelPollLane *self, gint64 now);
void reel_poll_lane_end (ReelPollLane *self);

void reel_poll_lane_pause (ReelPollLane *self, gint64 until);
guint reel_poll_lane_limit (ReelPollLane *self);
gboolean reel_poll_lane_refuse (ReelPollLane *self, const GError *error);
const GError *reel_poll_lane_get_refused (ReelPollLane *self);
gboolean reel_poll_lane_accept (ReelPollLane *self);
void reel_poll_lane_reset (ReelPollLane *self);

G_END_DECLS
