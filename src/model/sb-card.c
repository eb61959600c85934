#include "sb-card.h"

#include "sb-phone.h"

static void
field_free (gpointer data)
{
  SbCardField *field = data;

  g_free (field->name);
  g_free (field->value);
  g_free (field);
}

SbCard *
sb_card_new (void)
{
  SbCard *self = g_new0 (SbCard, 1);

  self->numbers = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_ptr_array_new_with_free_func (field_free);

  return self;
}

void
sb_card_free (SbCard *self)
{
  g_free (self->name);
  g_free (self->language);
  g_free (self->country);
  g_ptr_array_unref (self->numbers);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

static gboolean
has_exactly (const SbCard *self,
             const char   *digits)
{
  for (guint i = 0; i < self->numbers->len; i++)
    if (g_str_equal (self->numbers->pdata[i], digits))
      return TRUE;

  return FALSE;
}

/* Under any of the spellings in which one line is known. */
gboolean
sb_card_has_number (const SbCard *self,
                    const char   *digits)
{
  g_auto (GStrv) variants = sb_phone_variants (digits);

  for (char **variant = variants; *variant != NULL; variant++)
    if (has_exactly (self, *variant))
      return TRUE;

  return FALSE;
}

void
sb_card_add_number (SbCard     *self,
                    const char *digits)
{
  if (!sb_card_has_number (self, digits))
    g_ptr_array_add (self->numbers, g_strdup (digits));
}

/* (transfer full): SbCardField; the card has none then. */
GPtrArray *
sb_card_take_fields (SbCard *self)
{
  GPtrArray *fields = self->fields;

  self->fields = g_ptr_array_new_with_free_func (field_free);

  return fields;
}

/* An empty @value is none. */
void
sb_card_set_field (SbCard     *self,
                   const char *name,
                   const char *value)
{
  SbCardField *field;
  guint        i;

  if (value == NULL || value[0] == '\0')
    return;

  for (i = 0; i < self->fields->len; i++)
    {
      int order;

      field = self->fields->pdata[i];
      order = g_strcmp0 (field->name, name);
      if (order == 0)
        {
          g_set_str (&field->value, value);
          return;
        }
      if (order > 0)
        break;
    }

  field = g_new0 (SbCardField, 1);
  field->name = g_strdup (name);
  field->value = g_strdup (value);
  g_ptr_array_insert (self->fields, (int) i, field);
}

/* (nullable) */
const char *
sb_card_get_field (const SbCard *self,
                   const char   *name)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const SbCardField *field = self->fields->pdata[i];

      if (g_str_equal (field->name, name))
        return field->value;
    }

  return NULL;
}

/* Does @theirs take the place of @ours? Nothing is ever emptied. */
static gboolean
takes_place (const char *ours,
             const char *theirs,
             gboolean    fill_only)
{
  if (theirs == NULL || theirs[0] == '\0' || g_strcmp0 (ours, theirs) == 0)
    return FALSE;

  return !fill_only || ours == NULL || ours[0] == '\0';
}

static gboolean
merge_text (char      **ours,
            const char *theirs,
            gboolean    fill_only)
{
  return takes_place (*ours, theirs, fill_only) && g_set_str (ours, theirs);
}

/**
 * sb_card_merge:
 * @fill_only: what @self has stays; only what is missing is taken from @other
 *
 * Returns: whether @self became another
 */
gboolean
sb_card_merge (SbCard       *self,
               const SbCard *other,
               gboolean      fill_only)
{
  guint    n_numbers = self->numbers->len;
  gboolean changed = merge_text (&self->name, other->name, fill_only || other->is_guessed);

  changed |= merge_text (&self->language, other->language, fill_only);
  /* The country is a guess from the number unless somebody chose it. */
  changed |= merge_text (&self->country, other->country, TRUE);
  for (guint i = 0; i < other->numbers->len; i++)
    sb_card_add_number (self, other->numbers->pdata[i]);

  for (guint i = 0; i < other->fields->len; i++)
    {
      const SbCardField *field = other->fields->pdata[i];

      if (takes_place (sb_card_get_field (self, field->name), field->value, fill_only))
        {
          sb_card_set_field (self, field->name, field->value);
          changed = TRUE;
        }
    }

  return changed || self->numbers->len != n_numbers;
}
