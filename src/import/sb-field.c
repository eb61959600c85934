/* What titles of columns mean, as people and programs write them in English, French and Arabic (and some Spanish, German, Portuguese). */
#include "sb-field.h"

#include <string.h>

static const char *const names[SB_N_FIELDS] = {
  [SB_FIELD_NONE] = "none",
  [SB_FIELD_OTHER] = "other",
  [SB_FIELD_NAME] = "name",
  [SB_FIELD_FIRST_NAME] = "first-name",
  [SB_FIELD_MIDDLE_NAME] = "middle-name",
  [SB_FIELD_LAST_NAME] = "last-name",
  [SB_FIELD_PHONE] = "phone",
  [SB_FIELD_DIAL_CODE] = "country-code",
  [SB_FIELD_COUNTRY] = "country",
  [SB_FIELD_LANGUAGE] = "language",
  [SB_FIELD_EMAIL] = "email",
  [SB_FIELD_COMPANY] = "company",
  [SB_FIELD_ADDRESS] = "address",
  [SB_FIELD_BIRTHDAY] = "birthday",
  [SB_FIELD_NOTE] = "note",
  [SB_FIELD_LINE] = "line",
  [SB_FIELD_CONSENT] = "consent",
};

/* In this order; each word stands in the folded title with blanks or its ends around it. */
typedef struct
{
  SbField     field;
  const char *words; /* separated by "|" */
} Words;

static const Words table[] = {
  { SB_FIELD_NONE, "reason|fax|pager|pager number|title|department|job|label|phonetic|yomi|prefix|suffix|photo|hijri|libelle|ملاحظة الرفض|سبب|فاكس" },
  { SB_FIELD_NONE, "yomi|maiden name|short name|screen name|manager s name|assistant s name|assistant s phone|referred by|symbol|directory server|billing information" },
  { SB_FIELD_PHONE, "main phone|company phone|business phone|work phone|office phone|shop phone|telephone bureau" },
  { SB_FIELD_CONSENT, "consent|opt in|optin|opted in|opt out|optout|subscribed|unsubscribed|marketing|gdpr|consentement|accord|abonne|desabonne|موافقة|الموافقة|مشترك" },
  { SB_FIELD_EMAIL, "email|e mail|mail|courriel|adresse mail|correo|البريد|بريد|ايميل|الايميل" },
  { SB_FIELD_DIAL_CODE, "country code|dial code|dialing code|calling code|code pays|indicatif|prefijo|vorwahl|رمز الدولة|مفتاح الدولة|رمز البلد" },
  { SB_FIELD_NAME, "full name|fullname|contact name|customer name|client name|display name|nom complet|nom et prenom|prenom et nom|nom prenom|фио|имя и фамилия|ad soyad|imie i nazwisko|nome e cognome|الاسم الكامل|اسم العميل|اسم الزبون" },
  { SB_FIELD_FIRST_NAME, "first name|firstname|given name|given|forename|prenom|nombre de pila|vorname|voornaam|imie|الاسم الاول|الاسم الشخصي" },
  { SB_FIELD_MIDDLE_NAME, "middle name|additional name|second name|deuxieme prenom|اسم الاب|الاسم الاوسط" },
  { SB_FIELD_LAST_NAME, "last name|lastname|surname|family name|family|nom de famille|apellido|apellidos|nachname|sobrenome|фамилия|soyad|soyadi|cognome|achternaam|nazwisko|اسم العائلة|اللقب|العائلة|الكنية" },
  { SB_FIELD_COMPANY, "company|organization|organisation|firm|shop name|societe|entreprise|empresa|firma|الشركة|شركة|المؤسسة" },
  { SB_FIELD_PHONE, "phone|phones|telephone|tel|tele|mobile|mobiles|cell|cellphone|cell phone|whatsapp|wa|gsm|handy|number|phone number|mobile number|msisdn|numero|portable|fixe|num|telefono|movil|telefone|celular|"
                    "telefon|mobil|handynummer|телефон|мобильныи|номер|номер телефона|cep|cep telefonu|telefono cellulare|cellulare|telefoon|telefoonnummer|mobiel|الهاتف|هاتف|رقم الهاتف|جوال|الجوال|رقم الجوال|موبايل|الموبايل|تليفون|التليفون|تلفون|الرقم|رقم|واتساب|واتس|محمول|المحمول" },
  { SB_FIELD_BIRTHDAY, "birthday|birth date|birthdate|date of birth|dob|bday|naissance|date de naissance|anniversaire|cumpleanos|geburtstag|تاريخ الميلاد|الميلاد|عيد الميلاد" },
  { SB_FIELD_LANGUAGE, "language|lang|locale|langue|idioma|sprache|اللغة|لغة" },
  { SB_FIELD_COUNTRY, "country|pays|pais|land|الدولة|البلد|دولة|بلد" },
  { SB_FIELD_ADDRESS, "address|street|city|town|adresse|rue|ville|direccion|ciudad|anschrift|العنوان|عنوان|المدينة|مدينة" },
  { SB_FIELD_NOTE, "note|notes|comment|comments|remark|remarks|remarque|remarques|commentaire|commentaires|nota|notas|notiz|bemerkung|примечание|комментарии|not|notlar|ملاحظة|ملاحظات|الملاحظات|تعليق" },
  { SB_FIELD_NAME, "name|contact|customer|client|nom|clients|nombre|cliente|nome|kunde|имя|клиент|isim|adi|naam|klient|اسم|الاسم|العميل|الزبون" },
};

