/** Live events from the server, reconnecting by itself for as long as the page is open. */

const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 3000;

/** Fires "open" after every (re)connection, "lost" when it breaks, "news" with the event in `detail`. */
export class Stream extends EventTarget {
  #url;
  #source = null;
  #pause = FIRST_PAUSE_MS;

  constructor(url) {
    super();
    this.#url = url;
  }

  start() {
    this.#source = new EventSource(this.#url);
    this.#source.addEventListener("open", () => {
      this.#pause = FIRST_PAUSE_MS;
      this.dispatchEvent(new Event("open"));
    });
    this.#source.addEventListener("message", ({ data }) => {
      this.dispatchEvent(new CustomEvent("news", { detail: JSON.parse(data) }));
    });
    this.#source.addEventListener("error", () => this.#restart());
  }

  #restart() {
    this.#source.close();
    this.dispatchEvent(new Event("lost"));
    setTimeout(() => this.start(), this.#pause);
    this.#pause = Math.min(this.#pause * 1.6, LONGEST_PAUSE_MS);
  }
}
