// How the printer and the paper that leaves it are drawn.
import { css } from 'lit';

export const printerSheet = css`
  .printer {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  .chute {
    position: relative;
    z-index: 1;
    display: flex;
    flex: 1;
    align-items: flex-end;
    justify-content: center;
    min-height: 220px;
    margin-bottom: -36px;
    overflow: hidden;
  }
  .closed .chute {
    margin-bottom: -29px;
  }
  .none {
    display: grid;
    place-items: center;
    width: 74%;
    height: 88%;
    max-height: 240px;
    margin: 0;
    padding: 0 1.5rem 24px;
    border: 2px dashed rgb(228 240 232 / 34%);
    border-bottom: 0;
    font-size: 0.92rem;
    color: var(--chalk-soft);
    text-align: center;
    text-wrap: balance;
  }
  .slip {
    display: flex;
    justify-content: center;
    width: 100%;
    height: 100%;
    padding: 6px 0 0;
    border: 0;
    background: none;
    cursor: zoom-in;
    pointer-events: none;
  }
  .slip img {
    align-self: flex-end;
    max-width: 84%;
    max-height: 100%;
    pointer-events: auto;
    transform: translateY(101%);
    filter: drop-shadow(0 3px 8px rgb(0 0 0 / 45%));
  }
  .slip img.narrow {
    max-width: 61%;
  }
  .slip:focus-visible {
    outline-offset: -4px;
  }
  .slip img.out {
    transform: rotate(0.7deg) translateY(-4px);
    animation: come-out 1.5s steps(30);
  }
  .machine {
    position: relative;
  }
  .machine svg {
    display: block;
    width: 100%;
    overflow: visible;
  }
  .shade {
    fill: rgb(0 0 0 / 40%);
  }
  .body {
    fill: #3d444b;
  }
  .front {
    fill: #262b30;
  }
  .bay,
  .slot {
    fill: #0b0d0f;
  }
  .roll {
    opacity: 0;
  }
  .roll rect {
    fill: #fbf6ea;
  }
  .roll circle {
    fill: #b59b73;
  }
  .open.full .roll,
  .open.low .roll {
    opacity: 1;
  }
  .low .roll {
    transform: translateY(16px);
  }
  .lid {
    transition: transform 420ms cubic-bezier(0.4, 1.4, 0.6, 1);
    transform-origin: 145px 88px;
  }
  .lid path {
    fill: #4f5860;
    stroke: #646e77;
  }
  .lid .glass {
    fill: #fbf6ea;
    stroke: #20252a;
    stroke-width: 3;
    transition: fill 200ms;
  }
  .out .lid .glass {
    fill: #14181b;
  }
  .low .lid .glass {
    fill: #e2b264;
  }
  .open .lid {
    transform: translateY(4px) scaleY(-0.12);
  }
  .lamp {
    fill: #11150f;
    stroke: #555d64;
  }
  .online .power {
    fill: #5df0a0;
  }
  .low .paper {
    fill: #ffb84d;
    animation: blink 1.6s infinite;
  }
  .out .paper {
    fill: #ff6a4d;
  }
  .offline .fault,
  .open .fault,
  .out .fault {
    fill: #ff6a4d;
    animation: blink 0.9s infinite;
  }
  .brand {
    font: 600 10px var(--mono);
    fill: #aeb7be;
    text-anchor: end;
  }
  .switches {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.3rem 0.5rem;
    padding-top: 0.5rem;
  }
  .sheet-key {
    flex: 1 0 100%;
  }
  .choices {
    flex: 1 0 100%;
    align-items: center;
  }
  .choices span {
    padding: 0 0.5rem 0 0.7rem;
    font-size: 0.86rem;
    color: var(--chalk);
  }
  .choices button {
    flex: 1;
  }
  @keyframes come-out {
    from {
      transform: translateY(101%);
    }
    to {
      transform: translateY(0);
    }
  }
  @keyframes blink {
    50% {
      opacity: 0.35;
    }
  }
`;
