#include "sb-macro.h"

#include "sb-json.h"

static const char *const names[SB_N_STEP_KINDS] = {
  [SB_STEP_STATUS] = "status",
  [SB_STEP_SNOOZE] = "snooze",
  [SB_STEP_ASSIGN] = "assign",
  [SB_STEP_ASSIGN_ME] = "assign-me",
  [SB_STEP_TAG] = "tag",
  [SB_STEP_UNTAG] = "untag",
  [SB_STEP_NOTE] = "note",
  [SB_STEP_ANSWER] = "answer",
};

static void
step_free (gpointer data)
{
  SbMacroStep *step = data;

  g_free (step->text);
  g_free (step);
}

SbMacro *
sb_macro_new (void)
{
  SbMacro *self = g_new0 (SbMacro, 1);

  self->steps = g_ptr_array_new_with_free_func (step_free);

  return self;
}

void
sb_macro_free (SbMacro *self)
{
  g_ptr_array_unref (self->steps);
  g_free (self->name);
  g_free (self->key);
  g_free (self);
}

/* (transfer none): valid as long as the macro. */
SbMacroStep *
sb_macro_add_step (SbMacro    *self,
                   SbStepKind  kind,
                   gint64      value,
                   const char *text)
{
  SbMacroStep *step = g_new0 (SbMacroStep, 1);

  step->kind = kind;
  step->value = value;
  step->text = g_strdup (text);
  g_ptr_array_add (self->steps, step);

  return step;
}

SbMacro *
sb_macro_copy (const SbMacro *self)
{
  SbMacro *copy = sb_macro_new ();

  copy->id = self->id;
  copy->name = g_strdup (self->name);
  copy->key = g_strdup (self->key);
  copy->position = self->position;
  for (guint i = 0; i < self->steps->len; i++)
    {
      const SbMacroStep *step = self->steps->pdata[i];

      sb_macro_add_step (copy, step->kind, step->value, step->text);
    }

  return copy;
}

/* Appends the steps of a file; one of a kind that is not known makes it fail, so that none is skipped without a word. */
gboolean
sb_macro_take_steps (SbMacro    *self,
                     const char *json,
                     GError    **error)
{
  g_autoptr (JsonNode) node = sb_json_parse (json, -1, error);
  JsonArray           *steps = sb_json_array (sb_json_root (node), "steps");

  if (node == NULL)
    return FALSE;
  for (guint i = 0; i < sb_json_length (steps); i++)
    {
      JsonObject *step = sb_json_at (steps, i);
      const char *name = sb_json_string (step, "do");
      int         kind = 0;

      while (kind < SB_N_STEP_KINDS && g_strcmp0 (names[kind], name) != 0)
        kind++;
      if (kind == SB_N_STEP_KINDS)
        {
          g_set_error (error, SB_ERROR, SB_ERROR_NEWER, "A step that this Shopbell does not know: %s", name != NULL ? name : "");
          return FALSE;
        }
      sb_macro_add_step (self, kind, sb_json_int (step, "value", 0), sb_json_string (step, "text"));
    }

  return TRUE;
}

char *
sb_macro_steps_text (const SbMacro *self)
{
  JsonArray             *steps = json_array_new ();
  g_autoptr (JsonObject) whole = sb_json_make ("a:steps", steps, NULL);

  for (guint i = 0; i < self->steps->len; i++)
    {
      const SbMacroStep *step = self->steps->pdata[i];

      json_array_add_object_element (steps, sb_json_make ("s:do", names[step->kind], "i:value", step->value, "s:text", step->text, NULL));
    }

  return sb_json_text (whole);
}
