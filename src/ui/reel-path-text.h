#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *reel_path_text_make (GFile *file, GFileInfo *info);

/* What reel_path_text_make() asks of a file. */
#define REEL_PATH_TEXT_ATTRIBUTES "xattr::document-portal.host-path"

G_END_DECLS
