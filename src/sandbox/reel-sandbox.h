#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_TYPE_SANDBOX (reel_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (ReelSandbox, reel_sandbox, REEL, SANDBOX, GObject)

/* Construct properties:
 *   "port" (uint, 0: the kernel picks), "speed" (double, 1.0: as a person would wait; 2.0: twice as fast; 0: at once),
 *   "webhook-secret" (string, nullable), "webhook-url" (string, nullable: the key's default),
 *   "credits" (int64, what each owner starts with, -1: without end), "rate" (uint, requests a minute of one key, 0:
 *   without end), "state-dir" (string: the folder of its jobs and videos, made if missing). */
ReelSandbox *reel_sandbox_new (const char *state_dir);

void reel_sandbox_add_key (ReelSandbox *self, const char *key, const char *owner);
void reel_sandbox_start_async (ReelSandbox *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean reel_sandbox_start_finish (ReelSandbox *self, GAsyncResult *result, GError **error);
const char *reel_sandbox_get_base_url (ReelSandbox *self); /* NULL before the start */
void reel_sandbox_stop (ReelSandbox *self);

/* For the program's --help and its default key. */
char *reel_sandbox_describe_test_words (void);
char *reel_sandbox_describe_models (void);
char *reel_sandbox_make_key (void);

G_END_DECLS
