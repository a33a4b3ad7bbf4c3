// What is fetched while nobody waits: the loop of the waiting screen, the drawings, first start, and what is said when the line is gone.
import './k-attract-loop.ts';
import './k-drawing.ts';
import './k-first-start.ts';
import './k-lost.ts';
import './k-paper.ts';
