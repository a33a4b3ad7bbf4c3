// The screens that follow a card – second proof, points, own home – fetched together.
import './activities-screens.ts';
import './ask-card-screen.ts';
import './card-problem-screen.ts';
import './check-in-refused-screen.ts';
import './enter-pin-screen.ts';
import './points-screen.ts';
import './welcome-screen.ts';
