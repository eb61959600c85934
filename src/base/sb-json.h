#pragma once

#include <json-glib/json-glib.h>

#include "sb-error.h"

G_BEGIN_DECLS

#define SB_JSON_MAX_BYTES (4 * 1024 * 1024)
#define SB_JSON_MAX_DEPTH 64

JsonNode   *sb_json_parse (const char *data,
                           gssize      length,
                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *sb_json_parse_bytes (GBytes  *bytes,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode   *sb_json_parse_large (GBytes  *bytes,
                                 gsize    max_bytes,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *sb_json_root (JsonNode *node);
char       *sb_json_text (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_json_node_text (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

const char *sb_json_string (JsonObject *object,
                            const char *member);
char       *sb_json_dup_id (JsonObject *object,
                            const char *member) G_GNUC_WARN_UNUSED_RESULT;
gint64      sb_json_int (JsonObject *object,
                         const char *member,
                         gint64      fallback);
double      sb_json_double (JsonObject *object,
                            const char *member,
                            double      fallback);
gboolean    sb_json_bool (JsonObject *object,
                          const char *member,
                          gboolean    fallback);
JsonObject *sb_json_object (JsonObject *object,
                            const char *member);
JsonArray  *sb_json_array (JsonObject *object,
                           const char *member);
guint       sb_json_length (JsonArray *array);
JsonObject *sb_json_at (JsonArray *array,
                        guint      index);

JsonObject *sb_json_make (const char *first_member,
                          ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
JsonArray  *sb_json_make_array (JsonObject *first,
                                ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
