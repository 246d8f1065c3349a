#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The example rate of the sandbox: the vendor's own example charges 40 credits for what costs $0.50. */
#define REEL_SANDBOX_CREDITS_PER_DOLLAR 80

#define REEL_SANDBOX_DEFAULT_DURATION     5 /* seconds */
#define REEL_SANDBOX_DEFAULT_ASPECT_RATIO "16:9"
#define REEL_SANDBOX_DEFAULT_RESOLUTION   "720p"

typedef struct
{
  const char *resolution;
  const char *usd_per_second; /* a decimal, exactly as it stands in the answer */
} ReelSandboxPrice;

typedef struct
{
  const char *id;
  const int *durations; /* seconds, ended by 0 */
  ReelSandboxPrice prices[3];
  gboolean example_prices; /* not in the vendor's reference */
} ReelSandboxModel;

const ReelSandboxModel *reel_sandbox_models_find (const char *id);
char *reel_sandbox_models_to_json (void);
char *reel_sandbox_models_describe (void);
gboolean reel_sandbox_model_has_duration (const ReelSandboxModel *self, gint64 seconds);
gboolean reel_sandbox_model_has_resolution (const ReelSandboxModel *self, const char *resolution);
gint64 reel_sandbox_model_get_credits (const ReelSandboxModel *self, const char *resolution, int seconds);
gboolean reel_sandbox_has_aspect_ratio (const char *ratio);
void reel_sandbox_frame_size (const char *resolution, const char *ratio, int *width, int *height);

G_END_DECLS
