#pragma once

#include "reel-account.h"
#include "reel-job-event.h"
#include "reel-job-record.h"

G_BEGIN_DECLS

char *reel_receipt_text_make (const ReelJobRecord *record, GPtrArray *events, ReelAccount *account, gint64 now);
char *reel_receipt_text_make_file_name (const ReelJobRecord *record);

G_END_DECLS
