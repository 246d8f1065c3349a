#include "config.h"

#include "reel-storage-text.h"

#include <glib/gi18n-lib.h>

/* How many names a list of videos has before it only counts. */
#define MOST_NAMES 10

/**
 * reel_storage_text_make_amount:
 * @n_files: how many videos
 * @n_bytes: their bytes
 *
 * Returns: (transfer full): how many videos of what size
 */
char *
reel_storage_text_make_amount (guint n_files, gint64 n_bytes)
{
  g_autofree char *size = g_format_size (n_bytes);

  /* Translators: %'u is a number, %s a size such as 1.2 GB. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u video, %s", "%'u videos, %s", n_files), n_files, size);
}

/**
 * reel_storage_text_make_total:
 * @sums: (element-type ReelFileSum): what videos take by model
 *
 * Returns: (transfer full): what all of them take, and where there are several models, what those of each take
 */
char *
reel_storage_text_make_total (GPtrArray *sums)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *total = NULL;
  gint64 n_bytes;
  guint n_files;

  reel_file_sum_add_up (sums, &n_files, &n_bytes);
  if (n_files == 0)
    return g_strdup (_ ("No video is saved"));

  total = reel_storage_text_make_amount (n_files, n_bytes);
  text = g_string_new (total);
  for (guint i = 0; i < sums->len && sums->len > 1; i++) {
    const ReelFileSum *sum = sums->pdata[i];
    g_autofree char *amount = reel_storage_text_make_amount (sum->n_files, sum->n_bytes);

    g_string_append_printf (text, "\n%s: %s", sum->model != NULL ? sum->model : _ ("Other"), amount);
  }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * reel_storage_text_make_preview:
 * @n_files: how many videos would be removed
 * @n_bytes: their bytes
 * @forget: whether their jobs are forgotten too
 *
 * Returns: (transfer full): what would happen
 */
char *
reel_storage_text_make_preview (guint n_files, gint64 n_bytes, gboolean forget)
{
  g_autofree char *size = g_format_size (n_bytes);

  if (n_files == 0)
    return g_strdup (_ ("There is no such video."));

  return g_strdup_printf (
      /* Translators: %'u is a number, %s a size such as 1.2 GB. */
      forget
          ? g_dngettext (GETTEXT_PACKAGE,
                         "%'u video goes to the Trash and out of the history: %s are free when the Trash is emptied.",
                         "%'u videos go to the Trash and out of the history: %s are free when the Trash is emptied.",
                         n_files)
          : g_dngettext (GETTEXT_PACKAGE,
                         "%'u video goes to the Trash and stays in the history: %s are free when the Trash is emptied.",
                         "%'u videos go to the Trash and stay in the history: %s are free when the Trash is emptied.",
                         n_files),
      n_files, size);
}

/**
 * reel_storage_text_make_removed:
 * @removal: (transfer none): a removal that can still be undone
 *
 * Returns: (transfer full): what happens when it is not undone
 */
char *
reel_storage_text_make_removed (ReelRemoval *removal)
{
  guint n = reel_removal_get_n_jobs (removal);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u video goes to the Trash", "%'u videos go to the Trash", n),
                          n);
}

/**
 * reel_storage_text_make_kept_list:
 * @removal: (transfer none): a removal of which some files could not go to the Trash
 *
 * Returns: (transfer full): which, and what became of them
 */
char *
reel_storage_text_make_kept_list (ReelRemoval *removal)
{
  GPtrArray *kept = reel_removal_get_kept (removal);
  GString *text = g_string_new (
      _ ("The disk of these videos has no Trash, or it takes nothing. They stay where they are and in the "
         "history."));

  for (guint i = 0; i < MIN (kept->len, MOST_NAMES); i++)
    g_string_append_printf (text, "\n• %.200s", reel_job_get_title (kept->pdata[i]));
  if (kept->len > MOST_NAMES) {
    g_string_append_c (text, '\n');
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "and %u other", "and %u others", kept->len - MOST_NAMES),
                            kept->len - MOST_NAMES);
  }

  return g_string_free_and_steal (text);
}

/**
 * reel_storage_text_make_count:
 * @n_done: how many are done
 * @n: of how many
 *
 * Returns: (transfer full): how far it is
 */
char *
reel_storage_text_make_count (guint n_done, guint n)
{
  /* Translators: how many videos are done, and of how many. */
  return g_strdup_printf (_ ("%'u of %'u"), n_done, n);
}

/**
 * reel_storage_text_make_missing:
 * @n_missing: how many saved videos are not where they were saved, at least one
 *
 * Returns: (transfer full): that
 */
char *
reel_storage_text_make_missing (guint n_missing)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u video is not where it was saved",
                                       "%'u videos are not where they were saved", n_missing),
                          n_missing);
}

/**
 * reel_storage_text_make_located:
 * @n_found: how many were found
 * @n_missing: how many are still missing
 *
 * Returns: (transfer full): what came of looking for them
 */
char *
reel_storage_text_make_located (guint n_found, guint n_missing)
{
  g_autofree char *found = NULL, *missing = NULL;

  if (n_found == 0)
    return g_strdup (_ ("None of the missing videos is in this folder"));

  found = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u video found", "%'u videos found", n_found), n_found);
  if (n_missing == 0)
    return g_steal_pointer (&found);

  missing =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u still missing", "%'u still missing", n_missing), n_missing);

  /* Translators: two statements, such as "3 videos found, 1 still missing". */
  return g_strdup_printf (_ ("%s, %s"), found, missing);
}

/* Why a move stopped. */
static const char *
make_reason (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return _ ("Stopped");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _ ("There is not enough space in the new folder");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return _ ("Seedreel cannot write to this folder");

  return _ ("The videos could not be moved");
}

/**
 * reel_storage_text_make_moved:
 * @mover: (transfer none): what has moved the library
 * @error: (nullable): why it stopped
 *
 * Returns: (transfer full): what became of the videos
 */
char *
reel_storage_text_make_moved (ReelLibraryMover *mover, const GError *error)
{
  guint n_moved = reel_library_mover_get_n_moved (mover), n_left = reel_library_mover_get_n_left (mover);
  g_autofree char *moved =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u video moved", "%'u videos moved", n_moved), n_moved);

  if (error != NULL && n_moved == 0)
    /* Translators: %s says why. */
    return g_strdup_printf (_ ("%s. No video was moved."), make_reason (error));
  if (error != NULL)
    /* Translators: the first %s says why it stopped, the second is such as "3 videos moved". */
    return g_strdup_printf (_ ("%s: %s, the others stay where they are"), make_reason (error), moved);
  if (n_left > 0)
    /* Translators: %s is such as "3 videos moved". */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %'u could not be moved and stays where it is",
                                         "%s, %'u could not be moved and stay where they are", n_left),
                            moved, n_left);
  if (reel_library_mover_get_n_doubled (mover) > 0)
    /* Translators: %s is such as "3 videos moved". */
    return g_strdup_printf (_ ("%s, but some old files could not be deleted"), moved);

  return g_steal_pointer (&moved);
}
