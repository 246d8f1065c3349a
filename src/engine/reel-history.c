#include "config.h"

#include "reel-history-private.h"

#include "reel-history-cache.h"
#include "reel-history-reader.h"

/* A new list comes in steps, a frame each: a view makes up to some two hundred widgets for what it may show next, and what
 * is seen at first shall not wait for them. */
#define FIRST_STEP 16
#define NEXT_STEP  24
#define LAST_STEP  208

/**
 * ReelHistory:
 *
 * The jobs that a query means: a #GListModel of #ReelHistoryItem over the database. It knows where every job stands, and
 * reads a job when its item is asked for.
 *
 * When a job comes, goes, or changes so that the query means it or no longer does, exactly that place changes. For another
 * query all of them go first and the others come then, which is what lists of widgets are quickest with.
 */
struct _ReelHistory
{
  GObject parent_instance;

  ReelJobBook *book;
  ReelHistoryQuery *query;
  guint generation; /* counts the queries */
  GArray *places;   /* ReelHistoryPlace */
  GArray *later;    /* ReelHistoryPlace: those of a new list that are still to be shown, NULL where there are none */
  guint later_id;
  ReelHistoryCache *cache;
  GHashTable *pending; /* id -> Pending: jobs that are not in the database yet */
  GHashTable *removed; /* keys of jobs that are out of sight */
  GHashTable *gone;    /* id -> Gone: where they stood, for one that comes back */
  gint64 last_pending;

  GHashTable *asked; /* id -> Asking: the last question for its place (not owned) */

  ReelHistoryReader *reader;
  GCancellable *listing; /* NULL where none is under way */
  gboolean is_beginning; /* whether the listing is that of what is seen at once */
  gboolean started;
};

typedef struct
{
  gint64 key;            /* negative, until the database gives one */
  ReelHistoryItem *item; /* owned */
} Pending;

typedef struct
{
  ReelHistoryPlace place;
  guint generation;
} Gone;

/* A job whose place is asked for. */
typedef struct
{
  ReelHistory *history; /* owned */
  ReelJob *job;         /* owned */
  guint generation;
} Asking;

enum
{
  PROP_LOADING = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void ask (ReelHistory *self, ReelJob *job);

static ReelHistoryPlace *
get_place (ReelHistory *self, guint position)
{
  return &g_array_index (self->places, ReelHistoryPlace, position);
}

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_object_unref (pending->item);
  g_free (pending);
}

static ReelHistoryItem *
find_pending (ReelHistory *self, gint64 key)
{
  GHashTableIter iter;
  Pending *pending;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&pending))
    if (pending->key == key)
      return pending->item;

  return NULL;
}

static GType
get_item_type (GListModel *list)
{
  return REEL_TYPE_HISTORY_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return REEL_HISTORY (list)->places->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  ReelHistory *self = REEL_HISTORY (list);
  ReelHistoryItem *item;
  gint64 key;

  if (position >= self->places->len)
    return NULL;

  key = get_place (self, position)->key;
  item = key < 0 ? find_pending (self, key) : reel_history_cache_lookup (self->cache, key);
  if (item != NULL)
    return g_object_ref (item);

  item = reel_history_item_new (NULL);
  reel_history_cache_insert (self->cache, key, item);
  reel_history_reader_add (self->reader, key, item);

  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelHistory,
                               reel_history,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The first position whose place does not come before @place. */
static guint
find_bound_in (ReelHistory *self, GArray *places, const ReelHistoryPlace *place)
{
  guint low = 0, high = places->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (reel_history_place_compare (&g_array_index (places, ReelHistoryPlace, middle), place, self->query->sort) < 0)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}

static guint
find_bound (ReelHistory *self, const ReelHistoryPlace *place)
{
  return find_bound_in (self, self->places, place);
}

static guint
find_key (ReelHistory *self, gint64 key)
{
  for (guint i = 0; i < self->places->len; i++)
    if (get_place (self, i)->key == key)
      return i;

  return G_MAXUINT;
}

/* Shows some more of what is to be shown later, or all of it. */
static void
show_more (ReelHistory *self, guint n_places)
{
  guint before = self->places->len;

  if (n_places >= self->later->len) {
    g_array_append_vals (self->places, self->later->data, self->later->len);
    g_clear_pointer (&self->later, g_array_unref);
    g_clear_handle_id (&self->later_id, g_source_remove);
  } else {
    g_array_append_vals (self->places, self->later->data, n_places);
    g_array_remove_range (self->later, 0, n_places);
  }
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->places->len - before);
}

