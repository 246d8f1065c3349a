#include "config.h"

#include "reel-history-filter.h"

#include "reel-text-fold.h"

/**
 * ReelHistoryFilter:
 *
 * Picks the jobs of a group that hold every word of a search.
 */
struct _ReelHistoryFilter
{
  GtkFilter parent_instance;

  ReelHistoryGroup group;
  char *search; /* folded, "" for none */
  char **words; /* of it */
};

G_DEFINE_FINAL_TYPE (ReelHistoryFilter, reel_history_filter, GTK_TYPE_FILTER)

static GQuark folded_quark;

/* Ten thousand prompts are folded once, not at each key. Neither a prompt nor a model changes. */
static const char *
get_folded (ReelJob *job)
{
  const char *folded = g_object_get_qdata (G_OBJECT (job), folded_quark);
  const ReelJobRecord *record;
  g_autofree char *all = NULL;
  char *made;

  if (folded != NULL)
    return folded;

  record = reel_job_get_record (job);
  all = g_strjoin (" ", record->prompt != NULL ? record->prompt : "", record->model != NULL ? record->model : "", NULL);
  made = reel_text_fold (all);
  g_object_set_qdata_full (G_OBJECT (job), folded_quark, made, g_free);

  return made;
}

static gboolean
is_in_group (ReelJob *job, ReelHistoryGroup group)
{
  ReelJobState state = reel_job_get_state (job);

  switch (group) {
  case REEL_HISTORY_RUNNING:
    return reel_job_record_is_running (reel_job_get_record (job));
  case REEL_HISTORY_READY:
    return state == REEL_JOB_READY;
  case REEL_HISTORY_FAILED:
    return state == REEL_JOB_FAILED || state == REEL_JOB_NOT_SAVED || state == REEL_JOB_UNKNOWN ||
           state == REEL_JOB_LOST || state == REEL_JOB_HELD;
  case REEL_HISTORY_UNKNOWN:
  case REEL_HISTORY_ALL:
  default:
    return TRUE;
  }
}

static gboolean
reel_history_filter_match (GtkFilter *filter, gpointer item)
{
  ReelHistoryFilter *self = REEL_HISTORY_FILTER (filter);
  const char *folded;

  if (!is_in_group (item, self->group))
    return FALSE;
  if (*self->search == '\0')
    return TRUE;

  folded = get_folded (item);
  for (char **word = self->words; *word != NULL; word++) {
    if (strstr (folded, *word) == NULL)
      return FALSE;
  }

  return TRUE;
}

static GtkFilterMatch
reel_history_filter_get_strictness (GtkFilter *filter)
{
  ReelHistoryFilter *self = REEL_HISTORY_FILTER (filter);

  return self->group == REEL_HISTORY_ALL && *self->search == '\0' ? GTK_FILTER_MATCH_ALL : GTK_FILTER_MATCH_SOME;
}

static void
reel_history_filter_finalize (GObject *object)
{
  ReelHistoryFilter *self = REEL_HISTORY_FILTER (object);

  g_free (self->search);
  g_strfreev (self->words);

  G_OBJECT_CLASS (reel_history_filter_parent_class)->finalize (object);
}

static void
reel_history_filter_class_init (ReelHistoryFilterClass *klass)
{
  GtkFilterClass *filter_class = GTK_FILTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reel_history_filter_finalize;
  filter_class->match = reel_history_filter_match;
  filter_class->get_strictness = reel_history_filter_get_strictness;

  folded_quark = g_quark_from_static_string ("reel-history-folded");
}

static void
reel_history_filter_init (ReelHistoryFilter *self)
{
  self->search = g_strdup ("");
  self->words = g_new0 (char *, 1);
}

/**
 * reel_history_filter_new:
 *
 * Makes a filter that lets every job through.
 *
 * Returns: (transfer full): the filter
 */
ReelHistoryFilter *
reel_history_filter_new (void)
{
  return g_object_new (REEL_TYPE_HISTORY_FILTER, NULL);
}

/**
 * reel_history_filter_get_group:
 *
 * Returns: which jobs are shown
 */
ReelHistoryGroup
reel_history_filter_get_group (ReelHistoryFilter *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_FILTER (self), REEL_HISTORY_ALL);

  return self->group;
}

/**
 * reel_history_filter_set_group:
 * @group: which jobs are shown
 *
 * Sets the group.
 */
void
reel_history_filter_set_group (ReelHistoryFilter *self, ReelHistoryGroup group)
{
  GtkFilterChange change;

  g_return_if_fail (REEL_IS_HISTORY_FILTER (self));

  if (self->group == group)
    return;

  change = group == REEL_HISTORY_ALL         ? GTK_FILTER_CHANGE_LESS_STRICT
           : self->group == REEL_HISTORY_ALL ? GTK_FILTER_CHANGE_MORE_STRICT
                                             : GTK_FILTER_CHANGE_DIFFERENT;
  self->group = group;
  gtk_filter_changed (GTK_FILTER (self), change);
}

/**
 * reel_history_filter_set_search:
 * @search: (nullable): words as they are typed, with or without marks
 *
 * Sets what the prompt or the model must hold.
 */
void
reel_history_filter_set_search (ReelHistoryFilter *self, const char *search)
{
  g_autofree char *folded = reel_text_fold (search);
  GtkFilterChange change;

  g_return_if_fail (REEL_IS_HISTORY_FILTER (self));

  if (g_str_equal (folded, self->search))
    return;

  change = g_str_has_prefix (folded, self->search)   ? GTK_FILTER_CHANGE_MORE_STRICT
           : g_str_has_prefix (self->search, folded) ? GTK_FILTER_CHANGE_LESS_STRICT
                                                     : GTK_FILTER_CHANGE_DIFFERENT;
  g_strfreev (self->words);
  self->words = g_strsplit (folded, " ", -1);
  g_set_str (&self->search, folded);
  gtk_filter_changed (GTK_FILTER (self), change);
}

/**
 * reel_history_filter_is_searching:
 *
 * Returns: whether there is something to search for
 */
gboolean
reel_history_filter_is_searching (ReelHistoryFilter *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_FILTER (self), FALSE);

  return *self->search != '\0';
}
