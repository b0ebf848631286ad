/** The clock of the demo: it may run on an invented day, so time always comes from the server. */

import { MONTHS } from "./words.js";

export class Clock {
  #shift = 0;
  #zoneMinutes = -new Date().getTimezoneOffset();

  /** @param {string} iso the server's "now"; its offset (unless UTC) becomes the zone of every phone */
  set(iso) {
    this.#shift = Date.parse(iso) - Date.now();
    const zone = /([+-])(\d\d):?(\d\d)$/.exec(iso);
    const minutes = zone ? Number(zone[2]) * 60 + Number(zone[3]) : 0;
    if (minutes) this.#zoneMinutes = zone[1] === "-" ? -minutes : minutes;
  }

  #local(seconds) {
    return new Date(seconds * 1000 + this.#zoneMinutes * 60_000);
  }

  get seconds() {
    return (Date.now() + this.#shift) / 1000;
  }

  /** «09:05» of a Unix time, of now by default. */
  time(seconds = this.seconds) {
    return this.#local(seconds).toISOString().slice(11, 16);
  }

  /** «23 апреля»; with the year when it is not the current one. */
  day(seconds = this.seconds) {
    const date = this.#local(seconds);
    const words = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
    const year = date.getUTCFullYear();
    return year === this.#local(this.seconds).getUTCFullYear() ? words : `${words} ${year}`;
  }

  /** Time for today, date for other days. */
  brief(seconds) {
    return this.day(seconds) === this.day() ? this.time(seconds) : this.day(seconds);
  }
}
