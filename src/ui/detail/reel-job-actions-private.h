#pragma once

#include "reel-error-text.h"
#include "reel-job-actions.h"

G_BEGIN_DECLS

/* What the files of ReelJobActions share: reel-job-actions.c has the object and what is on; what is done with files, with
 * frames, with receipts, with deletions and with jobs whose outcome is not known stands in files of their own. */

/**
 * ReelJobActions:
 *
 * What a person can do with the chosen job: the actions `job.*` of the window. Those that make no sense for the state of
 * the job are off.
 */
struct _ReelJobActions
{
  GObject parent_instance;

  ReelEngine *engine;
  GSettings *settings;     /* nullable */
  GtkWidget *widget;       /* weak */
  AdwToastOverlay *toasts; /* weak */
  ReelDetailPage *page;    /* weak: shows the chosen job */
  ReelJob *job;
  GSignalGroup *job_signals;
  GSimpleActionGroup *group;
  GCancellable *cancellable;
};

/**
 * ReelJobDeed:
 * @actions: (owned): the actions
 * @job: (owned): the job that was chosen when it was asked for
 *
 * What a person asked for, while an answer is waited for: another job may be the chosen one by then.
 */
typedef struct
{
  ReelJobActions *actions;
  ReelJob *job;
} ReelJobDeed;

ReelJobDeed *reel_job_deed_new (ReelJobActions *actions, ReelJob *job);
void reel_job_deed_free (ReelJobDeed *self);
void reel_job_deed_notify (gpointer data, GClosure *closure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelJobDeed, reel_job_deed_free)

void reel_job_actions_add_toast (ReelJobActions *self, const char *title);
void reel_job_actions_add_error_toast (ReelJobActions *self, const GError *error, ReelErrorDoing doing);
GtkWindow *reel_job_actions_get_window (ReelJobActions *self);

void reel_job_actions_set_enabled (ReelJobActions *self, const char *name, gboolean enabled);
void reel_job_actions_emit_sent (ReelJobActions *self, ReelJob *job);

void reel_job_actions_add_file_entries (ReelJobActions *self);
void reel_job_actions_add_frame_entries (ReelJobActions *self);
void reel_job_actions_add_receipt_entries (ReelJobActions *self);
void reel_job_actions_add_delete_entries (ReelJobActions *self);
void reel_job_actions_add_outcome_entries (ReelJobActions *self);
void reel_job_actions_update_outcome (ReelJobActions *self, const ReelJobRecord *record);

G_END_DECLS
