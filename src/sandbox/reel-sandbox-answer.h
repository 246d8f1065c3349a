#pragma once

#include "reel-sandbox-job.h"

G_BEGIN_DECLS

char *reel_sandbox_answer_error (const char *code, const char *message);
char *reel_sandbox_answer_accepted (ReelSandboxJob *job);
char *reel_sandbox_answer_generation (ReelSandboxJob *job, const char *base_url);
char *reel_sandbox_answer_webhook (ReelSandboxJob *job, const char *base_url);

G_END_DECLS
