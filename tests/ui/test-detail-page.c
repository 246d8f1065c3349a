#include "config.h"

#include "reel-clip.h"
#include "reel-detail-page.h"
#include "reel-job-fixture.h"
#include "reel-player-view.h"
#include "reel-problem-card.h"
#include "reel-progress-view.h"
#include "reel-test.h"
#include "reel-ui-test.h"

#include <gst/gst.h>

typedef struct
{
  GListStore *accounts;
  ReelTicker *ticker;
  ReelDetailPage *page;
  GtkWindow *window;
  ReelJob *job;
} Fixture;

static const char *folder;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReelAccount) account = reel_account_new ("sandbox", "Sandbox", "http://127.0.0.1");
  g_autoptr (GSettings) settings = g_settings_new (REEL_APPLICATION_ID);

  fixture->accounts = g_list_store_new (REEL_TYPE_ACCOUNT);
  g_list_store_append (fixture->accounts, account);
  fixture->ticker = reel_ticker_new ();
  fixture->job = reel_job_fixture_new ("A paper boat", 42);
  fixture->page = g_object_ref_sink (g_object_new (REEL_TYPE_DETAIL_PAGE, NULL));
  reel_detail_page_set_up (fixture->page, G_LIST_MODEL (fixture->accounts), fixture->ticker, NULL, settings);
  fixture->window = reel_ui_test_present (GTK_WIDGET (fixture->page), 400, 800);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->page);
  g_assert_false (reel_ticker_is_running (fixture->ticker));
  g_assert_finalize_object (fixture->ticker);
  g_assert_finalize_object (fixture->job);
  g_assert_finalize_object (fixture->accounts);
}

static void
show (Fixture *fixture)
{
  reel_detail_page_set_job (fixture->page, fixture->job);
}

static gboolean
reads (Fixture *fixture, const char *text)
{
  return reel_ui_test_reads (fixture->page, text);
}

static gpointer
find (Fixture *fixture, GType type, const char *name)
{
  return reel_ui_test_find (fixture->page, type, name);
}

static void
assert_subtitle (Fixture *fixture, const char *row, const char *expected)
{
  AdwActionRow *found = find (fixture, ADW_TYPE_ACTION_ROW, row);

  g_assert_nonnull (found);
  g_assert_cmpstr (adw_action_row_get_subtitle (found), ==, expected);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_assert_true (reads (fixture, "Nothing Selected"));
  show (fixture);
  g_assert_false (reads (fixture, "Nothing Selected"));
  g_assert_cmpstr (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (fixture->page)), ==, "A paper boat");
  reel_detail_page_set_job (fixture->page, NULL);
  g_assert_true (reads (fixture, "Nothing Selected"));
}

/* While a job runs there is its state, a time and a sentence, and a bar for a measured download alone. */
static void
test_running (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    ReelServiceStatus status;
    const char *text;
    const char *state;
    const char *sentence;
  } cases[] = {
      {REEL_SERVICE_QUEUED, "queued", "Waiting", "The service accepted the request, and has not started yet."},
      {REEL_SERVICE_PROCESSING, "processing", "Generating", "The service is making the video."},
      {REEL_SERVICE_OTHER, "moderating", "moderating", "The service reports “moderating”."},
      {REEL_SERVICE_SUCCEEDED, "succeeded", "Downloading",
       "The video is finished and is being saved to this computer."},
  };

  show (fixture);
  g_assert_true (reads (fixture, "Sending"));
  g_assert_nonnull (find (fixture, REEL_TYPE_PROGRESS_VIEW, NULL));
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Cancel job"));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Save as"));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Delete"));
  reel_test_wait (reel_ticker_is_running (fixture->ticker));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    reel_job_fixture_accept (fixture->job, cases[i].status, cases[i].text);
    g_assert_true (reads (fixture, cases[i].state));
    g_assert_true (reads (fixture, cases[i].sentence));
    g_assert_null (find (fixture, REEL_TYPE_PROBLEM_CARD, NULL));
  }
  g_assert_null (find (fixture, GTK_TYPE_PROGRESS_BAR, NULL));
  reel_job_set_progress (fixture->job, 0.5);
  g_assert_true (reads (fixture, "Downloading 50 %"));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (find (fixture, GTK_TYPE_PROGRESS_BAR, NULL)), ==, 0.5);
}

