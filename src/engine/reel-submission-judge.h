#pragma once

#include "reel-job-record.h"

G_BEGIN_DECLS

GError *reel_submission_check (const ReelJobRecord *record);
ReelSubmission reel_submission_judge (const GError *error);
void reel_submission_note_error (ReelJobRecord *record, const GError *error);

G_END_DECLS
