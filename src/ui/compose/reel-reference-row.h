#pragma once

#include <adwaita.h>

#include "reel-engine.h"
#include "reel-reference.h"

G_BEGIN_DECLS

#define REEL_TYPE_REFERENCE_ROW (reel_reference_row_get_type ())
G_DECLARE_FINAL_TYPE (ReelReferenceRow, reel_reference_row, REEL, REFERENCE_ROW, AdwActionRow)

GtkWidget *reel_reference_row_new (ReelReference *reference, ReelEngine *engine);
ReelReference *reel_reference_row_get_reference (ReelReferenceRow *self);

G_END_DECLS
