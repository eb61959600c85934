-- What each person agreed to, and how it can be proved.

-- The exact words people saw. A change is a new number; the words of the day stay.
CREATE TABLE wording (
  id           INTEGER PRIMARY KEY,
  kind         INTEGER NOT NULL, -- SbWordingKind
  number       INTEGER NOT NULL, -- within its kind
  language     TEXT NOT NULL,
  text         TEXT NOT NULL,
  reply        TEXT,             -- what the customer sends to say yes: the words in a link, a code or on a button
  reply_folded TEXT,
  at           INTEGER NOT NULL,
  staff_id     INTEGER NOT NULL DEFAULT 0,
  retired_at   INTEGER NOT NULL DEFAULT 0,
  UNIQUE (kind, number)
) STRICT;

CREATE INDEX wording_reply ON wording (reply_folded, id) WHERE reply_folded IS NOT NULL;

CREATE TRIGGER wording_no_update BEFORE UPDATE OF id, kind, number, language, text, reply, reply_folded, at ON wording BEGIN
  SELECT raise (ABORT, 'the wording of a day stays');
END;
CREATE TRIGGER wording_no_delete BEFORE DELETE ON wording BEGIN SELECT raise (ABORT, 'the wording of a day stays'); END;

-- The ledger. No reference to the contact: the proof outlives the person's rows, without what tells who it was.
CREATE TABLE consent (
  id            INTEGER PRIMARY KEY,
  contact_id    INTEGER NOT NULL,
  at            INTEGER NOT NULL, -- when it was said
  recorded_at   INTEGER NOT NULL,
  purpose       INTEGER NOT NULL,
  answer        INTEGER NOT NULL,
  method        INTEGER NOT NULL,
  channel       INTEGER NOT NULL,
  wording_id    INTEGER NOT NULL DEFAULT 0,
  words         TEXT,             -- the customer's own
  note          TEXT,
  line_id       INTEGER NOT NULL DEFAULT 0,
  message_id    INTEGER NOT NULL DEFAULT 0,
  reply_id      INTEGER NOT NULL DEFAULT 0, -- the one confirmation
  evidence      TEXT,             -- hash of a file in the media folder
  evidence_name TEXT,
  author        INTEGER NOT NULL,
  staff_id      INTEGER NOT NULL DEFAULT 0,
  refers_id     INTEGER NOT NULL DEFAULT 0, -- the entry this one takes back, brings back or follows from
  n             INTEGER NOT NULL DEFAULT 0, -- offers cancelled
  person        TEXT              -- hash of the number of somebody who was erased
) STRICT;

CREATE INDEX consent_contact ON consent (contact_id, at DESC, id DESC);
CREATE INDEX consent_answer ON consent (answer, id DESC);
CREATE INDEX consent_refers ON consent (refers_id, id DESC) WHERE refers_id != 0;
CREATE INDEX consent_evidence ON consent (evidence) WHERE evidence IS NOT NULL;
CREATE INDEX consent_people ON contact (consent, id DESC) WHERE removed = 0;

CREATE TRIGGER consent_once BEFORE INSERT ON consent WHEN EXISTS (SELECT 1 FROM consent WHERE id = new.id) BEGIN
  SELECT raise (ABORT, 'the consent ledger is append-only');
END;
CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent BEGIN SELECT raise (ABORT, 'the consent ledger is append-only'); END;

-- Of somebody who is gone, an entry may lose what tells who it was; nothing else ever changes.
CREATE TRIGGER consent_no_update BEFORE UPDATE ON consent
WHEN EXISTS (SELECT 1 FROM contact WHERE id = old.contact_id) OR new.id != old.id OR new.contact_id != old.contact_id OR new.at != old.at
  OR new.recorded_at != old.recorded_at OR new.purpose != old.purpose OR new.answer != old.answer OR new.method != old.method
  OR new.channel != old.channel OR new.wording_id != old.wording_id OR new.author != old.author OR new.staff_id != old.staff_id
  OR new.refers_id != old.refers_id OR new.n != old.n OR new.line_id != old.line_id OR new.words IS NOT NULL OR new.note IS NOT NULL
  OR new.evidence IS NOT NULL OR new.evidence_name IS NOT NULL OR new.message_id != 0 OR new.reply_id != 0 BEGIN
  SELECT raise (ABORT, 'the consent ledger is append-only');
END;
CREATE TRIGGER consent_forget AFTER DELETE ON contact BEGIN
  UPDATE consent SET words = NULL, note = NULL, evidence = NULL, evidence_name = NULL, message_id = 0, reply_id = 0 WHERE contact_id = old.id;
