#pragma once

#include "reel-database.h"

G_BEGIN_DECLS

gboolean reel_store_texts_save (ReelDatabase *database, const char *name, const char *text, GError **error);
gboolean reel_store_texts_load (ReelDatabase *database, const char *name, char **text, GError **error);

G_END_DECLS
