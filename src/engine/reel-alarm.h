#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The time of an alarm that does not ring. */
#define REEL_ALARM_NEVER G_MAXINT64

typedef struct _ReelAlarm ReelAlarm;

ReelAlarm *reel_alarm_new (const char *name, void (*ring) (gpointer data), gpointer data);
void reel_alarm_free (ReelAlarm *self);
void reel_alarm_set (ReelAlarm *self, gint64 time);

G_END_DECLS
