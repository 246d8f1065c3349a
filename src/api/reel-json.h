#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading JSON from the network; inside this layer only. */

JsonNode *reel_json_parse (GBytes *body, char **text, GError **error);
JsonNode *reel_json_get (JsonObject *object, const char *name);
const char *reel_json_get_string (JsonObject *object, const char *name);
JsonObject *reel_json_get_object (JsonObject *object, const char *name);
JsonArray *reel_json_get_array (JsonObject *object, const char *name);
gboolean reel_json_is_false (JsonObject *object, const char *name);
const char *reel_json_node_string (JsonNode *node);
char *reel_json_node_dup_number (JsonNode *node);

G_END_DECLS
