#include "config.h"

#include "reel-reference.h"
#include "reel-test.h"

static void
test_kind (void)
{
  static const struct
  {
    const char *url;
    ReelReferenceKind kind;
  } cases[] = {
      {"https://a.example/x.jpg", REEL_REFERENCE_IMAGE},
      {"https://a.example/x.JPEG?size=2", REEL_REFERENCE_IMAGE},
      {"https://a.example/x.png#top", REEL_REFERENCE_IMAGE},
      {"https://a.example/x.webp", REEL_REFERENCE_IMAGE},
      {"https://a.example/x.gif", REEL_REFERENCE_IMAGE},
      {"https://a.example/x.bmp", REEL_REFERENCE_IMAGE},
      {"https://a.example/x.mp4", REEL_REFERENCE_VIDEO},
      {"https://a.example/x.mov", REEL_REFERENCE_VIDEO},
      {"https://a.example/x.m4v", REEL_REFERENCE_VIDEO},
      {"https://a.example/x.mp3", REEL_REFERENCE_AUDIO},
      {"https://a.example/x.wav", REEL_REFERENCE_AUDIO},
      {"https://a.example/x.txt", REEL_REFERENCE_UNKNOWN},
      {"https://a.example/x?file=.jpg", REEL_REFERENCE_UNKNOWN},
      {"https://a.example/", REEL_REFERENCE_UNKNOWN},
      {"nonsense", REEL_REFERENCE_UNKNOWN},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ReelReference) reference = reel_reference_new (cases[i].url);

    g_test_message ("%s", cases[i].url);
    g_assert_cmpint (reel_reference_get_kind (reference), ==, cases[i].kind);
  }
}

static void
test_names (void)
{
  g_autoptr (ReelReference) reference = reel_reference_new ("https://a.example/frames/boat%20one.jpg?x=1");
  g_autoptr (ReelReference) bare = reel_reference_new ("https://a.example");
  g_autofree char *name = reel_reference_dup_file_name (reference);
  g_autofree char *host = reel_reference_dup_host (reference);
  g_autofree char *bare_name = reel_reference_dup_file_name (bare);

  g_assert_cmpstr (name, ==, "boat one.jpg");
  g_assert_cmpstr (host, ==, "a.example");
  g_assert_cmpstr (bare_name, ==, "https://a.example");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reference/kind", test_kind);
  g_test_add_func ("/reference/names", test_names);

  return g_test_run ();
}
