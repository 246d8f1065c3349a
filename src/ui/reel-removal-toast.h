#pragma once

#include <adwaita.h>

#include "reel-removal.h"

G_BEGIN_DECLS

char *reel_removal_toast_quote (ReelJob *job);
AdwToast *reel_removal_toast_new (ReelRemoval *removal, const char *title);
char *reel_removal_toast_make_kept (ReelRemoval *removal);

G_END_DECLS
