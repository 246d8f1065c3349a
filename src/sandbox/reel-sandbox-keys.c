#include "config.h"

#include "reel-sandbox-keys.h"

struct _ReelSandboxKeys
{
  GMutex mutex;
  GHashTable *owners; /* key -> owner */
};

static void
clear (gpointer data)
{
  ReelSandboxKeys *self = data;

  g_mutex_clear (&self->mutex);
  g_hash_table_unref (self->owners);
}

/**
 * reel_sandbox_keys_new:
 *
 * Makes an empty set: nobody comes in.
 *
 * Returns: (transfer full): the keys
 */
ReelSandboxKeys *
reel_sandbox_keys_new (void)
{
  ReelSandboxKeys *self = g_atomic_rc_box_new0 (ReelSandboxKeys);

  g_mutex_init (&self->mutex);
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

ReelSandboxKeys *
reel_sandbox_keys_ref (ReelSandboxKeys *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
reel_sandbox_keys_unref (ReelSandboxKeys *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * reel_sandbox_keys_add:
 * @self: the keys
 * @key: what stands after "Bearer" in a request
 * @owner: whose jobs it sees
 *
 * Lets a key in.
 */
void
reel_sandbox_keys_add (ReelSandboxKeys *self, const char *key, const char *owner)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_replace (self->owners, g_strdup (key), g_strdup (owner));
}

/**
 * reel_sandbox_keys_lookup:
 * @self: the keys
 * @key: what stands after "Bearer" in a request
 *
 * Finds whose key it is.
 *
 * Returns: (nullable) (transfer full): the owner, %NULL where the key is not known
 */
char *
reel_sandbox_keys_lookup (ReelSandboxKeys *self, const char *key)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (g_hash_table_lookup (self->owners, key));
}
