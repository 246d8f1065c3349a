#pragma once

#include "reel-video-model.h"

G_BEGIN_DECLS

#define REEL_TYPE_CATALOGUE (reel_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (ReelCatalogue, reel_catalogue, REEL, CATALOGUE, GObject)

ReelCatalogue *reel_catalogue_new (void);
void reel_catalogue_add (ReelCatalogue *self, ReelVideoModel *model);
ReelVideoModel *reel_catalogue_lookup (ReelCatalogue *self, const char *id);
guint reel_catalogue_index_of (ReelCatalogue *self, const char *id);

G_END_DECLS
