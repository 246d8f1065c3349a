#include "config.h"

#include "reel-store-history.h"

#include "reel-store-jobs.h"
#include "reel-text-fold.h"

/* What is derived from a job for the history: narrow, so that a hundred thousand are gone through in an eyeblink. */
#define INDEX                                                                                                          \
  "INSERT INTO job_index (job_id, created_at, hidden, favourite, state, unfinished, model, aspect_ratio, estimate, "   \
  "words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "                                                           \
  "ON CONFLICT (job_id) DO UPDATE SET (created_at, hidden, favourite, state, unfinished, model, aspect_ratio, "        \
  "estimate, words) = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"

static void
bind_text (sqlite3_stmt *statement, int parameter, const char *text)
{
  sqlite3_bind_text (statement, parameter, text, -1, SQLITE_TRANSIENT);
}

/**
 * reel_store_history_index:
 * @record: what is kept of a job, which is written
 * @error: %REEL_ERROR_STORE
 *
 * Writes down what the history asks about a job.
 */
gboolean
reel_store_history_index (ReelDatabase *database, const ReelJobRecord *record, GError **error)
{
  g_autofree char *all =
      g_strjoin (" ", record->prompt != NULL ? record->prompt : "", record->model != NULL ? record->model : "", NULL);
  g_autofree char *words = reel_text_fold (all);
  sqlite3_stmt *statement = reel_database_prepare (database, INDEX, error);

  if (statement == NULL)
    return FALSE;

  bind_text (statement, 1, record->id);
  sqlite3_bind_int64 (statement, 2, record->created_at);
  sqlite3_bind_int (statement, 3, record->hidden);
  sqlite3_bind_int (statement, 4, record->favourite);
  bind_text (statement, 5, reel_store_jobs_get_state_word (reel_job_record_get_state (record)));
  sqlite3_bind_int (statement, 6, reel_job_record_is_unfinished (record));
  bind_text (statement, 7, record->model);
  bind_text (statement, 8, record->aspect_ratio);
  if (record->estimate != REEL_MONEY_NOT_LISTED)
    sqlite3_bind_int64 (statement, 9, record->estimate);
  bind_text (statement, 10, words);

  return reel_database_run (database, statement, error);
}

/**
 * reel_store_history_index_all:
 * @error: %REEL_ERROR_STORE
 *
 * Writes down what the history asks about every job, in place of what is there. In the caller's transaction.
 */
gboolean
reel_store_history_index_all (ReelDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;

  if (!reel_database_execute (database, "DELETE FROM job_index", error))
    return FALSE;

  records = reel_store_jobs_load (database, "TRUE ORDER BY created_at", NULL, error);
  if (records == NULL)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    if (!reel_store_history_index (database, records->pdata[i], error))
      return FALSE;

  return TRUE;
}

/* Scripts that do not divide their words: there a word can begin anywhere. */
static gboolean
is_undivided (gunichar character)
{
  static const GUnicodeScript scripts[] = {
      G_UNICODE_SCRIPT_HAN, G_UNICODE_SCRIPT_HIRAGANA, G_UNICODE_SCRIPT_KATAKANA, G_UNICODE_SCRIPT_THAI,
      G_UNICODE_SCRIPT_LAO, G_UNICODE_SCRIPT_KHMER,    G_UNICODE_SCRIPT_MYANMAR,
  };
  GUnicodeScript script = g_unichar_get_script (character);

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (scripts[i] == script)
      return TRUE;

  return FALSE;
}

/* Makes a question for FTS5: every word of the search begins a word of the text. NULL where it has to be looked for
 * letter by letter: no word is left, or words are not divided. */
static char *
make_match (const char *folded)
{
  g_autoptr (GString) match = g_string_new (NULL);
  gboolean in_word = FALSE;

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean is_word = g_unichar_isalnum (character);

    if (is_undivided (character))
      return NULL;
    if (is_word && !in_word)
      g_string_append (match, match->len > 0 ? " \"" : "\"");
    if (!is_word && in_word)
      g_string_append (match, "\"*");
    if (is_word)
      g_string_append_unichar (match, character);
    in_word = is_word;
  }
  if (in_word)
    g_string_append (match, "\"*");

  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

