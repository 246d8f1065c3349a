#include "config.h"

#include "reel-poll-lane.h"
#include "reel-poll-queue.h"

#include <gio/gio.h>

#define SECOND ((gint64)G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define NOW    (1000 * MINUTE)

/* A job of the test, which counts how often it went and when it went last. */
typedef struct
{
  ReelPollItem item;
  guint n_turns;
  guint last;
  guint longest;
} Job;

/* The queue over many jobs. No clock runs: each job is due again the moment it went, so that all wait for the budget
 * alone, and a turn is one request. */
typedef struct
{
  ReelPollQueue *queue;
  GPtrArray *jobs;
  guint n_turns;
} Crowd;

static void
set_up (Crowd *crowd, gconstpointer data)
{
  crowd->queue = reel_poll_queue_new ();
  crowd->jobs = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Crowd *crowd, gconstpointer data)
{
  reel_poll_queue_free (crowd->queue);
  g_ptr_array_unref (crowd->jobs);
}

static Job *
add (Crowd *crowd, gint64 accepted_at, ReelPollRank rank, guint share)
{
  Job *job = g_new0 (Job, 1);

  job->item.accepted_at = accepted_at;
  job->last = crowd->n_turns;
  g_ptr_array_add (crowd->jobs, job);
  reel_poll_queue_put (crowd->queue, &job->item, NOW, rank, share);

  return job;
}

static void
add_many (Crowd *crowd, guint n, ReelPollRank rank, guint share)
{
  for (guint i = 0; i < n; i++)
    add (crowd, NOW - (i + 1) * SECOND, rank, share);
}

static Job *
take (Crowd *crowd)
{
  Job *job = (Job *)reel_poll_queue_take (crowd->queue, NOW);

  g_assert_nonnull (job);
  crowd->n_turns++;
  job->n_turns++;
  job->longest = MAX (job->longest, crowd->n_turns - job->last);
  job->last = crowd->n_turns;

  return job;
}

static void
take_many (Crowd *crowd, guint n)
{
  for (guint i = 0; i < n; i++) {
    Job *job = take (crowd);

    reel_poll_queue_put (crowd->queue, &job->item, NOW, job->item.rank, job->item.share);
  }
}

/* The most turns that any job has waited, also since it went last. */
static guint
get_longest_wait (Crowd *crowd)
{
  guint longest = 0;

  for (guint i = 0; i < crowd->jobs->len; i++) {
    Job *job = crowd->jobs->pdata[i];

    longest = MAX (longest, MAX (job->longest, crowd->n_turns - job->last));
  }

  return longest;
}

static guint
count_turns (Crowd *crowd, ReelPollRank rank, guint share)
{
  guint n = 0;

  for (guint i = 0; i < crowd->jobs->len; i++) {
    Job *job = crowd->jobs->pdata[i];

    if (job->item.rank == rank && job->item.share == share)
      n += job->n_turns;
  }

  return n;
}

/* A thousand of the same kind: each goes once in a thousand turns, about every 17 minutes with 60 a minute. */
static void
test_equal (Crowd *crowd, gconstpointer data)
{
  add_many (crowd, 1000, GPOINTER_TO_UINT (data), 1);
  take_many (crowd, 5000);
  g_assert_cmpuint (get_longest_wait (crowd), <=, 1000);
  for (guint i = 0; i < crowd->jobs->len; i++)
    g_assert_cmpuint (((Job *)crowd->jobs->pdata[i])->n_turns, ==, 5);
}

/* The newest go first. */
static void
test_newest_first (Crowd *crowd, gconstpointer data)
{
  add_many (crowd, 500, REEL_POLL_YOUNG, 1);
  add_many (crowd, 500, REEL_POLL_YOUNG, 2);
  for (gint64 last = G_MAXINT64, i = 0; i < 1000; i++) {
    Job *job = take (crowd);

    g_assert_cmpint (job->item.accepted_at, <=, last);
    last = job->item.accepted_at;
  }
}

