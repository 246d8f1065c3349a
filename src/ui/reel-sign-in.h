#pragma once

#include "reel-window.h"

G_BEGIN_DECLS

void reel_sign_in_open (ReelWindow *window);

G_END_DECLS
