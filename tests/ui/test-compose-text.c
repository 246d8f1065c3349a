#include "config.h"

#include "reel-compose-text.h"

static ReelVideoModel *
make_model (void)
{
  ReelVideoModel *model = reel_video_model_new ("seedance-2.0");

  for (guint seconds = 4; seconds <= 15; seconds++)
    reel_video_model_add_duration (model, seconds);
  reel_video_model_add_aspect_ratio (model, "9:16");
  reel_video_model_add_aspect_ratio (model, "16:9");
  reel_video_model_add_resolution (model, "480p");
  reel_video_model_add_resolution (model, "720p");
  reel_video_model_set_price (model, "720p", 100000);

  return model;
}

static void
add_reference (ReelRequest *request, const char *url)
{
  g_autoptr (ReelReference) reference = reel_reference_new (url);

  g_list_store_append (reel_request_get_references (request), reference);
}

static void
test_problems (void)
{
  g_autoptr (GHashTable) sentences = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_null (reel_compose_describe_problem (REEL_REQUEST_OK));
  for (ReelRequestProblem problem = REEL_REQUEST_NO_MODEL; problem <= REEL_REQUEST_BAD_WEBHOOK; problem++) {
    const char *sentence = reel_compose_describe_problem (problem);

    g_assert_nonnull (sentence);
    g_assert_true (g_str_has_suffix (sentence, "."));
    g_assert_true (g_hash_table_add (sentences, (gpointer)sentence));
  }
}

static void
test_references_refused (void)
{
  static const struct
  {
    const char *url;
    const char *part;
  } cases[] = {
      {"http://example.com/a.png", "https"},
      {"ftp://example.com/a.png", "https"},
      {"file:///home/me/a.png", "files on this computer"},
      {"https://localhost/a.png", "private network"},
      {"https://printer.local/a.png", "private network"},
      {"https://127.0.0.1/a.png", "private network"},
      {"https://10.0.0.1/a.png", "private network"},
      {"https://172.16.3.4/a.png", "private network"},
      {"https://192.168.1.4/a.png", "private network"},
      {"https://169.254.1.1/a.png", "private network"},
      {"https://[fc00::1]/a.png", "private network"},
      {"https://[::1]/a.png", "private network"},
      {"https://me:secret@example.com/a.png", "password"},
      {"example.com/a.png", "not a link"},
      {"just words", "not a link"},
      {"", "not a link"},
      {"https://example.com/a.pdf", "does not end like"},
      {"https://example.com/", "does not end like"},
      {"https://example.com/page?file=a.png", "does not end like"},
  };
  g_autoptr (ReelRequest) request = reel_request_new ();
  GListModel *references = G_LIST_MODEL (reel_request_get_references (request));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *sentence = reel_compose_refuse_reference (cases[i].url, references);

    g_test_message ("%s: %s", cases[i].url, sentence);
    g_assert_nonnull (sentence);
    g_assert_nonnull (strstr (sentence, cases[i].part));
  }

  g_assert_null (reel_compose_refuse_reference ("https://example.com/a.PNG?signature=1", references));
  g_assert_null (reel_compose_refuse_reference ("https://example.com/a.mov", NULL));

  add_reference (request, "https://example.com/1.png");
  g_assert_nonnull (strstr (reel_compose_refuse_reference ("https://example.com/1.png", references), "already"));
  for (guint i = 2; i <= 5; i++) {
    g_autofree char *url = g_strdup_printf ("https://example.com/%u.png", i);

    g_assert_null (reel_compose_refuse_reference (url, references));
    add_reference (request, url);
  }
  g_assert_nonnull (strstr (reel_compose_refuse_reference ("https://example.com/6.png", references), "Five"));
}

static void
test_webhooks_refused (void)
{
  g_assert_null (reel_compose_refuse_webhook (NULL));
  g_assert_null (reel_compose_refuse_webhook (""));
  g_assert_null (reel_compose_refuse_webhook ("https://example.com/hook?x=1"));
  g_assert_nonnull (strstr (reel_compose_refuse_webhook ("http://example.com/hook"), "https"));
  g_assert_nonnull (strstr (reel_compose_refuse_webhook ("https://192.168.0.2/hook"), "private"));
  g_assert_nonnull (strstr (reel_compose_refuse_webhook ("https://a:b@example.com/"), "password"));
  g_assert_nonnull (strstr (reel_compose_refuse_webhook ("hook"), "not an address"));
}

