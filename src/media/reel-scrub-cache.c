#include "config.h"

#include "reel-scrub-cache.h"

#include "reel-native-texture.h"
#include "reel-still.h"

#define DEFAULT_MEMORY_LIMIT (32 * 1024 * 1024)

/**
 * ReelScrubCache:
 *
 * The frames to scrub through of the videos that the pointer was on. A strip lives as long as someone looks at it; those
 * that are complete stay, and the least recently used go first. Where nobody looks at one any more that is not, its
 * decoding ends and it is gone.
 */
struct _ReelScrubCache
{
  GObject parent_instance;

  ReelDecodeQueue *queue;
  guint64 memory_limit;
  guint64 memory_used;
  GHashTable *entries; /* ReelScrubEntry */
  GQueue kept;         /* links of entries, the last used first */
};

/* A strip that is there. */
typedef struct
{
  ReelScrubCache *cache; /* borrowed */
  char *id;
  ReelScrubStrip *strip; /* owned where it is kept, else borrowed */
  GTask *task;           /* borrowed; NULL when it is done */
  guint64 size;          /* bytes; 0 where it is not kept */
  GList link;
} ReelScrubEntry;

/* What one thread does. */
typedef struct
{
  /* input */
  char *id;
  GFile *video;
  guint size;
  GTask *task; /* borrowed: it owns this */

  /* output, on the main thread alone */
  GWeakRef strip;
} ReelScrubWork;

/* A frame on its way to the main thread. */
typedef struct
{
  GTask *task;
  guint index;
  GdkTexture *texture;
} ReelScrubFrame;

G_DEFINE_FINAL_TYPE (ReelScrubCache, reel_scrub_cache, G_TYPE_OBJECT)

static void
reel_scrub_work_free (gpointer data)
{
  ReelScrubWork *self = data;

  g_weak_ref_clear (&self->strip);
  g_object_unref (self->video);
  g_free (self->id);
  g_free (self);
}

static void
reel_scrub_frame_free (gpointer data)
{
  ReelScrubFrame *self = data;

  g_object_unref (self->texture);
  g_object_unref (self->task);
  g_free (self);
}

static void
on_strip_gone (gpointer data, GObject *strip)
{
  ReelScrubEntry *entry = data;
  ReelScrubCache *self = entry->cache;

  if (entry->task != NULL) {
    g_cancellable_cancel (g_task_get_cancellable (entry->task));
    reel_decode_queue_withdraw (self->queue, entry->task);
  }
  g_hash_table_remove (self->entries, entry->id);
}

/* Where someone still looks at the strip, it lives on, and is found. */
static void
let_go (ReelScrubEntry *entry)
{
  ReelScrubCache *self = entry->cache;

  g_queue_unlink (&self->kept, &entry->link);
  self->memory_used -= entry->size;
  entry->size = 0;
  g_object_unref (entry->strip);
}

static void
limit_memory (ReelScrubCache *self)
{
  while (self->memory_used > self->memory_limit)
    let_go (g_queue_peek_tail (&self->kept));
}

static void
keep (ReelScrubEntry *entry)
{
  ReelScrubCache *self = entry->cache;

  entry->size = reel_scrub_strip_get_bytes (entry->strip);
  if (entry->size == 0)
    return;

  g_object_ref (entry->strip);
  self->memory_used += entry->size;
  g_queue_push_head_link (&self->kept, &entry->link);
  limit_memory (self);
}

static gboolean
deliver_frame (gpointer data)
{
  ReelScrubFrame *frame = data;
  ReelScrubWork *work = g_task_get_task_data (frame->task);
  g_autoptr (ReelScrubStrip) strip = g_weak_ref_get (&work->strip);

  if (strip != NULL)
    reel_scrub_strip_set_frame (strip, frame->index, frame->texture);

  return G_SOURCE_REMOVE;
}

/* In the thread that decodes. */
static void
on_frame (guint index, GdkTexture *texture, gpointer data)
{
  ReelScrubWork *work = data;
  ReelScrubFrame *frame = g_new0 (ReelScrubFrame, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  frame->task = g_object_ref (work->task);
  frame->index = index;
  frame->texture = reel_native_texture_take (g_object_ref (texture));
  /* Before the end of the task, which has the same priority. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_frame, frame, reel_scrub_frame_free);
  g_source_attach (source, g_task_get_context (work->task));
}

/* In a thread of its own. */
static gpointer
run_work (gpointer data, GCancellable *cancellable, GError **error)
{
  ReelScrubWork *work = data;

  if (!reel_still_take_strip (work->video, work->size, REEL_SCRUB_STRIP_FRAMES, on_frame, work, cancellable, error))
    return NULL;

  return g_object_ref (work->video);
}

static void
on_work_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReelScrubCache) self = user_data;
  g_autoptr (GError) error = NULL;
  ReelScrubWork *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GFile) video = g_task_propagate_pointer (G_TASK (result), &error);
  ReelScrubEntry *entry = g_hash_table_lookup (self->entries, work->id);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("scrubbing: %s", error->message);
  if (entry == NULL || entry->task != G_TASK (result))
    return;

  entry->task = NULL;
  if (video != NULL)
    keep (entry);
}

