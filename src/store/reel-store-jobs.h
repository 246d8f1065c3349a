#pragma once

#include "reel-database.h"
#include "reel-job-record.h"

G_BEGIN_DECLS

gboolean reel_store_jobs_save (ReelDatabase *database, const ReelJobRecord *record, GError **error);
GPtrArray *reel_store_jobs_load (ReelDatabase *database, GError **error); /* ReelJobRecord */
gboolean reel_store_jobs_delete (ReelDatabase *database, const char *id, GError **error);

/* The words in the file. */
ReelSubmission reel_store_jobs_read_submission (const char *word);
ReelServiceStatus reel_store_jobs_read_status (const char *word);

G_END_DECLS
