#pragma once

#include "reel-history.h"
#include "reel-job-book.h"

G_BEGIN_DECLS

ReelHistory *reel_history_new (ReelJobBook *book);
void reel_history_start (ReelHistory *self);

G_END_DECLS
