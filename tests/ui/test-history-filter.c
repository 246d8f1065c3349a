#include "config.h"

#include "reel-history-filter.h"
#include "reel-test.h"
#include "reel-ui-test.h"

static gint64
get_time (int year, int month, int day, int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (year, month, day, hour, 0, 0);

  return g_date_time_to_unix_usec (time);
}

/* Puts together what is asked for on the 9th of March 2026, in the afternoon. */
static ReelHistoryQuery *
make_query (ReelHistoryFilter *filter)
{
  return reel_history_filter_make_query (filter, get_time (2026, 3, 9, 15));
}

static void
test_plain (void)
{
  g_autoptr (ReelHistoryFilter) filter = reel_history_filter_new ();
  g_autoptr (ReelHistoryQuery) query = make_query (filter);
  g_autoptr (ReelHistoryQuery) plain = reel_history_query_new ();

  g_assert_true (reel_history_query_equal (query, plain));
}

static void
test_query (void)
{
  g_autoptr (ReelHistoryFilter) filter = reel_history_filter_new ();
  g_autoptr (ReelHistoryQuery) query = NULL;

  g_object_set (filter, "search", "paper boat", "group", "unknown", "model", "seedance-2.0", "aspect-ratio", "9:16",
                "sort", "cheapest", "favourites", TRUE, "hidden", TRUE, NULL);
  query = make_query (filter);
  g_assert_cmpstr (query->search, ==, "paper boat");
  g_assert_cmpint (query->group, ==, REEL_HISTORY_UNKNOWN);
  g_assert_cmpint (reel_history_filter_get_group (filter), ==, REEL_HISTORY_UNKNOWN);
  g_assert_cmpstr (query->model, ==, "seedance-2.0");
  g_assert_cmpstr (query->aspect_ratio, ==, "9:16");
  g_assert_cmpint (query->sort, ==, REEL_HISTORY_CHEAPEST);
  g_assert_true (query->favourites && query->hidden && reel_history_filter_get_hidden (filter));
}

static void
assert_period (ReelHistoryFilter *filter, gint64 since, gint64 until)
{
  g_autoptr (ReelHistoryQuery) query = make_query (filter);

  g_assert_cmpint (query->since, ==, since);
  g_assert_cmpint (query->until, ==, until);
}

/* Days begin at midnight on the person's own clock; the last seven are today and six before, and both ends of a range are
 * in it. */
static void
test_periods (void)
{
  g_autoptr (ReelHistoryFilter) filter = reel_history_filter_new ();
  g_autoptr (GDateTime) first = g_date_time_new_local (2025, 12, 30, 11, 0, 0);
  g_autoptr (GDateTime) last = g_date_time_new_local (2026, 1, 2, 8, 0, 0);

  g_object_set (filter, "period", "today", NULL);
  assert_period (filter, get_time (2026, 3, 9, 0), 0);
  g_object_set (filter, "period", "week", NULL);
  assert_period (filter, get_time (2026, 3, 3, 0), 0);
  g_object_set (filter, "period", "month", NULL);
  assert_period (filter, get_time (2026, 2, 8, 0), 0);
  reel_history_filter_set_range (filter, last, first);
  assert_period (filter, get_time (2025, 12, 30, 0), get_time (2026, 1, 3, 0));
  g_object_set (filter, "period", "", NULL);
  assert_period (filter, 0, 0);
}

static void
assert_chips (ReelHistoryFilter *filter, const char *expected)
{
  g_autoptr (GPtrArray) chips = reel_history_filter_list (filter);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < chips->len; i++)
    g_string_append_printf (text, "%s=%s;", ((ReelHistoryChip *)chips->pdata[i])->property,
                            ((ReelHistoryChip *)chips->pdata[i])->text);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_chips (void)
{
  g_autoptr (ReelHistoryFilter) filter = reel_history_filter_new ();
  g_autoptr (GDateTime) first = g_date_time_new_local (2025, 12, 30, 11, 0, 0);
  g_autoptr (GDateTime) last = g_date_time_new_local (2026, 1, 2, 8, 0, 0);

  /* A search and a group are to be seen anyway. */
  g_object_set (filter, "search", "boat", "group", "ready", NULL);
  assert_chips (filter, "");
  g_object_set (filter, "favourites", TRUE, "model", "seedance-2.0", "aspect-ratio", "1:1", "period", "week", NULL);
  assert_chips (filter, "favourites=Favourites;period=Last 7 days;model=seedance-2.0;aspect-ratio=1:1;");
  reel_history_filter_reset (filter, "favourites");
  reel_history_filter_reset (filter, "model");
  reel_history_filter_set_range (filter, first, last);
  assert_chips (filter, "period=30 Dec 2025 – 2 Jan 2026;aspect-ratio=1:1;");
}

/* To clear filters leaves the search, the group and the order; to clear all leaves the order. Each is told once. */
static void
test_clear (void)
{
  g_autoptr (ReelHistoryFilter) filter = reel_history_filter_new ();
  g_autoptr (ReelHistoryQuery) cleared = NULL, all = NULL, plain = reel_history_query_new ();
  guint n_changed = 0;

  g_object_set (filter, "search", "boat", "group", "ready", "sort", "oldest", "hidden", TRUE, "favourites", TRUE,
                "model", "seedance-2.0", "aspect-ratio", "1:1", "period", "week", NULL);
  g_signal_connect_swapped (filter, "changed", G_CALLBACK (reel_ui_test_count), &n_changed);
  reel_history_filter_clear (filter);
  g_assert_cmpuint (n_changed, ==, 1);
  assert_chips (filter, "");
  cleared = make_query (filter);
  g_assert_cmpstr (cleared->search, ==, "boat");
  g_assert_cmpint (cleared->group, ==, REEL_HISTORY_READY);

  reel_history_filter_clear_all (filter);
  g_assert_cmpuint (n_changed, ==, 2);
  plain->sort = REEL_HISTORY_OLDEST;
  all = make_query (filter);
  g_assert_true (reel_history_query_equal (all, plain));
  reel_history_filter_clear_all (filter);
  g_assert_cmpuint (n_changed, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/history-filter/plain", test_plain);
  g_test_add_func ("/ui/history-filter/query", test_query);
  g_test_add_func ("/ui/history-filter/periods", test_periods);
  g_test_add_func ("/ui/history-filter/chips", test_chips);
  g_test_add_func ("/ui/history-filter/clear", test_clear);

  return g_test_run ();
}
