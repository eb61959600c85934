/* A business card: each line is one thing, told by what stands in it and by the lines it goes with. */
#include "sb-ocr-lines.h"

#include <string.h>

#include "sb-ocr-doubt.h"
#include "sb-ocr-net.h"

/* In the languages the shop speaks; matched at the start or end of a folded word. */
static const char *const firms[] = { "ltd", "limited", "inc", "llc", "gmbh", "sarl", "sas", "sa", "bv", "plc", "co", "company", "shop", "store", "bakery", "cakes", "flowers", "fish", "spices", "books", "dairy", "tools", "farm", "restaurant", "cafe", "hotel", "boulangerie", "patisserie", "group", "services", "studio", "market", "traders", "شركة", "محل", "متجر", "مؤسسة", NULL };
static const char *const jobs[] = { "owner", "manager", "director", "head", "chef", "sales", "ceo", "founder", "assistant", "engineer", "gerant", "gérant", "directeur", "directrice", "responsable", "proprietaire", "baker", "partner", "مدير", "مالك", NULL };
static const char *const streets[] = { "street", "st", "road", "rd", "avenue", "ave", "lane", "square", "rue", "boulevard", "bd", "place", "chemin", "way", "drive", "po", "شارع", "طريق", NULL };
static const char *const faxes[] = { "fax", "telecopie", "télécopie", "فاكس", NULL };
static const char *const labels[] = { "tel", "phone", "mobile", "mob", "cell", "t", "m", "whatsapp", "gsm", "email", "mail", "e", "web", "www", "هاتف", "جوال", "محمول", NULL };

