#pragma once

#include "reel-account.h"

G_BEGIN_DECLS

char *reel_website_make (ReelAccount *account);

G_END_DECLS
