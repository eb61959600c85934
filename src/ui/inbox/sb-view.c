/* A view in the window, and its two other forms: the JSON that the shop keeps, and words. */
#include "sb-view.h"

#include <glib/gi18n.h>

#include "sb-json.h"

static gint64
mine_of (SbEngine *engine)
{
  gint64 staff_id = sb_engine_get_staff (engine);

  return staff_id != 0 ? staff_id : -1;
}

void
sb_view_set_filter (SbView               *self,
                    SbEngine             *engine,
                    const SbThreadFilter *filter,
                    gboolean              mine)
{
  self->filter = *filter;
  self->mine = mine;
  if (mine)
    self->filter.assignee_id = mine_of (engine);
}

SbView *
sb_view_new (SbEngine             *engine,
             const char           *title,
             const SbThreadFilter *filter,
             gboolean              mine)
{
  SbView *self = g_new0 (SbView, 1);

  self->title = g_strdup (title);
  sb_view_set_filter (self, engine, filter, mine);

  return self;
}

SbView *
sb_view_copy (const SbView *self)
{
  SbView *copy = g_memdup2 (self, sizeof *self);

  copy->title = g_strdup (self->title);
  copy->broken = g_strdup (self->broken);

  return copy;
}

void
sb_view_free (SbView *self)
{
  g_free (self->title);
  g_free (self->broken);
  g_free (self);
}

/* -- what it names -- */

static const SbNamed *
find_named (GPtrArray *rows,
            gint64     id)
{
  for (guint i = 0; i < rows->len; i++)
    if (((SbNamed *) rows->pdata[i])->id == id)
      return rows->pdata[i];

  return NULL;
}

/* A view that names what is gone says so instead of being empty. */
char *
sb_view_find_broken (const SbView *self,
                     SbEngine     *engine)
{
  SbReader             *reader = sb_engine_get_reader (engine);
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (reader);
  g_autoptr (GPtrArray) tags = sb_reader_list_tags (reader);
  g_autoptr (SbLine)    line = self->filter.line_id != 0 ? sb_reader_get_line (reader, self->filter.line_id) : NULL;
  const SbNamed        *person = self->filter.assignee_id > 0 ? find_named (staff, self->filter.assignee_id) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (self->filter.tag_ids) && self->filter.tag_ids[i] != 0; i++)
    if (find_named (tags, self->filter.tag_ids[i]) == NULL)
      return g_strdup (_("A tag of this view no longer exists."));
  if (!self->mine && self->filter.assignee_id > 0 && (person == NULL || !person->active))
    return person != NULL ? g_strdup_printf (_("%s no longer works here."), person->name) : g_strdup (_("A person of this view no longer works here."));
  if (self->filter.line_id != 0 && (line == NULL || line->state == SB_LINE_REMOVED))
    return g_strdup (_("The line of this view was removed."));

  return NULL;
}

/* -- as the shop keeps it; ids are text, because JSON numbers end at 53 bits -- */

