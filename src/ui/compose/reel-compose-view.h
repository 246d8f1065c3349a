#pragma once

#include <adwaita.h>

#include "reel-catalogue.h"
#include "reel-engine.h"
#include "reel-request.h"

G_BEGIN_DECLS

#define REEL_TYPE_COMPOSE_VIEW (reel_compose_view_get_type ())
G_DECLARE_FINAL_TYPE (ReelComposeView, reel_compose_view, REEL, COMPOSE_VIEW, AdwBin)

GtkWidget *reel_compose_view_new (void);
void reel_compose_view_set_request (ReelComposeView *self, ReelRequest *request);
void reel_compose_view_set_catalogue (ReelComposeView *self, ReelCatalogue *catalogue);
void reel_compose_view_set_catalogue_error (ReelComposeView *self, const char *sentence);
void reel_compose_view_set_blocked_reason (ReelComposeView *self, const char *sentence);
void reel_compose_view_set_engine (ReelComposeView *self, ReelEngine *engine);
void reel_compose_view_focus_generate (ReelComposeView *self);
void reel_compose_view_fill (ReelComposeView *self, ReelRequest *source);

G_END_DECLS
