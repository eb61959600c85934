#include "sb-dossier.h"

#include "sb-thread.h"
#include "sb-value.h"

SbDossier *
sb_dossier_new (void)
{
  SbDossier *self = g_new0 (SbDossier, 1);

  self->numbers = g_ptr_array_new_with_free_func (g_free);
  self->tags = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->imports = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
sb_dossier_free (SbDossier *self)
{
  g_free (self->name);
  g_free (self->country);
  g_free (self->language);
  g_free (self->source);
  g_ptr_array_unref (self->numbers);
  g_array_unref (self->tags);
  g_array_unref (self->imports);
  g_hash_table_unref (self->fields);
  g_free (self);
}

static void
field_row_free (gpointer data)
{
  SbFieldRow *row = data;

  g_free (row->name);
  g_strfreev (row->choices);
  g_free (row);
}

SbShopSchema *
sb_shop_schema_new (void)
{
  SbShopSchema *self = g_new0 (SbShopSchema, 1);

  self->tags = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_named_free);
  self->stages = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_named_free);
  self->staff = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_named_free);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_named_free);
  self->imports = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_named_free);
  self->fields = g_ptr_array_new_with_free_func (field_row_free);

  return self;
}

void
sb_shop_schema_free (SbShopSchema *self)
{
  g_ptr_array_unref (self->tags);
  g_ptr_array_unref (self->stages);
  g_ptr_array_unref (self->staff);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->imports);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/* @choices: (transfer full) (nullable) */
void
sb_shop_schema_add_field (SbShopSchema *self,
                          gint64        id,
                          const char   *name,
                          int           type,
                          char        **choices)
{
  SbFieldRow *row = g_new0 (SbFieldRow, 1);

  row->id = id;
  row->name = g_strdup (name);
  row->type = type;
  row->choices = choices;
  g_ptr_array_add (self->fields, row);
}

/* By its id, or by its name where there is none. */
const SbFieldRow *
sb_shop_schema_find_field (const SbShopSchema *self,
                           gint64              id,
                           const char         *name)
{
  g_autofree char *folded = name != NULL ? sb_value_fold (name) : NULL;

  for (guint i = 0; i < self->fields->len; i++)
    {
      const SbFieldRow *row = self->fields->pdata[i];
      g_autofree char  *own = id == 0 ? sb_value_fold (row->name) : NULL;

      if (id != 0 ? row->id == id : g_strcmp0 (own, folded) == 0)
        return row;
    }

  return NULL;
}