static const char *
get_order (ReelHistorySort sort)
{
  switch (sort) {
  case REEL_HISTORY_OLDEST:
    return "created_at, key";
  case REEL_HISTORY_DEAREST:
    return "estimate DESC NULLS LAST, created_at DESC, key DESC";
  case REEL_HISTORY_CHEAPEST:
    return "estimate NULLS LAST, created_at DESC, key DESC";
  case REEL_HISTORY_NEWEST:
  default:
    return "created_at DESC, key DESC";
  }
}

static void
append_states (GString *sql, ReelHistoryGroup group)
{
  gboolean first = TRUE;

  if (group == REEL_HISTORY_ALL)
    return;

  g_string_append (sql, " AND state IN (");
  for (guint state = REEL_JOB_HELD; state <= REEL_JOB_LOST; state++)
    if (reel_history_group_has_state (group, state)) {
      g_string_append_printf (sql, "%s'%s'", first ? "" : ", ", reel_store_jobs_get_state_word (state));
      first = FALSE;
    }
  g_string_append_c (sql, ')');
}

/* The one place that says which jobs a query means. What is fixed in number stands in the text of the statement, which is
 * kept; the rest are values. */
static sqlite3_stmt *
prepare (ReelDatabase *database, const ReelHistoryQuery *query, const char *id, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT key, created_at, estimate FROM job_index WHERE hidden = ?1");
  g_autofree char *folded = reel_text_fold (query->search);
  g_autofree char *match = make_match (folded);
  sqlite3_stmt *statement;

  if (query->favourites)
    g_string_append (sql, " AND favourite");
  append_states (sql, query->group);
  if (query->model != NULL)
    g_string_append (sql, " AND model = ?2");
  if (query->aspect_ratio != NULL)
    g_string_append (sql, " AND aspect_ratio = ?3");
  if (query->since != 0)
    g_string_append (sql, " AND created_at >= ?4");
  if (query->until != 0)
    g_string_append (sql, " AND created_at < ?5");
  if (match != NULL && id != NULL)
    g_string_append (sql, " AND EXISTS (SELECT 1 FROM job_words WHERE rowid = key AND job_words MATCH ?6)");
  else if (match != NULL)
    g_string_append (sql, " AND key IN (SELECT rowid FROM job_words WHERE job_words MATCH ?6)");
  else if (*folded != '\0')
    g_string_append (sql, " AND instr(words, ?6)");
  if (id != NULL)
    g_string_append (sql, " AND job_id = ?7");
  else
    g_string_append_printf (sql, " ORDER BY %s", get_order (query->sort));

  statement = reel_database_prepare (database, sql->str, error);
  if (statement == NULL)
    return NULL;

  sqlite3_bind_int (statement, 1, query->hidden);
  bind_text (statement, 2, query->model);
  bind_text (statement, 3, query->aspect_ratio);
  sqlite3_bind_int64 (statement, 4, query->since);
  sqlite3_bind_int64 (statement, 5, query->until);
  bind_text (statement, 6, match != NULL ? match : folded);
  bind_text (statement, 7, id);

  return statement;
}

static void
read_place (sqlite3_stmt *statement, ReelHistoryPlace *place)
{
  place->key = sqlite3_column_int64 (statement, 0);
  place->created_at = sqlite3_column_int64 (statement, 1);
  place->estimate =
      sqlite3_column_type (statement, 2) == SQLITE_NULL ? REEL_MONEY_NOT_LISTED : sqlite3_column_int64 (statement, 2);
}

/**
 * reel_store_history_list:
 * @query: what is asked for
 * @limit: how many at most, 0 for all
 * @error: %REEL_ERROR_STORE
 *
 * Lists where the jobs of a query stand, in its order.
 *
 * Returns: (transfer full) (nullable) (element-type ReelHistoryPlace): the places
 */
GArray *
reel_store_history_list (ReelDatabase *database, const ReelHistoryQuery *query, guint limit, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (ReelHistoryPlace));
  sqlite3_stmt *statement = prepare (database, query, NULL, error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  while (TRUE) {
    ReelHistoryPlace place;

    if (!reel_database_step (database, statement, &row, error))
      return NULL;
    if (!row)
      return g_steal_pointer (&places);
    if (limit > 0 && places->len == limit)
      break;

    read_place (statement, &place);
    g_array_append_val (places, place);
  }
  sqlite3_reset (statement);

  return g_steal_pointer (&places);
}

