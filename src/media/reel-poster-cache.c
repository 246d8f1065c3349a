#include "config.h"

#include "reel-poster-cache.h"

#include "reel-decode-queue.h"
#include "reel-native-texture.h"
#include "reel-poster-folder.h"
#include "reel-still.h"

#define DEFAULT_MEMORY_LIMIT (48 * 1024 * 1024)
#define DEFAULT_DISK_LIMIT   (256 * 1024 * 1024)

/**
 * ReelPosterCache:
 *
 * Still pictures of videos: in memory and as PNG files, of which the least recently used go first. Requests for the same
 * picture share one piece of work; where it still waits when the last of them is cancelled, it is dropped.
 */
struct _ReelPosterCache
{
  GObject parent_instance;

  GFile *folder;
  guint64 memory_limit;
  guint64 disk_limit;

  guint64 memory_used;
  GHashTable *pictures;
  GQueue recent;
  GHashTable *works;
  ReelDecodeQueue *queue;
  ReelPosterFolder *files;
  ReelScrubCache *scrubs;
};

/* A picture in memory, a link of the list of the recently used. */
typedef struct
{
  char *id;
  GdkTexture *texture;
  guint64 size;
  GList link;
} ReelPicture;

/* What one thread has to do, and who waits for it. The table of works borrows it, the task owns it. */
typedef struct
{
  /* input */
  char *id;
  GFile *video;
  ReelPosterFolder *files;
  guint size;

  /* in progress, on the main thread alone */
  GTask *task; /* borrowed */
  GList *requests;
} ReelPosterWork;

/* One caller's part in a work. */
typedef struct
{
  /* input */
  ReelPosterCache *cache;
  GTask *task;

  /* in progress */
  ReelPosterWork *work;
  GSource *cancelled;
} ReelPosterRequest;

G_DEFINE_FINAL_TYPE (ReelPosterCache, reel_poster_cache, G_TYPE_OBJECT)

enum
{
  PROP_FOLDER = 1,
  PROP_MEMORY_LIMIT,
  PROP_DISK_LIMIT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
reel_picture_free (ReelPicture *self)
{
  g_free (self->id);
  g_object_unref (self->texture);
  g_free (self);
}

static void
reel_poster_work_free (ReelPosterWork *self)
{
  g_assert (self->requests == NULL);
  g_free (self->id);
  g_object_unref (self->video);
  g_object_unref (self->files);
  g_free (self);
}

/* Ends a request: its task is left to answer. */
static GTask *
reel_poster_request_free (ReelPosterRequest *self)
{
  GTask *task = self->task;

  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
  g_free (self);

  return task;
}

static char *
make_id (const char *key, guint size)
{
  return g_strdup_printf ("%u:%s", size, key);
}

static void
forget (ReelPosterCache *self, ReelPicture *picture)
{
  g_queue_unlink (&self->recent, &picture->link);
  self->memory_used -= picture->size;
  g_hash_table_remove (self->pictures, picture->id);
}

static void
remember (ReelPosterCache *self, const char *id, GdkTexture *texture)
{
  ReelPicture *picture = g_new0 (ReelPicture, 1);

  picture->id = g_strdup (id);
  picture->texture = g_object_ref (texture);
  picture->size = (guint64)gdk_texture_get_width (texture) * gdk_texture_get_height (texture) * 4;
  picture->link.data = picture;
  self->memory_used += picture->size;
  g_queue_push_head_link (&self->recent, &picture->link);
  g_hash_table_replace (self->pictures, picture->id, picture);

  /* The newest stays even where it alone is too large: someone is about to show it. */
  while (self->memory_used > self->memory_limit && self->recent.length > 1)
    forget (self, g_queue_peek_tail (&self->recent));
}

/* In a thread of its own. */
static gpointer
run_work (gpointer data, GCancellable *cancellable, GError **error)
{
  ReelPosterWork *work = data;
  GdkTexture *texture = reel_poster_folder_load (work->files, work->id);

  if (texture == NULL) {
    texture = reel_still_take (work->video, work->size, cancellable, error);
    if (texture == NULL)
      return NULL;
    reel_poster_folder_save (work->files, work->id, texture);
  }

  return reel_native_texture_take (texture);
}

static void
on_work_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ReelPosterCache) self = user_data;
  g_autoptr (GError) error = NULL;
  ReelPosterWork *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GList) requests = g_steal_pointer (&work->requests);

  /* After it was withdrawn, another work may have taken its place. */
  if (g_hash_table_lookup (self->works, work->id) == work)
    g_hash_table_remove (self->works, work->id);
  if (texture != NULL)
    remember (self, work->id, texture);

  for (GList *l = requests; l != NULL; l = l->next) {
    g_autoptr (GTask) task = reel_poster_request_free (l->data);

    if (texture != NULL)
      g_task_return_pointer (task, g_object_ref (texture), g_object_unref);
    else
      g_task_return_error (task, g_error_copy (error));
  }
}

