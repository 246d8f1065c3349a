#pragma once

#include <adwaita.h>

#include "reel-engine.h"
#include "reel-request.h"

G_BEGIN_DECLS

#define REEL_TYPE_REFERENCES_GROUP (reel_references_group_get_type ())
G_DECLARE_FINAL_TYPE (ReelReferencesGroup, reel_references_group, REEL, REFERENCES_GROUP, AdwPreferencesGroup)

void reel_references_group_set_request (ReelReferencesGroup *self, ReelRequest *request);
void reel_references_group_set_engine (ReelReferencesGroup *self, ReelEngine *engine);
gboolean reel_references_group_add_links (ReelReferencesGroup *self, const char *text);
gboolean reel_references_group_commit (ReelReferencesGroup *self);

G_END_DECLS
