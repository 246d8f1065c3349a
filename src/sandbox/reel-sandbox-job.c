#include "config.h"

#include "reel-sandbox-job.h"

#include "reel-api-fields.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define FIELD_OWNER   "owner"
#define FIELD_REQUEST "request"
#define FIELD_CREATED "created"

#define ID_PREFIX "req_"

static const char *const status_names[] = {"queued", "processing", "succeeded", "failed", "cancelled"};

static void
clear (gpointer data)
{
  ReelSandboxJob *self = data;

  g_free (self->id);
  g_free (self->owner);
  g_clear_pointer (&self->request, reel_sandbox_request_free);
  g_free (self->error_code);
  g_free (self->error_message);
}

/* A name from a file of the state folder ends up in paths: only what this program makes is taken. */
static gboolean
id_is_sane (const char *id)
{
  if (!g_str_has_prefix (id, ID_PREFIX) || strlen (id) > 64)
    return FALSE;
  for (const char *at = id + strlen (ID_PREFIX); *at != '\0'; at++)
    if (!g_ascii_isxdigit (*at))
      return FALSE;

  return TRUE;
}

static gboolean
read_object (ReelSandboxJob *self, JsonObject *object)
{
  const char *status = json_object_get_string_member_with_default (object, REEL_API_STATUS, "");
  JsonNode *error = json_object_get_member (object, REEL_API_ERROR);
  JsonNode *request = json_object_get_member (object, FIELD_REQUEST);

  self->id = g_strdup (json_object_get_string_member_with_default (object, REEL_API_REQUEST_ID, ""));
  self->owner = g_strdup (json_object_get_string_member_with_default (object, FIELD_OWNER, ""));
  self->credits = json_object_get_int_member_with_default (object, REEL_API_CREDITS_CHARGED, 0);
  self->created = json_object_get_int_member_with_default (object, FIELD_CREATED, 0);
  if (!id_is_sane (self->id) || request == NULL || !JSON_NODE_HOLDS_OBJECT (request))
    return FALSE;

  if (error != NULL && JSON_NODE_HOLDS_OBJECT (error)) {
    JsonObject *fields = json_node_get_object (error);

    self->error_code = g_strdup (json_object_get_string_member_with_default (fields, REEL_API_CODE, ""));
    self->error_message = g_strdup (json_object_get_string_member_with_default (fields, REEL_API_MESSAGE, ""));
  }

  self->request = reel_sandbox_request_from_object (json_node_get_object (request), NULL);
  if (self->request == NULL)
    return FALSE;
  self->words = reel_sandbox_words_find (self->request->prompt);

  for (guint i = 0; i < G_N_ELEMENTS (status_names); i++) {
    if (g_str_equal (status, status_names[i])) {
      self->status = (ReelSandboxStatus)i;
      return TRUE;
    }
  }

  return FALSE;
}

/**
 * reel_sandbox_job_new:
 * @owner: whose job it is
 * @request: (transfer full): what is asked
 *
 * Makes a queued job with an id that cannot be guessed.
 *
 * Returns: (transfer full): the job
 */
ReelSandboxJob *
reel_sandbox_job_new (const char *owner, ReelSandboxRequest *request)
{
  ReelSandboxJob *self = g_rc_box_new0 (ReelSandboxJob);
  g_autofree char *hex = reel_sandbox_random_hex (16);

  self->id = g_strconcat (ID_PREFIX, hex, NULL);
  self->owner = g_strdup (owner);
  self->request = request;
  self->status = REEL_SANDBOX_QUEUED;
  self->credits = reel_sandbox_model_get_credits (request->model, request->resolution, request->duration);
  self->created = g_get_real_time ();
  self->words = reel_sandbox_words_find (request->prompt);

  return self;
}

/**
 * reel_sandbox_job_load:
 * @path: a file that reel_sandbox_job_save() wrote
 * @error: return location
 *
 * Reads a job back. Blocks.
 *
 * Returns: (transfer full): the job, %NULL where the file is not one
 */
ReelSandboxJob *
reel_sandbox_job_load (const char *path, GError **error)
{
  g_autoptr (ReelSandboxJob) self = g_rc_box_new0 (ReelSandboxJob);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) || !read_object (self, json_node_get_object (root))) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s holds no job", path);
    return NULL;
  }

  return g_steal_pointer (&self);
}

/**
 * reel_sandbox_job_save:
 * @self: a job
 * @path: where to
 * @error: return location
 *
 * Writes a job so that the old or the new file is there, whatever happens. Blocks.
 *
 * Returns: whether it is on disk
 */
gboolean
reel_sandbox_job_save (ReelSandboxJob *self, const char *path, GError **error)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (object, REEL_API_REQUEST_ID, self->id);
  json_object_set_string_member (object, FIELD_OWNER, self->owner);
  json_object_set_string_member (object, REEL_API_STATUS, reel_sandbox_status_to_string (self->status));
  json_object_set_int_member (object, REEL_API_CREDITS_CHARGED, self->credits);
  json_object_set_int_member (object, FIELD_CREATED, self->created);
  json_object_set_object_member (object, FIELD_REQUEST, reel_sandbox_request_to_object (self->request));
  if (self->error_code != NULL) {
    JsonObject *fields = json_object_new ();

    json_object_set_string_member (fields, REEL_API_CODE, self->error_code);
    json_object_set_string_member (fields, REEL_API_MESSAGE, self->error_message);
    json_object_set_object_member (object, REEL_API_ERROR, fields);
  }
  json_node_set_object (root, object);
  text = json_to_string (root, FALSE);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

ReelSandboxJob *
reel_sandbox_job_ref (ReelSandboxJob *self)
{
  return g_rc_box_acquire (self);
}

void
reel_sandbox_job_unref (ReelSandboxJob *self)
{
  g_rc_box_release_full (self, clear);
}

/**
 * reel_sandbox_status_to_string:
 * @status: a state
 *
 * Gives the word of the "status" field.
 */
const char *
reel_sandbox_status_to_string (ReelSandboxStatus status)
{
  return status_names[status];
}

/**
 * reel_sandbox_job_is_final:
 * @self: a job
 *
 * Tells whether its state never changes again.
 */
gboolean
reel_sandbox_job_is_final (ReelSandboxJob *self)
{
  return self->status != REEL_SANDBOX_QUEUED && self->status != REEL_SANDBOX_PROCESSING;
}

/**
 * reel_sandbox_random_hex:
 * @n_bytes: how many random bytes, at most 64
 *
 * Makes a text that nobody can guess, from the kernel's random numbers.
 *
 * Returns: (transfer full): two hexadecimal digits a byte
 */
char *
reel_sandbox_random_hex (gsize n_bytes)
{
  GString *hex = g_string_sized_new (2 * n_bytes);
  guint8 bytes[64];

  g_return_val_if_fail (n_bytes <= sizeof bytes, g_string_free_and_steal (hex));

  /* Up to 256 bytes come in one piece once the kernel has its entropy; before that the call waits for it. */
  while (getrandom (bytes, n_bytes, 0) < 0)
    if (errno != EINTR)
      g_error ("no random numbers: %s", g_strerror (errno));
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return g_string_free_and_steal (hex);
}
