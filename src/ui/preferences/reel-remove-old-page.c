#include "config.h"

#include "reel-remove-old-page.h"

#include <glib/gi18n-lib.h>

#include "reel-calendar.h"
#include "reel-storage-text.h"
#include "reel-ui.h"
#include "reel-wrap-labels.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/**
 * ReelRemoveOldPage:
 *
 * Where a person chooses which older videos go to the Trash, and sees how many they are and what they take before
 * anything happens.
 *
 * Emits "chosen" with the removal, which can still be undone.
 */
struct _ReelRemoveOldPage
{
  AdwNavigationPage parent_instance;

  AdwComboRow *age_row;
  GtkWidget *date_row;
  GtkCalendar *calendar;
  AdwSwitchRow *favourites_row;
  AdwSwitchRow *history_row;
  AdwPreferencesGroup *preview_group;

  ReelEngine *engine;
  GCancellable *cancellable; /* of the sum that is on its way */
  gint64 opened_at;
};

G_DEFINE_FINAL_TYPE (ReelRemoveOldPage, reel_remove_old_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* By the position in the list; 0 stands for a date. */
static const guint ages[] = {7, 30, 90, 365, 0};

static ReelFileQuery *
make_query (ReelRemoveOldPage *self)
{
  ReelFileQuery *query = reel_file_query_new ();
  guint age = ages[adw_combo_row_get_selected (self->age_row)];

  query->keep_favourites = adw_switch_row_get_active (self->favourites_row);
  if (age > 0) {
    query->until = self->opened_at - age * DAY;
  } else {
    g_autoptr (GDateTime) day =
        g_date_time_new_local (gtk_calendar_get_year (self->calendar), gtk_calendar_get_month (self->calendar) + 1,
                               gtk_calendar_get_day (self->calendar), 0, 0, 0);

    query->until = g_date_time_to_unix (day) * G_USEC_PER_SEC;
  }

  return query;
}

static void
on_summed (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelRemoveOldPage *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sums = reel_engine_sum_files_finish (REEL_ENGINE (source), result, &error);
  g_autofree char *preview = NULL;
  gint64 n_bytes;
  guint n_files;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (sums == NULL) {
    adw_preferences_group_set_description (self->preview_group, _ ("The history could not be read."));
    return;
  }

  reel_file_sum_add_up (sums, &n_files, &n_bytes);
  preview = reel_storage_text_make_preview (n_files, n_bytes, adw_switch_row_get_active (self->history_row));
  adw_preferences_group_set_description (self->preview_group, preview);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "storage.remove", n_files > 0);
}

static void
forget_sum (ReelRemoveOldPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
on_changed (ReelRemoveOldPage *self)
{
  g_autoptr (ReelFileQuery) query = NULL;

  gtk_widget_set_visible (self->date_row, ages[adw_combo_row_get_selected (self->age_row)] == 0);
  if (self->engine == NULL)
    return;

  forget_sum (self);
  self->cancellable = g_cancellable_new ();
  query = make_query (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "storage.remove", FALSE);
  reel_engine_sum_files_async (self->engine, query, self->cancellable, on_summed, self);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelRemoveOldPage *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelRemoval) removal = reel_engine_remove_files_finish (REEL_ENGINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (removal != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, removal);
  else
    on_changed (self);
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReelRemoveOldPage *self = REEL_REMOVE_OLD_PAGE (widget);
  g_autoptr (ReelFileQuery) query = make_query (self);

  forget_sum (self);
  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (widget, "storage.remove", FALSE);
  reel_engine_remove_files_async (self->engine, query,
                                  adw_switch_row_get_active (self->history_row) ? REEL_REMOVE_JOBS_AND_FILES
                                                                                : REEL_REMOVE_FILES,
                                  self->cancellable, on_removed, self);
}

static void
reel_remove_old_page_dispose (GObject *object)
{
  ReelRemoveOldPage *self = REEL_REMOVE_OLD_PAGE (object);

  forget_sum (self);
  g_clear_object (&self->engine);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_REMOVE_OLD_PAGE);

  G_OBJECT_CLASS (reel_remove_old_page_parent_class)->dispose (object);
}

static void
reel_remove_old_page_class_init (ReelRemoveOldPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_remove_old_page_dispose;

  /**
   * ReelRemoveOldPage::chosen:
   * @removal: what goes to the Trash, when it is not undone
   *
   * Emitted when a person has chosen.
   */
  signals[CHOSEN] = g_signal_new ("chosen", REEL_TYPE_REMOVE_OLD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, REEL_TYPE_REMOVAL);

  gtk_widget_class_install_action (widget_class, "storage.remove", NULL, on_remove);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-remove-old-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelRemoveOldPage, age_row);
  gtk_widget_class_bind_template_child (widget_class, ReelRemoveOldPage, date_row);
  gtk_widget_class_bind_template_child (widget_class, ReelRemoveOldPage, calendar);
  gtk_widget_class_bind_template_child (widget_class, ReelRemoveOldPage, favourites_row);
  gtk_widget_class_bind_template_child (widget_class, ReelRemoveOldPage, history_row);
  gtk_widget_class_bind_template_child (widget_class, ReelRemoveOldPage, preview_group);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
reel_remove_old_page_init (ReelRemoveOldPage *self)
{
  self->opened_at = g_get_real_time ();
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_calendar_speak (self->calendar);
  reel_wrap_labels (GTK_WIDGET (self));
}

/**
 * reel_remove_old_page_new:
 * @engine: (transfer none): what has the videos
 *
 * Makes the page.
 *
 * Returns: (transfer floating): the page
 */
AdwNavigationPage *
reel_remove_old_page_new (ReelEngine *engine)
{
  ReelRemoveOldPage *self;

  g_return_val_if_fail (REEL_IS_ENGINE (engine), NULL);

  self = g_object_new (REEL_TYPE_REMOVE_OLD_PAGE, NULL);
  self->engine = g_object_ref (engine);
  on_changed (self);

  return ADW_NAVIGATION_PAGE (self);
}