END;

-- An entry stands unless the last word about it takes it back.
CREATE VIEW consent_standing AS SELECT * FROM consent c WHERE answer IN (1, 2)
  AND coalesce ((SELECT answer FROM consent r WHERE r.refers_id = c.id AND r.refers_id != 0 AND +r.answer IN (3, 5) ORDER BY r.id DESC LIMIT 1), 5) = 5;

-- The entry that decides: of one person the newest. Of people who became one the newest of each, and among those a no goes
-- before a yes; what was recorded after they became one settles it for all of them.
CREATE VIEW consent_deciding AS SELECT contact.id contact_id,
  (SELECT e.id FROM (
      SELECT (SELECT s.id FROM consent_standing s WHERE s.contact_id = contact.id AND purpose IN (2, 3) ORDER BY at DESC, s.id DESC LIMIT 1) id
      UNION ALL
      SELECT (SELECT s.id FROM consent_standing s WHERE s.contact_id = m.id AND purpose IN (2, 3) ORDER BY at DESC, s.id DESC LIMIT 1)
        FROM contact m WHERE m.merged_into = contact.id AND m.merged_into != 0 AND NOT EXISTS (
          SELECT 1 FROM consent_standing f WHERE f.contact_id = contact.id AND purpose IN (2, 3) AND f.recorded_at > m.merged_at)
    ) part JOIN consent e ON e.id = part.id ORDER BY e.answer DESC, e.at DESC, e.id DESC LIMIT 1) offers_id,
  (SELECT e.id FROM (
      SELECT (SELECT s.id FROM consent_standing s WHERE s.contact_id = contact.id AND purpose IN (1, 3) ORDER BY at DESC, s.id DESC LIMIT 1) id
      UNION ALL
      SELECT (SELECT s.id FROM consent_standing s WHERE s.contact_id = m.id AND purpose IN (1, 3) ORDER BY at DESC, s.id DESC LIMIT 1)
        FROM contact m WHERE m.merged_into = contact.id AND m.merged_into != 0 AND NOT EXISTS (
          SELECT 1 FROM consent_standing f WHERE f.contact_id = contact.id AND purpose IN (1, 3) AND f.recorded_at > m.merged_at)
    ) part JOIN consent e ON e.id = part.id ORDER BY e.answer DESC, e.at DESC, e.id DESC LIMIT 1) orders_id
  FROM contact;

CREATE VIEW consent_now AS SELECT contact_id,
  CASE WHEN offers = 2 THEN 3 WHEN offers = 1 THEN 2 WHEN orders = 2 THEN 3 WHEN orders = 1 THEN 1 ELSE 0 END consent
  FROM (SELECT contact_id, (SELECT answer FROM consent WHERE id = offers_id) offers, (SELECT answer FROM consent WHERE id = orders_id) orders FROM consent_deciding);

CREATE TRIGGER consent_derive AFTER INSERT ON consent BEGIN
  UPDATE contact SET consent = (SELECT consent FROM consent_now WHERE contact_id = contact.id)
    WHERE id IN (new.contact_id, (SELECT merged_into FROM contact WHERE id = new.contact_id AND merged_into != 0));
END;

-- How many people of each state: kept, never counted. Those off the lists are not in it.
CREATE TABLE consent_count (
  consent INTEGER PRIMARY KEY,
  n       INTEGER NOT NULL
) STRICT;

INSERT INTO consent_count (consent, n) SELECT 0, count(*) FROM contact WHERE removed = 0 UNION ALL SELECT 1, 0 UNION ALL SELECT 2, 0 UNION ALL SELECT 3, 0;

CREATE TRIGGER consent_count_insert AFTER INSERT ON contact WHEN new.removed = 0 BEGIN
  UPDATE consent_count SET n = n + 1 WHERE consent = new.consent;
END;
CREATE TRIGGER consent_count_delete AFTER DELETE ON contact WHEN old.removed = 0 BEGIN
  UPDATE consent_count SET n = n - 1 WHERE consent = old.consent;
END;
CREATE TRIGGER consent_count_update AFTER UPDATE OF consent, removed ON contact WHEN old.consent != new.consent OR old.removed != new.removed BEGIN
  UPDATE consent_count SET n = n + (consent = new.consent AND new.removed = 0) - (consent = old.consent AND old.removed = 0) WHERE consent IN (old.consent, new.consent);
END;

