#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_PROMPT_BOX (reel_prompt_box_get_type ())
G_DECLARE_FINAL_TYPE (ReelPromptBox, reel_prompt_box, REEL, PROMPT_BOX, AdwPreferencesGroup)

void reel_prompt_box_set_request (ReelPromptBox *self, ReelRequest *request);
void reel_prompt_box_set_engine (ReelPromptBox *self, ReelEngine *engine);
void reel_prompt_box_replace (ReelPromptBox *self, const char *prompt);

G_END_DECLS
