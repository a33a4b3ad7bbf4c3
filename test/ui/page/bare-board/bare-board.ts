// The floor of row `board`: the same cells as plain buttons, six floors a frame, filtered by one attribute; an overview of squares.

interface Cell {
  readonly floor: number;
  readonly number: string;
  readonly state: number;
  readonly label: string;
}

const colours = ['#2e7d5b', '#8a6a1f', '#b5642a', '#8c3a5b', '#5a5f66', '#47618c', '#7a7a72'];
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [sheet];
sheet.replaceSync(`
  .floor { display: grid; grid-template-columns: repeat(var(--columns), 1fr); gap: 4px; }
  button { display: grid; min-height: 60px; border: 1px solid; }
  ${colours.map((colour, n) => `[data-s='${n}'] { background: ${colour}; } body[only='${n}'] .floor button:not([data-s='${n}']) { visibility: hidden; }`).join('')}`);

function control(text: string, act: () => void): void {
  const button = document.createElement('button');
  button.textContent = text;
  button.addEventListener('click', act);
  document.body.append(button);
}

function openBoard(cells: readonly Cell[], columns: number): void {
  document.body.style.setProperty('--columns', `${columns}`);
  const floors = [...new Set(cells.map(({ floor }) => floor))];
  const fill = (from: number): void => {
    for (const floor of floors.slice(from, from + 6)) {
      const row = document.createElement('div');
      row.className = 'floor';
      row.innerHTML = cells
        .filter((cell) => cell.floor === floor)
        .map(
          ({ number, state, label }) =>
            `<button data-s="${state}" aria-label="${label}"><b>${number}</b><span>${label}</span></button>`,
        )
        .join('');
      document.body.append(row);
    }
    if (from + 6 < floors.length) requestAnimationFrame(() => fill(from + 6));
  };
  fill(0);
}

function drawOverview(context: CanvasRenderingContext2D, states: readonly number[], only: number): void {
  context.clearRect(0, 0, 1000, 480);
  states.forEach((state, n) => {
    context.globalAlpha = only < 0 || state === only ? 1 : 0.14;
    context.fillStyle = colours[state] ?? '#000';
    context.fillRect((n % 100) * 10, Math.floor(n / 100) * 9, 9, 8);
  });
}

function openOverview(states: readonly number[], buildings: readonly string[]): void {
  const canvas = document.createElement('canvas');
  canvas.width = 1000;
  canvas.height = 480;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  document.body.append(canvas);
  drawOverview(context, states, -1);
  for (const name of buildings) control(name, () => undefined);
  drawFiltered = () => drawOverview(context, states, 0);
}

type Data =
  | { readonly columns: number; readonly cells: readonly Cell[] }
  | { readonly states: readonly number[]; readonly buildings: readonly string[] };

let drawFiltered = (): void => undefined;
control('Open', () => {
  void fetch('data.json')
    .then((answer): Promise<Data> => answer.json())
    .then((data) => {
      if ('cells' in data) openBoard(data.cells, data.columns);
      else openOverview(data.states, data.buildings);
    });
});
control('Filter', () => {
  document.body.setAttribute('only', '0');
  drawFiltered();
});
