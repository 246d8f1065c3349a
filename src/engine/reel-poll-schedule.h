#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelPollBudget:
 * @spacing: microseconds between two requests where many wait
 * @burst: how many may go at once after a pause
 * @busy_until: when the requests that went out are paid off, monotonic microseconds
 *
 * The requests that all running jobs of an account share: in no minute more than were asked for.
 */
typedef struct
{
  gint64 spacing;
  guint burst;
  gint64 busy_until;
} ReelPollBudget;

void reel_poll_budget_init (ReelPollBudget *self, guint requests_per_minute);
void reel_poll_budget_set_rate (ReelPollBudget *self, guint requests_per_minute, gint64 now);
gint64 reel_poll_budget_get_next (const ReelPollBudget *self);
void reel_poll_budget_take (ReelPollBudget *self, gint64 now);

gint64 reel_poll_schedule_interval (gint64 base, gint64 age);
gint64 reel_poll_schedule_slow_interval (gint64 base);
gint64 reel_poll_schedule_slowest_interval (gint64 base);
gint64 reel_poll_schedule_backoff (gint64 base, guint n_failures, double random);
gint64 reel_poll_schedule_pause (gint64 base, guint n_failures, gint64 retry_after, double random);
gboolean reel_poll_schedule_is_young (gint64 age);

G_END_DECLS