static void
start_work (ReelScrubEntry *entry, GFile *video, guint size)
{
  ReelScrubCache *self = entry->cache;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, on_work_done, g_object_ref (self));
  ReelScrubWork *work = g_new0 (ReelScrubWork, 1);

  work->id = g_strdup (entry->id);
  work->video = g_object_ref (video);
  work->size = size;
  work->task = task;
  g_weak_ref_init (&work->strip, entry->strip);
  entry->task = task;
  g_task_set_source_tag (task, start_work);
  g_task_set_task_data (task, work, reel_scrub_work_free);
  reel_decode_queue_push (self->queue, REEL_DECODE_POINTED, task, video, run_work, g_object_unref);
}

static void
reel_scrub_entry_free (gpointer data)
{
  ReelScrubEntry *self = data;

  g_free (self->id);
  g_free (self);
}

static void
reel_scrub_cache_finalize (GObject *object)
{
  ReelScrubCache *self = REEL_SCRUB_CACHE (object);
  GHashTableIter iter;
  ReelScrubEntry *entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry)) {
    g_object_weak_unref (G_OBJECT (entry->strip), on_strip_gone, entry);
    if (entry->size > 0)
      g_object_unref (entry->strip);
  }
  g_hash_table_unref (self->entries);
  g_object_unref (self->queue);

  G_OBJECT_CLASS (reel_scrub_cache_parent_class)->finalize (object);
}

static void
reel_scrub_cache_class_init (ReelScrubCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_scrub_cache_finalize;
}

static void
reel_scrub_cache_init (ReelScrubCache *self)
{
  self->memory_limit = DEFAULT_MEMORY_LIMIT;
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, reel_scrub_entry_free);
  g_queue_init (&self->kept);
}

/**
 * reel_scrub_cache_new:
 * @queue: (transfer none): where decoding waits its turn
 *
 * Returns: (transfer full): an empty cache
 */
ReelScrubCache *
reel_scrub_cache_new (ReelDecodeQueue *queue)
{
  g_return_val_if_fail (REEL_IS_DECODE_QUEUE (queue), NULL);

  ReelScrubCache *self = g_object_new (REEL_TYPE_SCRUB_CACHE, NULL);

  self->queue = g_object_ref (queue);

  return self;
}

/**
 * reel_scrub_cache_set_memory_limit:
 * @limit: bytes
 *
 * Sets how much the strips take that nobody looks at.
 */
void
reel_scrub_cache_set_memory_limit (ReelScrubCache *self, guint64 limit)
{
  g_return_if_fail (REEL_IS_SCRUB_CACHE (self));

  self->memory_limit = limit;
  limit_memory (self);
}

/**
 * reel_scrub_cache_open:
 * @video: a local video
 * @key: names the content (the SHA-256 of the file)
 * @size: a frame fits into @size x @size pixels, in the video's own shape
 *
 * Opens the strip of a video; where it is not there yet, its frames come one after another. Let go of it to end that: a
 * strip that is not complete is gone then.
 *
 * Returns: (transfer full): the strip
 */
ReelScrubStrip *
reel_scrub_cache_open (ReelScrubCache *self, GFile *video, const char *key, guint size)
{
  g_return_val_if_fail (REEL_IS_SCRUB_CACHE (self) && G_IS_FILE (video) && key != NULL && size > 0, NULL);

  g_autofree char *id = g_strdup_printf ("%u:%s", size, key);
  ReelScrubEntry *entry = g_hash_table_lookup (self->entries, id);

  if (entry != NULL) {
    if (entry->size > 0) {
      g_queue_unlink (&self->kept, &entry->link);
      g_queue_push_head_link (&self->kept, &entry->link);
    }
    return g_object_ref (entry->strip);
  }

  ReelScrubStrip *strip = reel_scrub_strip_new ();

  entry = g_new0 (ReelScrubEntry, 1);
  entry->cache = self;
  entry->id = g_steal_pointer (&id);
  entry->strip = strip;
  entry->link.data = entry;
  g_object_weak_ref (G_OBJECT (strip), on_strip_gone, entry);
  g_hash_table_insert (self->entries, entry->id, entry);
  start_work (entry, video, size);

  return strip;
}
