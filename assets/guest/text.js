// What the page says, in the reader's language where there is a file of it.
const place = /\{\{\.(\w+)\}\}/g;
const languages = ['de'];
let texts = {};

// speak takes the first language of the reader's that the page has.
export async function speak(wanted = navigator.languages) {
  const tags = wanted.map((tag) => tag.split('-')[0].toLowerCase());
  const tag = tags.find((t) => t === 'en' || languages.includes(t)) || 'en';
  if (tag !== 'en') texts = await (await fetch(`/guest/${tag}.json`)).json();
  document.documentElement.lang = tag;
  translate(document);
}

// say is a text with what is put into its places.
export const say = (text, values = {}) => (texts[text] || text).replace(place, (_, name) => values[name] ?? '');

// translate replaces the texts that are written into the page itself.
function translate(root) {
  for (const e of root.querySelectorAll('[data-say]')) e.textContent = say(e.textContent.trim().replace(/\s+/g, ' '));
  for (const e of root.querySelectorAll('[aria-label]')) e.setAttribute('aria-label', say(e.getAttribute('aria-label')));
  for (const e of root.querySelectorAll('[title]')) e.title = say(e.title);
  for (const e of root.querySelectorAll('[placeholder]')) e.placeholder = say(e.placeholder);
}
