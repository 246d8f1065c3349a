/* A library for LD_PRELOAD that tells what the accessible tree cannot: at SIGUSR1 the program writes all that its window
 * shows to the file of REEL_PROBE_FILE, as JSON: where each widget lies, what is cut from it, how its text is drawn. Where
 * an action stands in that file already, it takes that first, as a menu would.
 *
 * Rectangles are in the pixels of the application, from the corner of the X window. "shown" is what the widgets around it
 * leave of one. Where a dialog is open, it alone is told of. */

#include <adwaita.h>
#include <glib-unix.h>
#include <json-glib/json-glib.h>

#define ROUNDING 1.0F /* pixels */

typedef struct
{
  JsonBuilder *json;
  GtkWidget *surface_widget; /* the window or popover whose surface it is drawn on */
  graphene_point_t origin;   /* of that widget's coordinates */
  graphene_rect_t clip;
  float opacity;
} Place;

static void
add_rectangle (JsonBuilder *json, const char *name, const graphene_rect_t *rectangle)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  json_builder_add_double_value (json, rectangle->origin.x);
  json_builder_add_double_value (json, rectangle->origin.y);
  json_builder_add_double_value (json, rectangle->size.width);
  json_builder_add_double_value (json, rectangle->size.height);
  json_builder_end_array (json);
}

static void
add_text (JsonBuilder *json, const char *name, const char *text)
{
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, text);
}

static void
add_number (JsonBuilder *json, const char *name, double number)
{
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, number);
}

static void
add_truth (JsonBuilder *json, const char *name, gboolean truth)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, truth);
}

static void
add_classes (JsonBuilder *json, GtkWidget *widget)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);

  json_builder_set_member_name (json, "classes");
  json_builder_begin_array (json);
  for (guint i = 0; classes[i] != NULL; i++)
    json_builder_add_string_value (json, classes[i]);
  json_builder_end_array (json);
}

/* The word inside which a line begins, NULL where there is none. */
static char *
dup_broken_word (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);
  int n_attributes;
  const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly (layout, &n_attributes);

  for (GSList *each = pango_layout_get_lines_readonly (layout); each != NULL; each = each->next) {
    PangoLayoutLine *line = each->data;
    long place = g_utf8_pointer_to_offset (text, text + pango_layout_line_get_start_index (line));

    if (place > 0 && place < n_attributes && !attributes[place].is_line_break &&
        !attributes[place].is_mandatory_break) {
      long first = place, end = place;

      while (first > 0 && !attributes[first].is_line_break)
        first--;
      while (end < n_attributes - 1 && !attributes[end].is_line_break)
        end++;
      return g_utf8_substring (text, first, end);
    }
  }

  return NULL;
}

static void
add_font (JsonBuilder *json, GtkWidget *widget, PangoLayout *layout)
{
  const PangoFontDescription *font = pango_layout_get_font_description (layout);
  int size, weight;

  if (font == NULL)
    font = pango_context_get_font_description (pango_layout_get_context (layout));
  size = pango_font_description_get_size (font);
  weight = pango_font_description_get_weight (font);
  /* Sizes are in points, unless they are absolute. */
  add_number (json, "font-pixels",
              (double)size / PANGO_SCALE *
                  (pango_font_description_get_size_is_absolute (font)
                       ? 1.0
                       : pango_cairo_context_get_resolution (pango_layout_get_context (layout)) / 72.0));
  add_number (json, "weight", weight);
}

static void
add_layout (JsonBuilder *json, GtkWidget *widget, const char *text, PangoLayout *layout)
{
  g_autofree char *broken = dup_broken_word (layout);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  add_text (json, "text", text);
  add_truth (json, "ellipsized", pango_layout_is_ellipsized (layout));
  add_text (json, "broken-word", broken != NULL ? broken : "");
  add_number (json, "text-width", width);
  add_number (json, "text-height", height);
  add_font (json, widget, layout);
}

static PangoLayout *
make_layout (GtkInscription *inscription, const char *text)
{
  GtkWidget *widget = GTK_WIDGET (inscription);
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);

  pango_layout_set_attributes (layout, gtk_inscription_get_attributes (inscription));
  pango_layout_set_width (layout, gtk_widget_get_width (widget) * PANGO_SCALE);
  pango_layout_set_height (layout, gtk_widget_get_height (widget) * PANGO_SCALE);
  pango_layout_set_wrap (layout, gtk_inscription_get_wrap_mode (inscription));
  if (gtk_inscription_get_text_overflow (inscription) == GTK_INSCRIPTION_OVERFLOW_CLIP)
    pango_layout_set_width (layout, -1);
  else
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);

  return layout;
}

