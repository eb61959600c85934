#include <glib/gstdio.h>

#include "sb-engine-import.h"
#include "sb-reader-consent.h"
#include "sb-store-private.h"

#define ROWS 5000

typedef struct
{
  char         *folder;
  SbEngine     *engine;
  GCancellable *cancellable;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  const SbEngineOptions options = { 0 };
  g_autoptr (GError)    error = NULL;
  g_autofree char      *shop = NULL;

  self->folder = g_dir_make_tmp ("import-XXXXXX", NULL);
  shop = g_build_filename (self->folder, "shop", NULL);
  self->engine = sb_engine_open (shop, SB_ENGINE_CREATE, &options, &error);
  g_assert_no_error (error);
  self->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_autofree char *words = g_strdup_printf ("rm -rf '%s'", self->folder);

  sb_engine_close (self->engine);
  g_object_unref (self->engine);
  g_object_unref (self->cancellable);
  g_assert_true (g_spawn_command_line_sync (words, NULL, NULL, NULL, NULL));
  g_free (self->folder);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static SbImportPlan *
plan_list (Fixture *self)
{
  const SbImportOptions     options = { .country = "GB" };
  g_autoptr (GString)       text = g_string_new ("Name,Phone\n");
  g_autoptr (SbImportTable) table = NULL;
  g_autoptr (GAsyncResult)  result = NULL;
  g_autoptr (GError)        error = NULL;
  SbImportPlan             *plan;

  for (guint i = 0; i < ROWS; i++)
    g_string_append_printf (text, "Person %u,0770091%04u\n", i, i);
  table = sb_import_table_read_text (text->str, &error);
  g_assert_no_error (error);
  sb_engine_plan_import_async (self->engine, table, &options, NULL, done_cb, &result);
  await (&result);
  plan = sb_engine_plan_import_finish (self->engine, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->counts[SB_FATE_NEW], ==, ROWS);

  return plan;
}

static guint
count_people (Fixture *self)
{
  g_autoptr (GPtrArray) cards = sb_reader_list_cards (sb_engine_get_reader (self->engine), 0, 2 * ROWS);

  return cards->len;
}

static void
give_up_cb (guint    n_done,
            guint    n_rows,
            gpointer data)
{
  Fixture *self = data;

  g_assert_cmpuint (n_done, <, n_rows);
  g_assert_cmpuint (count_people (self), >, 0);
  g_cancellable_cancel (self->cancellable);
}

static void
test_given_up_half_way_leaves_nobody (Fixture      *self,
                                      gconstpointer data)
{
  g_autoptr (SbImportPlan) plan = plan_list (self);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray)    imports = NULL;
  g_autoptr (GError)       error = NULL;

  sb_engine_apply_import_async (self->engine, plan, NULL, give_up_cb, self, self->cancellable, done_cb, &result);
  await (&result);
  g_assert_cmpint (sb_engine_apply_import_finish (self->engine, result, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_people (self), ==, 0);
  imports = sb_reader_list_imports (sb_engine_get_reader (self->engine), 10);
  g_assert_cmpuint (imports->len, ==, 1);
  g_assert_cmpint (((SbImport *) imports->pdata[0])->state, ==, SB_IMPORT_UNDONE);
}

static SbUndoPreview *
preview_of (Fixture *self,
            gint64   id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  SbUndoPreview           *preview;

  sb_engine_preview_undo_async (self->engine, id, NULL, done_cb, &result);
  await (&result);
  preview = sb_engine_preview_undo_finish (self->engine, result, &error);
  g_assert_no_error (error);

  return preview;
}

/* What is told before is what is done after. */
static void
test_the_preview_is_what_happens (Fixture      *self,
                                  gconstpointer data)
{
  const SbImportWords       words = { .consent_method = "paper", .consent_wording = "Yes to offers" };
  g_autoptr (SbImportPlan)  plan = plan_list (self);
  g_autoptr (GAsyncResult)  applied = NULL;
  g_autoptr (GAsyncResult)  undone = NULL;
  g_autoptr (GError)        error = NULL;
  g_autoptr (SbUndoPreview) preview = NULL;
  g_autofree char          *about = NULL;
  g_autofree char          *told = NULL;
  SbReader                 *reader = sb_engine_get_reader (self->engine);
  int                       counts[SB_N_CONSENTS];
  gint64                    id;
  guint                     n = 0;

  sb_engine_apply_import_async (self->engine, plan, &words, NULL, NULL, NULL, done_cb, &applied);
  await (&applied);
  id = sb_engine_apply_import_finish (self->engine, applied, &error);
  g_assert_no_error (error);
  about = sb_reader_get_import_about (sb_engine_get_reader (self->engine), id);
  g_assert_nonnull (strstr (about, "Yes to offers"));
  /* It is written down and opts nobody in. */
  told = sb_db_text (sb_reader_get_db (reader), "SELECT data ->> '$.consent.wording' FROM event WHERE kind = ?", "n", (int) SB_EVENT_IMPORTED);
  g_assert_cmpstr (told, ==, "Yes to offers");
  sb_reader_count_consents (reader, counts);
  g_assert_cmpint (counts[SB_CONSENT_NONE], ==, ROWS);
  g_assert_cmpint (sb_db_int (sb_reader_get_db (reader), -1, "SELECT count(*) FROM consent", ""), ==, 0);

  preview = preview_of (self, id);
  g_assert_cmpuint (preview->n_removed, ==, ROWS);
  g_assert_cmpuint (preview->n_restored + preview->n_staying, ==, 0);
  sb_engine_undo_import_async (self->engine, id, done_cb, &undone);
  await (&undone);
  g_assert_true (sb_engine_undo_import_finish (self->engine, undone, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, preview->n_removed);
  g_assert_cmpuint (count_people (self), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/import/given-up-half-way-leaves-nobody", Fixture, NULL, set_up, test_given_up_half_way_leaves_nobody, tear_down);
  g_test_add ("/import/the-preview-is-what-happens", Fixture, NULL, set_up, test_the_preview_is_what_happens, tear_down);

  return g_test_run ();
}
