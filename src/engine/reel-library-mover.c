#include "config.h"

#include "reel-library-mover-private.h"

#include "reel-error.h"
#include "reel-file-move.h"
#include "reel-move-note.h"
#include "reel-saved-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>

/* What a move leaves free on the disk that it goes to: the history and the desktop must go on. */
#define RESERVE (G_GINT64_CONSTANT (64) << 20)

/**
 * ReelLibraryMover:
 *
 * Moves the saved videos of the library folder to another one, with their jobs, one after the other and off the main
 * thread. Each video is complete in the new folder and its job written there before the old file is deleted; wherever the
 * program ends, the job points to a file that is there. The next start goes on with it.
 */
struct _ReelLibraryMover
{
  GObject parent_instance;

  ReelJobBook *book;
  char *from;         /* nullable */
  char *to;           /* nullable */
  GTask *task;        /* nullable: the move that goes on */
  GCancellable *stop; /* of the move that goes on */
  GQueue *waiting;    /* ReelSavedFile */
  guint n_files;
  guint n_moved;
  guint n_left;    /* they could not be moved */
  guint n_doubled; /* the old file could not be deleted */
  gboolean ended;  /* with the program */
};

G_DEFINE_FINAL_TYPE (ReelLibraryMover, reel_library_mover, G_TYPE_OBJECT)

enum
{
  PROP_RUNNING = 1,
  PROP_PROGRESS,
  N_PROPS,
};

enum
{
  BEGUN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* One video, while it is moved. */
typedef struct
{
  ReelLibraryMover *mover; /* owned */
  ReelJob *job;            /* owned */
  ReelFileMove *move;      /* owned */
} Step;

/* Whether there is room, as the thread finds out. */
typedef struct
{
  char *from;
  char *to;
  gint64 n_bytes;
  gboolean resumed; /* the new folder was there before: where it is not, its volume may not be mounted */
} Room;

static void next (ReelLibraryMover *self);

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->mover);
  g_clear_object (&step->job);
  g_clear_pointer (&step->move, reel_file_move_free);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void
room_free (gpointer data)
{
  Room *room = data;

  g_free (room->from);
  g_free (room->to);
  g_free (room);
}

/* What of a path is behind a folder, %NULL where it is not below it. */
static const char *
find_below (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  while (length > 0 && folder[length - 1] == G_DIR_SEPARATOR)
    length--;

  return strncmp (path, folder, length) == 0 && path[length] == G_DIR_SEPARATOR ? path + length + 1 : NULL;
}

/* Where the video of a path goes, %NULL where it does not move. */
static char *
find_target (ReelLibraryMover *self, const char *path)
{
  const char *below = find_below (path, self->from);

  if (below == NULL || (find_below (self->to, self->from) != NULL && find_below (path, self->to) != NULL))
    return NULL;

  return g_build_filename (self->to, below, NULL);
}

static void
write_note (ReelLibraryMover *self, const ReelFileMove *move)
{
  g_autofree char *text = reel_move_note_write (self->from, self->to, move);

  reel_store_save_text_async (reel_job_book_get_store (self->book), REEL_MOVE_NOTE, text, NULL, NULL, NULL);
}

