/** Which phones stand on the page: one for each person, one for each group, seen by its operator. */

/**
 * @param {object} world answer of /world
 * @returns {Array<object>} descriptions for Phone
 */
export function roster({ bot, people, groups }) {
  const phones = people.map((person) => phoneOf(person, bot, groups));
  for (const group of groups) {
    const operator = operatorOf(group, people);
    const own = phones.find((phone) => phone.viewer.id === operator?.id && isOperator(operator));
    if (own) own.first = own.chats.find(({ id }) => id === group.id);
    else if (operator) phones.push(groupPhone(group, operator));
  }
  return phones;
}

function phoneOf(person, bot, groups) {
  const joined = groups.filter((group) => group.member_ids.includes(person.id));
  const chats = [
    { id: person.id, title: bot.first_name, group: null },
    ...joined.map((group) => ({ id: group.id, title: group.title, group })),
  ];
  return {
    key: String(person.id),
    viewer: person,
    title: person.label || person.name,
    subtitle: person.label ? person.name : "",
    chats,
    first: chats[0],
  };
}

function groupPhone(group, viewer) {
  const chat = { id: group.id, title: group.title, group };
  return {
    key: `group${Math.abs(group.id)}`,
    viewer,
    title: group.title,
    subtitle: viewer.label || viewer.name,
    chats: [chat],
    first: chat,
  };
}

function operatorOf(group, people) {
  const members = people.filter((person) => group.member_ids.includes(person.id));
  return members.find(isOperator) ?? members.at(-1);
}

function isOperator(person) {
  return /оператор|горяч/i.test(person.label ?? "");
}

/** Equal for descriptions of the same phone: then the phone that stands there already may stay. */
export function signatureOf({ key, viewer, title, subtitle, chats, first }) {
  return JSON.stringify([key, viewer.id, title, subtitle, chats.map((chat) => [chat.id, chat.title]), first.id]);
}
