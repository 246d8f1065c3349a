#include "config.h"

#include "reel-poll-schedule.h"

#define MINUTE (60 * G_USEC_PER_SEC)

/* The interval grows from its base to this many times it, from the first minute of a job to the tenth. */
#define SLOWEST       7.5
#define SLOWEST_AFTER (10 * MINUTE)

/* The longest pause after failures, times the base: two minutes where that is two seconds. */
#define LONGEST_BACKOFF 60

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

  self->burst = MAX (requests_per_minute / 10, 1);
  self->spacing = MINUTE / MAX (requests_per_minute - self->burst, 1);
  self->busy_until = G_MININT64;
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
 * Tells how long to wait between two status requests of a job: short at first, slowly longer with its age.
 *
 * Returns: microseconds
 */
gint64
reel_poll_schedule_interval (gint64 base, gint64 age)
{
  double part = (double)(CLAMP (age, MINUTE, SLOWEST_AFTER) - MINUTE) / (SLOWEST_AFTER - MINUTE);

  return (gint64)(base * (1 + part * (SLOWEST - 1)));
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
  return base * 30;
}

/**
 * reel_poll_schedule_rank:
 * @due: when the job is due, monotonic microseconds
 * @base: the shortest interval, microseconds
 * @age: how long ago the service accepted the job, microseconds
 * @processing: whether it is being processed: it is nearer to its end than one that waits
 *
 * Ranks jobs that compete for the budget: the lowest goes first. What is nearest to its end and newest is favoured, but
 * only by a few intervals: whoever waits longer than that comes first, so nobody starves.
 */
gint64
reel_poll_schedule_rank (gint64 due, gint64 base, gint64 age, gboolean processing)
{
  double old = (double)CLAMP (age, 0, SLOWEST_AFTER) / SLOWEST_AFTER;

  return due + (processing ? 0 : 4 * base) + (gint64)(old * 8 * base);
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
