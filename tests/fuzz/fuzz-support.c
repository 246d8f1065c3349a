#include "config.h"

#include "fuzz-support.h"

#include "reel-error.h"

#include <string.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  /* A broken precondition is a finding. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

char *
fuzz_dup_text (const uint8_t *data, size_t size)
{
  return g_strndup (size > 0 ? (const char *)data : "", size);
}

static gboolean
has_control (const char *text, const char *allowed)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)) && strchr (allowed, *at) == NULL)
      return TRUE;

  return FALSE;
}

void
fuzz_check_name (const char *name, gsize max_bytes)
{
  g_assert_nonnull (name);
  g_assert_cmpuint (strlen (name), >, 0);
  g_assert_cmpuint (strlen (name), <=, max_bytes);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_false (has_control (name, ""));
}

void
fuzz_check_text (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 4000);
  g_assert_false (has_control (text, "\n\t"));
}

void
fuzz_check_answer (gconstpointer result, const GError *error)
{
  g_assert_true ((result == NULL) == (error != NULL));
  if (error == NULL)
    return;

  g_assert_true (error->domain == REEL_ERROR);
  g_assert_nonnull (error->message);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  /* Whoever takes an answer for something that was never sent sends it, and pays, again. */
  g_assert_true (reel_error_was_sent (error));
  if (reel_error_get_service_code (error) != NULL)
    fuzz_check_name (reel_error_get_service_code (error), 256);
  if (reel_error_get_service_message (error) != NULL)
    fuzz_check_text (reel_error_get_service_message (error));
}

void
fuzz_check_generation (const ReelGeneration *generation, GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (generation->request_id != NULL)
    fuzz_check_name (generation->request_id, 512);
  if (generation->output_url != NULL)
    fuzz_check_name (generation->output_url, 8192);
  if (generation->error_code != NULL)
    fuzz_check_name (generation->error_code, 256);
  if (generation->error_message != NULL)
    fuzz_check_text (generation->error_message);
  if (generation->credits_charged != NULL)
    fuzz_check_name (generation->credits_charged, 256);

  g_assert_true ((generation->status == REEL_SERVICE_NONE) == (generation->status_text == NULL));
  if (generation->status_text != NULL) {
    fuzz_check_text (generation->status_text);
    g_assert_cmpint (generation->status, ==, reel_service_status_from_text (generation->status_text));
  }

  /* The whole answer is kept, byte by byte. */
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0) {
    data += 3;
    length -= 3;
  }
  g_assert_cmpmem (generation->body, strlen (generation->body), data, length);
}
