#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelSandboxKeys:
 *
 * The keys that may come in and whose they are. Any thread may use it.
 */
typedef struct _ReelSandboxKeys ReelSandboxKeys;

ReelSandboxKeys *reel_sandbox_keys_new (void);
ReelSandboxKeys *reel_sandbox_keys_ref (ReelSandboxKeys *self);
void reel_sandbox_keys_unref (ReelSandboxKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelSandboxKeys, reel_sandbox_keys_unref)

void reel_sandbox_keys_add (ReelSandboxKeys *self, const char *key, const char *owner);
char *reel_sandbox_keys_lookup (ReelSandboxKeys *self, const char *key);

G_END_DECLS
