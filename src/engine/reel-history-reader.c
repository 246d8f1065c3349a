#include "config.h"

#include "reel-history-reader.h"

/* How many jobs are read at a time: those that are seen first shall not wait for the others. */
#define BATCH 48

/**
 * ReelHistoryReader:
 *
 * Reads the jobs of the items that are looked at, many at a time, the ones that were asked for last first.
 */
struct _ReelHistoryReader
{
  GObject parent_instance;

  ReelJobBook *book;
  GPtrArray *wanted; /* Want */
  guint wanted_id;
};

G_DEFINE_FINAL_TYPE (ReelHistoryReader, reel_history_reader, G_TYPE_OBJECT)

typedef struct
{
  gint64 key;
  ReelHistoryItem *item; /* owned */
} Want;

/* Jobs on their way from the database. */
typedef struct
{
  ReelHistoryReader *reader; /* owned */
  GPtrArray *wants;          /* owned */
} Reading;

static void
want_free (gpointer data)
{
  Want *want = data;

  g_object_unref (want->item);
  g_free (want);
}

static void
on_jobs_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (ReelHistoryReader) self = reading->reader;
  g_autoptr (GPtrArray) wants = reading->wants;
  g_autoptr (GPtrArray) records = reel_store_load_history_finish (REEL_STORE (source), result, NULL);

  /* They are read again when the database is well. */
  if (records == NULL) {
    g_ptr_array_extend_and_steal (self->wanted, g_steal_pointer (&wants));
    return;
  }

  for (guint i = 0; i < records->len; i++) {
    g_autoptr (ReelJob) job = NULL;

    if (records->pdata[i] != NULL)
      job = reel_job_book_take (self->book, g_steal_pointer (&records->pdata[i]));
    if (job != NULL)
      reel_history_item_set_job (((Want *)wants->pdata[i])->item, job);
  }
}

static void
read_jobs (ReelHistoryReader *self, GPtrArray *wants)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  Reading *reading = g_new0 (Reading, 1);

  for (guint i = 0; i < wants->len; i++)
    g_array_append_val (keys, ((Want *)wants->pdata[i])->key);

  reading->reader = g_object_ref (self);
  reading->wants = wants;
  reel_store_load_history_async (reel_job_book_get_store (self->book), (const gint64 *)(gpointer)keys->data, keys->len,
                                 NULL, on_jobs_read, reading);
}

/* What was asked for last is what is seen now. */
static gboolean
on_wanted (gpointer data)
{
  ReelHistoryReader *self = data;

  self->wanted_id = 0;
  while (self->wanted->len > 0) {
    GPtrArray *wants = g_ptr_array_new_with_free_func (want_free);

    for (guint i = 0; i < BATCH && self->wanted->len > 0; i++)
      g_ptr_array_add (wants, g_ptr_array_steal_index (self->wanted, self->wanted->len - 1));
    read_jobs (self, wants);
  }

  return G_SOURCE_REMOVE;
}

static void
reel_history_reader_finalize (GObject *object)
{
  ReelHistoryReader *self = REEL_HISTORY_READER (object);

  g_clear_handle_id (&self->wanted_id, g_source_remove);
  g_ptr_array_unref (self->wanted);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_history_reader_parent_class)->finalize (object);
}

static void
reel_history_reader_class_init (ReelHistoryReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_history_reader_finalize;
}

static void
reel_history_reader_init (ReelHistoryReader *self)
{
  self->wanted = g_ptr_array_new_with_free_func (want_free);
}

/**
 * reel_history_reader_new:
 * @book: (transfer none): what has the one object of each job
 *
 * Returns: (transfer full): a reader
 */
ReelHistoryReader *
reel_history_reader_new (ReelJobBook *book)
{
  ReelHistoryReader *self = g_object_new (REEL_TYPE_HISTORY_READER, NULL);

  self->book = g_object_ref (book);

  return self;
}

/**
 * reel_history_reader_add:
 * @key: what the database calls a job
 * @item: (transfer none): what is told of it when it was read
 *
 * Reads a job soon: after whoever asks for many has asked, and before the next frame.
 */
void
reel_history_reader_add (ReelHistoryReader *self, gint64 key, ReelHistoryItem *item)
{
  Want *want = g_new0 (Want, 1);

  want->key = key;
  want->item = g_object_ref (item);
  g_ptr_array_add (self->wanted, want);
  reel_history_reader_try_again (self);
}

/**
 * reel_history_reader_try_again:
 *
 * Reads what could not be read.
 */
void
reel_history_reader_try_again (ReelHistoryReader *self)
{
  if (self->wanted->len > 0 && self->wanted_id == 0)
    self->wanted_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_wanted, self, NULL);
}
