#include "config.h"

#include "reel-ticker.h"

/**
 * ReelTicker:
 *
 * The one timer behind every time on the screen that runs. It wakes the process each second only while something that
 * runs is to be seen, each minute while any time is, and not at all otherwise.
 */
struct _ReelTicker
{
  GObject parent_instance;

  guint n_seconds;
  guint n_minutes;
  guint interval; /* seconds, 0 while it stands */
  guint source;
};

G_DEFINE_FINAL_TYPE (ReelTicker, reel_ticker, G_TYPE_OBJECT)

enum
{
  TICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
on_timeout (gpointer data)
{
  g_autoptr (ReelTicker) self = g_object_ref (REEL_TICKER (data));

  g_signal_emit (self, signals[TICK], 0);

  return G_SOURCE_CONTINUE;
}

static void
update (ReelTicker *self)
{
  guint interval = self->n_seconds > 0 ? 1 : self->n_minutes > 0 ? 60 : 0;

  if (interval == self->interval)
    return;

  g_clear_handle_id (&self->source, g_source_remove);
  self->interval = interval;
  if (interval > 0)
    self->source = g_timeout_add_seconds (interval, on_timeout, self);
}

static void
reel_ticker_dispose (GObject *object)
{
  ReelTicker *self = REEL_TICKER (object);

  g_clear_handle_id (&self->source, g_source_remove);

  G_OBJECT_CLASS (reel_ticker_parent_class)->dispose (object);
}

static void
reel_ticker_class_init (ReelTickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_ticker_dispose;

  /**
   * ReelTicker::tick:
   *
   * Emitted each second or each minute, as long as someone holds the ticker.
   */
  signals[TICK] = g_signal_new ("tick", REEL_TYPE_TICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_ticker_init (ReelTicker *self)
{
}

/**
 * reel_ticker_new:
 *
 * Makes a ticker that stands still.
 *
 * Returns: (transfer full): the ticker
 */
ReelTicker *
reel_ticker_new (void)
{
  return g_object_new (REEL_TYPE_TICKER, NULL);
}

/**
 * reel_ticker_hold:
 * @seconds: whether each second is needed, or each minute
 *
 * Makes it tick until reel_ticker_release() is called with the same @seconds.
 */
void
reel_ticker_hold (ReelTicker *self, gboolean seconds)
{
  g_return_if_fail (REEL_IS_TICKER (self));

  if (seconds)
    self->n_seconds++;
  else
    self->n_minutes++;
  update (self);
}

/**
 * reel_ticker_release:
 * @seconds: as for reel_ticker_hold()
 *
 * Ends a hold.
 */
void
reel_ticker_release (ReelTicker *self, gboolean seconds)
{
  g_return_if_fail (REEL_IS_TICKER (self));
  g_return_if_fail (seconds ? self->n_seconds > 0 : self->n_minutes > 0);

  if (seconds)
    self->n_seconds--;
  else
    self->n_minutes--;
  update (self);
}

/**
 * reel_ticker_is_running:
 *
 * Returns: whether the process is woken at all
 */
gboolean
reel_ticker_is_running (ReelTicker *self)
{
  g_return_val_if_fail (REEL_IS_TICKER (self), FALSE);

  return self->source != 0;
}
