#include "sb-person.h"

#include "sb-card.h"

static void
field_free (gpointer data)
{
  SbCardField *field = data;

  g_free (field->name);
  g_free (field->value);
  g_free (field);
}

SbPerson *
sb_person_new (void)
{
  SbPerson *self = g_new0 (SbPerson, 1);

  self->fields = g_ptr_array_new_with_free_func (field_free);

  return self;
}

void
sb_person_free (SbPerson *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->handle);
  g_free (self->stage);
  g_free (self->preview);
  g_free (self->language);
  g_free (self->country);
  g_free (self->time_zone);
  g_free (self->source);
  g_free (self->tags);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/* (nullable) */
const char *
sb_person_get_field (const SbPerson *self,
                     const char     *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const SbCardField *field = self->fields->pdata[i];

      if (g_str_equal (field->name, name))
        return field->value;
    }

  return NULL;
}

static gboolean
same_fields (const SbPerson *a,
             const SbPerson *b)
{
  if (a->fields->len != b->fields->len)
    return FALSE;
  for (guint i = 0; i < a->fields->len; i++)
    {
      const SbCardField *field = a->fields->pdata[i];

      if (g_strcmp0 (sb_person_get_field (b, field->name), field->value) != 0)
        return FALSE;
    }

  return TRUE;
}

/* Whether a list shows the same. */
gboolean
sb_person_equal (const SbPerson *a,
                 const SbPerson *b)
{
  return a->id == b->id && a->thread_id == b->thread_id && a->stage_id == b->stage_id && a->last_at == b->last_at && a->consent == b->consent && a->blocked == b->blocked &&
         a->hidden == b->hidden && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->handle, b->handle) == 0 && g_strcmp0 (a->stage, b->stage) == 0 && g_strcmp0 (a->preview, b->preview) == 0 &&
         g_strcmp0 (a->language, b->language) == 0 && g_strcmp0 (a->country, b->country) == 0 && g_strcmp0 (a->time_zone, b->time_zone) == 0 && g_strcmp0 (a->source, b->source) == 0 &&
         g_strcmp0 (a->tags, b->tags) == 0 && same_fields (a, b);
}

SbPeopleQuery *
sb_people_query_copy (const SbPeopleQuery *self)
{
  SbPeopleQuery *copy = g_memdup2 (self, sizeof *self);

  copy->field = g_strdup (self->field);
  copy->words = g_strdup (self->words);
  if (self->only != NULL)
    g_array_ref (copy->only);

  return copy;
}

void
sb_people_query_free (SbPeopleQuery *self)
{
  g_free (self->field);
  g_free (self->words);
  g_clear_pointer (&self->only, g_array_unref);
  g_free (self);
}

/* Whether somebody may be missing from the list. */
gboolean
sb_people_query_is_filtered (const SbPeopleQuery *self)
{
  return (self->words != NULL && self->words[0] != '\0') || self->tag_id != 0 || self->stage_id != 0 || self->consent != 0 || self->blocked != 0 || self->only != NULL;
}

void
sb_identity_free (SbIdentity *self)
{
  g_free (self->value);
  g_free (self->shown);
  g_free (self);
}

void
sb_moment_free (SbMoment *self)
{
  g_free (self->text);
  g_free (self->by);
  g_free (self);
}
