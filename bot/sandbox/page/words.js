/** Every Russian word of the page and the rules for numbers in words. */

export const MONTHS = [
  "января", "февраля", "марта", "апреля", "мая", "июня",
  "июля", "августа", "сентября", "октября", "ноября", "декабря",
];

export const WORDS = {
  demo: "ДЕМО",
  bot: "бот",
  online: "на связи",
  typing: "печатает…",
  noConnection: "Нет связи",
  noConnectionLong: "Нет связи с программой на этом компьютере. Подключаемся снова, страницу обновлять не нужно.",
  connecting: "Подключаемся…",
  loading: "Загружаем…",
  connectionBack: "Связь восстановлена",
  notSent: "Не отправлено: нет связи. Текст остался в поле, нажмите «Отправить» ещё раз.",
  notTapped: "Нажатие не дошло: нет связи. Нажмите ещё раз.",
  refused: "Не получилось. Попробуйте ещё раз.",
  start: "Начать",
  emptyChat: "Здесь пока нет сообщений.\nНажмите «Начать».",
  emptyGroup: "Здесь пока нет сообщений.",
  message: "Сообщение",
  caption: "Подпись к файлу",
  send: "Отправить",
  saveEdit: "Сохранить изменение",
  attach: "Прикрепить фото или файл",
  attachPhoto: "Фото с устройства",
  attachFile: "Файл",
  attachVoice: "Голосовое (звуковой файл)",
  samplePhoto: "Готовый снимок для пробы",
  sampleAlbum: "Три готовых снимка",
  sampleCaption: "Снимок для пробы",
  samplePlace: "Кабинет 214",
  dropHere: "Отпустите, чтобы прикрепить",
  removeFile: "Убрать",
  menu: "Меню",
  commands: "Команды бота",
  back: "Назад",
  backToChats: "К списку чатов",
  backToTopics: "К списку тем",
  chats: "Чаты",
  topics: "Темы",
  generalTopic: "Общая тема",
  topicClosed: "тема закрыта",
  more: "Ещё",
  block: "Заблокировать бота",
  unblock: "Разблокировать бота",
  blocked: "Вы заблокировали бота. Он не может вам написать.",
  restart: "Отправить /start",
  pinned: "Закреплено",
  edited: "изменено",
  reply: "Ответить",
  edit: "Изменить",
  copy: "Копировать",
  copied: "Скопировано",
  notCopied: "Не получилось скопировать. Выделите текст вручную.",
  cancel: "Отмена",
  cancelReply: "Не отвечать на это сообщение",
  cancelEdit: "Не менять сообщение",
  editing: "Изменение сообщения",
  actions: "Действия с сообщением",
  ok: "Понятно",
  close: "Закрыть",
  photo: "Фото",
  album: "Альбом",
  video: "Видео",
  document: "Файл",
  voice: "Голосовое сообщение",
  audio: "Звук",
  sticker: "Стикер",
  animation: "Анимация",
  location: "Место на карте",
  contact: "Контакт",
  unsupported: "Сообщение, которое эта страница не показывает",
  enlarge: "Увеличить фото",
  previous: "Предыдущее фото",
  next: "Следующее фото",
  download: "Скачать",
  showAll: "Показать полностью",
  showLess: "Свернуть",
  spoiler: "Скрытый текст, нажмите, чтобы прочитать",
  toNewest: "К последним сообщениям",
  openLink: "Открыть ссылку?",
  openLinkWarning: "Ссылка ведёт из демо в интернет.",
  open: "Открыть",
  openOnPhone: "На каком телефоне открыть ссылку?",
  notHere: "В демо эта кнопка не работает",
  today: "Сегодня",
  guide: "Что попробовать",
  hideGuide: "Свернуть",
  through: "видит",
  inTopics: "в темах",
  unread: ["новое", "новых", "новых"],
  members: ["участник", "участника", "участников"],
  topicsCount: ["тема", "темы", "тем"],
  photos: ["фото", "фото", "фото"],
  service: {
    topicCreated: "Создана тема",
    topicClosed: "Тема закрыта",
    topicReopened: "Тема снова открыта",
    topicEdited: "Тема переименована",
    pinned: "Сообщение закреплено",
    joined: "В группе теперь",
    left: "Больше не в группе",
    groupCreated: "Группа создана",
  },
  uploadAction: {
    upload_photo: "отправляет фото…",
    upload_document: "отправляет файл…",
    upload_video: "отправляет видео…",
    upload_voice: "отправляет голосовое…",
    record_voice: "записывает голосовое…",
  },
};

const REFUSALS = [
  [/topic is closed/, "Тема закрыта, писать в неё нельзя."],
  [/blocked/, "Вы заблокировали бота. Сначала разблокируйте его."],
  [/IMAGE|PHOTO/, "Этот файл не открывается как фото. Отправьте его как файл."],
  [/too (long|big|large)/i, "Слишком много для одного сообщения. Сократите или разделите."],
];

/** What to tell a person when the server refused, from its technical words. */
export function refusal(message) {
  return REFUSALS.find(([pattern]) => pattern.test(message))?.[1] ?? WORDS.refused;
}

/** plural(21, ["отчёт", "отчёта", "отчётов"]) -> "отчёт" */
export function plural(number, [one, few, many]) {
  const tens = number % 100;
  const units = number % 10;
  if (tens > 10 && tens < 20) return many;
  if (units === 1) return one;
  return units > 1 && units < 5 ? few : many;
}

/** counted(3, ["тема", "темы", "тем"]) -> "3 темы" with a non-breaking space */
export function counted(number, forms) {
  return `${number}\u00a0${plural(number, forms)}`;
}

/** Bytes as people say them: «312 КБ», «3,1 МБ». */
export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return `${bytes}\u00a0Б`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)}\u00a0КБ`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")}\u00a0МБ`;
}

/** Seconds as «0:07». */
export function duration(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
