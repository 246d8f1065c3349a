#pragma once

#include <adwaita.h>

#include "reel-money.h"

G_BEGIN_DECLS

AdwDialog *reel_outcome_dialogs_new_send_again (ReelMoney estimate, const char *account_name);
AdwDialog *reel_outcome_dialogs_new_declare_lost (void);

G_END_DECLS
