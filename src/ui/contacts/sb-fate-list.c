#include "sb-fate-list.h"

#include "sb-import-words.h"
#include "sb-phone.h"

struct _SbFateItem
{
  GObject parent_instance;

  guint  index;
  guint  number;
  char  *name;
  char  *phone;
  char  *written;
  SbFate fate;
  char  *about;
};

G_DEFINE_FINAL_TYPE (SbFateItem, sb_fate_item, G_TYPE_OBJECT)

static void
sb_fate_item_finalize (GObject *object)
{
  SbFateItem *self = SB_FATE_ITEM (object);

  g_free (self->name);
  g_free (self->phone);
  g_free (self->written);
  g_free (self->about);

  G_OBJECT_CLASS (sb_fate_item_parent_class)->finalize (object);
}

static void
sb_fate_item_class_init (SbFateItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_fate_item_finalize;
}

static void
sb_fate_item_init (SbFateItem *self)
{
}

guint
sb_fate_item_get_index (SbFateItem *self)
{
  return self->index;
}

guint
sb_fate_item_get_number (SbFateItem *self)
{
  return self->number;
}

const char *
sb_fate_item_get_name (SbFateItem *self)
{
  return self->name;
}

const char *
sb_fate_item_get_phone (SbFateItem *self)
{
  return self->phone;
}

const char *
sb_fate_item_get_written (SbFateItem *self)
{
  return self->written;
}

SbFate
sb_fate_item_get_fate (SbFateItem *self)
{
  return self->fate;
}

const char *
sb_fate_item_get_about (SbFateItem *self)
{
  return self->about;
}

/* -- the list -- */

typedef struct
{
  guint index; /* of the plan's row */
  guint sign;  /* of what is shown of it */
} Shown;

struct _SbFateList
{
  GObject parent_instance;

  const SbImportTable *table; /* borrowed */
  const SbImportPlan  *plan;  /* borrowed */
  GArray              *signs; /* guint, of each row of the plan */
  GArray              *shown; /* Shown */
};

/* Whom the row became: rows that were put together show the one they went into. */
static const SbPlanRow *
whose (const SbImportPlan *plan,
       const SbPlanRow    *row)
{
  return row->fate == SB_FATE_MERGED ? plan->rows->pdata[row->merged_into] : row;
}

/* The cell of numbers as the file has it: the first that is not empty. */
char *
sb_fate_list_written (const SbImportPlan *plan,
                      GPtrArray          *cells,
                      guint              *column)
{
  guint found = G_MAXUINT;

  for (guint i = 0; i < plan->mapping->columns->len; i++)
    {
      SbField     field = ((const SbImportColumn *) plan->mapping->columns->pdata[i])->field;
      const char *cell = i < cells->len ? cells->pdata[i] : "";

      if (field != SB_FIELD_PHONE && field != SB_FIELD_LINE)
        continue;
      if (found == G_MAXUINT || cell[0] != '\0')
        found = i;
      if (cell[0] != '\0')
        break;
    }
  if (column != NULL)
    *column = found;

  return g_strdup (found < cells->len ? cells->pdata[found] : "");
}

/* A row that became nobody still has a name to be known by. */
static char *
name_in (const SbImportPlan *plan,
         GPtrArray          *cells)
{
  for (guint i = 0; i < MIN (plan->mapping->columns->len, cells->len); i++)
    {
      SbField field = ((const SbImportColumn *) plan->mapping->columns->pdata[i])->field;

      if ((field == SB_FIELD_NAME || field == SB_FIELD_FIRST_NAME || field == SB_FIELD_LAST_NAME) && *(char *) cells->pdata[i] != '\0')
        return g_strdup (cells->pdata[i]);
    }

  return g_strdup ("–");
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  SbFateList      *self = SB_FATE_LIST (model);
  const SbPlanRow *row;
  const SbPlanRow *person;
  GPtrArray       *cells;
  SbFateItem      *item;

  if (position >= self->shown->len)
    return NULL;

  item = g_object_new (SB_TYPE_FATE_ITEM, NULL);
  item->index = g_array_index (self->shown, Shown, position).index;
  row = self->plan->rows->pdata[item->index];
  person = whose (self->plan, row);
  cells = row->cells != NULL ? row->cells : ((SbTableRow *) self->table->rows->pdata[row->index])->cells;
  item->number = row->number;
  item->fate = row->fate;
  item->name = person->card != NULL && person->card->name != NULL ? g_strdup (person->card->name) : name_in (self->plan, cells);
  item->phone = person->card != NULL && row->fate != SB_FATE_REJECTED ? sb_phone_format (person->card->numbers->pdata[0]) : g_strdup ("–");
  item->written = sb_fate_list_written (self->plan, cells, NULL);
  item->about = sb_import_words_about (row);

  return item;
}

