#pragma once

#include "reel-job.h"

G_BEGIN_DECLS

#define REEL_TYPE_JOB_WATCH (reel_job_watch_get_type ())
G_DECLARE_FINAL_TYPE (ReelJobWatch, reel_job_watch, REEL, JOB_WATCH, GObject)

ReelJobWatch *reel_job_watch_new (GListModel *jobs);

G_END_DECLS