static void
test_modes (void)
{
  g_autoptr (ReelRequest) request = reel_request_new ();

  g_assert_cmpstr (reel_compose_describe_mode (request), ==, "None: text to video");
  add_reference (request, "https://example.com/1.png");
  g_assert_cmpstr (reel_compose_describe_mode (request), ==, "One image: first frame");
  add_reference (request, "https://example.com/2.png");
  g_assert_cmpstr (reel_compose_describe_mode (request), ==, "Two images: first and last frame");
  add_reference (request, "https://example.com/3.mp3");
  g_assert_cmpstr (reel_compose_describe_mode (request), ==, "Used as references");
}

static void
test_arithmetic (void)
{
  g_autoptr (ReelVideoModel) model = make_model ();
  g_autoptr (ReelRequest) request = reel_request_new ();
  g_autofree char *none = reel_compose_make_price (request, NULL);
  g_autofree char *none_arithmetic = reel_compose_make_arithmetic (request, NULL);
  g_autofree char *price = NULL, *arithmetic = NULL, *unlisted = NULL, *unlisted_arithmetic = NULL, *zero = NULL;
  g_autofree char *two = NULL, *two_arithmetic = NULL, *unlisted_two = NULL;

  g_assert_cmpstr (none, ==, "—");
  g_assert_cmpstr (none_arithmetic, ==, "No model is chosen yet");

  g_object_set (request, "duration", 7, "resolution", "720p", NULL);
  price = reel_compose_make_price (request, model);
  arithmetic = reel_compose_make_arithmetic (request, model);
  g_assert_cmpstr (price, ==, "$0.70");
  g_assert_cmpstr (arithmetic, ==, "7\u00a0s × $0.10");

  reel_request_set_count (request, 2);
  two = reel_compose_make_price (request, model);
  two_arithmetic = reel_compose_make_arithmetic (request, model);
  g_assert_cmpstr (two, ==, "$1.40");
  g_assert_cmpstr (two_arithmetic, ==, "7\u00a0s × $0.10 × 2 = $1.40");
  reel_request_set_count (request, 1);

  reel_request_set_resolution (request, "480p");
  unlisted = reel_compose_make_price (request, model);
  unlisted_arithmetic = reel_compose_make_arithmetic (request, model);
  g_assert_cmpstr (unlisted, ==, "Price not listed");
  g_assert_cmpstr (unlisted_arithmetic, ==, "For these settings");
  reel_request_set_count (request, 3);
  unlisted_two = reel_compose_make_arithmetic (request, model);
  g_assert_cmpstr (unlisted_two, ==, "For these settings × 3");

  g_object_set (request, "duration", 0, "resolution", "720p", NULL);
  zero = reel_compose_make_price (request, model);
  g_assert_cmpstr (zero, ==, "Price not listed");
}

static void
test_counts (void)
{
  g_autofree char *one = reel_compose_make_character_count (1);
  g_autofree char *many = reel_compose_make_character_count (98);
  g_autofree char *second = reel_compose_make_spoken_seconds (1);
  g_autofree char *seconds = reel_compose_make_spoken_seconds (5);

  g_assert_cmpstr (one, ==, "1 character");
  g_assert_cmpstr (many, ==, "98 characters");
  g_assert_cmpstr (second, ==, "1 second");
  g_assert_cmpstr (seconds, ==, "5 seconds");
}