static void
test_facts (Fixture *fixture, gconstpointer data)
{
  ReelJobRecord *record = reel_job_record_copy (reel_job_get_record (fixture->job));

  g_strfreev (record->media_urls);
  record->media_urls = g_strsplit ("https://example.com/a.jpg https://example.com/<b>.png", " ", 0);
  reel_job_take_record (fixture->job, record);
  reel_job_fixture_accept (fixture->job, REEL_SERVICE_PROCESSING, "processing");
  show (fixture);

  g_assert_true (reads (fixture, "A paper boat"));
  assert_subtitle (fixture, "Settings", "seedance-2.0 · 5 seconds · 720p · 16:9");
  assert_subtitle (fixture, "References", "https://example.com/a.jpg\nhttps://example.com/<b>.png");
  assert_subtitle (fixture, "Cost", "Estimated $0.50 · the service charged 40 credits");
  assert_subtitle (fixture, "Account", "Sandbox");
  assert_subtitle (fixture, "Request ID", "req_1234567890");
  g_assert_true (reads (fixture, "Accepted"));
  g_assert_true (reads (fixture, "Started"));
  g_assert_false (reads (fixture, "Finished"));
}

/* What is not known is not there. */
static void
test_missing_facts (Fixture *fixture, gconstpointer data)
{
  g_list_store_remove_all (fixture->accounts);
  show (fixture);
  g_assert_null (find (fixture, ADW_TYPE_ACTION_ROW, "References"));
  g_assert_null (find (fixture, ADW_TYPE_ACTION_ROW, "Request ID"));
  assert_subtitle (fixture, "Account", "An account that was removed");
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  show (fixture);

  reel_job_fixture_fail (fixture->job, "content_policy", "Not <allowed> & refused");
  g_assert_nonnull (find (fixture, REEL_TYPE_PROBLEM_CARD, NULL));
  g_assert_null (find (fixture, REEL_TYPE_PROGRESS_VIEW, NULL));
  g_assert_true (reads (fixture, "The service could not make the video"));
  g_assert_true (reads (fixture,
                        "The service accepted the request, but could not make the video. The service said: “Not "
                        "<allowed> & refused” (content_policy). The service said that it charged 40 credits. "
                        "Reuse the settings, change the prompt or the references, and generate again."));
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Delete"));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Cancel job"));

  reel_job_fixture_lose (fixture->job);
  g_assert_true (reads (fixture, "Outcome unknown"));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "_Download Again"));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Delete"));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Reuse settings"));
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Hide"));

  reel_job_fixture_fail_download (fixture->job, "The disk is full");
  g_assert_true (reads (fixture, "The video was not saved"));
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "_Download Again"));

  reel_job_fixture_accept (fixture->job, REEL_SERVICE_CANCELLED, "cancelled");
  g_assert_true (reads (fixture, "Cancelled"));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "_Download Again"));

  reel_job_fixture_reject (fixture->job, 401, "unauthorized", "Invalid API key");
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "_Preferences"));
}

/* A cancel that was refused is told while the job goes on. */
static void
test_refused_cancel (Fixture *fixture, gconstpointer data)
{
  ReelJobRecord *record;

  reel_job_fixture_accept (fixture->job, REEL_SERVICE_PROCESSING, "processing");
  show (fixture);
  record = reel_job_record_copy (reel_job_get_record (fixture->job));
  record->cancel_asked = TRUE;
  record->cancel_error = g_strdup ("too late");
  reel_job_take_record (fixture->job, record);
  g_assert_true (reads (fixture, "The job was not cancelled"));
  g_assert_nonnull (find (fixture, REEL_TYPE_PROGRESS_VIEW, NULL));
}

/* The ways out of an unknown outcome are rows with a word about each; each leads somewhere, by the keyboard too. */
static void
test_ways (Fixture *fixture, gconstpointer data)
{
  static const char *const ways[] = {"I Found the Request ID…", "Declare Lost…", "Send Again as New Job…"};
  g_autoptr (ReelAccount) account = reel_account_new ("real", "Real", "https://www.seedance2.ink");
  ReelJobRecord *record;
  AdwActionRow *row;

  reel_job_fixture_lose (fixture->job);
  show (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    row = find (fixture, ADW_TYPE_ACTION_ROW, ways[i]);
    g_assert_nonnull (row);
    g_assert_cmpstr (adw_action_row_get_subtitle (row), !=, NULL);
    g_assert_nonnull (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)));
    g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (row)));
  }
  /* What listens on this computer has no website to look at. */
  g_assert_null (find (fixture, ADW_TYPE_ACTION_ROW, "Check the Balance"));
  g_assert_null (find (fixture, ADW_TYPE_ACTION_ROW, "Wait for the Webhook"));

  g_list_store_append (fixture->accounts, account);
  record = reel_job_record_copy (reel_job_get_record (fixture->job));
  g_set_str (&record->account_id, "real");
  g_set_str (&record->webhook_token, "token");
  reel_job_take_record (fixture->job, record);
  g_assert_nonnull (find (fixture, ADW_TYPE_ACTION_ROW, "Check the Balance"));
  row = find (fixture, ADW_TYPE_ACTION_ROW, "Wait for the Webhook");
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));

  /* A change that says the same leaves the row that may have the focus. */
  row = find (fixture, ADW_TYPE_ACTION_ROW, ways[0]);
  reel_job_take_record (fixture->job, reel_job_record_copy (reel_job_get_record (fixture->job)));
  g_assert_true (find (fixture, ADW_TYPE_ACTION_ROW, ways[0]) == row);
}

