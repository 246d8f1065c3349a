#pragma once

#include "reel-job-record.h"

G_BEGIN_DECLS

char *reel_money_text_make_charge (const ReelJobRecord *record);
char *reel_money_text_make (const ReelJobRecord *record);

G_END_DECLS
