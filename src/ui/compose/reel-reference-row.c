#include "config.h"

#include "reel-reference-row.h"

#include <glib/gi18n-lib.h>

#include "reel-compose-text.h"
#include "reel-poster-cache.h"
#include "reel-ui.h"

/* Pixels; enough for a thumbnail on a screen of double density. */
#define THUMBNAIL_SIZE 160

/**
 * ReelReferenceRow:
 *
 * One reference in the form: what it is, where it comes from and, for an image, what it looks like.
 *
 * It speaks to its list with the signals "remove", "move" (by one place, up or down) and "drop" (of another row on it).
 */
struct _ReelReferenceRow
{
  AdwActionRow parent_instance;

  GtkImage *icon;
  GtkPicture *picture;
  GtkWidget *handle;
  GtkWidget *remove_button;

  ReelReference *reference;
  ReelEngine *engine; /* nullable */
  GCancellable *cancellable;
  int grabbed_x; /* where a drag began */
  int grabbed_y;
};

G_DEFINE_FINAL_TYPE (ReelReferenceRow, reel_reference_row, ADW_TYPE_ACTION_ROW)

enum
{
  REMOVE,
  MOVE,
  DROP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_icon_name (ReelReferenceKind kind)
{
  switch (kind) {
  case REEL_REFERENCE_IMAGE:
    return "image-x-generic-symbolic";
  case REEL_REFERENCE_VIDEO:
    return "video-x-generic-symbolic";
  case REEL_REFERENCE_AUDIO:
    return "audio-x-generic-symbolic";
  case REEL_REFERENCE_UNKNOWN:
  default:
    return "dialog-question-symbolic";
  }
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelReferenceRow) self = data;
  g_autoptr (GdkTexture) texture = reel_poster_decode_finish (result, NULL);

  /* Without a picture the icon stays: whether the service can use the link is the service's word. */
  if (texture == NULL || self->cancellable == NULL)
    return;

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->picture), TRUE);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelReferenceRow) self = data;
  g_autoptr (GBytes) bytes = reel_engine_fetch_reference_finish (REEL_ENGINE (source), result, NULL);

  if (bytes == NULL || self->cancellable == NULL)
    return;

  reel_poster_decode_async (bytes, THUMBNAIL_SIZE, self->cancellable, on_decoded, g_object_ref (self));
}

static void
show_reference (ReelReferenceRow *self)
{
  g_autofree char *file_name = reel_reference_dup_file_name (self->reference);
  g_autofree char *host = reel_reference_dup_host (self->reference);
  g_autofree char *title = reel_compose_make_label (file_name);
  g_autofree char *place = reel_compose_make_label (host != NULL ? host : "");
  g_autofree char *subtitle = NULL;
  ReelReferenceKind kind = reel_reference_get_kind (self->reference);

  /* Translators: where a reference comes from and what it is, such as “example.com · image”. */
  subtitle = g_strdup_printf (_ ("%s · %s"), place, reel_compose_describe_kind (kind));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), reel_reference_get_url (self->reference));
  gtk_image_set_from_icon_name (self->icon, get_icon_name (kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);

  if (kind == REEL_REFERENCE_IMAGE && self->engine != NULL)
    reel_engine_fetch_reference_async (self->engine, reel_reference_get_url (self->reference), self->cancellable,
                                       on_fetched, g_object_ref (self));
}

