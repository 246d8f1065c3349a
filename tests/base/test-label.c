#include "config.h"

#include "reel-label.h"

#include <string.h>

static void
test_wrap (void)
{
  g_autoptr (GBytes) box = reel_label_wrap ("{}");
  static const guint8 wanted[] = {0,    0,    0,    26,   'u',  'u',  'i',  'd',  0x5e, 0xed, 0x7e, 0xe1, 0x0b,
                                  0x1e, 0x4c, 0x0d, 0x9a, 0x11, 0x6c, 0x61, 0x62, 0x65, 0x6c, 0x31, '{',  '}'};

  /* These bytes are in files of earlier versions. */
  g_assert_cmpmem (g_bytes_get_data (box, NULL), g_bytes_get_size (box), wanted, sizeof wanted);
}

static void
test_length (void)
{
  g_autofree char *longest = g_strnfill (REEL_LABEL_MOST, 'x');
  g_autofree char *longer = g_strnfill (REEL_LABEL_MOST + 1, 'x');
  g_autoptr (GBytes) box = reel_label_wrap (longest);

  g_assert_cmpuint (g_bytes_get_size (box), ==, REEL_LABEL_HEADER + REEL_LABEL_MOST);
  g_assert_null (reel_label_wrap (longer));
  g_assert_null (reel_label_wrap (""));
}

static void
test_begun (void)
{
  g_autoptr (GBytes) box = reel_label_wrap ("text");
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (box, NULL), g_bytes_get_size (box));

  /* As far as it was written, from its type on. */
  for (gsize length = 0; length <= g_bytes_get_size (box); length++)
    g_assert_cmpint (reel_label_is_begun (copy, length), ==, length >= 8);

  for (gsize i = 4; i < REEL_LABEL_HEADER; i++) {
    copy[i] ^= 1;
    g_assert_false (reel_label_is_begun (copy, g_bytes_get_size (box)));
    copy[i] ^= 1;
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/label/wrap", test_wrap);
  g_test_add_func ("/label/length", test_length);
  g_test_add_func ("/label/begun", test_begun);

  return g_test_run ();
}
