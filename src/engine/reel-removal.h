#pragma once

#include "reel-job.h"

G_BEGIN_DECLS

/**
 * ReelRemovalWhat:
 * @REEL_REMOVE_JOBS: the jobs are forgotten; their files stay where they are
 * @REEL_REMOVE_FILES: the files go to the Trash; the jobs stay, and can be downloaded again for as long as the service
 *   has the video
 * @REEL_REMOVE_JOBS_AND_FILES: both
 *
 * What is removed.
 */
typedef enum
{
  REEL_REMOVE_JOBS,
  REEL_REMOVE_FILES,
  REEL_REMOVE_JOBS_AND_FILES,
} ReelRemovalWhat;

#define REEL_TYPE_REMOVAL (reel_removal_get_type ())
G_DECLARE_FINAL_TYPE (ReelRemoval, reel_removal, REEL, REMOVAL, GObject)

ReelRemovalWhat reel_removal_get_what (ReelRemoval *self);
guint reel_removal_get_n_jobs (ReelRemoval *self);
gint64 reel_removal_get_n_bytes (ReelRemoval *self);
guint reel_removal_get_n_done (ReelRemoval *self);
GPtrArray *reel_removal_get_kept (ReelRemoval *self);
gboolean reel_removal_is_open (ReelRemoval *self);
gboolean reel_removal_is_ended (ReelRemoval *self);

void reel_removal_undo (ReelRemoval *self);
void reel_removal_carry_out (ReelRemoval *self);

G_END_DECLS