/* Whether the first of the words that a dot parts would be cut, with the ellipsis that stands for the rest. */
static gboolean
cuts_first (GtkInscription *inscription, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " · ", 2);
  g_autofree char *first = g_strconcat (parts[0], "…", NULL);
  g_autoptr (PangoLayout) layout = make_layout (inscription, first);

  return pango_layout_is_ellipsized (layout);
}

/* An inscription keeps its layout for itself: one as it makes it. */
static void
add_inscription (JsonBuilder *json, GtkInscription *inscription)
{
  const char *text = gtk_inscription_get_text (inscription);
  g_autoptr (PangoLayout) layout = make_layout (inscription, text);

  add_layout (json, GTK_WIDGET (inscription), text != NULL ? text : "", layout);
  add_truth (json, "cuts-first", text != NULL && cuts_first (inscription, text));
}

static void
add_what_is_drawn (JsonBuilder *json, GtkWidget *widget)
{
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  json_builder_set_member_name (json, "color");
  json_builder_begin_array (json);
  json_builder_add_double_value (json, color.red);
  json_builder_add_double_value (json, color.green);
  json_builder_add_double_value (json, color.blue);
  json_builder_add_double_value (json, color.alpha);
  json_builder_end_array (json);

  if (GTK_IS_LABEL (widget)) {
    add_layout (json, widget, gtk_label_get_text (GTK_LABEL (widget)), gtk_label_get_layout (GTK_LABEL (widget)));
  } else if (GTK_IS_INSCRIPTION (widget)) {
    add_inscription (json, GTK_INSCRIPTION (widget));
  } else if (GTK_IS_IMAGE (widget)) {
    const char *icon = gtk_image_get_icon_name (GTK_IMAGE (widget));

    add_text (json, "icon", icon != NULL ? icon : "");
  }
}

/* Whether a click on its middle would meet something else, that lies over it. */
static gboolean
is_covered (const Place *place, GtkWidget *widget, const graphene_rect_t *shown)
{
  GtkWidget *met = gtk_widget_pick (place->surface_widget, shown->origin.x + shown->size.width / 2 - place->origin.x,
                                    shown->origin.y + shown->size.height / 2 - place->origin.y,
                                    GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);

  return met == NULL ||
         (met != widget && !gtk_widget_is_ancestor (met, widget) && !gtk_widget_is_ancestor (widget, met));
}

/* Where more of it can be had by scrolling. */
static gboolean
scrolls (GtkWidget *widget, GtkOrientation orientation)
{
  GtkAdjustment *adjustment;

  if (!GTK_IS_SCROLLABLE (widget))
    return FALSE;

  adjustment = orientation == GTK_ORIENTATION_HORIZONTAL ? gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (widget))
                                                         : gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));

  return adjustment != NULL && gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_lower (adjustment) >
                                   gtk_adjustment_get_page_size (adjustment) + ROUNDING;
}

static gboolean
is_in_scrolled (GtkWidget *widget)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL; parent = gtk_widget_get_parent (parent))
    if (scrolls (parent, GTK_ORIENTATION_VERTICAL))
      return TRUE;

  return FALSE;
}

static void walk (GtkWidget *widget, Place place);

static void
walk_children (GtkWidget *widget, Place place)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && gtk_widget_get_child_visible (child))
      walk (child, place);
}

/* What a popover draws on is a surface of its own. */
static void
enter_surface (GtkNative *native, Place *place)
{
  GdkSurface *surface = gtk_native_get_surface (native);
  double x, y;

  gtk_native_get_surface_transform (native, &x, &y);
  place->surface_widget = GTK_WIDGET (native);
  place->origin = GRAPHENE_POINT_INIT ((float)x, (float)y);
  if (GDK_IS_POPUP (surface))
    graphene_point_init (&place->origin, (float)(x + gdk_popup_get_position_x (GDK_POPUP (surface))),
                         (float)(y + gdk_popup_get_position_y (GDK_POPUP (surface))));
  place->clip = GRAPHENE_RECT_INIT (place->origin.x, place->origin.y, (float)gtk_widget_get_width (GTK_WIDGET (native)),
                                    (float)gtk_widget_get_height (GTK_WIDGET (native)));
}

