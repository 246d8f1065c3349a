#pragma once

#include "reel-fault-server.h"

G_BEGIN_DECLS

#define REEL_SCRIPT_MODELS      "/api/open/v1/models"
#define REEL_SCRIPT_GENERATIONS "/api/open/v1/video/generations"

/* The service as the tests need it, on a server that fails on purpose. Each answer can be made worse afterwards. */
void reel_script_add_models (ReelFaultServer *server);
ReelFaultAnswer *reel_script_add_accept (ReelFaultServer *server, const char *request_id);
ReelFaultAnswer *
reel_script_add_status (ReelFaultServer *server, const char *request_id, const char *status, const char *output_path);
ReelFaultAnswer *
reel_script_add_status_url (ReelFaultServer *server, const char *request_id, const char *status, const char *url);
ReelFaultAnswer *reel_script_add_error (ReelFaultServer *server,
                                        const char *method,
                                        const char *path,
                                        guint status,
                                        const char *code,
                                        const char *message);
ReelFaultAnswer *reel_script_add_file (ReelFaultServer *server, const char *path, GBytes *body);

guint reel_script_count_posts (ReelFaultServer *server);
guint reel_script_count_status (ReelFaultServer *server, const char *request_id);

G_END_DECLS
