#include "sb-engine-import.h"
#include "sb-engine-ocr.h"

#include <glib/gi18n-lib.h>

#include "sb-child.h"
#include "sb-engine-private.h"
#include "sb-import-fields-ask.h"
#include "sb-import-marks-ask.h"
#include "sb-one-person.h"
#include "sb-phone.h"
#include "sb-reader-consent.h"
#include "sb-rows-wire.h"
#include "sb-writer-refusals.h"

#define READER_CPU_S 60 /* the largest honest file takes a tenth of it */

/* -- the file -- */

typedef struct
{
  char          *path;
  char          *text;
  char          *sheet;
  SbImportTable *table;
  GError        *error;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->path);
  g_free (reading->text);
  g_free (reading->sheet);
  g_clear_pointer (&reading->table, sb_import_table_unref);
  g_clear_error (&reading->error);
  g_free (reading);
}

static gboolean
row_cb (const SbRow *row,
        gpointer     data,
        GError     **error)
{
  SbImportTable *table = data;

  if (table->rows->len >= SB_ROWS_MAX + 1)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The file has more than 1,000,000 rows"));
      return FALSE;
    }
  sb_import_table_add (table, row);

  return TRUE;
}

static void
answer_cb (JsonObject *object,
           gpointer    data)
{
  Reading    *reading = data;
  JsonArray  *rows = sb_json_array (object, "rows");
  JsonObject *about = sb_json_object (object, "about");

  if (rows != NULL && reading->error == NULL)
    sb_rows_wire_take (rows, row_cb, reading->table, &reading->error);
  if (about != NULL)
    sb_rows_wire_take_about (about, &reading->table->about);
}

static gboolean
read_in_helper (Reading      *reading,
                GCancellable *cancellable,
                GError      **error)
{
  static const char *const arguments[] = { "rows", NULL };
  const SbChildSpec        spec = { .program = "shopbell-reader", .arguments = arguments, .cpu_s = READER_CPU_S };
  g_autoptr (JsonObject)   request = sb_json_make ("s:path", reading->path, "s:sheet", reading->sheet, NULL);
  g_autofree char         *name = g_path_get_basename (reading->path);

  reading->table = sb_import_table_new (name);
  if (!sb_child_run (&spec, request, answer_cb, reading, cancellable, error))
    return FALSE;
  if (reading->error != NULL)
    g_propagate_error (error, g_steal_pointer (&reading->error));

  return reading->table->about.kind != NULL && *error == NULL;
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Reading *reading = data;
  GError  *error = NULL;

  if (reading->text != NULL)
    reading->table = sb_import_table_read_text (reading->text, &error);
  else if (!read_in_helper (reading, cancellable, &error) && error == NULL)
    g_set_error_literal (&error, SB_ERROR, SB_ERROR_INVALID, _("The file could not be read to its end"));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&reading->table), (GDestroyNotify) sb_import_table_unref);
}

void
sb_engine_read_import_async (SbEngine           *self,
                             const char         *path,
                             const char         *text,
                             const char         *sheet,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Reading          *reading = g_new0 (Reading, 1);

  g_return_if_fail ((path != NULL) != (text != NULL));

  /* The helper's folder is its own. */
  reading->path = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
  reading->text = g_strdup (text);
  reading->sheet = g_strdup (sheet);
  g_task_set_source_tag (task, sb_engine_read_import_async);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_thread);
}

