#include "config.h"

#include "reel-file-drag.h"

/* The larger side of what hangs at the pointer, pixels before scaling. */
#define ICON_SIZE 160.0

/* Where a file comes from, and what it looks like. */
typedef struct
{
  GtkWidget *picture; /* inside the widget, or the widget */
  ReelFileDragDup dup_file;
  gpointer data;
} Origin;

static void
origin_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, Origin *origin)
{
  g_autoptr (GFile) file = origin->dup_file (origin->data);
  g_auto (GValue) value = G_VALUE_INIT;

  if (file == NULL)
    return NULL;

  /* GTK gives it to other programs as text/uri-list, and through the portal to those in a sandbox. */
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (&file, 1));

  return gdk_content_provider_new_for_value (&value);
}

/* The picture as it is now, and small. */
static GdkPaintable *
make_icon (GtkWidget *picture)
{
  g_autoptr (GdkPaintable) live = gtk_widget_paintable_new (picture);
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (live);
  double width = gtk_widget_get_width (picture), height = gtk_widget_get_height (picture);
  double scale = MIN (1.0, ICON_SIZE / MAX (1.0, MAX (width, height)));
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (still, snapshot, width * scale, height * scale);

  return gtk_snapshot_free_to_paintable (snapshot,
                                         &GRAPHENE_SIZE_INIT ((float)(width * scale), (float)(height * scale)));
}

static void
on_begin (GtkDragSource *source, GdkDrag *drag, Origin *origin)
{
  g_autoptr (GdkPaintable) icon = make_icon (origin->picture);

  if (icon != NULL)
    gtk_drag_source_set_icon (source, icon, gdk_paintable_get_intrinsic_width (icon) / 2,
                              gdk_paintable_get_intrinsic_height (icon) / 2);
}

/**
 * reel_file_drag_add:
 * @widget: where a drag begins
 * @picture: what the file looks like: the widget, or one inside it
 * @dup_file: gives the file
 * @data: for @dup_file; it lives as long as the widget
 *
 * Lets a file be dragged out of the window as a copy.
 */
void
reel_file_drag_add (GtkWidget *widget, GtkWidget *picture, ReelFileDragDup dup_file, gpointer data)
{
  GtkDragSource *source = gtk_drag_source_new ();
  Origin *origin = g_new0 (Origin, 1);

  origin->picture = picture;
  origin->dup_file = dup_file;
  origin->data = data;
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_data (source, "prepare", G_CALLBACK (on_prepare), origin, origin_free, G_CONNECT_DEFAULT);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_begin), origin);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
}
