// Clients written by others, against a running shopbell-practice. Prints one TAP line a step.
//   PRACTICE: the line the server printed at its start; RECORD: a folder for what was sent, or unset
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// Found by their folder: most of these packages export for import alone.
async function load(name) {
  const folder = `${process.env.MODULES}/node_modules/${name}`;
  const { exports, main } = JSON.parse(readFileSync(folder + "/package.json"));
  let entry = exports?.["."] ?? main;
  while (typeof entry === "object") entry = entry.import ?? entry.default;
  return import(pathToFileURL(`${folder}/${entry}`).href);
}

const world = JSON.parse(process.env.PRACTICE);
const phone = world.phone_number_id;
const waba = world.waba_id;
const customer = "447700900201";
const names = new Map([[phone, "@phone@"], [waba, "@waba@"], [world.token, "@token@"]]);
const recorded = [];
const plainFetch = globalThis.fetch;
let client = "none";
let step = "";
let count = 0;

const hide = (text) => [...names].reduce((t, [value, name]) => t.replaceAll(value, name), text);

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const body = Buffer.from(await request.clone().arrayBuffer()).toString("latin1");
  const answer = await plainFetch(request);
  const url = new URL(request.url);

  if (!url.pathname.startsWith("/_practice") && !url.pathname.startsWith("/attachments")) {
    const json = await answer.clone().json().catch(() => ({}));
    const headers = Object.fromEntries([...request.headers].map(([k, v]) => [k, hide(v)]));
    recorded.push({ client, step, method: request.method, path: hide(url.pathname + url.search), headers, body: hide(body),
      expect: { status: answer.status, members: Object.keys(json).sort() } });
  }
  return answer;
};

const control = async (name, body) =>
  (await plainFetch(`${world.url}/_practice/${name}`, body && { method: "POST", body: JSON.stringify(body) })).json();

function check(condition, what) {
  if (!condition) throw new Error(what);
}

async function run(what, act) {
  count += 1;
  step = what;
  try {
    await act();
    console.log(`ok ${count} - ${client}: ${what}`);
  } catch (error) {
    const words = String(error?.stack ?? error).split("\n").slice(0, 4).join("\n# ");
    console.log(`not ok ${count} - ${client}: ${what}\n# ${words}`);
    process.exitCode = 1;
  }
  await control("clock", { advance_ms: 30000 });
}

const remember = (id, name) => (names.set(id, name), id);
const accepted = (answer) => check((answer.messages?.[0]?.id ?? "").startsWith("wamid."), "no wamid: " + JSON.stringify(answer));

const media = {};
async function prepare() {
  const files = { image: ["image/jpeg", "\xff\xd8\xff\xe0photo"], audio: ["audio/ogg", "OggS"], document: ["application/pdf", "%PDF-1.4"],
    sticker: ["image/webp", "RIFF....WEBP"], video: ["video/mp4", "....ftyp"] };
  for (const [kind, [type, bytes]] of Object.entries(files)) {
    const form = new FormData();
    form.set("messaging_product", "whatsapp");
    form.set("type", type);
    form.set("file", new Blob([Buffer.from(bytes, "latin1")], { type }), kind);
    const answer = await plainFetch(`${world.url}/v25.0/${phone}/media`, { method: "POST", body: form, headers: { Authorization: "Bearer " + world.token } });
    media[kind] = remember((await answer.json()).id, `@${kind}@`);
  }
  media.inbound = remember((await control("inbound", { persona: "pia", text: "hello" })).id, "@inbound@");
}

// Any client's way of sending a ready body.
const bodies = () => ({
  text: { type: "text", text: { body: "Your cake is ready 🎂", preview_url: false } },
  image: { type: "image", image: { id: media.image, caption: "Like this?" } },
  video: { type: "video", video: { id: media.video } },
  audio: { type: "audio", audio: { id: media.audio, voice: true } },
  document: { type: "document", document: { id: media.document, filename: "invoice.pdf" } },
  sticker: { type: "sticker", sticker: { id: media.sticker } },
  location: { type: "location", location: { latitude: 53.8, longitude: -1.5, name: "Shop", address: "12 Orchard Row" } },
  contacts: { type: "contacts", contacts: [{ name: { formatted_name: "Ann Bell", first_name: "Ann" }, phones: [{ phone: "+447700900150", type: "WORK" }] }] },
  reaction: { type: "reaction", reaction: { message_id: media.inbound, emoji: "👍" } },
  buttons: { type: "interactive", interactive: { type: "button", body: { text: "When?" }, action: { buttons: [{ type: "reply", reply: { id: "am", title: "Morning" } }] } } },
  list: { type: "interactive", interactive: { type: "list", body: { text: "Which?" }, action: { button: "Choose", sections: [{ title: "Cakes", rows: [{ id: "1", title: "Lemon" }] }] } } },
  template: { type: "template", template: { name: "order_ready", language: { code: "en_GB" }, components: [{ type: "body", parameters: [{ type: "text", text: "Pia" }, { type: "text", text: "214" }] }] } },
});

