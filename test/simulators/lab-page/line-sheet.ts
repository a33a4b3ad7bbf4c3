// How the terminal, the cable and headquarters are drawn.
import { css } from 'lit';

export const lineSheet = css`
  :host {
    container-type: inline-size;
  }
  .scene {
    position: relative;
    height: 100%;
    max-width: 100%;
    margin: 0 auto;
    aspect-ratio: 690 / 250;
  }
  .scene > svg {
    display: block;
    width: 100%;
    height: 100%;
  }
  .control {
    position: absolute;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 0.5rem;
  }
  .terminal {
    left: 33.5%;
    top: 3%;
  }
  .network {
    left: 54.5%;
    bottom: 0;
    translate: -50% 0;
  }
  .far {
    right: 21.5%;
    top: 3%;
  }
  .far .lamp {
    display: grid;
    grid-template-columns: auto auto;
    justify-items: start;
  }
  .far .lamp span {
    grid-column: 2;
  }
  .lamp {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    font-size: 0.84rem;
    color: var(--chalk-soft);
    white-space: nowrap;
  }
  .lamp b {
    color: var(--chalk);
  }
  .lamp::before {
    content: '';
    width: 9px;
    height: 9px;
    border-radius: 50%;
    background: var(--jade-bright);
    box-shadow: 0 0 8px var(--jade-bright);
  }
  .off .terminal .lamp::before,
  .cut .far .lamp::before {
    background: var(--vermilion-bright);
    box-shadow: 0 0 8px var(--vermilion-bright);
  }
  .shade {
    fill: rgb(0 0 0 / 38%);
  }
  .person,
  .hatch {
    display: none;
  }
  .present .person {
    display: inline;
    animation: walk 500ms ease-out;
  }
  .opened .hatch {
    display: inline;
  }
  .person {
    fill: #f0b06a;
  }
  .hatch circle {
    fill: #4a1a12;
  }
  .person path {
    fill: #3f7fb0;
  }
  .hatch .inside {
    fill: #2b2620;
  }
  .hatch .door-leaf {
    fill: #e8785f;
  }
  .body {
    fill: #f6efdf;
  }
  .edge {
    fill: #d9cdb4;
  }
  .screen {
    fill: #14211f;
    transition: fill 500ms;
  }
  .on .screen {
    fill: #24443c;
  }
  .picture {
    fill: none;
    stroke: #f1c877;
    stroke-width: 2.5;
    transition: opacity 500ms;
  }
  .picture rect {
    fill: #f1e7d2;
    stroke: none;
  }
  .off .picture {
    opacity: 0;
  }
  .slot {
    fill: #2b2620;
  }
  .eye {
    fill: #7b7263;
  }
  .on .eye {
    fill: #2aa876;
  }
  .socket rect {
    fill: #efe6d3;
  }
  .socket circle {
    fill: #2b2620;
  }
  .cord {
    fill: none;
    stroke: #16181b;
    stroke-width: 5;
    stroke-linecap: round;
  }
  .plug rect {
    fill: #2d3136;
    stroke: #565c63;
  }
  .plug path {
    stroke: #d8c79d;
    stroke-width: 3;
  }
  .on .out,
  .off .in,
  .whole .parted,
  .cut .joined {
    display: none;
  }
  .off .plug.out {
    animation: fall 420ms cubic-bezier(0.4, 1.5, 0.6, 1);
    transform-box: fill-box;
  }
  .jacket {
    fill: none;
    stroke: #d8a13f;
    stroke-width: 9;
    stroke-linecap: round;
  }
  .flow {
    fill: none;
    stroke: #fff6dc;
    stroke-width: 3.5;
    stroke-linecap: round;
    stroke-dasharray: 1 39;
  }
  .on .up {
    animation: along 1.6s linear infinite;
  }
  .on .down {
    stroke: #6a3f08;
    animation: along 2.3s linear infinite reverse;
  }
  .off .flow {
    opacity: 0;
  }
  .wire {
    fill: none;
    stroke: #f6d99a;
    stroke-width: 2;
    stroke-linecap: round;
  }
  .spark {
    fill: none;
    stroke: #ffe27a;
    stroke-width: 2.5;
    stroke-linecap: round;
    stroke-linejoin: round;
    animation: spark 900ms steps(2) 3;
    opacity: 0;
  }
  .tower {
    fill: #b5584a;
  }
  .roof {
    fill: #3a4a4b;
  }
  .aerial {
    stroke: #cfd8d2;
    stroke-width: 2.5;
  }
  .beacon {
    fill: var(--jade-bright);
    animation: blink 2.4s infinite;
  }
  .cut .beacon {
    fill: var(--vermilion-bright);
    animation-duration: 0.7s;
  }
  .window {
    fill: #ffdf96;
  }
  .w2 {
    fill: #f4c877;
  }
  .w3 {
    fill: #8c3f34;
  }
  .door {
    fill: #4a201a;
  }
  @keyframes walk {
    from {
      transform: translateX(70px);
      opacity: 0;
    }
  }
  @keyframes along {
    to {
      stroke-dashoffset: -40;
    }
  }
  @container (max-width: 560px) {
    .scene {
      height: auto;
      aspect-ratio: auto;
    }
    .scene > svg {
      height: auto;
    }
    .controls {
      display: flex;
      flex-wrap: wrap;
      gap: 0.6rem 1rem;
      justify-content: space-between;
      padding-top: 0.6rem;
    }
    .control {
      position: static;
      translate: none;
    }
  }
  @keyframes spark {
    50% {
      opacity: 1;
    }
  }
  @keyframes blink {
    50% {
      opacity: 0.3;
    }
  }
  @keyframes fall {
    from {
      transform: translate(0, -56px) rotate(-30deg);
    }
  }
`;
