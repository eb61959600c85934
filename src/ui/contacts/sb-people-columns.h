#pragma once

#include <gtk/gtk.h>

#include "sb-people-cells.h"
#include "sb-reader-contacts.h"

G_BEGIN_DECLS

/* Returns: (transfer full): what makes the cells of a kind; @field: of the owner, for SB_CELL_FIELD */
typedef GtkListItemFactory *(*SbPeopleFactoryFunc) (gpointer       data,
                                                    SbCellKind     kind,
                                                    const SbField *field);

/* @names: of the columns, in their order; "field:NAME" for one of the owner's. */
void sb_people_columns_set (GtkColumnView      *table,
                            SbReader           *reader,
                            const char *const  *names,
                            SbPeopleFactoryFunc factory,
                            gpointer            data);
/* What the headers ask for, written into @query. */
void sb_people_columns_get_sort (GtkColumnViewSorter *sorter,
                                 SbPeopleQuery       *query);

G_END_DECLS
