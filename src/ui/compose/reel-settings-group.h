#pragma once

#include <adwaita.h>

#include "reel-catalogue.h"
#include "reel-request.h"

G_BEGIN_DECLS

#define REEL_TYPE_SETTINGS_GROUP (reel_settings_group_get_type ())
G_DECLARE_FINAL_TYPE (ReelSettingsGroup, reel_settings_group, REEL, SETTINGS_GROUP, AdwPreferencesGroup)

void reel_settings_group_set_request (ReelSettingsGroup *self, ReelRequest *request);
void reel_settings_group_set_catalogue (ReelSettingsGroup *self, ReelCatalogue *catalogue);
void reel_settings_group_set_catalogue_error (ReelSettingsGroup *self, const char *sentence);
ReelVideoModel *reel_settings_group_get_model (ReelSettingsGroup *self);

G_END_DECLS