SbImportTable *
sb_engine_read_import_finish (SbEngine     *self,
                              GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- the plan -- */

/* The options, owned. */
typedef struct
{
  SbImportTable  *table;
  SbImportOptions options;
  char           *country;
  char           *tag;
  char           *stage;
  char          **choices;
  GArray         *fields;
  SbDecisions    *decisions;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  sb_import_table_unref (wish->table);
  g_free (wish->country);
  g_free (wish->tag);
  g_free (wish->stage);
  g_strfreev (wish->choices);
  g_clear_pointer (&wish->fields, g_array_unref);
  g_clear_pointer (&wish->decisions, g_hash_table_unref);
  g_free (wish);
}

/* What the shop answers to a plan. */
typedef struct
{
  SbReader       *reader;
  gint64          tag_id;
  SbImportFields *fields;
} Asked;

static gint64
find_number (const char *digits,
             gpointer    data)
{
  return sb_reader_find_number (((Asked *) data)->reader, digits);
}

static SbCard *
get_card (gint64   contact_id,
          gpointer data)
{
  return sb_reader_get_card (((Asked *) data)->reader, contact_id);
}

static gboolean
is_erased (const char *digits,
           gpointer    data)
{
  return sb_reader_is_erased (((Asked *) data)->reader, digits);
}

static gboolean
has_tag (gint64   contact_id,
         gpointer data)
{
  const Asked *asked = data;

  return asked->tag_id != 0 && sb_reader_has_tag (asked->reader, contact_id, asked->tag_id);
}

static gboolean
has_stage (gint64   contact_id,
           gpointer data)
{
  return sb_reader_has_stage (((Asked *) data)->reader, contact_id);
}

static gboolean
is_removed (gint64   contact_id,
            gpointer data)
{
  return sb_reader_is_removed (((Asked *) data)->reader, contact_id);
}

static gboolean
is_opted_out (gint64        contact_id,
              const SbCard *card,
              gpointer      data)
{
  SbReader *reader = ((Asked *) data)->reader;

  if (contact_id != 0)
    return sb_reader_get_consent (reader, contact_id) == SB_CONSENT_OPTED_OUT;
  for (guint i = 0; i < card->numbers->len; i++)
    if (sb_reader_is_refused_stranger (reader, card->numbers->pdata[i]))
      return TRUE;

  return FALSE;
}

static char *
check_field (const char  *title,
             const char  *value,
             SbDateOrder  order,
             const char **own,
             char       **sentence,
             gpointer     data)
{
  return sb_import_fields_check (((Asked *) data)->fields, title, value, order, own, sentence);
}

static void
plan_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Wish                      *wish = data;
  GError                    *error = NULL;
  g_autoptr (SbReader)       reader = sb_engine_new_reader (SB_ENGINE (source), &error);
  g_autoptr (SbImportFields) fields = reader != NULL ? sb_import_fields_new (reader) : NULL;
  Asked                      asked = { reader, reader != NULL && wish->tag != NULL ? sb_reader_find_tag (reader, wish->tag) : 0, fields };
  const SbImportShop         shop = { find_number, get_card, &asked, wish->options.bring_back ? NULL : is_erased, has_tag, has_stage, is_removed, is_opted_out, check_field };
  SbImportPlan              *plan = NULL;

  wish->options.country = wish->country;
  wish->options.choices = (const char *const *) wish->choices;
  wish->options.fields = wish->fields;
  wish->options.decisions = wish->decisions;
  wish->options.tag = wish->tag;
  wish->options.stage = wish->stage;
  if (reader != NULL && (wish->stage == NULL || sb_import_stage (reader, wish->stage, &error) != 0))
    plan = sb_import_plan_new (wish->table, &wish->options, &shop, cancellable, &error);
  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) sb_import_plan_free);
  else
    g_task_return_error (task, error);
}

/* Of the first line that has a number of its own. */
char *
sb_engine_dup_own_country (SbEngine *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self));

  for (guint i = 0; i < lines->len; i++)
    {
      const SbLine    *line = lines->pdata[i];
      g_autofree char *digits = line->display_number != NULL ? sb_phone_normalize (line->display_number, NULL) : NULL;
      char            *country = digits != NULL ? sb_phone_country (digits) : NULL;

      if (country == NULL && digits != NULL)
        country = sb_phone_code_country (digits);
      if (country != NULL)
        return country;
    }

  return NULL;
}

void
sb_engine_plan_import_async (SbEngine              *self,
                             SbImportTable         *table,
                             const SbImportOptions *options,
                             GCancellable          *cancellable,
                             GAsyncReadyCallback    callback,
                             gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wish             *wish = g_new0 (Wish, 1);

  wish->table = sb_import_table_ref (table);
  wish->options = *options;
  wish->country = options->country != NULL ? g_strdup (options->country) : sb_engine_dup_own_country (self);
  wish->tag = sb_import_mark_name (options->tag);
  wish->stage = sb_import_mark_name (options->stage);
  wish->choices = g_strdupv ((char **) options->choices);
  wish->fields = options->fields != NULL ? g_array_copy ((GArray *) options->fields) : NULL;
  wish->decisions = options->decisions != NULL ? sb_decisions_copy (options->decisions) : NULL;
  g_task_set_source_tag (task, sb_engine_plan_import_async);
  g_task_set_task_data (task, wish, wish_free);
  g_task_run_in_thread (task, plan_thread);
}

SbImportPlan *
sb_engine_plan_import_finish (SbEngine     *self,
                              GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
