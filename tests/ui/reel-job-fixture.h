#pragma once

#include "reel-job-list.h"

G_BEGIN_DECLS

/* A job with a prompt and all settings, "Sending", asked for @seconds_ago. */
ReelJob *reel_job_fixture_new (const char *prompt, gint64 seconds_ago);

/* Changes a job as the engine does: what the service says, accepted with 40 credits. */
void reel_job_fixture_accept (ReelJob *job, ReelServiceStatus status, const char *status_text);
void reel_job_fixture_fail (ReelJob *job, const char *code, const char *message);
void reel_job_fixture_reject (ReelJob *job, guint http_status, const char *code, const char *message);
void reel_job_fixture_lose (ReelJob *job);
void reel_job_fixture_save (ReelJob *job, const char *file);
void reel_job_fixture_fail_download (ReelJob *job, const char *reason);

G_END_DECLS
