#include "config.h"

#include "reel-ui-test.h"

#include "reel-codec.h"
#include "reel-sandbox-models.h"
#include "reel-test.h"
#include "reel-ui.h"

static gboolean
has_name (GtkWidget *widget, const char *name)
{
  g_autofree char *difference = NULL;

  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0)
    return TRUE;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0)
    return TRUE;
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), name) == 0)
    return TRUE;

  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return difference == NULL;
}

/* What another page of a stack covers is not shown. */
static gboolean
is_shown (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return gtk_widget_get_visible (widget) &&
         (!GTK_IS_STACK (parent) || gtk_stack_get_visible_child (GTK_STACK (parent)) == widget);
}

/* In place of GTK's own: its accessible tree for tests (4.18) cannot announce anything, and calls no function at all. What
 * is said is heard by the e2e tests, on the bus. */
void
gtk_accessible_announce (GtkAccessible *self, const char *message, GtkAccessibleAnnouncementPriority priority)
{
  g_assert_true (GTK_IS_ACCESSIBLE (self));
  g_assert_nonnull (message);
}

void
reel_ui_test_init (int *argc, char ***argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  /* Pixels by the processor: Mesa keeps what it has allocated. */
  g_setenv ("GDK_DISABLE", "gl,vulkan", TRUE);
  /* No keyring, and nothing else that the bus would start. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (argc, argv, NULL);
  adw_init ();
  reel_ui_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

GtkWindow *
reel_ui_test_present (GtkWidget *child, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());

  /* The width is that of the content: where nothing composites, a border of the window is taken from its size. */
  gtk_widget_set_size_request (child, width, -1);
  gtk_window_set_default_size (window, width, height);
  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (window);
  reel_test_wait (gtk_widget_get_mapped (child) && gtk_widget_get_width (child) > 0);

  return window;
}

gpointer
reel_ui_test_find (gpointer root, GType type, const char *name)
{
  if (!is_shown (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (name == NULL || has_name (root, name)))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    gpointer found = reel_ui_test_find (child, type, name);

    if (found != NULL)
      return found;
  }

  return NULL;
}

void
reel_ui_test_press (gpointer button)
{
  g_assert_true (GTK_IS_BUTTON (button));
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

gboolean
reel_ui_test_reads (gpointer root, const char *text)
{
  if (!is_shown (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && g_strcmp0 (gtk_label_get_text (root), text) == 0)
    return TRUE;
  if (GTK_IS_INSCRIPTION (root) && g_strcmp0 (gtk_inscription_get_text (root), text) == 0)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (reel_ui_test_reads (child, text))
      return TRUE;

  return FALSE;
}

void
reel_ui_test_assert_description (gpointer widget, const char *description)
{
  g_autofree char *difference =
      gtk_test_accessible_check_property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);

  g_assert_cmpstr (difference, ==, NULL);
}

typedef struct
{
  AdwNavigationPage *page;
  void (*go_back) (gpointer data);
  gpointer data;
  GdkFrameClock *clock; /* until two steps are drawn */
  guint n_drawn;
  guint n_shown;
} Back;

static void
on_step_drawn (Back *back)
{
  gboolean first = ++back->n_drawn == 1;

  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (back->page)));
  g_assert_cmpfloat (gtk_widget_get_opacity (GTK_WIDGET (back->page)), ==, first ? 0 : 1);
  if (first) {
    g_assert_cmpuint (back->n_shown, ==, 0);
  } else {
    g_signal_handlers_disconnect_by_data (back->clock, back);
    back->clock = NULL;
  }
}

/* An animation that begins inside a frame is drawn in it as it begins. */
static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Back *back = data;

  back->clock = clock;
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_step_drawn), back);
  back->go_back (back->data);

  return G_SOURCE_REMOVE;
}

void
reel_ui_test_go_back (AdwNavigationPage *page, GCallback go_back, gpointer data)
{
  Back back = {.page = page, .go_back = (void (*) (gpointer))go_back, .data = data};
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (page));
  gulong shown = g_signal_connect_swapped (page, "shown", G_CALLBACK (reel_ui_test_count), &back.n_shown);

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  gtk_widget_add_tick_callback (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (page))), on_frame, &back, NULL);
  reel_test_wait (back.n_shown == 1 && back.clock == NULL);
  g_assert_cmpfloat (gtk_widget_get_opacity (GTK_WIDGET (page)), ==, 1);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  g_signal_handler_disconnect (page, shown);
}

ReelCatalogue *
reel_ui_test_make_catalogue (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
  ReelCatalogue *catalogue = reel_codec_decode_models (body, &error);

  g_assert_no_error (error);

  return catalogue;
}

ReelCatalogue *
reel_ui_test_make_sandbox_catalogue (void)
{
  g_autofree char *json = reel_sandbox_models_to_json ();

  return reel_ui_test_make_catalogue (json);
}

void
reel_ui_test_store_text (gpointer object, const char *text, GPtrArray *texts)
{
  g_ptr_array_add (texts, g_strdup (text));
}

void
reel_ui_test_count (guint *count)
{
  (*count)++;
}
