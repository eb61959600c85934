/* What was said about a file is written down as it is said: the page can be left, and the program closed. */
#include "sb-import-columns.h"
#include "sb-import-marks-group.h"
#include "sb-import-page-private.h"

#define KEEP_MS 400

void
sb_import_page_keep (SbImportPage *self)
{
  SbImportMarksGroup *marks = SB_IMPORT_MARKS_GROUP (sb_import_columns_get_marks (SB_IMPORT_COLUMNS (self->columns)));
  const char         *wording = NULL;
  const char         *consent = sb_import_columns_get_consent (SB_IMPORT_COLUMNS (self->columns), &wording);
  const SbImportDraft draft = {
    .path = self->path,
    .text = self->text,
    .sheet = self->sheet,
    .memory = (SbImportMemory *) sb_import_columns_get (SB_IMPORT_COLUMNS (self->columns)),
    .tag = (char *) sb_import_marks_group_get_tag (marks),
    .stage = (char *) sb_import_marks_group_get_stage (marks),
    .consent = (char *) consent,
    .wording = (char *) wording,
    .n_rows = self->table != NULL ? self->table->rows->len : 0,
    .decisions = self->decisions,
  };

  g_clear_handle_id (&self->keeping, g_source_remove);
  if (self->plan != NULL && self->import_id == 0)
    sb_engine_keep_import_draft (self->engine, &draft);
}

static void
keep_cb (gpointer user_data)
{
  SbImportPage *self = user_data;

  self->keeping = 0;
  sb_import_page_keep (self);
}

void
sb_import_page_keep_soon (SbImportPage *self)
{
  if (self->keeping == 0 && self->plan != NULL)
    self->keeping = g_timeout_add_once (KEEP_MS, keep_cb, self);
}

/* The file is read again: what was said about it holds, about single rows only when it is the file it was. */
void
sb_import_page_take_draft (SbImportPage *self)
{
  g_autoptr (SbImportDraft) draft = g_steal_pointer (&self->draft);
  SbImportColumns          *columns = SB_IMPORT_COLUMNS (self->columns);

  sb_import_columns_recall (columns, draft->memory);
  sb_import_columns_set_consent (columns, draft->consent, draft->wording);
  sb_import_marks_group_set (SB_IMPORT_MARKS_GROUP (sb_import_columns_get_marks (columns)), draft->tag, draft->stage);
  if (draft->n_rows == self->table->rows->len)
    {
      g_hash_table_unref (self->decisions);
      self->decisions = g_steal_pointer (&draft->decisions);
    }
}
