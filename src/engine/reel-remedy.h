#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelRemedy:
 * @REEL_REMEDY_TRY_AGAIN: the network broke it
 * @REEL_REMEDY_START_OVER: what is there does not fit
 * @REEL_REMEDY_WAIT_FOR_SPACE: the disk is full
 * @REEL_REMEDY_ASK_FIRST: the address is refused: the service may know another one
 * @REEL_REMEDY_SET_ASIDE: what came is no video
 * @REEL_REMEDY_GIVE_UP: nothing that happens by itself can change it
 *
 * What to do about a download that failed.
 */
typedef enum
{
  REEL_REMEDY_TRY_AGAIN,
  REEL_REMEDY_START_OVER,
  REEL_REMEDY_WAIT_FOR_SPACE,
  REEL_REMEDY_ASK_FIRST,
  REEL_REMEDY_SET_ASIDE,
  REEL_REMEDY_GIVE_UP,
} ReelRemedy;

ReelRemedy reel_remedy_choose (const GError *error, gboolean pieced, guint n_truncated);

G_END_DECLS
