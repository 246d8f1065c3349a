#pragma once

#include "reel-ledger.h"

G_BEGIN_DECLS

char *reel_spending_text_make_amount (const ReelLedgerSum *sum);
char *reel_spending_text_make_details (const ReelLedgerSum *sum);
char *reel_spending_text_make_gaps (const ReelLedgerSum *sum);
char *reel_spending_text_make_unresolved (const ReelLedgerSum *sum);
char *reel_spending_text_make_month (gint64 begin);
char *reel_spending_text_make_day (gint64 begin);
char *reel_spending_text_make_file_name (gint64 now);

G_END_DECLS
