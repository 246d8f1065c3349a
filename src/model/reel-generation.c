#include "config.h"

#include "reel-generation.h"

#include <string.h>

/* Bytes; no documented one has more than some twenty. */
#define MAX_REQUEST_ID 512

/**
 * reel_service_status_from_text:
 * @text: (nullable): a status as the service writes it
 *
 * Reads a status; one that is not documented is %REEL_SERVICE_OTHER.
 */
ReelServiceStatus
reel_service_status_from_text (const char *text)
{
  static const char *const texts[] = {[REEL_SERVICE_QUEUED] = "queued",
                                      [REEL_SERVICE_PROCESSING] = "processing",
                                      [REEL_SERVICE_SUCCEEDED] = "succeeded",
                                      [REEL_SERVICE_FAILED] = "failed",
                                      [REEL_SERVICE_CANCELLED] = "cancelled"};

  if (text == NULL)
    return REEL_SERVICE_NONE;

  for (guint i = REEL_SERVICE_QUEUED; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (texts[i], text) == 0)
      return i;

  return REEL_SERVICE_OTHER;
}

/**
 * reel_service_status_is_final:
 * @status: a status
 *
 * Tells whether nothing else is expected of the job.
 */
gboolean
reel_service_status_is_final (ReelServiceStatus status)
{
  return status == REEL_SERVICE_SUCCEEDED || status == REEL_SERVICE_FAILED || status == REEL_SERVICE_CANCELLED ||
         status == REEL_SERVICE_LOST;
}

/**
 * reel_generation_is_request_id:
 * @text: (nullable): what came from the service, a file or a person
 *
 * Tells whether a text can be the service's name for a job: 1 to 512 bytes of UTF-8 without control characters.
 */
gboolean
reel_generation_is_request_id (const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > MAX_REQUEST_ID || !g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;

  return TRUE;
}

/**
 * reel_generation_new:
 *
 * Makes an answer that says nothing.
 *
 * Returns: (transfer full): the answer; free with reel_generation_free()
 */
ReelGeneration *
reel_generation_new (void)
{
  return g_new0 (ReelGeneration, 1);
}

/**
 * reel_generation_free:
 * @self: (nullable) (transfer full): an answer
 *
 * Frees an answer.
 */
void
reel_generation_free (ReelGeneration *self)
{
  if (self == NULL)
    return;

  g_free (self->request_id);
  g_free (self->status_text);
  g_free (self->model);
  g_free (self->prompt);
  g_free (self->aspect_ratio);
  g_free (self->resolution);
  g_free (self->output_url);
  g_free (self->error_code);
  g_free (self->error_message);
  g_free (self->credits_charged);
  g_free (self->body);
  g_free (self);
}
