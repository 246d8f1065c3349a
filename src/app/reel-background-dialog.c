#include "config.h"

#include "reel-background-dialog.h"

#include "reel-wrap-labels.h"

#include <glib/gi18n-lib.h>

#define CHECK_KEY "reel-remember"

static char *
make_body (guint n_running)
{
  return g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE,
          "%u video is not finished. Seedreel can keep working in the background until it is saved. If it stops "
          "watching, nothing is cancelled at the service, and the video comes when you start Seedreel again.",
          "%u videos are not finished. Seedreel can keep working in the background until they are saved. If it "
          "stops watching, nothing is cancelled at the service, and the videos come when you start Seedreel "
          "again.",
          n_running),
      n_running);
}

/**
 * reel_background_dialog_choose:
 * @n_running: how many videos are being made
 * @parent: the window that is about to be closed
 * @cancellable: (nullable): to take the question back
 * @callback: called with the answer; its source is the dialog
 * @data: for @callback
 *
 * Asks whether to go on in the background.
 */
void
reel_background_dialog_choose (guint n_running,
                               GtkWidget *parent,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autofree char *body = make_body (n_running);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Keep Working?"), body));
  GtkWidget *check = gtk_check_button_new_with_mnemonic (_ ("_Remember this choice"));

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "stop", _ ("_Stop Watching"), "keep",
                                  _ ("_Keep Working"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "keep", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "keep");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
  adw_alert_dialog_set_extra_child (dialog, check);
  g_object_set_data (G_OBJECT (dialog), CHECK_KEY, check);

  reel_wrap_labels (GTK_WIDGET (dialog));
  adw_alert_dialog_choose (dialog, parent, cancellable, callback, data);
}

/**
 * reel_background_dialog_choose_finish:
 * @dialog: the source of the callback
 * @result: its result
 * @remember: (out): whether the answer holds for the next times too
 *
 * Gets the answer.
 *
 * Returns: the answer; %REEL_ON_CLOSE_ASK where the window is to stay
 */
ReelOnClose
reel_background_dialog_choose_finish (AdwAlertDialog *dialog, GAsyncResult *result, gboolean *remember)
{
  const char *response = adw_alert_dialog_choose_finish (dialog, result);

  *remember = gtk_check_button_get_active (g_object_get_data (G_OBJECT (dialog), CHECK_KEY));
  if (g_str_equal (response, "keep"))
    return REEL_ON_CLOSE_KEEP_WORKING;

  return g_str_equal (response, "stop") ? REEL_ON_CLOSE_STOP : REEL_ON_CLOSE_ASK;
}
