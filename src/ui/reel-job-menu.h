#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GMenuModel *reel_job_menu_new (void);

G_END_DECLS