/* A few young ones among very many old ones go very often, and the old ones hardly less often than without them. */
static void
test_few_young (Crowd *crowd, gconstpointer data)
{
  add_many (crowd, 990, REEL_POLL_OLD, 1);
  add_many (crowd, 10, REEL_POLL_YOUNG, 1);
  take_many (crowd, 8000);
  g_assert_cmpuint (count_turns (crowd, REEL_POLL_YOUNG, 1), ==, 4000);
  g_assert_cmpuint (get_longest_wait (crowd), <=, 2 * 990);
  for (guint i = 990; i < 1000; i++)
    g_assert_cmpuint (((Job *)crowd->jobs->pdata[i])->longest, <=, 20);
}

/* One old one among very many young ones is not left out. */
static void
test_few_old (Crowd *crowd, gconstpointer data)
{
  Job *old = add (crowd, 0, REEL_POLL_OLD, 2);

  add_many (crowd, 999, REEL_POLL_YOUNG, 1);
  take_many (crowd, 4000);
  g_assert_cmpuint (old->longest, <=, 2);
  g_assert_cmpuint (get_longest_wait (crowd), <=, 2 * 999 + 2);
}

/* What is nearer to its end goes twice as often, and the others are not left out. */
static void
test_nearest_to_done (Crowd *crowd, gconstpointer data)
{
  guint near, far;

  add_many (crowd, 500, REEL_POLL_OLD, 1);
  add_many (crowd, 500, REEL_POLL_OLD, 2);
  take_many (crowd, 15000);
  near = count_turns (crowd, REEL_POLL_OLD, 1);
  far = count_turns (crowd, REEL_POLL_OLD, 2);
  g_assert_cmpuint (near, >=, 9900);
  g_assert_cmpuint (far, >=, 4900);
  g_assert_cmpuint (get_longest_wait (crowd), <=, 1500);
}

/* A crowd of every kind: nobody waits longer than four rounds. */
static void
test_nobody_starves (Crowd *crowd, gconstpointer data)
{
  for (guint i = 0; i < 1000; i++)
    add (crowd, NOW - g_test_rand_int_range (0, 100000) * SECOND, i % 3 != 0 ? REEL_POLL_OLD : REEL_POLL_YOUNG,
         1 + g_test_rand_int_range (0, 2));
  take_many (crowd, 20000);
  g_assert_cmpuint (get_longest_wait (crowd), <=, 4000);
}

/* One that comes into a long line goes at once, and then like the others. */
static void
test_newcomer (Crowd *crowd, gconstpointer data)
{
  Job *newcomer;

  add_many (crowd, 1000, REEL_POLL_YOUNG, 1);
  take_many (crowd, 1300);
  newcomer = add (crowd, NOW, REEL_POLL_YOUNG, 2);
  g_assert_true (take (crowd) == newcomer);
  reel_poll_queue_put (crowd->queue, &newcomer->item, NOW, REEL_POLL_YOUNG, 2);
  take_many (crowd, 4000);
  g_assert_cmpuint (newcomer->n_turns, <=, 1 + 2);
  g_assert_cmpuint (get_longest_wait (crowd), <=, 2004);
}

/* One that was away for long has saved up no turns. */
static void
test_no_credit (Crowd *crowd, gconstpointer data)
{
  Job *sleeper = add (crowd, NOW, REEL_POLL_OLD, 1);

  take (crowd);
  add_many (crowd, 10, REEL_POLL_OLD, 1);
  take_many (crowd, 10000);
  reel_poll_queue_put (crowd->queue, &sleeper->item, NOW, REEL_POLL_OLD, 1);
  take_many (crowd, 110);
  g_assert_cmpuint (sleeper->n_turns, <=, 1 + 11);
}

static void
test_urgent (Crowd *crowd, gconstpointer data)
{
  Job *urgent;

  add_many (crowd, 1000, REEL_POLL_YOUNG, 1);
  take_many (crowd, 500);
  urgent = crowd->jobs->pdata[900];
  reel_poll_queue_put (crowd->queue, &urgent->item, NOW, REEL_POLL_URGENT, 1);
  g_assert_true (take (crowd) == urgent);
  /* Once: then it stands in line like the others. */
  reel_poll_queue_put (crowd->queue, &urgent->item, NOW, REEL_POLL_YOUNG, 1);
  take_many (crowd, 900);
  g_assert_cmpuint (urgent->n_turns, <=, 1 + 1);
}

