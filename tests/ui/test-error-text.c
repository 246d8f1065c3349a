#include "config.h"

#include "reel-error-text.h"

#include <gio/gio.h>

static const char *const may_be_charged =
    "The service may have accepted it and charged you. Seedreel will not send it again by itself.";

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

static void
assert_lacks (const char *text, const char *part)
{
  if (strstr (text, part) != NULL)
    g_error ("“%s” is in “%s”", part, text);
}

static void
test_broken (void)
{
  g_autoptr (GError) error = reel_error_new_network (REEL_ERROR_BROKEN, TRUE, "reset by peer");
  g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_SUBMIT);

  g_assert_true (g_str_has_prefix (text->body, "The connection broke after the request was sent. "));
  assert_has (text->body, may_be_charged);
  assert_lacks (text->body, "again later");
  assert_lacks (text->body, "generate again");
  assert_lacks (text->body, "try again");
}

/* Every error, whatever was being done: whole sentences, and about money only where money was asked for. */
static void
test_all (void)
{
  for (ReelError code = REEL_ERROR_UNREACHABLE; code <= REEL_ERROR_MISMATCH; code++) {
    for (ReelErrorDoing doing = REEL_ERROR_DOING_SUBMIT; doing <= REEL_ERROR_DOING_LOCAL; doing++) {
      for (int sent = 0; sent <= 1; sent++) {
        g_autoptr (GError) error = reel_error_new_network (code, sent, "x");
        g_autoptr (ReelErrorText) text = reel_error_text_new (error, doing);

        g_assert_cmpstr (text->title, !=, "");
        g_assert_false (g_str_has_suffix (text->title, "."));
        g_assert_true (g_str_has_suffix (text->body, "."));
        assert_lacks (text->title, "!");
        assert_lacks (text->body, "!");
        assert_lacks (text->body, "  ");
        if (doing != REEL_ERROR_DOING_SUBMIT)
          assert_lacks (text->body, "charged you");
        else if (!sent && code <= REEL_ERROR_TIMEOUT)
          assert_has (text->body, "nothing was charged");
        else if (sent && code <= REEL_ERROR_BAD_SHAPE)
          assert_has (text->body, may_be_charged);
      }
    }
  }
}

static void
test_service (void)
{
  g_autoptr (GError) refused =
      reel_error_new_service (REEL_ERROR_INVALID_REQUEST, 400, "invalid_request", "duration is not listed", -1);
  g_autoptr (GError) credits =
      reel_error_new_service (REEL_ERROR_INSUFFICIENT_CREDITS, 402, "insufficient_credits", "Not enough", -1);
  g_autoptr (GError) internal = reel_error_new_service (REEL_ERROR_INTERNAL, 503, NULL, NULL, -1);
  g_autoptr (GError) unknown = reel_error_new_service (REEL_ERROR_UNKNOWN_CODE, 418, "teapot", "short & stout", -1);
  g_autoptr (ReelErrorText) refused_text = reel_error_text_new (refused, REEL_ERROR_DOING_SUBMIT);
  g_autoptr (ReelErrorText) credits_text = reel_error_text_new (credits, REEL_ERROR_DOING_SUBMIT);
  g_autoptr (ReelErrorText) internal_text = reel_error_text_new (internal, REEL_ERROR_DOING_SUBMIT);
  g_autoptr (ReelErrorText) unknown_text = reel_error_text_new (unknown, REEL_ERROR_DOING_SUBMIT);

  assert_has (refused_text->body, "The service said: “duration is not listed” (invalid_request).");
  assert_has (refused_text->body, "nothing was charged");
  assert_has (credits_text->body, "nothing was charged");
  assert_has (credits_text->body, "Add credits");
  assert_has (internal_text->body, may_be_charged);
  assert_has (unknown_text->body, "“short & stout” (teapot)");
  assert_has (unknown_text->body, "nothing was charged");
}

