/* The least that a libadwaita application can show: what `./dev bench start` measures Seedreel against. */

#include <adwaita.h>

static void
show_window (GtkApplication *application)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "application", application, "default-width", 1280,
                                    "default-height", 820, "content", view, NULL);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), adw_status_page_new ());
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("io.github.seedreel.Minimal", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (show_window), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
