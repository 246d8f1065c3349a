#pragma once

#include "reel-sandbox-job.h"

G_BEGIN_DECLS

/**
 * ReelSandboxRunner:
 *
 * Keeps the jobs, in memory and in the state folder, and takes them through their states: queued, processing (in which
 * the video is rendered, two at once), and a final one.
 */
typedef struct _ReelSandboxRunner ReelSandboxRunner;

/**
 * ReelSandboxFinalFunc:
 * @job: a job that has just reached a final state
 * @user_data: what was given
 */
typedef void (*ReelSandboxFinalFunc) (ReelSandboxJob *job, gpointer user_data);

ReelSandboxRunner *reel_sandbox_runner_new (const char *state_dir,
                                            double speed,
                                            ReelSandboxFinalFunc final,
                                            gpointer user_data,
                                            GError **error);
void reel_sandbox_runner_free (ReelSandboxRunner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelSandboxRunner, reel_sandbox_runner_free)

gboolean reel_sandbox_runner_add (ReelSandboxRunner *self, ReelSandboxJob *job, GError **error);
ReelSandboxJob *reel_sandbox_runner_lookup (ReelSandboxRunner *self, const char *id);
void reel_sandbox_runner_cancel (ReelSandboxRunner *self, ReelSandboxJob *job);
char *reel_sandbox_runner_dup_video_path (ReelSandboxRunner *self, ReelSandboxJob *job);
gint64 reel_sandbox_runner_sum_credits (ReelSandboxRunner *self, const char *owner);

G_END_DECLS
