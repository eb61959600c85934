#include "sb-import-plan.h"

#include <glib/gi18n-lib.h>

#include "sb-phone.h"
#include "sb-row-card.h"

#define SAMPLE 60 /* rows, before the columns are guessed */

typedef struct
{
  SbImportPlan          *plan;
  const SbImportOptions *options;
  GPtrArray             *sample;  /* GPtrArray of cells */
  GArray                *numbers; /* guint, of the rows in @sample */
  GPtrArray             *faults;  /* char * or NULL, of the rows in @sample */
  GPtrArray             *remarks;
  GHashTable            *by_number; /* digits -> index + 1 into the plan's rows */
} Planning;

const char *
sb_fate_to_name (SbFate fate)
{
  static const char *const names[SB_N_FATES] = { "", "new", "changed", "same", "merged", "rejected" };

  return names[fate];
}

static void
row_free (gpointer data)
{
  SbPlanRow *row = data;

  g_free (row->reason);
  g_free (row->remark);
  g_clear_pointer (&row->card, sb_card_free);
  g_clear_pointer (&row->cells, g_ptr_array_unref);
  g_free (row);
}

void
sb_import_plan_free (SbImportPlan *self)
{
  g_free (self->file_name);
  g_free (self->country);
  sb_file_about_clear (&self->about);
  g_clear_pointer (&self->mapping, sb_mapping_free);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static GPtrArray *
copy_cells (GPtrArray *cells)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < cells->len; i++)
    g_ptr_array_add (copy, g_strdup (cells->pdata[i]));

  return copy;
}

/* -- reading -- */

static void
reject (SbPlanRow *row,
        char      *reason,
        GPtrArray *cells)
{
  row->fate = SB_FATE_REJECTED;
  g_free (row->reason);
  row->reason = reason;
  if (cells != NULL)
    row->cells = copy_cells (cells);
}

/* The earlier row of the same person, if any: by any number in any of its spellings. */
static SbPlanRow *
find_earlier (Planning     *self,
              const SbCard *card,
              guint        *index)
{
  for (guint i = 0; i < card->numbers->len; i++)
    {
      g_auto (GStrv) variants = sb_phone_variants (card->numbers->pdata[i]);

      for (char **variant = variants; *variant != NULL; variant++)
        {
          *index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_number, *variant));
          if (*index > 0)
            return self->plan->rows->pdata[--*index];
        }
    }

  return NULL;
}

/* A number that is another earlier row's own stays there. */
static void
remember_numbers (Planning  *self,
                  SbPlanRow *row,
                  guint      index)
{
  for (guint i = 0; i < row->card->numbers->len;)
    {
      const char *digits = row->card->numbers->pdata[i];
      guint       known = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_number, digits));

      if (known != 0 && known != index + 1)
        {
          g_ptr_array_remove_index (row->card->numbers, i);
          continue;
        }
      if (known == 0)
        g_hash_table_insert (self->by_number, (gpointer) digits, GUINT_TO_POINTER (index + 1));
      i++;
    }
}

static void
merge_into (SbPlanRow *row,
            SbPlanRow *earlier,
            guint      index)
{
  row->fate = SB_FATE_MERGED;
  row->merged_into = index;
  g_free (row->reason);
  row->reason = g_strdup_printf (_("The same person as in row %u; both were put together"), earlier->number);
  sb_card_merge (earlier->card, row->card, TRUE);
}

static void
plan_row (Planning   *self,
          guint       number,
          GPtrArray  *cells,
          const char *fault,
          const char *remark)
{
  SbPlanRow       *row = g_new0 (SbPlanRow, 1);
  g_autofree char *reason = NULL;
  SbPlanRow       *earlier;
  guint            index = 0;

  row->number = number;
  row->remark = g_strdup (remark);
  if (fault == NULL)
    row->card = sb_row_card (cells, self->plan->mapping, self->plan->country, self->options->keep_other, &reason);

  if (row->card == NULL)
    reject (row, fault != NULL ? g_strdup (fault) : g_steal_pointer (&reason), cells);
  else if ((earlier = find_earlier (self, row->card, &index)) != NULL)
    {
      merge_into (row, earlier, index);
      remember_numbers (self, earlier, index);
    }
  else
    remember_numbers (self, row, self->plan->rows->len);
  if (reason != NULL && row->remark == NULL)
    row->remark = g_steal_pointer (&reason);

  g_ptr_array_add (self->plan->rows, row);
}