static void
notify_progress (ReelLibraryMover *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/* Ends the move, with an error or with %NULL. Where the program ends, the note stays and the next start goes on. */
static void
finish (ReelLibraryMover *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_queue_clear_full (self->waiting, (GDestroyNotify)reel_saved_file_free);
  if (!self->ended)
    reel_store_save_text_async (reel_job_book_get_store (self->book), REEL_MOVE_NOTE, NULL, NULL, NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
finish_step (Step *step, gboolean moved)
{
  ReelLibraryMover *self = step->mover;

  if (moved)
    self->n_moved++;
  else
    self->n_left++;
  notify_progress (self);
  next (self);
}

/* A job was deleted, or its file is gone or moved by itself. */
static void
skip (ReelLibraryMover *self)
{
  self->n_files--;
  notify_progress (self);
  next (self);
}

static void
conclude_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Step *step = data;
  GError *error = NULL;

  if (reel_file_move_conclude (step->move, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
take_back_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Step *step = data;

  reel_file_move_take_back (step->move);
  g_task_return_boolean (task, TRUE);
}

static void
bring_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Step *step = data;
  GError *error = NULL;

  if (reel_file_move_bring (step->move, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The step is handed to the thread and comes back with the callback. */
static void
run_step (Step *step, GTaskThreadFunc function, GCancellable *cancellable, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, step);

  g_task_set_source_tag (task, run_step);
  /* What the thread has done counts, also where it was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, step, NULL);
  g_task_run_in_thread (task, function);
}

static void
on_concluded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    step->mover->n_doubled++;
    reel_job_book_add_event (step->mover->book, step->job, "error", 0, error->message);
  }
  finish_step (step, TRUE);
}

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;

  g_task_propagate_boolean (G_TASK (result), NULL);
  skip (step->mover);
}

static gboolean
has_file (ReelLibraryMover *self, ReelJob *job, const char *path)
{
  const ReelJobRecord *record;

  if (!reel_job_book_contains (self->book, job))
    return FALSE;

  record = reel_job_book_peek (self->book, job);

  return record->file_state == REEL_FILE_SAVED && g_strcmp0 (record->file, path) == 0;
}

/* Where the database does not take it, both files stay: what is in memory points to the new one, what is on the disk to
 * the old one. */
static void
on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  ReelLibraryMover *self = step->mover;
  GError *error = NULL;

  if (!reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, &error)) {
    finish (self, error);
    return;
  }

  /* Where the job was deleted meanwhile, the old file is what its person decided about. */
  if (has_file (self, step->job, step->move->found))
    run_step (g_steal_pointer (&step), conclude_thread, NULL, on_concluded);
  else
    run_step (g_steal_pointer (&step), take_back_thread, NULL, on_taken_back);
}

static void
on_brought (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  ReelLibraryMover *self = step->mover;
  g_autoptr (GError) error = NULL;
  ReelJobRecord *record;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    if (g_error_matches (error, REEL_ERROR, REEL_ERROR_FILE)) {
      reel_job_book_add_event (self->book, step->job, "error", 0, error->message);
      finish_step (step, FALSE);
    } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
      skip (self);
    } else {
      finish (self, g_steal_pointer (&error));
    }
    return;
  }
  /* The next start finds what was brought and goes on with it. */
  if (self->ended) {
    finish (self, g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The program ends"));
    return;
  }
  if (!has_file (self, step->job, step->move->from)) {
    run_step (g_steal_pointer (&step), take_back_thread, NULL, on_taken_back);
    return;
  }

  write_note (self, step->move);
  record = reel_job_book_edit (self->book, step->job);
  g_set_str (&record->file, step->move->found);
  reel_job_book_commit_async (self->book, step->job, record, on_committed, step);
  g_steal_pointer (&step);
}

static void
on_job_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  ReelLibraryMover *self = step->mover;
  GError *error = NULL;

  step->job = reel_job_book_load_job_finish (REEL_JOB_BOOK (source), result, &error);
  if (error != NULL) {
    finish (self, error);
    return;
  }

  if (step->job != NULL && has_file (self, step->job, step->move->from)) {
    run_step (g_steal_pointer (&step), bring_thread, self->stop, on_brought);
    return;
  }

  skip (self);
}

static void
next (ReelLibraryMover *self)
{
  g_autoptr (ReelSavedFile) file = NULL;
  g_autofree char *target = NULL;
  GError *error = NULL;
  Step *step;

  if (g_cancellable_set_error_if_cancelled (self->stop, &error)) {
    finish (self, error);
    return;
  }

  file = g_queue_pop_head (self->waiting);
  if (file == NULL) {
    finish (self, NULL);
    return;
  }

  target = find_target (self, file->path);
  step = g_new0 (Step, 1);
  step->mover = g_object_ref (self);
  step->move = reel_file_move_new (file->path, target, file->size, file->sha256, file->id);
  reel_job_book_load_job_async (self->book, file->id, self->stop, on_job_loaded, step);
}

static void
begin (ReelLibraryMover *self)
{
  write_note (self, NULL);
  g_signal_emit (self, signals[BEGUN], 0, self->to);
  notify_progress (self);
  next (self);
}

/* Within a volume nothing needs room. */
static void
room_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Room *room = data;
  g_autofree char *text = NULL;
  GStatBuf from, to;
  struct statvfs info;

  if (room->resumed && !g_file_test (room->to, G_FILE_TEST_IS_DIR)) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The new folder is not there any more");
    return;
  }
  if (g_mkdir_with_parents (room->to, 0755) != 0 || g_stat (room->to, &to) != 0) {
    int saved_errno = errno;

    g_task_return_new_error (task, G_IO_ERROR, (gint)g_io_error_from_errno (saved_errno), "Cannot make the folder: %s",
                             g_strerror (saved_errno));
    return;
  }
  /* Where the file system does not tell, writing will. */
  if ((g_stat (room->from, &from) == 0 && from.st_dev == to.st_dev) || statvfs (room->to, &info) != 0 ||
      info.f_blocks == 0 || (gint64)(info.f_bavail * info.f_frsize) >= room->n_bytes + RESERVE) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  text = g_format_size (room->n_bytes + RESERVE);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                           "There is too little free space in the new folder: %s are needed", text);
}

