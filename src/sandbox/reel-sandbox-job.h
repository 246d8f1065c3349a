#pragma once

#include <gio/gio.h>

#include "reel-sandbox-request.h"
#include "reel-sandbox-words.h"

G_BEGIN_DECLS

/**
 * ReelSandboxStatus:
 *
 * The five states of a job (the "status" field).
 */
typedef enum
{
  REEL_SANDBOX_QUEUED,
  REEL_SANDBOX_PROCESSING,
  REEL_SANDBOX_SUCCEEDED,
  REEL_SANDBOX_FAILED,
  REEL_SANDBOX_CANCELLED,
} ReelSandboxStatus;

/**
 * ReelSandboxJob:
 *
 * One accepted request: what the service remembers of it. It lives in the thread of the sandbox alone.
 */
typedef struct
{
  char *id; /* the "requestId" field */
  char *owner;
  ReelSandboxRequest *request;
  ReelSandboxStatus status;
  gint64 credits;      /* the "creditsCharged" field */
  gint64 created;      /* microseconds since 1970 */
  char *error_code;    /* nullable */
  char *error_message; /* nullable */

  /* Not kept on disk. */
  guint words;           /* ReelSandboxWord bits of the prompt */
  guint status_requests; /* how often its state was asked */
  guint downloads;       /* how often its video was asked for */
} ReelSandboxJob;

ReelSandboxJob *reel_sandbox_job_new (const char *owner, ReelSandboxRequest *request);
ReelSandboxJob *reel_sandbox_job_load (const char *path, GError **error);
gboolean reel_sandbox_job_save (ReelSandboxJob *self, const char *path, GError **error);
ReelSandboxJob *reel_sandbox_job_ref (ReelSandboxJob *self);
void reel_sandbox_job_unref (ReelSandboxJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelSandboxJob, reel_sandbox_job_unref)

const char *reel_sandbox_status_to_string (ReelSandboxStatus status);
gboolean reel_sandbox_job_is_final (ReelSandboxJob *self);
char *reel_sandbox_random_hex (gsize n_bytes);

G_END_DECLS
