#pragma once

#include "reel-request.h"
#include "reel-store.h"

G_BEGIN_DECLS

#define REEL_TYPE_DRAFT (reel_draft_get_type ())
G_DECLARE_FINAL_TYPE (ReelDraft, reel_draft, REEL, DRAFT, GObject)

ReelDraft *reel_draft_new (ReelStore *store);
ReelRequest *reel_draft_get_request (ReelDraft *self);
void reel_draft_load_text (ReelDraft *self, const char *text);
void reel_draft_flush (ReelDraft *self);

char *reel_draft_to_text (ReelRequest *request);

G_END_DECLS
