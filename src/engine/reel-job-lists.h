#pragma once

#include "reel-job-list.h"

G_BEGIN_DECLS

/**
 * ReelJobLists:
 * @shown: the jobs that are in sight
 * @watched: those, and the ones that are hidden or whose deletion can still be undone
 *
 * The jobs of this run. What is out of sight may be paid for too.
 */
typedef struct
{
  ReelJobList *shown;
  ReelJobList *watched;
} ReelJobLists;

void reel_job_lists_init (ReelJobLists *self);
void reel_job_lists_clear (ReelJobLists *self);
void reel_job_lists_add_all (ReelJobLists *self, GPtrArray *jobs);
void reel_job_lists_place (ReelJobLists *self, ReelJob *job, gboolean watched, gboolean shown);

G_END_DECLS
