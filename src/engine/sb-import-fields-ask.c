#include "sb-import-fields-ask.h"

#include "sb-reader-contacts.h"

struct _SbImportFields
{
  GHashTable *by_name; /* folded -> SbField */
};

SbImportFields *
sb_import_fields_new (SbReader *reader)
{
  SbImportFields       *self = g_new0 (SbImportFields, 1);
  g_autoptr (GPtrArray) fields = sb_reader_list_fields (reader);

  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sb_field_free);
  for (guint i = 0; i < fields->len; i++)
    {
      const SbField *field = fields->pdata[i];

      g_hash_table_insert (self->by_name, g_utf8_casefold (field->name, -1), sb_field_copy (field));
    }

  return self;
}

void
sb_import_fields_free (SbImportFields *self)
{
  g_hash_table_unref (self->by_name);
  g_free (self);
}

/* What is in no column of the owner's own is kept as it stands. */
char *
sb_import_fields_check (SbImportFields *self,
                        const char     *title,
                        const char     *value,
                        SbDateOrder     order,
                        const char    **own,
                        char          **sentence)
{
  g_autofree char *folded = g_utf8_casefold (title, -1);
  const SbField   *field = g_hash_table_lookup (self->by_name, folded);
  char            *day = field != NULL && field->kind == SB_FIELD_DATE ? sb_date_cell_read (value, order) : NULL;

  *own = field != NULL ? field->name : title;
  if (field == NULL)
    return g_strdup (value);
  if (day != NULL && day[0] != '-')
    return day;
  g_free (day);

  return sb_field_check (field, value, sentence);
}
