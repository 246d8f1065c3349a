#pragma once

#include "reel-error-text.h"
#include "reel-job-record.h"

G_BEGIN_DECLS

ReelErrorText *reel_job_problem_make_text (const ReelJobRecord *record);
gboolean reel_job_problem_waits_for_connection (const ReelJobRecord *record);
gboolean reel_job_problem_is_withdrawn (const ReelJobRecord *record);
char *reel_job_problem_make_cancel_sentence (const ReelJobRecord *record);

gboolean reel_job_problem_is_long (const ReelJobRecord *record, gint64 usual, gint64 now);
ReelErrorText *reel_job_problem_make_long_text (const ReelJobRecord *record, gint64 usual, gint64 now);

G_END_DECLS