/* The first rows are in: what the columns mean can be told, and the rows be planned. */
static gboolean
settle_mapping (Planning *self,
                GError  **error)
{
  gboolean surely = self->numbers->len > 0 && g_array_index (self->numbers, guint, 0) == 0;

  self->plan->mapping = sb_mapping_guess (self->sample, surely, self->options->choices, error);
  if (self->plan->mapping == NULL)
    return FALSE;
  if (self->sample->len > (self->plan->mapping->has_header ? 1u : 0u) && !sb_mapping_has (self->plan->mapping, SB_FIELD_PHONE) &&
      !sb_mapping_has (self->plan->mapping, SB_FIELD_LINE))
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("No column with phone numbers was found. Say which one has them"));
      return FALSE;
    }

  for (guint i = self->plan->mapping->has_header ? 1 : 0; i < self->sample->len; i++)
    plan_row (self, g_array_index (self->numbers, guint, i), self->sample->pdata[i], self->faults->pdata[i], self->remarks->pdata[i]);
  g_ptr_array_set_size (self->sample, 0);

  return TRUE;
}

static gboolean
row_cb (const SbRow *row,
        gpointer     data,
        GError     **error)
{
  Planning *self = data;

  if (self->plan->mapping != NULL)
    {
      plan_row (self, row->number, row->cells, row->fault, row->remark);
      return TRUE;
    }

  g_ptr_array_add (self->sample, copy_cells (row->cells));
  g_array_append_val (self->numbers, row->number);
  g_ptr_array_add (self->faults, g_strdup (row->fault));
  g_ptr_array_add (self->remarks, g_strdup (row->remark));

  return self->sample->len < SAMPLE || settle_mapping (self, error);
}

/* -- deciding -- */

/* Whom of the shop the row means: 0 for nobody, -1 for more than one. */
static gint64
find_contact (const SbCard       *card,
              const SbImportShop *shop,
              gint64             *other)
{
  gint64 id = 0;

  for (guint i = 0; i < card->numbers->len; i++)
    {
      gint64 found = shop->find_number (card->numbers->pdata[i], shop->data);

      if (found != 0 && id != 0 && found != id)
        {
          *other = found;
          return id;
        }
      if (found != 0)
        id = found;
    }

  return id;
}

static char *
two_people (gint64              one,
            gint64              other,
            const SbImportShop *shop)
{
  g_autoptr (SbCard) a = shop->get_card (one, shop->data);
  g_autoptr (SbCard) b = shop->get_card (other, shop->data);

  return g_strdup_printf (_("The numbers belong to two customers, “%s” and “%s”"), a != NULL && a->name != NULL ? a->name : "–", b != NULL && b->name != NULL ? b->name : "–");
}

/* Several rows may mean one customer by different numbers. */
static void
meet_shop (SbImportPlan       *plan,
           guint               index,
           GHashTable         *by_contact,
           const SbImportShop *shop)
{
  SbPlanRow *row = plan->rows->pdata[index];
  gint64     other = 0;
  guint      earlier;

  row->contact_id = find_contact (row->card, shop, &other);
  if (other != 0)
    {
      reject (row, two_people (row->contact_id, other, shop), NULL);
      row->contact_id = 0;
    }
  if (row->contact_id == 0)
    return;

  earlier = GPOINTER_TO_UINT (g_hash_table_lookup (by_contact, &row->contact_id));
  if (earlier > 0)
    merge_into (row, plan->rows->pdata[earlier - 1], earlier - 1);
  else
    g_hash_table_insert (by_contact, &row->contact_id, GUINT_TO_POINTER (index + 1));
}

static gboolean
was_erased (const SbCard       *card,
            const SbImportShop *shop)
{
  for (guint i = 0; shop->is_erased != NULL && i < card->numbers->len; i++)
    if (shop->is_erased (card->numbers->pdata[i], shop->data))
      return TRUE;

  return FALSE;
}

