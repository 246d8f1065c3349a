#include "config.h"

#include "reel-alarm.h"

/**
 * ReelAlarm:
 *
 * Something that rings on the main loop at a time that can be moved. It rings once each time it is set.
 */
struct _ReelAlarm
{
  GSource source;

  void (*ring) (gpointer data);
  gpointer data;
};

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  ReelAlarm *self = (ReelAlarm *)source;

  g_source_set_ready_time (source, -1);
  self->ring (self->data);

  return G_SOURCE_CONTINUE;
}

/**
 * reel_alarm_new:
 * @name: what a profiler shows; static
 * @ring: called when the time has come
 * @data: for @ring
 *
 * Makes an alarm that is not set.
 *
 * Returns: (transfer full): the alarm; free with reel_alarm_free()
 */
ReelAlarm *
reel_alarm_new (const char *name, void (*ring) (gpointer data), gpointer data)
{
  static GSourceFuncs funcs = {.dispatch = dispatch};
  GSource *source = g_source_new (&funcs, sizeof (ReelAlarm));
  ReelAlarm *self = (ReelAlarm *)source;

  self->ring = ring;
  self->data = data;
  g_source_set_static_name (source, name);
  g_source_attach (source, NULL);

  return self;
}

/**
 * reel_alarm_free:
 * @self: (nullable) (transfer full): an alarm
 *
 * Frees an alarm; it does not ring any more.
 */
void
reel_alarm_free (ReelAlarm *self)
{
  if (self == NULL)
    return;

  g_source_destroy (&self->source);
  g_source_unref (&self->source);
}

/**
 * reel_alarm_set:
 * @time: monotonic microseconds, or %REEL_ALARM_NEVER
 *
 * Sets when the alarm rings. A time that is over rings when the main loop comes to it.
 */
void
reel_alarm_set (ReelAlarm *self, gint64 time)
{
  g_source_set_ready_time (&self->source, time == REEL_ALARM_NEVER ? -1 : MAX (time, 0));
}