-- Whoever has written before this was kept agreed to be answered about it by doing so.
INSERT INTO consent (id, contact_id, at, recorded_at, purpose, answer, method, channel, words, line_id, message_id, author)
  SELECT m.id, t.contact_id, m.sent_at, m.sent_at, 1, 1, 1, 1, m.text, m.line_id, m.id, 1 FROM thread t
  JOIN message m ON m.id = (SELECT id FROM message f WHERE f.thread_id = t.id AND f.direction = 0 AND f.kind NOT IN (14, 16) ORDER BY sent_at, id LIMIT 1);

-- A message that speaks of stopping without being only that: a person decides.
CREATE TABLE consent_question (
  id         INTEGER PRIMARY KEY,
  contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  message_id INTEGER NOT NULL UNIQUE REFERENCES message (id) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  state      INTEGER NOT NULL DEFAULT 0, -- 0 open, 1 it was, 2 it was not
  staff_id   INTEGER NOT NULL DEFAULT 0,
  settled_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX consent_question_open ON consent_question (id) WHERE state = 0;
CREATE INDEX consent_question_contact ON consent_question (contact_id);

-- Numbers and names of people who were erased, hashed: a copy of the journal beside the database, where imports ask.
CREATE TABLE erased (
  hash TEXT PRIMARY KEY,
  at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Those who said no and whom the file does not know (any more), hashed: whoever of them comes back, by whatever way, is
-- still refused.
CREATE TABLE refused_stranger (
  hash   TEXT PRIMARY KEY,
  salt   TEXT NOT NULL,
  offers INTEGER NOT NULL, -- when; 0: did not
  orders INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The owner's list; these are what it starts with.
CREATE TABLE stop_word (
  folded   TEXT PRIMARY KEY,
  word     TEXT NOT NULL,
  language TEXT NOT NULL,
  meaning  INTEGER NOT NULL,          -- SbStopMeaning
  asks     INTEGER NOT NULL DEFAULT 0 -- in a longer sentence it is worth a question
) STRICT, WITHOUT ROWID;

INSERT INTO stop_word (folded, word, language, meaning, asks) VALUES
  ('stop', 'stop', 'en', 1, 1), ('unsubscribe', 'unsubscribe', 'en', 1, 1), ('cancel', 'cancel', 'en', 1, 0), ('end', 'end', 'en', 1, 0),
  ('quit', 'quit', 'en', 1, 0), ('opt out', 'opt out', 'en', 1, 1), ('optout', 'optout', 'en', 1, 1),
  ('stop offers', 'stop offers', 'en', 1, 1), ('stop promotions', 'stop promotions', 'en', 1, 1),
  ('stop marketing', 'stop marketing', 'en', 1, 1), ('no more offers', 'no more offers', 'en', 1, 1),
  ('no more messages', 'no more messages', 'en', 1, 1), ('stop messages', 'stop messages', 'en', 1, 1),
  ('stop sending', 'stop sending', 'en', 1, 1), ('remove me', 'remove me', 'en', 1, 1), ('unsubscribe me', 'unsubscribe me', 'en', 1, 1),
  ('stop all', 'stop all', 'en', 2, 1),
  ('stopall', 'stopall', 'en', 2, 1), ('start', 'start', 'en', 3, 0), ('unstop', 'unstop', 'en', 3, 0), ('subscribe', 'subscribe', 'en', 3, 0),
  ('opt in', 'opt in', 'en', 3, 0), ('start offers', 'start offers', 'en', 3, 0), ('please', 'please', 'en', 4, 0), ('pls', 'pls', 'en', 4, 0),
  ('thanks', 'thanks', 'en', 4, 0), ('thank you', 'thank you', 'en', 4, 0), ('thank you very much', 'thank you very much', 'en', 4, 0), ('thank you so much', 'thank you so much', 'en', 4, 0), ('thanks a lot', 'thanks a lot', 'en', 4, 0),
  ('ok', 'ok', 'en', 4, 0), ('okay', 'okay', 'en', 4, 0),
  ('many thanks', 'many thanks', 'en', 4, 0), ('thx', 'thx', 'en', 4, 0), ('ty', 'ty', 'en', 4, 0), ('cheers', 'cheers', 'en', 4, 0),
  ('arret', 'arrêt', 'fr', 1, 1), ('arreter', 'arrêter', 'fr', 1, 1), ('arretez', 'arrêtez', 'fr', 1, 1), ('arrete', 'arrête', 'fr', 1, 1),
  ('desabonner', 'désabonner', 'fr', 1, 1), ('desabonnement', 'désabonnement', 'fr', 1, 1), ('se desabonner', 'se désabonner', 'fr', 1, 1),
  ('desinscrire', 'désinscrire', 'fr', 1, 1), ('desinscription', 'désinscription', 'fr', 1, 1), ('stop pub', 'stop pub', 'fr', 1, 1),
  ('stop offres', 'stop offres', 'fr', 1, 1), ('plus de messages', 'plus de messages', 'fr', 1, 1),
  ('plus d offres', 'plus d’offres', 'fr', 1, 1), ('stop tout', 'stop tout', 'fr', 2, 1), ('tout arreter', 'tout arrêter', 'fr', 2, 1),
  ('demarrer', 'démarrer', 'fr', 3, 0), ('commencer', 'commencer', 'fr', 3, 0), ('abonner', 'abonner', 'fr', 3, 0),
  ('s abonner', 's’abonner', 'fr', 3, 0), ('reprendre', 'reprendre', 'fr', 3, 0), ('s il vous plait', 's’il vous plaît', 'fr', 4, 0),
  ('s il te plait', 's’il te plaît', 'fr', 4, 0), ('svp', 'svp', 'fr', 4, 0), ('stp', 'stp', 'fr', 4, 0), ('merci', 'merci', 'fr', 4, 0),
  ('merci beaucoup', 'merci beaucoup', 'fr', 4, 0), ('merci bien', 'merci bien', 'fr', 4, 0), ('توقف', 'توقف', 'ar', 1, 1),
  ('توقفوا', 'توقفوا', 'ar', 1, 1), ('ايقاف', 'إيقاف', 'ar', 1, 1), ('اوقف', 'أوقف', 'ar', 1, 1), ('اوقفوا', 'أوقفوا', 'ar', 1, 1),
  ('الغاء', 'إلغاء', 'ar', 1, 0), ('الغاء الاشتراك', 'إلغاء الاشتراك', 'ar', 1, 1), ('الغاء العروض', 'الغاء العروض', 'ar', 1, 1),
  ('قف', 'قف', 'ar', 1, 1), ('وقف', 'وقف', 'ar', 1, 1), ('الغي الاشتراك', 'ألغي الاشتراك', 'ar', 1, 1),
  ('ستوب', 'ستوب', 'ar', 1, 1), ('لا ترسلوا', 'لا ترسلوا', 'ar', 1, 1), ('ايقاف الكل', 'إيقاف الكل', 'ar', 2, 1),
  ('ابدا', 'ابدأ', 'ar', 3, 0), ('بدء', 'بدء', 'ar', 3, 0), ('اشتراك', 'اشتراك', 'ar', 3, 0), ('اشترك', 'اشترك', 'ar', 3, 0),
  ('من فضلك', 'من فضلك', 'ar', 4, 0), ('من فضلكم', 'من فضلكم', 'ar', 4, 0), ('لو سمحت', 'لو سمحت', 'ar', 4, 0),
  ('لو سمحتم', 'لو سمحتم', 'ar', 4, 0), ('رجاء', 'رجاء', 'ar', 4, 0), ('الرجاء', 'الرجاء', 'ar', 4, 0), ('شكرا', 'شكرا', 'ar', 4, 0),
  ('شكرا لكم', 'شكرا لكم', 'ar', 4, 0), ('شكرا جزيلا', 'شكرا جزيلا', 'ar', 4, 0), ('alto', 'alto', 'es', 1, 1), ('baja', 'baja', 'es', 1, 1),
  ('parar', 'parar', 'es', 1, 1), ('pare', 'pare', 'es', 1, 1), ('cancelar', 'cancelar', 'es', 1, 1), ('detener', 'detener', 'es', 1, 1),
  ('darme de baja', 'darme de baja', 'es', 1, 1), ('dar de baja', 'dar de baja', 'es', 1, 1),
  ('no mas mensajes', 'no más mensajes', 'es', 1, 1), ('no mas ofertas', 'no más ofertas', 'es', 1, 1), ('basta', 'basta', 'es', 1, 1),
  ('baja total', 'baja total', 'es', 2, 1), ('parar todo', 'parar todo', 'es', 2, 1), ('empezar', 'empezar', 'es', 3, 0),
  ('iniciar', 'iniciar', 'es', 3, 0), ('alta', 'alta', 'es', 3, 0), ('suscribir', 'suscribir', 'es', 3, 0),
  ('suscribirme', 'suscribirme', 'es', 3, 0), ('por favor', 'por favor', 'es', 4, 0), ('gracias', 'gracias', 'es', 4, 0),
  ('muchas gracias', 'muchas gracias', 'es', 4, 0), ('stopp', 'stopp', 'de', 1, 1), ('abmelden', 'abmelden', 'de', 1, 1),
  ('abbestellen', 'abbestellen', 'de', 1, 1), ('austragen', 'austragen', 'de', 1, 1), ('aufhoren', 'aufhören', 'de', 1, 1),
  ('keine werbung', 'keine werbung', 'de', 1, 1), ('keine werbung mehr', 'keine werbung mehr', 'de', 1, 1),
  ('keine angebote mehr', 'keine angebote mehr', 'de', 1, 1), ('keine nachrichten mehr', 'keine nachrichten mehr', 'de', 1, 1),
  ('alles stopp', 'alles stopp', 'de', 2, 1), ('alles abmelden', 'alles abmelden', 'de', 2, 1), ('anmelden', 'anmelden', 'de', 3, 0),
  ('starten', 'starten', 'de', 3, 0), ('wieder anmelden', 'wieder anmelden', 'de', 3, 0), ('bitte', 'bitte', 'de', 4, 0),
  ('danke', 'danke', 'de', 4, 0), ('danke schon', 'danke schön', 'de', 4, 0), ('dankeschon', 'dankeschön', 'de', 4, 0),
  ('vielen dank', 'vielen dank', 'de', 4, 0), ('danke sehr', 'danke sehr', 'de', 4, 0), ('sair', 'sair', 'pt', 1, 1),
  ('remover', 'remover', 'pt', 1, 1), ('descadastrar', 'descadastrar', 'pt', 1, 1), ('cancelar inscricao', 'cancelar inscrição', 'pt', 1, 1),
  ('sem mais mensagens', 'sem mais mensagens', 'pt', 1, 1), ('parar tudo', 'parar tudo', 'pt', 2, 1), ('comecar', 'começar', 'pt', 3, 0),
  ('inscrever', 'inscrever', 'pt', 3, 0), ('voltar', 'voltar', 'pt', 3, 0), ('obrigado', 'obrigado', 'pt', 4, 0),
  ('obrigada', 'obrigada', 'pt', 4, 0), ('muito obrigado', 'muito obrigado', 'pt', 4, 0), ('muito obrigada', 'muito obrigada', 'pt', 4, 0),
  ('ferma', 'ferma', 'it', 1, 1), ('fermare', 'fermare', 'it', 1, 1), ('annulla', 'annulla', 'it', 1, 1),
  ('disiscrivi', 'disiscrivi', 'it', 1, 1), ('disiscrivimi', 'disiscrivimi', 'it', 1, 1), ('cancellami', 'cancellami', 'it', 1, 1),
  ('cancella iscrizione', 'cancella iscrizione', 'it', 1, 1), ('niente offerte', 'niente offerte', 'it', 1, 1),
  ('ferma tutto', 'ferma tutto', 'it', 2, 1), ('inizia', 'inizia', 'it', 3, 0), ('iscrivi', 'iscrivi', 'it', 3, 0),
  ('iscrivimi', 'iscrivimi', 'it', 3, 0), ('riprendi', 'riprendi', 'it', 3, 0), ('per favore', 'per favore', 'it', 4, 0),
  ('per piacere', 'per piacere', 'it', 4, 0), ('grazie', 'grazie', 'it', 4, 0), ('grazie mille', 'grazie mille', 'it', 4, 0),
  ('stoppen', 'stoppen', 'nl', 1, 1), ('afmelden', 'afmelden', 'nl', 1, 1), ('uitschrijven', 'uitschrijven', 'nl', 1, 1),
  ('opzeggen', 'opzeggen', 'nl', 1, 1), ('geen berichten meer', 'geen berichten meer', 'nl', 1, 1),
  ('geen reclame', 'geen reclame', 'nl', 1, 1), ('alles stoppen', 'alles stoppen', 'nl', 2, 1), ('stop alles', 'stop alles', 'nl', 2, 1),
  ('aanmelden', 'aanmelden', 'nl', 3, 0), ('inschrijven', 'inschrijven', 'nl', 3, 0), ('alsjeblieft', 'alsjeblieft', 'nl', 4, 0),
  ('alstublieft', 'alstublieft', 'nl', 4, 0), ('aub', 'aub', 'nl', 4, 0), ('dank je', 'dank je', 'nl', 4, 0), ('dank u', 'dank u', 'nl', 4, 0),
  ('bedankt', 'bedankt', 'nl', 4, 0), ('dank je wel', 'dank je wel', 'nl', 4, 0), ('dank u wel', 'dank u wel', 'nl', 4, 0),
  ('dur', 'dur', 'tr', 1, 1), ('durdur', 'durdur', 'tr', 1, 1), ('iptal', 'iptal', 'tr', 1, 1), ('cik', 'çık', 'tr', 1, 1),
  ('cikis', 'çıkış', 'tr', 1, 1), ('abonelikten cik', 'abonelikten çık', 'tr', 1, 1), ('mesaj istemiyorum', 'mesaj istemiyorum', 'tr', 1, 1),
  ('ret', 'ret', 'tr', 1, 1), ('hepsini durdur', 'hepsini durdur', 'tr', 2, 1), ('basla', 'başla', 'tr', 3, 0),
  ('baslat', 'başlat', 'tr', 3, 0), ('abone ol', 'abone ol', 'tr', 3, 0), ('lutfen', 'lütfen', 'tr', 4, 0),
  ('tesekkurler', 'teşekkürler', 'tr', 4, 0), ('tesekkur ederim', 'teşekkür ederim', 'tr', 4, 0), ('sag ol', 'sağ ol', 'tr', 4, 0),
  ('sagol', 'sağol', 'tr', 4, 0), ('rezygnuje', 'rezygnuję', 'pl', 1, 1), ('wypisz', 'wypisz', 'pl', 1, 1),
  ('wypisz mnie', 'wypisz mnie', 'pl', 1, 1), ('anuluj', 'anuluj', 'pl', 1, 1), ('koniec', 'koniec', 'pl', 1, 1),
  ('stop wszystko', 'stop wszystko', 'pl', 2, 1), ('zapisz', 'zapisz', 'pl', 3, 0), ('wznow', 'wznów', 'pl', 3, 0),
  ('prosze', 'proszę', 'pl', 4, 0), ('dziekuje', 'dziękuję', 'pl', 4, 0), ('dzieki', 'dzięki', 'pl', 4, 0), ('стоп', 'стоп', 'ru', 1, 1),
  ('отписаться', 'отписаться', 'ru', 1, 1), ('отпишите', 'отпишите', 'ru', 1, 1), ('отмена', 'отмена', 'ru', 1, 1),
  ('хватит', 'хватит', 'ru', 1, 1), ('стоп все', 'стоп всё', 'ru', 2, 1), ('старт', 'старт', 'ru', 3, 0),
  ('подписаться', 'подписаться', 'ru', 3, 0), ('начать', 'начать', 'ru', 3, 0), ('пожалуиста', 'пожалуйста', 'ru', 4, 0),
  ('спасибо', 'спасибо', 'ru', 4, 0), ('большое спасибо', 'большое спасибо', 'ru', 4, 0), ('зупинити', 'зупинити', 'uk', 1, 1),
  ('відписатися', 'відписатися', 'uk', 1, 1), ('відпишіть', 'відпишіть', 'uk', 1, 1), ('стоп усе', 'стоп усе', 'uk', 2, 1),
  ('почати', 'почати', 'uk', 3, 0), ('підписатися', 'підписатися', 'uk', 3, 0), ('будь ласка', 'будь ласка', 'uk', 4, 0),
  ('дякую', 'дякую', 'uk', 4, 0), ('stoppa', 'stoppa', 'sv', 1, 1), ('sluta', 'sluta', 'sv', 1, 1),
  ('avregistrera', 'avregistrera', 'sv', 1, 1), ('avsluta', 'avsluta', 'sv', 1, 1), ('avprenumerera', 'avprenumerera', 'sv', 1, 1),
  ('stoppa allt', 'stoppa allt', 'sv', 2, 1), ('starta', 'starta', 'sv', 3, 0), ('prenumerera', 'prenumerera', 'sv', 3, 0),
  ('tack', 'tack', 'sv', 4, 0), ('snalla', 'snälla', 'sv', 4, 0), ('tack sa mycket', 'tack så mycket', 'sv', 4, 0),
  ('afmeld', 'afmeld', 'da', 1, 1), ('stop beskeder', 'stop beskeder', 'da', 1, 1), ('stop alt', 'stop alt', 'da', 2, 1),
  ('tilmeld', 'tilmeld', 'da', 3, 0), ('tak', 'tak', 'da', 4, 0), ('mange tak', 'mange tak', 'da', 4, 0), ('venligst', 'venligst', 'da', 4, 0),
  ('stans', 'stans', 'nb', 1, 1), ('slutt', 'slutt', 'nb', 1, 1), ('meld av', 'meld av', 'nb', 1, 1), ('avslutt', 'avslutt', 'nb', 1, 1),
  ('stopp alt', 'stopp alt', 'nb', 2, 1), ('meld pa', 'meld på', 'nb', 3, 0), ('takk', 'takk', 'nb', 4, 0),
  ('tusen takk', 'tusen takk', 'nb', 4, 0), ('vær sa snill', 'vær så snill', 'nb', 4, 0), ('lopeta', 'lopeta', 'fi', 1, 1),
  ('peruuta', 'peruuta', 'fi', 1, 1), ('lopeta kaikki', 'lopeta kaikki', 'fi', 2, 1),
  ('aloita', 'aloita', 'fi', 3, 0), ('tilaa', 'tilaa', 'fi', 3, 0), ('kiitos', 'kiitos', 'fi', 4, 0), ('kiitti', 'kiitti', 'fi', 4, 0),
  ('ole hyva', 'ole hyvä', 'fi', 4, 0), ('oprire', 'oprire', 'ro', 1, 1), ('opriti', 'opriți', 'ro', 1, 1),
  ('dezabonare', 'dezabonare', 'ro', 1, 1), ('renunt', 'renunț', 'ro', 1, 1), ('oprire tot', 'oprire tot', 'ro', 2, 1),
  ('abonare', 'abonare', 'ro', 3, 0), ('pornire', 'pornire', 'ro', 3, 0), ('va rog', 'vă rog', 'ro', 4, 0), ('te rog', 'te rog', 'ro', 4, 0),
  ('multumesc', 'mulțumesc', 'ro', 4, 0), ('mersi', 'mersi', 'ro', 4, 0), ('διακοπη', 'διακοπή', 'el', 1, 1),
  ('σταματα', 'σταμάτα', 'el', 1, 1), ('στοπ', 'στοπ', 'el', 1, 1), ('διαγραφη', 'διαγραφή', 'el', 1, 1),
  ('διακοπη ολων', 'διακοπή όλων', 'el', 2, 1), ('εναρξη', 'έναρξη', 'el', 3, 0), ('ξεκινα', 'ξεκίνα', 'el', 3, 0),
  ('παρακαλω', 'παρακαλώ', 'el', 4, 0), ('ευχαριστω', 'ευχαριστώ', 'el', 4, 0), ('עצור', 'עצור', 'he', 1, 1), ('הסר', 'הסר', 'he', 1, 1),
  ('הסרה', 'הסרה', 'he', 1, 1), ('הפסק', 'הפסק', 'he', 1, 1), ('עצור הכל', 'עצור הכל', 'he', 2, 1), ('התחל', 'התחל', 'he', 3, 0),
  ('הצטרף', 'הצטרף', 'he', 3, 0), ('בבקשה', 'בבקשה', 'he', 4, 0), ('תודה', 'תודה', 'he', 4, 0), ('תודה רבה', 'תודה רבה', 'he', 4, 0),
  ('لغو', 'لغو', 'fa', 1, 1), ('توقف پيام', 'توقف پیام', 'fa', 1, 1), ('بس است', 'بس است', 'fa', 1, 1), ('لغو همه', 'لغو همه', 'fa', 2, 1),
  ('شروع', 'شروع', 'fa', 3, 0), ('عضويت', 'عضویت', 'fa', 3, 0), ('لطفا', 'لطفا', 'fa', 4, 0), ('ممنون', 'ممنون', 'fa', 4, 0),
  ('متشكرم', 'متشکرم', 'fa', 4, 0), ('बद', 'बंद', 'hi', 1, 1), ('रोक', 'रोकें', 'hi', 1, 1), ('बद करो', 'बंद करो', 'hi', 1, 1),
  ('सटॉप', 'स्टॉप', 'hi', 1, 1), ('सब बद', 'सब बंद', 'hi', 2, 1), ('शर', 'शुरू', 'hi', 3, 0), ('चाल', 'चालू', 'hi', 3, 0),
  ('कपया', 'कृपया', 'hi', 4, 0), ('धनयवाद', 'धन्यवाद', 'hi', 4, 0), ('शकरिया', 'शुक्रिया', 'hi', 4, 0), ('berhenti', 'berhenti', 'id', 1, 1),
  ('hentikan', 'hentikan', 'id', 1, 1), ('batal', 'batal', 'id', 1, 1), ('berhenti semua', 'berhenti semua', 'id', 2, 1),
  ('mulai', 'mulai', 'id', 3, 0), ('langganan', 'langganan', 'id', 3, 0), ('tolong', 'tolong', 'id', 4, 0),
  ('terima kasih', 'terima kasih', 'id', 4, 0), ('makasih', 'makasih', 'id', 4, 0), ('退订', '退订', 'zh', 1, 1), ('停止', '停止', 'zh', 1, 1),
  ('取消', '取消', 'zh', 1, 1), ('全部退订', '全部退订', 'zh', 2, 1), ('开始', '开始', 'zh', 3, 0), ('订阅', '订阅', 'zh', 3, 0), ('谢谢', '谢谢', 'zh', 4, 0),
  ('请', '请', 'zh', 4, 0);

INSERT INTO wording (id, kind, number, language, text, at) VALUES
  (1, 2, 1, 'en', 'You will get no more offers from us. News about your orders still comes. Write START to get offers again.', 0),
  (2, 3, 1, 'en', 'You will get no more messages from us, except answers to what you write.', 0),
  (3, 4, 1, 'en', 'You will get our offers again. Write STOP at any time.', 0),
  (4, 2, 2, 'fr', 'Vous ne recevrez plus nos offres. Les nouvelles de vos commandes continuent d’arriver. Écrivez START pour les recevoir de nouveau.', 0),
  (5, 3, 2, 'fr', 'Vous ne recevrez plus de messages de notre part, sauf en réponse aux vôtres.', 0),
  (6, 4, 2, 'fr', 'Vous recevrez de nouveau nos offres. Écrivez STOP à tout moment.', 0),
  (7, 2, 3, 'ar', 'لن تصلكم عروضنا بعد الآن. أخبار طلباتكم ستستمر في الوصول. اكتبوا «ابدأ» لتصلكم العروض من جديد.', 0),
  (8, 3, 3, 'ar', 'لن تصلكم أي رسائل منا، إلا ردا على رسائلكم.', 0),
  (9, 4, 3, 'ar', 'ستصلكم عروضنا من جديد. اكتبوا «توقف» في أي وقت.', 0),
  (10, 2, 4, 'es', 'Ya no recibirá nuestras ofertas. Las noticias de sus pedidos siguen llegando. Escriba ALTA para volver a recibirlas.', 0),
  (11, 3, 4, 'es', 'Ya no recibirá mensajes nuestros, salvo en respuesta a los suyos.', 0),
  (12, 4, 4, 'es', 'Volverá a recibir nuestras ofertas. Escriba BAJA en cualquier momento.', 0),
  (13, 2, 5, 'de', 'Sie bekommen keine Angebote mehr von uns. Nachrichten zu Ihren Bestellungen kommen weiter. Mit START bekommen Sie wieder Angebote.', 0),
  (14, 3, 5, 'de', 'Sie bekommen keine Nachrichten mehr von uns, außer Antworten auf Ihre.', 0),
  (15, 4, 5, 'de', 'Sie bekommen wieder unsere Angebote. Schreiben Sie jederzeit STOPP.', 0),
  (16, 2, 6, 'pt', 'Não receberá mais as nossas ofertas. As notícias das suas encomendas continuam a chegar. Escreva START para voltar a receber.', 0),
  (17, 3, 6, 'pt', 'Não receberá mais mensagens nossas, exceto em resposta às suas.', 0),
  (18, 4, 6, 'pt', 'Voltará a receber as nossas ofertas. Escreva PARAR a qualquer momento.', 0),
  (19, 2, 7, 'it', 'Non riceverà più le nostre offerte. Le notizie sui suoi ordini arrivano ancora. Scriva START per riceverle di nuovo.', 0),
  (20, 3, 7, 'it', 'Non riceverà più nostri messaggi, se non in risposta ai suoi.', 0),
  (21, 4, 7, 'it', 'Riceverà di nuovo le nostre offerte. Scriva BASTA in qualsiasi momento.', 0),
  (22, 2, 8, 'nl', 'U krijgt geen aanbiedingen meer van ons. Nieuws over uw bestellingen blijft komen. Schrijf START om ze weer te krijgen.', 0),
  (23, 3, 8, 'nl', 'U krijgt geen berichten meer van ons, behalve antwoorden op die van u.', 0),
  (24, 4, 8, 'nl', 'U krijgt weer aanbiedingen van ons. Schrijf op elk moment STOP.', 0),
  (25, 2, 9, 'tr', 'Artık bizden kampanya mesajı almayacaksınız. Sipariş haberleriniz gelmeye devam eder. Yeniden almak için BAŞLA yazın.', 0),
  (26, 3, 9, 'tr', 'Yazdıklarınıza yanıtlar dışında bizden mesaj almayacaksınız.', 0),
  (27, 4, 9, 'tr', 'Kampanya mesajlarımızı yeniden alacaksınız. İstediğiniz zaman DUR yazın.', 0);
