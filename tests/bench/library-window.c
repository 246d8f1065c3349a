/* Runs the real application over the history that is there, and works it as a person does: library-window, with the
 * monotonic time of its start (microseconds) in REEL_BENCH_START. Prints one line of name=value for each thing measured:
 *
 *   first_row_ms   from the start to the frame that shows the first row
 *   rss_kib        the memory at rest after that
 *   key_ms         from a keystroke in the search to the frame that shows its rows, one line for each
 *   frame_ms       the main thread's work for one frame of the scroll, one line for each
 *   interval_ms    from one frame of the scroll to the next, one line for each */

#include "config.h"

#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>

#include "reel-application.h"
#include "reel-compose-view.h"
#include "reel-engine.h"
#include "reel-window.h"

#define SCROLL_FRAMES 600
#define SCROLL_STEP   25   /* pixels a frame */
#define REST          2000 /* milliseconds: pictures of the first rows are made meanwhile */

typedef enum
{
  WAIT_FOR_ROW,
  AT_REST,
  SEARCH,
  SCROLL,
} Phase;

typedef struct
{
  GtkWindow *window;
  ReelHistory *history;
  GtkWidget *view;
  GtkEditable *search;
  GtkAdjustment *adjustment;
  Phase phase;
  guint n_typed;
  guint n_changes; /* of the history, after the key; that it is emptied is none */
  gint64 key_at;
  gint64 frame_at;
  gint64 last_frame;
  guint n_frames;
} Bench;

static const char *const words[] = {"paper", "thuyen", "lichen", "take 77", "rain on a"};

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type);

    if (found != NULL)
      return found;
  }

  return NULL;
}

/* A row is there when it has words: a job that was not read yet has none. */
static gboolean
shows_row (GtkWidget *root)
{
  const char *text = GTK_IS_INSCRIPTION (root) ? gtk_inscription_get_text (GTK_INSCRIPTION (root)) : NULL;

  if (text != NULL && gtk_widget_get_mapped (root) && strstr (text, ", take ") != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows_row (child))
      return TRUE;

  return FALSE;
}

static long
read_rss (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  line = text != NULL ? strstr (text, "VmRSS:") : NULL;

  return line != NULL ? strtol (line + 6, NULL, 10) : 0;
}

/* The next key: a word is typed letter by letter, then taken away. */
static gboolean
type_next (Bench *self)
{
  guint at = self->n_typed++;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    guint length = (guint)strlen (words[i]) + 1;

    if (at < length) {
      g_autofree char *text = g_strndup (words[i], at + 1 == length ? 0 : at + 1);

      self->n_changes = 0;
      self->key_at = g_get_monotonic_time ();
      gtk_editable_set_text (self->search, text);
      return TRUE;
    }
    at -= length;
  }

  return FALSE;
}

/* Whether what is shown is what was typed. */
static gboolean
shows_search (Bench *self)
{
  g_autofree char *asked = g_strdup (reel_history_get_query (self->history)->search);
  g_autofree char *typed = g_strdup (gtk_editable_get_text (self->search));

  /* The first rows are there before all of them are. */
  return (self->n_changes > 0 || !reel_history_get_loading (self->history)) &&
         g_str_equal (asked != NULL ? g_strstrip (asked) : "", g_strstrip (typed)) &&
         (g_list_model_get_n_items (G_LIST_MODEL (self->history)) == 0 || shows_row (self->view));
}

static void
begin_scroll (Bench *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (self->view, GTK_TYPE_SCROLLED_WINDOW);

  self->phase = SCROLL;
  self->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_set_value (self->adjustment, 0);
}

static void
on_items_changed (GListModel *history, guint position, guint removed, guint added, Bench *self)
{
  self->n_changes += added > 0;
}

static void
on_rested (gpointer data)
{
  Bench *self = data;

  printf ("rss_kib=%ld\n", read_rss ());
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.search", NULL);
  self->search = GTK_EDITABLE (find (GTK_WIDGET (self->window), GTK_TYPE_SEARCH_ENTRY));
  if (self->search == NULL)
    g_error ("There is no search");
  self->phase = SEARCH;
  type_next (self);
}

static ReelHistory *
get_history (Bench *self)
{
  g_autoptr (ReelEngine) engine = NULL;

  g_object_get (find (GTK_WIDGET (self->window), REEL_TYPE_COMPOSE_VIEW), "engine", &engine, NULL);

  return reel_engine_get_history (engine);
}

static void
on_before_paint (GdkFrameClock *clock, Bench *self)
{
  self->frame_at = g_get_monotonic_time ();
}

static void
on_after_paint (GdkFrameClock *clock, Bench *self)
{
  gint64 now = g_get_monotonic_time ();

  switch (self->phase) {
  case WAIT_FOR_ROW:
    if (self->view == NULL)
      self->view = find (GTK_WIDGET (self->window), GTK_TYPE_LIST_VIEW);
    if (self->view == NULL || !gtk_widget_get_mapped (self->view) || !shows_row (self->view))
      return;
    printf ("first_row_ms=%.1f\n", (double)(now - g_ascii_strtoll (g_getenv ("REEL_BENCH_START"), NULL, 10)) / 1000.0);
    self->history = get_history (self);
    g_signal_connect (self->history, "items-changed", G_CALLBACK (on_items_changed), self);
    self->phase = AT_REST;
    g_timeout_add_once (REST, on_rested, self);
    return;

  case SEARCH:
    if (!shows_search (self))
      return;
    printf ("key_ms=%.1f\n", (double)(now - self->key_at) / 1000.0);
    if (!type_next (self))
      begin_scroll (self);
    return;

  case SCROLL:
    if (self->n_frames++ > 1) {
      printf ("frame_ms=%.2f\n", (double)(now - self->frame_at) / 1000.0);
      printf ("interval_ms=%.2f\n", (double)(now - self->last_frame) / 1000.0);
    }
    self->last_frame = now;
    if (self->n_frames > SCROLL_FRAMES)
      gtk_window_close (self->window);
    else
      gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + SCROLL_STEP);
    return;

  case AT_REST:
  default:
    return;
  }
}

/* Frames come all the time, as while something moves: what is measured is not the wait for the first of them. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
on_map (GtkWidget *window, Bench *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), self);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), self);
  gtk_widget_add_tick_callback (window, on_tick, NULL, NULL);
}

static void
on_window_added (GtkApplication *application, GtkWindow *window, Bench *self)
{
  if (!REEL_IS_WINDOW (window))
    return;

  self->window = window;
  g_signal_connect (window, "map", G_CALLBACK (on_map), self);
}

int
main (int argc, char **argv)
{
  Bench self = {0};
  g_autoptr (ReelApplication) application = reel_application_new (NULL, NULL);

  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), &self);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