static void
on_room_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelLibraryMover) self = REEL_LIBRARY_MOVER (g_object_ref (source));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    finish (self, error);
  else
    begin (self);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelLibraryMover) self = data;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Room *room;

  files = reel_store_find_files_finish (REEL_STORE (source), result, &error);
  if (files == NULL) {
    finish (self, error);
    return;
  }

  room = g_new0 (Room, 1);
  room->from = g_strdup (self->from);
  room->to = g_strdup (self->to);
  room->resumed = g_task_get_source_tag (self->task) == reel_library_mover_resume;
  g_ptr_array_set_free_func (files, NULL);
  for (guint i = 0; i < files->len; i++) {
    ReelSavedFile *file = files->pdata[i];
    g_autofree char *target = find_target (self, file->path);

    if (target == NULL) {
      reel_saved_file_free (file);
      continue;
    }
    room->n_bytes += file->size;
    self->n_files++;
    g_queue_push_tail (self->waiting, file);
  }

  task = g_task_new (self, self->stop, on_room_known, NULL);
  g_task_set_source_tag (task, on_found);
  g_task_set_task_data (task, room, room_free);
  g_task_run_in_thread (task, room_thread);
}

static void
find (ReelLibraryMover *self)
{
  g_autoptr (ReelFileQuery) query = reel_file_query_new ();

  query->folder = g_strdup (self->from);
  reel_store_find_files_async (reel_job_book_get_store (self->book), query, self->stop, on_found, g_object_ref (self));
}

static void
set_up (ReelLibraryMover *self, const char *from, const char *to)
{
  g_set_str (&self->from, from);
  g_set_str (&self->to, to);
  g_set_object (&self->stop, NULL);
  self->stop = g_cancellable_new ();
  self->n_files = self->n_moved = self->n_left = self->n_doubled = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  notify_progress (self);
}

/* The old file of the job that was written last may still be there. */
static void
on_left_concluded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    step->mover->n_doubled++;
  find (step->mover);
}

static void
on_left_job_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  ReelLibraryMover *self = step->mover;

  step->job = reel_job_book_load_job_finish (REEL_JOB_BOOK (source), result, NULL);
  if (step->job != NULL && has_file (self, step->job, step->move->found))
    run_step (g_steal_pointer (&step), conclude_thread, NULL, on_left_concluded);
  else
    find (self);
}