const char *
sb_field_to_name (SbField field)
{
  return names[field];
}

gboolean
sb_field_from_name (const char *name,
                    SbField    *field)
{
  for (int i = 0; i < SB_N_FIELDS; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      {
        *field = (SbField) i;
        return TRUE;
      }

  return FALSE;
}

/* Arabic is written with and without its marks and with several shapes of alef. */
static gunichar
same_letter (gunichar c)
{
  if (c == 0x0622 || c == 0x0623 || c == 0x0625 || c == 0x0671)
    return 0x0627;
  if (c == 0x0649)
    return 0x064a;

  return c;
}

/* In small letters without accents, everything but letters and digits one blank: "N° de téléphone" is "n de telephone". */
char *
sb_field_fold (const char *title)
{
  g_autofree char *small = g_utf8_casefold (title, MIN (strlen (title), 256));
  g_autofree char *apart = g_utf8_normalize (small, -1, G_NORMALIZE_NFKD);
  GString         *folded = g_string_new (NULL);

  for (const char *c = apart != NULL ? apart : ""; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = same_letter (g_utf8_get_char (c));

      if (g_unichar_ismark (letter) || letter == 0x0640 || g_unichar_type (letter) == G_UNICODE_FORMAT)
        continue;
      if (g_unichar_isalnum (letter))
        g_string_append_unichar (folded, letter);
      else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);

  return g_string_free (folded, FALSE);
}

/* Does @word stand in @folded with blanks or the ends around it? */
static gboolean
has_word (const char *folded,
          const char *word,
          gsize       length)
{
  const char *blank;

  for (;; folded = blank + 1)
    {
      if (strncmp (folded, word, length) == 0 && (folded[length] == '\0' || folded[length] == ' '))
        return TRUE;
      blank = strchr (folded, ' ');
      if (blank == NULL)
        return FALSE;
    }
}

static gboolean
has_any (const char *folded,
         const char *words)
{
  for (const char *word = words; word != NULL; word = strchr (word, '|') != NULL ? strchr (word, '|') + 1 : NULL)
    if (has_word (folded, word, strcspn (word, "|")))
      return TRUE;

  return FALSE;
}

/* Are digits in such a column surely something else than phone numbers? */
gboolean
sb_field_is_no_number (const char *title)
{
  g_autofree char *folded = sb_field_fold (title);

  return has_any (folded, "id|order|invoice|amount|price|total|zip|postcode|postal code|code postal|vat|siret|iban|sku|commande|facture|montant|prix|مبلغ|المبلغ|السعر|رقم الطلب|فاتورة|الرمز البريدي");
}

/* Numbers of such a column reach a phone that is carried about: the one to write to. */
gboolean
sb_field_is_mobile (const char *title)
{
  g_autofree char *folded = sb_field_fold (title);

  return has_any (folded, "mobile|mobiles|cell|cellphone|whatsapp|wa|gsm|handy|handynummer|portable|movil|celular|mobil|iphone|جوال|الجوال|موبايل|الموبايل|محمول|المحمول|واتساب|واتس");
}

/* Nobody can be written to there. */
gboolean
sb_field_is_fax (const char *title)
{
  g_autofree char *folded = sb_field_fold (title);

  return has_any (folded, "fax|pager|telex|homefax|workfax|otherfax|فاكس");
}

/* "Phone 1 - Label", "E-mail 2 - Type": what kind of number or address stands in the column beside it. */
gboolean
sb_field_is_kind (const char *title)
{
  g_autofree char *folded = sb_field_fold (title);

  return (g_str_has_suffix (folded, " label") || g_str_has_suffix (folded, " type")) &&
         has_any (folded, "phone|mail|address|organization|website|im|relation|event|calendar link|custom field|external id|jot");
}

/* %SB_FIELD_OTHER for a title that says nothing to us. */
SbField
sb_field_of_title (const char *title)
{
  g_autofree char *folded = sb_field_fold (title);

  if (folded[0] == '\0')
    return SB_FIELD_OTHER;
  if (sb_field_is_kind (title))
    return SB_FIELD_NONE;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (has_any (folded, table[i].words))
      {
        /* "Order number", "Customer ID" */
        gboolean is_other = (table[i].field == SB_FIELD_PHONE || table[i].field == SB_FIELD_NAME) && sb_field_is_no_number (title);

        return is_other ? SB_FIELD_OTHER : table[i].field;
      }

  return SB_FIELD_OTHER;
}
