#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_STORAGE_GROUP (reel_storage_group_get_type ())
G_DECLARE_FINAL_TYPE (ReelStorageGroup, reel_storage_group, REEL, STORAGE_GROUP, AdwPreferencesGroup)

void reel_storage_group_set_engine (ReelStorageGroup *self, ReelEngine *engine);
void reel_storage_group_close (ReelStorageGroup *self);

G_END_DECLS
