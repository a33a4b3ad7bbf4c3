// The ink-wash landscape of the attract screen: hills in mist, and homes at the water, drawn in line by day and lit by night.
import { type SVGTemplateResult, svg } from 'lit';

/** Drawn for a box of 1080 × 1000; its lower edge is paper again. The sun has its own place. */
export const scenery: SVGTemplateResult = svg`
  <defs>
    <linearGradient id="far" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="var(--scene-far)" /><stop offset="1" stop-color="var(--surface)" />
    </linearGradient>
    <linearGradient id="mid" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="var(--scene-mid)" /><stop offset="1" stop-color="var(--surface)" />
    </linearGradient>
    <linearGradient id="near" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="var(--scene-near)" /><stop offset="1" stop-color="var(--scene-foot)" />
    </linearGradient>
  </defs>
  <path fill="url(#far)" d="M-40 560C60 470 120 420 210 450s120-90 210-110 130 70 210 90 150-70 240-60 150 70 260 60v300H-40z" />
  <path fill="var(--surface)" opacity=".85" d="M-200 560c160-36 330-20 470-8s300-34 470-14 330 30 560 4v70c-240 24-420-6-590 2s-330 30-500 10-280-6-410-6z" />
  <path fill="url(#mid)" d="M-40 700c90-60 150-150 260-140s140 90 230 80 170-120 290-110 150 100 230 100 120-50 160-60v330H-40z" />
  <path fill="url(#near)" d="M-40 800c120-40 200-70 330-40s200 50 320 20 190-80 310-60 140 40 210 40v240H-40z" />
  <g fill="var(--scene-wall)" stroke="var(--scene-ink)" stroke-width="5" stroke-linejoin="round">
    <path d="M120 812v-190h64v190zM194 812v-250h74v250zM278 812v-160h58v160z" />
    <path d="M744 800v-230h70v230zM824 800v-300h78v300zM912 800v-200h62v200z" />
    <path d="M396 800v-70h250v70zM372 736c50-4 96-26 148-62 52 36 98 58 150 62l-14 10H386zM440 676c32-4 54-16 80-40 26 24 48 36 80 40l-10 8H450z" />
  </g>
  <g fill="var(--scene-window)">
    <path d="M134 642h12v16h-12zM158 642h12v16h-12zM134 680h12v16h-12zM158 718h12v16h-12zM134 756h12v16h-12zM210 584h12v16h-12zM240 584h12v16h-12zM240 622h12v16h-12zM210 660h12v16h-12zM210 698h12v16h-12zM240 736h12v16h-12zM292 674h12v16h-12zM312 712h12v16h-12zM292 750h12v16h-12z" />
    <path d="M760 592h12v16h-12zM786 592h12v16h-12zM786 630h12v16h-12zM760 668h12v16h-12zM786 706h12v16h-12zM842 522h12v16h-12zM872 522h12v16h-12zM842 560h12v16h-12zM872 598h12v16h-12zM842 636h12v16h-12zM872 674h12v16h-12zM842 712h12v16h-12zM926 622h12v16h-12zM950 660h12v16h-12zM926 698h12v16h-12z" />
    <path d="M424 752h26v48h-26zM470 752h26v48h-26zM546 752h26v48h-26zM592 752h26v48h-26z" />
  </g>
  <path fill="var(--surface)" d="M-40 800c200-10 380 6 560 0s400-14 600 0v240H-40z" />
  <g stroke="#8b7d69" stroke-width="3" stroke-linecap="round" opacity=".5">
    <path d="M130 836h250M440 836h60M690 842h240M250 866h90M560 864h220M830 872h110" />
  </g>`;
