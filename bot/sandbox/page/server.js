/** The control API of the sandbox: plain HTTP calls, each either returns data or throws ServerError. */

const API = "/sandbox/api";

export class ServerError extends Error {
  /** @param {string} message @param {number} status HTTP status, 0 = the server did not answer */
  constructor(message, status) {
    super(message);
    this.status = status;
  }

  get offline() {
    return this.status === 0;
  }
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(API + path, { cache: "no-store", ...options });
  } catch (error) {
    throw new ServerError(String(error), 0);
  }
  const text = await response.text();
  let data = null;
  try {
    data = text ? JSON.parse(text) : null;
  } catch {
    /* an error page is not JSON: the status says enough */
  }
  if (!response.ok) throw new ServerError(data?.error ?? data?.description ?? text.slice(0, 200), response.status);
  return data;
}

function post(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export const server = {
  streamUrl: `${API}/stream`,

  world: () => call("/world"),

  chat: (viewerId, chatId) => call(`/chats/${viewerId}/${chatId}`),

  /** @param {{person_id:number, chat_id:number, text:string, topic_id?:number, reply_to?:number}} message */
  send: (message) => post("/send", message),

  /** @param {{person_id:number, chat_id:number, message_id:number, data:string}} tap */
  tap: (tap) => post("/tap", tap),

  /** @param {{person_id:number, chat_id:number, message_id:number, text:string}} change */
  edit: (change) => post("/edit", change),

  block: (personId) => post("/block", { person_id: personId }),

  unblock: (personId) => post("/unblock", { person_id: personId }),

  /** Several files of one call make an album. */
  upload({ person_id, chat_id, kind, caption, topic_id, files }) {
    const form = new FormData();
    form.append("person_id", person_id);
    form.append("chat_id", chat_id);
    form.append("kind", kind);
    if (caption) form.append("caption", caption);
    if (topic_id) form.append("topic_id", topic_id);
    for (const file of files) form.append("file", file, file.name);
    return call("/upload", { method: "POST", body: form });
  },

  fileUrl: (fileId) => `${API}/files/${encodeURIComponent(fileId)}`,
};
