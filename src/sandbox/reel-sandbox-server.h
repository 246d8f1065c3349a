#pragma once

#include "reel-sandbox-keys.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** What a server is made with. */
typedef struct
{
  ReelSandboxKeys *keys;
  char *state_dir;
  char *webhook_secret; /* nullable */
  char *webhook_url;    /* nullable */
  guint port;           /* 0: the kernel picks */
  double speed;
  gint64 credits; /* what each owner starts with, -1: without end */
  guint rate;     /* requests a minute of one key, 0: without end */
} ReelSandboxOptions;

/**
 * ReelSandboxServer:
 *
 * The HTTP side of the sandbox: keys, limits and the four endpoints. It lives in the thread that makes it.
 */
typedef struct _ReelSandboxServer ReelSandboxServer;

ReelSandboxServer *reel_sandbox_server_new (const ReelSandboxOptions *options, GError **error);
void reel_sandbox_server_free (ReelSandboxServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelSandboxServer, reel_sandbox_server_free)

const char *reel_sandbox_server_get_base_url (ReelSandboxServer *self);

G_END_DECLS
