/*
 * Tags within the rules of groups. The rule stays the text that it is, whatever else stands in it: only values that name the
 * tag are touched, by its id or, where somebody wrote the rule by hand, by its name.
 */
#include "sb-tags-private.h"

#include "sb-json.h"

typedef struct
{
  gint64      from;
  const char *from_folded;
  gint64      to; /* 0: only look */
  const char *to_name;
  gboolean    found;
} Change;

/* The id, or 0 with the name folded in @folded. */
static gint64
value_id (JsonNode *node,
          char    **folded)
{
  JsonObject      *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *id = object != NULL ? sb_json_dup_id (object, "id") : NULL;
  const char      *name = object != NULL ? sb_json_string (object, "name") : NULL;

  if (object == NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    name = json_node_get_string (node);
  if (id != NULL && g_ascii_strtoll (id, NULL, 10) != 0)
    return g_ascii_strtoll (id, NULL, 10);
  *folded = name != NULL ? sb_fold_name (name) : NULL;

  return 0;
}

static gboolean
is_tag (JsonNode   *node,
        gint64      tag_id,
        const char *name_folded)
{
  g_autofree char *folded = NULL;
  gint64           id = value_id (node, &folded);

  return id != 0 ? id == tag_id : folded != NULL && g_strcmp0 (folded, name_folded) == 0;
}

static JsonNode *
new_value (const Change *change)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, change->to);
  JsonNode        *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, sb_json_make ("s:id", id, "s:name", change->to_name, NULL));

  return node;
}

/* Of the two tags one is left, once. */
static void
change_values (JsonArray *values,
               Change    *change)
{
  g_autofree char *to_folded = change->to != 0 ? sb_fold_name (change->to_name) : NULL;
  gboolean         there = FALSE;

  for (guint i = 0; i < sb_json_length (values) && change->to != 0; i++)
    there = there || is_tag (json_array_get_element (values, i), change->to, to_folded);
  for (guint i = 0; i < sb_json_length (values); i++)
    {
      if (!is_tag (json_array_get_element (values, i), change->from, change->from_folded))
        continue;
      change->found = TRUE;
      if (change->to == 0)
        return;
      json_array_remove_element (values, i--);
      if (!there)
        json_array_add_element (values, new_value (change));
      there = TRUE;
    }
}

static void
walk (JsonNode *node,
      Change   *change)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        walk (json_array_get_element (json_node_get_array (node), i), change);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject       *object = json_node_get_object (node);
      g_autoptr (GList) members = json_object_get_members (object);

      if (g_strcmp0 (sb_json_string (object, "subject"), "tag") == 0)
        change_values (sb_json_array (object, "value"), change);
      else
        for (GList *member = members; member != NULL; member = member->next)
          walk (json_object_get_member (object, member->data), change);
    }
}

char *
sb_tag_rule_replace (const char *rule,
                     gint64      from,
                     const char *from_folded,
                     gint64      to,
                     const char *to_name)
{
  g_autoptr (JsonNode) node = rule != NULL ? sb_json_parse (rule, -1, NULL) : NULL;
  Change               change = { from, from_folded, to, to_name, FALSE };

  if (node == NULL)
    return NULL;
  walk (node, &change);

  return change.found ? sb_json_node_text (node) : NULL;
}

gboolean
sb_tag_rule_names (const char *rule,
                   gint64      tag_id,
                   const char *folded)
{
  g_autofree char *same = sb_tag_rule_replace (rule, tag_id, folded, 0, NULL);

  return same != NULL;
}