static void
test_labels (void)
{
  static const char *const few[] = {"16:9", "9:16", "1:1", NULL};
  static const char *const one[] = {"16:9", NULL};
  static const char *const many[] = {"1", "2", "3", "4", "5", NULL};
  static const char *const wide[] = {"cinema-ultra", "preview", NULL};
  static const char *const none[] = {NULL};
  g_autofree char *long_name = g_strnfill (5000, 'x');
  g_autofree char *lines = reel_compose_make_label ("two\nlines\tand \001more");
  g_autofree char *invalid = reel_compose_make_label ("a\xff");
  g_autofree char *cut = reel_compose_make_label (long_name);

  g_assert_true (reel_compose_is_short (few));
  g_assert_false (reel_compose_is_short (one));
  g_assert_false (reel_compose_is_short (many));
  g_assert_false (reel_compose_is_short (wide));
  g_assert_false (reel_compose_is_short (none));

  g_assert_cmpstr (lines, ==, "two lines and  more");
  g_assert_true (g_utf8_validate (invalid, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 81);
}

static void
test_fit_chooses_the_usual (void)
{
  g_autoptr (ReelVideoModel) model = make_model ();
  g_autoptr (ReelRequest) request = reel_request_new ();
  g_autofree char *notice = reel_compose_fit (request, model);

  g_assert_null (notice);
  g_assert_cmpstr (reel_request_get_model (request), ==, "seedance-2.0");
  g_assert_cmpuint (reel_request_get_duration (request), ==, 5);
  g_assert_cmpstr (reel_request_get_aspect_ratio (request), ==, "16:9");
  g_assert_cmpstr (reel_request_get_resolution (request), ==, "720p");
}

static void
test_fit_keeps_and_moves (void)
{
  g_autoptr (ReelVideoModel) model = make_model ();
  g_autoptr (ReelVideoModel) bare = reel_video_model_new ("bare");
  g_autoptr (ReelRequest) request = reel_request_new ();
  g_autofree char *notice = NULL, *again = NULL, *nothing = NULL;

  g_object_set (request, "model", "other", "duration", 30, "aspect-ratio", "9:16", "resolution", "1080p", "prompt", "x",
                NULL);
  notice = reel_compose_fit (request, model);
  g_assert_cmpstr (notice, ==, "Changed to fit: 15\u00a0s, 720p");
  g_assert_cmpuint (reel_request_get_duration (request), ==, 15);
  g_assert_cmpstr (reel_request_get_aspect_ratio (request), ==, "9:16");
  g_assert_cmpstr (reel_request_get_resolution (request), ==, "720p");
  g_assert_cmpint (reel_request_check (request, model), ==, REEL_REQUEST_OK);

  again = reel_compose_fit (request, model);
  g_assert_null (again);

  /* A model that lists nothing: nothing is sent, and there is nothing to say. */
  nothing = reel_compose_fit (request, bare);
  g_assert_null (nothing);
  g_assert_cmpuint (reel_request_get_duration (request), ==, 0);
  g_assert_null (reel_request_get_aspect_ratio (request));
  g_assert_null (reel_request_get_resolution (request));
  g_assert_cmpint (reel_request_check (request, bare), ==, REEL_REQUEST_OK);
}

static void
test_replaced (void)
{
  g_autofree char *notice = reel_compose_make_replaced_notice ("old", "new");

  g_assert_cmpstr (notice, ==, "This account has no old: the model is now new");
}

/* What is folded away says what is set in it. */
static void
test_more (void)
{
  g_autoptr (ReelRequest) request = reel_request_new ();
  g_autofree char *plain = reel_compose_make_more (request), *some = NULL, *both = NULL;
  g_autofree char *one = reel_compose_make_unlisted_question (1), *many = reel_compose_make_unlisted_question (3);

  g_assert_cmpstr (plain, ==, "Count, webhook");
  reel_request_set_count (request, 3);
  some = reel_compose_make_more (request);
  g_assert_cmpstr (some, ==, "3 videos");
  reel_request_set_webhook_url (request, "https://a.example/hook");
  both = reel_compose_make_more (request);
  g_assert_cmpstr (both, ==, "3 videos · Webhook: on");
  g_assert_nonnull (strstr (one, "charge for 1 video,"));
  g_assert_nonnull (strstr (many, "charge for 3 videos,"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/compose/text/problems", test_problems);
  g_test_add_func ("/compose/text/references-refused", test_references_refused);
  g_test_add_func ("/compose/text/webhooks-refused", test_webhooks_refused);
  g_test_add_func ("/compose/text/modes", test_modes);
  g_test_add_func ("/compose/text/arithmetic", test_arithmetic);
  g_test_add_func ("/compose/text/counts", test_counts);
  g_test_add_func ("/compose/text/more", test_more);
  g_test_add_func ("/compose/text/labels", test_labels);
  g_test_add_func ("/compose/text/fit-chooses-the-usual", test_fit_chooses_the_usual);
  g_test_add_func ("/compose/text/fit-keeps-and-moves", test_fit_keeps_and_moves);
  g_test_add_func ("/compose/text/replaced", test_replaced);

  return g_test_run ();
}
