#include "config.h"

#include "reel-problem-card.h"

#include <glib/gi18n-lib.h>

#include "reel-job-problem.h"
#include "reel-problem-ways.h"
#include "reel-ui.h"

/**
 * ReelProblemCard:
 *
 * What is wrong with a job, in the service's own words, whether money moved, and the ways to go on: a button each, or
 * rows where each needs a word of what comes of it.
 */
struct _ReelProblemCard
{
  AdwBin parent_instance;

  char *shown_ways; /* what stands there, so that nothing is made anew, and loses the focus, without a change */

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *body;
  GtkWidget *buttons;
  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (ReelProblemCard, reel_problem_card, ADW_TYPE_BIN)

/* How a problem looks. */
typedef struct
{
  const char *style;
  const char *icon_name;
} Look;

static Look
get_look (const ReelJobRecord *record)
{
  switch (reel_job_record_get_state (record)) {
  case REEL_JOB_FAILED:
    if (reel_job_problem_is_withdrawn (record))
      return (Look){"neutral", "action-unavailable-symbolic"};
    return (Look){"error", "dialog-error-symbolic"};
  case REEL_JOB_NOT_SAVED:
    return (Look){"warning", "dialog-warning-symbolic"};
  case REEL_JOB_UNKNOWN:
  case REEL_JOB_LOST:
    return (Look){"warning", "dialog-question-symbolic"};
  case REEL_JOB_CANCELLED:
    return (Look){"neutral", "action-unavailable-symbolic"};
  case REEL_JOB_HELD:
    return (Look){"neutral", "media-playback-pause-symbolic"};
  case REEL_JOB_SENDING:
    return (Look){"neutral", "network-offline-symbolic"};
  case REEL_JOB_WAITING:
  case REEL_JOB_GENERATING:
    return (Look){"neutral", "document-open-recent-symbolic"};
  case REEL_JOB_DOWNLOADING:
  case REEL_JOB_READY:
  default:
    return (Look){"neutral", "dialog-information-symbolic"};
  }
}

static void
add_button (ReelProblemCard *self, const ReelProblemWay *way)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (way->title);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), way->action);
  if (way->style == REEL_WAY_SUGGESTED)
    gtk_widget_add_css_class (button, "suggested-action");
  adw_wrap_box_append (ADW_WRAP_BOX (self->buttons), button);
}

static void
add_row (ReelProblemCard *self, const ReelProblemWay *way)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), way->title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), way->subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (way->icon_name != NULL) {
    GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", way->icon_name, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

    gtk_widget_add_css_class (icon, "dim-label");
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), way->action != NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), way->action);
  if (way->style == REEL_WAY_DANGEROUS)
    gtk_widget_add_css_class (row, "dangerous");
  gtk_list_box_append (self->rows, row);
}

static void
show_ways (ReelProblemCard *self, const ReelProblemWay *ways, guint n)
{
  g_autoptr (GString) all = g_string_new (NULL);
  gboolean has_buttons = FALSE, has_rows = FALSE;
  GtkWidget *button;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (all, "%s\n%s\n", ways[i].title, ways[i].action != NULL ? ways[i].action : "");
  if (!g_set_str (&self->shown_ways, all->str))
    return;

  while ((button = gtk_widget_get_first_child (self->buttons)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->buttons), button);
  gtk_list_box_remove_all (self->rows);
  for (guint i = 0; i < n; i++) {
    if (ways[i].subtitle != NULL) {
      add_row (self, &ways[i]);
      has_rows = TRUE;
    } else {
      add_button (self, &ways[i]);
      has_buttons = TRUE;
    }
  }
  gtk_widget_set_visible (self->buttons, has_buttons);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), has_rows);
}

static void
reel_problem_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), REEL_TYPE_PROBLEM_CARD);

  G_OBJECT_CLASS (reel_problem_card_parent_class)->dispose (object);
}

static void
reel_problem_card_finalize (GObject *object)
{
  g_free (REEL_PROBLEM_CARD (object)->shown_ways);

  G_OBJECT_CLASS (reel_problem_card_parent_class)->finalize (object);
}

static void
reel_problem_card_class_init (ReelProblemCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_problem_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = reel_problem_card_finalize;

  gtk_widget_class_set_css_name (widget_class, "problemcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-problem-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelProblemCard, icon);
  gtk_widget_class_bind_template_child (widget_class, ReelProblemCard, title);
  gtk_widget_class_bind_template_child (widget_class, ReelProblemCard, body);
  gtk_widget_class_bind_template_child (widget_class, ReelProblemCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, ReelProblemCard, rows);
}

static void
reel_problem_card_init (ReelProblemCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_problem_card_show:
 * @record: the record of a job
 * @has_website: whether the account has a website that can be opened
 * @usual: what such a job usually takes, microseconds, 0 where that is not known
 *
 * Shows what is wrong with a job, or nothing where nothing is.
 */
void
reel_problem_card_show (ReelProblemCard *self, const ReelJobRecord *record, gboolean has_website, gint64 usual)
{
  gint64 now = g_get_real_time ();
  g_autoptr (ReelErrorText) text = NULL;
  g_autofree char *refused = NULL, *body = NULL;
  ReelProblemWay ways[REEL_PROBLEM_MAX_WAYS];
  gboolean is_long;
  const char *title;
  guint n;
  Look look;

  g_return_if_fail (REEL_IS_PROBLEM_CARD (self) && record != NULL);

  is_long = reel_job_problem_is_long (record, usual, now);
  text = is_long ? reel_job_problem_make_long_text (record, usual, now) : reel_job_problem_make_text (record);
  if (reel_job_record_is_running (record))
    refused = reel_job_problem_make_cancel_sentence (record);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL || refused != NULL);
  if (text == NULL && refused == NULL)
    return;

  look = get_look (record);
  title = text != NULL ? text->title : _ ("The job was not cancelled");
  body = g_strjoin (text != NULL && refused != NULL ? " " : "", text != NULL ? text->body : "",
                    refused != NULL ? refused : "", NULL);
  n = reel_problem_ways_list (record, has_website, is_long, ways);
  gtk_widget_set_css_classes (GTK_WIDGET (self), (const char *[]){"card", look.style, NULL});
  gtk_image_set_from_icon_name (self->icon, look.icon_name);
  gtk_label_set_label (self->title, title);
  if (g_strcmp0 (gtk_label_get_label (self->body), body) != 0)
    gtk_label_set_label (self->body, body);
  show_ways (self, ways, n);
}