static char *
folded (const char *word)
{
  g_autofree char *low = g_utf8_strdown (word, -1);
  GString         *letters = g_string_new (NULL);

  for (const char *p = low; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (letters, g_utf8_get_char (p));

  return g_string_free_and_steal (letters);
}

static guint
count_of (const SbOcrLine   *line,
          const char *const *list)
{
  guint n = 0;

  for (guint i = 0; i < line->words->len; i++)
    {
      g_autofree char *word = folded (((const SbOcrWord *) line->words->pdata[i])->text);

      n += g_strv_contains (list, word);
    }

  return n;
}

static guint
count_digits_of (const SbOcrLine *line)
{
  g_autofree char *text = sb_ocr_run_text (line, (SbOcrRun) { 0, line->words->len });

  return sb_ocr_count_digits (text, NULL);
}

/* -- what is left over: names -- */

typedef struct
{
  SbOcrRow        *row;
  const SbOcrLine *name;
  const SbOcrLine *company;
  int              name_score;
  int              company_score;
  char            *mail; /* folded, what stands before and after the @ */
  char            *domain;
} Card;

/* How many words of @line are found in @within. */
static int
shared (const SbOcrLine *line,
        const char      *within)
{
  int n = 0;

  for (guint i = 0; within != NULL && i < line->words->len; i++)
    {
      g_autofree char *word = folded (((const SbOcrWord *) line->words->pdata[i])->text);

      n += strlen (word) >= 3 && strstr (within, word) != NULL;
    }

  return n;
}

static void
weigh (Card            *card,
       const SbOcrLine *line,
       guint            position,
       double           height)
{
  gboolean short_line = line->words->len >= 2 && line->words->len <= 4;
  int      big = (int) (4 * line->box.h / MAX (height, 1));
  int      name = big + 3 * short_line + 8 * shared (line, card->mail) - 6 * (int) count_of (line, firms) - 8 * (int) count_of (line, jobs) - (int) position;
  int      company = big + 8 * shared (line, card->domain) + 7 * (int) count_of (line, firms) - 8 * (int) count_of (line, jobs) - (int) position / 2;

  if (count_digits_of (line) > 0)
    name -= 10;
  if (card->name == NULL || name > card->name_score)
    {
      card->name = line;
      card->name_score = name;
    }
  if (card->company == NULL || company > card->company_score)
    {
      card->company = line;
      card->company_score = company;
    }
}

static void
add_line (SbOcrRow        *row,
          SbOcrField       field,
          const SbOcrLine *line,
          SbOcrRun         run)
{
  sb_ocr_row_add_words (row, field, (SbOcrWord **) line->words->pdata + run.first, run.n);
}

static void
keep_net (Card            *card,
          const SbOcrWord *word)
{
  SbOcrWord     *words[] = { (SbOcrWord *) word };
  g_auto (GStrv) halves = NULL;

  if (!sb_ocr_is_mail (word->text))
    {
      sb_ocr_row_add_words (card->row, SB_OCR_WEB, words, 1);
      if (card->domain == NULL)
        card->domain = g_strdup (word->text);
      return;
    }
  halves = g_strsplit (word->text, "@", 2);
  sb_ocr_row_add_words (card->row, SB_OCR_MAIL, words, 1);
  g_set_str (&card->mail, halves[0]);
  g_set_str (&card->domain, halves[1]);
}

/* TRUE when the whole line is told by it. */
static gboolean
take_mail_or_web (Card            *card,
                  const SbOcrLine *line)
{
  gboolean taken = FALSE;

  for (guint i = 0; i < line->words->len; i++)
    {
      SbOcrRun   run = { 0 };
      SbOcrWord *word = sb_ocr_net_word (line, i, &run);

      if (word == NULL)
        continue;
      if (card->row->cells[sb_ocr_is_mail (word->text) ? SB_OCR_MAIL : SB_OCR_WEB] == NULL)
        {
          keep_net (card, word);
          taken = TRUE;
        }
      sb_ocr_word_free (word);
      i = run.first + run.n - 1;
    }

  return taken;
}

static gboolean
take_number (Card            *card,
             const SbOcrLine *line,
             const char      *country)
{
  SbOcrRun   run = { 0 };
  SbOcrField field = card->row->cells[SB_OCR_NUMBER] == NULL ? SB_OCR_NUMBER : SB_OCR_NUMBER_2;

  if (!sb_ocr_find_number (line, country, &run))
    return FALSE;
  if (count_of (line, faxes) == 0 && card->row->cells[SB_OCR_NUMBER_2] == NULL)
    add_line (card->row, field, line, run);

  return TRUE;
}

static gboolean
is_address (const SbOcrLine *line,
            gboolean         after_address)
{
  guint n = count_digits_of (line);

  return (n > 0 && n < 9 && line->words->len >= 2) || count_of (line, streets) > 0 || (after_address && n > 0);
}

static void
finish_names (Card *card)
{
  if (card->company != NULL && card->company == card->name && card->company_score < card->name_score + 4)
    card->company = NULL;
  else if (card->company == card->name)
    card->name = NULL;
  if (card->name != NULL)
    add_line (card->row, SB_OCR_NAME, card->name, (SbOcrRun) { 0, card->name->words->len });
  if (card->company != NULL && card->company_score >= 7)
    add_line (card->row, SB_OCR_COMPANY, card->company, (SbOcrRun) { 0, card->company->words->len });
}

static void
weigh_all (Card      *card,
           GPtrArray *left,
           double     height)
{
  for (guint i = 0; i < left->len; i++)
    weigh (card, left->pdata[i], i, height);
  /* One line cannot be both: the second best line of the other kind is looked for. */
  if (card->name != NULL && card->name == card->company && left->len > 1)
    {
      gboolean         is_company = card->company_score > card->name_score;
      const SbOcrLine *both = card->name;

      if (is_company)
        card->name = NULL;
      else
        card->company = NULL;
      for (guint i = 0; i < left->len; i++)
        if (left->pdata[i] != both)
          {
            Card one = { .mail = card->mail, .domain = card->domain };

            weigh (&one, left->pdata[i], i, height);
            if (is_company && (card->name == NULL || one.name_score > card->name_score))
              {
                card->name = one.name;
                card->name_score = one.name_score;
              }
            else if (!is_company && (card->company == NULL || one.company_score > card->company_score))
              {
                card->company = one.company;
                card->company_score = one.company_score;
              }
          }
    }
}

void
sb_ocr_read_card (const SbOcrPage *page,
                  GPtrArray       *lines,
                  const char      *country,
                  GPtrArray       *rows)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  Card                  card = { .row = sb_ocr_row_new () };
  gboolean              in_address = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      const SbOcrLine *line = lines->pdata[i];

      if (take_mail_or_web (&card, line) || take_number (&card, line, country))
        in_address = FALSE;
      else if (is_address (line, in_address))
        {
          add_line (card.row, SB_OCR_ADDRESS, line, (SbOcrRun) { 0, line->words->len });
          in_address = TRUE;
        }
      else if (count_of (line, labels) < line->words->len)
        g_ptr_array_add (left, (gpointer) line);
    }
  weigh_all (&card, left, sb_ocr_usual_height (page));
  finish_names (&card);
  g_free (card.mail);
  g_free (card.domain);

  card.row->number = rows->len + 1;
  card.row->page = page->number;
  if (card.row->box.w > 0)
    g_ptr_array_add (rows, card.row);
  else
    sb_ocr_row_free (card.row);
}
