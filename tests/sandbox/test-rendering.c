#include "config.h"

#include "reel-sandbox-fixture.h"
#include "reel-test.h"

#include <string.h>

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/pbutils/pbutils.h>

#define FRAME_RATE 24

/* What decoding a video from its first to its last byte shows. */
typedef struct
{
  int width, height;
  guint frames;
  gint64 last_pts;  /* nanoseconds */
  gint64 samples;   /* of sound, one channel */
  int rate;         /* of the sound */
  double loudness;  /* the highest sample, of 1 */
  guint different;  /* frames that are not like the one before them */
  GChecksum *frame; /* of the picture in the middle */
  guint32 last_hash;
  char *title; /* nullable */
  gboolean over;
} Decoded;

static void
decoded_free (Decoded *self)
{
  g_checksum_free (self->frame);
  g_free (self->title);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Decoded, decoded_free)

static GstFlowReturn
on_frame (GstAppSink *sink, gpointer user_data)
{
  Decoded *self = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstStructure *structure = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  GstMapInfo map;
  guint32 hash = 0;

  gst_structure_get_int (structure, "width", &self->width);
  gst_structure_get_int (structure, "height", &self->height);
  self->last_pts = GST_BUFFER_PTS (buffer);
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  for (gsize i = 0; i < map.size; i += 7)
    hash = hash * 31 + map.data[i];
  if (self->frames == FRAME_RATE)
    g_checksum_update (self->frame, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  if (self->frames == 0 || hash != self->last_hash)
    self->different++;
  self->last_hash = hash;
  self->frames++;

  return GST_FLOW_OK;
}

static GstFlowReturn
on_sound (GstAppSink *sink, gpointer user_data)
{
  Decoded *self = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstMapInfo map;

  gst_structure_get_int (gst_caps_get_structure (gst_sample_get_caps (sample), 0), "rate", &self->rate);
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  for (gsize i = 0; i < map.size / 2; i++)
    self->loudness = MAX (self->loudness, ABS (((const gint16 *)map.data)[i]) / 32768.0);
  self->samples += map.size / 2;
  gst_buffer_unmap (buffer, &map);

  return GST_FLOW_OK;
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  Decoded *self = user_data;
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    g_assert_no_error (error);
  }
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_TAG && self->title == NULL) {
    g_autoptr (GstTagList) tags = NULL;

    gst_message_parse_tag (message, &tags);
    gst_tag_list_get_string (tags, GST_TAG_TITLE, &self->title);
  }
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    self->over = TRUE;

  return G_SOURCE_CONTINUE;
}

