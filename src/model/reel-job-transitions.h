#pragma once

#include "reel-job-record.h"

G_BEGIN_DECLS

gboolean reel_submission_can_become (ReelSubmission from, ReelSubmission to);
gboolean reel_service_status_can_become (ReelServiceStatus from, ReelServiceStatus to);
gboolean reel_file_state_can_become (ReelFileState from, ReelFileState to);

gboolean reel_job_record_is_sound (const ReelJobRecord *self);
gboolean reel_job_record_can_become (const ReelJobRecord *from, const ReelJobRecord *to);

G_END_DECLS
