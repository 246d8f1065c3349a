#include "config.h"

#include "reel-poll-schedule.h"

#define SECOND ((gint64)G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)

/* Sends whenever the budget allows, for ten minutes, and counts the most in any one minute. */
static void
test_budget (gconstpointer data)
{
  guint per_minute = GPOINTER_TO_UINT (data), most = 0;
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  ReelPollBudget budget;
  gint64 now = 1000 * MINUTE;

  reel_poll_budget_init (&budget, per_minute);
  while (now < 1010 * MINUTE) {
    gint64 next = reel_poll_budget_get_next (&budget);

    if (next > now)
      now = next;
    g_array_append_val (times, now);
    reel_poll_budget_take (&budget, now);
  }

  for (guint from = 0, to = 0; to < times->len; to++) {
    while (g_array_index (times, gint64, to) - g_array_index (times, gint64, from) >= MINUTE)
      from++;
    most = MAX (most, to - from + 1);
  }
  g_assert_cmpuint (most, <=, per_minute);
  /* And not much less: a budget is there to be used. */
  g_assert_cmpuint (times->len, >=, per_minute * 9 * 9 / 10);
}

static void
test_budget_after_a_pause (void)
{
  ReelPollBudget budget;
  gint64 now = 1000 * MINUTE;
  guint n = 0;

  reel_poll_budget_init (&budget, 60);
  for (; reel_poll_budget_get_next (&budget) <= now; n++)
    reel_poll_budget_take (&budget, now);
  g_assert_cmpuint (n, ==, 6);

  now += 10 * MINUTE;
  for (n = 0; reel_poll_budget_get_next (&budget) <= now; n++)
    reel_poll_budget_take (&budget, now);
  g_assert_cmpuint (n, ==, 6);
}

/* A budget that is changed owes what went out, and holds the new limit from then on. */
static void
test_budget_changes (void)
{
  ReelPollBudget budget;
  gint64 now = 1000 * MINUTE;
  guint n = 0;

  reel_poll_budget_init (&budget, 600);
  for (; reel_poll_budget_get_next (&budget) <= now; n++)
    reel_poll_budget_take (&budget, now);
  g_assert_cmpuint (n, ==, 60);
  reel_poll_budget_set_rate (&budget, 6, now);
  g_assert_cmpint (reel_poll_budget_get_next (&budget), ==, now + 60 * budget.spacing);
  reel_poll_budget_set_rate (&budget, 600, now);
  g_assert_cmpint (reel_poll_budget_get_next (&budget), ==, now + budget.spacing);

  /* Whoever turns the limit up and down gets no more for it. */
  for (n = 0; now < 1001 * MINUTE; now += SECOND) {
    reel_poll_budget_set_rate (&budget, (now / SECOND) % 2 != 0 ? 6 : 60, now);
    for (; reel_poll_budget_get_next (&budget) <= now; n++)
      reel_poll_budget_take (&budget, now);
  }
  g_assert_cmpuint (n, <=, 60);

  reel_poll_budget_set_rate (&budget, 600, now + 10 * MINUTE);
  g_assert_cmpint (reel_poll_budget_get_next (&budget), <=, now + 10 * MINUTE);
}

static void
test_interval (void)
{
  gint64 last = 0;

  g_assert_cmpint (reel_poll_schedule_interval (2 * SECOND, 0), ==, 2 * SECOND);
  g_assert_cmpint (reel_poll_schedule_interval (2 * SECOND, MINUTE), ==, 2 * SECOND);
  g_assert_cmpint (reel_poll_schedule_interval (2 * SECOND, 10 * MINUTE), ==, 15 * SECOND);
  g_assert_cmpint (reel_poll_schedule_interval (2 * SECOND, 120 * MINUTE), ==, 3 * MINUTE);
  g_assert_cmpint (reel_poll_schedule_interval (2 * SECOND, 100000 * MINUTE), ==, 5 * MINUTE);
  g_assert_cmpint (reel_poll_schedule_interval (2 * SECOND, G_MAXINT64), ==, 5 * MINUTE);
  g_assert_cmpint (reel_poll_schedule_interval (2 * SECOND, -MINUTE), ==, 2 * SECOND);
  for (gint64 age = 0; age < 300 * MINUTE; age += SECOND) {
    gint64 interval = reel_poll_schedule_interval (2 * SECOND, age);

    g_assert_cmpint (interval, >=, last);
    /* The news of a job that has taken long is late by a fortieth of that at most. */
    g_assert_cmpint (interval, <=, MAX (2 * SECOND, age / 40));
    last = interval;
  }
}

/* What the server asks for wins over our own guess, be it longer or shorter. */
static void
test_pause (void)
{
  gint64 base = 2 * SECOND;

  g_assert_cmpint (reel_poll_schedule_pause (base, 1, -1, 0.5), ==, reel_poll_schedule_backoff (base, 1, 0.5));
  g_assert_cmpint (reel_poll_schedule_pause (base, 1, 3600, 0), ==, 3600 * SECOND);
  g_assert_cmpint (reel_poll_schedule_pause (base, 1000, 3, 1), ==, 3 * SECOND);
  g_assert_cmpint (reel_poll_schedule_pause (base, 1000, 0, 1), ==, base);
  g_assert_cmpint (reel_poll_schedule_pause (base, 1, G_MAXINT64, 0), ==, 1440 * MINUTE);
}

static void
test_backoff (void)
{
  gint64 base = 2 * SECOND;

  g_assert_cmpint (reel_poll_schedule_backoff (base, 1, 0), ==, base);
  g_assert_cmpint (reel_poll_schedule_backoff (base, 1, 1), ==, 2 * base);
  g_assert_cmpint (reel_poll_schedule_backoff (base, 3, 1), ==, 8 * base);
  g_assert_cmpint (reel_poll_schedule_backoff (base, 3, 0.5), ==, base + 7 * base / 2);
  g_assert_cmpint (reel_poll_schedule_backoff (base, 1000, 1), ==, 2 * MINUTE);
  g_assert_cmpint (reel_poll_schedule_backoff (base, G_MAXUINT, 0), ==, base);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/engine/poll-schedule/budget/1", GUINT_TO_POINTER (1), test_budget);
  g_test_add_data_func ("/engine/poll-schedule/budget/7", GUINT_TO_POINTER (7), test_budget);
  g_test_add_data_func ("/engine/poll-schedule/budget/60", GUINT_TO_POINTER (60), test_budget);
  g_test_add_data_func ("/engine/poll-schedule/budget/6000", GUINT_TO_POINTER (6000), test_budget);
  g_test_add_func ("/engine/poll-schedule/budget/after-a-pause", test_budget_after_a_pause);
  g_test_add_func ("/engine/poll-schedule/budget/changes", test_budget_changes);
  g_test_add_func ("/engine/poll-schedule/interval", test_interval);
  g_test_add_func ("/engine/poll-schedule/pause", test_pause);
  g_test_add_func ("/engine/poll-schedule/backoff", test_backoff);

  return g_test_run ();
}
