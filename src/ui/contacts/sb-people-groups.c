#include "sb-people-groups.h"

#include <string.h>

#include "sb-segment-bar.h"

struct _SbPeopleGroups
{
  AdwBin parent_instance;

  SbEngine     *engine;
  SbPeoplePage *page; /* not owned */
  GtkWidget    *bar;
  GArray       *shown; /* (nullable): ids the page was given last */
  GCancellable *fetching;
};

G_DEFINE_FINAL_TYPE (SbPeopleGroups, sb_people_groups, ADW_TYPE_BIN)

static gboolean
is_same (const GArray *a,
         const GArray *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (gint64)) == 0);
}

/* The list starts over with every new set, so it is not given the same one twice. */
static void
show (SbPeopleGroups *self,
      GArray         *ids)
{
  if (is_same (ids, self->shown))
    return;
  g_clear_pointer (&self->shown, g_array_unref);
  self->shown = ids != NULL ? g_array_ref (ids) : NULL;
  sb_people_page_set_only (self->page, ids);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbPeopleGroups) self = user_data;
  g_autoptr (GError)         error = NULL;
  g_autoptr (GArray)         ids = sb_engine_list_segment_finish (SB_ENGINE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->engine == NULL)
    return;
  /* A rule that cannot be asked has nobody; its chip says why. */
  if (ids == NULL)
    ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  show (self, ids);
}

static void
fetch (SbPeopleGroups *self)
{
  gint64 chosen = sb_segment_bar_get_chosen (SB_SEGMENT_BAR (self->bar));

  g_cancellable_cancel (self->fetching);
  g_clear_object (&self->fetching);
  if (chosen == 0)
    {
      show (self, NULL);
      return;
    }
  self->fetching = g_cancellable_new ();
  sb_engine_list_segment_async (self->engine, chosen, self->fetching, fetched_cb, g_object_ref (self));
}

void
sb_people_groups_choose_everyone (SbPeopleGroups *self)
{
  sb_segment_bar_choose (SB_SEGMENT_BAR (self->bar), 0);
}

static void
sb_people_groups_dispose (GObject *object)
{
  SbPeopleGroups *self = SB_PEOPLE_GROUPS (object);

  g_cancellable_cancel (self->fetching);
  g_clear_object (&self->fetching);
  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_people_groups_parent_class)->dispose (object);
}

static void
sb_people_groups_class_init (SbPeopleGroupsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_people_groups_dispose;
}

static void
sb_people_groups_init (SbPeopleGroups *self)
{
}

GtkWidget *
sb_people_groups_new (SbEngine     *engine,
                      SbPeoplePage *page)
{
  SbPeopleGroups *self = g_object_new (SB_TYPE_PEOPLE_GROUPS, NULL);

  self->engine = g_object_ref (engine);
  self->page = page;
  self->bar = sb_segment_bar_new (engine);
  g_signal_connect_object (self->bar, "chosen", G_CALLBACK (fetch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (fetch), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->bar);

  return GTK_WIDGET (self);
}
