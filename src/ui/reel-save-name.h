#pragma once

#include <gio/gio.h>

#include "reel-job-record.h"

G_BEGIN_DECLS

/** The key of the settings that holds the pattern. */
#define REEL_SAVE_NAME_KEY "save-name"

gint64 reel_save_name_get_day (const ReelJobRecord *record);
char *reel_save_name_make (const char *pattern, const ReelJobRecord *record, guint number);
char *reel_save_name_make_example (const char *pattern);

G_END_DECLS
