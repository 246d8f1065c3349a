#include "config.h"

#include "reel-history-filter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * ReelHistoryFilter:
 *
 * What a person has chosen to see of the history: a search, a group, filters and an order. Each is a property, for the
 * menus; together they make a #ReelHistoryQuery.
 *
 * Texts that stand for a choice are those of the menus: "" is any.
 */
struct _ReelHistoryFilter
{
  GObject parent_instance;

  char *texts[8]; /* by property */
  gboolean favourites;
  gboolean hidden;
  GDateTime *first; /* of a range, the beginning of its day */
  GDateTime *last;
};

G_DEFINE_FINAL_TYPE (ReelHistoryFilter, reel_history_filter, G_TYPE_OBJECT)

enum
{
  PROP_SEARCH = 1,
  PROP_GROUP,
  PROP_MODEL,
  PROP_ASPECT_RATIO,
  PROP_PERIOD,
  PROP_SORT,
  PROP_FAVOURITES,
  PROP_HIDDEN,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const char *const groups[] = {"all", "running", "ready", "failed", "unknown"};
static const char *const sorts[] = {"newest", "oldest", "dearest", "cheapest"};

static guint
look_up (const char *const *names, guint n_names, const char *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (names[i], name))
      return i;

  return 0;
}

static const char *
get_text (ReelHistoryFilter *self, guint id)
{
  return self->texts[id] != NULL ? self->texts[id] : "";
}

