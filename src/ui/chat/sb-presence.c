#include "sb-presence.h"

typedef struct
{
  gpointer who; /* only compared */
  gint64   thread_id;
  gint64   at;
} Writing;

struct _SbPresence
{
  GObject parent_instance;

  GArray *writing; /* Writing */
};

G_DEFINE_FINAL_TYPE (SbPresence, sb_presence, G_TYPE_OBJECT)

static guint changed_signal;

static void
sb_presence_finalize (GObject *object)
{
  g_array_unref (SB_PRESENCE (object)->writing);

  G_OBJECT_CLASS (sb_presence_parent_class)->finalize (object);
}

static void
sb_presence_class_init (SbPresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_presence_finalize;

  changed_signal = g_signal_new ("changed", SB_TYPE_PRESENCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_presence_init (SbPresence *self)
{
  self->writing = g_array_new (FALSE, FALSE, sizeof (Writing));
}

/* (transfer none): the one of this shop. */
SbPresence *
sb_presence_of (SbEngine *engine)
{
  SbPresence *self = g_object_get_data (G_OBJECT (engine), "sb-presence");

  if (self == NULL)
    {
      self = g_object_new (SB_TYPE_PRESENCE, NULL);
      g_object_set_data_full (G_OBJECT (engine), "sb-presence", self, g_object_unref);
    }

  return self;
}

static Writing *
find (SbPresence *self,
      gpointer    who)
{
  for (guint i = 0; i < self->writing->len; i++)
    if (g_array_index (self->writing, Writing, i).who == who)
      return &g_array_index (self->writing, Writing, i);

  return NULL;
}

void
sb_presence_write (SbPresence *self,
                   gpointer    who,
                   gint64      thread_id,
                   gint64      now)
{
  Writing *writing = find (self, who);
  gboolean news = writing == NULL || writing->thread_id != thread_id || now - writing->at > SB_PRESENCE_MS;

  if (writing != NULL)
    {
      writing->thread_id = thread_id;
      writing->at = now;
    }
  else
    {
      Writing fresh = { who, thread_id, now };

      g_array_append_val (self->writing, fresh);
    }
  if (news)
    g_signal_emit (self, changed_signal, 0);
}

void
sb_presence_stop (SbPresence *self,
                  gpointer    who)
{
  Writing *writing = find (self, who);

  if (writing == NULL)
    return;
  g_array_remove_index_fast (self->writing, writing - (Writing *) (gpointer) self->writing->data);
  g_signal_emit (self, changed_signal, 0);
}

gboolean
sb_presence_is_elsewhere (SbPresence *self,
                          gpointer    but,
                          gint64      thread_id,
                          gint64      now)
{
  for (guint i = 0; i < self->writing->len; i++)
    {
      const Writing *writing = &g_array_index (self->writing, Writing, i);

      if (writing->who != but && writing->thread_id == thread_id && now - writing->at <= SB_PRESENCE_MS)
        return TRUE;
    }

  return FALSE;
}
