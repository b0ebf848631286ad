/** What happens when a link is tapped: links to the bot stay in the demo, others ask before they leave it. */

import { isOpenable } from "./rich_text.js";
import { WORDS } from "./words.js";

/** The /start text of a deep link to this bot, or null for any other link. */
export function startText(url, botUsername) {
  const match = /^(?:https?:\/\/t(?:elegram)?\.me\/|tg:\/\/resolve\?domain=)([A-Za-z0-9_]+)(?:[?&](.*))?$/.exec(url.trim());
  if (!match || match[1].toLowerCase() !== botUsername?.toLowerCase()) return null;
  const payload = new URLSearchParams(match[2] ?? "").get("start");
  return payload ? `/start ${payload}` : "/start";
}

/**
 * @param {Phone} phone where it was tapped
 * @param {string} url
 * @param {{botUsername:string, phones:Array<Phone>, select:function(Phone)}} desk
 */
export async function openLink(phone, url, { botUsername, phones, select }) {
  const text = startText(url, botUsername);
  if (text !== null) {
    const choices = phones
      .filter((one) => one.hasBotChat)
      .map((one) => ({ label: one.about.title, details: one.about.subtitle, value: one }));
    const chosen = await phone.notices.choose(WORDS.openOnPhone, choices, { details: url });
    if (!chosen) return;
    select(chosen);
    await chosen.say(text).catch(() => {});
    return;
  }
  if (!isOpenable(url)) return;
  const choice = { label: WORDS.open, primary: true, value: true };
  const leave = await phone.notices.choose(WORDS.openLink, [choice], { details: `${url}\n${WORDS.openLinkWarning}` });
  if (leave) window.open(url, "_blank", "noopener,noreferrer");
}

/** Puts text on the clipboard and says so. */
export async function copyText(phone, text) {
  try {
    await navigator.clipboard.writeText(text);
    phone.notices.toast(`${WORDS.copied}: ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`);
  } catch {
    phone.notices.toast(WORDS.notCopied);
  }
}
