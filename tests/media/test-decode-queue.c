#include "config.h"

#include "reel-background.h"
#include "reel-decode-queue.h"
#include "reel-error.h"
#include "reel-test.h"

#include <glib/gstdio.h>

static GMutex mutex;
static GCond cond;

/* What runs, in the order in which it began; each goes on where its gate is open. */
typedef struct
{
  const char *name;
  gboolean open;
  gboolean fails;
  GAsyncResult *result;
} Piece;

static GPtrArray *begun;
static guint n_running;
static guint n_most;

static gpointer
run_piece (gpointer data, GCancellable *cancellable, GError **error)
{
  Piece *piece = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  g_assert_true (reel_background_is_entered ());
  g_ptr_array_add (begun, piece);
  n_running++;
  n_most = MAX (n_most, n_running);
  g_main_context_wakeup (NULL);
  while (!piece->open)
    g_cond_wait (&cond, &mutex);
  n_running--;
  if (piece->fails) {
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_TRUNCATED, piece->name);
    return NULL;
  }

  return g_strdup (piece->name);
}

static GTask *
push (ReelDecodeQueue *queue, ReelDecodeUrgency urgency, GFile *file, Piece *piece)
{
  GTask *task = g_task_new (NULL, NULL, reel_test_store_result, &piece->result);

  g_task_set_task_data (task, piece, NULL);
  reel_decode_queue_push (queue, urgency, task, file, run_piece, g_free);

  return task;
}

static void
open_gate (Piece *piece)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  piece->open = TRUE;
  g_cond_broadcast (&cond);
}

static guint
count_begun (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return begun->len;
}

/* The pointer first, then the newest; never more than two at a time; what is withdrawn never begins. */
static void
test_order (void)
{
  ReelDecodeQueue *queue = reel_decode_queue_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent");
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) withdrawn = NULL;
  Piece pieces[] = {{"blocker"},           {"other blocker"},       {"old", .open = TRUE},    {"gone", .open = TRUE},
                    {"new", .open = TRUE}, {"first", .open = TRUE}, {"pointed", .open = TRUE}};
  const guint order[] = {0, 1, 6, 5, 4, 2};

  begun = g_ptr_array_new ();
  n_most = 0;
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    ReelDecodeUrgency urgency = i >= 5 ? REEL_DECODE_POINTED : REEL_DECODE_SHOWN;
    GTask *task = push (queue, urgency, file, &pieces[i]);

    if (i == 3)
      withdrawn = task;
    else
      g_object_unref (task);
    if (i < 2)
      reel_test_wait (count_begun () == i + 1);
  }
  g_assert_true (reel_decode_queue_withdraw (queue, withdrawn));
  g_assert_false (reel_decode_queue_withdraw (queue, withdrawn));

  open_gate (&pieces[0]);
  reel_test_wait (pieces[2].result != NULL);
  open_gate (&pieces[1]);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autofree char *name = NULL;

    reel_test_wait (pieces[i].result != NULL);
    name = g_task_propagate_pointer (G_TASK (pieces[i].result), i == 3 ? &error : NULL);
    g_assert_cmpstr (name, ==, i == 3 ? NULL : pieces[i].name);
    g_object_unref (pieces[i].result);
  }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (begun->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_true (begun->pdata[i] == &pieces[order[i]]);
  g_assert_cmpuint (n_most, ==, 2);

  g_ptr_array_unref (begun);
  g_assert_finalize_object (queue);
}

/* Runs a piece, and returns whether it was tried. */
static gboolean
try (ReelDecodeQueue *queue, GFile *file, gboolean fails)
{
  Piece piece = {"piece", .open = TRUE, .fails = fails};
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  guint before = begun->len;

  g_object_unref (push (queue, REEL_DECODE_SHOWN, file, &piece));
  reel_test_wait (piece.result != NULL);
  name = g_task_propagate_pointer (G_TASK (piece.result), &error);
  if (name == NULL)
    g_assert_error (error, REEL_ERROR, REEL_ERROR_TRUNCATED);
  g_object_unref (piece.result);

  return begun->len > before;
}

/* What failed is not tried again until the file is another one; each of the ways in which it can be another counts. */
static void
test_failures (void)
{
  ReelDecodeQueue *queue = reel_decode_queue_new ();
  g_autofree char *folder = reel_test_make_folder ();
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "video.mp4", NULL);
  g_autoptr (GFile) other = g_file_new_build_filename (folder, "other.mp4", NULL);

  begun = g_ptr_array_new ();
  g_assert_true (try (queue, file, TRUE));
  g_assert_false (try (queue, file, TRUE));
  g_assert_true (try (queue, other, FALSE));
  g_assert_true (try (queue, other, FALSE));

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "1", 1, NULL));
  g_assert_true (try (queue, file, TRUE));
  g_assert_false (try (queue, file, FALSE));
  g_assert_true (g_file_set_contents (g_file_peek_path (file), "12", 2, NULL));
  g_assert_true (try (queue, file, TRUE));
  g_assert_false (try (queue, file, FALSE));
  g_assert_cmpint (g_remove (g_file_peek_path (file)), ==, 0);
  g_assert_true (try (queue, file, FALSE));
  g_assert_true (try (queue, file, FALSE));

  g_ptr_array_unref (begun);
  g_assert_finalize_object (queue);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/decode-queue/order", test_order);
  g_test_add_func ("/decode-queue/failures", test_failures);

  return g_test_run ();
}
