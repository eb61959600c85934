#include "sb-import-plan.h"

#include <glib/gi18n-lib.h>

#include "sb-country.h"
#include "sb-import-fix.h"
#include "sb-phone.h"
#include "sb-row-card.h"

#define SAMPLE 60 /* rows, before the columns are guessed */

typedef struct
{
  SbImportPlan          *plan;
  SbImportTable         *table;
  const SbImportOptions *options;
  const SbImportShop    *shop;
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
  g_clear_pointer (&row->changes, g_ptr_array_unref);
  g_free (row);
}

void
sb_import_plan_free (SbImportPlan *self)
{
  g_free (self->file_name);
  g_free (self->country);
  g_free (self->tag);
  g_free (self->stage);
  g_free (self->fix_country);
  g_clear_pointer (&self->fix_rows, g_array_unref);
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

/* What may not stand in a column of the owner's own stays out of it, and is named. */
static void
fit_fields (Planning   *self,
            SbPlanRow  *row,
            const char *country)
{
  g_autoptr (GPtrArray) fields = sb_card_take_fields (row->card);
  SbDateOrder           order = self->plan->mapping->dates != SB_DATES_GUESS ? self->plan->mapping->dates : sb_date_order_of (country);

  for (guint i = 0; i < fields->len; i++)
    {
      const SbCardField *field = fields->pdata[i];
      const char        *own = field->name;
      g_autofree char   *sentence = NULL;
      g_autofree char   *kept = self->shop->check_field (field->name, field->value, order, &own, &sentence, self->shop->data);

      sb_card_set_field (row->card, own, kept);
      if (kept == NULL)
        {
          /* Translators: a column, what stands in it, and a sentence about it: "Spent, “12a”: This is not a number." */
          g_autofree char *fault = g_strdup_printf (_("%s, “%s”: %s"), own, field->value, sentence);
          g_autofree char *before = g_steal_pointer (&row->remark);

          row->remark = before != NULL ? g_strjoin (" ", before, fault, NULL) : g_steal_pointer (&fault);
        }
    }
}

/* @cells as the file or the person has them. */
static void
read_card (Planning         *self,
           SbPlanRow        *row,
           GPtrArray        *cells,
           const SbDecision *decision,
           const SbTableRow *from)
{
  const char      *country = decision != NULL && decision->country != NULL ? decision->country : self->plan->country;
  g_autofree char *reason = NULL;

  if (decision != NULL && decision->left_out)
    {
      reject (row, g_strdup (_("You left this row out")), cells);
      row->fix = SB_FIX_LEFT_OUT;
      return;
    }
  if (from->fault != NULL && (decision == NULL || decision->cells == NULL))
    {
      reject (row, g_strdup (from->fault), cells);
      return;
    }
  row->card = sb_row_card (cells, self->plan->mapping, country, self->options->keep_other, &reason);
  if (row->card == NULL)
    {
      reject (row, g_steal_pointer (&reason), cells);
      row->fix = SB_FIX_NUMBER;
    }
  else if (reason != NULL && row->remark == NULL)
    row->remark = g_steal_pointer (&reason);
  if (row->card != NULL && self->shop->check_field != NULL && row->card->fields->len > 0)
    fit_fields (self, row, country);
}

static void
plan_row (Planning *self,
          guint     table_index)
{
  const SbTableRow *from = self->table->rows->pdata[table_index];
  const SbDecision *decision = self->options->decisions != NULL ? sb_decisions_get (self->options->decisions, table_index) : NULL;
  SbPlanRow        *row = g_new0 (SbPlanRow, 1);
  SbPlanRow        *earlier;
  guint             index = 0;

  row->number = from->number;
  row->index = table_index;
  row->remark = g_strdup (from->remark);
  row->brought_back = decision != NULL && decision->brought_back;
  read_card (self, row, decision != NULL && decision->cells != NULL ? decision->cells : from->cells, decision, from);
  if (row->card != NULL && (earlier = find_earlier (self, row->card, &index)) != NULL)
    {
      merge_into (row, earlier, index);
      remember_numbers (self, earlier, index);
    }
  else if (row->card != NULL)
    remember_numbers (self, row, self->plan->rows->len);

  g_ptr_array_add (self->plan->rows, row);
}

/* The first rows tell what the columns mean. */
static gboolean
settle_mapping (Planning *self,
                GError  **error)
{
  g_autoptr (GPtrArray) sample = g_ptr_array_new ();
  GPtrArray            *rows = self->table->rows;
  SbHeader              header = self->options->header;
  SbMapping            *mapping;

  for (guint i = 0; i < MIN (rows->len, SAMPLE); i++)
    g_ptr_array_add (sample, ((SbTableRow *) rows->pdata[i])->cells);
  /* Only cards have a row that stands nowhere: their titles. */
  if (rows->len > 0 && ((SbTableRow *) rows->pdata[0])->number == 0)
    header = SB_HEADER_ONE;

  mapping = self->plan->mapping = sb_mapping_guess (sample, header, self->options->fields, self->options->choices, error);
  if (mapping == NULL)
    return FALSE;
  if (self->options->dates != SB_DATES_GUESS)
    mapping->dates = self->options->dates;
  if (self->options->fields == NULL && sample->len > mapping->n_header && !sb_mapping_has (mapping, SB_FIELD_PHONE) && !sb_mapping_has (mapping, SB_FIELD_LINE) &&
      !self->options->any_mapping)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("No column with phone numbers was found. Say which one has them"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
plan_rows (Planning     *self,
           GCancellable *cancellable,
           GError      **error)
{
  for (guint i = self->plan->mapping->n_header; i < self->table->rows->len; i++)
    {
      if (i % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      plan_row (self, i);
      if (self->options->n_planned != NULL)
        g_atomic_int_inc (self->options->n_planned);
    }

  return TRUE;
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
change_free (gpointer data)
{
  SbChange *change = data;

  g_free (change->field);
  g_free (change->before);
  g_free (change->after);
  g_free (change);
}

static void
note_change (GPtrArray  *changes,
             const char *field,
             const char *before,
             const char *after)
{
  SbChange *change;

  if (g_strcmp0 (before, after) == 0)
    return;
  change = g_new0 (SbChange, 1);
  change->field = g_strdup (field);
  change->before = g_strdup (before);
  change->after = g_strdup (after);
  g_ptr_array_add (changes, change);
}

static GPtrArray *
compare (const SbCard *before,
         const SbCard *after)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (change_free);

  note_change (changes, "name", before->name, after->name);
  note_change (changes, "language", before->language, after->language);
  note_change (changes, "country", before->country, after->country);
  for (guint i = before->numbers->len; i < after->numbers->len; i++)
    note_change (changes, "number", NULL, after->numbers->pdata[i]);
  for (guint i = 0; i < after->fields->len; i++)
    {
      const SbCardField *field = after->fields->pdata[i];

      note_change (changes, field->name, sb_card_get_field (before, field->name), field->value);
    }

  return changes;
}

/* What everybody on the list gets and this one has not got yet. */
static void
note_marks (const SbImportPlan *plan,
            gint64              contact_id,
            const SbImportShop *shop,
            GPtrArray          *changes)
{
  if (plan->tag != NULL && shop->has_tag != NULL && !shop->has_tag (contact_id, shop->data))
    note_change (changes, "tags", NULL, plan->tag);
  if (plan->stage != NULL && shop->has_stage != NULL && !shop->has_stage (contact_id, shop->data))
    note_change (changes, "stage", NULL, plan->stage);
}

static void
meet_card (SbImportPlan       *plan,
           SbPlanRow          *row,
           SbCard             *card,
           const SbImportShop *shop)
{
  gboolean is_changed = sb_card_merge (card, row->card, plan->fill_only);

  if (is_changed)
    {
      g_autoptr (SbCard) before = shop->get_card (row->contact_id, shop->data);

      row->changes = compare (before, card);
    }
  else if (plan->tag != NULL || plan->stage != NULL)
    row->changes = g_ptr_array_new_with_free_func (change_free);
  if (row->changes != NULL)
    note_marks (plan, row->contact_id, shop, row->changes);
  if (row->changes != NULL && row->changes->len == 0)
    g_clear_pointer (&row->changes, g_ptr_array_unref);
  row->fate = is_changed || row->changes != NULL ? SB_FATE_CHANGED : SB_FATE_SAME;
  if (shop->is_removed != NULL && shop->is_removed (row->contact_id, shop->data))
    {
      row->fate = SB_FATE_CHANGED;
      if (row->remark == NULL)
        row->remark = g_strdup (_("Was taken off your lists, and comes back"));
    }
}

/* A list changes nothing about what somebody said. */
static void
tell_opted_out (SbPlanRow          *row,
                const SbImportShop *shop)
{
  if (row->remark == NULL && row->fate != SB_FATE_REJECTED && shop->is_opted_out != NULL && shop->is_opted_out (row->contact_id, row->card, shop->data))
    row->remark = g_strdup (_("Opted out. Stays opted out"));
}

static void
decide (SbImportPlan       *plan,
        SbPlanRow          *row,
        const SbImportShop *shop)
{
  g_autoptr (SbCard) card = row->contact_id != 0 ? shop->get_card (row->contact_id, shop->data) : NULL;

  if (card == NULL && !row->brought_back && was_erased (row->card, shop))
    {
      row->contact_id = 0;
      reject (row, g_strdup (_("Was erased for good. Comes back only if you say so")), NULL);
      row->fix = SB_FIX_ERASED;
      plan->n_erased++;
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
    meet_card (plan, row, card, shop);
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
        {
          decide (plan, row, shop);
          tell_opted_out (row, shop);
        }
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

static GPtrArray *
cells_of (Planning        *self,
          const SbPlanRow *row)
{
  const SbDecision *decision = self->options->decisions != NULL ? sb_decisions_get (self->options->decisions, row->index) : NULL;

  return decision != NULL && decision->cells != NULL ? decision->cells : ((SbTableRow *) self->table->rows->pdata[row->index])->cells;
}

/* Refused rows go into a file of their own, whatever they were refused for. */
static void
keep_cells (Planning *self)
{
  for (guint i = 0; i < self->plan->rows->len; i++)
    {
      SbPlanRow *row = self->plan->rows->pdata[i];

      if (row->fate == SB_FATE_REJECTED && row->cells == NULL)
        row->cells = copy_cells (cells_of (self, row));
    }
}

SbImportPlan *
sb_import_plan_new (SbImportTable         *table,
                    const SbImportOptions *options,
                    const SbImportShop    *shop,
                    GCancellable          *cancellable,
                    GError               **error)
{
  g_autoptr (SbImportPlan) plan = g_new0 (SbImportPlan, 1);
  g_autoptr (GHashTable)   by_number = g_hash_table_new (g_str_hash, g_str_equal);
  Planning                 self = { plan, table, options, shop, by_number };

  plan->rows = g_ptr_array_new_with_free_func (row_free);
  plan->file_name = g_strdup (table->file_name);
  if (options->country != NULL && options->country[0] != '\0' && (plan->country = sb_country_find (options->country)) == NULL)
    {
      /* Translators: what somebody wrote for a country */
      g_set_error (error, SB_ERROR, SB_ERROR_INVALID, _("There is no country “%s”. Write its two letters, as GB or FR"), options->country);
      return NULL;
    }
  plan->fill_only = options->fill_only;
  plan->tag = g_strdup (options->tag);
  plan->stage = g_strdup (options->stage);
  sb_file_about_copy (&table->about, &plan->about);
  if (!settle_mapping (&self, error) || !plan_rows (&self, cancellable, error) || !decide_all (plan, shop, cancellable, error))
    return NULL;
  /* Whoever says themselves how many rows are titles sees what comes of it. */
  if (plan->rows->len == 0 && options->header == SB_HEADER_GUESS)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("There is nobody in this file: below its titles it is empty"));
      return NULL;
    }
  keep_cells (&self);
  sb_import_fix_find (plan);

  return g_steal_pointer (&plan);
}
