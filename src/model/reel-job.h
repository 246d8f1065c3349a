#pragma once

#include "reel-job-record.h"

G_BEGIN_DECLS

#define REEL_TYPE_JOB (reel_job_get_type ())
G_DECLARE_FINAL_TYPE (ReelJob, reel_job, REEL, JOB, GObject)

ReelJob *reel_job_new (ReelJobRecord *record);
const ReelJobRecord *reel_job_get_record (ReelJob *self);
void reel_job_take_record (ReelJob *self, ReelJobRecord *record);

const char *reel_job_get_id (ReelJob *self);
const char *reel_job_get_title (ReelJob *self);
ReelJobState reel_job_get_state (ReelJob *self);
double reel_job_get_progress (ReelJob *self);
void reel_job_set_progress (ReelJob *self, double progress);
GFile *reel_job_dup_file (ReelJob *self);
gboolean reel_job_can_cancel (ReelJob *self);

G_END_DECLS
