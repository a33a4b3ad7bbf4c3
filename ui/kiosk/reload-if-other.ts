// A kiosk that came back may serve another page than this one: then that is fetched.

/** What is built carries a hash in its name, so another page names another script. */
export function reloadIfOther(): void {
  const own = document.querySelector('script[type=module]')?.getAttribute('src');
  if (!own) return;
  fetch(location.pathname, { cache: 'no-store' })
    .then(async (answer) => {
      if (answer.ok && !(await answer.text()).includes(own)) location.reload();
    })
    .catch(() => undefined);
}
