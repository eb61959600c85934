/* One answer for many rows: numbers that cannot be used as they are may all be from one other country. */
#include "sb-import-fix.h"

#include <string.h>

#include "sb-phone-cell.h"
#include "sb-phone.h"

#define COUNTRIES_MAX 6
#define TRIED_MAX     2000 /* rows that decide which country it is */

/* Countries that people of the file are from, the most frequent first. */
static GPtrArray *
list_countries (const SbImportPlan *plan)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray             *countries = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < MIN (plan->rows->len, TRIED_MAX); i++)
    {
      const SbPlanRow *row = plan->rows->pdata[i];
      char            *country = row->card != NULL && row->card->numbers->len > 0 ? sb_phone_country (row->card->numbers->pdata[0]) : NULL;

      if (country != NULL && g_strcmp0 (country, plan->country) != 0)
        g_hash_table_insert (counts, country, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, country)) + 1));
      else
        g_free (country);
    }
  while (countries->len < COUNTRIES_MAX && g_hash_table_size (counts) > 0)
    {
      GHashTableIter iter;
      gpointer       country, n, best = NULL;
      guint          most = 0;

      g_hash_table_iter_init (&iter, counts);
      while (g_hash_table_iter_next (&iter, &country, &n))
        if (GPOINTER_TO_UINT (n) > most || (GPOINTER_TO_UINT (n) == most && strcmp (country, best) < 0))
          {
            best = country;
            most = GPOINTER_TO_UINT (n);
          }
      g_ptr_array_add (countries, g_strdup (best));
      g_hash_table_remove (counts, best);
    }

  return countries;
}

static gboolean
is_readable (const SbImportPlan *plan,
             const SbPlanRow    *row,
             const char         *country)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < MIN (row->cells->len, plan->mapping->columns->len); i++)
    {
      g_autofree char *reason = NULL;

      if (((const SbImportColumn *) plan->mapping->columns->pdata[i])->field == SB_FIELD_PHONE)
        sb_phone_cell_read (row->cells->pdata[i], country, NULL, numbers, &reason);
    }

  return numbers->len > 0;
}

static GArray *
list_readable (const SbImportPlan *plan,
               const char         *country,
               guint               most)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  guint   n = 0;

  for (guint i = 0; i < plan->rows->len && n < most; i++)
    {
      const SbPlanRow *row = plan->rows->pdata[i];

      if (row->fate != SB_FATE_REJECTED || row->fix != SB_FIX_NUMBER)
        continue;
      n++;
      if (is_readable (plan, row, country))
        g_array_append_val (rows, row->index);
    }

  return rows;
}

/* The country that makes the most of the refused rows people, and which ones. */
void
sb_import_fix_find (SbImportPlan *plan)
{
  g_autoptr (GPtrArray) countries = list_countries (plan);
  const char           *best = NULL;
  guint                 most = 0;

  for (guint i = 0; i < countries->len && plan->counts[SB_FATE_REJECTED] > 1; i++)
    {
      g_autoptr (GArray) rows = list_readable (plan, countries->pdata[i], TRIED_MAX);

      if (rows->len > most)
        {
          best = countries->pdata[i];
          most = rows->len;
        }
    }
  if (most < 2)
    return;
  plan->fix_country = g_strdup (best);
  plan->fix_rows = list_readable (plan, best, G_MAXUINT);
}
