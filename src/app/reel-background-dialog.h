#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REEL_ON_CLOSE_KEY "on-close"

/**
 * ReelOnClose:
 * @REEL_ON_CLOSE_ASK: ask
 * @REEL_ON_CLOSE_KEEP_WORKING: go on in the background until the last of them has ended
 * @REEL_ON_CLOSE_STOP: end; the service goes on, and what it made comes with the next start
 *
 * What happens when the window is closed while videos are being made.
 */
typedef enum
{
  REEL_ON_CLOSE_ASK,
  REEL_ON_CLOSE_KEEP_WORKING,
  REEL_ON_CLOSE_STOP,
} ReelOnClose;

void reel_background_dialog_choose (guint n_running,
                                    GtkWidget *parent,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
ReelOnClose reel_background_dialog_choose_finish (AdwAlertDialog *dialog, GAsyncResult *result, gboolean *remember);

G_END_DECLS
