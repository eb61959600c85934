#include "sb-thread.h"

SbThread *
sb_thread_new (void)
{
  SbThread *self = g_new0 (SbThread, 1);

  self->status = SB_THREAD_OPEN;

  return self;
}

SbThread *
sb_thread_copy (const SbThread *self)
{
  SbThread *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->handle = g_strdup (self->handle);
  copy->preview = g_strdup (self->preview);
  copy->draft = g_strdup (self->draft);
  copy->tags = g_strdup (self->tags);
  copy->assignee = g_strdup (self->assignee);

  return copy;
}

void
sb_thread_free (SbThread *self)
{
  g_free (self->name);
  g_free (self->handle);
  g_free (self->preview);
  g_free (self->draft);
  g_free (self->tags);
  g_free (self->assignee);
  g_free (self);
}

void
sb_contact_free (SbContact *self)
{
  g_free (self->name);
  g_free (self->profile_name);
  g_free (self->number);
  g_free (self->username);
  g_free (self->language);
  g_free (self->country);
  g_free (self);
}

SbNamed *
sb_named_new (void)
{
  return g_new0 (SbNamed, 1);
}

void
sb_named_free (SbNamed *self)
{
  g_free (self->name);
  g_free (self->query);
  g_free (self);
}
