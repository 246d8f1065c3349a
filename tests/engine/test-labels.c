#include "config.h"

#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-label-codec.h"
#include "reel-label.h"
#include "reel-service-script.h"
#include "reel-test.h"

#include <glib/gstdio.h>

#define SIZE (20 << 10)

typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
  GBytes *video;
  GBytes *label;
} World;

static ReelJobRecord *
make_record (World *world)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, "12345678-job", "req_1");

  record->status = REEL_SERVICE_SUCCEEDED;
  g_set_str (&record->status_text, "succeeded");
  record->file_state = REEL_FILE_DOWNLOADING;
  record->output_url = g_strconcat (reel_fault_server_get_base_url (world->server), "/v.mp4", NULL);

  return record;
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (ReelJobRecord) record = NULL;
  g_autofree char *text = NULL;

  reel_engine_fixture_init (&world->fixture);
  world->server = reel_fault_server_new (NULL);
  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  world->fixture.probe = reel_box_probe_new ();
  reel_box_probe_set_labels (world->fixture.probe, REEL_BOX_PROBE_LABELS);
  world->video = reel_box_probe_make_video (SIZE);
  reel_script_add_models (world->server);

  record = make_record (world);
  text = reel_label_codec_encode (record);
  world->label = reel_label_wrap (text);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_bytes_unref (world->label);
  g_bytes_unref (world->video);
  g_object_unref (world->server);
}

static ReelFaultAnswer *
add_video (World *world)
{
  ReelFaultAnswer *answer = reel_script_add_file (world->server, "/v.mp4", world->video);

  reel_fault_answer_set_ranges (answer);

  return answer;
}

/* The file is the video as it came, with its label or without, and what is written down of it is true. */
static void
assert_saved (World *world, ReelJob *job, gboolean labelled)
{
  g_autoptr (GByteArray) wanted = g_byte_array_new ();
  g_autofree char *contents = NULL, *digest = NULL, *names = NULL;
  const ReelJobRecord *record;
  gsize length;

  g_byte_array_append (wanted, g_bytes_get_data (world->video, NULL), SIZE);
  if (labelled)
    g_byte_array_append (wanted, g_bytes_get_data (world->label, NULL), (guint)g_bytes_get_size (world->label));

  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  record = reel_job_get_record (job);
  g_assert_true (g_file_get_contents (record->file, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, wanted->data, wanted->len);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, wanted->data, wanted->len);
  g_assert_cmpstr (record->file_sha256, ==, digest);
  g_assert_cmpint (record->file_size, ==, wanted->len);
  names = reel_engine_fixture_list_library (&world->fixture);
  g_assert_cmpstr (names, ==, "A paper boat 12345678.mp4");
}

static ReelJob *
start (World *world)
{
  reel_engine_fixture_write (&world->fixture, make_record (world));
  reel_engine_fixture_start (&world->fixture);

  return reel_engine_fixture_get_job (&world->fixture, 0);
}

static ReelRequest *
read_settings (World *world, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_read_settings_async (world->fixture.engine, file, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_engine_read_settings_finish (world->fixture.engine, result, error);
}

static void
test_labelled (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelRequest) request = NULL;
  ReelJob *job;

  add_video (world);
  job = start (world);
  assert_saved (world, job, TRUE);

  request = read_settings (world, reel_job_get_record (job)->file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reel_request_get_prompt (request), ==, "A paper boat");
  g_assert_cmpstr (reel_request_get_model (request), ==, reel_job_get_record (job)->model);
}

/* What the container check dislikes with its label, it gets as it came. */
static void
test_bad_with_label (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ReelJob *job;

  reel_box_probe_set_labels (world->fixture.probe, REEL_BOX_PROBE_BAD_LABELS);
  add_video (world);
  job = start (world);
  assert_saved (world, job, FALSE);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 1);

  g_assert_null (read_settings (world, reel_job_get_record (job)->file, &error));
  g_assert_no_error (error);
}

static void
test_odd (World *world, gconstpointer data)
{
  reel_box_probe_set_labels (world->fixture.probe, REEL_BOX_PROBE_NO_LABELS);
  add_video (world);
  assert_saved (world, start (world), FALSE);
}

/* The next run could not tell the label of such a file from its video. */
static void
test_no_length (World *world, gconstpointer data)
{
  reel_fault_answer_set_chunked (reel_script_add_file (world->server, "/v.mp4", world->video));
  assert_saved (world, start (world), FALSE);
}

/* The video breaks off twice: what is complete is labelled once, at its end. */
static void
test_pieces (World *world, gconstpointer data)
{
  reel_fault_answer_cut (add_video (world), SIZE / 3, REEL_FAULT_CLOSE);
  reel_fault_answer_cut (add_video (world), SIZE / 3, REEL_FAULT_RESET);
  add_video (world);
  assert_saved (world, start (world), TRUE);
}

/* The program ended between the label and the name of the file, with @data bytes of the label on the disk: nothing is
 * downloaded again, and there is one label. */
static void
test_restart (World *world, gconstpointer data)
{
  gsize n_label = GPOINTER_TO_SIZE (data);
  ReelJobRecord *record = make_record (world);
  g_autoptr (GByteArray) left = g_byte_array_new ();
  g_autofree char *path = g_build_filename (g_file_peek_path (world->fixture.library), ".12345678-job.part", NULL);

  record->part_size = SIZE;
  record->part_etag = g_strdup ("\"v1\"");
  g_byte_array_append (left, g_bytes_get_data (world->video, NULL), SIZE);
  g_byte_array_append (left, g_bytes_get_data (world->label, NULL),
                       (guint)MIN (n_label, g_bytes_get_size (world->label)));
  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (world->fixture.library), 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, (char *)left->data, left->len, NULL));
  reel_engine_fixture_write (&world->fixture, record);
  reel_engine_fixture_start (&world->fixture);
  assert_saved (world, reel_engine_fixture_get_job (&world->fixture, 0), TRUE);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 0);
}

/* The program ended between the name of the file and its row: the same video with the same label is known again. */
static void
test_named (World *world, gconstpointer data)
{
  g_autoptr (GByteArray) named = g_byte_array_new ();
  g_autofree char *path =
      g_build_filename (g_file_peek_path (world->fixture.library), "A paper boat 12345678.mp4", NULL);

  g_byte_array_append (named, g_bytes_get_data (world->video, NULL), SIZE);
  g_byte_array_append (named, g_bytes_get_data (world->label, NULL), (guint)g_bytes_get_size (world->label));
  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (world->fixture.library), 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, (char *)named->data, named->len, NULL));
  add_video (world);
  assert_saved (world, start (world), TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/labels/" path, World, NULL, set_up, function, tear_down)
  ADD ("labelled", test_labelled);
  ADD ("bad-with-label", test_bad_with_label);
  ADD ("odd", test_odd);
  ADD ("no-length", test_no_length);
  ADD ("pieces", test_pieces);
  ADD ("named", test_named);
  g_test_add ("/labels/restart/none", World, GSIZE_TO_POINTER (0), set_up, test_restart, tear_down);
  g_test_add ("/labels/restart/begun", World, GSIZE_TO_POINTER (9), set_up, test_restart, tear_down);
  g_test_add ("/labels/restart/half", World, GSIZE_TO_POINTER (60), set_up, test_restart, tear_down);
  g_test_add ("/labels/restart/whole", World, GSIZE_TO_POINTER (G_MAXSIZE), set_up, test_restart, tear_down);

  return g_test_run ();
}