static void
show_all (ReelHistory *self)
{
  if (self->later == NULL)
    return;

  show_more (self, G_MAXUINT);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static gboolean
on_later (gpointer data)
{
  ReelHistory *self = data;

  if (self->places->len < LAST_STEP && self->later->len > NEXT_STEP) {
    show_more (self, NEXT_STEP);
    return G_SOURCE_CONTINUE;
  }

  self->later_id = 0;
  show_all (self);

  return G_SOURCE_REMOVE;
}

/* Keeps the beginning of a new list, and the rest for later. */
static void
split (ReelHistory *self)
{
  guint n = self->places->len;

  if (n <= FIRST_STEP)
    return;

  self->later = g_array_sized_new (FALSE, FALSE, sizeof (ReelHistoryPlace), n - FIRST_STEP);
  g_array_append_vals (self->later, get_place (self, FIRST_STEP), n - FIRST_STEP);
  g_array_set_size (self->places, FIRST_STEP);
  self->later_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, 16, on_later, self, NULL);
}

static void
insert_place (ReelHistory *self, const ReelHistoryPlace *place)
{
  guint position;

  show_all (self);
  position = find_bound (self, place);
  g_array_insert_val (self->places, position, *place);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
take_out (ReelHistory *self, guint position)
{
  g_array_remove_index (self->places, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static gboolean
is_removed (ReelHistory *self, gint64 key)
{
  return g_hash_table_contains (self->removed, &key);
}

static void
set_removed (ReelHistory *self, gint64 key, gboolean removed)
{
  if (removed)
    g_hash_table_add (self->removed, g_memdup2 (&key, sizeof key));
  else
    g_hash_table_remove (self->removed, &key);
}

/* The database has a job that it did not have: its place gets the name that it has there. */
static void
settle_pending (ReelHistory *self, ReelJob *job, const ReelHistoryPlace *place)
{
  Pending *pending = g_hash_table_lookup (self->pending, reel_job_get_id (job));
  guint position;

  if (pending == NULL)
    return;

  position = find_key (self, pending->key);
  if (position != G_MAXUINT && find_key (self, place->key) != G_MAXUINT) {
    take_out (self, position);
  } else if (position != G_MAXUINT) {
    get_place (self, position)->key = place->key;
    if (reel_history_cache_lookup (self->cache, place->key) == NULL)
      reel_history_cache_insert (self->cache, place->key, pending->item);
  }
  g_hash_table_remove (self->pending, reel_job_get_id (job));
}

static void
take_answer (ReelHistory *self, ReelJob *job, const ReelHistoryPlace *place, gboolean shown)
{
  gboolean removed = reel_job_book_is_removed (self->book, job);
  guint position;

  show_all (self);
  settle_pending (self, job, place);
  set_removed (self, place->key, removed);
  position = find_key (self, place->key);

  /* It may stand elsewhere now. */
  if (position != G_MAXUINT && shown && !removed &&
      reel_history_place_compare (get_place (self, position), place, self->query->sort) == 0)
    return;

  if (position != G_MAXUINT)
    take_out (self, position);
  if (shown && !removed)
    insert_place (self, place);
}

static void
on_place_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asking *asking = data;
  g_autoptr (ReelHistory) self = asking->history;
  g_autoptr (ReelJob) job = asking->job;
  ReelHistoryPlace place;
  gboolean shown;
  gboolean found = reel_store_find_in_history_finish (REEL_STORE (source), result, &place, &shown, NULL);

  /* The answer to a later question is on its way. */
  if (g_hash_table_lookup (self->asked, reel_job_get_id (job)) != asking)
    return;

  g_hash_table_remove (self->asked, reel_job_get_id (job));
  if (!found || place.key == 0)
    return;

  if (asking->generation == self->generation)
    take_answer (self, job, &place, shown);
  else
    ask (self, job);
}

/* Asks where a job stands now. What was written before is read. */
static void
ask (ReelHistory *self, ReelJob *job)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->history = g_object_ref (self);
  asking->job = g_object_ref (job);
  asking->generation = self->generation;
  g_hash_table_insert (self->asked, g_strdup (reel_job_get_id (job)), asking);
  reel_store_find_in_history_async (reel_job_book_get_store (self->book), self->query, reel_job_get_id (job), NULL,
                                    on_place_found, asking);
}

static void
make_pending_place (const Pending *pending, ReelHistoryPlace *place)
{
  const ReelJobRecord *record = reel_job_get_record (reel_history_item_get_job (pending->item));

  *place = (ReelHistoryPlace){pending->key, record->created_at, record->estimate};
}

/* A new job shows before it is written, so that it is there at once, and also where it cannot be written. */
static void
on_job_added (ReelHistory *self, ReelJob *job)
{
  Pending *pending = g_new0 (Pending, 1);
  ReelHistoryPlace place;

  pending->key = --self->last_pending;
  pending->item = reel_history_item_new (job);
  g_hash_table_insert (self->pending, g_strdup (reel_job_get_id (job)), pending);
  if (self->query->hidden || reel_history_query_is_narrow (self->query))
    return;

  make_pending_place (pending, &place);
  insert_place (self, &place);
}

/* It goes at once, before that is written. */
static void
remove_job (ReelHistory *self, ReelJob *job)
{
  guint position = reel_history_find (self, job);
  Gone *gone;

  if (position == G_MAXUINT)
    return;

  if (reel_job_book_is_removed (self->book, job)) {
    gone = g_new0 (Gone, 1);
    gone->place = *get_place (self, position);
    gone->generation = self->generation;
    g_hash_table_insert (self->gone, g_strdup (reel_job_get_id (job)), gone);
    set_removed (self, gone->place.key, TRUE);
  }
  take_out (self, position);
}

/* It is back at once, where it stood. */
static void
restore_job (ReelHistory *self, ReelJob *job)
{
  g_autofree Gone *gone = NULL;
  g_autofree char *id = NULL;

  if (!g_hash_table_steal_extended (self->gone, reel_job_get_id (job), (gpointer *)&id, (gpointer *)&gone))
    return;

  set_removed (self, gone->place.key, FALSE);
  if (gone->generation == self->generation)
    insert_place (self, &gone->place);
}

static void
on_job_changed (ReelHistory *self, ReelJob *job)
{
  gboolean removed = reel_job_book_is_removed (self->book, job);

  if (removed || reel_job_book_peek (self->book, job)->hidden != self->query->hidden)
    remove_job (self, job);
  else
    restore_job (self, job);

  if (!reel_job_book_contains (self->book, job)) {
    g_hash_table_remove (self->pending, reel_job_get_id (job));
    g_hash_table_remove (self->gone, reel_job_get_id (job));
  } else if (self->started) {
    ask (self, job);
  }
}

static gboolean
is_same (ReelHistory *self, guint position, const ReelHistoryPlace *place)
{
  return position < self->places->len && get_place (self, position)->created_at == place->created_at;
}

/* Puts the jobs in their places that the database does not have yet. One that was just written is there by its key. */
static void
add_pending (ReelHistory *self)
{
  GHashTableIter iter;
  Pending *pending;

  if (self->query->hidden || reel_history_query_is_narrow (self->query))
    return;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&pending)) {
    ReelHistoryPlace place;
    guint position;

    if (is_removed (self, pending->key))
      continue;
    make_pending_place (pending, &place);
    position = find_bound (self, &place);
    if (!is_same (self, position, &place) && (position == 0 || !is_same (self, position - 1, &place)))
      g_array_insert_val (self->places, position, place);
  }
}

