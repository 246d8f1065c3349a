#include "config.h"

#include "reel-test.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdlib.h>

struct _ReelTestDeadline
{
  GSource *source;
  gboolean over;
};

static gboolean
on_over (gpointer data)
{
  ((ReelTestDeadline *)data)->over = TRUE;

  return G_SOURCE_CONTINUE;
}

static int
remove_entry (const char *path, const struct stat *info, int type, struct FTW *walk)
{
  return g_remove (path);
}

static GPtrArray *folders;

static void
remove_folders (void)
{
  for (guint i = 0; i < folders->len; i++)
    nftw (folders->pdata[i], remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  g_clear_pointer (&folders, g_ptr_array_unref);
}

ReelTestDeadline *
reel_test_deadline_new (int seconds)
{
  ReelTestDeadline *self = g_new0 (ReelTestDeadline, 1);

  self->source = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (self->source, on_over, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());

  return self;
}

gboolean
reel_test_deadline_iterate (ReelTestDeadline *self)
{
  g_main_context_iteration (g_main_context_get_thread_default (), TRUE);

  return !self->over;
}

void
reel_test_deadline_free (ReelTestDeadline *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_free (self);
}

void
reel_test_store_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **stored = user_data;

  g_assert_null (*stored);
  *stored = g_object_ref (result);
}

char *
reel_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("seedreel-test-XXXXXX", &error);

  g_assert_no_error (error);
  if (folders == NULL) {
    folders = g_ptr_array_new_with_free_func (g_free);
    atexit (remove_folders);
  }
  g_ptr_array_add (folders, g_strdup (folder));

  return folder;
}
