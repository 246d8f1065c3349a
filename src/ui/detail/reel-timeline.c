#include "config.h"

#include "reel-timeline.h"

#include "reel-job-text.h"

/**
 * ReelTimeline:
 *
 * What happened to a job, step by step, each with its time of day and the full date in its tooltip.
 */
struct _ReelTimeline
{
  GtkWidget parent_instance;

  char *shown; /* what stands there, so that nothing is made anew without a change */
};

G_DEFINE_FINAL_TYPE (ReelTimeline, reel_timeline, GTK_TYPE_WIDGET)

static void
clear (ReelTimeline *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static GtkWidget *
make_row (const ReelJobStep *step)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *title = gtk_label_new (step->title), *time = gtk_label_new (step->time);

  gtk_widget_add_css_class (dot, "dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (title), GTK_NATURAL_WRAP_NONE);
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_set_tooltip_text (row, step->exact);
  gtk_box_append (GTK_BOX (row), dot);
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), time);

  return row;
}

static void
reel_timeline_dispose (GObject *object)
{
  clear (REEL_TIMELINE (object));

  G_OBJECT_CLASS (reel_timeline_parent_class)->dispose (object);
}

static void
reel_timeline_finalize (GObject *object)
{
  g_free (REEL_TIMELINE (object)->shown);

  G_OBJECT_CLASS (reel_timeline_parent_class)->finalize (object);
}

static void
reel_timeline_class_init (ReelTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_timeline_dispose;
  G_OBJECT_CLASS (klass)->finalize = reel_timeline_finalize;

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
reel_timeline_init (ReelTimeline *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 2);
}

/**
 * reel_timeline_show:
 * @record: the record of a job
 *
 * Shows what happened to a job.
 */
void
reel_timeline_show (ReelTimeline *self, const ReelJobRecord *record)
{
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GString) all = g_string_new (NULL);

  g_return_if_fail (REEL_IS_TIMELINE (self) && record != NULL);

  steps = reel_job_text_make_timeline (record);
  for (guint i = 0; i < steps->len; i++) {
    const ReelJobStep *step = steps->pdata[i];

    g_string_append_printf (all, "%s %s\n", step->title, step->exact);
  }
  if (!g_set_str (&self->shown, all->str))
    return;

  clear (self);
  for (guint i = 0; i < steps->len; i++)
    gtk_widget_set_parent (make_row (steps->pdata[i]), GTK_WIDGET (self));
}