static void
on_file_doubted (ReelDetailPage *page, ReelJob *job, guint *count)
{
  (*count)++;
}

/* A saved video is looked for when it is shown, and when it does not play. */
static void
test_doubted (Fixture *fixture, gconstpointer data)
{
  guint count = 0;

  g_signal_connect (fixture->page, "file-doubted", G_CALLBACK (on_file_doubted), &count);
  show (fixture);
  g_assert_cmpuint (count, ==, 0);
  reel_detail_page_set_job (fixture->page, NULL);
  reel_job_fixture_save (fixture->job, "/nonexistent/video.mp4");
  show (fixture);
  g_assert_cmpuint (count, ==, 1);
  reel_test_wait (count == 2);
}

static void
test_long_prompt (Fixture *fixture, gconstpointer data)
{
  g_autofree char *prompt = g_strnfill (20000, 'x');
  g_autoptr (ReelJob) job = reel_job_fixture_new (prompt, 1);

  show (fixture);
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Show All"));
  reel_detail_page_set_job (fixture->page, job);
  reel_ui_test_press (find (fixture, GTK_TYPE_BUTTON, "Show All"));
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Show All"));
  show (fixture);
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Show All"));
  reel_detail_page_set_job (fixture->page, NULL);
}

/* The video of the chosen job plays by itself as soon as it is saved, in its own shape, and stops with the choice. */
static void
test_video (Fixture *fixture, gconstpointer data)
{
  const ReelClip clip = {.width = 180, .height = 320, .frames = 12};
  g_autoptr (GFile) file = reel_clip_make (&clip, folder, "video.mp4");
  g_autoptr (ReelPlayer) player = NULL;
  ReelPlayerView *view;

  reel_job_fixture_accept (fixture->job, REEL_SERVICE_SUCCEEDED, "succeeded");
  show (fixture);
  g_assert_false (reel_detail_page_has_video (fixture->page));
  reel_job_fixture_save (fixture->job, g_file_peek_path (file));
  g_assert_true (reel_detail_page_has_video (fixture->page));
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Save as"));
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Show in Files"));
  g_assert_null (find (fixture, REEL_TYPE_PROGRESS_VIEW, NULL));

  view = find (fixture, REEL_TYPE_PLAYER_VIEW, NULL);
  player = g_object_ref (reel_player_view_get_player (view));
  reel_test_wait (reel_player_get_playing (player));
  reel_test_wait (reel_player_get_position (player) > 0);
  reel_test_wait (gtk_widget_get_height (GTK_WIDGET (view)) > gtk_widget_get_width (GTK_WIDGET (view)));

  /* Out of sight, out of hearing. */
  gtk_widget_set_visible (GTK_WIDGET (fixture->page), FALSE);
  reel_test_wait (!reel_player_get_playing (player));
  gtk_widget_set_visible (GTK_WIDGET (fixture->page), TRUE);
  reel_test_wait (reel_player_get_playing (player));

  reel_detail_page_set_job (fixture->page, NULL);
  g_assert_false (reel_detail_page_has_video (fixture->page));
  g_assert_null (reel_player_get_file (player));
}

int
main (int argc, char **argv)
{
  gst_init (NULL, NULL);
  reel_ui_test_init (&argc, &argv);
  folder = reel_test_make_folder ();

#define ADD(path, function) g_test_add ("/ui/detail-page/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("nothing", test_nothing);
  ADD ("running", test_running);
  ADD ("facts", test_facts);
  ADD ("missing-facts", test_missing_facts);
  ADD ("problems", test_problems);
  ADD ("refused-cancel", test_refused_cancel);
  ADD ("ways", test_ways);
  ADD ("doubted", test_doubted);
  ADD ("long-prompt", test_long_prompt);
  ADD ("video", test_video);

  return g_test_run ();
}