/* Nobody goes before it is due. */
static void
test_due (Crowd *crowd, gconstpointer data)
{
  Job *one = add (crowd, 0, REEL_POLL_YOUNG, 1), *other = add (crowd, 0, REEL_POLL_OLD, 1);

  reel_poll_queue_put (crowd->queue, &one->item, NOW + 20, REEL_POLL_URGENT, 1);
  reel_poll_queue_put (crowd->queue, &other->item, NOW + 10, REEL_POLL_OLD, 1);
  g_assert_cmpint (reel_poll_queue_get_next (crowd->queue), ==, NOW + 10);
  g_assert_null (reel_poll_queue_take (crowd->queue, NOW));
  g_assert_true (reel_poll_queue_take (crowd->queue, NOW + 10) == &other->item);
  g_assert_cmpint (reel_poll_queue_get_next (crowd->queue), ==, NOW + 20);

  reel_poll_queue_put (crowd->queue, &other->item, NOW + 30, REEL_POLL_OLD, 1);
  reel_poll_queue_hurry (crowd->queue, NOW);
  g_assert_cmpint (reel_poll_queue_get_next (crowd->queue), ==, G_MININT64);
  reel_poll_queue_remove (crowd->queue, &other->item);
  g_assert_true (reel_poll_queue_take (crowd->queue, NOW) == &one->item);
  g_assert_null (reel_poll_queue_take (crowd->queue, NOW));
  g_assert_cmpint (reel_poll_queue_get_next (crowd->queue), ==, G_MAXINT64);
}

static void
test_lane (void)
{
  ReelPollLane *lane = reel_poll_lane_new ("account", 600);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "No");
  ReelPollItem items[10] = {0};
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    reel_poll_queue_put (reel_poll_lane_get_queue (lane), &items[i], NOW, REEL_POLL_YOUNG, 1);

  /* One that hangs holds a place, not all of them. */
  while (reel_poll_lane_take (lane, NOW) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 8);
  reel_poll_lane_end (lane);
  g_assert_cmpint (reel_poll_lane_get_next (lane), <=, NOW);

  reel_poll_lane_pause (lane, NOW + 10);
  reel_poll_lane_pause (lane, NOW + 5);
  g_assert_cmpint (reel_poll_lane_get_next (lane), ==, NOW + 10);

  /* With a key that is not accepted one request at a time is enough. */
  g_assert_true (reel_poll_lane_refuse (lane, error));
  g_assert_false (reel_poll_lane_refuse (lane, error));
  while (n-- > 2)
    reel_poll_lane_end (lane);
  g_assert_cmpint (reel_poll_lane_get_next (lane), ==, G_MAXINT64);
  reel_poll_lane_end (lane);
  g_assert_nonnull (reel_poll_lane_take (lane, NOW + 10));
  g_assert_null (reel_poll_lane_take (lane, NOW + 10));
  g_assert_true (reel_poll_lane_accept (lane));
  g_assert_false (reel_poll_lane_accept (lane));
  g_assert_nonnull (reel_poll_lane_take (lane, NOW));

  reel_poll_lane_free (lane);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Crowd, NULL, set_up, function, tear_down)
  g_test_add ("/engine/poll-queue/equal/young", Crowd, GUINT_TO_POINTER (REEL_POLL_YOUNG), set_up, test_equal,
              tear_down);
  g_test_add ("/engine/poll-queue/equal/old", Crowd, GUINT_TO_POINTER (REEL_POLL_OLD), set_up, test_equal, tear_down);
  ADD ("/engine/poll-queue/newest-first", test_newest_first);
  ADD ("/engine/poll-queue/few-young", test_few_young);
  ADD ("/engine/poll-queue/few-old", test_few_old);
  ADD ("/engine/poll-queue/nearest-to-done", test_nearest_to_done);
  ADD ("/engine/poll-queue/nobody-starves", test_nobody_starves);
  ADD ("/engine/poll-queue/newcomer", test_newcomer);
  ADD ("/engine/poll-queue/no-credit", test_no_credit);
  ADD ("/engine/poll-queue/urgent", test_urgent);
  ADD ("/engine/poll-queue/due", test_due);
#undef ADD
  g_test_add_func ("/engine/poll-queue/lane", test_lane);

  return g_test_run ();
}
