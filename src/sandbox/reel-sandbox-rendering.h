#pragma once

#include "reel-sandbox-request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** Pictures a second of every video. */
#define REEL_SANDBOX_FRAME_RATE 24

/**
 * ReelSandboxRendering:
 *
 * The making of one video: H.264 and AAC in an MP4 whose index comes first, exactly as long as asked.
 */
typedef struct _ReelSandboxRendering ReelSandboxRendering;

/**
 * ReelSandboxRenderingFunc:
 * @error: (nullable): why there is no video
 * @user_data: what was given
 *
 * Called once when the video is at its path, or cannot be made.
 */
typedef void (*ReelSandboxRenderingFunc) (const GError *error, gpointer user_data);

ReelSandboxRendering *reel_sandbox_rendering_start (const ReelSandboxRequest *request,
                                                    const char *seed,
                                                    const char *path,
                                                    ReelSandboxRenderingFunc done,
                                                    gpointer user_data);
void reel_sandbox_rendering_free (ReelSandboxRendering *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelSandboxRendering, reel_sandbox_rendering_free)

G_END_DECLS
