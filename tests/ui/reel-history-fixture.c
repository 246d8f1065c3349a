#include "config.h"

#include "reel-history-fixture.h"

#include "reel-test.h"

static const char *const prompts[] = {
    "Thuyền giấy trôi trên vũng nước",
    "Rain on a neon street",
    "A cat on a roof",
    "Đèn lồng phố cổ",
    "A glass dragonfly",
};

static ReelJobRecord *
make_record (ReelHistoryFixture *self, guint number, gint64 now)
{
  g_autofree char *id = g_strdup_printf ("job-%u", number);
  ReelJobRecord *record = reel_engine_fixture_make_record (&self->engine, id, id);

  g_set_str (&record->prompt, prompts[number % G_N_ELEMENTS (prompts)]);
  g_set_str (&record->model, number == 1 ? "seedance-2.0-fast" : "seedance-2.0");
  g_set_str (&record->aspect_ratio, number == 1 ? "9:16" : "16:9");
  record->created_at = now - number * G_TIME_SPAN_HOUR;
  record->duration = 5;
  record->estimate = (gint64)(number + 1) * 1000;
  record->favourite = number == 4;
  record->hidden = number == 6;
  record->status = number == 2 ? REEL_SERVICE_FAILED : REEL_SERVICE_SUCCEEDED;
  if (number == 3) {
    record->submission = REEL_SUBMISSION_UNKNOWN;
    record->status = REEL_SERVICE_NONE;
    record->accepted_at = 0;
    g_clear_pointer (&record->request_id, g_free);
  }
  if (number != 2 && number != 3) {
    record->file_state = REEL_FILE_SAVED;
    record->file = g_build_filename (self->engine.folder, "video.mp4", NULL);
  }

  return record;
}

void
reel_history_fixture_init (ReelHistoryFixture *self, guint n_jobs)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *video = NULL;
  gint64 now = g_get_real_time ();

  reel_engine_fixture_init (&self->engine);
  video = g_build_filename (self->engine.folder, "video.mp4", NULL);
  g_file_set_contents (video, "video", -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_jobs; i++)
    reel_engine_fixture_write (&self->engine, make_record (self, i, now));
  reel_engine_fixture_start (&self->engine);
  self->history = reel_engine_get_history (self->engine.engine);
  reel_test_wait (!reel_history_get_loading (self->history));
}

void
reel_history_fixture_clear (ReelHistoryFixture *self)
{
  reel_engine_fixture_clear (&self->engine);
}

ReelJob *
reel_history_fixture_load (ReelHistoryFixture *self, guint number)
{
  g_autofree char *id = g_strdup_printf ("job-%u", number);

  return reel_engine_fixture_find_job (&self->engine, id);
}
