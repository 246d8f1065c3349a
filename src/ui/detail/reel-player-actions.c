#include "config.h"

#include "reel-player-actions.h"

#include <math.h>

#include "reel-player-view.h"

/* The speeds of the menu, and those between them that the keys reach too. */
static const double speeds[] = {0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0};

static ReelPlayer *
get_player (GtkWidget *widget)
{
  return reel_player_view_get_player (REEL_PLAYER_VIEW (widget));
}

static void
on_toggle (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelPlayer *player = get_player (widget);

  if (player == NULL)
    return;

  if (reel_player_get_playing (player))
    reel_player_pause (player);
  else
    reel_player_play (player);
}

static void
on_step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelPlayer *player = get_player (widget);

  if (player != NULL)
    reel_player_step (player, g_variant_get_int32 (parameter));
}

static void
on_skip (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelPlayer *player = get_player (widget);

  if (player != NULL)
    reel_player_seek (player,
                      reel_player_get_position (player) + (gint64)g_variant_get_int32 (parameter) * G_USEC_PER_SEC);
}

static void
on_seek (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelPlayer *player = get_player (widget);

  if (player != NULL)
    reel_player_seek (player, g_variant_get_int64 (parameter));
}

static void
on_switch (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelPlayer *player = get_player (widget);
  const char *property = g_variant_get_string (parameter, NULL);
  gboolean active;

  if (player == NULL)
    return;

  g_object_get (player, property, &active, NULL);
  g_object_set (player, property, !active, NULL);
}

static void
on_volume (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelPlayer *player = get_player (widget);
  double volume;

  if (player == NULL)
    return;

  g_object_get (player, "volume", &volume, NULL);
  g_object_set (player, "volume", CLAMP (volume + g_variant_get_double (parameter), 0.0, 1.0), "muted", FALSE, NULL);
}

/* To the next of the speeds, from the nearest one. */
static void
on_faster (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelPlayer *player = get_player (widget);
  int nearest = 0;
  double rate;

  if (player == NULL)
    return;

  g_object_get (player, "rate", &rate, NULL);
  for (int i = 1; i < (int)G_N_ELEMENTS (speeds); i++)
    if (fabs (speeds[i] - rate) < fabs (speeds[nearest] - rate))
      nearest = i;
  nearest = CLAMP (nearest + g_variant_get_int32 (parameter), 0, (int)G_N_ELEMENTS (speeds) - 1);
  g_object_set (player, "rate", speeds[nearest], NULL);
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* A dialog that was closed is no failure, and any other has told so itself. */
  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error))
    g_debug ("open with: %s", error->message);
}

static void
on_open_with (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelPlayer *player = get_player (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (player == NULL || reel_player_get_file (player) == NULL)
    return;

  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (reel_player_get_file (player));

  gtk_file_launcher_set_always_ask (launcher, TRUE);
  gtk_file_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_launched, NULL);
}

static void
add_keys (GtkWidgetClass *klass)
{
  const struct
  {
    guint key;
    const char *action;
    const char *parameter;
  } keys[] = {
      {GDK_KEY_space, "player.toggle", NULL},
      {GDK_KEY_KP_Space, "player.toggle", NULL},
      {GDK_KEY_k, "player.toggle", NULL},
      {GDK_KEY_Left, "player.skip", "-1"},
      {GDK_KEY_Right, "player.skip", "1"},
      {GDK_KEY_Up, "player.volume", "0.05"},
      {GDK_KEY_Down, "player.volume", "-0.05"},
      {GDK_KEY_comma, "player.step", "-1"},
      {GDK_KEY_period, "player.step", "1"},
      {GDK_KEY_less, "player.faster", "-1"},
      {GDK_KEY_greater, "player.faster", "1"},
      {GDK_KEY_Home, "player.seek", "int64 0"},
      {GDK_KEY_End, "player.seek", "int64 0x7fffffffffffffff"},
      {GDK_KEY_Page_Up, "win.previous-video", NULL},
      {GDK_KEY_KP_Page_Up, "win.previous-video", NULL},
      {GDK_KEY_Page_Down, "win.next-video", NULL},
      {GDK_KEY_KP_Page_Down, "win.next-video", NULL},
      {GDK_KEY_m, "player.switch", "'muted'"},
      {GDK_KEY_l, "player.switch", "'loop'"},
      {GDK_KEY_f, "win.fullscreen-player", NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GtkShortcut) shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0), gtk_named_action_new (keys[i].action));

    if (keys[i].parameter != NULL)
      gtk_shortcut_set_arguments (shortcut, g_variant_new_parsed (keys[i].parameter));
    gtk_widget_class_add_shortcut (klass, shortcut);
  }
}

/**
 * reel_player_actions_install:
 * @klass: the class of ReelPlayerView
 *
 * Gives the view its `player.` actions and their keys.
 */
void
reel_player_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "player.toggle", NULL, on_toggle);
  gtk_widget_class_install_action (klass, "player.step", "i", on_step);
  gtk_widget_class_install_action (klass, "player.skip", "i", on_skip);
  gtk_widget_class_install_action (klass, "player.seek", "x", on_seek);
  gtk_widget_class_install_action (klass, "player.switch", "s", on_switch);
  gtk_widget_class_install_action (klass, "player.volume", "d", on_volume);
  gtk_widget_class_install_action (klass, "player.faster", "i", on_faster);
  gtk_widget_class_install_action (klass, "player.open-with", NULL, on_open_with);
  add_keys (klass);
}