static gboolean
on_request_cancelled (GCancellable *cancellable, gpointer data)
{
  ReelPosterRequest *request = data;
  ReelPosterCache *self = request->cache;
  ReelPosterWork *work = request->work;
  g_autofree char *id = g_strdup (work->id);

  work->requests = g_list_remove (work->requests, request);
  /* What runs already goes on: it takes no longer than a frame does, and whoever asks again finds its result. A work that
   * is withdrawn may be gone at once. */
  if (work->requests == NULL && reel_decode_queue_withdraw (self->queue, work->task))
    g_hash_table_remove (self->works, id);

  g_autoptr (GTask) task = reel_poster_request_free (request);

  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static ReelPosterWork *
start_work (ReelPosterCache *self, const char *id, GFile *video, guint size)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_work_done, g_object_ref (self));
  ReelPosterWork *work = g_new0 (ReelPosterWork, 1);

  work->id = g_strdup (id);
  work->video = g_object_ref (video);
  work->files = g_object_ref (self->files);
  work->size = size;
  work->task = task;
  g_hash_table_insert (self->works, work->id, work);

  g_task_set_source_tag (task, start_work);
  g_task_set_task_data (task, work, (GDestroyNotify)reel_poster_work_free);
  reel_decode_queue_push (self->queue, REEL_DECODE_SHOWN, task, video, run_work, g_object_unref);

  return work;
}

