#pragma once

#include "reel-job-book.h"
#include "reel-removal.h"

G_BEGIN_DECLS

ReelRemoval *reel_removal_new (ReelJobBook *book, GPtrArray *jobs, ReelRemovalWhat what);
void reel_removal_abort (ReelRemoval *self);

G_END_DECLS