static void
on_note_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelLibraryMover) self = data;
  g_autofree char *text = reel_store_load_text_finish (REEL_STORE (source), result, NULL);
  g_autoptr (ReelMoveNote) note = reel_move_note_read (text);
  Step *step;

  if (note == NULL || self->task != NULL || self->ended)
    return;

  self->task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (self->task, reel_library_mover_resume);
  set_up (self, note->from, note->to);
  if (note->id == NULL) {
    find (self);
    return;
  }

  step = g_new0 (Step, 1);
  step->mover = g_object_ref (self);
  step->move = reel_file_move_new (note->old, note->new, 0, NULL, note->id);
  step->move->found = g_strdup (note->new);
  reel_job_book_load_job_async (self->book, note->id, self->stop, on_left_job_loaded, step);
}

static void
reel_library_mover_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelLibraryMover *self = REEL_LIBRARY_MOVER (object);

  switch (id) {
  case PROP_RUNNING:
    g_value_set_boolean (value, reel_library_mover_get_running (self));
    break;
  case PROP_PROGRESS:
    g_value_set_double (value, reel_library_mover_get_progress (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_library_mover_finalize (GObject *object)
{
  ReelLibraryMover *self = REEL_LIBRARY_MOVER (object);

  g_queue_free_full (self->waiting, (GDestroyNotify)reel_saved_file_free);
  g_clear_object (&self->stop);
  g_object_unref (self->book);
  g_free (self->from);
  g_free (self->to);

  G_OBJECT_CLASS (reel_library_mover_parent_class)->finalize (object);
}

static void
reel_library_mover_class_init (ReelLibraryMoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_library_mover_get_property;
  object_class->finalize = reel_library_mover_finalize;

  /**
   * ReelLibraryMover:running:
   *
   * Whether a move goes on.
   */
  properties[PROP_RUNNING] =
      g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * ReelLibraryMover:progress:
   *
   * How much of the move is done, from 0 to 1.
   */
  properties[PROP_PROGRESS] =
      g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ReelLibraryMover::begun:
   * @to: the new folder
   *
   * Emitted when there is room and the move begins: videos that are saved from now on belong in the new folder.
   */
  signals[BEGUN] = g_signal_new ("begun", REEL_TYPE_LIBRARY_MOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
}

static void
reel_library_mover_init (ReelLibraryMover *self)
{
  self->waiting = g_queue_new ();
}

/**
 * reel_library_mover_new:
 * @book: where jobs are written
 *
 * Makes a mover.
 *
 * Returns: (transfer full): the mover; end it with reel_library_mover_stop()
 */
ReelLibraryMover *
reel_library_mover_new (ReelJobBook *book)
{
  ReelLibraryMover *self = g_object_new (REEL_TYPE_LIBRARY_MOVER, NULL);

  self->book = g_object_ref (book);

  return self;
}

/**
 * reel_library_mover_get_running:
 *
 * Returns: whether a move goes on
 */
gboolean
reel_library_mover_get_running (ReelLibraryMover *self)
{
  g_return_val_if_fail (REEL_IS_LIBRARY_MOVER (self), FALSE);

  return self->task != NULL;
}

/**
 * reel_library_mover_get_n_files:
 *
 * Returns: how many videos the last move is about
 */
guint
reel_library_mover_get_n_files (ReelLibraryMover *self)
{
  g_return_val_if_fail (REEL_IS_LIBRARY_MOVER (self), 0);

  return self->n_files;
}

/**
 * reel_library_mover_get_n_moved:
 *
 * Returns: how many of them are in the new folder, and their jobs point there
 */
guint
reel_library_mover_get_n_moved (ReelLibraryMover *self)
{
  g_return_val_if_fail (REEL_IS_LIBRARY_MOVER (self), 0);

  return self->n_moved;
}

/**
 * reel_library_mover_get_n_left:
 *
 * Returns: how many of them were left where they are: damaged, or not to be read
 */
guint
reel_library_mover_get_n_left (ReelLibraryMover *self)
{
  g_return_val_if_fail (REEL_IS_LIBRARY_MOVER (self), 0);

  return self->n_left;
}

/**
 * reel_library_mover_get_n_doubled:
 *
 * Returns: how many old files could not be deleted after their video was moved
 */
guint
reel_library_mover_get_n_doubled (ReelLibraryMover *self)
{
  g_return_val_if_fail (REEL_IS_LIBRARY_MOVER (self), 0);

  return self->n_doubled;
}

/**
 * reel_library_mover_get_progress:
 *
 * Returns: how much of the move is done, from 0 to 1
 */
double
reel_library_mover_get_progress (ReelLibraryMover *self)
{
  g_return_val_if_fail (REEL_IS_LIBRARY_MOVER (self), 0);

  return self->n_files > 0 ? MIN (1.0, (double)(self->n_moved + self->n_left) / self->n_files) : 0;
}

/**
 * reel_library_mover_move_async:
 * @from: the folder before
 * @to: the new one
 * @callback: called when it has ended
 * @data: for @callback
 *
 * Moves the saved videos that are below a folder. Those that are elsewhere, or gone, are left alone. Where it stops half
 * way, what was moved stays moved.
 */
void
reel_library_mover_move_async (ReelLibraryMover *self,
                               const char *from,
                               const char *to,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_LIBRARY_MOVER (self) && from != NULL && to != NULL && !g_str_equal (from, to));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, reel_library_mover_move_async);
  if (self->task != NULL || self->ended) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "The library is being moved already");
    return;
  }

  self->task = g_steal_pointer (&task);
  set_up (self, from, to);
  find (self);
}

