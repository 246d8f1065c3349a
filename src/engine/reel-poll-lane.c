#include "config.h"

#include "reel-poll-lane.h"

#include "reel-poll-schedule.h"

/* Requests of an account at a time: one that hangs must not hold the others. */
#define MOST_AT_ONCE 8

struct _ReelPollLane
{
  char *account_id;
  ReelPollQueue *queue; /* without those whose requests are on their way */
  ReelPollBudget budget;
  guint n_asking;
  gint64 until; /* the service asked to wait */
  guint n_limits;
  GError *refused; /* the key is not accepted */
};

/**
 * reel_poll_lane_new:
 * @account_id: an account
 * @requests_per_minute: what its jobs share, at least 1
 *
 * Makes a lane without jobs.
 *
 * Returns: (transfer full): the lane; free with reel_poll_lane_free()
 */
ReelPollLane *
reel_poll_lane_new (const char *account_id, guint requests_per_minute)
{
  ReelPollLane *self = g_new0 (ReelPollLane, 1);

  self->account_id = g_strdup (account_id);
  self->queue = reel_poll_queue_new ();
  self->until = G_MININT64;
  reel_poll_budget_init (&self->budget, requests_per_minute);

  return self;
}

/**
 * reel_poll_lane_free:
 * @self: (transfer full): a lane
 *
 * Frees a lane.
 */
void
reel_poll_lane_free (ReelPollLane *self)
{
  reel_poll_queue_free (self->queue);
  g_clear_error (&self->refused);
  g_free (self->account_id);
  g_free (self);
}

/**
 * reel_poll_lane_get_account_id:
 *
 * Returns: (transfer none): the account
 */
const char *
reel_poll_lane_get_account_id (ReelPollLane *self)
{
  return self->account_id;
}

/**
 * reel_poll_lane_get_queue:
 *
 * Returns: (transfer none): the jobs whose requests are not on their way
 */
ReelPollQueue *
reel_poll_lane_get_queue (ReelPollLane *self)
{
  return self->queue;
}

/**
 * reel_poll_lane_set_requests_per_minute:
 * @requests_per_minute: what the jobs share from now on, at least 1
 * @now: the time
 *
 * Changes the budget.
 */
void
reel_poll_lane_set_requests_per_minute (ReelPollLane *self, guint requests_per_minute, gint64 now)
{
  reel_poll_budget_set_rate (&self->budget, requests_per_minute, now);
}

/**
 * reel_poll_lane_get_next:
 *
 * Returns: when the next request may go out; %G_MAXINT64 where that depends on something else than time
 */
gint64
reel_poll_lane_get_next (ReelPollLane *self)
{
  /* One request is enough to find out that a key is accepted again. */
  if (self->n_asking >= (self->refused != NULL ? 1 : MOST_AT_ONCE))
    return G_MAXINT64;

  return MAX (MAX (reel_poll_queue_get_next (self->queue), self->until), reel_poll_budget_get_next (&self->budget));
}

/**
 * reel_poll_lane_take:
 * @now: the time
 *
 * Takes out who goes next and counts its request, which ends with reel_poll_lane_end().
 *
 * Returns: (transfer none) (nullable): the item, %NULL where none may go yet
 */
ReelPollItem *
reel_poll_lane_take (ReelPollLane *self, gint64 now)
{
  if (reel_poll_lane_get_next (self) > now)
    return NULL;

  self->n_asking++;
  reel_poll_budget_take (&self->budget, now);

  return reel_poll_queue_take (self->queue, now);
}

/**
 * reel_poll_lane_end:
 *
 * Says that a request has ended.
 */
void
reel_poll_lane_end (ReelPollLane *self)
{
  self->n_asking--;
}

/**
 * reel_poll_lane_pause:
 * @until: a time
 *
 * Lets no request go out before that time.
 */
void
reel_poll_lane_pause (ReelPollLane *self, gint64 until)
{
  self->until = MAX (self->until, until);
}

/**
 * reel_poll_lane_limit:
 *
 * Counts an answer that says that there were too many requests.
 *
 * Returns: how many came since the last good answer
 */
guint
reel_poll_lane_limit (ReelPollLane *self)
{
  return ++self->n_limits;
}

/**
 * reel_poll_lane_refuse:
 * @error: why
 *
 * Says that the key was not accepted.
 *
 * Returns: whether it was accepted before
 */
gboolean
reel_poll_lane_refuse (ReelPollLane *self, const GError *error)
{
  gboolean is_new = self->refused == NULL;

  g_clear_error (&self->refused);
  self->refused = g_error_copy (error);

  return is_new;
}

/**
 * reel_poll_lane_get_refused:
 *
 * Returns: (transfer none) (nullable): why the key is not accepted
 */
const GError *
reel_poll_lane_get_refused (ReelPollLane *self)
{
  return self->refused;
}

/**
 * reel_poll_lane_accept:
 *
 * Says that a good answer came: what was refused or limited is forgotten.
 *
 * Returns: whether the key was refused before
 */
gboolean
reel_poll_lane_accept (ReelPollLane *self)
{
  gboolean was_refused = self->refused != NULL;

  self->n_limits = 0;
  if (was_refused)
    reel_poll_lane_reset (self);

  return was_refused;
}

/**
 * reel_poll_lane_reset:
 *
 * Says that requests are made in another way from now on: what the service asked for is forgotten.
 */
void
reel_poll_lane_reset (ReelPollLane *self)
{
  g_clear_error (&self->refused);
  self->n_limits = 0;
  self->until = G_MININT64;
}
