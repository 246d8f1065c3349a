#pragma once

#include "reel-engine.h"
#include "reel-poster-cache.h"

G_BEGIN_DECLS

#define REEL_TYPE_SERVICES (reel_services_get_type ())
G_DECLARE_FINAL_TYPE (ReelServices, reel_services, REEL, SERVICES, GObject)

ReelServices *reel_services_new (GSettings *settings, const char *base_url, const char *api_key);
ReelEngine *reel_services_get_engine (ReelServices *self);
ReelPosterCache *reel_services_get_posters (ReelServices *self);
GFile *reel_services_get_default_library (ReelServices *self);

void reel_services_start (ReelServices *self);
gboolean reel_services_is_started (ReelServices *self);
gboolean reel_services_is_loaded (ReelServices *self);
void reel_services_stop_async (ReelServices *self, GAsyncReadyCallback callback, gpointer data);
void reel_services_stop_finish (ReelServices *self, GAsyncResult *result);

G_END_DECLS
