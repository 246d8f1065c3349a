#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelSandboxScene:
 *
 * A calm painted landscape that moves: sky, clouds, sun or moon, and ridges in haze. Colours, shapes and movement come
 * from a seed, so two jobs look different and one job always looks the same.
 */
typedef struct _ReelSandboxScene ReelSandboxScene;

ReelSandboxScene *reel_sandbox_scene_new (const char *seed, int width, int height);
void reel_sandbox_scene_free (ReelSandboxScene *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelSandboxScene, reel_sandbox_scene_free)

void reel_sandbox_scene_paint (ReelSandboxScene *self, double seconds, guint8 *const planes[3], const int strides[3]);
void reel_sandbox_scene_play (ReelSandboxScene *self,
                              gint64 first_sample,
                              gint64 total_samples,
                              int rate,
                              gint16 *samples,
                              int n_samples);

G_END_DECLS