static Decoded *
decode (const char *path)
{
  Decoded *self = g_new0 (Decoded, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (
      "filesrc name=file ! qtdemux name=demux "
      "demux.video_0 ! queue ! h264parse ! avdec_h264 ! videoconvert ! video/x-raw,format=I420 ! appsink name=video "
      "sync=false "
      "demux.audio_0 ! queue ! aacparse ! avdec_aac ! audioconvert ! audio/x-raw,format=S16LE,channels=1 ! "
      "appsink name=audio sync=false",
      &error);
  g_autoptr (GstElement) file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  g_autoptr (GstElement) video = gst_bin_get_by_name (GST_BIN (pipeline), "video");
  g_autoptr (GstElement) audio = gst_bin_get_by_name (GST_BIN (pipeline), "audio");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstAppSinkCallbacks video_callbacks = {.new_sample = on_frame};
  GstAppSinkCallbacks audio_callbacks = {.new_sample = on_sound};

  g_assert_no_error (error);
  self->frame = g_checksum_new (G_CHECKSUM_SHA256);
  g_object_set (file, "location", path, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (video), &video_callbacks, self, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (audio), &audio_callbacks, self, NULL);
  gst_bus_add_watch (bus, on_message, self);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  reel_test_wait_for (60, self->over);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_bus_remove_watch (bus);

  return self;
}

static char *
dup_path (SandboxFixture *fixture, const char *url)
{
  g_autofree char *name = g_path_get_basename (url);

  return g_build_filename (fixture->state_dir, "videos", name, NULL);
}

static char *
make (SandboxFixture *fixture,
      const char *model,
      const char *prompt,
      int seconds,
      const char *resolution,
      const char *ratio)
{
  g_autofree char *json = g_strdup_printf (
      "{\"model\":\"%s\",\"prompt\":\"%s\",\"duration\":%d,\"resolution\":\"%s\",\"aspectRatio\":\"%s\"}", model,
      prompt, seconds, resolution, ratio);
  g_autofree char *id = sandbox_submit_json (fixture, json);
  g_autoptr (JsonObject) generation = sandbox_wait (fixture, id, "succeeded");
  g_autofree char *url = sandbox_dup_url (generation);

  return dup_path (fixture, url);
}

/* The names of the boxes at the top of an MP4, in their order. */
static char *
list_boxes (const char *path)
{
  g_autofree char *contents = NULL;
  GString *names = g_string_new (NULL);
  gsize size, at = 0;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  while (at + 8 <= size) {
    const guint8 *box = (const guint8 *)contents + at;
    gsize length = (gsize)box[0] << 24 | box[1] << 16 | box[2] << 8 | box[3];

    g_string_append_printf (names, "%.4s ", box + 4);
    g_assert_cmpuint (length, >=, 8);
    at += length;
  }
  g_assert_cmpuint (at, ==, size);

  return g_string_free_and_steal (names);
}

static void
assert_video (const char *path, int width, int height, int seconds)
{
  g_autoptr (Decoded) decoded = decode (path);
  gint64 aac_frame = 1024;

  g_assert_cmpint (decoded->width, ==, width);
  g_assert_cmpint (decoded->height, ==, height);
  g_assert_cmpuint (decoded->frames, ==, seconds * FRAME_RATE);
  g_assert_cmpint (ABS (decoded->last_pts - (seconds * FRAME_RATE - 1) * GST_SECOND / FRAME_RATE), <, GST_MSECOND);
  g_assert_cmpint (ABS (decoded->samples - (gint64)seconds * decoded->rate), <=, aac_frame);
  g_assert_cmpfloat (decoded->loudness, >, 0.005);
  g_assert_cmpfloat (decoded->loudness, <, 0.2);
  /* It moves all the time. */
  g_assert_cmpuint (decoded->different, >, decoded->frames * 9 / 10);
}

static void
test_sizes (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  static const struct
  {
    const char *resolution, *ratio;
    int width, height;
  } cases[] = {
      {"480p", "16:9", 854, 480},
      {"480p", "9:16", 480, 854},
      {"480p", "1:1", 480, 480},

  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = make (fixture, "seedance-2.0", "A boat", 4, cases[i].resolution, cases[i].ratio);

    assert_video (path, cases[i].width, cases[i].height, 4);
  }
}

static void
test_lengths (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *odd = make (fixture, "seedance-2.0-fast", "A boat", 7, "480p", "1:1");
  g_autofree char *longest = make (fixture, "seedance-2.0", "A boat", 15, "480p", "1:1");

  assert_video (odd, 480, 480, 7);
  assert_video (longest, 480, 480, 15);
}

static void
test_container (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *path = make (fixture, "seedance-1.5-pro", "A boat & <b>more</b>", 5, "480p", "16:9");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *boxes = list_boxes (path);
  g_autoptr (Decoded) decoded = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstDiscoverer) discoverer = gst_discoverer_new (30 * GST_SECOND, &error);
  g_autoptr (GstDiscovererInfo) info = gst_discoverer_discover_uri (discoverer, uri, &error);
  GList *videos, *audios;
  g_autoptr (GstCaps) video_caps = NULL;
  g_autoptr (GstCaps) audio_caps = NULL;
  GstDiscovererVideoInfo *video;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (boxes, "ftyp moov "));
  g_assert_nonnull (strstr (boxes, "mdat"));
  g_assert_cmpuint (gst_discoverer_info_get_duration (info), ==, 5 * GST_SECOND);
  g_assert_true (gst_discoverer_info_get_seekable (info));

  videos = gst_discoverer_info_get_video_streams (info);
  audios = gst_discoverer_info_get_audio_streams (info);
  g_assert_cmpuint (g_list_length (videos), ==, 1);
  g_assert_cmpuint (g_list_length (audios), ==, 1);
  video = videos->data;
  g_assert_cmpuint (gst_discoverer_video_info_get_framerate_num (video), ==, FRAME_RATE);
  g_assert_cmpuint (gst_discoverer_video_info_get_framerate_denom (video), ==, 1);
  video_caps = gst_discoverer_stream_info_get_caps (videos->data);
  audio_caps = gst_discoverer_stream_info_get_caps (audios->data);
  g_assert_true (gst_structure_has_name (gst_caps_get_structure (video_caps, 0), "video/x-h264"));
  g_assert_true (gst_structure_has_name (gst_caps_get_structure (audio_caps, 0), "audio/mpeg"));
  gst_discoverer_stream_info_list_free (videos);
  gst_discoverer_stream_info_list_free (audios);

  decoded = decode (path);
  g_assert_cmpstr (decoded->title, ==, "A boat & <b>more</b>");
}

static void
test_jobs_differ (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  char *frames[2];

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++) {
    g_autofree char *path = make (fixture, "seedance-2.0", "The same prompt", 4, "480p", "1:1");
    g_autoptr (Decoded) decoded = decode (path);

    frames[i] = g_strdup (g_checksum_get_string (decoded->frame));
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (frames[i], !=, frames[j]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    g_free (frames[i]);
}

static void
test_prompts (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *long_prompt = g_strnfill (20000, 'W');
  const char *const prompts[] = {
      "<b>&</b> \\\"quotes\\\" </span> &amp; &#0; < "
      "\xf0\x9f\x9a\xa3\xf0\x9f\x8f\xbd\xe2\x80\x8d\xe2\x99\x80\xef\xb8\x8f \xf0\x9f\x87\xbb\xf0\x9f\x87\xb3",
      "قارب ورقي يعبر بركة مطر عند الفجر · Con thuyền giấy trôi trên vũng nước mưa lúc bình minh",
      "line\\none\\r\\n\\ttab \\u0001\\u001b\\u007f\\u0085\\ufffe\\ufeff\\u202e",
      "   ",
      long_prompt,
  };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++) {
    g_autofree char *path = make (fixture, "seedance-2.0", prompts[i], 4, "480p", "1:1");
    g_autoptr (Decoded) decoded = decode (path);

    g_assert_cmpuint (decoded->frames, ==, 4 * FRAME_RATE);
  }
}

/* More jobs than are rendered at once. */
static void
test_queue (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  char *ids[4];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = sandbox_submit (fixture, "One of many");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    json_object_unref (sandbox_wait (fixture, ids[i], "succeeded"));
    g_free (ids[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/sandbox/rendering/sizes", test_sizes);
  g_test_add_func ("/sandbox/rendering/lengths", test_lengths);
  g_test_add_func ("/sandbox/rendering/container", test_container);
  g_test_add_func ("/sandbox/rendering/jobs-differ", test_jobs_differ);
  g_test_add_func ("/sandbox/rendering/prompts", test_prompts);
  g_test_add_func ("/sandbox/rendering/queue", test_queue);

  return g_test_run ();
}
