#include "config.h"

#include "reel-window.h"

#include "reel-ui.h"

/**
 * ReelWindow:
 *
 * The window: compose at the left, the history in the middle, the chosen job at the right.
 */
struct _ReelWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (ReelWindow, reel_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_SETTINGS = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
reel_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelWindow *self = REEL_WINDOW (object);

  switch (id) {
  case PROP_SETTINGS:
    self->settings = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_window_dispose (GObject *object)
{
  ReelWindow *self = REEL_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_WINDOW);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (reel_window_parent_class)->dispose (object);
}

static void
reel_window_class_init (ReelWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = reel_window_set_property;
  object_class->dispose = reel_window_dispose;

  /**
   * ReelWindow:settings:
   *
   * The settings of the application.
   */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-window.ui");
}

static void
reel_window_init (ReelWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_window_new:
 * @application: the application
 * @settings: its settings
 *
 * Makes the window.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
ReelWindow *
reel_window_new (GtkApplication *application, GSettings *settings)
{
  return g_object_new (REEL_TYPE_WINDOW, "application", application, "settings", settings, NULL);
}
