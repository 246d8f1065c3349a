#include "config.h"

#include "reel-job-fixture.h"
#include "reel-notification-text.h"

static ReelNews
get_news (ReelJob *job)
{
  return reel_notification_text_get_news (reel_job_get_record (job));
}

static void
assert_text (ReelJob *job, const char *title, const char *body)
{
  g_autoptr (ReelErrorText) text = reel_notification_text_make (reel_job_get_record (job), reel_job_get_title (job));

  g_assert_cmpstr (text->title, ==, title);
  g_assert_cmpstr (text->body, ==, body);
}

/* What goes on, and what a person did, is no news. */
static void
test_news (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 1), withdrawn = reel_job_fixture_new ("A kite", 1);
  ReelJobRecord *record;

  g_assert_cmpint (get_news (job), ==, REEL_NEWS_NONE);
  reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
  g_assert_cmpint (get_news (job), ==, REEL_NEWS_NONE);
  reel_job_fixture_accept (job, REEL_SERVICE_SUCCEEDED, "succeeded");
  g_assert_cmpint (get_news (job), ==, REEL_NEWS_NONE);
  reel_job_fixture_fail_download (job, "No space left on device");
  g_assert_cmpint (get_news (job), ==, REEL_NEWS_FAILED);
  reel_job_fixture_save (job, "/tmp/boat.mp4");
  g_assert_cmpint (get_news (job), ==, REEL_NEWS_READY);
  reel_job_fixture_accept (job, REEL_SERVICE_CANCELLED, "cancelled");
  g_assert_cmpint (get_news (job), ==, REEL_NEWS_NONE);
  reel_job_fixture_accept (job, REEL_SERVICE_LOST, "lost");
  g_assert_cmpint (get_news (job), ==, REEL_NEWS_FAILED);

  reel_job_fixture_lose (withdrawn);
  g_assert_cmpint (get_news (withdrawn), ==, REEL_NEWS_UNKNOWN);
  record = reel_job_record_copy (reel_job_get_record (withdrawn));
  record->declared_lost_at = 1;
  reel_job_take_record (withdrawn, record);
  g_assert_cmpint (get_news (withdrawn), ==, REEL_NEWS_NONE);
  reel_job_fixture_reject (withdrawn, 0, REEL_JOB_WITHDRAWN, "Withdrawn before it was sent");
  g_assert_cmpint (get_news (withdrawn), ==, REEL_NEWS_NONE);
}

/* What happened, to which video, and whether money moved. */
static void
test_texts (void)
{
  g_autoptr (ReelJob) ready = reel_job_fixture_new ("A boat\non a pond", 1),
                      failed = reel_job_fixture_new ("A kite", 1);
  g_autoptr (ReelJob) unknown = reel_job_fixture_new ("A snail", 1), rejected = reel_job_fixture_new ("A whale", 1);

  reel_job_fixture_save (ready, "/tmp/boat.mp4");
  assert_text (ready, "Your video is ready", "A boat on a pond\nEstimated $0.50 · the service charged 40 credits");
  reel_job_fixture_fail (failed, "generation_failed", "It did not work out");
  assert_text (failed, "The service could not make the video",
               "A kite\nThe service accepted the request, but could not make the video. The service said: “It did not "
               "work out” (generation_failed). The service said that it charged 40 credits. Reuse the settings, change "
               "the prompt or the references, and generate again.");
  reel_job_fixture_lose (unknown);
  assert_text (unknown, "Outcome unknown",
               "A snail\nThe connection broke after the request was sent. The service may have accepted it and charged "
               "you. Seedreel will not send it again by itself.");
  reel_job_fixture_reject (rejected, 402, "insufficient_credits", "The balance is 3 credits");
  {
    g_autoptr (ReelErrorText) text =
        reel_notification_text_make (reel_job_get_record (rejected), reel_job_get_title (rejected));

    g_assert_true (g_str_has_prefix (text->body, "A whale\n"));
    g_assert_nonnull (strstr (text->body, "nothing was charged"));
  }
}

/* A long prompt leaves room for what happened. */
static void
test_long_prompt (void)
{
  g_autofree char *prompt = g_strnfill (5000, 'x');
  g_autoptr (ReelJob) job = reel_job_fixture_new (prompt, 1);
  g_autoptr (ReelErrorText) text = NULL;

  reel_job_fixture_save (job, "/tmp/x.mp4");
  text = reel_notification_text_make (reel_job_get_record (job), reel_job_get_title (job));
  g_assert_cmpint (g_utf8_strlen (text->body, -1), <, 150);
  g_assert_nonnull (strstr (text->body, "xxx…\nEstimated $0.50"));
}

static void
test_sums (void)
{
  g_autoptr (ReelErrorText) ready = reel_notification_text_make_sum (REEL_NEWS_READY, 3);
  g_autoptr (ReelErrorText) failed = reel_notification_text_make_sum (REEL_NEWS_FAILED, 4);
  g_autoptr (ReelErrorText) unknown = reel_notification_text_make_sum (REEL_NEWS_UNKNOWN, 5);

  g_assert_cmpstr (ready->title, ==, "3 videos are ready");
  g_assert_cmpstr (failed->title, ==, "4 videos failed");
  g_assert_cmpstr (unknown->title, ==, "5 requests of unknown outcome");
  g_assert_nonnull (strstr (unknown->body, "will not send them again by itself"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/notification-text/news", test_news);
  g_test_add_func ("/app/notification-text/texts", test_texts);
  g_test_add_func ("/app/notification-text/long-prompt", test_long_prompt);
  g_test_add_func ("/app/notification-text/sums", test_sums);

  return g_test_run ();
}