/**
 * reel_library_mover_move_finish:
 * @error: %G_IO_ERROR_NO_SPACE or others of %G_IO_ERROR where the new folder takes no more, %G_IO_ERROR_CANCELLED,
 *   %G_IO_ERROR_PENDING where another move goes on, or %REEL_ERROR_STORE
 *
 * Ends reel_library_mover_move_async().
 */
gboolean
reel_library_mover_move_finish (ReelLibraryMover *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_library_mover_move_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_library_mover_resume:
 *
 * Goes on with a move that the end of the last run cut short.
 */
void
reel_library_mover_resume (ReelLibraryMover *self)
{
  g_return_if_fail (REEL_IS_LIBRARY_MOVER (self));

  reel_store_load_text_async (reel_job_book_get_store (self->book), REEL_MOVE_NOTE, NULL, on_note_loaded,
                              g_object_ref (self));
}

/**
 * reel_library_mover_follow:
 * @job: a job whose video was just saved
 * @library: the library folder
 *
 * Moves a video too that began to come before the move to the library folder and was saved in the old one.
 */
void
reel_library_mover_follow (ReelLibraryMover *self, ReelJob *job, const char *library)
{
  const ReelJobRecord *record;
  g_autofree char *target = NULL;

  g_return_if_fail (REEL_IS_LIBRARY_MOVER (self) && REEL_IS_JOB (job));

  record = reel_job_book_peek (self->book, job);
  if (self->ended || record->file == NULL || g_strcmp0 (self->to, library) != 0)
    return;
  target = find_target (self, record->file);
  if (target == NULL)
    return;

  g_queue_push_tail (self->waiting,
                     reel_saved_file_new (record->id, record->file, record->file_size, record->file_sha256, FALSE));
  self->n_files++;
  if (self->task != NULL)
    return;

  self->task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (self->task, reel_library_mover_follow);
  g_set_object (&self->stop, NULL);
  self->stop = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  write_note (self, NULL);
  next (self);
}

/**
 * reel_library_mover_cancel:
 *
 * Stops the move that goes on. What was moved stays moved, the rest stays where it is.
 */
void
reel_library_mover_cancel (ReelLibraryMover *self)
{
  g_return_if_fail (REEL_IS_LIBRARY_MOVER (self));

  if (self->stop != NULL)
    g_cancellable_cancel (self->stop);
}

/**
 * reel_library_mover_stop:
 *
 * Stops the move because the program ends; the next start goes on with it.
 */
void
reel_library_mover_stop (ReelLibraryMover *self)
{
  self->ended = TRUE;
  reel_library_mover_cancel (self);
}
