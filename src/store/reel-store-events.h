#pragma once

#include "reel-database.h"
#include "reel-job-event.h"

G_BEGIN_DECLS

gboolean reel_store_events_add (ReelDatabase *database, const char *job_id, const ReelJobEvent *event, GError **error);
GPtrArray *reel_store_events_load (ReelDatabase *database, const char *job_id, GError **error); /* ReelJobEvent */

G_END_DECLS
