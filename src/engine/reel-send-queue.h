#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ReelSendQueue ReelSendQueue;

ReelSendQueue *reel_send_queue_new (gint64 interval, void (*go) (gpointer item, gpointer data), gpointer data);
void reel_send_queue_free (ReelSendQueue *self);
void reel_send_queue_push (ReelSendQueue *self, const char *account_id, guint64 ticket, gpointer item);
void reel_send_queue_remove (ReelSendQueue *self, const char *account_id, gpointer item);
void reel_send_queue_give_back (ReelSendQueue *self, const char *account_id);
void reel_send_queue_wait (ReelSendQueue *self, const char *account_id);
void reel_send_queue_hurry (ReelSendQueue *self, const char *account_id);

G_END_DECLS
