/* Where a person has to look: letters the machine was not sure of, and digits that were read as letters. */
#include "sb-ocr-doubt.h"

#include <string.h>

/* Below it, in per cent, a letter is in doubt; a number is never taken as lightly as a name. */
#define NUMBER_SURE 92.0
#define NAME_SURE   60.0
#define ORDER_SURE  45.0
/* Another digit that is at least so likely is worth a look, however sure the first one is. */
#define RIVAL 20.0

/* Letters that are taken for digits, and the digit each of them is. */
static const struct
{
  const char *letters;
  const char *digit;
} looks_like[] = {
  { "OoQD°@©", "0" },
  { "lI|i!]", "1" },
  { "Zz", "2" },
  { "A", "4" },
  { "Ss$", "5" },
  { "Gb", "6" },
  { "T?", "7" },
  { "B&", "8" },
  { "gq", "9" },
};

/* (nullable): the ASCII digit that @letter is or is often read for. */
const char *
sb_ocr_digit_for (const char *letter)
{
  static const char *const digits[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
  gunichar                 c = g_utf8_get_char (letter);
  int                      value = g_unichar_digit_value (c);

  if (letter[0] == '\0' || *g_utf8_next_char (letter) != '\0')
    return NULL;
  if (value >= 0)
    return digits[value];
  for (gsize i = 0; i < G_N_ELEMENTS (looks_like); i++)
    if (g_utf8_strchr (looks_like[i].letters, -1, c) != NULL)
      return looks_like[i].digit;

  return NULL;
}

static gboolean
is_sign_of_number (gunichar c)
{
  return c < 128 && strchr ("+-()./ ", (int) c) != NULL;
}

/* Real digits in @text; @n_others: letters that are neither digits nor signs of a number, read as they are. */
guint
sb_ocr_count_digits (const char *text,
                     guint      *n_others)
{
  guint n = 0, others = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      n++;
    else if (!is_sign_of_number (g_utf8_get_char (p)))
      others++;
  if (n_others != NULL)
    *n_others = others;

  return n;
}

/* A letter in a number becomes the digit it looks like; what it was read as stays among the choices. */
static void
repair (SbOcrSign *sign)
{
  SbOcrLetter     *letter = sign->letter;
  const char      *digit = sb_ocr_digit_for (letter->text);
  g_autofree char *read = NULL;

  if (digit == NULL || g_str_equal (digit, letter->text))
    return;
  /* Arabic digits are digits: they are only written the same way as all others. */
  if (!g_unichar_isdigit (g_utf8_get_char (letter->text)))
    {
      sign->doubt = TRUE;
      letter->confidence = MIN (letter->confidence, 50);
    }
  read = g_steal_pointer (&letter->text);
  letter->text = g_strdup (digit);
}

static void
mark_digit (SbOcrSign *sign)
{
  SbOcrLetter *letter = sign->letter;
  gunichar     c;

  repair (sign);
  c = g_utf8_get_char (letter->text);
  if (is_sign_of_number (c))
    return;
  if (!g_unichar_isdigit (c) || letter->confidence < NUMBER_SURE)
    sign->doubt = TRUE;
  for (guint i = 0; i < letter->others->len; i++)
    {
      const SbOcrChoice *other = letter->others->pdata[i];
      const char        *digit = sb_ocr_digit_for (other->text);

      if (digit != NULL && !g_str_equal (digit, letter->text) && other->confidence >= RIVAL)
        sign->doubt = TRUE;
    }
}

void
sb_ocr_mark_doubts (SbOcrCell *cell,
                    SbOcrField field)
{
  double sure = field == SB_OCR_ORDER ? ORDER_SURE : NAME_SURE;

  for (guint i = 0; i < cell->signs->len; i++)
    {
      SbOcrSign *sign = cell->signs->pdata[i];

      if (sb_ocr_field_is_number (field))
        mark_digit (sign);
      else if (sign->letter->confidence < sure && g_unichar_isalnum (g_utf8_get_char (sign->letter->text)))
        sign->doubt = TRUE;
    }
}
