#pragma once

#include "reel-job.h"

G_BEGIN_DECLS

#define REEL_TYPE_RUNNING_JOBS (reel_running_jobs_get_type ())
G_DECLARE_FINAL_TYPE (ReelRunningJobs, reel_running_jobs, REEL, RUNNING_JOBS, GObject)

ReelRunningJobs *reel_running_jobs_new (GListModel *jobs);
guint reel_running_jobs_get_n_running (ReelRunningJobs *self);
guint reel_running_jobs_get_n_sending (ReelRunningJobs *self);

G_END_DECLS