static gboolean
begins_with (GArray *places, GArray *beginning, guint n)
{
  if (places->len < n || beginning->len < n)
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (g_array_index (places, ReelHistoryPlace, i).key != g_array_index (beginning, ReelHistoryPlace, i).key)
      return FALSE;

  return TRUE;
}

static void
take_places (ReelHistory *self, GArray *listed)
{
  GArray *before;
  guint n = 0;

  /* The rest of a list that nobody asks for any more need not be shown. */
  g_clear_pointer (&self->later, g_array_unref);
  g_clear_handle_id (&self->later_id, g_source_remove);
  before = g_steal_pointer (&self->places);

  for (guint i = 0; i < listed->len; i++) {
    ReelHistoryPlace *place = &g_array_index (listed, ReelHistoryPlace, i);

    if (!is_removed (self, place->key))
      g_array_index (listed, ReelHistoryPlace, n++) = *place;
  }
  g_array_set_size (listed, n);
  self->places = listed;
  add_pending (self);

  if (before->len == FIRST_STEP && begins_with (listed, before, FIRST_STEP)) {
    split (self);
  } else if (before->len != listed->len || !begins_with (listed, before, before->len)) {
    self->places = g_array_new (FALSE, FALSE, sizeof (ReelHistoryPlace));
    if (before->len > 0)
      g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, 0);
    g_array_unref (self->places);
    self->places = listed;
    split (self);
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->places->len);
  }
  g_array_unref (before);
}

