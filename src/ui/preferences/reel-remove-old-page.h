#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_REMOVE_OLD_PAGE (reel_remove_old_page_get_type ())
G_DECLARE_FINAL_TYPE (ReelRemoveOldPage, reel_remove_old_page, REEL, REMOVE_OLD_PAGE, AdwNavigationPage)

AdwNavigationPage *reel_remove_old_page_new (ReelEngine *engine);

G_END_DECLS
