#pragma once

#include <adwaita.h>

#include "reel-request.h"

G_BEGIN_DECLS

#define REEL_TYPE_MORE_ROW (reel_more_row_get_type ())
G_DECLARE_FINAL_TYPE (ReelMoreRow, reel_more_row, REEL, MORE_ROW, AdwExpanderRow)

void reel_more_row_set_request (ReelMoreRow *self, ReelRequest *request);

G_END_DECLS