static void
reel_poster_cache_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelPosterCache *self = REEL_POSTER_CACHE (object);

  switch (id) {
  case PROP_FOLDER:
    g_value_set_object (value, self->folder);
    break;
  case PROP_MEMORY_LIMIT:
    g_value_set_uint64 (value, self->memory_limit);
    break;
  case PROP_DISK_LIMIT:
    g_value_set_uint64 (value, self->disk_limit);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_poster_cache_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelPosterCache *self = REEL_POSTER_CACHE (object);

  switch (id) {
  case PROP_FOLDER:
    self->folder = g_value_dup_object (value);
    break;
  case PROP_MEMORY_LIMIT:
    self->memory_limit = g_value_get_uint64 (value);
    break;
  case PROP_DISK_LIMIT:
    self->disk_limit = g_value_get_uint64 (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_poster_cache_constructed (GObject *object)
{
  ReelPosterCache *self = REEL_POSTER_CACHE (object);

  G_OBJECT_CLASS (reel_poster_cache_parent_class)->constructed (object);

  self->files = reel_poster_folder_new (self->folder, self->disk_limit);
}

static void
reel_poster_cache_finalize (GObject *object)
{
  ReelPosterCache *self = REEL_POSTER_CACHE (object);

  /* Each work holds the cache: by now there is none. */
  g_assert (g_hash_table_size (self->works) == 0);
  g_hash_table_unref (self->works);
  g_hash_table_unref (self->pictures);
  g_object_unref (self->scrubs);
  g_object_unref (self->queue);
  g_object_unref (self->files);
  g_object_unref (self->folder);

  G_OBJECT_CLASS (reel_poster_cache_parent_class)->finalize (object);
}

static void
reel_poster_cache_class_init (ReelPosterCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_poster_cache_get_property;
  object_class->set_property = reel_poster_cache_set_property;
  object_class->constructed = reel_poster_cache_constructed;
  object_class->finalize = reel_poster_cache_finalize;

  properties[PROP_FOLDER] = g_param_spec_object ("folder", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_MEMORY_LIMIT] =
      g_param_spec_uint64 ("memory-limit", NULL, NULL, 0, G_MAXUINT64, DEFAULT_MEMORY_LIMIT, flags);
  properties[PROP_DISK_LIMIT] =
      g_param_spec_uint64 ("disk-limit", NULL, NULL, 0, G_MAXUINT64, DEFAULT_DISK_LIMIT, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_poster_cache_init (ReelPosterCache *self)
{
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)reel_picture_free);
  self->works = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->recent);
  self->queue = reel_decode_queue_new ();
  self->scrubs = reel_scrub_cache_new (self->queue);
}

/**
 * reel_poster_cache_new:
 * @folder: where the PNG files are; it is made when the first of them is
 *
 * Makes a cache. Its construct properties "memory-limit" and "disk-limit" bound what it keeps, in bytes.
 *
 * Returns: (transfer full): the cache
 */
ReelPosterCache *
reel_poster_cache_new (GFile *folder)
{
  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  return g_object_new (REEL_TYPE_POSTER_CACHE, "folder", folder, NULL);
}

/**
 * reel_poster_cache_load_async:
 * @video: a local video
 * @key: names the content (the SHA-256 of the file)
 * @size: the picture fits into @size x @size pixels, in the video's own shape
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Gets the still picture of a video from memory, from its PNG file, or from the video, off the main thread. The newest
 * request comes first. A video that gave no picture is not tried again until its file has changed.
 */
void
reel_poster_cache_load_async (ReelPosterCache *self,
                              GFile *video,
                              const char *key,
                              guint size,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_return_if_fail (REEL_IS_POSTER_CACHE (self) && G_IS_FILE (video) && key != NULL && size > 0);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autofree char *id = make_id (key, size);
  GdkTexture *texture = reel_poster_cache_peek (self, key, size);

  g_task_set_source_tag (task, reel_poster_cache_load_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (texture != NULL) {
    g_task_return_pointer (task, g_object_ref (texture), g_object_unref);
    return;
  }

  ReelPosterWork *work = g_hash_table_lookup (self->works, id);
  ReelPosterRequest *request = g_new0 (ReelPosterRequest, 1);

  request->cache = self;
  request->work = work != NULL ? work : start_work (self, id, video, size);
  request->task = g_steal_pointer (&task);
  request->work->requests = g_list_append (request->work->requests, request);
  if (cancellable != NULL) {
    request->cancelled = g_cancellable_source_new (cancellable);
    g_source_set_callback (request->cancelled, G_SOURCE_FUNC (on_request_cancelled), request, NULL);
    g_source_attach (request->cancelled, g_task_get_context (request->task));
  }
}

/**
 * reel_poster_cache_load_finish:
 * @result: what the callback got
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO, %REEL_ERROR_TRUNCATED or %REEL_ERROR_MISSING_DECODER
 *
 * Ends reel_poster_cache_load_async().
 *
 * Returns: (transfer full): the picture
 */
GdkTexture *
reel_poster_cache_load_finish (ReelPosterCache *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_poster_cache_peek:
 * @key: names the content
 * @size: as for reel_poster_cache_load_async()
 *
 * Returns: (transfer none) (nullable): the picture where it is in memory
 */
GdkTexture *
reel_poster_cache_peek (ReelPosterCache *self, const char *key, guint size)
{
  g_return_val_if_fail (REEL_IS_POSTER_CACHE (self) && key != NULL, NULL);

  g_autofree char *id = make_id (key, size);
  ReelPicture *picture = g_hash_table_lookup (self->pictures, id);

  if (picture == NULL)
    return NULL;

  g_queue_unlink (&self->recent, &picture->link);
  g_queue_push_head_link (&self->recent, &picture->link);

  return picture->texture;
}

/**
 * reel_poster_cache_get_scrubs:
 *
 * Returns: (transfer none): the frames to scrub through; they are decoded before the posters, in the same queue
 */
ReelScrubCache *
reel_poster_cache_get_scrubs (ReelPosterCache *self)
{
  g_return_val_if_fail (REEL_IS_POSTER_CACHE (self), NULL);

  return self->scrubs;
}

/**
 * reel_poster_cache_round_size:
 * @size: the larger side of the picture as it is shown, in pixels of the screen
 *
 * Widgets of about the same size share their pictures.
 *
 * Returns: the size to ask for, which is no smaller up to 2048
 */
guint
reel_poster_cache_round_size (double size)
{
  const guint sizes[] = {96, 128, 192, 256, 384, 512, 768, 1024, 1536};

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (size <= sizes[i])
      return sizes[i];

  return 2048;
}

/**
 * reel_poster_cache_get_file:
 * @key: names the content
 * @size: as for reel_poster_cache_load_async()
 *
 * Returns: (transfer full): the PNG file, which is there once the picture was loaded
 */
GFile *
reel_poster_cache_get_file (ReelPosterCache *self, const char *key, guint size)
{
  g_return_val_if_fail (REEL_IS_POSTER_CACHE (self) && key != NULL, NULL);

  g_autofree char *id = make_id (key, size);

  return reel_poster_folder_get_file (self->files, id);
}
