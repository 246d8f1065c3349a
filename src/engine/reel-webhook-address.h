#pragma once

#include "reel-account.h"
#include "reel-job-record.h"

G_BEGIN_DECLS

void reel_webhook_address_assign (ReelJobRecord *record, ReelAccount *account);
ReelJobRecord *reel_webhook_address_make_outgoing (const ReelJobRecord *record, ReelAccount *account);

G_END_DECLS
