// Where things lie on the mat, on a desk's screen and on a phone.
import { css } from 'lit';

export const appSheet = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100dvh;
    min-height: 730px;
    padding: 0 20px 16px;
  }
  header {
    display: flex;
    align-items: center;
    gap: 0.8rem;
    padding: 10px 0 12px;
  }
  .seal {
    display: grid;
    place-items: center;
    width: 42px;
    height: 42px;
    border-radius: 8px;
    background: var(--vermilion);
    box-shadow: inset 0 0 0 2px #fff3e0aa;
    font: 700 1.6rem / 1 var(--serif);
    color: #fff3e0;
  }
  h1 {
    margin: 0;
    font: 700 1.3rem / 1.2 var(--serif);
    letter-spacing: 0.06em;
  }
  .title p {
    margin: 0;
    font-size: 0.84rem;
    line-height: 1.3;
    color: var(--chalk-soft);
  }
  nav {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.6rem;
    margin-inline-start: auto;
  }
  a.key {
    text-decoration: none;
  }
  .key.quiet {
    background: none;
    box-shadow: inset 0 0 0 1.5px var(--chalk-soft);
    color: var(--chalk);
  }
  main {
    display: grid;
    flex: 1;
    grid-template: 'tries line line printer' minmax(0, 1.06fr) 'tries panel reader printer' minmax(205px, 1fr) 'cards cards cards slips' 196px / 262px 262px minmax(
        300px,
        1fr
      ) 296px;
    gap: 16px 22px;
    min-height: 0;
  }
  lab-tries {
    grid-area: tries;
  }
  lab-line {
    grid-area: line;
  }
  lab-panel {
    grid-area: panel;
  }
  lab-reader {
    grid-area: reader;
    padding: 6px;
  }
  lab-printer {
    grid-area: printer;
  }
  card-tray {
    grid-area: cards;
  }
  slip-tray {
    grid-area: slips;
  }
  device-sheet {
    grid-area: 1 / 1 / 3 / 3;
    z-index: 10;
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  device-sheet.panel {
    grid-area: 1 / 3 / 3 / 5;
    max-width: 560px;
  }
  .notices {
    position: fixed;
    left: 50%;
    bottom: 20px;
    z-index: 30;
    display: grid;
    gap: 8px;
    translate: -50% 0;
    width: max-content;
    max-width: min(92vw, 40rem);
  }
  .notices p {
    display: flex;
    align-items: center;
    gap: 1rem;
    margin: 0;
    padding: 0.7rem 1.2rem;
    border-radius: 12px;
    background: #f6efdf;
    box-shadow: 0 12px 40px rgb(0 0 0 / 55%);
    color: var(--ink);
    font-weight: 500;
  }
  .notices .lost,
  .notices .fault {
    background: #8c2319;
    color: #fff4ea;
  }
  @media (max-width: 1100px) {
    :host {
      height: auto;
    }
    main {
      grid-template:
        'line printer' 240px
        'reader printer' 250px
        'cards cards' 200px
        'panel slips' 240px
        'tries tries' auto / minmax(0, 1fr) 296px;
    }
    device-sheet,
    device-sheet.panel {
      position: fixed;
      inset: 12px 12px auto;
      max-width: none;
      height: min(60dvh, 560px);
    }
  }
  @media (max-width: 700px) {
    :host {
      padding: 0 12px 16px;
    }
    header {
      flex-wrap: wrap;
    }
    .title {
      flex: 1;
      min-width: 0;
    }
    nav {
      justify-content: flex-start;
      margin: 0;
    }
    main {
      display: flex;
      flex-direction: column;
    }
    lab-reader {
      order: -5;
    }
    card-tray {
      order: -4;
      min-height: 240px;
    }
    lab-printer {
      order: -3;
    }
    slip-tray {
      order: -2;
    }
    lab-line {
      flex: none;
    }
    lab-panel {
      min-height: 240px;
    }
  }
`;
