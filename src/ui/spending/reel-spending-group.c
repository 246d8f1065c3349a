#include "config.h"

#include "reel-spending-group.h"

#include <glib/gi18n-lib.h>

#include "reel-account.h"
#include "reel-spending-text.h"
#include "reel-wrap-labels.h"

/* What was spent with one account: its total, and a row for each month that opens to its days. The rows of the days are
 * made when a month is opened: a year of use makes no more widgets than it needs. */

#define MONTH_KEY  "reel-month"
#define LEDGER_KEY "reel-ledger"

static char *
make_subtitle (const ReelLedgerSum *sum)
{
  g_autofree char *details = reel_spending_text_make_details (sum), *gaps = reel_spending_text_make_gaps (sum);
  g_autofree char *unresolved = reel_spending_text_make_unresolved (sum);
  const char *lines[] = {details, gaps, unresolved};
  GString *subtitle = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i] != NULL && *lines[i] != '\0')
      g_string_append_printf (subtitle, "%s%s", subtitle->len > 0 ? "\n" : "", lines[i]);

  return g_string_free (subtitle, FALSE);
}

static GtkWidget *
make_amount (const ReelLedgerSum *sum, gboolean is_simulated, gboolean is_total)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label;
  g_autofree char *amount = reel_spending_text_make_amount (sum);

  if (sum->n_unresolved > 0) {
    GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "dialog-question-symbolic", "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

    gtk_widget_add_css_class (icon, "warning");
    gtk_widget_set_tooltip_text (icon, _ ("Some outcomes are not known"));
    gtk_box_append (GTK_BOX (box), icon);
  }
  label = gtk_label_new (amount);
  gtk_widget_add_css_class (label, "numeric");
  if (is_simulated)
    gtk_widget_add_css_class (label, "dim-label");
  else if (is_total)
    gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);

  return box;
}

static void
set_up_row (GtkWidget *row, const char *title)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
}

static GtkWidget *
make_row (const char *title, const ReelLedgerSum *sum, gboolean is_simulated, gboolean is_total)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = make_subtitle (sum), *amount = reel_spending_text_make_amount (sum);
  g_autofree char *spoken = g_strjoin ("\n", amount, subtitle, NULL);

  set_up_row (row, title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_amount (sum, is_simulated, is_total));
  /* Of itself, a row with the focus says what stands under its title, and not what stands beside it. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);

  return row;
}

static void
on_expanded (AdwExpanderRow *row, GParamSpec *pspec, gpointer is_simulated)
{
  const ReelLedgerPeriod *month = g_object_steal_data (G_OBJECT (row), MONTH_KEY);

  if (month == NULL)
    return;

  for (guint i = 0; i < month->days->len; i++) {
    const ReelLedgerPeriod *day = month->days->pdata[i];
    g_autofree char *title = reel_spending_text_make_day (day->begin);

    adw_expander_row_add_row (row, make_row (title, &day->sum, GPOINTER_TO_INT (is_simulated), FALSE));
  }
}

static GtkWidget *
make_month_row (ReelLedger *ledger, const ReelLedgerPeriod *month, gboolean is_simulated)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *title = reel_spending_text_make_month (month->begin), *subtitle = make_subtitle (&month->sum);

  set_up_row (row, title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (row), 0);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), make_amount (&month->sum, is_simulated, FALSE));
  /* The month is a part of the ledger. */
  g_object_set_data_full (G_OBJECT (row), LEDGER_KEY, reel_ledger_ref (ledger), (GDestroyNotify)reel_ledger_unref);
  g_object_set_data (G_OBJECT (row), MONTH_KEY, (gpointer)month);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), GINT_TO_POINTER (is_simulated));

  return row;
}

/**
 * reel_spending_group_new:
 * @ledger: (transfer none): what was spent
 * @account: an account of it
 * @account_name: (nullable): its name, %NULL where it was removed
 *
 * Makes the group of an account. That of the sandbox says that nothing is charged.
 *
 * Returns: (transfer floating): the group
 */
AdwPreferencesGroup *
reel_spending_group_new (ReelLedger *ledger, const ReelLedgerAccount *account, const char *account_name)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  gboolean is_simulated = g_strcmp0 (account->id, REEL_ACCOUNT_SANDBOX_ID) == 0;
  g_autofree char *title =
      g_markup_escape_text (account_name != NULL ? account_name : _ ("An account that was removed"), -1);

  adw_preferences_group_set_title (group, title);
  if (is_simulated)
    adw_preferences_group_set_description (group, _ ("Simulated: none of this is charged."));
  adw_preferences_group_add (
      group, make_row (is_simulated ? _ ("Total, simulated") : _ ("Total"), &account->sum, is_simulated, TRUE));
  for (guint i = 0; i < account->months->len; i++)
    adw_preferences_group_add (group, make_month_row (ledger, account->months->pdata[i], is_simulated));
  reel_wrap_labels (GTK_WIDGET (group));

  return group;
}
