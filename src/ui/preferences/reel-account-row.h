#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_ACCOUNT_ROW (reel_account_row_get_type ())
G_DECLARE_FINAL_TYPE (ReelAccountRow, reel_account_row, REEL, ACCOUNT_ROW, AdwActionRow)

GtkWidget *reel_account_row_new (ReelEngine *engine, ReelAccount *account, GtkCheckButton *group);
ReelAccount *reel_account_row_get_account (ReelAccountRow *self);

G_END_DECLS
