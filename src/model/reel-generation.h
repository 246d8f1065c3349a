#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ReelServiceStatus:
 * @REEL_SERVICE_NONE: the service has said nothing yet
 * @REEL_SERVICE_QUEUED: queued
 * @REEL_SERVICE_PROCESSING: processing
 * @REEL_SERVICE_SUCCEEDED: succeeded
 * @REEL_SERVICE_FAILED: failed
 * @REEL_SERVICE_CANCELLED: cancelled
 * @REEL_SERVICE_LOST: our own: it has answered not_found for a day; it is not asked by itself any more
 * @REEL_SERVICE_OTHER: a status that is not documented: it counts as still running
 *
 * What the service says of a job (the API's status field).
 */
typedef enum
{
  REEL_SERVICE_NONE,
  REEL_SERVICE_QUEUED,
  REEL_SERVICE_PROCESSING,
  REEL_SERVICE_SUCCEEDED,
  REEL_SERVICE_FAILED,
  REEL_SERVICE_CANCELLED,
  REEL_SERVICE_LOST,
  REEL_SERVICE_OTHER,
} ReelServiceStatus;

ReelServiceStatus reel_service_status_from_text (const char *text);
gboolean reel_service_status_is_final (ReelServiceStatus status);

/**
 * ReelGeneration:
 * @request_id: (nullable): the service's name for the job (requestId); untrusted
 * @status: what the service says
 * @status_text: (nullable): the status as the service wrote it
 * @model: (nullable): what the video is made with, where the answer says it; the settings below too
 * @prompt: (nullable): the prompt
 * @duration: the length in seconds, 0 where it is not said
 * @aspect_ratio: (nullable): as the service writes it
 * @resolution: (nullable): as the service writes it
 * @output_url: (nullable): where the video is (output.url); untrusted
 * @error_code: (nullable): error.code; where error is a plain string, %NULL
 * @error_message: (nullable): error.message, or error where it is a plain string
 * @credits_charged: (nullable): creditsCharged as the service wrote it; never converted
 * @body: the whole answer as text, for the record
 * @http_status: the HTTP status of the answer, 0 for a webhook
 *
 * What the service tells about a job: the answer to a submission, a status or a cancel, or a webhook.
 */
typedef struct
{
  char *request_id;
  ReelServiceStatus status;
  char *status_text;
  char *model;
  char *prompt;
  guint duration;
  char *aspect_ratio;
  char *resolution;
  char *output_url;
  char *error_code;
  char *error_message;
  char *credits_charged;
  char *body;
  guint http_status;
} ReelGeneration;

gboolean reel_generation_is_request_id (const char *text);

ReelGeneration *reel_generation_new (void);
void reel_generation_free (ReelGeneration *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelGeneration, reel_generation_free)

G_END_DECLS