static void on_listed (GObject *source, GAsyncResult *result, gpointer data);

static void
list (ReelHistory *self, guint limit)
{
  reel_store_list_history_async (reel_job_book_get_store (self->book), self->query, limit, self->listing, on_listed,
                                 g_object_ref (self));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelHistory) self = data;
  g_autoptr (GError) error = NULL;
  GArray *listed = reel_store_list_history_finish (REEL_STORE (source), result, &error);
  gboolean is_whole = !self->is_beginning || listed == NULL || listed->len < FIRST_STEP;

  if (listed != NULL && g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)))) {
    g_array_unref (listed);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_beginning = FALSE;
  /* Where it fails the database has failed, which is told there: what was shown stays. */
  if (listed != NULL)
    take_places (self, listed);
  if (!is_whole) {
    list (self, 0);
    return;
  }

  g_clear_object (&self->listing);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
list_again (ReelHistory *self)
{
  gboolean was_loading = self->listing != NULL;

  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  self->listing = g_cancellable_new ();
  self->is_beginning = FALSE;
  list (self, 0);
  if (!was_loading)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
on_store_failed_changed (ReelHistory *self, GParamSpec *pspec, ReelStore *store)
{
  if (reel_store_get_failed (store) != NULL || !self->started)
    return;

  list_again (self);
  reel_history_reader_try_again (self->reader);
}

static void
reel_history_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LOADING:
    g_value_set_boolean (value, reel_history_get_loading (REEL_HISTORY (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_dispose (GObject *object)
{
  ReelHistory *self = REEL_HISTORY (object);

  g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  g_clear_handle_id (&self->later_id, g_source_remove);

  G_OBJECT_CLASS (reel_history_parent_class)->dispose (object);
}

static void
reel_history_finalize (GObject *object)
{
  ReelHistory *self = REEL_HISTORY (object);

  g_object_unref (self->reader);
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->removed);
  g_hash_table_unref (self->gone);
  g_hash_table_unref (self->asked);
  g_array_unref (self->places);
  g_clear_pointer (&self->later, g_array_unref);
  reel_history_cache_free (self->cache);
  reel_history_query_free (self->query);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_history_parent_class)->finalize (object);
}

static void
reel_history_class_init (ReelHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_history_get_property;
  object_class->dispose = reel_history_dispose;
  object_class->finalize = reel_history_finalize;

  /**
   * ReelHistory:loading:
   *
   * Whether the places are not known yet: at the start, or for a query that was just set.
   */
  properties[PROP_LOADING] =
      g_param_spec_boolean ("loading", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_history_init (ReelHistory *self)
{
  self->query = reel_history_query_new ();
  self->places = g_array_new (FALSE, FALSE, sizeof (ReelHistoryPlace));
  self->cache = reel_history_cache_new ();
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, pending_free);
  self->removed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * reel_history_new:
 * @book: (transfer none): where jobs are written
 *
 * Makes a history that is empty until it is started.
 *
 * Returns: (transfer full): the history
 */
ReelHistory *
reel_history_new (ReelJobBook *book)
{
  ReelHistory *self = g_object_new (REEL_TYPE_HISTORY, NULL);

  self->book = g_object_ref (book);
  self->reader = reel_history_reader_new (book);
  g_signal_connect_object (book, "added", G_CALLBACK (on_job_added), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "changed", G_CALLBACK (on_job_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reel_job_book_get_store (book), "notify::failed", G_CALLBACK (on_store_failed_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_history_start:
 *
 * Lists the jobs for the first time: the database is open. What is seen at once is listed before all the rest.
 */
void
reel_history_start (ReelHistory *self)
{
  self->started = TRUE;
  self->listing = g_cancellable_new ();
  self->is_beginning = TRUE;
  list (self, FIRST_STEP);
}

/**
 * reel_history_get_query:
 *
 * Returns: (transfer none): what is shown
 */
const ReelHistoryQuery *
reel_history_get_query (ReelHistory *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY (self), NULL);

  return self->query;
}

/**
 * reel_history_set_query:
 * @query: what to show; copied
 *
 * Shows other jobs, or in another order. What was shown stays until they are known.
 */
void
reel_history_set_query (ReelHistory *self, const ReelHistoryQuery *query)
{
  g_return_if_fail (REEL_IS_HISTORY (self) && query != NULL);

  if (reel_history_query_equal (self->query, query))
    return;

  reel_history_query_free (self->query);
  self->query = reel_history_query_copy (query);
  self->generation++;
  if (self->started)
    list_again (self);
}

/**
 * reel_history_get_loading:
 *
 * Returns: whether the places are not known yet
 */
gboolean
reel_history_get_loading (ReelHistory *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY (self), FALSE);

  return !self->started || self->listing != NULL || self->later != NULL;
}

/**
 * reel_history_get_created_at:
 * @position: a position
 *
 * Tells when the job of a position was made, also where it was not read yet.
 *
 * Returns: microseconds since 1970 in UTC
 */
gint64
reel_history_get_created_at (ReelHistory *self, guint position)
{
  g_return_val_if_fail (REEL_IS_HISTORY (self) && position < self->places->len, 0);

  return get_place (self, position)->created_at;
}

static gboolean
is_at (ReelHistory *self, guint position, ReelJob *job)
{
  g_autoptr (ReelHistoryItem) item = get_item (G_LIST_MODEL (self), position);

  return reel_history_item_get_job (item) == job;
}

static gboolean
is_later (ReelHistory *self, const ReelHistoryPlace *place)
{
  guint position = self->later != NULL ? find_bound_in (self, self->later, place) : G_MAXUINT;

  return self->later != NULL && position < self->later->len &&
         g_array_index (self->later, ReelHistoryPlace, position).created_at == place->created_at;
}

static guint
find_shown (ReelHistory *self, ReelJob *job, const ReelHistoryPlace *place)
{
  guint first = find_bound (self, place), end;

  for (end = first; end < self->places->len && get_place (self, end)->created_at == place->created_at; end++)
    if (is_at (self, end, job))
      return end;

  /* It was not read at its place yet. No two jobs are made in the same microsecond by a person. */
  return end == first + 1 ? first : G_MAXUINT;
}

/**
 * reel_history_find:
 * @job: a job
 *
 * Finds where a job stands.
 *
 * Returns: its position, %G_MAXUINT where it is not shown
 */
guint
reel_history_find (ReelHistory *self, ReelJob *job)
{
  const ReelJobRecord *record;
  ReelHistoryPlace place;
  guint position;

  g_return_val_if_fail (REEL_IS_HISTORY (self) && REEL_IS_JOB (job), G_MAXUINT);

  record = reel_job_get_record (job);
  place = (ReelHistoryPlace){self->query->sort == REEL_HISTORY_OLDEST ? G_MININT64 : G_MAXINT64, record->created_at,
                             record->estimate};
  position = find_shown (self, job, &place);
  /* Whoever asks for one that is to be shown later wants to see it. */
  if (position == G_MAXUINT && is_later (self, &place)) {
    show_all (self);
    position = find_shown (self, job, &place);
  }

  return position;
}

/**
 * reel_history_get_book:
 *
 * Returns: (transfer none): where jobs are written
 */
ReelJobBook *
reel_history_get_book (ReelHistory *self)
{
  return self->book;
}

/**
 * reel_history_peek:
 * @position: a position
 * @key: (out): what the database calls the job that stands there, 0 or less where it does not have it
 *
 * Looks at a place without reading anything.
 *
 * Returns: (transfer none) (nullable): the job, %NULL where it was not read
 */
ReelJob *
reel_history_peek (ReelHistory *self, guint position, gint64 *key)
{
  ReelHistoryItem *item;

  *key = position < self->places->len ? get_place (self, position)->key : 0;
  item = *key < 0 ? find_pending (self, *key) : reel_history_cache_lookup (self->cache, *key);

  return item != NULL ? reel_history_item_get_job (item) : NULL;
}
