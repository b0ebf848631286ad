/** Starts the page: takes the world from the server, puts phones on it and keeps them live. */

import { Clock } from "./clock.js";
import { setUpGuide } from "./guide.js";
import { copyText, openLink } from "./links.js";
import { Phone } from "./phone.js";
import { roster, signatureOf } from "./roster.js";
import { server } from "./server.js";
import { Stream } from "./stream.js";
import { Tabs } from "./tabs.js";
import { WORDS } from "./words.js";

const TICK_MS = 2000;
const RETRY_MS = 1000;
const WORLD_PAUSE_MS = 100;

const place = document.querySelector(".phones");
const offlineBar = document.querySelector(".offline");
const tabs = new Tabs(document.querySelector(".tabs"));
const guide = setUpGuide(document.querySelector("#guide"), document.querySelector(".top__guide"));
const clock = new Clock();

let phones = [];
let botUsername = "";
let worldTimer = null;
let everConnected = false;

const desk = {
  clock,
  openLink: (phone, url) => openLink(phone, url, { botUsername, phones, select: (chosen) => tabs.select(chosen) }),
  copy: copyText,
};

function showConnection(connected) {
  offlineBar.hidden = connected;
  offlineBar.textContent = connected ? "" : everConnected ? WORDS.noConnectionLong : WORDS.connecting;
  document.body.classList.toggle("is-offline", !connected);
}

/** Phones that did not change keep their drafts and their place in the chat; new ones are filled here. */
async function takeWorld() {
  const world = await server.world();
  clock.set(world.now);
  botUsername = world.bot.username;
  guide.show(world.guide ?? []);
  const known = new Map(phones.map((phone) => [phone.signature, phone]));
  const made = [];
  const wanted = roster(world).map((about) => {
    const same = known.get(signatureOf(about));
    if (same) return same;
    made.push(new Phone(desk, about));
    return made.at(-1);
  });
  if (made.length || wanted.length !== phones.length) {
    phones = wanted;
    tabs.show(phones);
    place.replaceChildren(...phones.map((phone) => phone.node));
  }
  for (const phone of phones) {
    phone.updateGroups(world.groups);
    phone.tick();
  }
  await Promise.all(made.map((phone) => phone.refresh()));
}

async function onConnected() {
  try {
    const before = new Set(phones);
    await takeWorld();
    await Promise.all(phones.filter((phone) => before.has(phone)).map((phone) => phone.refresh()));
    everConnected = true;
    showConnection(true);
  } catch (error) {
    console.warn(error);
    setTimeout(onConnected, RETRY_MS);
  }
}

function worldSoon() {
  clearTimeout(worldTimer);
  worldTimer = setTimeout(() => takeWorld().catch(console.warn), WORLD_PAUSE_MS);
}

const stream = new Stream(server.streamUrl);
stream.addEventListener("open", onConnected);
stream.addEventListener("lost", () => showConnection(false));
stream.addEventListener("news", ({ detail }) => {
  if (detail.type === "world" || detail.type === "topic") worldSoon();
  for (const phone of phones) phone.receive(detail);
});

setInterval(() => phones.forEach((phone) => phone.tick()), TICK_MS);
showConnection(false);
stream.start();
