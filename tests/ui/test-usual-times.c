#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-test.h"
#include "reel-usual-times.h"

static ReelJobRecord *
make_made (ReelEngineFixture *fixture, const char *id, const char *resolution, gint64 took)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (fixture, id, id);

  record->duration = 5;
  record->resolution = g_strdup (resolution);
  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_FAILED;
  record->finished_at = record->accepted_at + took;

  return record;
}

static void
on_changed (guint *n_changes)
{
  ++*n_changes;
}

static gint64
get (ReelUsualTimes *times, const ReelJobRecord *record)
{
  guint n_changes = 0;
  gulong id = g_signal_connect_swapped (times, "changed", G_CALLBACK (on_changed), &n_changes);
  gint64 time = reel_usual_times_get (times, record);

  if (time == 0)
    reel_test_wait (n_changes == 1);
  g_signal_handler_disconnect (times, id);

  return reel_usual_times_get (times, record);
}

/* The middle of what such jobs took, once there are three of them. */
static void
test_median (void)
{
  ReelEngineFixture fixture = {0};
  g_autoptr (ReelUsualTimes) times = NULL;
  g_autoptr (ReelJobRecord) high = NULL, low = NULL;

  reel_engine_fixture_init (&fixture);
  high = make_made (&fixture, "wanted", "1080p", 0);
  low = make_made (&fixture, "wanted", "720p", 0);
  reel_engine_fixture_write (&fixture, make_made (&fixture, "1", "720p", 10));
  reel_engine_fixture_write (&fixture, make_made (&fixture, "2", "720p", 1000));
  reel_engine_fixture_write (&fixture, make_made (&fixture, "3", "720p", 40));
  reel_engine_fixture_write (&fixture, make_made (&fixture, "4", "1080p", 70));
  reel_engine_fixture_write (&fixture, make_made (&fixture, "5", "1080p", 70));
  reel_engine_fixture_start (&fixture);

  times = reel_usual_times_new (fixture.engine);
  g_assert_cmpint (get (times, low), ==, 40);
  g_assert_cmpint (reel_usual_times_get (times, low), ==, 40);
  g_assert_cmpint (get (times, high), ==, 0);
  g_clear_object (&times);
  reel_engine_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usual-times/median", test_median);

  return g_test_run ();
}
