#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many pipelines this program makes from the start on: each is one opening of a video. */
void reel_pipeline_count_start (void);
int reel_pipeline_count_stop (void);

G_END_DECLS
