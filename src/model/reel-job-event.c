#include "config.h"

#include "reel-job-event.h"

/**
 * reel_job_event_new:
 * @at: when it was, microseconds since 1970 in UTC
 * @kind: what it is
 * @http_status: the HTTP status of an answer, 0 where there is none
 * @text: (nullable): what was sent or received
 *
 * Makes an event.
 *
 * Returns: (transfer full): the event; free with reel_job_event_free()
 */
ReelJobEvent *
reel_job_event_new (gint64 at, const char *kind, guint http_status, const char *text)
{
  ReelJobEvent *self = g_new0 (ReelJobEvent, 1);

  self->at = at;
  self->kind = g_strdup (kind);
  self->http_status = http_status;
  self->text = g_strdup (text);

  return self;
}

/**
 * reel_job_event_free:
 * @self: (nullable) (transfer full): an event
 *
 * Frees an event.
 */
void
reel_job_event_free (ReelJobEvent *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->text);
  g_free (self);
}