async function greatDetail(name, options) {
  const { Client } = await load(name).then((m) => ({ Client: m.Client ?? m.default }));
  const sdk = new Client({ ...options, request: { headers: { Authorization: "Bearer " + world.token } } });

  for (const [kind, body] of Object.entries(bodies()))
    await run("sends " + kind, async () => accepted(await sdk.message.createMessage({ phoneNumberID: phone, to: customer, ...body }).json()));
  await run("marks as read and types", async () => {
    const answer = await sdk.message.createStatus({ phoneNumberID: phone, status: "read", message_id: media.inbound, typing_indicator: { type: "text" } }).json();
    check(answer.success === true, "no success");
  });
  await run("uploads, finds, fetches and deletes media", async () => {
    const { id } = await sdk.media.upload({ phoneNumberID: phone, file: new Blob(["%PDF-1.4 x"], { type: "application/pdf" }), filename: "a.pdf", mimeType: "application/pdf" }).json();
    remember(id, "@document@");
    const node = await sdk.media.getURL({ mediaID: id, phoneNumberID: phone }).json();
    check(node.mime_type === "application/pdf", JSON.stringify(node));
    const bytes = await (await plainFetch(node.url, { headers: { Authorization: "Bearer " + world.token } })).text();
    check(bytes === "%PDF-1.4 x", "other bytes came back");
    check((await sdk.media.delete({ mediaID: id }).json()).success, "not deleted");
  });
  await run("lists, makes and deletes templates", async () => {
    const page = await sdk.template.list(waba, { limit: 3 }).json();
    check(page.data.length === 3 && page.paging.cursors.after, JSON.stringify(page).slice(0, 300));
    const made = await sdk.template.create(waba, { name: "sdk_template", language: "en_GB", category: "UTILITY", components: [{ type: "BODY", text: "All is well." }] }).json();
    check(made.status === "PENDING", JSON.stringify(made));
    check((await sdk.template.delete(waba, { name: "sdk_template" }).json()).success, "not deleted");
  });
  await run("reads number and profile", async () => {
    const number = await sdk.phoneNumbers.getPhoneNumber({ phoneNumberID: phone }).json();
    check(number.id === phone && number.quality_rating === "GREEN", JSON.stringify(number));
    const profile = await sdk.businessProfile.getBusinessProfile({ phoneNumberID: phone }).json();
    check(profile.data[0].messaging_product === "whatsapp", JSON.stringify(profile));
  });
  await run("throws on an error", async () => {
    const failure = await sdk.message.createMessage({ phoneNumberID: phone, to: customer, type: "text", text: { body: "" } }).json().then(() => null, (e) => e);
    check(failure?.response?.status === 400, String(failure));
  });
}

