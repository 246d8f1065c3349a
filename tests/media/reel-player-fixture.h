#pragma once

#include "reel-player.h"

G_BEGIN_DECLS

/* The frames that a player showed, and when. */
typedef struct
{
  int numbers[1000];
  gint64 times[1000];
  int count;
} ReelFrames;

void reel_fixture_own_main_context (void);
ReelPlayer *reel_fixture_open (GFile *file);
int reel_fixture_read_frame (ReelPlayer *player);
void reel_fixture_watch_frames (ReelFrames *frames, ReelPlayer *player);
gint64 reel_fixture_time_of (int frame);
int reel_fixture_frame_at (gint64 time);
void reel_fixture_count (gpointer object, GParamSpec *pspec, gpointer data);

G_END_DECLS