/**
 * reel_store_history_find:
 * @query: what is asked for
 * @id: our own name for a job
 * @place: (out): where it stands; its key is 0 where the job is not written
 * @shown: (out): whether the query means it
 * @error: %REEL_ERROR_STORE
 *
 * Tells whether a query means a job, and where it stands.
 */
gboolean
reel_store_history_find (ReelDatabase *database,
                         const ReelHistoryQuery *query,
                         const char *id,
                         ReelHistoryPlace *place,
                         gboolean *shown,
                         GError **error)
{
  sqlite3_stmt *statement =
      reel_database_prepare (database, "SELECT key, created_at, estimate FROM job_index WHERE job_id = ?", error);
  gboolean row = FALSE;

  *place = (ReelHistoryPlace){0, 0, REEL_MONEY_NOT_LISTED};
  *shown = FALSE;
  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, id);
  if (!reel_database_step (database, statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  read_place (statement, place);
  sqlite3_reset (statement);

  statement = prepare (database, query, id, error);
  if (statement == NULL || !reel_database_step (database, statement, shown, error))
    return FALSE;
  if (*shown)
    sqlite3_reset (statement);

  return TRUE;
}

/**
 * reel_store_history_load:
 * @keys: (array length=n_keys): what the database calls some jobs
 * @n_keys: how many
 * @error: %REEL_ERROR_STORE
 *
 * Reads jobs by their keys.
 *
 * Returns: (transfer full) (nullable) (element-type ReelJobRecord): as many as @keys and in their order, with %NULL for a
 *   job that is gone
 */
GPtrArray *
reel_store_history_load (ReelDatabase *database, const gint64 *keys, guint n_keys, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_null_terminated (n_keys, (GDestroyNotify)reel_job_record_free, FALSE);

  for (guint i = 0; i < n_keys; i++) {
    g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, keys[i]);
    g_autoptr (GPtrArray) found =
        reel_store_jobs_load (database, "id = (SELECT job_id FROM job_index WHERE key = ?)", key, error);

    if (found == NULL)
      return NULL;
    g_ptr_array_add (records, found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL);
  }

  return g_steal_pointer (&records);
}

static GStrv
list_words (ReelDatabase *database, const char *sql, GError **error)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  sqlite3_stmt *statement = reel_database_prepare (database, sql, error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  while (TRUE) {
    if (!reel_database_step (database, statement, &row, error))
      return NULL;
    if (!row)
      return g_strv_builder_end (words);

    g_strv_builder_add (words, (const char *)sqlite3_column_text (statement, 0));
  }
}

/**
 * reel_store_history_list_prompts:
 * @error: %REEL_ERROR_STORE
 *
 * Lists the different prompts of the newest jobs. The same prompt is often sent again and again: not all are looked at.
 *
 * Returns: (transfer full) (nullable): the prompts, the newest first
 */
GStrv
reel_store_history_list_prompts (ReelDatabase *database, GError **error)
{
  return list_words (database,
                     "SELECT prompt FROM (SELECT job_id, created_at FROM job_index WHERE NOT hidden "
                     "ORDER BY created_at DESC LIMIT 400) JOIN jobs ON id = job_id WHERE prompt <> '' "
                     "GROUP BY prompt ORDER BY max (jobs.created_at) DESC",
                     error);
}

/**
 * reel_store_history_list_choices:
 * @models: (out) (transfer full): the models that jobs were made with
 * @aspect_ratios: (out) (transfer full): their aspect ratios
 * @error: %REEL_ERROR_STORE
 *
 * Lists what the jobs of the history can be told apart by.
 */
gboolean
reel_store_history_list_choices (ReelDatabase *database, GStrv *models, GStrv *aspect_ratios, GError **error)
{
  g_auto (GStrv) found =
      list_words (database, "SELECT DISTINCT model FROM job_index WHERE model IS NOT NULL ORDER BY model", error);

  *models = *aspect_ratios = NULL;
  if (found == NULL)
    return FALSE;

  *aspect_ratios = list_words (
      database, "SELECT DISTINCT aspect_ratio FROM job_index WHERE aspect_ratio IS NOT NULL ORDER BY aspect_ratio",
      error);
  if (*aspect_ratios == NULL)
    return FALSE;
  *models = g_steal_pointer (&found);

  return TRUE;
}
