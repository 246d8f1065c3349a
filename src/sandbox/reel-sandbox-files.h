#pragma once

#include "reel-sandbox-job.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/** Where the videos are, below the base URL. */
#define REEL_SANDBOX_FILES_PATH "/files/"

void reel_sandbox_files_serve (SoupServerMessage *message, const char *path, ReelSandboxJob *job);

G_END_DECLS