async function kapso() {
  const { WhatsAppClient } = await load("@kapso/whatsapp-cloud-api");
  const { verifySignature, normalizeWebhook } = await import(pathToFileURL(process.env.MODULES + "/node_modules/@kapso/whatsapp-cloud-api/dist/server.js").href);
  const sdk = new WhatsAppClient({ accessToken: world.token, baseUrl: world.url, graphVersion: "v25.0" });
  const to = { phoneNumberId: phone, to: customer };
  const m = sdk.messages;
  const sends = {
    text: () => m.sendText({ ...to, body: "hello", bizOpaqueCallbackData: "outbox:77" }),
    image: () => m.sendImage({ ...to, image: { id: media.image, caption: "x" } }),
    audio: () => m.sendAudio({ ...to, audio: { id: media.audio } }),
    document: () => m.sendDocument({ ...to, document: { id: media.document, filename: "a.pdf" } }),
    video: () => m.sendVideo({ ...to, video: { id: media.video } }),
    sticker: () => m.sendSticker({ ...to, sticker: { id: media.sticker } }),
    location: () => m.sendLocation({ ...to, location: { latitude: 1, longitude: 2, name: "Shop", address: "Row" } }),
    contacts: () => m.sendContacts({ ...to, contacts: [{ name: { formattedName: "Ann Bell", firstName: "Ann" } }] }),
    reaction: () => m.sendReaction({ ...to, reaction: { messageId: media.inbound, emoji: "👍" } }),
    template: () => m.sendTemplate({ ...to, template: { name: "opening_hours", language: { code: "en_GB" } } }),
    buttons: () => m.sendInteractiveButtons({ ...to, bodyText: "When?", buttons: [{ id: "am", title: "Morning" }] }),
    list: () => m.sendInteractiveList({ ...to, bodyText: "Which?", buttonText: "Choose", sections: [{ title: "Cakes", rows: [{ id: "1", title: "Lemon" }] }] }),
    "location request": () => m.sendInteractiveLocationRequest({ ...to, bodyText: "Where?", parameters: { requestMessage: "Where?" } }),
    "link button": () => m.sendInteractiveCtaUrl({ ...to, bodyText: "Look", parameters: { displayText: "Open", url: "https://shop.example" } }),
  };

  for (const [kind, send] of Object.entries(sends))
    await run("sends " + kind, async () => accepted(await send()));
  await run("marks as read", async () => check((await m.markRead({ phoneNumberId: phone, messageId: media.inbound, typingIndicator: { type: "text" } })).success, "no success"));
  await run("uploads, finds, downloads and deletes media", async () => {
    const { id } = await sdk.media.upload({ phoneNumberId: phone, type: "application/pdf", file: new Blob(["%PDF-1.4 y"]), fileName: "a.pdf" });
    remember(id, "@document@");
    const node = await sdk.media.get({ mediaId: id, phoneNumberId: phone });
    check(node.mimeType === "application/pdf", JSON.stringify(node));
    const bytes = await sdk.media.download({ mediaId: id, phoneNumberId: phone, auth: "always" });
    check(Buffer.from(bytes).toString() === "%PDF-1.4 y", "other bytes came back");
    check((await sdk.media.delete({ mediaId: id, phoneNumberId: phone })).success, "not deleted");
  });
  await run("lists, makes and deletes templates", async () => {
    const page = await sdk.templates.list({ businessAccountId: waba, limit: 2 });
    check(page.data.length === 2 && page.paging.cursors.after, JSON.stringify(page).slice(0, 300));
    const made = await sdk.templates.create({ businessAccountId: waba, name: "kapso_template", language: "en_GB", category: "UTILITY", components: [{ type: "BODY", text: "All is well." }] });
    check(made.status === "PENDING", JSON.stringify(made));
    check((await sdk.templates.delete({ businessAccountId: waba, name: "kapso_template" })).success, "not deleted");
  });
  await run("sorts our errors", async () => {
    await control("faults", { match: "messages", kind: "http", error: 130429, retry_after: 3, count: 20 });
    const failure = await m.sendText({ ...to, body: "x" }).then(() => null, (e) => e);
    await plainFetch(`${world.url}/_practice/faults`, { method: "DELETE" });
    check(failure?.code === 130429 && failure.category === "throttling", JSON.stringify(failure));
    const other = await m.sendText({ ...to, to: "447700900100", body: "x" }).then(() => null, (e) => e);
    check(other?.code === 131021 && other.httpStatus === 400, JSON.stringify(other));
  });
  await run("verifies and reads our webhooks", async () => {
    for (const event of (await control("events")).events) {
      check(verifySignature({ appSecret: world.app_secret, rawBody: event.body, signatureHeader: event.signature }), "bad signature");
      normalizeWebhook(JSON.parse(event.body));
    }
    const { messages } = normalizeWebhook(JSON.parse((await control("events")).events.find((e) => e.body.includes("hello")).body));
    check(messages[0].text.body === "hello", JSON.stringify(messages));
  });
}