static void
walk (GtkWidget *widget, Place place)
{
  graphene_rect_t bounds, shown;

  if (GTK_IS_NATIVE (widget))
    enter_surface (GTK_NATIVE (widget), &place);
  if (!gtk_widget_compute_bounds (widget, place.surface_widget, &bounds))
    return;
  graphene_rect_offset (&bounds, place.origin.x, place.origin.y);
  if (!graphene_rect_intersection (&bounds, &place.clip, &shown))
    shown = GRAPHENE_RECT_INIT (bounds.origin.x, bounds.origin.y, 0, 0);
  place.opacity *= (float)gtk_widget_get_opacity (widget);

  json_builder_begin_object (place.json);
  add_text (place.json, "type", G_OBJECT_TYPE_NAME (widget));
  add_text (place.json, "css-name", gtk_widget_get_css_name (widget));
  add_classes (place.json, widget);
  add_rectangle (place.json, "bounds", &bounds);
  add_rectangle (place.json, "shown", &shown);
  add_truth (place.json, "covered", shown.size.width > 0 && is_covered (&place, widget, &shown));
  add_truth (place.json, "scrolled", is_in_scrolled (widget));
  add_truth (place.json, "scrolls-sideways", scrolls (widget, GTK_ORIENTATION_HORIZONTAL));
  add_truth (place.json, "sensitive", gtk_widget_is_sensitive (widget));
  add_number (place.json, "opacity", (double)place.opacity);
  add_number (place.json, "width", gtk_widget_get_width (widget));
  add_number (place.json, "height", gtk_widget_get_height (widget));
  add_what_is_drawn (place.json, widget);
  json_builder_set_member_name (place.json, "children");
  json_builder_begin_array (place.json);
  if (gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN)
    place.clip = shown;
  walk_children (widget, place);
  json_builder_end_array (place.json);
  json_builder_end_object (place.json);
}

static GtkWindow *
find_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_APPLICATION_WINDOW (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
      return window;
  }

  return NULL;
}

/* What is looked at: the dialog that lies over the rest, where there is one. */
static GtkWidget *
find_top (GtkWindow *window)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  return dialog != NULL ? GTK_WIDGET (dialog) : GTK_WIDGET (window);
}

static void
write_window (JsonBuilder *json, GtkWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  Place place = {.json = json, .opacity = 1};

  enter_surface (GTK_NATIVE (window), &place);
  json_builder_begin_object (json);
  add_number (json, "x", (double)place.origin.x);
  add_number (json, "y", (double)place.origin.y);
  add_number (json, "width", gtk_widget_get_width (GTK_WIDGET (window)));
  add_number (json, "height", gtk_widget_get_height (GTK_WIDGET (window)));
  add_number (json, "frames", (double)gdk_frame_clock_get_frame_counter (clock));
  json_builder_set_member_name (json, "root");
  walk (find_top (window), place);
  json_builder_end_object (json);
}

/* An action of whatever the window shows. */
static gboolean
take_action (GtkWidget *widget, const char *name, GVariant *target)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && take_action (child, name, target))
      return TRUE;

  return gtk_widget_activate_action_variant (widget, name, target);
}

static void
take_what_stands (const char *path, GtkWindow *window)
{
  g_autofree char *text = NULL, *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;

  if (!g_action_parse_detailed_name (text, &name, &target, &error))
    g_error ("%s", error->message);
  if (!take_action (find_top (window), name, target))
    g_error ("No action %s", text);
}

static gboolean
on_signal (gpointer data)
{
  const char *path = g_getenv ("REEL_PROBE_FILE");
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GtkWindow *window = find_window ();

  if (window != NULL) {
    take_what_stands (path, window);
    write_window (json, window);
  } else {
    json_builder_add_null_value (json);
  }
  root = json_builder_get_root (json);
  text = json_to_string (root, FALSE);
  /* The file is there when it is whole. */
  if (!g_file_set_contents (path, text, -1, &error))
    g_error ("%s", error->message);

  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
watch (void)
{
  if (g_getenv ("REEL_PROBE_FILE") != NULL)
    g_unix_signal_add (SIGUSR1, on_signal, NULL);
}
