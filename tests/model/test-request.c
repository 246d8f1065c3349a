#include "config.h"

#include "reel-request.h"
#include "reel-test.h"

static ReelVideoModel *
make_model (void)
{
  ReelVideoModel *model = reel_video_model_new ("seedance-2.0");

  reel_video_model_add_duration (model, 5);
  reel_video_model_add_duration (model, 10);
  reel_video_model_add_aspect_ratio (model, "16:9");
  reel_video_model_add_resolution (model, "720p");
  reel_video_model_set_price (model, "720p", 100000);

  return model;
}

static ReelRequest *
make_request (void)
{
  return g_object_new (REEL_TYPE_REQUEST, "model", "seedance-2.0", "prompt", "A boat", "duration", 5, "aspect-ratio",
                       "16:9", "resolution", "720p", NULL);
}

static void
add_reference (ReelRequest *request, const char *url)
{
  g_autoptr (ReelReference) reference = reel_reference_new (url);

  g_list_store_append (reel_request_get_references (request), reference);
}

static void
count (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_notify (void)
{
  g_autoptr (ReelRequest) request = make_request ();
  guint n = 0;

  g_signal_connect (request, "notify", G_CALLBACK (count), &n);
  g_object_set (request, "model", "seedance-2.0", "prompt", "A boat", "duration", 5, "aspect-ratio", "16:9",
                "resolution", "720p", "webhook-url", "", NULL);
  g_assert_cmpuint (n, ==, 0);

  g_object_set (request, "model", NULL, "prompt", "", "duration", 6, "aspect-ratio", "1:1", "resolution", "1080p",
                "webhook-url", "https://a.example/hook", NULL);
  g_assert_cmpuint (n, ==, 6);
  reel_request_set_count (request, 1);
  reel_request_set_count (request, 0);
  g_assert_cmpuint (n, ==, 6);
  reel_request_set_count (request, 99);
  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpuint (reel_request_get_count (request), ==, REEL_REQUEST_MAX_COUNT);
  g_assert_null (reel_request_get_prompt (request));
}

static void
test_copy (void)
{
  g_autoptr (ReelRequest) request = make_request ();
  g_autoptr (ReelRequest) copy = NULL;

  add_reference (request, "https://a.example/x.jpg");
  reel_request_set_count (request, 3);
  copy = reel_request_copy (request);
  reel_request_set_prompt (request, "Another");
  g_list_store_remove_all (reel_request_get_references (request));

  g_assert_cmpstr (reel_request_get_prompt (copy), ==, "A boat");
  g_assert_cmpuint (reel_request_get_duration (copy), ==, 5);
  g_assert_cmpuint (reel_request_get_count (copy), ==, 3);
  g_assert_cmpint (reel_request_infer_mode (copy), ==, REEL_REQUEST_MODE_FIRST_FRAME);
}

static void
test_mode (void)
{
  g_autoptr (ReelRequest) request = make_request ();

  g_assert_cmpint (reel_request_infer_mode (request), ==, REEL_REQUEST_MODE_TEXT);
  add_reference (request, "https://a.example/x.jpg");
  g_assert_cmpint (reel_request_infer_mode (request), ==, REEL_REQUEST_MODE_FIRST_FRAME);
  add_reference (request, "https://a.example/y.png");
  g_assert_cmpint (reel_request_infer_mode (request), ==, REEL_REQUEST_MODE_FIRST_AND_LAST_FRAME);
  add_reference (request, "https://a.example/z.png");
  g_assert_cmpint (reel_request_infer_mode (request), ==, REEL_REQUEST_MODE_REFERENCES);

  g_list_store_remove_all (reel_request_get_references (request));
  add_reference (request, "https://a.example/x.mp3");
  g_assert_cmpint (reel_request_infer_mode (request), ==, REEL_REQUEST_MODE_REFERENCES);
}

static void
test_check (void)
{
  g_autoptr (ReelVideoModel) model = make_model ();
  g_autoptr (ReelVideoModel) bare = reel_video_model_new ("bare");
  g_autoptr (ReelRequest) request = make_request ();

  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_OK);
  g_assert_cmpint (reel_request_check (request, NULL), ==, REEL_REQUEST_NO_MODEL);
  g_assert_cmpint (reel_request_check (request, bare), ==, REEL_REQUEST_NO_MODEL);

  reel_request_set_prompt (request, " \n\t");
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_NO_PROMPT);
  reel_request_set_prompt (request, "\xff");
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_BAD_PROMPT);
  reel_request_set_prompt (request, "A boat");

  reel_request_set_duration (request, 7);
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_BAD_DURATION);
  reel_request_set_duration (request, 10);
  reel_request_set_aspect_ratio (request, "1:1");
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_BAD_ASPECT_RATIO);
  reel_request_set_aspect_ratio (request, "16:9");
  reel_request_set_resolution (request, NULL);
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_BAD_RESOLUTION);
  reel_request_set_resolution (request, "720p");

  reel_request_set_webhook_url (request, "http://localhost/hook");
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_BAD_WEBHOOK);
  reel_request_set_webhook_url (request, "https://a.example/hook");
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_OK);

  add_reference (request, "http://a.example/x.jpg");
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_BAD_REFERENCE);
  g_list_store_remove_all (reel_request_get_references (request));
  add_reference (request, "https://a.example/x.pdf");
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_UNKNOWN_REFERENCE);
  g_list_store_remove_all (reel_request_get_references (request));
  for (guint i = 0; i < REEL_REQUEST_MAX_REFERENCES; i++)
    add_reference (request, "https://a.example/x.jpg");
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_OK);
  add_reference (request, "https://a.example/x.jpg");
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_TOO_MANY_REFERENCES);
}

static void
test_check_bare_model (void)
{
  g_autoptr (ReelVideoModel) bare = reel_video_model_new ("bare");
  g_autoptr (ReelRequest) request = g_object_new (REEL_TYPE_REQUEST, "model", "bare", "prompt", "A boat", NULL);

  g_assert_cmpint (reel_request_check (request, bare), ==, REEL_REQUEST_OK);
  g_assert_cmpint (reel_request_estimate (request, bare), ==, REEL_MONEY_NOT_LISTED);
}

static void
test_estimate (void)
{
  g_autoptr (ReelVideoModel) model = make_model ();
  g_autoptr (ReelRequest) request = make_request ();

  g_assert_cmpint (reel_request_estimate (request, model), ==, 500000);
  g_assert_cmpint (reel_request_estimate_all (request, model), ==, 500000);
  reel_request_set_count (request, 3);
  g_assert_cmpint (reel_request_estimate (request, model), ==, 500000);
  g_assert_cmpint (reel_request_estimate_all (request, model), ==, 1500000);
  g_assert_cmpint (reel_request_estimate (request, NULL), ==, REEL_MONEY_NOT_LISTED);
  reel_request_set_resolution (request, "1080p");
  g_assert_cmpint (reel_request_estimate (request, model), ==, REEL_MONEY_NOT_LISTED);
  g_assert_cmpint (reel_request_estimate_all (request, model), ==, REEL_MONEY_NOT_LISTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/request/notify", test_notify);
  g_test_add_func ("/request/copy", test_copy);
  g_test_add_func ("/request/mode", test_mode);
  g_test_add_func ("/request/check", test_check);
  g_test_add_func ("/request/check-bare-model", test_check_bare_model);
  g_test_add_func ("/request/estimate", test_estimate);

  return g_test_run ();
}
