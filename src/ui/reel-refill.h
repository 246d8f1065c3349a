#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_REFILL (reel_refill_get_type ())
G_DECLARE_FINAL_TYPE (ReelRefill, reel_refill, REEL, REFILL, GObject)

ReelRefill *reel_refill_new (ReelEngine *engine, GtkWidget *widget);
void reel_refill_take_file (ReelRefill *self, GFile *file);
void reel_refill_choose_file (ReelRefill *self);

G_END_DECLS
