// The colours: those of the program's theme, dark or light as the system is,
// or those of the theme that the link's space has. Themes are files in the
// program's form.
const dark = matchMedia('(prefers-color-scheme: dark)');

// wear puts a theme on, and follows the system.
export function wear(theme) {
  const put = () => {
    const colours = { ...theme.Colors, ...theme[dark.matches ? 'Colors-dark' : 'Colors-light'] };
    const style = document.documentElement.style;
    for (const [name, colour] of Object.entries(colours)) {
      if (/^[A-Za-z]+$/.test(name) && /^#[0-9a-fA-F]{3,8}$/.test(colour)) style.setProperty(`--${name}`, colour);
    }
  };
  put();
  dark.addEventListener('change', put);
}

// space tells the name and the theme of the space that a slot is in. Without
// them the page is as it is.
export async function space(slot) {
  try {
    const answer = await fetch(`/guest/space.json?slot=${encodeURIComponent(slot)}`);
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}
