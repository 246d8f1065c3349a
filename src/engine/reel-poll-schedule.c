#include "config.h"

#include "reel-poll-schedule.h"

#define SECOND ((gint64)G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)

/* A job is asked about at a steady interval for so long. From then on the interval grows with its age, so that the news
 * is late by the same part of what the job has taken; up to so many times the shortest. */
#define STEADY_FOR (80 * SECOND)
#define SLOWEST    150

/* How many times the shortest interval to wait where an answer says that asking is of little use. */
#define SLOW 30

/* The longest pause after failures, times the base: two minutes where that is two seconds. */
#define LONGEST_BACKOFF 60

/* The longest delay of a Retry-After header that is obeyed, in seconds. */
#define LONGEST_RETRY_AFTER (24 * 60 * 60)

/* Most videos are there before this age: a person may be waiting for one that is younger. */
#define YOUNG (10 * MINUTE)

static void
set_rate (ReelPollBudget *self, guint requests_per_minute)
{
  self->burst = MAX (requests_per_minute / 10, 1);
  self->spacing = MINUTE / MAX (requests_per_minute - self->burst, 1);
}

/**
 * reel_poll_budget_init:
 * @requests_per_minute: how many requests may go out in any minute, at least 1
 *
 * Sets a budget up. A tenth of it may go at once; the rest is spread, so that no minute has more than all of it.
 */
void
reel_poll_budget_init (ReelPollBudget *self, guint requests_per_minute)
{
  g_return_if_fail (requests_per_minute > 0);

  set_rate (self, requests_per_minute);
  self->busy_until = G_MININT64;
}

/**
 * reel_poll_budget_set_rate:
 * @requests_per_minute: how many requests may go out in any minute from now on, at least 1
 * @now: monotonic microseconds
 *
 * Changes a budget. What went out and is not paid off yet stays owed, at the new rate.
 */
void
reel_poll_budget_set_rate (ReelPollBudget *self, guint requests_per_minute, gint64 now)
{
  gint64 owed, spacing = self->spacing;

  g_return_if_fail (requests_per_minute > 0);

  set_rate (self, requests_per_minute);
  if (self->busy_until <= now)
    return;

  owed = self->busy_until - now;
  self->busy_until = now + owed / spacing * self->spacing + owed % spacing * self->spacing / spacing;
}

/**
 * reel_poll_budget_get_next:
 *
 * Returns: when the next request may go out, monotonic microseconds
 */
gint64
reel_poll_budget_get_next (const ReelPollBudget *self)
{
  if (self->busy_until == G_MININT64)
    return G_MININT64;

  return self->busy_until - (self->burst - 1) * self->spacing;
}

/**
 * reel_poll_budget_take:
 * @now: monotonic microseconds
 *
 * Counts a request that goes out now.
 */
void
reel_poll_budget_take (ReelPollBudget *self, gint64 now)
{
  self->busy_until = MAX (self->busy_until, now) + self->spacing;
}

/**
 * reel_poll_schedule_interval:
 * @base: the shortest interval, microseconds
 * @age: how long ago the service accepted the job, microseconds
 *
 * Tells how long to wait between two status requests of a job: short at first, longer and longer with its age, and
 * never for ever.
 *
 * Returns: microseconds
 */
gint64
reel_poll_schedule_interval (gint64 base, gint64 age)
{
  return (gint64)(base * CLAMP ((double)age / STEADY_FOR, 1, SLOWEST));
}

/**
 * reel_poll_schedule_slow_interval:
 * @base: the shortest interval, microseconds
 *
 * Tells how long to wait where an answer says that asking is of little use, such as not_found.
 *
 * Returns: microseconds
 */
gint64
reel_poll_schedule_slow_interval (gint64 base)
{
  return base * SLOW;
}

/**
 * reel_poll_schedule_slowest_interval:
 * @base: the shortest interval, microseconds
 *
 * Tells the longest time between two status requests that nothing but the service itself asks for.
 *
 * Returns: microseconds
 */
gint64
reel_poll_schedule_slowest_interval (gint64 base)
{
  return base * SLOWEST;
}

/**
 * reel_poll_schedule_backoff:
 * @base: the shortest interval, microseconds
 * @n_failures: how often it failed in a row, from 1
 * @random: from 0 to 1
 *
 * Tells how long to wait after a failure: exponential with full jitter, never shorter than @base, so that many clients
 * do not come back together.
 *
 * Returns: microseconds
 */
gint64
reel_poll_schedule_backoff (gint64 base, guint n_failures, double random)
{
  gint64 most = base * MIN (1 << MIN (n_failures, 16), LONGEST_BACKOFF);

  return base + (gint64)((most - base) * random);
}

/**
 * reel_poll_schedule_pause:
 * @base: the shortest interval, microseconds
 * @n_failures: how often it failed in a row, from 1
 * @retry_after: what the server asks for, in seconds, or -1
 * @random: from 0 to 1
 *
 * Tells how long to wait after an answer that is a failure: as long as the server asks for, up to a day; where it asks
 * for nothing, see reel_poll_schedule_backoff().
 *
 * Returns: microseconds, at least @base
 */
gint64
reel_poll_schedule_pause (gint64 base, guint n_failures, gint64 retry_after, double random)
{
  if (retry_after < 0)
    return reel_poll_schedule_backoff (base, n_failures, random);

  return MAX (MIN (retry_after, LONGEST_RETRY_AFTER) * SECOND, base);
}

/**
 * reel_poll_schedule_is_young:
 * @age: how long ago the service accepted the job, microseconds
 *
 * Tells whether a job is at the age at which most are finished.
 */
gboolean
reel_poll_schedule_is_young (gint64 age)
{
  return age < YOUNG;
}
