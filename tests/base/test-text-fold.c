#include "config.h"

#include "reel-text-fold.h"

#include <gio/gio.h>

static void
assert_fold (const char *text, const char *expected)
{
  g_autofree char *folded = reel_text_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_fold (void)
{
  assert_fold ("Con thuyền giấy trôi dọc ĐƯỜNG", "con thuyen giay troi doc duong");
  assert_fold ("  Crème   brûlée\n\tÅngström ", "creme brulee angstrom");
  assert_fold ("Straße Łódź Øre", "strasse lodz ore");
  assert_fold ("قارب", "قارب");
  assert_fold ("🐙 Octopus", "🐙 octopus");
  assert_fold ("", "");
  assert_fold (NULL, "");
  assert_fold ("a\xff", "a\xef\xbf\xbd");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/text-fold", test_fold);

  return g_test_run ();
}
