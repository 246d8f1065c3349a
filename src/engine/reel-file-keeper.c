#include "config.h"

#include "reel-file-keeper.h"

#include "reel-saved-file.h"

#include <errno.h>
#include <gio/gunixmounts.h>
#include <glib/gstdio.h>

/**
 * ReelFileKeeper:
 *
 * Looks whether the saved videos are still where they were saved, off the main thread. One that is gone is called
 * missing, and saved again when it is back. Nothing here downloads anything: a person asks for that.
 */
struct _ReelFileKeeper
{
  GObject parent_instance;

  ReelJobBook *book;
  GCancellable *running;
};

G_DEFINE_FINAL_TYPE (ReelFileKeeper, reel_file_keeper, G_TYPE_OBJECT)

typedef enum
{
  UNKNOWN, /* it cannot be told now */
  THERE,   /* as it was saved */
  CHANGED, /* something else is there */
  GONE,
} Finding;

/* A saved video. The thread looks at it while nothing else touches it. */
typedef struct
{
  /* Input */
  ReelSavedFile *file;

  /* Output */
  Finding finding;
} Look;

/* Videos to look at. */
typedef struct
{
  GPtrArray *looks; /* Look */
  guint at;         /* the first whose finding was not taken yet */
  gboolean closely;
} Round;

static void
look_free (gpointer data)
{
  Look *look = data;

  reel_saved_file_free (look->file);
  g_free (look);
}

static void
round_free (gpointer data)
{
  Round *round = data;

  g_ptr_array_unref (round->looks);
  g_free (round);
}

static void
add_look (Round *round, ReelSavedFile *file)
{
  Look *look = g_new0 (Look, 1);

  look->file = file;
  g_ptr_array_add (round->looks, look);
}

/* The places of volumes that are not mounted now: their folders are there, and empty. */
static GPtrArray *
find_empty_places (void)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (g_free);
  GList *points = g_unix_mount_points_get (NULL);

  for (GList *link = points; link != NULL; link = link->next) {
    const char *path = g_unix_mount_point_get_mount_path (link->data);
    g_autoptr (GUnixMountEntry) mounted = g_unix_mount_entry_at (path, NULL);

    /* Inside a container the root may be in the table and no mount; everything is below it. */
    if (mounted == NULL && !g_str_equal (path, "/"))
      g_ptr_array_add (places, g_strconcat (path, "/", NULL));
  }
  g_list_free_full (points, (GDestroyNotify)g_unix_mount_point_free);

  return places;
}

static gboolean
is_below_any (const char *path, GPtrArray *places)
{
  for (guint i = 0; i < places->len; i++)
    if (g_str_has_prefix (path, places->pdata[i]))
      return TRUE;

  return FALSE;
}

/* Whether a file that is not there can be elsewhere than deleted: on a volume that is not mounted. */
static gboolean
may_be_elsewhere (const char *path, GPtrArray *places)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return !g_file_test (folder, G_FILE_TEST_IS_DIR) || is_below_any (path, places);
}

static Finding
find (const Look *look, GPtrArray *places)
{
  GStatBuf info;

  if (g_stat (look->file->path, &info) == 0)
    return S_ISREG (info.st_mode) && info.st_size == look->file->size ? THERE : CHANGED;
  if ((errno != ENOENT && errno != ENOTDIR) || (places != NULL && may_be_elsewhere (look->file->path, places)))
    return UNKNOWN;

  return GONE;
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Round *round = data;
  g_autoptr (GPtrArray) places = round->closely ? NULL : find_empty_places ();

  for (guint i = 0; i < round->looks->len && !g_cancellable_is_cancelled (cancellable); i++) {
    Look *look = round->looks->pdata[i];

    look->finding = find (look, places);
  }
  g_task_return_boolean (task, TRUE);
}

/* Whether it is otherwise than it was written. */
static gboolean
is_news (const Look *look)
{
  return look->finding == (look->file->missing ? THERE : GONE);
}

/* What was found counts only where the job is still as it was. */
static void
take_finding (ReelFileKeeper *self, ReelJob *job, const Look *look)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);
  ReelFileState state = look->file->missing ? REEL_FILE_MISSING : REEL_FILE_SAVED;
  ReelJobRecord *edited;

  if (!reel_job_book_contains (self->book, job) || record->file_state != state ||
      g_strcmp0 (record->file, look->file->path) != 0)
    return;

  edited = reel_job_book_edit (self->book, job);
  edited->file_state = look->file->missing ? REEL_FILE_SAVED : REEL_FILE_MISSING;
  reel_job_book_commit_async (self->book, job, edited, NULL, NULL);
}

static void on_job (GObject *source, GAsyncResult *result, gpointer data);

