#include "config.h"

#include "reel-clip.h"
#include "reel-compose-view.h"
#include "reel-dnd-test.h"
#include "reel-engine-fixture.h"
#include "reel-gst-file-probe.h"
#include "reel-label.h"
#include "reel-test.h"
#include "reel-ui-test.h"
#include "reel-window.h"

#include <gst/gst.h>
#include <string.h>

/* Saved videos that are dropped on the window. */
typedef struct
{
  ReelEngineFixture engine;
  ReelPosterCache *posters;
  GSettings *settings;
  ReelWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = NULL;

  reel_engine_fixture_init (&fixture->engine);
  fixture->engine.probe = reel_gst_file_probe_new ();
  reel_engine_fixture_start (&fixture->engine);
  folder = g_file_new_build_filename (fixture->engine.folder, "posters", NULL);
  fixture->posters = reel_poster_cache_new (folder);
  fixture->settings = g_settings_new (REEL_APPLICATION_ID);
  fixture->window = g_object_ref_sink (
      reel_window_new (NULL, fixture->settings, fixture->engine.engine, fixture->posters, fixture->engine.library));
  gtk_window_present (GTK_WINDOW (fixture->window));
  reel_test_wait (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer left = fixture->window;

  g_object_add_weak_pointer (left, &left);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  reel_test_wait (left == NULL);
  g_object_unref (fixture->posters);
  g_object_unref (fixture->settings);
  reel_engine_fixture_clear (&fixture->engine);
}

/* The smallest file that is of the MP4 family, with a label where there is one. */
static GFile *
make_file (Fixture *fixture, const char *name, const char *label)
{
  g_autoptr (GBytes) box = label != NULL ? reel_label_wrap (label) : NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *)"\0\0\0\20ftypmp42\0\0\0\0\0\0\0\10moov", 24);
  if (box != NULL)
    g_byte_array_append (bytes, g_bytes_get_data (box, NULL), (guint)g_bytes_get_size (box));

  return reel_clip_write (fixture->engine.folder, name, bytes->data, bytes->len);
}

static ReelRequest *
get_draft (Fixture *fixture)
{
  return reel_engine_get_draft (fixture->engine.engine);
}

static gboolean
reads (Fixture *fixture, const char *text)
{
  return reel_ui_test_reads (fixture->window, text);
}

#define LABEL                                                                                                          \
  "{\"seedreel\":1,\"model\":\"seedance-2.0\",\"prompt\":\"A paper boat\",\"duration\":8,\"aspectRatio\":\"9:16\","    \
  "\"resolution\":\"720p\",\"mediaUrls\":[\"https://example.com/a.png\"]}"

/* Anywhere on the window, the form too. */
static void
test_filled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = make_file (fixture, "boat.mp4", LABEL);
  GtkWidget *widget =
      data != NULL ? reel_ui_test_find (fixture->window, REEL_TYPE_COMPOSE_VIEW, NULL) : GTK_WIDGET (fixture->window);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.new-video", NULL);
  reel_request_set_prompt (get_draft (fixture), "Another one");
  reel_request_set_webhook_url (get_draft (fixture), "https://example.com/hook");
  g_assert_true (reel_dnd_test_drop (widget, file));
  reel_test_wait (reads (fixture, "The form has the settings of “boat.mp4”"));
  g_assert_cmpstr (reel_request_get_prompt (get_draft (fixture)), ==, "A paper boat");
  g_assert_cmpstr (reel_request_get_model (get_draft (fixture)), ==, "seedance-2.0");
  g_assert_cmpuint (reel_request_get_duration (get_draft (fixture)), ==, 8);
  g_assert_cmpstr (reel_request_get_aspect_ratio (get_draft (fixture)), ==, "9:16");
  g_assert_null (reel_request_get_webhook_url (get_draft (fixture)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reel_request_get_references (get_draft (fixture)))), ==, 1);
}

/* What does not say, and what says nonsense, changes nothing and is told in a sentence. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mine = g_strdup ("My own words");
  g_autoptr (GFile) plain = make_file (fixture, "plain.mp4", NULL);
  g_autoptr (GFile) bad = make_file (fixture, "bad.mp4", "{\"seedreel\":1,\"prompt\":[1]}");
  g_autoptr (GFile) rubbish = make_file (fixture, "rubbish.mp4", "\x01\x02<xml>");
  g_autoptr (GFile) text = reel_clip_write (fixture->engine.folder, "text\n<b>.txt", "some text", 9);
  g_autoptr (GFile) missing = g_file_new_build_filename (fixture->engine.folder, "missing.mp4", NULL);
  g_autoptr (GFile) cut = reel_clip_write (fixture->engine.folder, "cut.mp4", "\0\0\0\20ftypmp42", 12);
  const struct
  {
    GFile *file;
    const char *sentence;
  } cases[] = {
      {plain, "“plain.mp4” does not say what it was made with"},
      {bad, "The settings in “bad.mp4” cannot be used"},
      {rubbish, "The settings in “rubbish.mp4” cannot be used"},
      {text, "“text <b>.txt” is no MP4 video"},
      {missing, "“missing.mp4” could not be read"},
      {cut, "“cut.mp4” is cut off and does not say what it was made with"},
  };

  reel_request_set_prompt (get_draft (fixture), mine);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_true (reel_dnd_test_drop (GTK_WIDGET (fixture->window), cases[i].file));
    reel_test_wait (reads (fixture, cases[i].sentence));
    adw_toast_overlay_dismiss_all (reel_ui_test_find (fixture->window, ADW_TYPE_TOAST_OVERLAY, NULL));
    g_assert_cmpstr (reel_request_get_prompt (get_draft (fixture)), ==, mine);
  }
}

/* A link from a browser is a reference on the form, and nothing anywhere else. */
static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) link = g_file_new_for_uri ("https://example.com/a.png");

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.new-video", NULL);
  g_assert_false (reel_dnd_test_drop (GTK_WIDGET (fixture->window), link));
  g_assert_true (reel_dnd_test_drop (reel_ui_test_find (fixture->window, REEL_TYPE_COMPOSE_VIEW, NULL), link));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reel_request_get_references (get_draft (fixture)))), ==, 1);
}

/* The window closes while a file is read. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = make_file (fixture, "boat.mp4", LABEL);

  g_assert_true (reel_dnd_test_drop (GTK_WIDGET (fixture->window), file));
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);

#define ADD(path, data, function) g_test_add ("/ui/refill/" path, Fixture, data, set_up, function, tear_down)
  ADD ("window", NULL, test_filled);
  ADD ("form", "form", test_filled);
  ADD ("refused", NULL, test_refused);
  ADD ("link", NULL, test_link);
  ADD ("closed", NULL, test_closed);

  return g_test_run ();
}
