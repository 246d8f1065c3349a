#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_TYPE_DECODE_QUEUE (reel_decode_queue_get_type ())
G_DECLARE_FINAL_TYPE (ReelDecodeQueue, reel_decode_queue, REEL, DECODE_QUEUE, GObject)

/**
 * ReelDecodeUrgency:
 * @REEL_DECODE_POINTED: the pointer is on it
 * @REEL_DECODE_SHOWN: it is on the screen
 *
 * Which of those that wait comes first.
 */
typedef enum
{
  REEL_DECODE_POINTED,
  REEL_DECODE_SHOWN,
  REEL_DECODE_N_URGENCIES,
} ReelDecodeUrgency;

/**
 * ReelDecodeFunc:
 * @data: the data of the task
 * @cancellable: (nullable): that of the task
 * @error: why there is no result
 *
 * Decodes something of a video, in a thread that yields to others.
 *
 * Returns: (transfer full) (nullable): the result
 */
typedef gpointer (*ReelDecodeFunc) (gpointer data, GCancellable *cancellable, GError **error);

ReelDecodeQueue *reel_decode_queue_new (void);
void reel_decode_queue_push (ReelDecodeQueue *self,
                             ReelDecodeUrgency urgency,
                             GTask *task,
                             GFile *video,
                             ReelDecodeFunc function,
                             GDestroyNotify free_result);
gboolean reel_decode_queue_withdraw (ReelDecodeQueue *self, GTask *task);

G_END_DECLS
