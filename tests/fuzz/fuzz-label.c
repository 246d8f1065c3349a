/* The label of a video that somebody else made. What is read of one is written and read again as the same. */

#include "config.h"

#include "fuzz-support.h"

#include "reel-label-codec.h"

#include <string.h>

/* What is written of a request. */
static char *
encode (ReelRequest *request)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new_for_request (request, "account", 0);

  g_set_str (&record->id, "id");

  return reel_label_codec_encode (record);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) label = g_bytes_new (data, size), written = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelRequest) request = reel_label_codec_decode (label, &error), again = NULL;
  g_autofree char *text = NULL, *other = NULL;

  g_assert_true ((request != NULL) == (error == NULL));
  if (request == NULL)
    return 0;

  g_assert_null (reel_request_get_webhook_url (request));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reel_request_get_references (request))), <=,
                    REEL_REQUEST_MAX_REFERENCES);

  text = encode (request);
  /* Two empty texts say nothing. */
  if (text == NULL)
    return 0;
  written = g_bytes_new (text, strlen (text));
  again = reel_label_codec_decode (written, &error);
  g_assert_no_error (error);
  other = encode (again);
  g_assert_cmpstr (other, ==, text);

  return 0;
}