static gint64
get_id (JsonObject *object,
        const char *member)
{
  g_autofree char *text = sb_json_dup_id (object, member);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static void
set_id (JsonObject *object,
        const char *member,
        gint64      id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (id != 0)
    json_object_set_string_member (object, member, text);
}

static void
read_tags (SbThreadFilter *filter,
           JsonArray      *tags)
{
  for (guint i = 0; i < MIN (sb_json_length (tags), G_N_ELEMENTS (filter->tag_ids)); i++)
    {
      JsonNode *node = json_array_get_element (tags, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        filter->tag_ids[i] = g_ascii_strtoll (json_node_get_string (node), NULL, 10);
    }
}

SbView *
sb_view_new_from_named (SbEngine      *engine,
                        const SbNamed *named)
{
  g_autoptr (JsonNode) node = named->query != NULL ? sb_json_parse (named->query, -1, NULL) : NULL;
  JsonObject          *query = sb_json_root (node);
  const char          *whose = sb_json_string (query, "assignee");
  SbThreadFilter       filter = { 0 };
  SbView              *self;

  filter.status = sb_json_int (query, "status", 0);
  filter.not_closed = sb_json_bool (query, "not_closed", FALSE);
  filter.unread_only = sb_json_bool (query, "unread", FALSE);
  filter.unanswered_only = sb_json_bool (query, "unanswered", FALSE);
  filter.with_customer = sb_json_bool (query, "with_customer", FALSE);
  filter.line_id = get_id (query, "line");
  filter.assignee_id = g_strcmp0 (whose, "nobody") == 0 ? -1 : g_strcmp0 (whose, "me") == 0 ? 0
                                                                                            : get_id (query, "assignee");
  read_tags (&filter, sb_json_array (query, "tags"));
  filter.tags_all = sb_json_bool (query, "all_tags", FALSE);

  self = sb_view_new (engine, named->name, &filter, g_strcmp0 (whose, "me") == 0);
  self->id = named->id;
  self->own = named->staff_id != 0;
  self->broken = query != NULL ? sb_view_find_broken (self, engine) : g_strdup (_("What this view shows cannot be read."));

  return self;
}

/* (transfer full) */
char *
sb_view_to_query (const SbView *self)
{
  const SbThreadFilter  *filter = &self->filter;
  g_autoptr (JsonObject) query = sb_json_make ("b:not_closed", filter->not_closed, "b:unread", filter->unread_only, "b:unanswered", filter->unanswered_only,
                                               "b:with_customer", filter->with_customer, "i:status", (gint64) filter->status, "b:all_tags", filter->tags_all, NULL);
  JsonArray             *tags = json_array_new ();

  if (self->mine)
    json_object_set_string_member (query, "assignee", "me");
  else if (filter->assignee_id == -1)
    json_object_set_string_member (query, "assignee", "nobody");
  else
    set_id (query, "assignee", filter->assignee_id);
  set_id (query, "line", filter->line_id);
  for (guint i = 0; i < G_N_ELEMENTS (filter->tag_ids) && filter->tag_ids[i] != 0; i++)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, filter->tag_ids[i]);

      json_array_add_string_element (tags, text);
    }
  json_object_set_array_member (query, "tags", tags);

  return sb_json_text (query);
}

/* -- words -- */

static void
add_words (GString    *words,
           const char *more)
{
  if (more != NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", more);
}

static void
add_tags (GString              *words,
          const SbThreadFilter *filter,
          GPtrArray            *tags)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char      *joined = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (filter->tag_ids) && filter->tag_ids[i] != 0; i++)
    {
      const SbNamed *tag = find_named (tags, filter->tag_ids[i]);

      g_ptr_array_add (names, tag != NULL ? tag->name : (char *) "?");
    }
  if (names->len == 0)
    return;
  joined = g_strdup (names->pdata[0]);
  for (guint i = 1; i < names->len; i++)
    {
      g_autofree char *before = g_steal_pointer (&joined);

      if (filter->tags_all)
        /* Translators: names of tags, all of which are asked for; the first may already be several */
        joined = g_strdup_printf (_("%s and %s"), before, (char *) names->pdata[i]);
      else
        /* Translators: names of tags, any of which is asked for; the first may already be several */
        joined = g_strdup_printf (_("%s or %s"), before, (char *) names->pdata[i]);
    }
  add_words (words, joined);
}

static void
add_person (GString      *words,
            const SbView *self,
            SbReader     *reader)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (reader);
  const SbNamed        *person = find_named (staff, self->filter.assignee_id);

  if (self->mine)
    add_words (words, _("Mine"));
  else if (self->filter.assignee_id == -1)
    add_words (words, _("Nobody’s"));
  else if (person != NULL)
    add_words (words, person->name);
}

static const char *
status_words (const SbThreadFilter *filter)
{
  switch ((int) filter->status)
    {
    case SB_THREAD_OPEN:
      return C_("state", "Open");
    case SB_THREAD_PENDING:
      return _("Pending");
    case SB_THREAD_CLOSED:
      return C_("state", "Done");
    case SB_THREAD_SNOOZED:
      return _("Snoozed");
    default:
      return filter->not_closed ? NULL : _("Also done ones");
    }
}

/* (transfer full): what it asks for, as "Unread · Mine · Wedding or Regular" */
char *
sb_view_describe (const SbView *self,
                  SbEngine     *engine)
{
  SbReader             *reader = sb_engine_get_reader (engine);
  g_autoptr (GPtrArray) tags = sb_reader_list_tags (reader);
  g_autoptr (SbLine)    line = self->filter.line_id != 0 ? sb_reader_get_line (reader, self->filter.line_id) : NULL;
  GString              *words = g_string_new (NULL);

  add_words (words, status_words (&self->filter));
  if (self->filter.unread_only)
    add_words (words, _("Unread"));
  if (self->filter.unanswered_only)
    add_words (words, _("Unanswered"));
  if (self->filter.with_customer)
    add_words (words, _("With Customer"));
  add_person (words, self, reader);
  add_tags (words, &self->filter, tags);
  add_words (words, line != NULL ? line->name : NULL);

  return g_string_free (words, FALSE);
}
