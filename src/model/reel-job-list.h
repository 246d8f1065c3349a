#pragma once

#include "reel-job.h"

G_BEGIN_DECLS

#define REEL_TYPE_JOB_LIST (reel_job_list_get_type ())
G_DECLARE_FINAL_TYPE (ReelJobList, reel_job_list, REEL, JOB_LIST, GObject)

ReelJobList *reel_job_list_new (void);
void reel_job_list_add (ReelJobList *self, ReelJob *job);
void reel_job_list_add_all (ReelJobList *self, GPtrArray *jobs);
void reel_job_list_remove (ReelJobList *self, ReelJob *job);
ReelJob *reel_job_list_lookup (ReelJobList *self, const char *id);

G_END_DECLS
