#pragma once

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_SEARCH_PROVIDER (reel_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (ReelSearchProvider, reel_search_provider, REEL, SEARCH_PROVIDER, GObject)

ReelSearchProvider *reel_search_provider_new (void);
gboolean reel_search_provider_export (ReelSearchProvider *self,
                                      GDBusConnection *connection,
                                      const char *object_path,
                                      GError **error);
void reel_search_provider_unexport (ReelSearchProvider *self);
void reel_search_provider_set_engine (ReelSearchProvider *self, ReelEngine *engine);

G_END_DECLS
