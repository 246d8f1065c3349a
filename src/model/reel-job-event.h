#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelJobEvent:
 * @at: when it was, microseconds since 1970 in UTC
 * @kind: "request", "response", "status", "cancel", "download", "webhook", "error" or another word
 * @http_status: the HTTP status of an answer, 0 where there is none
 * @text: (nullable): what was sent or received, as it was; it may hold a signed address
 *
 * One thing that was sent or received for a job. A plain value.
 */
typedef struct
{
  gint64 at;
  char *kind;
  guint http_status;
  char *text;
} ReelJobEvent;

ReelJobEvent *reel_job_event_new (gint64 at, const char *kind, guint http_status, const char *text);
void reel_job_event_free (ReelJobEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelJobEvent, reel_job_event_free)

G_END_DECLS
