/* Opens one video after another in the player, in a window, and prints what the process holds after some of them:
 * open-many COUNT FILE…; a line is: videos, threads, descriptors, resident memory in kB. */

#include "config.h"

#include "reel-player-view.h"
#include "reel-ui.h"

#include <adwaita.h>
#include <gst/gst.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct
{
  GMainLoop *loop;
  ReelPlayer *player;
  char **files;
  int n_files;
  int opened;
  int count;
} Many;

static int
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  int n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* What is in use: not what the C library keeps for later. */
static long
read_memory (void)
{
  g_autofree char *status = NULL;

  malloc_trim (0);
  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;

  return strtol (strstr (status, "VmRSS:") + strlen ("VmRSS:"), NULL, 10);
}

static void
open_next (gpointer data)
{
  Many *many = data;

  if (many->opened > 0 && many->opened % 10 == 0) {
    printf ("%d %d %d %ld\n", many->opened, count_entries ("/proc/self/task"), count_entries ("/proc/self/fd"),
            read_memory ());
    fflush (stdout);
  }
  if (many->opened == many->count) {
    g_main_loop_quit (many->loop);
    return;
  }

  g_autoptr (GFile) file = g_file_new_for_path (many->files[many->opened++ % many->n_files]);

  reel_player_set_file (many->player, file);
  reel_player_play (many->player);
}

/* Each video plays a little, and gives way to the next one. */
static void
on_position (ReelPlayer *player, GParamSpec *pspec, Many *many)
{
  if (reel_player_get_error (player) != NULL) {
    fprintf (stderr, "open-many: %s\n", reel_player_get_error (player)->message);
    exit (1);
  }
  if (reel_player_get_paintable (player) != NULL && reel_player_get_position (player) > G_USEC_PER_SEC / 10) {
    reel_player_pause (player);
    g_idle_add_once (open_next, many);
  }
}

int
main (int argc, char **argv)
{
  Many many = {.loop = g_main_loop_new (NULL, FALSE)};
  g_autoptr (ReelPlayer) player = NULL;
  GtkWidget *window;
  ReelPlayerView *view;

  if (argc < 3)
    return 2;

  gst_init (NULL, NULL);
  adw_init ();
  reel_ui_init ();
  player = reel_player_new ();
  many.player = player;
  many.count = atoi (argv[1]);
  many.files = argv + 2;
  many.n_files = argc - 2;
  view = reel_player_view_new ();
  reel_player_view_set_player (view, player);
  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (player, "notify::position", G_CALLBACK (on_position), &many);
  g_signal_connect (player, "notify::error", G_CALLBACK (on_position), &many);
  g_idle_add_once (open_next, &many);
  g_main_loop_run (many.loop);
  gtk_window_destroy (GTK_WINDOW (window));

  return 0;
}
