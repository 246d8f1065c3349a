#include "config.h"

#include "reel-line.h"

static void
assert_line (const char *text, guint max_characters, const char *expected)
{
  g_autofree char *line = reel_line_make (text, max_characters);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_line (void)
{
  assert_line ("", 3, "");
  assert_line ("boat", 4, "boat");
  assert_line ("boats", 4, "boat…");
  assert_line ("  a\tb\x7f\nc \n", 9, "a b  c");
  assert_line ("bad \xff", 9, "bad \xef\xbf\xbd");
  assert_line ("\xf0\x9f\x9b\xb6\xf0\x9f\x9b\xb6\xf0\x9f\x9b\xb6", 2, "\xf0\x9f\x9b\xb6\xf0\x9f\x9b\xb6…");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/line", test_line);

  return g_test_run ();
}