/* A certificate that is refused: why, by whom it is, who may stand between, and that nothing was sent. */
static void
test_certificates (void)
{
  static const struct
  {
    ReelError code;
    const char *why;
    gboolean is_intercepted;
  } cases[] = {
      {REEL_ERROR_CERTIFICATE_AUTHORITY, "does not trust the issuer", TRUE},
      {REEL_ERROR_CERTIFICATE_SELF_SIGNED, "signed by itself alone", TRUE},
      {REEL_ERROR_CERTIFICATE_NAME, "belongs to another address", TRUE},
      {REEL_ERROR_CERTIFICATE_EXPIRED, "has expired", FALSE},
      {REEL_ERROR_CERTIFICATE_EARLY, "is not valid yet", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = reel_error_new_certificate (cases[i].code, "Example\nRoot. CA.");
    g_autoptr (ReelErrorText) ask = reel_error_text_new (error, REEL_ERROR_DOING_ASK);
    g_autoptr (ReelErrorText) submit = reel_error_text_new (error, REEL_ERROR_DOING_SUBMIT);

    g_assert_cmpstr (ask->title, ==, "The connection is not secure");
    assert_has (ask->body, cases[i].why);
    assert_has (ask->body, "It was issued by “Example Root. CA”.");
    assert_has (ask->body, "Nothing was sent, not even the API key.");
    assert_has (submit->body, "Nothing was sent, and nothing was charged.");
    assert_lacks (submit->body, "not even the API key");
    if (cases[i].is_intercepted)
      assert_has (ask->body, "may be intercepting the connection");
    else
      assert_has (ask->body, "clock of this computer");
  }
}

/* What a network that wants a sign-in answered may have come after the service took the request. */
static void
test_portal (void)
{
  g_autoptr (GError) before = reel_error_new_network (REEL_ERROR_PORTAL, FALSE, "x");
  g_autoptr (GError) after = reel_error_new_network (REEL_ERROR_PORTAL, TRUE, "x");
  g_autoptr (ReelErrorText) before_text = reel_error_text_new (before, REEL_ERROR_DOING_SUBMIT);
  g_autoptr (ReelErrorText) after_text = reel_error_text_new (after, REEL_ERROR_DOING_SUBMIT);

  g_assert_cmpstr (before_text->title, ==, "This network wants you to sign in first");
  assert_has (before_text->body, "Nothing was sent, and nothing was charged. Sign in to the network");
  assert_has (after_text->body, may_be_charged);
  assert_lacks (after_text->body, "nothing was charged");
}

static void
test_retry_after (void)
{
  static const struct
  {
    gint64 seconds;
    const char *part;
  } cases[] = {
      {-1, "Wait a minute"}, {0, "in 1 second."},    {1, "in 1 second."},   {30, "in 30 seconds."},
      {90, "in 90 seconds"}, {120, "in 2 minutes."}, {121, "in 3 minutes"}, {G_MAXINT64, "minutes"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error =
        reel_error_new_service (REEL_ERROR_RATE_LIMITED, 429, "rate_limited", "Slow down", cases[i].seconds);
    g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_SUBMIT);

    assert_has (text->body, cases[i].part);
    assert_has (text->body, "nothing was charged");
  }
}

/* The words of the service are quoted as text, and not without end. */
static void
test_untrusted (void)
{
  g_autofree char *page = g_strnfill (1 << 20, 'x');
  g_autoptr (GError) endless = reel_error_new_service (REEL_ERROR_INTERNAL, 500, "internal_error", page, -1);
  g_autoptr (GError) dirty =
      reel_error_new_service (REEL_ERROR_INTERNAL, 500, "a\nb\001", "one\r\ntwo \xff <b>%s</b>", -1);
  g_autoptr (ReelErrorText) endless_text = reel_error_text_new (endless, REEL_ERROR_DOING_ASK);
  g_autoptr (ReelErrorText) dirty_text = reel_error_text_new (dirty, REEL_ERROR_DOING_ASK);

  g_assert_cmpuint (strlen (endless_text->body), <, 800);
  g_assert_true (g_utf8_validate (dirty_text->body, -1, NULL));
  assert_lacks (dirty_text->body, "\n");
  assert_has (dirty_text->body, "<b>%s</b>");
  assert_has (dirty_text->body, "(a b )");
}

static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No space left on device");
  g_autoptr (ReelErrorText) download = reel_error_text_new (error, REEL_ERROR_DOING_DOWNLOAD);
  g_autoptr (ReelErrorText) local = reel_error_text_new (error, REEL_ERROR_DOING_LOCAL);

  assert_has (download->body, "No space left on device");
  assert_has (download->body, "Downloading is not charged.");
  assert_has (local->body, "No space left on device");
}

static void
test_names (void)
{
  for (ReelError code = REEL_ERROR_UNREACHABLE; code <= REEL_ERROR_MISMATCH; code++) {
    ReelError found = -1;

    g_assert_true (reel_error_from_name (reel_error_to_name (code), &found));
    g_assert_cmpint (found, ==, code);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error-text/broken", test_broken);
  g_test_add_func ("/error-text/all", test_all);
  g_test_add_func ("/error-text/service", test_service);
  g_test_add_func ("/error-text/certificates", test_certificates);
  g_test_add_func ("/error-text/portal", test_portal);
  g_test_add_func ("/error-text/retry-after", test_retry_after);
  g_test_add_func ("/error-text/untrusted", test_untrusted);
  g_test_add_func ("/error-text/foreign", test_foreign);
  g_test_add_func ("/error-text/names", test_names);

  return g_test_run ();
}
