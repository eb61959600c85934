/* The columns of the table of people: those of Shopbell, and those of the owner. */
#include "sb-people-columns.h"

#include <glib/gi18n.h>

typedef struct
{
  const char  *name;
  const char  *title;
  SbCellKind   kind;
  SbPeopleSort sort;
  int          width; /* -1: what is left */
} Column;

static const Column columns[] = {
  { "name", N_("Name"), SB_CELL_NAME, SB_PEOPLE_BY_NAME, 211 },
  { "stage", N_("Stage"), SB_CELL_STAGE, SB_PEOPLE_BY_STAGE, 116 },
  { "last", N_("Last Message"), SB_CELL_LAST, SB_PEOPLE_BY_LAST, -1 },
  { "consent", N_("May Receive"), SB_CELL_CONSENT, SB_PEOPLE_BY_CONSENT, 126 },
  { "tags", N_("Tags"), SB_CELL_TAGS, SB_PEOPLE_BY_LAST, 130 },
  { "language", N_("Language"), SB_CELL_LANGUAGE, SB_PEOPLE_BY_LANGUAGE, 100 },
  { "country", N_("Country"), SB_CELL_COUNTRY, SB_PEOPLE_BY_COUNTRY, 90 },
  { "source", N_("Came By"), SB_CELL_SOURCE, SB_PEOPLE_BY_SOURCE, 120 },
  { "blocked", N_("Blocked"), SB_CELL_BLOCKED, SB_PEOPLE_BY_BLOCKED, 90 },
};

/* The order comes from the shop's file; the header only has to know that there is one. */
static int
never (gconstpointer a,
       gconstpointer b,
       gpointer      user_data)
{
  return 0;
}

/* @column or, for one of the owner's own, @field. (transfer full) @factory */
static void
add_column (GtkColumnView      *table,
            const Column       *column,
            const SbField      *field,
            GtkListItemFactory *factory)
{
  const Column          own = { "", "", SB_CELL_FIELD, SB_PEOPLE_BY_FIELD, 130 };
  const Column         *how = column != NULL ? column : &own;
  const char           *name = field != NULL ? field->name : how->name;
  GtkColumnViewColumn  *added = gtk_column_view_column_new (field != NULL ? field->name : _(how->title), factory);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (never, NULL, NULL));

  g_object_set_data (G_OBJECT (added), "sort", GINT_TO_POINTER (how->sort));
  if (field != NULL)
    g_object_set_data_full (G_OBJECT (added), "field", g_strdup (field->name), g_free);
  gtk_column_view_column_set_id (added, name);
  if (how->kind != SB_CELL_TAGS)
    gtk_column_view_column_set_sorter (added, sorter);
  if (how->width < 0)
    gtk_column_view_column_set_expand (added, TRUE);
  else
    gtk_column_view_column_set_fixed_width (added, how->kind == SB_CELL_CONSENT ? sb_people_consent_width (GTK_WIDGET (table), how->width) : how->width);
  gtk_column_view_column_set_resizable (added, TRUE);
  gtk_column_view_append_column (table, added);
  g_object_unref (added);
}

static void
clear_columns (GtkColumnView *table)
{
  GListModel *shown = gtk_column_view_get_columns (table);

  while (g_list_model_get_n_items (shown) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (shown, 0);

      gtk_column_view_remove_column (table, column);
    }
}

void
sb_people_columns_set (GtkColumnView      *table,
                       SbReader           *reader,
                       const char *const  *names,
                       SbPeopleFactoryFunc factory,
                       gpointer            data)
{
  clear_columns (table);
  for (; *names != NULL; names++)
    if (g_str_has_prefix (*names, "field:"))
      {
        g_autoptr (SbField) field = sb_reader_find_field (reader, *names + 6);

        if (field != NULL)
          add_column (table, NULL, field, factory (data, SB_CELL_FIELD, field));
      }
    else
      for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
        if (g_str_equal (columns[i].name, *names))
          add_column (table, &columns[i], NULL, factory (data, columns[i].kind, NULL));
}

void
sb_people_columns_get_sort (GtkColumnViewSorter *sorter,
                            SbPeopleQuery       *query)
{
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (sorter);

  query->sort = column != NULL ? (SbPeopleSort) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "sort")) : SB_PEOPLE_BY_LAST;
  query->backwards = column != NULL && gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING;
  g_set_str (&query->field, column != NULL ? g_object_get_data (G_OBJECT (column), "field") : NULL);
}
