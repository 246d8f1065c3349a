#pragma once

#include "reel-job-record.h"

G_BEGIN_DECLS

/**
 * ReelJobStep:
 * @title: what happened, a word or two
 * @time: the time of day with seconds
 * @exact: the full date and time
 *
 * One step of the timeline of a job.
 */
typedef struct
{
  char *title;
  char *time;
  char *exact;
} ReelJobStep;

void reel_job_step_free (ReelJobStep *self);

char *reel_job_text_make_state (const ReelJobRecord *record, double progress);
char *reel_job_text_make_status (const ReelJobRecord *record, double progress, gint64 usual, gint64 now);
char *reel_job_text_make_description (const ReelJobRecord *record, double progress);
char *reel_job_text_make_progress (const ReelJobRecord *record);
char *reel_job_text_make_settings (const ReelJobRecord *record);
char *reel_job_text_make_long_settings (const ReelJobRecord *record);
char *reel_job_text_make_price (const ReelJobRecord *record);
char *reel_job_text_make_cost (const ReelJobRecord *record);
GPtrArray *reel_job_text_make_timeline (const ReelJobRecord *record);
double reel_job_text_get_aspect (const ReelJobRecord *record);

G_END_DECLS