static guint
get_n_items (GListModel *model)
{
  return SB_FATE_LIST (model)->shown->len;
}

static GType
get_item_type (GListModel *model)
{
  return SB_TYPE_FATE_ITEM;
}

static void
model_init (GListModelInterface *interface)
{
  interface->get_item = get_item;
  interface->get_n_items = get_n_items;
  interface->get_item_type = get_item_type;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SbFateList, sb_fate_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_init))

static guint
text_sign (const char *text)
{
  return text != NULL ? g_str_hash (text) : 0;
}

static guint
sign_of (const SbImportPlan *plan,
         const SbPlanRow    *row)
{
  const SbPlanRow *person = whose (plan, row);
  guint            sign = (guint) row->fate * 31 + text_sign (row->reason) + 7 * text_sign (row->remark);

  if (person->card != NULL)
    sign = sign * 33 + text_sign (person->card->name) + 5 * text_sign (person->card->numbers->pdata[0]);
  for (guint i = 0; row->changes != NULL && i < row->changes->len; i++)
    sign = sign * 33 + text_sign (((const SbChange *) row->changes->pdata[i])->after);
  if (row->cells != NULL)
    {
      g_autofree char *written = sb_fate_list_written (plan, row->cells, NULL);

      sign = sign * 33 + text_sign (written);
    }

  return sign;
}

/* Rows that stay the same stay where they are: only what lies between the first and the last change is told. */
static void
tell_change (SbFateList *self,
             GArray     *before)
{
  guint start = 0, end = 0;
  guint most = MIN (before->len, self->shown->len);

  while (start < most && memcmp (&g_array_index (before, Shown, start), &g_array_index (self->shown, Shown, start), sizeof (Shown)) == 0)
    start++;
  while (end < most - start && memcmp (&g_array_index (before, Shown, before->len - end - 1), &g_array_index (self->shown, Shown, self->shown->len - end - 1), sizeof (Shown)) == 0)
    end++;
  if (before->len != start + end || self->shown->len != start + end)
    g_list_model_items_changed (G_LIST_MODEL (self), start, before->len - start - end, self->shown->len - start - end);
}

void
sb_fate_list_filter (SbFateList *self,
                     SbFate      fate)
{
  g_autoptr (GArray) before = self->shown;

  self->shown = g_array_new (FALSE, FALSE, sizeof (Shown));
  for (guint i = 0; i < self->plan->rows->len; i++)
    {
      const Shown shown = { i, g_array_index (self->signs, guint, i) };

      if (fate == 0 || ((const SbPlanRow *) self->plan->rows->pdata[i])->fate == fate)
        g_array_append_val (self->shown, shown);
    }
  tell_change (self, before);
}

void
sb_fate_list_set (SbFateList          *self,
                  const SbImportTable *table,
                  const SbImportPlan  *plan,
                  SbFate               fate)
{
  self->table = table;
  self->plan = plan;
  g_array_set_size (self->signs, 0);
  for (guint i = 0; i < plan->rows->len; i++)
    {
      guint sign = sign_of (plan, plan->rows->pdata[i]);

      g_array_append_val (self->signs, sign);
    }
  sb_fate_list_filter (self, fate);
}

guint
sb_fate_list_get_index (SbFateList *self,
                        guint       position)
{
  return position < self->shown->len ? g_array_index (self->shown, Shown, position).index : G_MAXUINT;
}

/* The position of the plan's row @index, or of the one that comes after it. */
guint
sb_fate_list_find (SbFateList *self,
                   guint       index)
{
  guint low = 0, high = self->shown->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->shown, Shown, middle).index < index)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
sb_fate_list_finalize (GObject *object)
{
  g_array_unref (SB_FATE_LIST (object)->shown);
  g_array_unref (SB_FATE_LIST (object)->signs);

  G_OBJECT_CLASS (sb_fate_list_parent_class)->finalize (object);
}

static void
sb_fate_list_class_init (SbFateListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_fate_list_finalize;
}

static void
sb_fate_list_init (SbFateList *self)
{
  self->shown = g_array_new (FALSE, FALSE, sizeof (Shown));
  self->signs = g_array_new (FALSE, FALSE, sizeof (guint));
}

SbFateList *
sb_fate_list_new (void)
{
  return g_object_new (SB_TYPE_FATE_LIST, NULL);
}
