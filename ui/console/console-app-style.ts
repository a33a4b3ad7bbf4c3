// How the console's frame is laid out: bar on top, pages at the side, the page in the middle.
import { css } from 'lit';

export const consoleAppStyle = css`
  header {
    position: sticky; top: 0; z-index: 3; display: flex; align-items: center; gap: 0.5rem 1rem; height: 3.4rem;
    padding: 0 1.25rem; background: var(--surface-raised); border-bottom: 1px solid var(--rule);
  }
  h1 { margin: 0; flex: 1; font-size: 1.05rem; font-weight: 700; color: var(--accent); white-space: nowrap; display: flex; align-items: center; gap: 0.55rem; }
  h1 svg { width: 1.35rem; fill: var(--seal); }
  h1 svg path { fill: var(--on-seal); }
  .tools { display: flex; align-items: center; gap: 0.5rem; }
  .tools button, .menu { min-height: 2.1rem; padding: 0.2rem 0.75rem; font-size: 0.9rem; background: none; }
  .tools .keys { min-width: 2.1rem; padding-inline: 0; }
  .menu { display: none; }
  .skip { position: fixed; top: -4rem; left: 1rem; z-index: 4; }
  .skip:focus-visible { top: 0.5rem; }
  .frame { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); align-items: start; }
  aside {
    position: sticky; top: 3.4rem; height: calc(100vh - 3.4rem); background: var(--surface);
    border-right: 1px solid var(--rule);
  }
  main { width: 100%; max-width: 108rem; margin: 0 auto; padding: 1.2rem 1.75rem 5rem; outline: none; }
  .me { color: var(--text-soft); text-decoration: none; }
  .me:hover { text-decoration: underline; }
  .notice {
    position: fixed; left: 50%; bottom: 1.25rem; translate: -50% 0; z-index: 5; display: flex; align-items: center;
    gap: 1rem; max-width: calc(100vw - 2rem); padding: 0.6rem 0.7rem 0.6rem 1.1rem; border-radius: 12px; margin: 0;
    border: 0; color: var(--on-notice); background: var(--notice); box-shadow: var(--lift-high); inset-block-start: auto;
  }
  .notice.wrong { background: var(--notice-bad); }
  .notice button { flex: none; background: none; border-color: currentcolor; color: inherit; }
  @media print {
    header, aside, .notice, .skip, key-help { display: none; }
    .frame { display: block; }
    main { max-width: none; padding: 0; }
  }
  @media (max-width: 860px) {
    header { padding: 0 0.8rem; gap: 0.6rem; }
    .menu + h1, .me { display: none; }
    .menu { display: block; margin-right: auto; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .frame { display: block; }
    aside { display: none; position: fixed; inset: 3.4rem 0 0; height: auto; z-index: 2; border: 0; }
    aside.open { display: block; }
    main { padding: 1rem 0.8rem 5rem; }
  }
`;
