#include "config.h"

#include "reel-outcome-dialogs.h"

#include "reel-wrap-labels.h"

#include <glib/gi18n-lib.h>

/* The questions before a person gives a request up, or risks to pay for it twice. Their answers are "cancel", which is
 * also what Enter and Escape give, and "do". */

static AdwDialog *
make_question (const char *heading, const char *body, const char *button)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "do", button, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "do", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  reel_wrap_labels (GTK_WIDGET (dialog));

  return ADW_DIALOG (dialog);
}

/**
 * reel_outcome_dialogs_new_send_again:
 * @estimate: what the new job costs, micro-dollars, or %REEL_MONEY_NOT_LISTED
 * @account_name: (nullable): the account that will be used in place of the job's own, which is gone
 *
 * Makes the question whether to ask for the same video by a new job, which may be charged a second time.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_outcome_dialogs_new_send_again (ReelMoney estimate, const char *account_name)
{
  g_autofree char *price = NULL, *cost = NULL, *account = NULL, *body = NULL;

  if (estimate == REEL_MONEY_NOT_LISTED) {
    cost = g_strdup (_ ("The service does not list a price for it."));
  } else {
    price = reel_money_format (estimate);
    /* Translators: %s is an amount of money. */
    cost = g_strdup_printf (_ ("The new request alone is estimated at %s."), price);
  }
  if (account_name != NULL)
    /* Translators: %s is the name of an account. */
    account = g_strdup_printf (_ ("Its account was removed: “%s” will be charged."), account_name);

  body =
      g_strjoin (" ",
                 _ ("The service may have accepted the first request. Then it makes the video twice, and charges you "
                    "twice."),
                 cost, account, NULL);

  return make_question (_ ("Risk Paying Twice?"), body, _ ("_Send Again"));
}

/**
 * reel_outcome_dialogs_new_declare_lost:
 *
 * Makes the question whether to give a request up whose outcome is not known.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_outcome_dialogs_new_declare_lost (void)
{
  return make_question (
      _ ("Declare It Lost?"),
      _ ("Nothing is sent, and nothing is cancelled: if the service accepted the request, it may still "
         "charge you. What it may have cost stays under Spending, and its request ID can still be "
         "entered later."),
      _ ("_Declare Lost"));
}
