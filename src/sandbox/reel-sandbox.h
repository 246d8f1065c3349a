#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_TYPE_SANDBOX (reel_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (ReelSandbox, reel_sandbox, REEL, SANDBOX, GObject)

/* The built-in simulated service. It runs in a thread of its own (its SoupServer, its files and its rendering), so that
 * it never holds the main loop of the application. Construct properties:
 *   "port" (uint, 0: the kernel picks), "speed" (double, 1.0: as a person would wait; 0: at once),
 *   "webhook-secret" (string, nullable), "webhook-url" (string, nullable: the key's default),
 *   "state-dir" (string: the folder of its jobs and videos, made if missing, so that jobs survive a restart). */
ReelSandbox *reel_sandbox_new (const char *state_dir);

/* Lets a key in. Jobs belong to @owner: two keys of one owner see the same jobs. Before the start or at any time. */
void reel_sandbox_add_key (ReelSandbox *self, const char *key, const char *owner);

void reel_sandbox_start_async (ReelSandbox *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean reel_sandbox_start_finish (ReelSandbox *self, GAsyncResult *result, GError **error);
const char *reel_sandbox_get_base_url (ReelSandbox *self); /* NULL before the start */
void reel_sandbox_stop (ReelSandbox *self);                /* ends the thread and its renderings; idempotent */

G_END_DECLS