static void
on_remove_clicked (ReelReferenceRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
on_move_shortcut (GtkWidget *widget, GVariant *steps, gpointer data)
{
  g_signal_emit (widget, signals[MOVE], 0, g_variant_get_int32 (steps));

  return GDK_EVENT_STOP;
}

static gboolean
on_delete_shortcut (GtkWidget *widget, GVariant *nothing, gpointer data)
{
  g_signal_emit (widget, signals[REMOVE], 0);

  return GDK_EVENT_STOP;
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, ReelReferenceRow *self)
{
  self->grabbed_x = (int)x;
  self->grabbed_y = (int)y;

  return gdk_content_provider_new_typed (REEL_TYPE_REFERENCE_ROW, self);
}

/* What is dragged looks like the row: a row of its own, on the background of a list. */
static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, ReelReferenceRow *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = reel_reference_row_new (self->reference, NULL);

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, gtk_widget_get_width (GTK_WIDGET (self)),
                               gtk_widget_get_height (GTK_WIDGET (self)));
  gtk_picture_set_paintable (REEL_REFERENCE_ROW (row)->picture, gtk_picture_get_paintable (self->picture));
  gtk_widget_set_visible (GTK_WIDGET (REEL_REFERENCE_ROW (row)->picture),
                          gtk_widget_get_visible (GTK_WIDGET (self->picture)));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), list);
  gdk_drag_set_hotspot (drag, self->grabbed_x, self->grabbed_y);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ReelReferenceRow *self)
{
  ReelReferenceRow *other = g_value_get_object (value);

  if (other == NULL || other == self)
    return FALSE;

  g_signal_emit (self, signals[DROP], 0, other);

  return TRUE;
}

static void
reel_reference_row_dispose (GObject *object)
{
  ReelReferenceRow *self = REEL_REFERENCE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_REFERENCE_ROW);

  G_OBJECT_CLASS (reel_reference_row_parent_class)->dispose (object);
}

static void
reel_reference_row_finalize (GObject *object)
{
  g_clear_object (&REEL_REFERENCE_ROW (object)->reference);

  G_OBJECT_CLASS (reel_reference_row_parent_class)->finalize (object);
}

static void
reel_reference_row_class_init (ReelReferenceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reel_reference_row_dispose;
  object_class->finalize = reel_reference_row_finalize;

  /**
   * ReelReferenceRow::remove:
   *
   * The reference is no longer wanted.
   */
  signals[REMOVE] =
      g_signal_new ("remove", REEL_TYPE_REFERENCE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * ReelReferenceRow::move:
   * @steps: -1 for up, 1 for down
   *
   * The reference is to change places.
   */
  signals[MOVE] = g_signal_new ("move", REEL_TYPE_REFERENCE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_INT);

  /**
   * ReelReferenceRow::drop:
   * @other: the row that was dropped on this one
   *
   * Another reference is to take the place of this one.
   */
  signals[DROP] = g_signal_new ("drop", REEL_TYPE_REFERENCE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                REEL_TYPE_REFERENCE_ROW);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, on_move_shortcut, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, on_move_shortcut, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Up, GDK_ALT_MASK, on_move_shortcut, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Down, GDK_ALT_MASK, on_move_shortcut, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_delete_shortcut, NULL);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-reference-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelReferenceRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ReelReferenceRow, picture);
  gtk_widget_class_bind_template_child (widget_class, ReelReferenceRow, handle);
  gtk_widget_class_bind_template_child (widget_class, ReelReferenceRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
reel_reference_row_init (ReelReferenceRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (REEL_TYPE_REFERENCE_ROW, GDK_ACTION_MOVE);

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_widget_set_cursor_from_name (self->handle, "grab");
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
                                  "Alt+Up Alt+Down Delete", -1);
}

/**
 * reel_reference_row_new:
 * @reference: (transfer none): what to show
 * @engine: (nullable) (transfer none): what fetches the picture of an image
 *
 * Makes the row of a reference.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
reel_reference_row_new (ReelReference *reference, ReelEngine *engine)
{
  ReelReferenceRow *self = g_object_new (REEL_TYPE_REFERENCE_ROW, NULL);

  g_return_val_if_fail (REEL_IS_REFERENCE (reference), NULL);

  self->reference = g_object_ref (reference);
  g_set_object (&self->engine, engine);
  show_reference (self);

  return GTK_WIDGET (self);
}

/**
 * reel_reference_row_get_reference:
 *
 * Returns: (transfer none): what is shown
 */
ReelReference *
reel_reference_row_get_reference (ReelReferenceRow *self)
{
  g_return_val_if_fail (REEL_IS_REFERENCE_ROW (self), NULL);

  return self->reference;
}
