/* What the service says of a job: the answer to a submission, a status, and an error. One input is read as all three. */

#include "config.h"

#include "fuzz-support.h"

#include "reel-codec.h"

#define NOW G_GINT64_CONSTANT (1790000000000000)

/* A job whose video is there stays what it is, whatever comes late. */
static void
check_final (const ReelGeneration *generation)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new ();

  record->submission = REEL_SUBMISSION_ACCEPTED;
  record->request_id = g_strdup ("req_1");
  record->status = REEL_SERVICE_SUCCEEDED;
  record->status_text = g_strdup ("succeeded");
  record->file_state = REEL_FILE_SAVED;
  reel_job_record_apply (record, generation, NOW);

  g_assert_true (reel_service_status_is_final (record->status));
  g_assert_cmpint (record->submission, ==, REEL_SUBMISSION_ACCEPTED);
  g_assert_cmpstr (record->request_id, ==, "req_1");
  g_assert_cmpint (record->file_state, ==, REEL_FILE_SAVED);
}

/* A video that can be fetched is fetched, and nothing else is. */
static void
check_fresh (const ReelGeneration *generation)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new ();

  record->submission = REEL_SUBMISSION_ACCEPTED;
  reel_job_record_apply (record, generation, NOW);

  g_assert_cmpint (record->status, ==, generation->status);
  g_assert_true ((record->status == REEL_SERVICE_SUCCEEDED) == (record->file_state == REEL_FILE_DOWNLOADING));
  g_assert_true (reel_service_status_is_final (record->status) == (record->finished_at != 0));
}

static void
check_error (GBytes *body)
{
  static const guint statuses[] = {400, 401, 402, 404, 408, 418, 429, 500, 502, 302};
  guint status = statuses[g_bytes_get_size (body) % G_N_ELEMENTS (statuses)];
  g_autoptr (GError) error = reel_codec_decode_error (status, body, 7);

  fuzz_check_answer (NULL, error);
  g_assert_cmpuint (reel_error_get_http_status (error), ==, status);
  g_assert_cmpint (reel_error_get_retry_after (error), ==, 7);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) state_error = NULL;
  g_autoptr (GError) accepted_error = NULL;
  g_autoptr (ReelGeneration) state = reel_codec_decode_generation (body, &state_error);
  g_autoptr (ReelGeneration) accepted = reel_codec_decode_accepted (body, &accepted_error);

  fuzz_check_answer (state, state_error);
  fuzz_check_answer (accepted, accepted_error);

  if (state != NULL) {
    fuzz_check_generation (state, body);
    g_assert_cmpint (state->status, !=, REEL_SERVICE_NONE);
    check_final (state);
    check_fresh (state);
  }
  if (accepted != NULL) {
    fuzz_check_generation (accepted, body);
    fuzz_check_name (accepted->request_id, 512);
    check_final (accepted);
    check_fresh (accepted);
  }
  if (state != NULL && state->request_id != NULL) {
    g_assert_nonnull (accepted);
    g_assert_cmpstr (accepted->request_id, ==, state->request_id);
  }
  if (accepted != NULL && accepted->status != REEL_SERVICE_NONE)
    g_assert_nonnull (state);

  check_error (body);

  return 0;
}