/* Goes through what was found. The few that are otherwise than they were written are read. */
static void
take_findings (GTask *owned_task)
{
  g_autoptr (GTask) task = owned_task;
  ReelFileKeeper *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Round *round = g_task_get_task_data (task);

  for (; round->at < round->looks->len; round->at++) {
    const Look *look = round->looks->pdata[round->at];

    if (is_news (look)) {
      reel_job_book_load_job_async (self->book, look->file->id, cancellable, on_job, g_steal_pointer (&task));
      return;
    }
  }
  g_task_return_boolean (task, TRUE);
}

static void
on_job (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelFileKeeper *self = g_task_get_source_object (task);
  Round *round = g_task_get_task_data (task);
  g_autoptr (ReelJob) job = reel_job_book_load_job_finish (REEL_JOB_BOOK (source), result, NULL);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (job != NULL)
    take_finding (self, job, round->looks->pdata[round->at]);
  round->at++;
  take_findings (g_steal_pointer (&task));
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_propagate_boolean (G_TASK (result), NULL);
  if (!g_task_return_error_if_cancelled (task))
    take_findings (g_steal_pointer (&task));
}

static void
look (GTask *owned_task)
{
  g_autoptr (GTask) task = owned_task, thread_task = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Round *round = g_task_get_task_data (task);

  thread_task = g_task_new (NULL, cancellable, on_looked, g_steal_pointer (&task));
  g_task_set_task_data (thread_task, round, NULL);
  g_task_run_in_thread (thread_task, look_thread);
}

static GTask *
make_task (ReelFileKeeper *self, gboolean closely, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, self->running, callback, data);
  Round *round = g_new0 (Round, 1);

  round->looks = g_ptr_array_new_with_free_func (look_free);
  round->closely = closely;
  g_task_set_task_data (task, round, round_free);

  return task;
}

static void
on_files (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GPtrArray) files = reel_store_find_files_finish (REEL_STORE (source), result, NULL);

  if (files == NULL) {
    g_task_return_boolean (task, FALSE);
    return;
  }

  g_ptr_array_set_free_func (files, NULL);
  for (guint i = 0; i < files->len; i++)
    add_look (g_task_get_task_data (task), files->pdata[i]);
  look (g_steal_pointer (&task));
}

static void
reel_file_keeper_finalize (GObject *object)
{
  ReelFileKeeper *self = REEL_FILE_KEEPER (object);

  g_object_unref (self->running);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_file_keeper_parent_class)->finalize (object);
}

static void
reel_file_keeper_class_init (ReelFileKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_file_keeper_finalize;
}

static void
reel_file_keeper_init (ReelFileKeeper *self)
{
  self->running = g_cancellable_new ();
}

/**
 * reel_file_keeper_new:
 * @book: where the jobs are
 *
 * Makes a keeper.
 *
 * Returns: (transfer full): the keeper; end it with reel_file_keeper_stop()
 */
ReelFileKeeper *
reel_file_keeper_new (ReelJobBook *book)
{
  ReelFileKeeper *self = g_object_new (REEL_TYPE_FILE_KEEPER, NULL);

  self->book = g_object_ref (book);

  return self;
}

/**
 * reel_file_keeper_check_all:
 *
 * Looks for every saved video, in the background. Where a folder is gone or its volume is not mounted nothing is said of
 * its videos.
 */
void
reel_file_keeper_check_all (ReelFileKeeper *self)
{
  g_autoptr (GTask) task = make_task (self, FALSE, NULL, NULL);
  g_autoptr (ReelFileQuery) query = reel_file_query_new ();

  g_task_set_source_tag (task, reel_file_keeper_check_all);
  query->missing = TRUE;
  reel_store_find_files_async (reel_job_book_get_store (self->book), query, self->running, on_files,
                               g_steal_pointer (&task));
}

/**
 * reel_file_keeper_check_async:
 * @job: a job
 * @callback: (nullable): called when it is known
 * @data: for @callback
 *
 * Looks for the video of a job that a person wants to see now: it is missing also where its volume is not mounted.
 */
void
reel_file_keeper_check_async (ReelFileKeeper *self, ReelJob *job, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = make_task (self, TRUE, callback, data);
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);
  gboolean missing = record->file_state == REEL_FILE_MISSING;

  g_task_set_source_tag (task, reel_file_keeper_check_async);
  if ((record->file_state == REEL_FILE_SAVED || missing) && record->file != NULL)
    add_look (g_task_get_task_data (task),
              reel_saved_file_new (record->id, record->file, record->file_size, record->file_sha256, missing));
  look (g_steal_pointer (&task));
}

/**
 * reel_file_keeper_check_finish:
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Ends reel_file_keeper_check_async(). What was found is in the book.
 */
gboolean
reel_file_keeper_check_finish (ReelFileKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_file_keeper_check_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_file_keeper_stop:
 *
 * Ends every look.
 */
void
reel_file_keeper_stop (ReelFileKeeper *self)
{
  g_cancellable_cancel (self->running);
}
