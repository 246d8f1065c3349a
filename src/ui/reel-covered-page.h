#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void reel_covered_page_watch (AdwNavigationPage *page);

G_END_DECLS