async function apiJs() {
  const { WhatsAppAPI } = await load("whatsapp-api-js");
  const M = await import(pathToFileURL(process.env.MODULES + "/node_modules/whatsapp-api-js/lib/messages/index.js").href);
  const fetch = (url, options) => globalThis.fetch(String(url).replace("https://graph.facebook.com", world.url), options);
  const sdk = new WhatsAppAPI({ token: world.token, appSecret: world.app_secret, webhookVerifyToken: world.verify_token, v: "v25.0", ponyfill: { fetch } });
  const sends = {
    text: new M.Text("hello"), image: new M.Image(media.image, true, "x"), audio: new M.Audio(media.audio, true, true), video: new M.Video(media.video, true),
    document: new M.Document(media.document, true, "x", "a.pdf"), sticker: new M.Sticker(media.sticker, true), location: new M.Location(1, 2, "Shop", "Row"),
    contacts: new M.Contacts([new M.Name("Ann Bell", "Ann")]), reaction: new M.Reaction(media.inbound, "👍"),
    buttons: new M.Interactive(new M.ActionButtons(new M.Button("am", "Morning")), new M.Body("When?"), new M.Header("Pick up"), new M.Footer("Marigold")),
    list: new M.Interactive(new M.ActionList("Choose", new M.ListSection("Cakes", new M.Row("1", "Lemon"))), new M.Body("Which?")),
    link: new M.Interactive(new M.ActionCTA("Open", "https://shop.example"), new M.Body("Look")),
    "location request": new M.Interactive(new M.ActionLocation(), new M.Body("Where?")),
    "contact request": new M.Interactive(new M.ActionContactRequest(), new M.Body("Your number?")),
    template: new M.Template("order_ready", "en_GB", new M.BodyComponent(new M.BodyParameter("Pia"), new M.BodyParameter("214"))),
  };

  for (const [kind, message] of Object.entries(sends))
    await run("sends " + kind, async () => accepted(await sdk.sendMessage(phone, customer, message, undefined, "outbox:1")));
  await run("marks as read and types", async () => check((await sdk.markAsRead(phone, media.inbound, "text")).success, "no success"));
  await run("uploads, finds, fetches and deletes media", async () => {
    const form = new FormData();
    form.set("file", new Blob(["%PDF-1.4 z"], { type: "application/pdf" }), "a.pdf");
    const { id } = await sdk.uploadMedia(phone, form);
    remember(id, "@document@");
    const node = await sdk.retrieveMedia(id);
    check(await (await sdk.fetchMedia(node.url)).text() === "%PDF-1.4 z", JSON.stringify(node));
    check((await sdk.deleteMedia(id)).success, "not deleted");
  });
  await run("makes, changes and deletes a link", async () => {
    const made = await sdk.createQR(phone, "Hello", "svg");
    check(made.code?.length === 14, JSON.stringify(made));
    remember(made.code, "@code@");
    check((await sdk.updateQR(phone, made.code, "Hello again")).code === made.code, "not changed");
    check((await sdk.retrieveQR(phone, made.code)).data[0].prefilled_message === "Hello again", "not found");
    check((await sdk.deleteQR(phone, made.code)).success, "not deleted");
  });
  await run("blocks and unblocks", async () => {
    check((await sdk.blockUser(phone, customer)).block_users.added_users.length === 1, "not blocked");
    check((await sdk.unblockUser(phone, customer)).block_users.removed_users.length === 1, "not unblocked");
  });
  await run("takes every kind of webhook", async () => {
    const kinds = ["text", "image", "video", "audio", "document", "sticker", "location", "contacts", "button", "interactive", "reaction", "order", "unsupported", "request_welcome"];
    const seen = new Set();
    const ticks = new Set();
    const before = (await control("events")).newest;
    for (const type of kinds) await control("inbound", { persona: "uma", type, ...samples[type] });
    await sdk.sendMessage(phone, customer, new M.Text("for the ticks"));
    await control("clock", { advance_ms: 10000 });
    sdk.on.message = ({ message }) => void seen.add(message.type);
    sdk.on.status = ({ status }) => void ticks.add(status);
    for (const event of (await control(`events?after=${before}`)).events)
      await sdk.post(JSON.parse(event.body), event.body, event.signature);
    await new Promise((done) => setTimeout(done, 50));
    check(kinds.every((kind) => seen.has(kind)), "missing: " + kinds.filter((kind) => !seen.has(kind)));
    check(["sent", "delivered", "read"].every((tick) => ticks.has(tick)), [...ticks].join());
  });
}

const samples = {
  text: { text: { body: "hello" } }, location: { location: { latitude: 1, longitude: 2 } },
  contacts: { contacts: [{ name: { formatted_name: "A B", first_name: "A" } }] }, button: { button: { payload: "p", text: "t" } },
  interactive: { interactive: { type: "list_reply", list_reply: { id: "1", title: "Lemon" } } }, reaction: { reaction: { message_id: "wamid.x", emoji: "👍" } },
  order: { order: { catalog_id: "1", text: "", product_items: [{ product_retailer_id: "1", quantity: 1, item_price: 2, currency: "GBP" }] } },
};

await prepare();
client = "kapso-0.3.0"; await kapso();
client = "great-detail-8.4.0"; await greatDetail("great-detail-whatsapp-8", { prefixUrl: world.url, graphVersion: "v25.0" });
client = "great-detail-9.2.0"; await greatDetail("@great-detail/whatsapp", { baseUrl: world.url, graphVersion: "v25.0/" });
client = "great-detail-9.2.0-plain"; await greatDetail("@great-detail/whatsapp", { baseUrl: world.url });
client = "whatsapp-api-js-6.3.0"; await apiJs();
console.log(`1..${count}`);

if (process.env.RECORD)
  for (const name of new Set(recorded.map((r) => r.client)))
    writeFileSync(`${process.env.RECORD}/${name}.json`, JSON.stringify(recorded.filter((r) => r.client === name), null, 1) + "\n");
