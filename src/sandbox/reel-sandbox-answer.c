#include "config.h"

#include "reel-sandbox-answer.h"

#include "reel-api-fields.h"
#include "reel-sandbox-files.h"

static char *
to_text (JsonObject *object)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (root, object);

  return json_to_string (root, FALSE);
}

static JsonObject *
make_error (const char *code, const char *message)
{
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, REEL_API_CODE, code);
  json_object_set_string_member (error, REEL_API_MESSAGE, message);

  return error;
}

static JsonObject *
make_success (ReelSandboxJob *job)
{
  JsonObject *object = json_object_new ();
  const char *status = reel_sandbox_status_to_string (job->status);

  if (job->status == REEL_SANDBOX_PROCESSING && (job->words & REEL_SANDBOX_WORD_ODD_STATE) != 0)
    status = "upscaling";
  json_object_set_boolean_member (object, REEL_API_SUCCESS, TRUE);
  json_object_set_string_member (object, REEL_API_REQUEST_ID, job->id);
  json_object_set_string_member (object, REEL_API_STATUS, status);

  return object;
}

static void
add_outcome (JsonObject *object, ReelSandboxJob *job, const char *base_url)
{
  if (job->status == REEL_SANDBOX_SUCCEEDED) {
    g_autofree char *url = g_strconcat (base_url, REEL_SANDBOX_FILES_PATH, job->id, ".mp4", NULL);
    JsonObject *output = json_object_new ();

    json_object_set_string_member (output, REEL_API_TYPE, "video");
    json_object_set_string_member (output, REEL_API_URL, url);
    json_object_set_object_member (object, REEL_API_OUTPUT, output);
  } else {
    json_object_set_null_member (object, REEL_API_OUTPUT);
  }

  if (job->error_code != NULL)
    json_object_set_object_member (object, REEL_API_ERROR, make_error (job->error_code, job->error_message));
  else
    json_object_set_null_member (object, REEL_API_ERROR);
}

/**
 * reel_sandbox_answer_error:
 * @code: one of the documented codes
 * @message: what is wrong
 *
 * Writes the envelope of every error (ErrorEnvelope).
 *
 * Returns: (transfer full): JSON
 */
char *
reel_sandbox_answer_error (const char *code, const char *message)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, REEL_API_SUCCESS, FALSE);
  json_object_set_object_member (object, REEL_API_ERROR, make_error (code, message));

  return to_text (object);
}

/**
 * reel_sandbox_answer_accepted:
 * @job: a new job
 *
 * Writes the answer to a submission (Accepted).
 *
 * Returns: (transfer full): JSON
 */
char *
reel_sandbox_answer_accepted (ReelSandboxJob *job)
{
  JsonObject *object = make_success (job);

  json_object_set_int_member (object, REEL_API_CREDITS_CHARGED, job->credits);

  return to_text (object);
}

/**
 * reel_sandbox_answer_generation:
 * @job: a job
 * @base_url: where this sandbox listens now
 *
 * Writes the state of a job (Generation).
 *
 * Returns: (transfer full): JSON
 */
char *
reel_sandbox_answer_generation (ReelSandboxJob *job, const char *base_url)
{
  JsonObject *object = make_success (job);

  json_object_set_string_member (object, REEL_API_MODEL, job->request->model->id);
  json_object_set_string_member (object, REEL_API_PROMPT, job->request->prompt);
  json_object_set_int_member (object, REEL_API_DURATION, job->request->duration);
  json_object_set_string_member (object, REEL_API_ASPECT_RATIO, job->request->aspect_ratio);
  json_object_set_string_member (object, REEL_API_RESOLUTION, job->request->resolution);
  add_outcome (object, job, base_url);

  return to_text (object);
}

/**
 * reel_sandbox_answer_webhook:
 * @job: a job in a final state
 * @base_url: where this sandbox listens now
 *
 * Writes the body of a webhook: exactly the fields of the reference's example.
 *
 * Returns: (transfer full): JSON
 */
char *
reel_sandbox_answer_webhook (ReelSandboxJob *job, const char *base_url)
{
  JsonObject *object = make_success (job);

  add_outcome (object, job, base_url);

  return to_text (object);
}
