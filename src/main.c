#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "reel-application.h"

int
main (int argc, char **argv)
{
  const char *locale_dir = g_getenv ("SEEDREEL_LOCALE_DIR");
  g_autoptr (ReelApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : REEL_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = reel_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