static void
set_text (ReelHistoryFilter *self, guint id, const char *text)
{
  if (g_strcmp0 (get_text (self, id), text != NULL ? text : "") == 0)
    return;

  g_set_str (&self->texts[id], text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_flag (ReelHistoryFilter *self, guint id, gboolean *flag, gboolean value)
{
  if (*flag == value)
    return;

  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

/* The beginning of a day, so many days before that of @time. */
static GDateTime *
get_day (GDateTime *time, int days_before)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (time, -days_before);

  return g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                g_date_time_get_day_of_month (day), 0, 0, 0);
}

static gint64
to_time (GDateTime *date)
{
  return date != NULL ? g_date_time_to_unix_usec (date) : 0;
}

static void
set_period (ReelHistoryFilter *self, ReelHistoryQuery *query, gint64 now)
{
  const char *period = get_text (self, PROP_PERIOD);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local_usec (now);
  g_autoptr (GDateTime) since = NULL, until = NULL;

  if (g_str_equal (period, "today")) {
    since = get_day (today, 0);
  } else if (g_str_equal (period, "week")) {
    since = get_day (today, 6);
  } else if (g_str_equal (period, "month")) {
    since = get_day (today, 29);
  } else if (g_str_equal (period, "range")) {
    since = get_day (self->first, 0);
    until = get_day (self->last, -1);
  }

  query->since = to_time (since);
  query->until = to_time (until);
}

static char *
make_range_text (ReelHistoryFilter *self)
{
  /* Translators: a short date, see the manual page of strftime. */
  const char *pattern = C_ ("short date", "%-d %b %Y");
  g_autofree char *first = g_date_time_format (self->first, pattern);
  g_autofree char *last = g_date_time_format (self->last, pattern);

  /* Translators: from a date to a date. */
  return g_str_equal (first, last) ? g_steal_pointer (&first) : g_strdup_printf (_ ("%s – %s"), first, last);
}

static char *
make_period_text (ReelHistoryFilter *self)
{
  const char *period = get_text (self, PROP_PERIOD);

  if (g_str_equal (period, "today"))
    return g_strdup (_ ("Today"));
  if (g_str_equal (period, "week"))
    return g_strdup (_ ("Last 7 days"));
  if (g_str_equal (period, "month"))
    return g_strdup (_ ("Last 30 days"));

  return make_range_text (self);
}

static void
add_chip (GPtrArray *chips, guint id, char *text)
{
  ReelHistoryChip *chip = g_new0 (ReelHistoryChip, 1);

  chip->property = properties[id]->name;
  chip->text = text;
  g_ptr_array_add (chips, chip);
}

/* Once for all that changes together. */
static void
reel_history_filter_dispatch_properties_changed (GObject *object, guint n_pspecs, GParamSpec **pspecs)
{
  G_OBJECT_CLASS (reel_history_filter_parent_class)->dispatch_properties_changed (object, n_pspecs, pspecs);

  g_signal_emit (object, signals[CHANGED], 0);
}

static void
reel_history_filter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelHistoryFilter *self = REEL_HISTORY_FILTER (object);

  switch (id) {
  case PROP_SEARCH:
  case PROP_GROUP:
  case PROP_MODEL:
  case PROP_ASPECT_RATIO:
  case PROP_PERIOD:
  case PROP_SORT:
    g_value_set_string (value, get_text (self, id));
    break;
  case PROP_FAVOURITES:
    g_value_set_boolean (value, self->favourites);
    break;
  case PROP_HIDDEN:
    g_value_set_boolean (value, self->hidden);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_filter_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelHistoryFilter *self = REEL_HISTORY_FILTER (object);

  switch (id) {
  case PROP_SEARCH:
  case PROP_GROUP:
  case PROP_MODEL:
  case PROP_ASPECT_RATIO:
  case PROP_PERIOD:
  case PROP_SORT:
    set_text (self, id, g_value_get_string (value));
    break;
  case PROP_FAVOURITES:
    set_flag (self, id, &self->favourites, g_value_get_boolean (value));
    break;
  case PROP_HIDDEN:
    set_flag (self, id, &self->hidden, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_filter_finalize (GObject *object)
{
  ReelHistoryFilter *self = REEL_HISTORY_FILTER (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
  g_clear_pointer (&self->first, g_date_time_unref);
  g_clear_pointer (&self->last, g_date_time_unref);

  G_OBJECT_CLASS (reel_history_filter_parent_class)->finalize (object);
}

static void
reel_history_filter_class_init (ReelHistoryFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_history_filter_get_property;
  object_class->set_property = reel_history_filter_set_property;
  object_class->dispatch_properties_changed = reel_history_filter_dispatch_properties_changed;
  object_class->finalize = reel_history_filter_finalize;

  /**
   * ReelHistoryFilter:search:
   *
   * Words as they are typed.
   */
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", flags);
  /**
   * ReelHistoryFilter:group:
   *
   * "all", "running", "ready", "failed" or "unknown".
   */
  properties[PROP_GROUP] = g_param_spec_string ("group", NULL, NULL, "all", flags);
  /**
   * ReelHistoryFilter:model:
   *
   * A model of the API.
   */
  properties[PROP_MODEL] = g_param_spec_string ("model", NULL, NULL, "", flags);
  /**
   * ReelHistoryFilter:aspect-ratio:
   *
   * An aspect ratio as the service writes it.
   */
  properties[PROP_ASPECT_RATIO] = g_param_spec_string ("aspect-ratio", NULL, NULL, "", flags);
  /**
   * ReelHistoryFilter:period:
   *
   * "today", "week" or "month" for the last 7 or 30 days; "range" after reel_history_filter_set_range().
   */
  properties[PROP_PERIOD] = g_param_spec_string ("period", NULL, NULL, "", flags);
  /**
   * ReelHistoryFilter:sort:
   *
   * "newest", "oldest", "dearest" or "cheapest".
   */
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, "newest", flags);
  /**
   * ReelHistoryFilter:favourites:
   *
   * Whether only favourites.
   */
  properties[PROP_FAVOURITES] = g_param_spec_boolean ("favourites", NULL, NULL, FALSE, flags);
  /**
   * ReelHistoryFilter:hidden:
   *
   * Whether the hidden jobs in place of the others.
   */
  properties[PROP_HIDDEN] = g_param_spec_boolean ("hidden", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ReelHistoryFilter::changed:
   *
   * Emitted when something else is asked for.
   */
  signals[CHANGED] =
      g_signal_new ("changed", REEL_TYPE_HISTORY_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_history_filter_init (ReelHistoryFilter *self)
{
  self->texts[PROP_GROUP] = g_strdup (groups[0]);
  self->texts[PROP_SORT] = g_strdup (sorts[0]);
}

/**
 * reel_history_chip_free:
 * @self: (transfer full): a chip
 *
 * Frees a chip.
 */
void
reel_history_chip_free (ReelHistoryChip *self)
{
  g_free (self->text);
  g_free (self);
}

/**
 * reel_history_filter_new:
 *
 * Makes a filter that lets every job through but the hidden ones, the newest first.
 *
 * Returns: (transfer full): the filter
 */
ReelHistoryFilter *
reel_history_filter_new (void)
{
  return g_object_new (REEL_TYPE_HISTORY_FILTER, NULL);
}

/**
 * reel_history_filter_make_query:
 * @now: the time now, microseconds since 1970 in UTC: today ends at midnight
 *
 * Puts together what is asked for.
 *
 * Returns: (transfer full): the query
 */
ReelHistoryQuery *
reel_history_filter_make_query (ReelHistoryFilter *self, gint64 now)
{
  ReelHistoryQuery *query = reel_history_query_new ();
  const char *search, *model, *aspect_ratio;

  g_return_val_if_fail (REEL_IS_HISTORY_FILTER (self), query);

  search = get_text (self, PROP_SEARCH);
  model = get_text (self, PROP_MODEL);
  aspect_ratio = get_text (self, PROP_ASPECT_RATIO);
  query->search = *search != '\0' ? g_strdup (search) : NULL;
  query->group = reel_history_filter_get_group (self);
  query->model = *model != '\0' ? g_strdup (model) : NULL;
  query->aspect_ratio = *aspect_ratio != '\0' ? g_strdup (aspect_ratio) : NULL;
  query->favourites = self->favourites;
  query->hidden = self->hidden;
  query->sort = (ReelHistorySort)look_up (sorts, G_N_ELEMENTS (sorts), get_text (self, PROP_SORT));
  set_period (self, query, now);

  return query;
}

/**
 * reel_history_filter_get_hidden:
 *
 * Returns: whether the hidden jobs are asked for
 */
gboolean
reel_history_filter_get_hidden (ReelHistoryFilter *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_FILTER (self), FALSE);

  return self->hidden;
}

/**
 * reel_history_filter_get_group:
 *
 * Returns: which jobs are asked for
 */
ReelHistoryGroup
reel_history_filter_get_group (ReelHistoryFilter *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_FILTER (self), REEL_HISTORY_ALL);

  return (ReelHistoryGroup)look_up (groups, G_N_ELEMENTS (groups), get_text (self, PROP_GROUP));
}

/**
 * reel_history_filter_set_range:
 * @first: a day
 * @last: another day, before or after
 *
 * Asks for the jobs of these days and all between.
 */
void
reel_history_filter_set_range (ReelHistoryFilter *self, GDateTime *first, GDateTime *last)
{
  gboolean turned;

  g_return_if_fail (REEL_IS_HISTORY_FILTER (self) && first != NULL && last != NULL);

  turned = g_date_time_compare (first, last) > 0;
  g_clear_pointer (&self->first, g_date_time_unref);
  g_clear_pointer (&self->last, g_date_time_unref);
  self->first = g_date_time_ref (turned ? last : first);
  self->last = g_date_time_ref (turned ? first : last);
  g_set_str (&self->texts[PROP_PERIOD], "range");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERIOD]);
}

/**
 * reel_history_filter_reset:
 * @property: the name of a property
 *
 * Asks for any.
 */
void
reel_history_filter_reset (ReelHistoryFilter *self, const char *property)
{
  GParamSpec *pspec;

  g_return_if_fail (REEL_IS_HISTORY_FILTER (self));

  pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (self), property);
  g_object_set_property (G_OBJECT (self), property, g_param_spec_get_default_value (pspec));
}

/**
 * reel_history_filter_clear:
 *
 * Asks for any model, aspect ratio and date, favourites or not.
 */
void
reel_history_filter_clear (ReelHistoryFilter *self)
{
  g_return_if_fail (REEL_IS_HISTORY_FILTER (self));

  g_object_freeze_notify (G_OBJECT (self));
  set_text (self, PROP_MODEL, "");
  set_text (self, PROP_ASPECT_RATIO, "");
  set_text (self, PROP_PERIOD, "");
  set_flag (self, PROP_FAVOURITES, &self->favourites, FALSE);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * reel_history_filter_clear_all:
 *
 * Asks for every job but the hidden ones, in the order as it is.
 */
void
reel_history_filter_clear_all (ReelHistoryFilter *self)
{
  g_return_if_fail (REEL_IS_HISTORY_FILTER (self));

  g_object_freeze_notify (G_OBJECT (self));
  reel_history_filter_clear (self);
  set_text (self, PROP_SEARCH, "");
  set_text (self, PROP_GROUP, groups[0]);
  set_flag (self, PROP_HIDDEN, &self->hidden, FALSE);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * reel_history_filter_list:
 *
 * Lists what reel_history_filter_clear() clears, where it is set.
 *
 * Returns: (transfer full) (element-type ReelHistoryChip): the filters
 */
GPtrArray *
reel_history_filter_list (ReelHistoryFilter *self)
{
  GPtrArray *chips = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_history_chip_free);

  g_return_val_if_fail (REEL_IS_HISTORY_FILTER (self), chips);

  if (self->favourites)
    add_chip (chips, PROP_FAVOURITES, g_strdup (_ ("Favourites")));
  if (*get_text (self, PROP_PERIOD) != '\0')
    add_chip (chips, PROP_PERIOD, make_period_text (self));
  if (*get_text (self, PROP_MODEL) != '\0')
    add_chip (chips, PROP_MODEL, g_strdup (get_text (self, PROP_MODEL)));
  if (*get_text (self, PROP_ASPECT_RATIO) != '\0')
    add_chip (chips, PROP_ASPECT_RATIO, g_strdup (get_text (self, PROP_ASPECT_RATIO)));

  return chips;
}
