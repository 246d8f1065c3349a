#pragma once

#include "reel-job.h"

G_BEGIN_DECLS

typedef struct _ReelKnownJobs ReelKnownJobs;

typedef gboolean (*ReelKnownJobsFunc) (ReelJob *job, gpointer data);

ReelKnownJobs *reel_known_jobs_new (void);
void reel_known_jobs_free (ReelKnownJobs *self);
ReelJob *reel_known_jobs_take (ReelKnownJobs *self, ReelJobRecord *record);
ReelJob *reel_known_jobs_lookup (ReelKnownJobs *self, const char *id);
ReelJob *reel_known_jobs_find (ReelKnownJobs *self, ReelKnownJobsFunc func, gpointer data);
void reel_known_jobs_forget (ReelKnownJobs *self, const char *id);

G_END_DECLS
