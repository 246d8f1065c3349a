#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "reel-application.h"

/* Takes a variable out of the environment, so that no child process and nobody who looks at this one sees it. */
static char *
take_variable (const char *name)
{
  char *value = getenv (name);
  char *copy = g_strdup (value != NULL && *value != '\0' ? value : NULL);

  if (value != NULL)
    explicit_bzero (value, strlen (value));
  g_unsetenv (name);

  return copy;
}

int
main (int argc, char **argv)
{
  g_autofree char *base_url = take_variable ("SEEDREEL_BASE_URL");
  g_autofree char *api_key = take_variable ("SEEDREEL_API_KEY");
  const char *locale_dir = g_getenv ("SEEDREEL_LOCALE_DIR");
  g_autoptr (ReelApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : REEL_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = reel_application_new (base_url, api_key);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