static void
decide (SbImportPlan       *plan,
        SbPlanRow          *row,
        const SbImportShop *shop)
{
  g_autoptr (SbCard) card = row->contact_id != 0 ? shop->get_card (row->contact_id, shop->data) : NULL;

  if (card == NULL && was_erased (row->card, shop))
    {
      row->contact_id = 0;
      reject (row, g_strdup (_("Was erased for good. Comes back only if you say so")), NULL);
    }
  else if (card == NULL)
    {
      row->fate = SB_FATE_NEW;
      row->contact_id = 0;
      if (row->card->country == NULL)
        row->card->country = sb_phone_country (row->card->numbers->pdata[0]);
    }
  else if (card->blocked)
    reject (row, g_strdup (_("This customer is blocked")), NULL);
  else
    row->fate = sb_card_merge (card, row->card, plan->fill_only) ? SB_FATE_CHANGED : SB_FATE_SAME;
}

static gboolean
decide_all (SbImportPlan       *plan,
            const SbImportShop *shop,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autoptr (GHashTable) by_contact = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < plan->rows->len; i++)
    {
      if (i % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (((SbPlanRow *) plan->rows->pdata[i])->fate == 0)
        meet_shop (plan, i, by_contact, shop);
    }
  for (guint i = 0; i < plan->rows->len; i++)
    {
      SbPlanRow *row = plan->rows->pdata[i];

      if (i % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (row->fate == 0)
        decide (plan, row, shop);
    }
  /* Merged rows share the end of the one they went into. */
  for (guint i = 0; i < plan->rows->len; i++)
    {
      SbPlanRow *row = plan->rows->pdata[i];

      plan->counts[row->fate]++;
      if (row->fate == SB_FATE_MERGED)
        g_clear_pointer (&row->card, sb_card_free);
    }

  return TRUE;
}

/* -- the whole -- */

typedef gboolean (*ReadFunc) (const char            *what,
                              const SbImportOptions *options,
                              Planning              *planning,
                              GCancellable          *cancellable,
                              GError               **error);

static gboolean
read_file (const char            *path,
           const SbImportOptions *options,
           Planning              *planning,
           GCancellable          *cancellable,
           GError               **error)
{
  return sb_rows_read_file (path, options->sheet, &planning->plan->about, row_cb, planning, cancellable, error);
}

static gboolean
read_text (const char            *text,
           const SbImportOptions *options,
           Planning              *planning,
           GCancellable          *cancellable,
           GError               **error)
{
  return sb_rows_read_text (text, &planning->plan->about, row_cb, planning, error);
}

static SbImportPlan *
make_plan (const char            *what,
           ReadFunc               read,
           const SbImportOptions *options,
           const SbImportShop    *shop,
           GCancellable          *cancellable,
           GError               **error)
{
  g_autoptr (SbImportPlan) plan = g_new0 (SbImportPlan, 1);
  g_autoptr (GPtrArray)    sample = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GArray)       numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray)    faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray)    remarks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable)   by_number = g_hash_table_new (g_str_hash, g_str_equal);
  Planning                 self = { plan, options, sample, numbers, faults, remarks, by_number };

  plan->rows = g_ptr_array_new_with_free_func (row_free);
  plan->country = options->country != NULL ? g_ascii_strup (options->country, -1) : NULL;
  plan->fill_only = options->fill_only;
  if (!read (what, options, &self, cancellable, error) || (plan->mapping == NULL && !settle_mapping (&self, error)) ||
      !decide_all (plan, shop, cancellable, error))
    return NULL;

  return g_steal_pointer (&plan);
}

SbImportPlan *
sb_import_plan_file (const char            *path,
                     const SbImportOptions *options,
                     const SbImportShop    *shop,
                     GCancellable          *cancellable,
                     GError               **error)
{
  SbImportPlan *plan = make_plan (path, read_file, options, shop, cancellable, error);

  if (plan != NULL)
    plan->file_name = g_path_get_basename (path);

  return plan;
}

SbImportPlan *
sb_import_plan_text (const char            *text,
                     const SbImportOptions *options,
                     const SbImportShop    *shop,
                     GError               **error)
{
  return make_plan (text, read_text, options, shop, NULL, error);
}
