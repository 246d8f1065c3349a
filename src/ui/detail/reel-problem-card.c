#include "config.h"

#include "reel-problem-card.h"

#include <glib/gi18n-lib.h>

#include "reel-error-text.h"
#include "reel-ui.h"

/**
 * ReelProblemCard:
 *
 * What went wrong with a job, in the service's own words, whether money moved, and the one next step.
 */
struct _ReelProblemCard
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *body;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (ReelProblemCard, reel_problem_card, ADW_TYPE_BIN)

/* How a problem looks; the button is the next step that can be taken here, if there is one. */
typedef struct
{
  const char *style;
  const char *icon_name;
  const char *button;
  const char *action;
} Look;

static Look
get_look (const ReelJobRecord *record)
{
  switch (reel_job_record_get_state (record)) {
  case REEL_JOB_FAILED:
    if (record->error_code != NULL && g_str_equal (record->error_code, "unauthorized"))
      return (Look){"error", "dialog-error-symbolic", N_ ("_Preferences"), "win.preferences"};
    return (Look){"error", "dialog-error-symbolic", NULL, NULL};
  case REEL_JOB_NOT_SAVED:
    return (Look){"warning", "dialog-warning-symbolic", N_ ("_Download Again"), "job.retry-download"};
  case REEL_JOB_UNKNOWN:
  case REEL_JOB_LOST:
    return (Look){"warning", "dialog-question-symbolic", NULL, NULL};
  case REEL_JOB_CANCELLED:
    return (Look){"neutral", "action-unavailable-symbolic", NULL, NULL};
  case REEL_JOB_HELD:
  case REEL_JOB_SENDING:
  case REEL_JOB_WAITING:
  case REEL_JOB_GENERATING:
  case REEL_JOB_DOWNLOADING:
  case REEL_JOB_READY:
  default:
    return (Look){"neutral", "dialog-information-symbolic", NULL, NULL};
  }
}

static void
reel_problem_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), REEL_TYPE_PROBLEM_CARD);

  G_OBJECT_CLASS (reel_problem_card_parent_class)->dispose (object);
}

static void
reel_problem_card_class_init (ReelProblemCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_problem_card_dispose;

  gtk_widget_class_set_css_name (widget_class, "problemcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-problem-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelProblemCard, icon);
  gtk_widget_class_bind_template_child (widget_class, ReelProblemCard, title);
  gtk_widget_class_bind_template_child (widget_class, ReelProblemCard, body);
  gtk_widget_class_bind_template_child (widget_class, ReelProblemCard, button);
}

static void
reel_problem_card_init (ReelProblemCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_problem_card_show:
 * @record: the record of a job
 *
 * Shows what is wrong with a job, or nothing where nothing is.
 */
void
reel_problem_card_show (ReelProblemCard *self, const ReelJobRecord *record)
{
  g_autoptr (ReelErrorText) text = NULL;
  g_autofree char *refused = NULL;
  Look look;

  g_return_if_fail (REEL_IS_PROBLEM_CARD (self) && record != NULL);

  text = reel_error_text_new_for_job (record);
  if (reel_job_record_is_running (record))
    refused = reel_error_text_make_cancel_sentence (record);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL || refused != NULL);
  if (text == NULL && refused == NULL)
    return;

  look = get_look (record);
  gtk_widget_set_css_classes (GTK_WIDGET (self), (const char *[]){"card", look.style, NULL});
  gtk_image_set_from_icon_name (self->icon, look.icon_name);
  gtk_label_set_label (self->title, text != NULL ? text->title : _ ("The job was not cancelled"));
  gtk_label_set_label (self->body, text != NULL ? text->body : refused);
  gtk_widget_set_visible (GTK_WIDGET (self->button), look.action != NULL);
  gtk_button_set_label (self->button, look.button != NULL ? _ (look.button) : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), look.action);
}
