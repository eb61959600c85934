#include "sb-line.h"

SbLine *
sb_line_new (void)
{
  SbLine *self = g_new0 (SbLine, 1);

  self->kind = SB_LINE_CLOUD;
  self->state = SB_LINE_ACTIVE;
  self->colour = 1;
  self->pace_per_second = 10;
  self->stale_after_ms = 15 * 60 * 1000;

  return self;
}

SbLine *
sb_line_copy (const SbLine *self)
{
  SbLine *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->base_url = g_strdup (self->base_url);
  copy->phone_number_id = g_strdup (self->phone_number_id);
  copy->waba_id = g_strdup (self->waba_id);
  copy->app_id = g_strdup (self->app_id);
  copy->display_number = g_strdup (self->display_number);
  copy->verified_name = g_strdup (self->verified_name);
  copy->inbound_url = g_strdup (self->inbound_url);
  copy->inbound_box = g_strdup (self->inbound_box);
  copy->state_reason = g_strdup (self->state_reason);
  copy->quality = g_strdup (self->quality);

  return copy;
}

void
sb_line_free (SbLine *self)
{
  g_free (self->name);
  g_free (self->base_url);
  g_free (self->phone_number_id);
  g_free (self->waba_id);
  g_free (self->app_id);
  g_free (self->display_number);
  g_free (self->verified_name);
  g_free (self->inbound_url);
  g_free (self->inbound_box);
  g_free (self->state_reason);
  g_free (self->quality);
  g_free (self);
}
