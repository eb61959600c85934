#pragma once

#include "sb-engine-import-draft.h"
#include "sb-import-page.h"

G_BEGIN_DECLS

struct _SbImportPage
{
  AdwNavigationPage parent_instance;

  SbContactsPlace *place; /* not owned: the page is in it */
  SbEngine        *engine;
  char            *path;
  char            *text;
  char            *sheet;
  SbImportTable   *table;
  SbImportPlan    *plan;
  SbDecisions     *decisions;
  GPtrArray       *history; /* SbDecisions before each decision */
  GCancellable    *reading;
  GCancellable    *planning;
  GCancellable    *writing;
  gint            *n_planned; /* of the plan that is being made, or NULL */
  guint            tick;
  guint            keeping; /* the answers are written down in a moment */
  SbImportDraft   *draft;   /* until the file is read */
  gboolean         remembered;
  gboolean         has_planned; /* at least once */
  gboolean         narrow;
  gboolean         to_rows; /* the keyboard goes there when the next plan is shown */
  gint64           import_id;

  GtkWidget *title;
  GtkWidget *import;
  GtkWidget *foot; /* the same, at the foot of a narrow window */
  GtkWidget *columns_button;
  GtkWidget *stack;
  GtkWidget *split;
  GtkWidget *columns;
  GtkWidget *table_view;
  GtkWidget *fix;
  GtkWidget *progress;
  GtkWidget *progress_words;
  GtkWidget *failed;
  GtkWidget *result;
};

/* sb-import-page-write.c */
void sb_import_page_write (SbImportPage *self);
void sb_import_page_save_rejected (SbImportPage *self);
void sb_import_page_save_all (SbImportPage *self);

/* sb-import-page-keep.c */
void sb_import_page_keep (SbImportPage *self);
void sb_import_page_keep_soon (SbImportPage *self);
void sb_import_page_take_draft (SbImportPage *self);

/* sb-import-page-decide.c */
void sb_import_page_use_number (SbImportPage *self,
                                const char   *number);
void sb_import_page_edit_row (SbImportPage *self);
void sb_import_page_leave_row (SbImportPage *self);
void sb_import_page_use_country (SbImportPage *self);
void sb_import_page_bring_back (SbImportPage *self);
void sb_import_page_take_back (SbImportPage *self);

/* sb-import-page.c */
void sb_import_page_set_title (SbImportPage *self,
                               const char   *state);
void sb_import_page_plan (SbImportPage *self);

G_END_DECLS
