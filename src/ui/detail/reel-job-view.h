#pragma once

#include <adwaita.h>

#include "reel-job.h"
#include "reel-stage.h"

G_BEGIN_DECLS

#define REEL_TYPE_JOB_VIEW (reel_job_view_get_type ())
G_DECLARE_FINAL_TYPE (ReelJobView, reel_job_view, REEL, JOB_VIEW, AdwBin)

ReelJobView *reel_job_view_new (GListModel *accounts);
ReelStage *reel_job_view_get_stage (ReelJobView *self);
void reel_job_view_show (ReelJobView *self, const ReelJobRecord *record);
void reel_job_view_update (ReelJobView *self, const ReelJobRecord *record, gint64 usual);

G_END_DECLS
