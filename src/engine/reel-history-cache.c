#include "config.h"

#include "reel-history-cache.h"

/* How many items are kept. A list or a grid holds fewer at a time. */
#define MAX_ITEMS 1000

/**
 * ReelHistoryCache:
 *
 * The items of the history that were used last, by what the database calls their jobs.
 */
struct _ReelHistoryCache
{
  GQueue used;       /* Entry, the last one used first */
  GHashTable *links; /* key -> its GList in the queue */
};

typedef struct
{
  gint64 key;
  ReelHistoryItem *item; /* owned */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->item);
  g_free (entry);
}

/**
 * reel_history_cache_new:
 *
 * Returns: (transfer full): an empty cache
 */
ReelHistoryCache *
reel_history_cache_new (void)
{
  ReelHistoryCache *self = g_new0 (ReelHistoryCache, 1);

  self->links = g_hash_table_new (g_int64_hash, g_int64_equal);

  return self;
}

/**
 * reel_history_cache_free:
 * @self: (transfer full): a cache
 */
void
reel_history_cache_free (ReelHistoryCache *self)
{
  g_hash_table_unref (self->links);
  g_queue_clear_full (&self->used, entry_free);
  g_free (self);
}

/**
 * reel_history_cache_lookup:
 * @key: what the database calls a job
 *
 * Returns: (transfer none) (nullable): its item
 */
ReelHistoryItem *
reel_history_cache_lookup (ReelHistoryCache *self, gint64 key)
{
  GList *link = g_hash_table_lookup (self->links, &key);

  if (link == NULL)
    return NULL;

  g_queue_unlink (&self->used, link);
  g_queue_push_head_link (&self->used, link);

  return ((Entry *)link->data)->item;
}

/**
 * reel_history_cache_insert:
 * @key: what the database calls a job that is not in the cache
 * @item: (transfer none): its item
 *
 * Keeps an item, in the place of the one that was not used for longest.
 */
void
reel_history_cache_insert (ReelHistoryCache *self, gint64 key, ReelHistoryItem *item)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->key = key;
  entry->item = g_object_ref (item);
  g_queue_push_head (&self->used, entry);
  g_hash_table_insert (self->links, &entry->key, self->used.head);

  if (self->used.length > MAX_ITEMS) {
    Entry *last = g_queue_pop_tail (&self->used);

    g_hash_table_remove (self->links, &last->key);
    entry_free (last);
  }
}

/**
 * reel_history_cache_rename:
 * @key: what a job was called
 * @new_key: what it is called from now on
 *
 * Tells the name of a job that the database did not have yet.
 */
void
reel_history_cache_rename (ReelHistoryCache *self, gint64 key, gint64 new_key)
{
  GList *link = g_hash_table_lookup (self->links, &key);
  Entry *entry;

  if (link == NULL)
    return;

  entry = link->data;
  g_hash_table_remove (self->links, &key);
  entry->key = new_key;
  g_hash_table_insert (self->links, &entry->key, link);
}
