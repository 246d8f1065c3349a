#pragma once

#include "reel-database.h"
#include "reel-job-record.h"

G_BEGIN_DECLS

gboolean reel_store_jobs_save (ReelDatabase *database, const ReelJobRecord *record, GError **error);
GPtrArray *
reel_store_jobs_load (ReelDatabase *database, const char *which, const char *value, GError **error); /* ReelJobRecord */
GPtrArray *reel_store_jobs_load_unfinished (ReelDatabase *database, const char *const *names, GError **error);
GArray *reel_store_jobs_list_times (ReelDatabase *database,
                                    const ReelJobRecord *kind,
                                    guint limit,
                                    GError **error); /* gint64 */
gboolean reel_store_jobs_count (ReelDatabase *database, gint64 since, gint64 until, guint *n_jobs, GError **error);
gboolean reel_store_jobs_delete (ReelDatabase *database, const char *id, GError **error);

/* The words in the file. */
ReelSubmission reel_store_jobs_read_submission (const char *word);
ReelServiceStatus reel_store_jobs_read_status (const char *word);
const char *reel_store_jobs_get_state_word (ReelJobState state);

G_END_DECLS
